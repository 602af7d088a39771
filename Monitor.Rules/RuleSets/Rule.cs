using Monitor.Rules.Assessing;

namespace Monitor.Rules.RuleSets;

/// <summary>
/// One rule: it holds for a text when every keyword of <see cref="All"/> stands in it and, if <see cref="Any"/> or
/// <see cref="Patterns"/> are given, at least one of those does too. Holding puts the page before a person, nothing else.
/// </summary>
public sealed record Rule
{
    /// <summary>A UUID or a slug (lower-case letters, digits, "-", "_", "."); unique over all rule sets.</summary>
    public required string Id { get; init; }

    public required string Title { get; init; }

    public required Category Category { get; init; }

    public Severity Severity { get; init; } = Severity.Medium;

    /// <summary>A new rule is a draft until its texts have been verified.</summary>
    public RuleStatus Status { get; init; } = RuleStatus.Draft;

    /// <summary>Keywords, whole words, of which one is enough.</summary>
    public IReadOnlyList<string> Any { get; init; } = [];

    /// <summary>Keywords that must all be there.</summary>
    public IReadOnlyList<string> All { get; init; } = [];

    /// <summary>
    /// Regular expressions of the linear kind (no lookaround, back-reference or atomic group), case ignored. They run on the folded
    /// text with tone marks as typed: NFC, lower case, single spaces. At most 4,096 characters each.
    /// </summary>
    public IReadOnlyList<string> Patterns { get; init; } = [];

    /// <summary>Texts in which the rule must be found; an enabled rule needs one.</summary>
    public IReadOnlyList<string> MustMatch { get; init; } = [];

    /// <summary>Texts in which the rule must not be found; an enabled rule needs one.</summary>
    public IReadOnlyList<string> MustNotMatch { get; init; } = [];

    /// <summary>What the person who reviews a finding should know.</summary>
    public string Guidance { get; init; } = "";
}

public enum RuleStatus
{
    /// <summary>Checked and tested, not applied.</summary>
    Draft,
    Enabled,

    /// <summary>Checked, neither tested nor applied.</summary>
    Disabled,
}
