using System.Text.RegularExpressions;

namespace Monitor.Rules.Text;

/// <summary>
/// Finds all keywords and all patterns of all rules in one pass over a text. Immutable and safe to share between threads.
/// </summary>
public sealed class TextScanner
{
    private readonly KeywordIndex _keywords;
    private readonly Regex[] _patterns;

    private TextScanner(KeywordIndex keywords, Regex[] patterns)
    {
        _keywords = keywords;
        _patterns = patterns;
    }

    public IReadOnlyList<string> Keywords => _keywords.Keywords;

    public IReadOnlyList<Regex> Patterns => _patterns;

    /// <param name="keywords">Equal keywords are each reported; those that fold to nothing are never found.</param>
    /// <param name="patterns">
    /// Of the linear kind (<see cref="RegexOptions.NonBacktracking"/>). They run on the folded text with tone marks as typed: NFC, lower case, single spaces.
    /// </param>
    /// <exception cref="ArgumentException">A pattern may backtrack.</exception>
    public static TextScanner Build(IReadOnlyList<string> keywords, IReadOnlyList<Regex> patterns, TextScannerOptions? options = null)
    {
        foreach (Regex pattern in patterns)
        {
            if (!pattern.Options.HasFlag(RegexOptions.NonBacktracking))
                throw new ArgumentException($"The pattern '{pattern}' may backtrack.", nameof(patterns));
        }

        _ = options;
        return new TextScanner(KeywordIndex.Build(keywords), [.. patterns]);
    }

    /// <summary>Every place that a keyword or pattern names; the same answer as if each were looked for alone.</summary>
    public TextScan Scan(string text, ScanLimits? limits = null)
    {
        limits ??= ScanLimits.Default;
        bool complete = text.Length <= limits.MaxTextLength;
        if (!complete)
            text = text[..limits.MaxTextLength];

        FoldedText folded = TextFolding.Fold(text);
        var found = new List<ScanOccurrence>();
        foreach (KeywordOccurrence one in _keywords.Find(folded, limits.MaxOccurrences))
            found.Add(new ScanOccurrence(ScanTarget.Keyword, one.Keyword, one.Start, one.Length, one.Technique, one.Strength));

        long work = limits.MaxPatternWork;
        for (int p = 0; p < _patterns.Length; p++)
        {
            work -= folded.AsTyped.Length;
            if (work < 0)
            {
                complete = false;
                break;
            }

            int matches = 0;
            foreach (ValueMatch match in _patterns[p].EnumerateMatches(folded.AsTyped))
            {
                if (match.Length == 0)
                    continue;

                if (++matches > limits.MaxMatchesPerPattern || found.Count >= limits.MaxOccurrences)
                {
                    complete = false;
                    break;
                }

                (int start, int length) = folded.ToOriginal(match.Index, match.Length);
                found.Add(new ScanOccurrence(ScanTarget.Pattern, p, start, length, Technique.Pattern, Strength.Strong));
            }
        }

        complete &= found.Count < limits.MaxOccurrences;
        found.Sort(ByPlace);
        return new TextScan(found, complete);
    }

    private static Comparison<ScanOccurrence> ByPlace { get; } = (x, y) =>
        x.Start != y.Start ? x.Start.CompareTo(y.Start)
        : x.Length != y.Length ? y.Length.CompareTo(x.Length)
        : x.Target != y.Target ? x.Target.CompareTo(y.Target)
        : x.Ordinal.CompareTo(y.Ordinal);
}
