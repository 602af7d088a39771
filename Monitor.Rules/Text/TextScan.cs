namespace Monitor.Rules.Text;

/// <summary>What one scan found.</summary>
/// <param name="Occurrences">By start, longer ones first, then keywords before patterns, then by ordinal. Occurrences of one keyword do not overlap.</param>
/// <param name="Complete">False when a limit cut the text, the work or the number of occurrences.</param>
/// <param name="Searched">False when nothing found does not mean nothing there; true also where only further occurrences of a keyword that was found are left out.</param>
public sealed record TextScan(IReadOnlyList<ScanOccurrence> Occurrences, bool Complete, bool Searched);
