using Monitor.Worker.Demo;

namespace Monitor.Worker.Simulation;

/// <summary>When our own house stands still. What comes due then is made good afterwards, spread.</summary>
internal sealed class OwnDowntime
{
    private readonly List<(DateTimeOffset From, DateTimeOffset To)> _windows = [];
    private readonly TimeSpan _catchUp;

    public OwnDowntime(Population population, int seed, DateTimeOffset start, DateTimeOffset end)
    {
        _catchUp = population.CatchUp;
        var expected = population.Downtimes * (end - start).TotalDays / 90;
        if (expected <= 0)
        {
            return;
        }

        var dice = Dice.For(seed, "downtime");
        var mean = (end - start).TotalHours / expected;
        // A day at least between two: a house that stands still all the time is no subject of this study.
        for (var at = start + dice.Waiting(mean, 24 * 365); at < end; at += TimeSpan.FromHours(24) + dice.Waiting(mean, 24 * 365))
        {
            var until = at + dice.Hours(population.DowntimeHours);
            _windows.Add((at, until));
            at = until;
        }
    }

    public TimeSpan Total => _windows.Aggregate(TimeSpan.Zero, (sum, window) => sum + (window.To - window.From));

    public int Count => _windows.Count;

    /// <param name="place">[0, 1): where in the catching up this one stands.</param>
    public DateTimeOffset Shift(DateTimeOffset at, double place)
    {
        foreach (var (from, to) in _windows)
        {
            if (at >= from && at < to)
            {
                return to + (_catchUp * place);
            }
        }

        return at;
    }
}
