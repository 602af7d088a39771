using System.Collections.Frozen;
using Monitor.Rules.RuleSets.Terms;

namespace Monitor.Rules.RuleSets;

/// <summary>Rule sets in the form that pages are held against: one index for the terms of all of them. Immutable, safe to share between threads.</summary>
public sealed class CompiledRules
{
    private readonly FrozenDictionary<string, int> _byId;

    internal CompiledRules(IReadOnlyList<RuleSet> sets, CompiledRule[] rules, TermIndex terms)
    {
        Sets = sets;
        Rules = rules;
        Terms = terms;
        _byId = rules.Select((rule, number) => (rule.Rule.Id, Number: number)).ToFrozenDictionary(pair => pair.Id, pair => pair.Number, StringComparer.OrdinalIgnoreCase);
        (RulesOfTerm, AlwaysTried) = Triggers(rules, terms.Count);
    }

    public IReadOnlyList<RuleSet> Sets { get; }

    /// <summary>Rules that can be tried: applied and experimental ones; deprecated and unsupported ones were checked and left out.</summary>
    public int Count => Rules.Length;

    internal CompiledRule[] Rules { get; }

    internal TermIndex Terms { get; }

    /// <summary>For each term that the index finds in its one pass, the rules that can only hold if one such term is there.</summary>
    internal int[][] RulesOfTerm { get; }

    /// <summary>Rules that may hold without any term.</summary>
    internal int[] AlwaysTried { get; }

    internal CompiledRule? Find(string ruleId) => _byId.TryGetValue(ruleId, out int number) ? Rules[number] : null;

    private static (int[][] RulesOfTerm, int[] AlwaysTried) Triggers(CompiledRule[] rules, int terms)
    {
        var lists = new List<int>?[terms];
        var always = new List<int>();
        for (int rule = 0; rule < rules.Length; rule++)
        {
            if (rules[rule].Condition.Triggers() is not { } triggers)
            {
                always.Add(rule);
                continue;
            }

            foreach (int term in triggers.Distinct())
                (lists[term] ??= []).Add(rule);
        }

        return (Array.ConvertAll(lists, list => list?.ToArray() ?? []), [.. always]);
    }
}

internal sealed record CompiledRule(RuleSet Set, Rule Rule, CompiledCondition Condition);
