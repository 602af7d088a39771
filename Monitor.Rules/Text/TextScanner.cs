using System.Text.RegularExpressions;

namespace Monitor.Rules.Text;

/// <summary>
/// Finds all keywords, however they are written, and all patterns of all rules in one go over a text. Keywords are looked up by their bones
/// (<see cref="Skeleton"/>) where words begin, and what is found is judged letter by letter; other readings of the text (legacy code pages, digits for letters,
/// markup) are made only of the parts that look as if they needed one. Patterns run on windows around the letters that they cannot do without.
/// The answer is that of <see cref="SimpleTextSearch"/>. Immutable and safe to share between threads.
/// </summary>
public sealed class TextScanner
{
    private readonly string[] _listed;
    private readonly KeptSpellings _spellings;
    private readonly KeywordTable _table;
    private readonly KeywordTable _masked;
    private readonly FoldedKeywords? _plain;
    private readonly int[] _plainOrdinals;
    private readonly PatternTable _patterns;

    private TextScanner(string[] listed, Keyword?[] keywords, FoldedKeywords? plain, int[] plainOrdinals, PatternTable patterns)
    {
        _listed = listed;
        _spellings = new KeptSpellings(keywords);
        _table = KeywordTable.Build(keywords, masked: false);
        _masked = KeywordTable.Build(keywords, masked: true);
        _plain = plain;
        _plainOrdinals = plainOrdinals;
        _patterns = patterns;
    }

    public IReadOnlyList<string> Keywords => _listed;

    public IReadOnlyList<Regex> Patterns => _patterns.Patterns;

    /// <summary>Spellings of keywords that are told apart.</summary>
    public int Spellings => _table.Literals + _masked.Literals;

    /// <param name="keywords">Equal keywords are each reported; those that fold to nothing are never found.</param>
    /// <param name="patterns">
    /// Of the linear kind (<see cref="RegexOptions.NonBacktracking"/>). They run on the folded text with tone marks as typed: NFC, lower case, single spaces.
    /// </param>
    /// <exception cref="ArgumentException">A pattern may backtrack.</exception>
    public static TextScanner Build(IReadOnlyList<string> keywords, IReadOnlyList<Regex> patterns, TextScannerOptions? options = null)
    {
        options ??= TextScannerOptions.Default;
        var spelled = new Keyword?[keywords.Count];
        var plain = new List<int>();
        for (int i = 0; i < keywords.Count; i++)
        {
            string folded = TextFolding.FoldKeyword(keywords[i]);
            if (folded.Length == 0)
                continue;
            if (options.Evasions && Spelling.Parse(folded) is { } syllables)
                spelled[i] = new Keyword(keywords[i], syllables);
            else
                plain.Add(i);
        }

        FoldedKeywords? rest = plain.Count == 0 ? null : FoldedKeywords.Build([.. plain.Select(i => keywords[i])]);
        return new TextScanner([.. keywords], spelled, rest, [.. plain], PatternTable.Build(patterns));
    }

    /// <summary>Every place that a keyword or pattern names; the same answer as if each were looked for alone.</summary>
    public TextScan Scan(string text, ScanLimits? limits = null)
    {
        limits ??= ScanLimits.Default;
        bool complete = text.Length <= limits.MaxTextLength;
        if (!complete)
            text = text[..limits.MaxTextLength];

        var found = new Occurrences(_spellings, text, limits);
        FoldedText? folded = null;
        TextView plain = TextView.Plain(text);
        bool more = found.Look(_table, plain, text, 0, out uint seen);
        if (!_masked.IsEmpty && (seen & Skeleton.SeenMask) != 0)
        {
            foreach ((int start, int end) in MaskedText.Parts(text))
                more = more && found.Look(_masked, plain, text.AsSpan(start, end - start), start, out _);
        }

        if (!_table.IsEmpty)
        {
            foreach (TextView view in OtherReadings(text, seen))
                more = more && found.Look(_table, view, view.Text, 0, out _);
        }

        bool whole = true;
        if (more && _plain is not null)
        {
            folded = TextFolding.Fold(text);
            IReadOnlyList<KeywordOccurrence> others = _plain.Find(folded, limits.MaxOccurrences, limits.MaxOccurrencesPerKeyword, out bool searched, out whole);
            more = searched;
            foreach (KeywordOccurrence one in others)
                more &= found.Add(_plainOrdinals[one.Keyword], one.Start, one.Start + one.Length, one.Technique, one.Strength);
        }

        complete &= more;
        List<ScanOccurrence> all = found.Settle();
        complete &= _patterns.Find(text, folded, (seen & Skeleton.SeenUnplain) == 0, limits, all);
        if (all.Count > limits.MaxOccurrences)
        {
            all.Sort(Occurrences.ByPlace);
            all.RemoveRange(limits.MaxOccurrences, all.Count - limits.MaxOccurrences);
            complete = false;
        }

        all.Sort(Occurrences.ByPlace);
        return new TextScan(all, complete && whole && !found.Cut, complete);
    }

    /// <summary>Readings of readings, so deep: what was escaped twice, or read wrongly twice.</summary>
    private const int DeepestReading = 3;

    /// <summary>All readings together, in UTF-16 units beside the text's own length: a text that can be read in every way at once must not cost a thousand times as much.</summary>
    private const int LongestReadings = 4 * 1024 * 1024;

    private const int MostReadings = 48;

    /// <summary>Every way to read a text, and what comes out of one once more in each way that changes letters.</summary>
    internal static IEnumerable<TextView> OtherReadings(string text, uint seen)
    {
        var waiting = new Queue<(TextView View, int Depth)>();
        long units = 0;
        int given = 0;
        foreach (TextView view in SingleReadings(text, seen))
        {
            yield return view;
            given++;
            units += view.Text.Length;
            if (MayHideMore(view))
                waiting.Enqueue((view, 1));
        }

        while (waiting.TryDequeue(out (TextView View, int Depth) outer))
        {
            foreach (TextView inner in SingleReadings(outer.View.Text, uint.MaxValue))
            {
                // Drawn together once is drawn together.
                if (outer.View.Technique is Technique.Separators or Technique.Invisible && inner.Technique == outer.View.Technique)
                    continue;
                units += inner.Text.Length;
                if (++given > MostReadings || units > LongestReadings + (2L * text.Length))
                    yield break;
                TextView view = outer.View.Then(inner);
                yield return view;
                if (outer.Depth + 1 < DeepestReading && MayHideMore(inner))
                    waiting.Enqueue((view, outer.Depth + 1));
            }
        }
    }

    /// <summary>Readings that bring out characters which were not there; what only stands for letters, or was turned round, hides nothing more.</summary>
    private static bool MayHideMore(TextView view) => view.Technique is Technique.Entities or Technique.Tags or Technique.Utf8AsLatin1 or Technique.Separators or Technique.Invisible;

    private static IEnumerable<TextView> SingleReadings(string text, uint seen)
    {
        if ((seen & Skeleton.SeenLeet) != 0)
        {
            foreach (TextView view in LeetText.Views(text))
                yield return view;
        }

        if ((seen & Skeleton.SeenMarkup) != 0)
        {
            foreach (TextView view in MarkupText.Views(text))
                yield return view;
        }

        if ((seen & Skeleton.SeenLegacy) != 0 || LegacyText.HasPairs(text))
        {
            foreach (TextView view in LegacyText.Views(text))
                yield return view;
        }

        if ((seen & Skeleton.SeenOverride) != 0)
        {
            foreach (TextView view in ReversedText.Views(text))
                yield return view;
        }

        foreach (TextView view in PaddedText.Views(text, seen))
            yield return view;
    }
}
