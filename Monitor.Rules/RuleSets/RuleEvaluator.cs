using System.Text.RegularExpressions;
using Monitor.Rules.Text;

namespace Monitor.Rules.RuleSets;

/// <summary>Holds a text against rules: one pass for the keywords of all of them, then the patterns of those rules that can still hold.</summary>
public static class RuleEvaluator
{
    private static readonly RuleEvaluation NothingFound = new([], complete: true);

    /// <summary>The findings of the enabled rules that hold.</summary>
    public static RuleEvaluation Evaluate(CompiledRules rules, string text, RuleEvaluatorLimits? limits = null) =>
        Evaluate(rules, text, limits ?? RuleEvaluatorLimits.Default, drafts: false);

    internal static RuleEvaluation Evaluate(CompiledRules rules, string text, RuleEvaluatorLimits limits, bool drafts)
    {
        bool complete = text.Length <= limits.MaxTextLength;
        if (!complete)
            text = text[..limits.MaxTextLength];

        FoldedText folded = TextFolding.Fold(text);
        TextScan scan = rules.Keywords.Scan(text, new ScanLimits { MaxTextLength = limits.MaxTextLength, MaxOccurrences = limits.MaxFindings });
        complete &= scan.Complete && scan.Occurrences.Count < limits.MaxFindings;
        var occurrences = scan.Occurrences.Select(one => new KeywordOccurrence(one.Ordinal, one.Start, one.Length, one.Technique, one.Strength)).ToList();
        if (occurrences.Count == 0 && rules.AlwaysTried.Length == 0)
            return complete ? NothingFound : new RuleEvaluation([], complete: false);

        // Which occurrences concern which rule.
        var byRule = new SortedDictionary<int, List<KeywordOccurrence>?>();
        foreach (int rule in rules.AlwaysTried)
            byRule[rule] = null;
        foreach (KeywordOccurrence occurrence in occurrences)
        {
            foreach (int rule in rules.RulesOfKeyword[occurrence.Keyword])
            {
                if (!byRule.TryGetValue(rule, out List<KeywordOccurrence>? list) || list is null)
                    byRule[rule] = list = [];
                list.Add(occurrence);
            }
        }

        var findings = new List<RuleFinding>();
        long work = limits.MaxPatternWork;
        foreach ((int number, List<KeywordOccurrence>? found) in byRule)
        {
            CompiledRule rule = rules.Rules[number];
            if (rule.Rule.Status == RuleStatus.Enabled || (drafts && rule.Rule.Status == RuleStatus.Draft))
                complete &= Try(rule, found ?? [], rules.Keywords, folded, limits, ref work, findings);
        }

        return new RuleEvaluation(findings, complete);
    }

    /// <returns>False when a limit was met.</returns>
    private static bool Try(
        CompiledRule rule, List<KeywordOccurrence> found, KeywordIndex index, FoldedText folded, RuleEvaluatorLimits limits, ref long work, List<RuleFinding> findings)
    {
        foreach (int needed in rule.All)
        {
            if (!found.Exists(occurrence => occurrence.Keyword == needed))
                return true;
        }

        bool complete = true;
        int before = findings.Count;
        bool oneOf = rule.Any.Length == 0 && rule.Patterns.Length == 0;
        foreach (KeywordOccurrence occurrence in found)
        {
            oneOf |= Array.IndexOf(rule.Any, occurrence.Keyword) >= 0;
            complete &= Add(rule, index.Keywords[occurrence.Keyword], occurrence, folded, limits, findings);
        }

        foreach (Regex pattern in rule.Patterns)
        {
            work -= folded.AsTyped.Length;
            if (work < 0)
            {
                complete = false;
                break;
            }

            int matches = 0;
            foreach (ValueMatch match in pattern.EnumerateMatches(folded.AsTyped))
            {
                if (match.Length == 0)
                    continue;

                if (++matches > limits.MaxMatchesPerPattern)
                {
                    complete = false;
                    break;
                }

                oneOf = true;
                (int start, int length) = folded.ToOriginal(match.Index, match.Length);
                var occurrence = new KeywordOccurrence(-1, start, length, Technique.Pattern, Strength.Strong);
                complete &= Add(rule, pattern.ToString(), occurrence, folded, limits, findings);
            }
        }

        if (!oneOf)
            findings.RemoveRange(before, findings.Count - before);
        else
            findings.Sort(before, findings.Count - before, ByPlace);
        return complete;
    }

    private static Comparer<RuleFinding> ByPlace { get; } = Comparer<RuleFinding>.Create((x, y) =>
        x.Start != y.Start ? x.Start.CompareTo(y.Start) : x.Length != y.Length ? y.Length.CompareTo(x.Length) : string.CompareOrdinal(x.Keyword, y.Keyword));

    private static bool Add(CompiledRule rule, string keyword, KeywordOccurrence occurrence, FoldedText folded, RuleEvaluatorLimits limits, List<RuleFinding> findings)
    {
        if (findings.Count >= limits.MaxFindings)
            return false;

        findings.Add(new RuleFinding
        {
            RuleSet = rule.Set.Name,
            RuleSetVersion = rule.Set.Version,
            RuleId = rule.Rule.Id,
            Keyword = keyword,
            Start = occurrence.Start,
            Length = occurrence.Length,
            Text = folded.Original.Substring(occurrence.Start, occurrence.Length),
            Technique = occurrence.Technique,
            Strength = occurrence.Strength,
            Category = rule.Rule.Category,
            Severity = rule.Rule.Severity,
        });
        return true;
    }
}
