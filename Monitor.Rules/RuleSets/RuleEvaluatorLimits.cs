namespace Monitor.Rules.RuleSets;

/// <summary>Bounds of one evaluation. They count work, not time, so that the same page always gives the same answer.</summary>
public sealed record RuleEvaluatorLimits
{
    /// <summary>UTF-16 units of the text that are looked at.</summary>
    public int MaxTextLength { get; init; } = 1024 * 1024;

    /// <summary>Keyword occurrences kept, over all rules.</summary>
    public int MaxOccurrences { get; init; } = 20_000;

    /// <summary>Occurrences kept of one keyword at one strength, the first ones. More than are told: conditions about distance and count look at them.</summary>
    public int MaxOccurrencesPerKeyword { get; init; } = 1000;

    /// <summary>Findings told, over all rules.</summary>
    public int MaxFindings { get; init; } = 2000;

    /// <summary>Matches of one pattern; each may read to the end of the text.</summary>
    public int MaxMatchesPerPattern { get; init; } = 64;

    /// <summary>Characters that all patterns together may be run over: 64 Mi are some hundred milliseconds.</summary>
    public long MaxPatternWork { get; init; } = 64L * 1024 * 1024;

    /// <summary>Places kept for one condition.</summary>
    public int MaxPlacesPerCondition { get; init; } = 200;

    public static RuleEvaluatorLimits Default { get; } = new();
}
