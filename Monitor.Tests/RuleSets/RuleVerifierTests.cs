using Monitor.Rules.RuleSets;

namespace Monitor.Tests.RuleSets;

public sealed class RuleVerifierTests
{
    [Fact]
    public void A_rule_that_keeps_its_promises_passes() =>
        Assert.Empty(RuleVerifier.Verify(Samples.Compile(Samples.Rule() with { Any = ["đèn lồng xanh"] })));

    [Fact]
    public void Broken_promises_are_named_for_drafts_too()
    {
        CompiledRules rules = Samples.Compile(
            Samples.Rule("deaf") with { Any = ["đèn đỏ"] },
            Samples.Rule("greedy") with { Any = ["đèn"] },
            Samples.Rule("draft") with { Any = ["đèn đỏ"], Status = RuleStatus.Draft, MustNotMatch = [] });
        Assert.Equal(
            [
                (RuleDiagnosticCodes.MustMatchFailed, "deaf", "bán đèn lồng xanh"),
                (RuleDiagnosticCodes.MustNotMatchFailed, "greedy", "đèn đường"),
                (RuleDiagnosticCodes.MustMatchFailed, "draft", "bán đèn lồng xanh"),
            ],
            RuleVerifier.Verify(rules).Select(d => (d.Code, d.RuleId!, d.Subject!)));
    }

    [Fact]
    public void An_enabled_rule_needs_both_kinds_of_text()
    {
        CompiledRules rules = Samples.Compile(
            Samples.Rule("one") with { Any = ["đèn lồng"], MustMatch = [] },
            Samples.Rule("two") with { Any = ["đèn lồng"], MustNotMatch = [] },
            Samples.Rule("draft") with { Any = ["đèn lồng"], MustMatch = [], MustNotMatch = [], Status = RuleStatus.Draft });
        Assert.Equal(
            [(RuleDiagnosticCodes.TestMissing, "one"), (RuleDiagnosticCodes.TestMissing, "two")],
            RuleVerifier.Verify(rules).Select(d => (d.Code, d.RuleId!)));
    }
}
