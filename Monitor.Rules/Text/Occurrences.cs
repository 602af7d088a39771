namespace Monitor.Rules.Text;

/// <summary>Collects what the judge confirms, and settles which of several findings of one keyword at one place stays.</summary>
internal sealed class Occurrences(KeywordTable table, string text, ScanLimits limits) : ICandidates
{
    private readonly List<ScanOccurrence> _found = [];
    private TextView _view = TextView.Plain(text);
    private int _judgements;

    public static Comparison<ScanOccurrence> ByPlace { get; } = (x, y) =>
        x.Start != y.Start ? x.Start.CompareTo(y.Start)
        : x.Length != y.Length ? y.Length.CompareTo(x.Length)
        : x.Target != y.Target ? x.Target.CompareTo(y.Target)
        : x.Ordinal.CompareTo(y.Ordinal);

    /// <returns>False when a limit was met.</returns>
    public bool Look(TextView view, in Skeleton skeleton)
    {
        _view = view;
        return table.Find(skeleton, this);
    }

    public bool Add(Literal literal, int at)
    {
        if (++_judgements > limits.MaxJudgements)
            return false;
        return SpellingJudge.Judge(_view, text, at, table.KeywordOf(literal.Keyword), literal) is not { } verdict
            || Add(literal.Keyword, verdict.Start, verdict.End, verdict.Technique, verdict.Strength);
    }

    public bool Add(int keyword, int start, int end, Technique technique, Strength strength)
    {
        // Twice as many are gathered as are kept: of one place several spellings may be confirmed.
        if (_found.Count >= 2L * limits.MaxOccurrences)
            return false;
        _found.Add(new ScanOccurrence(ScanTarget.Keyword, keyword, start, end - start, technique, strength));
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
        foreach (ScanOccurrence one in _found)
        {
            if (one.Ordinal == keyword && one.Start < end)
                continue;
            settled.Add(one);
            (keyword, end) = (one.Ordinal, one.Start + one.Length);
        }

        return settled;
    }
}
