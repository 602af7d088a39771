using LiteDB;
using Monitor.Tests.Contracts;
using Monitor.Worker.LiteStore;

namespace Monitor.Tests.LiteStore;

public sealed class WriteGateTests : IAsyncLifetime
{
    private static readonly CancellationToken None = CancellationToken.None;

    private readonly Scratch _scratch = new();
    private readonly State _state = new();
    private LiteFile _file = null!;
    private WriteGate _gate = null!;

    public ValueTask InitializeAsync()
    {
        _file = LiteFile.TryOpen(_scratch.At("gate.db"), out _)!;
        _gate = new WriteGate(_file, "gate under test", new WriteGateOptions { GroupSize = 16, QueueLength = 64 }, _state);
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _gate.DisposeAsync();
        _file.Dispose();
        _scratch.Dispose();
    }

    private Task<int> InsertAsync(int id, bool fail = false) => _gate.RunAsync(
        turn =>
        {
            turn.Wrote = true;
            turn.Database.GetCollection("rows").Insert(new BsonDocument { ["_id"] = id });
            _state.Now++;
            return fail ? throw new InvalidOperationException($"no {id}") : id;
        },
        None);

    /// <summary>Holds the gate's thread until the returned action is called, so that what follows forms one group.</summary>
    private async Task<Action> HoldAsync()
    {
        var release = new ManualResetEventSlim();
        var holding = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _ = _gate.RunAloneAsync(_ => { holding.SetResult(); release.Wait(); return true; }, None);
        await holding.Task;
        return release.Set;
    }

    [Fact]
    public async Task Work_that_throws_fails_alone_and_its_neighbours_are_kept()
    {
        var release = await HoldAsync();
        var tasks = Enumerable.Range(1, 16).Select(i => InsertAsync(i, fail: i is 5 or 11)).ToList();
        release();
        for (var i = 1; i <= 16; i++)
        {
            if (i is 5 or 11)
                Assert.Equal($"no {i}", (await Assert.ThrowsAsync<InvalidOperationException>(() => tasks[i - 1])).Message);
            else
                Assert.Equal(i, await tasks[i - 1]);
        }

        Assert.Equal(14, _file.Database.GetCollection("rows").Count());
        Assert.Equal(14, _state.Committed);
        Assert.Equal(14, _state.Now);
        Assert.True(_state.TakenBack >= 1);
    }

    [Fact]
    public async Task A_duplicate_key_inside_a_group_takes_nobody_with_it()
    {
        await InsertAsync(3);
        var release = await HoldAsync();
        var tasks = Enumerable.Range(1, 5).Select(i => InsertAsync(i)).ToList();
        release();
        await Assert.ThrowsAsync<LiteException>(() => tasks[2]);
        var kept = await Task.WhenAll(tasks.Where((_, i) => i != 2));
        Assert.Equal([1, 2, 4, 5], kept);
        Assert.Equal(5, _file.Database.GetCollection("rows").Count());
    }

    [Fact]
    public async Task A_full_queue_makes_callers_wait_and_cancelling_lets_them_go()
    {
        var release = await HoldAsync();
        var queued = Enumerable.Range(1, 63).Select(i => InsertAsync(i)).ToList();
        using var stop = new CancellationTokenSource();
        var outside = _gate.RunAsync(turn => turn.Wrote, stop.Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => outside);
        release();
        await Task.WhenAll(queued);
        Assert.Equal(63, _file.Database.GetCollection("rows").Count());
    }

    [Fact]
    public async Task What_is_queued_is_finished_before_it_closes()
    {
        var release = await HoldAsync();
        var queued = Enumerable.Range(1, 20).Select(i => InsertAsync(i)).ToList();
        var closing = _gate.DisposeAsync();
        release();
        await closing;
        Assert.Equal(Enumerable.Range(1, 20), await Task.WhenAll(queued));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => InsertAsync(21));
    }

    private sealed class State : IGateState
    {
        public int Now { get; set; }

        public int Committed { get; private set; }

        public int TakenBack { get; private set; }

        public void BeforeCommit(GateTurn turn)
        {
        }

        void IGateState.Committed() => Committed = Now;

        public void RolledBack()
        {
            Now = Committed;
            TakenBack++;
        }
    }
}
