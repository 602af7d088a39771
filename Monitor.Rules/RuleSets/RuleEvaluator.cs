using Monitor.Rules.RuleSets.Conditions;
using Monitor.Rules.RuleSets.Terms;
using Monitor.Rules.Text;

namespace Monitor.Rules.RuleSets;

/// <summary>
/// Holds a page against rules: one pass over the text for the terms of all of them, then the conditions of those rules that can still hold.
/// The answer for each rule is the one it would get alone.
/// </summary>
public static class RuleEvaluator
{
    /// <summary>The findings of the applied rules that hold for a text of which nothing else is known.</summary>
    public static RuleEvaluation Evaluate(CompiledRules rules, string text, RuleEvaluatorLimits? limits = null) =>
        Evaluate(rules, RuleSubject.OfText(text), limits);

    /// <summary>The findings of the applied rules that hold.</summary>
    /// <param name="experimental">Experimental rules as well.</param>
    public static RuleEvaluation Evaluate(CompiledRules rules, RuleSubject subject, RuleEvaluatorLimits? limits = null, bool experimental = false)
    {
        limits ??= RuleEvaluatorLimits.Default;
        TermScan? scan = subject.Text is null ? null : rules.Terms.Scan(subject.Text, limits);
        var judge = new ConditionJudge(subject, scan, limits);
        var findings = new List<RuleFinding>();
        var held = new List<string>();
        bool told = true;
        foreach (int number in Candidates(rules, scan))
        {
            CompiledRule rule = rules.Rules[number];
            if ((rule.Rule.Applied || (experimental && rule.Rule.Status == RuleStatus.Experimental)) && judge.Quick(rule.Condition) == Truth.Met)
            {
                held.Add(rule.Rule.Id);
                told &= Tell(rule, judge.Full(rule.Condition), scan?.Text ?? "", limits, findings);
            }
        }

        return new RuleEvaluation(findings, held, told && !judge.Cut && scan?.Complete != false);
    }

    /// <summary>Why a rule holds for a page, or does not; of any status that is compiled. Null: there is no such rule.</summary>
    public static RuleTrace? Explain(CompiledRules rules, string ruleId, RuleSubject subject, RuleEvaluatorLimits? limits = null)
    {
        if (rules.Find(ruleId) is not { } rule)
            return null;
        limits ??= RuleEvaluatorLimits.Default;
        TermScan? scan = subject.Text is null ? null : rules.Terms.Scan(subject.Text, limits);
        ConditionTrace trace = new ConditionJudge(subject, scan, limits).Full(rule.Condition);
        return new RuleTrace(rule.Set, rule.Rule, trace.Truth == Truth.Met, trace);
    }

    internal static Truth Judge(CompiledRules rules, CompiledRule rule, RuleSubject subject) =>
        new ConditionJudge(subject, subject.Text is null ? null : rules.Terms.Scan(subject.Text, RuleEvaluatorLimits.Default), RuleEvaluatorLimits.Default).Quick(rule.Condition);

    private static IEnumerable<int> Candidates(CompiledRules rules, TermScan? scan)
    {
        if (scan is null || scan.Found.Count == 0)
            return rules.AlwaysTried;
        var numbers = new SortedSet<int>(rules.AlwaysTried);
        foreach (int term in scan.Found)
            numbers.UnionWith(rules.RulesOfTerm[term]);
        return numbers;
    }

    /// <returns>False when a limit was met.</returns>
    private static bool Tell(CompiledRule rule, ConditionTrace trace, string text, RuleEvaluatorLimits limits, List<RuleFinding> findings)
    {
        var places = new SortedSet<TracePlace>(ByPlace);
        var facts = new List<Condition>();
        Support(trace, positive: true, places, facts);
        if (places.Count == 0 && facts.Count == 0)
            facts.Add(trace.Condition);
        foreach (TracePlace place in places)
        {
            if (findings.Count >= limits.MaxFindings)
                return false;
            findings.Add(Finding(rule, trace.Strength, place.Term, place.Start, place.Length, text.Substring(place.Start, place.Length), place.Technique, place.Strength));
        }

        foreach (Condition fact in facts)
        {
            if (findings.Count >= limits.MaxFindings)
                return false;
            findings.Add(Finding(rule, trace.Strength, ConditionText.Short(fact), 0, 0, "", null, trace.Strength));
        }

        return true;
    }

    /// <summary>What the rule rests on: the met leaves, not those that are only absent.</summary>
    private static void Support(ConditionTrace trace, bool positive, SortedSet<TracePlace> places, List<Condition> facts)
    {
        if (trace.Truth != (positive ? Truth.Met : Truth.NotMet))
            return;
        if (trace.Children.Count > 0)
        {
            foreach (ConditionTrace child in trace.Children)
                Support(child, trace.Condition is Condition.Not ? !positive : positive, places, facts);
        }
        else if (positive)
        {
            if (trace.Places.Count == 0)
                facts.Add(trace.Condition);
            places.UnionWith(trace.Places);
        }
    }

    private static Comparer<TracePlace> ByPlace { get; } = Comparer<TracePlace>.Create((x, y) =>
        x.Start != y.Start ? x.Start.CompareTo(y.Start)
        : x.Length != y.Length ? y.Length.CompareTo(x.Length)
        : x.Term != y.Term ? string.CompareOrdinal(x.Term, y.Term)
        : x.Technique.CompareTo(y.Technique));

    private static RuleFinding Finding(CompiledRule rule, Strength ruleStrength, string keyword, int start, int length, string text, Technique? technique, Strength strength) => new()
    {
        RuleSet = rule.Set.Name,
        RuleSetVersion = rule.Set.QuotedVersion,
        RuleId = rule.Rule.Id,
        Keyword = keyword,
        Start = start,
        Length = length,
        Text = text,
        Technique = technique,
        Strength = strength,
        RuleStrength = ruleStrength,
        Category = rule.Rule.Category,
        Severity = rule.Rule.Severity,
        Trial = rule.Rule.Status != RuleStatus.Stable,
    };
}
