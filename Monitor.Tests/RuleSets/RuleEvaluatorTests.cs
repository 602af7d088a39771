using FsCheck.Xunit;
using Monitor.Rules.Assessing;
using Monitor.Rules.RuleSets;
using Monitor.Rules.RuleSets.Conditions;
using Monitor.Rules.Text;

namespace Monitor.Tests.RuleSets;

public sealed class RuleEvaluatorTests
{
    [Fact]
    public void A_finding_quotes_the_original_text_and_its_rule()
    {
        const string text = "Ai mua  ĐE\u0300N LỒNG  xanh?";
        RuleFinding finding = Assert.Single(RuleEvaluator.Evaluate(Samples.Compile(Samples.Rule()), text));

        Assert.Equal("ĐE\u0300N LỒNG  xanh", finding.Text);
        Assert.Equal(finding.Text, text.Substring(finding.Start, finding.Length));
        Assert.Equal(("lanterns", "7", "lantern", "đèn lồng xanh"), (finding.RuleSet, finding.RuleSetVersion, finding.RuleId, finding.Keyword));
        Assert.Equal((Technique.Folded, Strength.Strong, Strength.Strong), (finding.Technique, finding.Strength, finding.RuleStrength));
        Assert.Equal((Category.SexualExploitation, Severity.High, false), (finding.Category, finding.Severity, finding.Trial));
    }

    [Fact]
    public void The_version_of_a_set_that_came_from_a_file_says_which_content_it_was()
    {
        RuleSet set = Samples.Set(Samples.Rule()) with { Digest = new string('a', 64) };
        CompiledRules rules = Assert.IsType<RuleCompilation.Compiled>(RuleCompiler.Compile([set])).Rules;
        Assert.Equal("7+aaaaaaaaaaaa", Assert.Single(RuleEvaluator.Evaluate(rules, "đèn lồng xanh")).RuleSetVersion);
    }

    [Theory]
    [InlineData("đèn xanh", 2)]
    [InlineData("xanh đèn đỏ", 3)]
    [InlineData("xanh đỏ", 0)]
    [InlineData("đèn", 0)]
    [InlineData("đèn vàng", 0)]
    [InlineData("đèn 12-34", 2)]
    public void Every_place_that_the_rule_rests_on_is_told(string text, int findings)
    {
        CompiledRules rules = Samples.Compile(Samples.Rule(condition: Samples.And(Samples.All("đèn"), Samples.Or(Samples.Any("xanh", "đỏ"), Samples.Pattern(@"\d{2}-\d{2}")))));
        Assert.Equal(findings, RuleEvaluator.Evaluate(rules, text).Count);
    }

    [Fact]
    public void A_fact_of_the_page_is_told_without_a_place_and_an_absence_is_not()
    {
        var condition = Samples.And(new Condition.Url { Domains = ["lantern.example"] }, Samples.Not(Samples.Any("nến")));
        RuleFinding finding = Assert.Single(RuleEvaluator.Evaluate(Samples.Compile(Samples.Rule(condition: condition)), new RuleSubject { Text = "đèn", Url = "https://a.lantern.example/x" }));
        Assert.Equal((0, 0, "", null, "url domains [lantern.example]"), (finding.Start, finding.Length, finding.Text, finding.Technique, finding.Keyword));
    }

    [Theory]
    [InlineData("HOA 2024!", "HOA 2024")]
    [InlineData("xe ho\u0300a  2024", "ho\u0300a  2024")]
    [InlineData("hoa", null)]
    public void Patterns_run_on_folded_text_and_answer_in_the_original(string text, string? found)
    {
        RuleEvaluation evaluation = RuleEvaluator.Evaluate(Samples.Compile(Samples.Rule(condition: Samples.Pattern(@"h[oò]a \d+"))), text);
        Assert.Equal(found is null ? [] : [found], evaluation.Select(f => f.Text));
        Assert.All(evaluation, f => Assert.Equal(Technique.Pattern, f.Technique));
    }

    [Fact]
    public void Only_applied_rules_answer_and_those_on_trial_say_so()
    {
        CompiledRules rules = Samples.Compile([.. Enum.GetValues<RuleStatus>().Select(status => Samples.Rule(status.ToString().ToLowerInvariant(), Samples.Any("đèn")) with { Status = status })]);
        Assert.Equal([("test", true), ("stable", false)], RuleEvaluator.Evaluate(rules, "đèn").Select(f => (f.RuleId, f.Trial)));
        Assert.Equal(["experimental", "test", "stable"], RuleEvaluator.Evaluate(rules, RuleSubject.OfText("đèn"), experimental: true).Rules);
    }

    [Fact]
    public void Limits_are_met_with_a_word_about_it()
    {
        CompiledRules rules = Samples.Compile(Samples.Rule("word", Samples.Any("đèn")), Samples.Rule("pattern", Samples.Pattern("x[ab]*y|x")));
        Assert.True(RuleEvaluator.Evaluate(rules, "đèn").Complete);

        RuleEvaluation cut = RuleEvaluator.Evaluate(rules, new string(' ', 100) + "đèn", new RuleEvaluatorLimits { MaxTextLength = 100 });
        Assert.False(cut.Complete);
        Assert.Empty(cut);

        RuleEvaluation many = RuleEvaluator.Evaluate(rules, string.Concat(Enumerable.Repeat("đèn ", 5000)), new RuleEvaluatorLimits { MaxFindings = 50 });
        Assert.False(many.Complete);
        Assert.Equal(50, many.Count);

        RuleEvaluation repeated = RuleEvaluator.Evaluate(rules, string.Concat(Enumerable.Repeat("xa", 100_000)));
        Assert.False(repeated.Complete);
        Assert.Equal(64, repeated.Count);

        RuleEvaluation broke = RuleEvaluator.Evaluate(rules, "xy đèn", new RuleEvaluatorLimits { MaxPatternWork = 5 });
        Assert.False(broke.Complete);
        Assert.Equal(["word"], broke.Rules);
    }

    [Fact]
    public void What_a_limit_kept_from_being_seen_is_not_taken_for_absent()
    {
        CompiledRules rules = Samples.Compile(Samples.Rule(condition: Samples.And(Samples.Any("đèn"), Samples.Not(Samples.Any("nến")))));
        string text = "đèn " + new string(' ', 100) + "nến";
        Assert.Empty(RuleEvaluator.Evaluate(rules, text));
        Assert.Empty(RuleEvaluator.Evaluate(rules, text, new RuleEvaluatorLimits { MaxTextLength = 50 }));
    }

    [Property(MaxTest = 200)]
    public void Findings_always_quote_the_text(char[] noise, byte[] shape)
    {
        string filler = new(noise ?? []);
        string text = string.Concat((shape ?? []).Select(b => (b % 4) switch { 0 => "Đèn ", 1 => filler, 2 => " lo\u0302\u0300ng", _ => "\u200B" }));
        CompiledRules rules = Samples.Compile(Samples.Rule(condition: Samples.Or(Samples.Any("đèn", "lồng", "đèn lồng"), Samples.Pattern("n l.n"))));
        Assert.All(RuleEvaluator.Evaluate(rules, text), f => Assert.Equal(f.Text, text.Substring(f.Start, f.Length)));
    }
}
