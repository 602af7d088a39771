namespace Monitor.Rules.RuleSets.Conditions;

/// <summary>How large a condition is. Measured without recursion: what is too deep must not be walked by anything that recurses.</summary>
public static class ConditionShape
{
    /// <summary>Levels of a tree; a condition alone has one.</summary>
    public const int MaxDepth = 32;

    /// <summary>Conditions of one rule, all levels together.</summary>
    public const int MaxNodes = 2000;

    /// <summary>Keywords, patterns and values of one rule together.</summary>
    public const int MaxValues = 50_000;

    /// <returns>Stops counting at the limits: a depth or number above one of them says only that it is too large.</returns>
    public static (int Depth, int Nodes, int Values) Measure(Condition condition)
    {
        var open = new Stack<(Condition Condition, int Depth)>();
        open.Push((condition, 1));
        (int depth, int nodes, int values) = (0, 0, 0);
        while (open.TryPop(out (Condition Condition, int Depth) at) && depth <= MaxDepth && nodes <= MaxNodes && values <= MaxValues)
        {
            depth = Math.Max(depth, at.Depth);
            nodes++;
            values += Values(at.Condition);
            foreach (Condition child in Children(at.Condition))
                open.Push((child, at.Depth + 1));
        }

        return (depth, nodes, values);
    }

    public static IReadOnlyList<Condition> Children(Condition condition) => condition switch
    {
        Condition.And and => and.Of,
        Condition.Or or => or.Of,
        Condition.AtLeast atLeast => atLeast.Of,
        Condition.Not not => [not.Of],
        _ => [],
    };

    private static int Values(Condition condition) => condition switch
    {
        Condition.Keywords keywords => keywords.Words.Count,
        Condition.Patterns patterns => patterns.Expressions.Count,
        Condition.Near near => near.First.Keywords.Count + near.First.Patterns.Count + near.Second.Keywords.Count + near.Second.Patterns.Count,
        Condition.Url url => url.Domains.Count + url.Hosts.Count + url.PathStarts.Count + url.PathContains.Count + url.PathEnds.Count + url.QueryNames.Count,
        Condition.Media media => media.Domains.Count,
        Condition.Links links => links.Domains.Count + links.PathContains.Count + links.Rels.Count,
        Condition.Hash hash => hash.Banks.Count,
        _ => 0,
    };
}
