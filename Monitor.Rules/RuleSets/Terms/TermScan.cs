using System.Text.RegularExpressions;
using Monitor.Rules.Text;

namespace Monitor.Rules.RuleSets.Terms;

/// <summary>Where the terms stand in one text. Keywords are found at once, patterns when they are first asked for. Not for several threads.</summary>
internal sealed class TermScan
{
    private readonly Dictionary<int, List<TermPlace>> _places = [];
    private readonly HashSet<int> _cut = [];
    private readonly int _keywordCount;
    private readonly KeywordIndex _keywords;
    private readonly Regex[] _patterns;
    private readonly FoldedText _folded;
    private readonly RuleEvaluatorLimits _limits;
    private readonly bool _allLookedAt;
    private int[]? _words;
    private long _work;

    public TermScan(KeywordIndex keywords, Regex[] patterns, string text, RuleEvaluatorLimits limits)
    {
        _keywords = keywords;
        _keywordCount = keywords.Keywords.Count;
        _patterns = patterns;
        _limits = limits;
        _work = limits.MaxPatternWork;
        bool whole = text.Length <= limits.MaxTextLength;
        Text = whole ? text : text[..limits.MaxTextLength];
        _folded = TextFolding.Fold(Text);
        IReadOnlyList<KeywordOccurrence> occurrences = keywords.Find(_folded, limits.MaxOccurrences);
        _allLookedAt = whole && occurrences.Count < limits.MaxOccurrences;
        foreach (KeywordOccurrence one in occurrences)
        {
            if (!_places.TryGetValue(one.Keyword, out List<TermPlace>? list))
            {
                _places[one.Keyword] = list = [];
                Found.Add(one.Keyword);
            }

            list.Add(new TermPlace(one.Keyword, one.Start, one.Length, one.Technique, one.Strength));
        }
    }

    /// <summary>What was looked at: the text, or its beginning.</summary>
    public string Text { get; }

    /// <summary>Terms that the pass over the text has found.</summary>
    public List<int> Found { get; } = [];

    /// <summary>False once any limit was met.</summary>
    public bool Complete => _allLookedAt && _cut.Count == 0;

    /// <summary>The places of one term in order; <paramref name="complete"/> is false when there may be more.</summary>
    public IReadOnlyList<TermPlace> Of(int term, out bool complete)
    {
        if (!_places.TryGetValue(term, out List<TermPlace>? places) && term >= _keywordCount)
            _places[term] = places = Run(term);
        complete = _allLookedAt && !_cut.Contains(term);
        return places ?? (IReadOnlyList<TermPlace>)[];
    }

    /// <summary>The keyword or pattern as rules list it.</summary>
    public string TermOf(int term) => term < _keywordCount ? _keywords.Keywords[term] : _patterns[term - _keywordCount].ToString();

    /// <summary>Words (runs of letters, digits and marks) that begin before a position.</summary>
    public int WordsBefore(int position)
    {
        _words ??= WordStarts(Text);
        int at = Array.BinarySearch(_words, position);
        return at < 0 ? ~at : at;
    }

    private List<TermPlace> Run(int term)
    {
        var places = new List<TermPlace>();
        string text = _folded.AsTyped;
        _work -= text.Length;
        if (_work < 0)
        {
            _cut.Add(term);
            return places;
        }

        foreach (ValueMatch match in _patterns[term - _keywordCount].EnumerateMatches(text))
        {
            if (match.Length == 0)
                continue;

            if (places.Count == _limits.MaxMatchesPerPattern)
            {
                _cut.Add(term);
                break;
            }

            (int start, int length) = _folded.ToOriginal(match.Index, match.Length);
            places.Add(new TermPlace(term, start, length, Technique.Pattern, Strength.Strong));
        }

        return places;
    }

    private static int[] WordStarts(string text)
    {
        var starts = new List<int>();
        bool inWord = false;
        for (int i = 0; i < text.Length; i++)
        {
            bool word = TextFolding.IsWordCharacter(text, i) || (inWord && char.IsLowSurrogate(text[i]));
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
