using Monitor.Rules.Assessing;
using Monitor.Rules.Text;

namespace Monitor.Rules.RuleSets;

/// <summary>One place in a text, or one fact of a page, that made a rule hold.</summary>
public sealed record RuleFinding
{
    public required string RuleSet { get; init; }

    /// <summary><see cref="RuleSets.RuleSet.QuotedVersion"/>.</summary>
    public required string RuleSetVersion { get; init; }

    public required string RuleId { get; init; }

    /// <summary>The keyword, verbatim as the rule lists it, or the pattern; for a fact the condition on one line.</summary>
    public required string Keyword { get; init; }

    /// <summary>In UTF-16 units of the text as it was given; 0 for a fact.</summary>
    public required int Start { get; init; }

    /// <summary>In UTF-16 units of the text as it was given; 0 for a fact.</summary>
    public required int Length { get; init; }

    /// <summary>What stands there; empty for a fact.</summary>
    public required string Text { get; init; }

    /// <summary>Null for a fact of the page that is no place in its text.</summary>
    public required Technique? Technique { get; init; }

    /// <summary>How far this place can be trusted by itself.</summary>
    public required Strength Strength { get; init; }

    /// <summary>How far the rule as a whole can: the weakest part that it needed.</summary>
    public required Strength RuleStrength { get; init; }

    public required Category Category { get; init; }

    public required Severity Severity { get; init; }

    /// <summary>The rule is on trial: recorded, raises nothing.</summary>
    public bool Trial { get; init; }
}
