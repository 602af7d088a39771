namespace Monitor.Worker.Ports;

/// <summary>The right to work on one due row until <paramref name="Until"/>; the token fences out a worker that came too late.</summary>
public sealed record Lease(LeaseKind Kind, string Id, long Token, DateTimeOffset Until);

public enum LeaseKind
{
    Target,
    Outbox,
}

public sealed record Claimed<T>(T Row, Lease Lease);
