namespace Monitor.Worker.Banks;

/// <summary>
/// Counts, for each entry that matches, the distinct targets and hosts it matched on within a window. Held in memory: after a restart the
/// re-checks of the same targets count again within their own rhythm.
/// </summary>
public sealed class FloodWatch
{
    private const int MostEntries = 20_000;
    private readonly Dictionary<string, Sightings> _entries = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();

    /// <param name="entryId">"bank/kind/hash".</param>
    /// <returns>Null while the entry behaves; what was counted once it matches too much.</returns>
    public FloodCount? Count(string entryId, string targetId, string host, DateTimeOffset now, FloodRule rule)
    {
        lock (_gate)
        {
            if (!_entries.TryGetValue(entryId, out var sightings))
            {
                if (_entries.Count >= MostEntries)
                {
                    Forget(now, rule);
                }

                _entries[entryId] = sightings = new Sightings();
            }

            sightings.Latest = now;
            sightings.Targets[targetId] = (host, now);
            if (sightings.Targets.Count < Math.Min(rule.Targets, rule.Hosts))
            {
                return null;
            }

            foreach (var (target, (_, at)) in sightings.Targets)
            {
                if (at <= now - rule.Window)
                {
                    sightings.Targets.Remove(target);
                }
            }

            var hosts = sightings.Targets.Values.Select(one => one.Host).Distinct(StringComparer.OrdinalIgnoreCase).Count();
            if (sightings.Targets.Count < rule.Targets && hosts < rule.Hosts)
            {
                return null;
            }

            var count = new FloodCount(sightings.Targets.Count, hosts);
            // Decided: whatever a person makes of it, counting starts again.
            _entries.Remove(entryId);
            return count;
        }
    }

    private void Forget(DateTimeOffset now, FloodRule rule)
    {
        foreach (var (id, sightings) in _entries)
        {
            if (sightings.Latest <= now - rule.Window)
            {
                _entries.Remove(id);
            }
        }

        // All of them fresh: those that were seen on fewest targets are furthest from flooding.
        if (_entries.Count >= MostEntries)
        {
            foreach (var id in _entries.OrderBy(entry => entry.Value.Targets.Count).Take(MostEntries / 10).Select(entry => entry.Key).ToList())
            {
                _entries.Remove(id);
            }
        }
    }

    private sealed class Sightings
    {
        public Dictionary<string, (string Host, DateTimeOffset At)> Targets { get; } = new(StringComparer.Ordinal);

        public DateTimeOffset Latest { get; set; }
    }
}

/// <summary>What is too much: so many targets, or targets on so many hosts, within the window.</summary>
public sealed record FloodRule
{
    public int Targets { get; init; } = 200;

    public int Hosts { get; init; } = 25;

    public TimeSpan Window { get; init; } = TimeSpan.FromHours(24);
}

/// <summary>Distinct targets and hosts that one entry matched on.</summary>
public sealed record FloodCount(int Targets, int Hosts);
