using Monitor.Rules.RuleSets.Conditions;

namespace Monitor.Rules.RuleSets.Linting;

/// <summary>Rules that say the same as another, and rules that only hold where a graver one of their category holds anyway.</summary>
internal static class ShadowCheck
{
    /// <summary>Rules that share a word with one rule and are compared with it.</summary>
    private const int MostCandidates = 64;

    private const int MostWords = 12;

    /// <summary>Rules without keywords are compared with each other only while they are few.</summary>
    private const int MostWordless = 200;

    public static List<RuleDiagnostic> Run(IReadOnlyList<RuleSet> sets, Implication implication)
    {
        var warnings = new List<RuleDiagnostic>();
        Entry[] rules = [.. sets.SelectMany(set => set.Rules.Where(rule => rule.Status is not (RuleStatus.Deprecated or RuleStatus.Unsupported)).Select(rule => new Entry(set, rule)))];
        var same = new Dictionary<string, Entry>(StringComparer.Ordinal);
        var byWord = new Dictionary<string, List<int>>(StringComparer.Ordinal);
        var wordless = new List<int>();
        for (int i = 0; i < rules.Length; i++)
        {
            string[] words = [.. WordsOf(rules[i].Rule.Condition).Select(implication.Folded).Distinct(StringComparer.Ordinal)];
            if (words.Length == 0)
                wordless.Add(i);
            foreach (string word in words)
            {
                if (!byWord.TryGetValue(word, out List<int>? list))
                    byWord[word] = list = [];
                list.Add(i);
            }
        }

        for (int i = 0; i < rules.Length; i++)
        {
            Entry rule = rules[i];
            if (!same.TryAdd(implication.Canonical(rule.Rule.Condition), rule))
            {
                Entry other = same[implication.Canonical(rule.Rule.Condition)];
                new RuleLinter.Voice(rule.Set, rule.Rule, warnings).Warn(
                    RuleDiagnosticCodes.DuplicateLogic, $"The same condition stands in rule {other.Rule.Id} ('{other.Rule.Title}').", "Keep one of them.", new RulePlace { Field = "condition" }, null, other.Rule.Id, other.Rule.Title);
                continue;
            }

            foreach (int at in Candidates(rule, byWord, wordless, implication))
            {
                Entry other = rules[at];
                if (at == i || other.Rule.Category != rule.Rule.Category || other.Rule.Severity < rule.Rule.Severity || !Covers(other.Rule.Status, rule.Rule.Status)
                    || implication.Canonical(other.Rule.Condition) == implication.Canonical(rule.Rule.Condition) || !implication.Holds(rule.Rule.Condition, other.Rule.Condition))
                {
                    continue;
                }

                new RuleLinter.Voice(rule.Set, rule.Rule, warnings).Warn(
                    RuleDiagnosticCodes.Shadowed, $"Wherever this rule holds, rule {other.Rule.Id} ('{other.Rule.Title}') holds too, for the same category and no less grave.", "Remove it, or make it graver or the other one narrower.", new RulePlace { Field = "condition" }, null, other.Rule.Id, other.Rule.Title);
                break;
            }
        }

        return warnings;
    }

    /// <summary>A rule on trial covers nothing for one that is applied.</summary>
    private static bool Covers(RuleStatus other, RuleStatus status) => other == RuleStatus.Stable || other == status;

    /// <summary>Rules that name a part of one of this rule's phrases.</summary>
    private static SortedSet<int> Candidates(Entry rule, Dictionary<string, List<int>> byWord, List<int> wordless, Implication implication)
    {
        var found = new SortedSet<int>();
        bool any = false;
        foreach (string phrase in WordsOf(rule.Rule.Condition).Select(implication.Folded))
        {
            any = true;
            string[] tokens = phrase.Split(' ');
            for (int from = 0; from < Math.Min(tokens.Length, MostWords); from++)
            {
                string part = "";
                for (int to = from; to < Math.Min(tokens.Length, MostWords); to++)
                {
                    part = to == from ? tokens[to] : part + ' ' + tokens[to];
                    if (byWord.TryGetValue(part, out List<int>? list))
                        found.UnionWith(list.Take(MostCandidates));
                    if (found.Count > MostCandidates)
                        return found;
                }
            }
        }

        if (!any && wordless.Count <= MostWordless)
            found.UnionWith(wordless);
        return found;
    }

    private static IEnumerable<string> WordsOf(Condition condition) => condition switch
    {
        Condition.Keywords keywords => keywords.Words,
        Condition.Near near => near.First.Keywords.Concat(near.Second.Keywords),
        _ => ConditionShape.Children(condition).SelectMany(WordsOf),
    };

    private sealed record Entry(RuleSet Set, Rule Rule);
}
