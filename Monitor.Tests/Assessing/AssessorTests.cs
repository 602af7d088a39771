using FsCheck.Xunit;
using Monitor.Rules.Assessing;
using Monitor.Rules.Matching;
using Monitor.Rules.RuleSets;
using Monitor.Rules.Text;

namespace Monitor.Tests.Assessing;

public sealed class AssessorTests
{
    [Fact]
    public void Nothing_found_puts_nothing_before_a_person()
    {
        var assessment = Assess(false);
        Assert.Equal((Category.TraffickingOrSale, Severity.None, false), (assessment.Category, assessment.Severity, assessment.NeedsPerson));
        Assert.Empty(assessment.Reasons);
    }

    [Theory]
    [InlineData(Opinion.Positive, 0, Severity.Critical)]
    [InlineData(Opinion.Positive, 1, Severity.Medium)]
    [InlineData(Opinion.Disputed, 0, Severity.Medium)]
    [InlineData(Opinion.Disputed, 9, Severity.Medium)]
    [InlineData(Opinion.Negative, 0, Severity.None)]
    [InlineData(Opinion.Negative, 9, Severity.None)]
    public void A_match_weighs_by_its_bank_and_its_distance(Opinion opinion, int distance, Severity severity) =>
        Assert.Equal(severity, Assess(false, [Match(opinion, distance)]).Severity);

    [Fact]
    public void A_known_harmless_match_leaves_no_trace()
    {
        var assessment = Assess(false, [Match(Opinion.Negative)], [Finding(Severity.Low)]);
        Assert.Equal(["rule:set/rule"], assessment.Reasons);
        Assert.Equal(Category.AbuseOrViolence, assessment.Category);
        Assert.Equal(Severity.Critical, Assess(false, [Match(Opinion.Negative), Match(Opinion.Positive) with { MediaUrl = "another" }]).Severity);
    }

    [Fact]
    public void The_same_bytes_called_harmless_by_one_bank_and_known_by_another_are_for_a_person_to_see()
    {
        var assessment = Assess(false, [Match(Opinion.Negative) with { Bank = "south" }, Match(Opinion.Positive)]);
        Assert.Equal((Severity.Medium, "bank:north contradicted:south"), (assessment.Severity, string.Join(' ', assessment.Reasons)));
    }

    [Theory]
    [InlineData(Severity.Critical, Strength.Strong, Severity.High)]
    [InlineData(Severity.Critical, Strength.Medium, Severity.High)]
    [InlineData(Severity.Critical, Strength.Weak, Severity.High)]
    [InlineData(Severity.High, Strength.Weak, Severity.Medium)]
    [InlineData(Severity.Medium, Strength.Strong, Severity.Medium)]
    [InlineData(Severity.Low, Strength.Weak, Severity.Low)]
    [InlineData(Severity.None, Strength.Strong, Severity.None)]
    public void Words_alone_are_never_critical(Severity found, Strength strength, Severity severity) =>
        Assert.Equal(severity, Assess(false, [], [Finding(found, strength)]).Severity);

    [Fact]
    public void The_gravest_finding_names_the_category_unless_a_bank_spoke()
    {
        RuleFinding[] findings = [Finding(Severity.Low, category: Category.SexualExploitation), Finding(Severity.High, category: Category.VictimIdentityExposure)];
        Assert.Equal(Category.VictimIdentityExposure, Assess(false, [], findings).Category);
        Assert.Equal(Category.TraffickingOrSale, Assess(false, [Match(Opinion.Positive)], findings).Category);
    }

    [Fact]
    public void A_rule_on_trial_weighs_nothing_and_is_no_reason()
    {
        var assessment = Assess(false, [], [Finding(Severity.High) with { Trial = true }]);
        Assert.Equal(Severity.None, assessment.Severity);
        Assert.Equal(Category.TraffickingOrSale, assessment.Category);
        Assert.Empty(assessment.Reasons);
    }

    [Fact]
    public void A_rule_is_trusted_as_far_as_the_weakest_part_it_needed()
    {
        var finding = Finding(Severity.High, Strength.Strong) with { RuleStrength = Strength.Weak };
        Assert.Equal(Severity.Medium, Assess(false, [], [finding]).Severity);
    }

    [Fact]
    public void A_child_said_to_be_in_danger_is_critical_whatever_the_page_shows()
    {
        var assessment = Assess(true, [Match(Opinion.Negative)]);
        Assert.Equal(Severity.Critical, assessment.Severity);
        Assert.Equal(["report:danger"], assessment.Reasons);
    }

    [Fact]
    public void Reasons_are_named_once_and_bounded()
    {
        Assert.Equal(["bank:north", "rule:set/rule"], Assess(false, [Match(Opinion.Positive), Match(Opinion.Disputed)], [Finding(Severity.Low), Finding(Severity.High)]).Reasons);
        Assert.Equal(50, Assess(false, [], [.. Enumerable.Range(0, 200).Select(at => Finding(Severity.Low) with { RuleId = $"rule-{at}" })]).Reasons.Count);
    }

    [Property(MaxTest = 2000)]
    public void Critical_means_danger_or_known_material_and_more_findings_never_make_it_less(bool danger, byte[] bytes)
    {
        var matches = new List<Match>();
        var findings = new List<RuleFinding>();
        var before = Assess(danger).Severity;
        foreach (var one in bytes ?? [])
        {
            if (one % 3 == 0)
            {
                matches.Add(Match((Opinion)((one >> 2) % 3), (one >> 4) % 3) with { MediaUrl = $"{matches.Count}" });
            }
            else
            {
                findings.Add(Finding((Severity)(one % 5), (Strength)((one >> 3) % 3)));
            }

            var assessment = Assess(danger, [.. matches], [.. findings]);
            Assert.True(assessment.Severity >= before);
            Assert.Equal(danger || matches.Exists(match => match is { Opinion: Opinion.Positive, Distance: 0 }), assessment.Severity == Severity.Critical);
            before = assessment.Severity;
        }
    }

    private static Assessment Assess(bool danger, Match[]? matches = null, RuleFinding[]? findings = null) =>
        Assessor.Assess(Category.TraffickingOrSale, danger, matches ?? [], findings ?? []);

    private static Match Match(Opinion opinion, int distance = 0) => new()
    {
        Bank = "north",
        BankVersion = "1",
        Entry = "#1",
        Kind = HashKind.Sha256,
        Opinion = opinion,
        Distance = distance,
    };

    private static RuleFinding Finding(Severity severity, Strength strength = Strength.Strong, Category category = Category.AbuseOrViolence) => new()
    {
        RuleSet = "set",
        RuleSetVersion = "1",
        RuleId = "rule",
        Keyword = "đèn lồng xanh",
        Start = 0,
        Length = 13,
        Text = "đèn lồng xanh",
        Technique = default,
        Strength = strength,
        RuleStrength = strength,
        Category = category,
        Severity = severity,
    };
}
