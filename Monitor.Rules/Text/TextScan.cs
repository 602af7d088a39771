namespace Monitor.Rules.Text;

/// <summary>What one scan found.</summary>
/// <param name="Occurrences">By start, longer ones first, then keywords before patterns, then by ordinal. Occurrences of one keyword do not overlap.</param>
/// <param name="Complete">False when a limit cut the text, the work or the number of occurrences: nothing found then does not mean nothing there.</param>
public sealed record TextScan(IReadOnlyList<ScanOccurrence> Occurrences, bool Complete);
