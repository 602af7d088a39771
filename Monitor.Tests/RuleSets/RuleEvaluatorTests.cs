using FsCheck.Xunit;
using Monitor.Rules.Assessing;
using Monitor.Rules.RuleSets;
using Monitor.Rules.Text;

namespace Monitor.Tests.RuleSets;

public sealed class RuleEvaluatorTests
{
    [Fact]
    public void A_finding_quotes_the_original_text_and_its_rule()
    {
        const string text = "Ai mua  ĐE\u0300N LỒNG  xanh?";
        RuleFinding finding = Assert.Single(RuleEvaluator.Evaluate(Samples.Compile(Samples.Rule() with { Any = ["đèn lồng xanh"] }), text));

        Assert.Equal("ĐE\u0300N LỒNG  xanh", finding.Text);
        Assert.Equal(finding.Text, text.Substring(finding.Start, finding.Length));
        Assert.Equal(("lanterns", "7", "lantern", "đèn lồng xanh"), (finding.RuleSet, finding.RuleSetVersion, finding.RuleId, finding.Keyword));
        Assert.Equal((Technique.Folded, Strength.Strong), (finding.Technique, finding.Strength));
        Assert.Equal((Category.SexualExploitation, Severity.High), (finding.Category, finding.Severity));
    }

    [Theory]
    [InlineData("đèn xanh", 2)]
    [InlineData("xanh đèn đỏ", 3)]
    [InlineData("xanh đỏ", 0)]
    [InlineData("đèn", 0)]
    [InlineData("đèn vàng", 0)]
    [InlineData("đèn 12-34", 2)]
    public void All_and_any_and_patterns(string text, int findings)
    {
        CompiledRules rules = Samples.Compile(Samples.Rule() with { All = ["đèn"], Any = ["xanh", "đỏ"], Patterns = [@"\d{2}-\d{2}"] });
        Assert.Equal(findings, RuleEvaluator.Evaluate(rules, text).Count);
    }

    [Theory]
    [InlineData("HOA 2024!", "HOA 2024")]
    [InlineData("xe ho\u0300a  2024", "ho\u0300a  2024")]
    [InlineData("hoa", null)]
    public void Patterns_run_on_folded_text_and_answer_in_the_original(string text, string? found)
    {
        RuleEvaluation evaluation = RuleEvaluator.Evaluate(Samples.Compile(Samples.Rule() with { Patterns = [@"h[oò]a \d+"] }), text);
        Assert.Equal(found is null ? [] : [found], evaluation.Select(f => f.Text));
        Assert.All(evaluation, f => Assert.Equal(Technique.Pattern, f.Technique));
    }

    [Fact]
    public void Only_enabled_rules_answer()
    {
        CompiledRules rules = Samples.Compile(
            Samples.Rule("on") with { Any = ["đèn"] },
            Samples.Rule("draft") with { Any = ["đèn"], Status = RuleStatus.Draft },
            Samples.Rule("off") with { Any = ["đèn"], Status = RuleStatus.Disabled });
        Assert.Equal(["on"], RuleEvaluator.Evaluate(rules, "đèn").Select(f => f.RuleId));
    }

    [Fact]
    public void Limits_are_met_with_a_word_about_it()
    {
        CompiledRules rules = Samples.Compile(Samples.Rule("word") with { Any = ["đèn"] }, Samples.Rule("pattern") with { Patterns = ["x[ab]*y|x"] });
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
        Assert.Equal(["word"], broke.Select(f => f.RuleId));
    }

    [Property]
    public void Findings_always_quote_the_text(char[] noise, byte[] shape)
    {
        string filler = new(noise ?? []);
        string text = string.Concat((shape ?? []).Select(b => (b % 4) switch { 0 => "Đèn ", 1 => filler, 2 => " lo\u0302\u0300ng", _ => "\u200B" }));
        CompiledRules rules = Samples.Compile(Samples.Rule() with { Any = ["đèn", "lồng", "đèn lồng"], Patterns = ["n l.n"] });
        Assert.All(RuleEvaluator.Evaluate(rules, text), f => Assert.Equal(f.Text, text.Substring(f.Start, f.Length)));
    }
}
