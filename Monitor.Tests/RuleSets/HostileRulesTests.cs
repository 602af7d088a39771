using System.Globalization;
using Monitor.Rules.RuleSets;
using Monitor.Rules.RuleSets.Conditions;
using Monitor.Rules.RuleSets.Linting;

namespace Monitor.Tests.RuleSets;

/// <summary>Rules that were made to do harm: a typed answer, in bounded time and memory.</summary>
public sealed class HostileRulesTests
{
    [Fact]
    public void A_tree_of_ten_thousand_levels_is_refused_without_being_walked()
    {
        Condition condition = Samples.Any("đèn");
        for (int i = 0; i < 10_000; i++)
            condition = i % 2 == 0 ? new Condition.Not(condition) : new Condition.And([condition]);
        Assert.Equal(RuleDiagnosticCodes.TooLarge, Assert.Single(Faults(condition)).Code);
    }

    [Fact]
    public void A_tree_of_a_million_leaves_is_refused_by_counting_to_the_limit_only()
    {
        Condition leaf = new Condition.Or([.. Enumerable.Repeat(Samples.Any("đèn"), 1000)]);
        Assert.Equal(RuleDiagnosticCodes.TooLarge, Assert.Single(Faults(new Condition.And([.. Enumerable.Repeat(leaf, 1000)]))).Code);
    }

    [Fact]
    public void A_pattern_of_a_megabyte_and_one_that_explodes_are_refused()
    {
        Assert.Equal(RuleDiagnosticCodes.PatternTooLong, Assert.Single(Faults(Samples.Pattern(new string('a', 1_000_000)))).Code);
        Assert.Equal(RuleDiagnosticCodes.PatternNotLinear, Assert.Single(Faults(Samples.Pattern("(((a{1,999}){1,999}){1,999})"))).Code);
        Assert.Equal(0, PatternLiteral.Longest(new string('(', 4096)));
        Assert.Single(Faults(Samples.Pattern(new string('(', 4000))));
    }

    [Fact]
    public void A_hundred_thousand_keywords_are_too_many_for_one_rule_and_fine_for_several()
    {
        string[] words = [.. Enumerable.Range(0, 100_000).Select(i => string.Create(CultureInfo.InvariantCulture, $"từ khoá số {i}"))];
        Assert.Equal(RuleDiagnosticCodes.TooLarge, Assert.Single(Faults(new Condition.Keywords(words))).Code);

        RuleSet set = Samples.Set([.. words.Chunk(10_000).Select((chunk, i) => Samples.Rule($"r{i}", new Condition.Keywords(chunk)))]);
        CompiledRules rules = Assert.IsType<RuleCompilation.Compiled>(RuleCompiler.Compile([set])).Rules;
        Assert.Equal(["từ khoá số 77777"], RuleEvaluator.Evaluate(rules, "có từ khoá số 77777 ở đây").Select(finding => finding.Keyword));
        Assert.Empty(RuleLinter.Lint([set]));
    }

    [Fact]
    public void Warnings_about_a_list_that_is_all_wrong_are_bounded()
    {
        string[] words = [.. Enumerable.Range(0, 10_000).Select(i => string.Create(CultureInfo.InvariantCulture, $"đèn {i}")).Prepend("đèn")];
        Assert.InRange(RuleLinter.Lint([Samples.Set(Samples.Rule(condition: new Condition.Keywords(words)))]).Count, 1, 25);
    }

    [Fact]
    public void A_text_that_is_nothing_but_keywords_is_cut_and_says_so()
    {
        CompiledRules rules = Samples.Compile(Samples.Rule(condition: new Condition.Near(new TermSet(["đèn"], []), new TermSet(["lồng"], []))));
        RuleEvaluation evaluation = RuleEvaluator.Evaluate(rules, string.Concat(Enumerable.Repeat("đèn lồng ", 50_000)));
        Assert.False(evaluation.Complete);
        Assert.NotEmpty(evaluation);
    }

    private static IReadOnlyList<RuleDiagnostic> Faults(Condition condition) =>
        Assert.IsType<RuleCompilation.Rejected>(RuleCompiler.Compile([Samples.Set(Samples.Rule(condition: condition))])).Diagnostics;
}
