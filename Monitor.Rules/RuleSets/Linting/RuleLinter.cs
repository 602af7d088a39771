using Monitor.Rules.RuleSets.Conditions;
using Monitor.Rules.Text;

namespace Monitor.Rules.RuleSets.Linting;

/// <summary>
/// What is allowed but probably not meant. For sets that compile. Every check is bounded, so that a hostile set costs time in proportion to its size.
/// </summary>
public static class RuleLinter
{
    /// <summary>Letters of a keyword without tone marks below which it stands in innocent words and names too.</summary>
    public const int ShortestBare = 5;

    /// <summary>Plain characters in a row that a pattern should contain, for the search to have something to look for.</summary>
    public const int ShortestLiteral = 3;

    /// <summary>Most warnings of one kind for one condition.</summary>
    private const int MostAlike = 20;

    private const int MostWords = 12;

    /// <summary>Headings of the three parts of a page of guidance, in Vietnamese and English.</summary>
    public static IReadOnlyList<(string Vietnamese, string English)> GuidanceParts { get; } =
        [("Ý nghĩa", "What it means"), ("Cần kiểm tra", "What to check"), ("Dương tính giả", "False positives")];

    /// <returns>Warnings in the order of the rules.</returns>
    public static IReadOnlyList<RuleDiagnostic> Lint(IReadOnlyList<RuleSet> sets)
    {
        var warnings = new List<RuleDiagnostic>();
        var implication = new Implication();
        var ids = sets.SelectMany(set => set.Rules).Select(rule => rule.Id).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (RuleSet set in sets)
        {
            foreach (Rule rule in set.Rules)
            {
                var say = new Voice(set, rule, warnings);
                Header(rule, ids, say);
                Guidance(rule, say);
                Words(rule.Condition, say, implication);
                if (Satisfiability.Contradiction(rule.Condition, implication) is { } impossible)
                    say.Warn(RuleDiagnosticCodes.Unsatisfiable, "Nothing can meet this: its parts exclude each other.", "Correct it, or remove the rule.", RulePlace.In(impossible));
            }
        }

        warnings.AddRange(ShadowCheck.Run(sets, implication));
        return warnings;
    }

    private static void Header(Rule rule, HashSet<string> ids, Voice say)
    {
        if (rule is { Date: { } date, Modified: { } modified } && modified < date)
            say.Warn(RuleDiagnosticCodes.DatesReversed, "The rule was changed before it was made.", "Correct 'date' or 'modified'.", new RulePlace { Field = "modified" });
        foreach ((RelatedRule related, int at) in rule.Related.Select((related, at) => (related, at)))
        {
            // What it replaces is usually gone; what it is like or made from should be there.
            if (related.Type is RelationType.Similar or RelationType.Derived && !ids.Contains(related.Id))
                say.Warn(RuleDiagnosticCodes.RelatedUnknown, $"There is no rule {related.Id} that this one is related to.", "Correct the id, or remove the relation.", new RulePlace { Field = "related", Item = at }, null, related.Id);
        }

        if (rule.Status == RuleStatus.Deprecated && rule.Related.Count == 0)
            say.Warn(RuleDiagnosticCodes.DeprecatedWithoutSuccessor, "The rule is deprecated and does not say what has taken its place.", "Name it under 'related'.", new RulePlace { Field = "status" });
        if (!rule.Applied && rule.Status == RuleStatus.Experimental && (rule.MustMatch.Count == 0 || rule.MustNotMatch.Count == 0))
        {
            string missing = rule.MustMatch.Count == 0 ? "must-match" : "must-not-match";
            say.Warn(RuleDiagnosticCodes.TestsAdvised, $"The rule has no example in '{missing}' yet; it cannot be applied without one.", "Add one.", new RulePlace { Field = missing }, null, missing);
        }
    }

    private static void Guidance(Rule rule, Voice say)
    {
        if (string.IsNullOrWhiteSpace(rule.Guidance))
            return;
        string[] headings = [.. rule.Guidance.Split('\n').Where(line => line.StartsWith('#')).Select(line => line.TrimStart('#').Trim())];
        foreach ((string vietnamese, string english) in GuidanceParts)
        {
            if (!headings.Any(heading => heading.StartsWith(vietnamese, StringComparison.OrdinalIgnoreCase) || heading.StartsWith(english, StringComparison.OrdinalIgnoreCase)))
                say.Warn(RuleDiagnosticCodes.GuidanceIncomplete, $"The page of guidance has no heading '{english}'.", $"Add '## {vietnamese}' and write what belongs there.", new RulePlace { Field = "guidance" }, null, vietnamese, english);
        }
    }

    private static void Words(Condition condition, Voice say, Implication implication)
    {
        switch (condition)
        {
            case Condition.Keywords keywords:
                Keywords(keywords, say, implication);
                Short(condition, keywords.Words, say, implication);
                break;
            case Condition.Patterns patterns:
                Slow(condition, patterns.Expressions, 0, say);
                break;
            case Condition.Near near:
                Slow(condition, [.. near.First.Patterns, .. near.Second.Patterns], near.First.Keywords.Count + near.Second.Keywords.Count, say);
                break;
        }

        foreach (Condition child in ConditionShape.Children(condition))
            Words(child, say, implication);
    }

    private static void Keywords(Condition.Keywords condition, Voice say, Implication implication)
    {
        var first = new Dictionary<string, int>(StringComparer.Ordinal);
        int said = 0;
        for (int i = 0; i < condition.Words.Count && said < MostAlike; i++)
        {
            if (!first.TryAdd(implication.Folded(condition.Words[i]), i))
            {
                said++;
                string other = condition.Words[first[implication.Folded(condition.Words[i])]];
                say.Warn(RuleDiagnosticCodes.RepeatedKeyword, $"'{condition.Words[i]}' is found exactly where '{other}' is.", "Remove one of them.", RulePlace.In(condition, i), condition.Words[i], condition.Words[i], other);
            }
        }

        // Where one is enough, a phrase that contains a shorter keyword of the list adds nothing; where all are needed, the shorter one does not.
        bool one = condition.Need == 1;
        if (condition.Times is not null || (!one && condition.Need < condition.Words.Count))
            return;
        for (int i = 0; i < condition.Words.Count && said < MostAlike; i++)
        {
            string phrase = implication.Folded(condition.Words[i]);
            if (Part(phrase, first) is not { } part)
                continue;
            said++;
            int at = one ? i : first[part];
            (string idle, string enough) = one ? (condition.Words[i], condition.Words[first[part]]) : (condition.Words[first[part]], condition.Words[i]);
            say.Warn(RuleDiagnosticCodes.ContainedKeyword, $"'{idle}' changes nothing beside '{enough}'.", "Remove it, or the other one if that is too wide.", RulePlace.In(condition, at), idle, idle, enough);
        }
    }

    /// <summary>A keyword of the list whose words stand within the phrase, other than the phrase itself.</summary>
    private static string? Part(string phrase, Dictionary<string, int> words)
    {
        string[] tokens = phrase.Split(' ');
        if (tokens.Length is 1 or > MostWords)
            return null;
        for (int from = 0; from < tokens.Length; from++)
        {
            string part = "";
            for (int to = from; to < tokens.Length; to++)
            {
                part = to == from ? tokens[to] : part + ' ' + tokens[to];
                if (part.Length < phrase.Length && words.ContainsKey(part))
                    return part;
            }
        }

        return null;
    }

    private static void Short(Condition condition, IReadOnlyList<string> words, Voice say, Implication implication)
    {
        int said = 0;
        for (int i = 0; i < words.Count && said < MostAlike; i++)
        {
            string folded = implication.Folded(words[i]);
            if (folded.All(char.IsAsciiLetter) && folded.Length is > 0 and < ShortestBare)
            {
                said++;
                say.Warn(RuleDiagnosticCodes.ShortKeyword, $"'{words[i]}' is short and has no tone mark: it will be found in names, foreign words and text typed without marks.", "Use a longer phrase, write the tone marks, or put 'near' around it.", RulePlace.In(condition, i), words[i], words[i]);
            }
        }
    }

    private static void Slow(Condition condition, IReadOnlyList<string> patterns, int first, Voice say)
    {
        for (int i = 0; i < patterns.Count; i++)
        {
            if (PatternLiteral.Longest(patterns[i]) < ShortestLiteral)
                say.Warn(RuleDiagnosticCodes.SlowPattern, $"The pattern has no {ShortestLiteral} plain characters in a row that must be there, so it has to be tried at every place of every page.", "Add a fixed word to it, or demand a keyword beside it.", RulePlace.In(condition, first + i), patterns[i], ShortestLiteral.ToString(System.Globalization.CultureInfo.InvariantCulture));
        }
    }

    /// <summary>Says something about one rule.</summary>
    internal sealed class Voice(RuleSet set, Rule rule, List<RuleDiagnostic> warnings)
    {
        public void Warn(string code, string message, string hint, RulePlace place, string? subject = null, params IReadOnlyList<string> arguments) =>
            warnings.Add(new RuleDiagnostic(code, set.Name, rule.Id, message, hint, RuleDiagnostic.Cut(subject)) { Severity = DiagnosticSeverity.Warning, Place = place, Arguments = arguments });
    }
}
