using Monitor.Rules.RuleSets;

namespace Monitor.Tests.RuleSets;

public sealed class RuleSetDiffTests
{
    private static readonly RuleSet Before = Samples.Set(Samples.Rule("same"), Samples.Rule("logic"), Samples.Rule("header"), Samples.Rule("gone")) with { Digest = new string('a', 64) };

    private static readonly Rule[] Changed =
    [
        Samples.Rule("same", Samples.Or(Samples.Any("ĐÈN LỒNG XANH", "đèn lồng xanh"))),
        Samples.Rule("logic", Samples.Any("nến")),
        Samples.Rule("header") with { Title = "Other", MustMatch = ["một đèn lồng xanh"] },
        Samples.Rule("new"),
    ];

    private static readonly RuleSet After = Samples.Set(Changed) with { Digest = new string('b', 64) };

    [Fact]
    public void Each_rule_is_told_apart() => Assert.Equal(
        [
            (RuleChangeKind.Logic, "logic", "condition"),
            (RuleChangeKind.Header, "header", "title must-match"),
            (RuleChangeKind.Added, "new", ""),
            (RuleChangeKind.Removed, "gone", ""),
        ],
        RuleSetDiff.Between(Before, After).Select(change => (change.Kind, change.RuleId, string.Join(' ', change.Fields))));

    [Fact]
    public void Other_logic_under_the_same_id_and_other_content_under_the_same_version_are_warned_of()
    {
        Assert.Equal(
            [(RuleDiagnosticCodes.SameVersionOtherContent, null), (RuleDiagnosticCodes.SameIdOtherLogic, "logic")],
            RuleSetDiff.Warnings(Before, After).Select(warning => (warning.Code, warning.RuleId)));
        Assert.Equal([RuleDiagnosticCodes.SameIdOtherLogic], RuleSetDiff.Warnings(Before, After with { Version = "8" }).Select(warning => warning.Code));
        Assert.Empty(RuleSetDiff.Warnings(Before, Before));
    }

    [Fact]
    public void A_set_that_was_not_there_is_all_new() => Assert.All(RuleSetDiff.Between(null, After), change => Assert.Equal(RuleChangeKind.Added, change.Kind));
}
