using Monitor.Rules.RuleSets;

namespace Monitor.Tests.RuleSets;

public sealed class RuleCompilerTests
{
    [Theory]
    [InlineData("(", RuleDiagnosticCodes.PatternInvalid)]
    [InlineData("[z-a]", RuleDiagnosticCodes.PatternInvalid)]
    [InlineData("(?=đèn)x", RuleDiagnosticCodes.PatternNotLinear)]
    [InlineData("(?<!a)đèn", RuleDiagnosticCodes.PatternNotLinear)]
    [InlineData(@"(a)\1", RuleDiagnosticCodes.PatternNotLinear)]
    [InlineData("(?>a+)b", RuleDiagnosticCodes.PatternNotLinear)]
    [InlineData("((a{1,200}){1,200}){1,200}", RuleDiagnosticCodes.PatternNotLinear)]
    [InlineData("x*", RuleDiagnosticCodes.PatternMatchesEmpty)]
    public void A_pattern_that_cannot_run_in_linear_time_is_refused(string pattern, string code)
    {
        RuleDiagnostic fault = Assert.Single(Faults(Samples.Rule() with { Patterns = [pattern] }));
        Assert.Equal(code, fault.Code);
        Assert.Equal("lanterns", fault.RuleSet);
        Assert.Equal("lantern", fault.RuleId);
        Assert.Equal(pattern, fault.Subject);
        Assert.NotEmpty(fault.Hint);
    }

    [Fact]
    public void All_faults_of_all_sets_come_at_once()
    {
        Rule good = Samples.Rule() with { Any = ["đèn lồng"] };
        RuleCompilation result = RuleCompiler.Compile(
        [
            Samples.Set(good, Samples.Rule("no words") with { Patterns = [new string('a', 4097)] }, Samples.Rule("empty")),
            Samples.Set(good with { All = ["", new string('x', 257)] }),
        ]);

        Assert.Equal(
            [
                (RuleDiagnosticCodes.BadId, "no words"),
                (RuleDiagnosticCodes.PatternTooLong, "no words"),
                (RuleDiagnosticCodes.EmptyRule, "empty"),
                (RuleDiagnosticCodes.DuplicateSet, null),
                (RuleDiagnosticCodes.DuplicateId, "lantern"),
                (RuleDiagnosticCodes.EmptyKeyword, "lantern"),
                (RuleDiagnosticCodes.KeywordTooLong, "lantern"),
            ],
            Assert.IsType<RuleCompilation.Rejected>(result).Diagnostics.Select(d => (d.Code, d.RuleId)));
    }

    [Fact]
    public void Uuids_and_slugs_are_ids()
    {
        Assert.Equal(2, Samples.Compile(
            Samples.Rule("0B9C3A60-3F0D-4F6C-9A57-2F8B6F0A1C11") with { Any = ["a"] },
            Samples.Rule("a.b-c_1") with { Any = ["a"] }).Count);
    }

    [Fact]
    public void A_disabled_rule_is_checked_and_left_out()
    {
        Assert.Equal(0, Samples.Compile(Samples.Rule() with { Any = ["a"], Status = RuleStatus.Disabled }).Count);
        Assert.Single(Faults(Samples.Rule() with { Patterns = ["("], Status = RuleStatus.Disabled }));
    }

    private static IReadOnlyList<RuleDiagnostic> Faults(Rule rule) =>
        Assert.IsType<RuleCompilation.Rejected>(RuleCompiler.Compile([Samples.Set(rule)])).Diagnostics;
}
