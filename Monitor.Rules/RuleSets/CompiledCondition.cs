using Monitor.Rules.RuleSets.Conditions;

namespace Monitor.Rules.RuleSets;

/// <summary>A condition whose keywords and patterns are numbers of the term index.</summary>
internal sealed class CompiledCondition
{
    private readonly int[] _longest;

    /// <param name="first">Terms of the condition; of Near those of its first side.</param>
    /// <param name="second">Terms of Near's second side.</param>
    public CompiledCondition(Condition source, CompiledCondition[] children, int[] first, int[] second)
    {
        Source = source;
        Children = children;
        First = first;
        Second = second;

        // The longest of several that must all be there is the rarest.
        _longest = source is Condition.Keywords keywords && first.Length > 0 ? [first[LongestOf(keywords.Words)]] : [];
        Cheapest = [.. children.OrderBy(child => child.Cost)];
        Cost = Math.Max(OwnCost(source), children.Length == 0 ? 0 : children.Max(child => child.Cost));
    }

    public Condition Source { get; }

    public CompiledCondition[] Children { get; }

    /// <summary>The children in the order in which they are tried while only the answer matters.</summary>
    public CompiledCondition[] Cheapest { get; }

    public int[] First { get; }

    public int[] Second { get; }

    private int Cost { get; }

    /// <summary>Terms of which one must stand in the text, or the condition cannot be met; null when it can be met without any.</summary>
    public IReadOnlyList<int>? Triggers() => Source switch
    {
        Condition.Keywords keywords => keywords.Need >= First.Length ? _longest : First,
        Condition.Patterns => First,
        Condition.Near => First.Length <= Second.Length ? First : Second,
        Condition.And => Children.Select(child => child.Triggers()).OfType<IReadOnlyList<int>>().MinBy(triggers => triggers.Count),
        Condition.Or or => Union(or.Of.Count),
        Condition.AtLeast some => Union(some.Of.Count),
        _ => null,
    };

    private List<int>? Union(int count)
    {
        var union = new List<int>(count);
        foreach (CompiledCondition child in Children)
        {
            if (child.Triggers() is not { } triggers)
                return null;
            union.AddRange(triggers);
        }

        return union;
    }

    private static int LongestOf(IReadOnlyList<string> words)
    {
        int longest = 0;
        for (int i = 1; i < words.Count; i++)
        {
            if (words[i].Length > words[longest].Length)
                longest = i;
        }

        return longest;
    }

    private static int OwnCost(Condition source) => source switch
    {
        Condition.Near => 2,
        Condition.Element or Condition.Links or Condition.Media => 1,
        _ => 0,
    };
}
