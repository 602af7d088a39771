namespace Monitor.Rules.Text;

/// <summary>Bounds of one scan. They count work, not time, so that the same text always gives the same answer.</summary>
public sealed record ScanLimits
{
    /// <summary>UTF-16 units of the text that are looked at.</summary>
    public int MaxTextLength { get; init; } = 1024 * 1024;

    /// <summary>Keyword occurrences and pattern matches kept.</summary>
    public int MaxOccurrences { get; init; } = 20_000;

    /// <summary>Occurrences kept of one keyword at one strength, the first ones: a text that repeats one must not hide the others, nor weak ones the strong.</summary>
    public int MaxOccurrencesPerKeyword { get; init; } = 200;

    /// <summary>Places kept of one pattern; each search for the next may read to the end of the text.</summary>
    public int MaxMatchesPerPattern { get; init; } = 64;

    /// <summary>Characters that all patterns together may be run over: 64 Mi are some hundred milliseconds.</summary>
    public long MaxPatternWork { get; init; } = 64L * 1024 * 1024;

    /// <summary>Places at which the exact judge may be asked whether a keyword stands there.</summary>
    public int MaxJudgements { get; init; } = 60_000;

    public static ScanLimits Default { get; } = new();
}
