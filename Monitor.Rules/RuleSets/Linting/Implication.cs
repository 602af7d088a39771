using Monitor.Rules.RuleSets.Conditions;
using Monitor.Rules.Text;

namespace Monitor.Rules.RuleSets.Linting;

/// <summary>
/// Whether one condition cannot be met without another. Never says so wrongly; often does not know. Bounded by a budget of comparisons.
/// </summary>
internal sealed class Implication
{
    private const int MostComparisons = 20_000;
    private readonly Dictionary<Condition, string> _canonical = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<string, string> _folded = new(StringComparer.Ordinal);
    private int _left;

    public bool Holds(Condition narrow, Condition wide)
    {
        _left = MostComparisons;
        return Implies(narrow, wide);
    }

    public string Canonical(Condition condition) =>
        _canonical.TryGetValue(condition, out string? text) ? text : _canonical[condition] = ConditionText.Canonical(condition);

    /// <summary>True when the whole words of <paramref name="part"/> stand in <paramref name="phrase"/>, both folded.</summary>
    public static bool Contains(string phrase, string part)
    {
        for (int at = phrase.IndexOf(part, StringComparison.Ordinal); at >= 0; at = phrase.IndexOf(part, at + 1, StringComparison.Ordinal))
        {
            int end = at + part.Length;
            if ((at == 0 || !TextFolding.IsWordCharacter(phrase, at - 1)) && (end == phrase.Length || !TextFolding.IsWordCharacter(phrase, end)))
                return true;
        }

        return false;
    }

    public string Folded(string keyword) => _folded.TryGetValue(keyword, out string? text) ? text : _folded[keyword] = TextFolding.FoldKeyword(keyword);

    private bool Implies(Condition narrow, Condition wide)
    {
        if (--_left < 0)
            return false;
        if (Canonical(narrow) == Canonical(wide))
            return true;
        return (narrow, wide) switch
        {
            (Condition.Or or, _) => or.Of.All(one => Implies(one, wide)),
            (_, Condition.And and) => and.Of.All(one => Implies(narrow, one)),
            (_, Condition.Or or) when or.Of.Any(one => Implies(narrow, one)) => true,
            (Condition.And and, _) => and.Of.Any(one => Implies(one, wide)),
            (Condition.Not one, Condition.Not other) => Implies(other.Of, one.Of),
            (Condition.Keywords one, Condition.Keywords other) => Keywords(one, other),
            (Condition.Near one, Condition.Keywords { Need: 1, Times: null, Least: Strength.Weak } other) => Side(one.First, other) || Side(one.Second, other),
            (Condition.Patterns { Times: null, Need: 1 } one, Condition.Patterns { Times: null, Need: 1 } other) => one.Expressions.All(expression => other.Expressions.Contains(expression, StringComparer.Ordinal)),
            (Condition.Hash one, Condition.Hash other) => one.MaxDistance <= other.MaxDistance && one.Opinions.All(other.Opinions.Contains)
                && (other.Banks.Count == 0 || (one.Banks.Count > 0 && one.Banks.All(bank => other.Banks.Contains(bank, StringComparer.Ordinal))))
                && one.Count.Least >= other.Count.Least && other.Count.Most == int.MaxValue,
            (Condition.Score one, Condition.Score other) => one.Name == other.Name && one.Least >= other.Least && one.Most <= other.Most,
            _ => false,
        };
    }

    /// <summary>Every keyword that is enough here contains one that is enough there; or all that are needed there are among those needed here.</summary>
    private bool Keywords(Condition.Keywords narrow, Condition.Keywords wide)
    {
        if (narrow.Times is not null || wide.Times is not null || narrow.Least < wide.Least)
            return false;
        if (wide.Need == 1)
        {
            return narrow.Need >= narrow.Words.Count
                ? narrow.Words.Any(word => Covered(word, wide.Words))
                : narrow.Words.All(word => Covered(word, wide.Words));
        }

        return wide.Need >= wide.Words.Count && narrow.Need >= narrow.Words.Count
            && wide.Words.All(word => narrow.Words.Any(other => Covered(other, [word])));
    }

    /// <summary>A side of "near" is there, and each of its keywords would do.</summary>
    private bool Side(TermSet side, Condition.Keywords wide) => side.Patterns.Count == 0 && side.Keywords.Count > 0 && side.Keywords.All(word => Covered(word, wide.Words));

    private bool Covered(string word, IReadOnlyList<string> words)
    {
        _left -= words.Count;
        return _left >= 0 && words.Any(other => Contains(Folded(word), Folded(other)));
    }
}
