using System.Text.RegularExpressions;
using Monitor.Rules.Text;

namespace Monitor.Rules.RuleSets;

/// <summary>Rule sets in the form that texts are held against: one keyword index for all of them. Immutable, safe to share between threads.</summary>
public sealed class CompiledRules
{
    internal CompiledRules(IReadOnlyList<RuleSet> sets, CompiledRule[] rules, KeywordIndex keywords, int[][] rulesOfKeyword, int[] alwaysTried)
    {
        Sets = sets;
        Rules = rules;
        Keywords = keywords;
        RulesOfKeyword = rulesOfKeyword;
        AlwaysTried = alwaysTried;
    }

    public IReadOnlyList<RuleSet> Sets { get; }

    /// <summary>Enabled and draft rules; disabled ones were checked and left out.</summary>
    public int Count => Rules.Length;

    internal CompiledRule[] Rules { get; }

    internal KeywordIndex Keywords { get; }

    /// <summary>For each keyword of the index, the rules that name it.</summary>
    internal int[][] RulesOfKeyword { get; }

    /// <summary>Rules that need no keyword: patterns only.</summary>
    internal int[] AlwaysTried { get; }
}

/// <param name="Any">Keywords as numbers in the index.</param>
/// <param name="All">Keywords as numbers in the index, distinct.</param>
internal sealed record CompiledRule(RuleSet Set, Rule Rule, int[] Any, int[] All, Regex[] Patterns);
