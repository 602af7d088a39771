using Monitor.Rules.Assessing;

namespace Monitor.Rules.WatchLists;

/// <summary>One report of one URL. Several reports of one URL join the same target; none is dropped.</summary>
public sealed record IntakeReport
{
    /// <summary>"I000001".</summary>
    public required string Id { get; init; }

    public required string TargetId { get; init; }

    /// <summary>The URL as it came.</summary>
    public required string RawUrl { get; init; }

    /// <summary>111, vn-cop, police, platform, crawler, cli, csv …</summary>
    public required string Source { get; init; }

    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>Person id who took it in.</summary>
    public required string By { get; init; }

    public bool Danger { get; init; }

    public Category? Category { get; init; }

    /// <summary>Vault item with the note and the reporter; null when neither was given.</summary>
    public string? NoteItem { get; init; }
}
