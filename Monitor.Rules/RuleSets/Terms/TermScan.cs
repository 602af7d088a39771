using Monitor.Rules.Text;

namespace Monitor.Rules.RuleSets.Terms;

/// <summary>Where the terms stand in one text: one pass of the scanner, sorted by term. Not for several threads.</summary>
internal sealed class TermScan
{
    private readonly Dictionary<int, List<TermPlace>> _places = [];
    private readonly TextScanner _scanner;
    private int[]? _words;

    public TermScan(TextScanner scanner, string text, RuleEvaluatorLimits limits)
    {
        _scanner = scanner;
        Text = text.Length <= limits.MaxTextLength ? text : text[..limits.MaxTextLength];
        TextScan scan = scanner.Scan(text, new ScanLimits
        {
            MaxTextLength = limits.MaxTextLength,
            MaxOccurrences = limits.MaxOccurrences,
            MaxOccurrencesPerKeyword = limits.MaxOccurrencesPerKeyword,
            MaxMatchesPerPattern = limits.MaxMatchesPerPattern,
            MaxPatternWork = limits.MaxPatternWork,
        });
        (Complete, Searched) = (scan.Complete, scan.Searched);
        foreach (ScanOccurrence one in scan.Occurrences)
        {
            int term = one.Target == ScanTarget.Keyword ? one.Ordinal : scanner.Keywords.Count + one.Ordinal;
            if (!_places.TryGetValue(term, out List<TermPlace>? list))
            {
                _places[term] = list = [];
                Found.Add(term);
            }

            list.Add(new TermPlace(term, one.Start, one.Length, one.Technique, one.Strength));
        }
    }

    /// <summary>What was looked at: the text, or its beginning.</summary>
    public string Text { get; }

    /// <summary>Terms that stand in the text.</summary>
    public List<int> Found { get; } = [];

    /// <summary>False when a limit was met: what was not found may still be there.</summary>
    public bool Complete { get; }

    /// <summary>False when a limit was met beyond which a term could stand that was not found at all.</summary>
    public bool Searched { get; }

    /// <summary>The places of one term, in order.</summary>
    public IReadOnlyList<TermPlace> Of(int term) => _places.TryGetValue(term, out List<TermPlace>? places) ? places : [];

    /// <summary>The keyword or pattern as rules list it.</summary>
    public string TermOf(int term) => term < _scanner.Keywords.Count ? _scanner.Keywords[term] : _scanner.Patterns[term - _scanner.Keywords.Count].ToString();

    /// <summary>Words (runs of letters, digits and marks) that begin before a position.</summary>
    public int WordsBefore(int position)
    {
        _words ??= WordStarts(Text);
        int at = Array.BinarySearch(_words, position);
        return at < 0 ? ~at : at;
    }

    private static int[] WordStarts(string text)
    {
        var starts = new List<int>();
        bool inWord = false;
        for (int i = 0; i < text.Length; i++)
        {
            bool word = TextFolding.IsWordCharacter(text, i);
            if (word && !inWord)
                starts.Add(i);
            inWord = word;
        }

        return [.. starts];
    }
}

/// <summary>One place where a term stands, in UTF-16 units of the text as it was given.</summary>
internal readonly record struct TermPlace(int Term, int Start, int Length, Technique Technique, Strength Strength)
{
    public int End => Start + Length;
}
