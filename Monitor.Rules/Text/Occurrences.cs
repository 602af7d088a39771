using Monitor.Rules.Text.Judging;

namespace Monitor.Rules.Text;

/// <summary>Collects what the judge confirms, and settles which of several findings of one keyword at one place stays.</summary>
internal sealed class Occurrences(KeptSpellings spellings, string text, ScanLimits limits) : ICandidates
{
    // A glance costs a small part of a judgement.
    private const int MostGlances = 50;

    private readonly List<ScanOccurrence> _found = [];
    private readonly Dictionary<int, int> _strong = [];
    private SpellingJudge? _judge;
    private KeywordTable? _table;
    private TextView _view = TextView.Plain(text);
    private int _offset;
    private int _judgements;
    private long _glances;
    private readonly Dictionary<long, int> _counts = [];

    /// <summary>True when a keyword stands at more places than are kept of one.</summary>
    public bool Cut { get; private set; }

    public static Comparison<ScanOccurrence> ByPlace { get; } = (x, y) =>
        x.Start != y.Start ? x.Start.CompareTo(y.Start)
        : x.Length != y.Length ? y.Length.CompareTo(x.Length)
        : x.Target != y.Target ? x.Target.CompareTo(y.Target)
        : x.Ordinal.CompareTo(y.Ordinal);

    /// <param name="part">Of the view's text.</param>
    /// <param name="offset">Where it begins there.</param>
    /// <returns>False when a limit was met.</returns>
    public bool Look(KeywordTable table, TextView view, ReadOnlySpan<char> part, int offset, out uint seen)
    {
        (_table, _view, _offset) = (table, view, offset);
        Skeleton skeleton = Skeleton.Of(part);
        bool more = table.Find(skeleton, this);
        seen = skeleton.Seen;
        skeleton.Return();
        return more;
    }

    public bool Add(in Literal literal, int at)
    {
        at += _offset;
        // Where the keyword itself stands, its other spellings can only be weaker.
        if (literal.Spelling != 0 && _strong.Count > 0 && _view.IsOriginal && _strong.TryGetValue(literal.Keyword, out int strong) && strong == at)
            return true;
        if (!SpelledLetters.MayStand(_view.Text, at, _table!.LettersOf(literal), literal.Kind))
            return ++_glances <= MostGlances * (long)limits.MaxJudgements;
        if (IsFull(literal.Keyword, Strength.Strong))
            return true;
        Keyword keyword = spellings.KeywordOf(literal.Keyword);
        if (Glance.IsHopeless(_view, text, at, keyword, literal.Kind, literal.Length))
            return ++_glances <= MostGlances * (long)limits.MaxJudgements;
        if (++_judgements > limits.MaxJudgements)
            return false;
        _judge ??= new SpellingJudge();
        if (_judge.Judge(_view, text, at, keyword, spellings.Of(literal), literal.Mode, literal.Length) is not { } verdict)
            return true;
        if (verdict.Strength == Strength.Strong && _view.IsOriginal)
            _strong[literal.Keyword] = verdict.Start;
        return Add(literal.Keyword, verdict.Start, verdict.End, verdict.Technique, verdict.Strength);
    }

    public bool Add(int keyword, int start, int end, Technique technique, Strength strength)
    {
        // Twice as many are gathered as are kept: of one place several spellings may be confirmed.
        if (_found.Count >= 2L * limits.MaxOccurrences)
            return false;
        if (IsFull(keyword, strength))
            return true;
        _counts[CountOf(keyword, strength)] = _counts.GetValueOrDefault(CountOf(keyword, strength)) + 1;
        _found.Add(new ScanOccurrence(ScanTarget.Keyword, keyword, start, end - start, technique, strength));
        return true;
    }

    private static long CountOf(int keyword, Strength strength) => ((long)keyword << 8) | (uint)strength;

    /// <summary>Of one keyword, too, twice as many are gathered as are kept.</summary>
    private bool IsFull(int keyword, Strength strength)
    {
        if (_counts.Count == 0 || _counts.GetValueOrDefault(CountOf(keyword, strength)) < 2L * limits.MaxOccurrencesPerKeyword)
            return false;
        Cut = true;
        return true;
    }

    /// <summary>By keyword from left to right, the strongest and then the longest where several begin; overlapping ones go.</summary>
    public List<ScanOccurrence> Settle()
    {
        _found.Sort((x, y) =>
            x.Ordinal != y.Ordinal ? x.Ordinal.CompareTo(y.Ordinal)
            : x.Start != y.Start ? x.Start.CompareTo(y.Start)
            : x.Strength != y.Strength ? y.Strength.CompareTo(x.Strength)
            : x.Length != y.Length ? y.Length.CompareTo(x.Length)
            : x.Technique.CompareTo(y.Technique));
        var settled = new List<ScanOccurrence>(_found.Count);
        (int keyword, int end) = (-1, 0);
        var kept = new Dictionary<Strength, int>();
        foreach (ScanOccurrence one in _found)
        {
            if (one.Ordinal == keyword && one.Start < end)
                continue;
            if (one.Ordinal != keyword)
                kept.Clear();
            int before = kept.GetValueOrDefault(one.Strength);
            kept[one.Strength] = before + 1;
            (keyword, end) = (one.Ordinal, one.Start + one.Length);
            if (before >= limits.MaxOccurrencesPerKeyword)
                Cut = true;
            else
                settled.Add(one);
        }

        return settled;
    }
}
