namespace Monitor.Rules.Takedowns;

/// <summary>Something that must leave the house. A row of its own; due messages are claimed with a lease.</summary>
public sealed record OutboxMessage : IVersioned
{
    /// <summary>Notice reference, or "A…" for an alert.</summary>
    public required string Id { get; init; }

    public long Version { get; init; }

    public required OutboxKind Kind { get; init; }

    public required string OwnerAgency { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Null: done, nothing more to do.</summary>
    public DateTimeOffset? DueAt { get; init; }

    public int Attempts { get; init; }

    /// <summary>Channel and host it goes to ("smtp/lantern-forum.example"); "alert" for alerts. A dead lane holds up nobody but itself.</summary>
    public string Lane { get; init; } = "alert";

    /// <summary>Alerts only: recipient, subject and body (ids only).</summary>
    public string? To { get; init; }

    public string? Subject { get; init; }

    public string? Body { get; init; }

    /// <summary>Alerts only: "acknowledged by".</summary>
    public string? AcknowledgedBy { get; init; }
}

public enum OutboxKind
{
    Notice,
    Alert,
}
