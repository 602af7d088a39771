using Monitor.Rules.RuleSets.Conditions;

namespace Monitor.Rules.RuleSets.Linting;

/// <summary>Finds conditions that nothing can meet. Never says so wrongly; often does not know.</summary>
internal static class Satisfiability
{
    private const int MostPairs = 50_000;

    /// <returns>The innermost condition that cannot be met, or null.</returns>
    public static Condition? Contradiction(Condition root, Implication implication) => Impossible(root, implication) ? Innermost(root, implication) : null;

    private static Condition Innermost(Condition condition, Implication implication) =>
        condition is Condition.Not ? condition : ConditionShape.Children(condition).FirstOrDefault(child => Impossible(child, implication)) is { } inner ? Innermost(inner, implication) : condition;

    private static bool Impossible(Condition condition, Implication implication) => condition switch
    {
        Condition.Or or => or.Of.All(one => Impossible(one, implication)),
        Condition.AtLeast some => some.Of.Count(one => !Impossible(one, implication)) < some.Count,
        Condition.And and => and.Of.Any(one => Impossible(one, implication)) || Contradicts(Conjuncts(and), implication),
        Condition.Url url => url.Hosts.Count > 0 && url.Domains.Count > 0 && !url.Hosts.Any(host => url.Domains.Any(domain => Below(host, domain))),
        Condition.Keywords { Times: { } times } keywords => times.Most < Math.Min(keywords.Need, keywords.Words.Count),
        Condition.Patterns { Times: { } times } patterns => times.Most < Math.Min(patterns.Need, patterns.Expressions.Count),
        _ => false,
    };

    /// <summary>What an "and" asks for, "and" inside "and" taken apart.</summary>
    private static List<Condition> Conjuncts(Condition.And and)
    {
        var all = new List<Condition>();
        foreach (Condition one in and.Of)
        {
            if (one is Condition.And inner)
                all.AddRange(Conjuncts(inner));
            else
                all.Add(one);
        }

        return all;
    }

    private static bool Contradicts(List<Condition> conjuncts, Implication implication)
    {
        int left = MostPairs;
        for (int i = 0; i < conjuncts.Count; i++)
        {
            for (int j = 0; j < conjuncts.Count; j++)
            {
                if (i == j)
                    continue;
                if (--left < 0)
                    return false;
                if (conjuncts[j] is Condition.Not not && implication.Holds(conjuncts[i], not.Of))
                    return true;
                if (i < j && Apart(conjuncts[i], conjuncts[j]))
                    return true;
            }
        }

        return false;
    }

    /// <summary>Two facts that exclude each other.</summary>
    private static bool Apart(Condition one, Condition other) => (one, other) switch
    {
        (Condition.Score a, Condition.Score b) => a.Name == b.Name && (a.Most < b.Least || b.Most < a.Least),
        (Condition.Url { Hosts.Count: > 0 } a, Condition.Url { Hosts.Count: > 0 } b) => !a.Hosts.Intersect(b.Hosts, StringComparer.OrdinalIgnoreCase).Any(),
        (Condition.Url { Domains.Count: > 0 } a, Condition.Url { Domains.Count: > 0 } b) => !a.Domains.Any(x => b.Domains.Any(y => Below(x, y) || Below(y, x))),
        (Condition.Media a, Condition.Media b) => SameBut(a with { Count = CountRange.AtLeastOne }, b with { Count = CountRange.AtLeastOne }) && Apart(a.Count, b.Count),
        (Condition.Links a, Condition.Links b) => SameBut(a with { Count = CountRange.AtLeastOne }, b with { Count = CountRange.AtLeastOne }) && Apart(a.Count, b.Count),
        (Condition.Element a, Condition.Element b) => a.Selector.Text == b.Selector.Text && Apart(a.Count, b.Count),
        _ => false,
    };

    private static bool SameBut(Condition one, Condition other) => ConditionText.Canonical(one) == ConditionText.Canonical(other);

    private static bool Apart(CountRange one, CountRange other) => one.Most < other.Least || other.Most < one.Least;

    private static bool Below(string host, string domain) =>
        host.EndsWith(domain, StringComparison.OrdinalIgnoreCase) && (host.Length == domain.Length || host[^(domain.Length + 1)] == '.');
}
