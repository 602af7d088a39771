using Monitor.Rules.RuleSets;
using Monitor.Rules.RuleSets.Conditions;

namespace Monitor.Tests.RuleSets;

public sealed class RuleVerifierTests
{
    [Fact]
    public void A_rule_that_keeps_its_promises_passes() => Assert.Empty(RuleVerifier.Verify(Samples.Compile(Samples.Rule())));

    [Fact]
    public void Broken_promises_are_named_for_experiments_too()
    {
        CompiledRules rules = Samples.Compile(
            Samples.Rule("deaf", Samples.Any("đèn đỏ")),
            Samples.Rule("greedy", Samples.Any("đèn")),
            Samples.Rule("draft", Samples.Any("đèn đỏ")) with { Status = RuleStatus.Experimental, MustNotMatch = [] });
        Assert.Equal(
            [
                (RuleDiagnosticCodes.MustMatchFailed, "deaf", "bán đèn lồng xanh"),
                (RuleDiagnosticCodes.MustNotMatchFailed, "greedy", "đèn đường"),
                (RuleDiagnosticCodes.MustMatchFailed, "draft", "bán đèn lồng xanh"),
            ],
            RuleVerifier.Verify(rules).Select(d => (d.Code, d.RuleId!, d.Subject!)));
    }

    [Theory]
    [InlineData(RuleStatus.Stable)]
    [InlineData(RuleStatus.Test)]
    public void An_applied_rule_needs_both_kinds_of_example_and_guidance(RuleStatus status)
    {
        CompiledRules rules = Samples.Compile(
            Samples.Rule("one") with { MustMatch = [], Status = status },
            Samples.Rule("two") with { MustNotMatch = [], Status = status },
            Samples.Rule("three") with { Guidance = " ", Status = status },
            Samples.Rule("draft") with { MustMatch = [], MustNotMatch = [], Guidance = "", Status = RuleStatus.Experimental });
        Assert.Equal(
            [(RuleDiagnosticCodes.TestMissing, "one"), (RuleDiagnosticCodes.TestMissing, "two"), (RuleDiagnosticCodes.GuidanceMissing, "three")],
            RuleVerifier.Verify(rules).Select(d => (d.Code, d.RuleId!)));
    }

    [Fact]
    public void An_example_that_lacks_the_fact_in_question_proves_nothing_either_way()
    {
        Condition condition = Samples.And(Samples.Any("đèn"), new Condition.Links());
        CompiledRules rules = Samples.Compile(Samples.Rule("links", condition) with { MustMatch = ["đèn"], MustNotMatch = ["đèn", "nến"] });
        Assert.Equal(
            [(RuleDiagnosticCodes.TestIncomplete, "must-match", 0), (RuleDiagnosticCodes.TestIncomplete, "must-not-match", 0)],
            RuleVerifier.Verify(rules).Select(d => (d.Code, d.Place!.Field, d.Place.Item!.Value)));
    }
}
