using Monitor.Rules.Assessing;
using Monitor.Rules.Text;

namespace Monitor.Rules.RuleSets;

/// <summary>One place in a text that made a rule hold.</summary>
public sealed record RuleFinding
{
    public required string RuleSet { get; init; }

    public required string RuleSetVersion { get; init; }

    public required string RuleId { get; init; }

    /// <summary>The keyword, verbatim as the rule lists it, or the pattern.</summary>
    public required string Keyword { get; init; }

    /// <summary>In UTF-16 units of the text as it was given.</summary>
    public required int Start { get; init; }

    /// <summary>In UTF-16 units of the text as it was given.</summary>
    public required int Length { get; init; }

    /// <summary>What stands there.</summary>
    public required string Text { get; init; }

    public required Technique Technique { get; init; }

    public required Strength Strength { get; init; }

    public required Category Category { get; init; }

    public required Severity Severity { get; init; }
}
