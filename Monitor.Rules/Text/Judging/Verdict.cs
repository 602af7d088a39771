namespace Monitor.Rules.Text.Judging;

/// <summary>A place that holds a keyword.</summary>
/// <param name="Start">In the original text, as <paramref name="End"/>.</param>
internal readonly record struct Verdict(int Start, int End, Technique Technique, Strength Strength);
