namespace Monitor.Rules.Text;

/// <summary>
/// Finds every keyword of a list, however it is written, in one pass over a text: <see cref="TextScanner"/> with no patterns. Occurrences of one
/// keyword do not overlap; those of different keywords may. Immutable and safe to share between threads.
/// </summary>
public sealed class KeywordIndex
{
    private readonly TextScanner _scanner;

    private KeywordIndex(TextScanner scanner) => _scanner = scanner;

    /// <summary>The list the index was built from, in its order.</summary>
    public IReadOnlyList<string> Keywords => _scanner.Keywords;

    /// <summary>Keywords that fold to nothing are never found. Equal keywords are each reported.</summary>
    public static KeywordIndex Build(IReadOnlyList<string> keywords) => new(TextScanner.Build(keywords, []));

    /// <summary>Every occurrence, by its place in the text.</summary>
    public IReadOnlyList<KeywordOccurrence> Find(string text) => Find(text, int.MaxValue);

    /// <inheritdoc cref="Find(string)"/>
    /// <param name="limit">The search stops after this many occurrences: a text made of keywords must not fill the memory.</param>
    public IReadOnlyList<KeywordOccurrence> Find(FoldedText folded, int limit = int.MaxValue) => Find(folded.Original, limit);

    /// <summary>Every occurrence, and whether a limit was met.</summary>
    public TextScan Scan(string text, ScanLimits limits) => _scanner.Scan(text, limits);

    private List<KeywordOccurrence> Find(string text, int limit)
    {
        TextScan scan = _scanner.Scan(text, new ScanLimits { MaxTextLength = int.MaxValue, MaxOccurrences = limit, MaxOccurrencesPerKeyword = limit });
        return scan.Occurrences.Select(one => new KeywordOccurrence(one.Ordinal, one.Start, one.Length, one.Technique, one.Strength)).ToList();
    }
}
