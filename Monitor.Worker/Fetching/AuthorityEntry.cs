using System.Net;
using Monitor.Worker.Fetching.Recording;
using Polly;

namespace Monitor.Worker.Fetching;

/// <summary>Everything remembered of one origin (scheme, host, port): its slot, pauses, robots.txt and breaker.</summary>
internal sealed class AuthorityEntry(string key)
{
    public string Key { get; } = key;

    /// <summary>Held while a request is under way: one at a time. Waiters queue without a thread.</summary>
    public SemaphoreSlim Slot { get; } = new(1, 1);

    /// <summary>Held by whoever fetches robots.txt, so that it is fetched once.</summary>
    public SemaphoreSlim RobotsGate { get; } = new(1, 1);

    /// <summary>Null until used; breaker outside, time-out inside.</summary>
    public ResiliencePipeline<HopEnd>? Pipeline { get; set; }

    /// <summary>End of the last request, null before the first; only touched inside the slot.</summary>
    public DateTimeOffset? LastEndedAt { get; set; }

    /// <summary>How the connection in use last failed, for when the HTTP handler hides it behind attempts of its own.</summary>
    public HopEnd.Connection? LastFailure { get; set; }

    /// <summary>Of the exchange under way, if it is recorded; only touched inside the slot.</summary>
    public Tape? Tape { get; set; }

    public RobotsState? Robots { get; set; }

    /// <summary>Address of the connection in use or last used.</summary>
    public IPAddress? Remote { get; set; }

    private long _pausedUntilTicks;

    public DateTimeOffset PausedUntil => new(Interlocked.Read(ref _pausedUntilTicks), TimeSpan.Zero);

    /// <summary>Fetches under way or queued; guarded by the table.</summary>
    public int Users { get; set; }

    /// <summary>Bytes of robots rules accounted for; guarded by the table.</summary>
    public long Weight { get; set; }

    /// <summary>Place in the table's list of idle entries; guarded by the table.</summary>
    public LinkedListNode<AuthorityEntry> Node { get; private set; } = null!;

    public static AuthorityEntry Create(string key)
    {
        var entry = new AuthorityEntry(key);
        entry.Node = new LinkedListNode<AuthorityEntry>(entry);
        return entry;
    }

    /// <summary>Only ever prolongs a pause.</summary>
    public void PauseUntil(DateTimeOffset until)
    {
        long ticks = until.UtcTicks;
        long seen = Interlocked.Read(ref _pausedUntilTicks);
        while (ticks > seen)
        {
            long before = Interlocked.CompareExchange(ref _pausedUntilTicks, ticks, seen);
            if (before == seen)
                return;
            seen = before;
        }
    }
}

/// <param name="Rules">Null when the file could not be had (5xx, no answer).</param>
internal sealed record RobotsState(RobotsRules? Rules, DateTimeOffset ExpiresAt);
