using Monitor.Rules.WatchLists;
using Monitor.Tests.Contracts;
using Monitor.Worker.Jobs;
using Monitor.Worker.Ports;

namespace Monitor.Tests.Jobs;

public sealed class DueWorkTests
{
    [Fact]
    public void A_host_has_no_more_at_work_than_it_may_and_others_go_on()
    {
        var work = new DueWork<Target>(target => target.Host, atWork: 2, waiting: 10);
        foreach (var (id, host) in new[] { ("a1", "a"), ("a2", "a"), ("a3", "a"), ("a4", "a"), ("b1", "b") })
            Assert.True(work.TryAdd(Of(id, host)));

        Assert.Equal(["a1", "b1", "a2"], Started(work));
        Assert.Equal(0, work.Ready);
        Assert.Equal(5, work.InHand);

        work.Ended(Of("a1", "a"));
        Assert.Equal(["a3"], Started(work));
        work.Ended(Of("b1", "b"));
        Assert.Empty(Started(work));
        Assert.Equal(3, work.InHand);
    }

    [Fact]
    public void More_of_a_host_than_may_wait_are_let_go_of()
    {
        var work = new DueWork<Target>(target => target.Host, atWork: 1, waiting: 2);

        Assert.True(work.TryAdd(Of("a1", "a")));
        Assert.True(work.TryAdd(Of("a2", "a")));
        Assert.False(work.TryAdd(Of("a3", "a")));
        Assert.True(work.TryAdd(Of("b1", "b")));

        Assert.Equal(["a1", "b1"], Started(work));
        Assert.True(work.TryAdd(Of("a3", "a")));
        Assert.Equal(4, work.InHand);
    }

    [Fact]
    public void All_that_was_added_is_started_once()
    {
        var work = new DueWork<Target>(target => target.Host, atWork: 3, waiting: 100);
        var added = Enumerable.Range(0, 200).Select(i => Of($"t{i}", $"host{i % 7}")).ToList();
        Assert.All(added, one => Assert.True(work.TryAdd(one)));
        var started = new List<string>();
        var running = new Queue<Claimed<Target>>();
        while (work.InHand > 0)
        {
            while (work.TryStart(out var next))
            {
                started.Add(next.Row.Id);
                running.Enqueue(next);
            }

            work.Ended(running.Dequeue());
        }

        Assert.Equal(added.Select(one => one.Row.Id).Order(), started.Order());
        Assert.Empty(running);
    }

    private static List<string> Started(DueWork<Target> work)
    {
        var started = new List<string>();
        while (work.TryStart(out var next))
            started.Add(next.Row.Id);
        return started;
    }

    private static Claimed<Target> Of(string id, string host) =>
        new(Rows.Target(1) with { Id = id, Host = host }, new Lease(LeaseKind.Target, id, 1, Rows.Noon.AddHours(1)));
}
