using System.Globalization;
using Monitor.Rules.RuleSets.Conditions;
using Monitor.Rules.Text;

namespace Monitor.Rules.RuleSets;

/// <summary>Whether each condition of a rule says something that can be judged. The tree is within the limits of <see cref="ConditionShape"/>.</summary>
internal sealed class ConditionCheck(ConditionCheck.Reporter report, Func<string, Action<string, string, string, int?, int>, bool> pattern)
{
    public delegate void Reporter(string code, string message, string hint, RulePlace? place = null, string? subject = null, params IReadOnlyList<string> arguments);

    public void Visit(Condition condition)
    {
        switch (condition)
        {
            case Condition.And and:
                Filled(condition, and.Of.Count);
                break;
            case Condition.Or or:
                Filled(condition, or.Of.Count);
                break;
            case Condition.AtLeast some:
                Filled(condition, some.Of.Count);
                Need(condition, some.Count, some.Of.Count);
                break;
            case Condition.Keywords keywords:
                Filled(condition, keywords.Words.Count);
                Need(condition, keywords.Need, keywords.Words.Count);
                Range(condition, keywords.Times);
                Keywords(condition, keywords.Words);
                break;
            case Condition.Patterns patterns:
                Filled(condition, patterns.Expressions.Count);
                Need(condition, patterns.Need, patterns.Expressions.Count);
                Range(condition, patterns.Times);
                Patterns(condition, patterns.Expressions, 0);
                break;
            case Condition.Near near:
                Filled(condition, near.First.Keywords.Count + near.First.Patterns.Count);
                Filled(condition, near.Second.Keywords.Count + near.Second.Patterns.Count);
                if (near.Within is < 0 or > RuleCompiler.MaxWithin)
                    Count(condition, Text(near.Within), "0", Text(RuleCompiler.MaxWithin));
                Keywords(condition, [.. near.First.Keywords, .. near.Second.Keywords]);
                Patterns(condition, [.. near.First.Patterns, .. near.Second.Patterns], near.First.Keywords.Count + near.Second.Keywords.Count);
                break;
            case Condition.Url url:
                Filled(condition, url.Domains.Count + url.Hosts.Count + url.PathStarts.Count + url.PathContains.Count + url.PathEnds.Count + url.QueryNames.Count);
                break;
            case Condition.Element element:
                Range(condition, element.Count);
                break;
            case Condition.Media media:
                Range(condition, media.Count);
                break;
            case Condition.Links links:
                Range(condition, links.Count);
                break;
            case Condition.Hash hash:
                Filled(condition, hash.Opinions.Count);
                Range(condition, hash.Count);
                if (hash.MaxDistance is < 0 or > RuleCompiler.MaxDistance)
                    Count(condition, Text(hash.MaxDistance), "0", Text(RuleCompiler.MaxDistance));
                break;
            case Condition.Score score:
                if (!(score.Least >= 0 && score.Least <= score.Most && score.Most <= 1))
                    Count(condition, string.Create(CultureInfo.InvariantCulture, $"{score.Least}–{score.Most}"), "0", "1");
                break;
            case Condition.Not:
                break;
        }

        foreach (Condition child in ConditionShape.Children(condition))
            Visit(child);
    }

    private void Filled(Condition condition, int count)
    {
        if (count == 0)
            report(RuleDiagnosticCodes.EmptyCondition, "A condition names nothing to look for: it would never, or always, be met.", "Fill it or remove it.", RulePlace.In(condition));
    }

    private void Need(Condition condition, int need, int count)
    {
        if (need != Condition.Every && (need < 1 || (count > 0 && need > count)))
            Count(condition, Text(need), "1", Text(count));
    }

    private void Range(Condition condition, CountRange? range)
    {
        if (range is not null && (range.Least < 0 || range.Most < range.Least || range is { Least: 0, Most: int.MaxValue }))
            Count(condition, $"{Text(range.Least)}–{Text(range.Most)}", "0", "∞");
    }

    private void Count(Condition condition, string given, string least, string most) =>
        report(RuleDiagnosticCodes.BadCount, $"{given} is not possible here: from {least} to {most}, the smaller number first, and not everything.", "Correct the number.", RulePlace.In(condition), null, given, least, most);

    private void Keywords(Condition condition, IReadOnlyList<string> words)
    {
        for (int i = 0; i < words.Count; i++)
        {
            if (words[i].Length > RuleCompiler.MaxKeywordLength)
                report(RuleDiagnosticCodes.KeywordTooLong, $"A keyword has {words[i].Length} characters; at most {RuleCompiler.MaxKeywordLength} are allowed.", "Use a characteristic part of it.", RulePlace.In(condition, i), words[i], Text(words[i].Length), Text(RuleCompiler.MaxKeywordLength));
            else if (TextFolding.FoldKeyword(words[i]).Length == 0)
                report(RuleDiagnosticCodes.EmptyKeyword, "A keyword is empty, or made of white space and invisible characters.", "Remove it.", RulePlace.In(condition, i), words[i]);
        }
    }

    private void Patterns(Condition condition, IReadOnlyList<string> expressions, int first)
    {
        for (int i = 0; i < expressions.Count; i++)
        {
            int item = first + i;
            string expression = expressions[i];
            pattern(expression, (code, message, hint, at, length) => report(code, message, hint, RulePlace.In(condition, item, at, length), expression, message));
        }
    }

    private static string Text(int number) => number == int.MaxValue ? "∞" : number.ToString(CultureInfo.InvariantCulture);
}
