namespace Monitor.Rules.RuleSets;

/// <summary>One version of a rule set that was proposed or in force, whole: what a finding quoted can be read back years later.</summary>
public sealed record RuleSetVersion : IVersioned
{
    /// <summary>"sample/00003": set and running number.</summary>
    public required string Id { get; init; }

    public long Version { get; init; }

    public required string Set { get; init; }

    /// <summary>Counts versions, from 1.</summary>
    public required int Number { get; init; }

    /// <summary>What its authors called it ("version" in the file).</summary>
    public required string Label { get; init; }

    /// <summary><see cref="RuleSet.Digest"/>.</summary>
    public required string Digest { get; init; }

    /// <summary>The YAML it was read from.</summary>
    public required string Text { get; init; }

    /// <summary>Pages of guidance that its rules name: name → Markdown.</summary>
    public IReadOnlyDictionary<string, string> Guidance { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    public required RuleSetState State { get; init; }

    public required string ProposedBy { get; init; }

    public required DateTimeOffset ProposedAt { get; init; }

    public string ProposeReason { get; init; } = "";

    public string? ActivatedBy { get; init; }

    public DateTimeOffset? ActivatedAt { get; init; }

    public string ActivateReason { get; init; } = "";

    /// <summary>When another version took its place, or it was withdrawn.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Who put the other version there, or withdrew this one. Null while nothing ended it, and for versions that ended before this was kept.</summary>
    public string? EndedBy { get; init; }

    /// <summary><see cref="RuleSet.QuotedVersion"/>.</summary>
    public string Quoted => $"{Label}+{Digest[..12]}";
}

public enum RuleSetState
{
    /// <summary>Waits for a second person.</summary>
    Proposed,
    Active,

    /// <summary>Was active once.</summary>
    Superseded,

    /// <summary>Was never active.</summary>
    Withdrawn,
}
