namespace Monitor.Worker.Demo;

/// <summary>What one host saw.</summary>
public sealed record HostTraffic(long Requests, int MostAtOnce);

/// <summary>A request that no well-behaved monitor makes.</summary>
public sealed record SampleViolation(SampleViolationKind Kind, string Method, string Host, string Path, DateTimeOffset At);

public enum SampleViolationKind
{
    /// <summary>A link that acts: report, delete, log out, search by image.</summary>
    ActingLink,

    /// <summary>Any method but GET and HEAD.</summary>
    ActingMethod,

    /// <summary>A host name that is not of this world.</summary>
    UnknownHost,

    /// <summary>Cookies, credentials or a referrer came along: the visitor can be recognised.</summary>
    NotAnonymous,
}

internal sealed class TrafficCounter
{
    private long _requests;
    private int _now;
    private int _most;

    public HostTraffic Snapshot => new(Interlocked.Read(ref _requests), Volatile.Read(ref _most));

    public void Enter()
    {
        Interlocked.Increment(ref _requests);
        var now = Interlocked.Increment(ref _now);
        int most;
        while (now > (most = Volatile.Read(ref _most)) && Interlocked.CompareExchange(ref _most, now, most) != most)
        {
            // Another request raised it meanwhile.
        }
    }

    public void Leave() => Interlocked.Decrement(ref _now);
}
