using Monitor.Rules.RuleSets;
using Monitor.Rules.RuleSets.Conditions;

namespace Monitor.Tests.RuleSets;

public sealed class RuleCompilerTests
{
    [Theory]
    [InlineData("(", RuleDiagnosticCodes.PatternInvalid, 0)]
    [InlineData("[z-a]", RuleDiagnosticCodes.PatternInvalid, 3)]
    [InlineData("a(?=đèn)x", RuleDiagnosticCodes.PatternNotLinear, 1)]
    [InlineData("(?<!a)đèn", RuleDiagnosticCodes.PatternNotLinear, 0)]
    [InlineData(@"(a)\1", RuleDiagnosticCodes.PatternNotLinear, 3)]
    [InlineData(@"\\(?>a+)b", RuleDiagnosticCodes.PatternNotLinear, 2)]
    [InlineData("((a{1,200}){1,200}){1,200}", RuleDiagnosticCodes.PatternNotLinear, null)]
    [InlineData("x*", RuleDiagnosticCodes.PatternMatchesEmpty, null)]
    public void A_pattern_that_cannot_run_in_linear_time_is_refused_and_its_place_named(string pattern, string code, int? at)
    {
        RuleDiagnostic fault = Assert.Single(Faults(Samples.And(Samples.Any("đèn"), Samples.Pattern("đèn", pattern))));
        Assert.Equal(code, fault.Code);
        Assert.Equal(("lanterns", "lantern"), (fault.RuleSet, fault.RuleId));
        Assert.Equal(pattern, fault.Subject);
        Assert.NotEmpty(fault.Hint);
        Assert.Equal((1, at), (fault.Place!.Item, fault.Place.Offset));
        Assert.IsType<Condition.Patterns>(fault.Place.Condition);
    }

    [Fact]
    public void All_faults_of_all_sets_come_at_once()
    {
        Rule good = Samples.Rule(condition: Samples.Any("đèn lồng"));
        RuleCompilation result = RuleCompiler.Compile(
        [
            Samples.Set(good, Samples.Rule("no words", Samples.Pattern(new string('a', 4097))), Samples.Rule("empty", Samples.Any())),
            Samples.Set(good with { Condition = Samples.All("", new string('x', 257)) }),
        ]);

        Assert.Equal(
            [
                (RuleDiagnosticCodes.BadId, "no words"),
                (RuleDiagnosticCodes.PatternTooLong, "no words"),
                (RuleDiagnosticCodes.EmptyCondition, "empty"),
                (RuleDiagnosticCodes.DuplicateSet, null),
                (RuleDiagnosticCodes.DuplicateId, "lantern"),
                (RuleDiagnosticCodes.EmptyKeyword, "lantern"),
                (RuleDiagnosticCodes.KeywordTooLong, "lantern"),
            ],
            Assert.IsType<RuleCompilation.Rejected>(result).Diagnostics.Select(d => (d.Code, d.RuleId)));
    }

    public static TheoryData<Condition, string> Impossible => new()
    {
        { Samples.And(), RuleDiagnosticCodes.EmptyCondition },
        { Samples.Or(Samples.Any("a"), new Condition.Or([])), RuleDiagnosticCodes.EmptyCondition },
        { new Condition.Url(), RuleDiagnosticCodes.EmptyCondition },
        { new Condition.Hash { Opinions = [] }, RuleDiagnosticCodes.EmptyCondition },
        { new Condition.Near(new TermSet(["a"], []), new TermSet([], [])), RuleDiagnosticCodes.EmptyCondition },
        { new Condition.AtLeast(3, [Samples.Any("a"), Samples.Any("b")]), RuleDiagnosticCodes.BadCount },
        { new Condition.Keywords(["a"]) { Need = 2 }, RuleDiagnosticCodes.BadCount },
        { new Condition.Keywords(["a"]) { Need = 0 }, RuleDiagnosticCodes.BadCount },
        { new Condition.Keywords(["a"]) { Times = new CountRange(3, 2) }, RuleDiagnosticCodes.BadCount },
        { new Condition.Links { Count = new CountRange(0) }, RuleDiagnosticCodes.BadCount },
        { new Condition.Score("text") { Least = 0.9, Most = 0.1 }, RuleDiagnosticCodes.BadCount },
        { new Condition.Score("text") { Least = double.NaN }, RuleDiagnosticCodes.BadCount },
        { new Condition.Hash { MaxDistance = 32 }, RuleDiagnosticCodes.BadCount },
        { Samples.Not(Samples.Any("a")), RuleDiagnosticCodes.HoldsForEverything },
        { Samples.Or(Samples.Any("a"), Samples.Not(Samples.Any("b"))), RuleDiagnosticCodes.HoldsForEverything },
        { new Condition.Media { Count = new CountRange(0, 3) }, RuleDiagnosticCodes.HoldsForEverything },
    };

    [Theory]
    [MemberData(nameof(Impossible))]
    public void What_cannot_be_judged_or_would_hold_everywhere_is_refused(Condition condition, string code) =>
        Assert.Equal(code, Assert.Single(Faults(condition)).Code);

    [Fact]
    public void Uuids_and_slugs_are_ids()
    {
        Assert.Equal(2, Samples.Compile(
            Samples.Rule("0B9C3A60-3F0D-4F6C-9A57-2F8B6F0A1C11", Samples.Any("a")),
            Samples.Rule("a.b-c_1", Samples.Any("a"))).Count);
    }

    [Theory]
    [InlineData(RuleStatus.Deprecated)]
    [InlineData(RuleStatus.Unsupported)]
    public void A_rule_that_is_no_longer_applied_is_checked_and_left_out(RuleStatus status)
    {
        Assert.Equal(0, Samples.Compile(Samples.Rule() with { Status = status }).Count);
        Assert.Single(Faults(Samples.Pattern("("), status));
    }

    private static IReadOnlyList<RuleDiagnostic> Faults(Condition condition, RuleStatus status = RuleStatus.Stable) =>
        Assert.IsType<RuleCompilation.Rejected>(RuleCompiler.Compile([Samples.Set(Samples.Rule(condition: condition) with { Status = status })])).Diagnostics;
}
