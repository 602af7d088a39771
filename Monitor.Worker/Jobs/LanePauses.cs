using System.Collections.Concurrent;

namespace Monitor.Worker.Jobs;

/// <summary>
/// Lanes that are left alone for a while, because nothing got through or a limit is reached. Kept in memory only: after a restart each lane
/// is tried once more, and what it must not exceed is counted in the store.
/// </summary>
internal sealed class LanePauses
{
    /// <summary>No lane is left alone for longer because of failures.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(60);

    private readonly ConcurrentDictionary<string, Pause> _lanes = new(StringComparer.Ordinal);

    public bool IsPaused(string lane, DateTimeOffset now) => _lanes.TryGetValue(lane, out var pause) && pause.Until > now;

    /// <summary>It did not get through: 1, 2, 4 … minutes, doubling with each failure in a row.</summary>
    public void Failed(string lane, DateTimeOffset now) => _lanes.AddOrUpdate(
        lane,
        _ => new Pause(1, now + Length(1)),
        // Sends that were under way at the same time fail together: that is one failure.
        (_, pause) => pause.Until > now ? pause : new Pause(pause.Failures + 1, now + Length(pause.Failures + 1)));

    /// <summary>Whoever answers asked to be left alone, or the hour's number is used up.</summary>
    public void Until(string lane, DateTimeOffset until) => _lanes.AddOrUpdate(lane, _ => new Pause(0, until), (_, pause) => pause with { Until = pause.Until > until ? pause.Until : until });

    public void Worked(string lane) => _lanes.TryRemove(lane, out _);

    private static TimeSpan Length(int failures) => TimeSpan.FromMinutes(Math.Min(Longest.TotalMinutes, Math.Pow(2, Math.Min(failures - 1, 6))));

    private sealed record Pause(int Failures, DateTimeOffset Until);
}
