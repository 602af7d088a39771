namespace Monitor.Rules.Text;

/// <summary>One place of a text that a keyword or a pattern names.</summary>
/// <param name="Ordinal">Position in the list of keywords, or in that of patterns, that the scanner was built from.</param>
/// <param name="Start">In UTF-16 units of the text as it was given.</param>
/// <param name="Length">In UTF-16 units of the text as it was given; at least 1.</param>
public readonly record struct ScanOccurrence(ScanTarget Target, int Ordinal, int Start, int Length, Technique Technique, Strength Strength);
