using Monitor.Rules.RuleSets.Conditions;

namespace Monitor.Rules.RuleSets;

/// <summary>The page on which nothing is found: a rule that it satisfies would hold nearly everywhere.</summary>
internal static class Nothing
{
    public static bool Satisfies(Condition condition) => condition switch
    {
        Condition.And and => and.Of.All(Satisfies),
        Condition.Or or => or.Of.Any(Satisfies),
        Condition.AtLeast some => some.Of.Count(Satisfies) >= some.Count,
        Condition.Not not => !Satisfies(not.Of),
        Condition.Element element => element.Count.Contains(0),
        Condition.Media media => media.Count.Contains(0),
        Condition.Links links => links.Count.Contains(0),
        Condition.Hash hash => hash.Count.Contains(0),
        Condition.Keywords or Condition.Patterns or Condition.Near or Condition.Url or Condition.Score => false,
        _ => throw new InvalidOperationException("unknown condition"),
    };
}
