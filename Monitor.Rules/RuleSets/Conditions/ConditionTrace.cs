using Monitor.Rules.Text;

namespace Monitor.Rules.RuleSets.Conditions;

/// <summary>Why one condition was met or not, for a person to read; its children explain it further.</summary>
public sealed record ConditionTrace
{
    public required Condition Condition { get; init; }

    public required Truth Truth { get; init; }

    /// <summary>How far a met condition can be trusted: the weakest part that it needed. Strong for what is not met.</summary>
    public Strength Strength { get; init; } = Strength.Strong;

    /// <summary>Why nobody knows; <see cref="MissingFact.None"/> when everything needed was there.</summary>
    public MissingFact Missing { get; init; }

    /// <summary>How many (different keywords, places, elements, media, links, matches) there were; for And, Or, AtLeast the conditions met.</summary>
    public int Found { get; init; }

    /// <summary>The score, where there is one.</summary>
    public double? Value { get; init; }

    /// <summary>Places in the text that count for it, in order; not all of very many.</summary>
    public IReadOnlyList<TracePlace> Places { get; init; } = [];

    public IReadOnlyList<ConditionTrace> Children { get; init; } = [];
}

/// <param name="Term">The keyword or pattern, as the rule lists it.</param>
/// <param name="Start">In UTF-16 units of the text as it was given.</param>
public sealed record TracePlace(string Term, int Start, int Length, Technique Technique, Strength Strength);

/// <summary>The fact that a condition needed and the subject did not have.</summary>
public enum MissingFact
{
    None,
    Text,
    Url,
    Page,
    HashMatches,
    Score,

    /// <summary>A limit cut the search: what was not found may still be there.</summary>
    WholeText,
}
