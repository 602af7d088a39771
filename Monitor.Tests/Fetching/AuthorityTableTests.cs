using System.Text;
using Monitor.Worker.Fetching;

namespace Monitor.Tests.Fetching;

public sealed class AuthorityTableTests
{
    [Fact]
    public void The_least_recently_used_idle_entry_goes_first()
    {
        var table = new AuthorityTable(2, long.MaxValue);
        AuthorityEntry a = Use(table, "a");
        Use(table, "b");
        Assert.Same(a, Use(table, "a"));
        Use(table, "c");
        Assert.Equal(2, table.Count);
        Assert.Same(a, Use(table, "a"));
    }

    [Fact]
    public void Entries_in_use_stay_even_beyond_the_bound()
    {
        var table = new AuthorityTable(2, long.MaxValue);
        AuthorityEntry[] held = [.. Enumerable.Range(0, 5).Select(i => table.Rent($"h{i}"))];
        Assert.Equal(5, table.Count);
        Assert.Same(held[0], table.Rent("h0"));
        table.Return(held[0]);
        Use(table, "x");
        Assert.Same(held[0], table.Rent("h0"));
        table.Return(held[0]);
        foreach (AuthorityEntry entry in held)
            table.Return(entry);
        Assert.Equal(2, table.Count);
    }

    [Fact]
    public void Heavy_robots_rules_push_out_idle_entries()
    {
        var heavy = RobotsRules.Parse(Encoding.UTF8.GetBytes("User-agent: *\n" + string.Concat(Enumerable.Range(0, 100).Select(i => $"Disallow: /{i}\n"))), "x");
        var table = new AuthorityTable(100, heavy.Weight * 3);
        for (int i = 0; i < 10; i++)
        {
            AuthorityEntry entry = table.Rent($"h{i}");
            entry.Robots = new RobotsState(heavy, default);
            table.Return(entry);
        }

        Assert.Equal(3, table.Count);
    }

    private static AuthorityEntry Use(AuthorityTable table, string key)
    {
        AuthorityEntry entry = table.Rent(key);
        table.Return(entry);
        return entry;
    }
}
