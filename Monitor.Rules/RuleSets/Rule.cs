using Monitor.Rules.Assessing;
using Monitor.Rules.RuleSets.Conditions;

namespace Monitor.Rules.RuleSets;

/// <summary>One rule, with the header of a Sigma rule. That it holds puts the page before a person, nothing else.</summary>
public sealed record Rule
{
    /// <summary>Unique over all rule sets; a UUID in files. It names the logic: other logic is another rule, related to this one.</summary>
    public required string Id { get; init; }

    public required string Title { get; init; }

    public string Description { get; init; } = "";

    public required Category Category { get; init; }

    /// <summary>Sigma's "level": how urgently a person must look.</summary>
    public Severity Severity { get; init; } = Severity.Medium;

    /// <summary>A new rule is an experiment until its examples have been verified.</summary>
    public RuleStatus Status { get; init; } = RuleStatus.Experimental;

    public string Author { get; init; } = "";

    public DateOnly? Date { get; init; }

    public DateOnly? Modified { get; init; }

    public IReadOnlyList<string> References { get; init; } = [];

    /// <summary>What else can make the rule hold.</summary>
    public IReadOnlyList<string> FalsePositives { get; init; } = [];

    public IReadOnlyList<RelatedRule> Related { get; init; } = [];

    public required Condition Condition { get; init; }

    /// <summary>Pages for which the rule must hold; an applied rule needs one.</summary>
    public IReadOnlyList<RuleExample> MustMatch { get; init; } = [];

    /// <summary>Pages for which the rule must not hold; an applied rule needs one.</summary>
    public IReadOnlyList<RuleExample> MustNotMatch { get; init; } = [];

    /// <summary>The page (Markdown) that the person who reviews a finding reads: what it means, what to check, false positives. Empty: none.</summary>
    public string Guidance { get; init; } = "";

    /// <summary>Held against pages.</summary>
    public bool Applied => Status is RuleStatus.Stable or RuleStatus.Test;
}

/// <summary>Sigma's status, with what each means here.</summary>
public enum RuleStatus
{
    /// <summary>Being written: checked and tested, not applied.</summary>
    Experimental,

    /// <summary>On trial: applied and recorded, but its findings raise no case and no severity.</summary>
    Test,

    /// <summary>Applied.</summary>
    Stable,

    /// <summary>No longer applied; something related has taken its place.</summary>
    Deprecated,

    /// <summary>Not applied: it needs something that this installation does not have.</summary>
    Unsupported,
}

/// <summary>Another rule that this one has to do with.</summary>
public sealed record RelatedRule(RelationType Type, string Id);

/// <summary>Sigma's relations, as seen from the newer rule.</summary>
public enum RelationType
{
    /// <summary>Made from the other one, which may stay.</summary>
    Derived,

    /// <summary>Replaces the other one.</summary>
    Obsolete,

    /// <summary>The other one has become part of this.</summary>
    Merged,

    /// <summary>The other one under a new id.</summary>
    Renamed,
    Similar,
}
