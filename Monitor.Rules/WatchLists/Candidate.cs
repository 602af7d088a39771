namespace Monitor.Rules.WatchLists;

/// <summary>A page found by depth-1 discovery: it awaits a person and is never acted on by itself.</summary>
public sealed record Candidate : IVersioned
{
    /// <summary>"K" and the first 16 hex digits of the SHA-256 of the canonical URL.</summary>
    public required string Id { get; init; }

    public long Version { get; init; }

    public required string Url { get; init; }

    public required string WatchListId { get; init; }

    public required string OwnerAgency { get; init; }

    public required string FoundOn { get; init; }

    public required DateTimeOffset FoundAt { get; init; }

    public CandidateState State { get; init; }

    public string? DecidedBy { get; init; }
}

public enum CandidateState
{
    AwaitingTriage,
    Accepted,
    Dismissed,
}
