using Monitor.Rules.Assessing;

namespace Monitor.Worker.Operations;

/// <summary>One flagged URL as it comes in.</summary>
public sealed record IntakeItem
{
    public required string Url { get; init; }

    public string? WatchListId { get; init; }

    public string Source { get; init; } = "cli";

    public bool Danger { get; init; }

    public Category? Category { get; init; }

    /// <summary>Free words of the reporter; sealed.</summary>
    public string? Note { get; init; }

    /// <summary>Who reported; sealed.</summary>
    public string? Reporter { get; init; }

    /// <summary>Line in a file, for the answer.</summary>
    public int? Line { get; init; }
}

/// <param name="Joined">True when the URL was under watch already and the report was added to it.</param>
/// <param name="AlertId">The alert to the police duty contact that this report started, or null.</param>
public sealed record IntakeReceipt(string TargetId, string ReportId, string CaseId, string CanonicalUrl, bool Joined, int? Line, string? AlertId = null);

/// <summary>What became of one item of a batch.</summary>
public sealed record IntakeAnswer(IntakeItem Item, IntakeReceipt? Receipt, Refusal? Refusal);
