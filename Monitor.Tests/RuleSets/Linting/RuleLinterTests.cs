using FsCheck.Xunit;
using Monitor.Rules.Assessing;
using Monitor.Rules.RuleSets;
using Monitor.Rules.RuleSets.Conditions;
using Monitor.Rules.RuleSets.Linting;

namespace Monitor.Tests.RuleSets.Linting;

public sealed class RuleLinterTests
{
    [Fact]
    public void Nothing_is_said_of_a_rule_that_is_as_it_should_be() => Assert.Empty(RuleLinter.Lint([Samples.Set(Samples.Rule())]));

    [Theory]
    [InlineData(new[] { "đèn lồng", "đèn lồng xanh" }, 1, RuleDiagnosticCodes.ContainedKeyword, 1)]
    [InlineData(new[] { "bán đèn lồng xanh", "nến", "đèn lồng" }, 1, RuleDiagnosticCodes.ContainedKeyword, 0)]
    [InlineData(new[] { "đèn lồng", "đèn lồng xanh" }, Condition.Every, RuleDiagnosticCodes.ContainedKeyword, 0)]
    [InlineData(new[] { "hòa bình", "hoà bình" }, 1, RuleDiagnosticCodes.RepeatedKeyword, 1)]
    [InlineData(new[] { "chợ đêm", "gai" }, 1, RuleDiagnosticCodes.ShortKeyword, 1)]
    [InlineData(new[] { "đèn lồng", "lồng đèn" }, 1, null, 0)]
    [InlineData(new[] { "đèn lồng", "đèn lồngxanh" }, 1, null, 0)]
    [InlineData(new[] { "gái", "18+", "đẹp", "abcde" }, 1, null, 0)]
    public void Words_of_one_list(string[] words, int need, string? code, int at)
    {
        IReadOnlyList<RuleDiagnostic> warnings = Lint(new Condition.Keywords(words) { Need = need });
        Assert.Equal(code is null ? [] : [(code, at, DiagnosticSeverity.Warning)], warnings.Select(warning => (warning.Code, warning.Place!.Item!.Value, warning.Severity)));
    }

    [Theory]
    [InlineData("mã số [0-9]+", 6)]
    [InlineData("[0-9]{4}", 0)]
    [InlineData("ab|cde", 2)]
    [InlineData("(abc|defg)?xy", 2)]
    [InlineData("(abc|defg)xy", 3)]
    [InlineData("(?:ab){2,3}", 2)]
    [InlineData("(?i:lantern)s*", 7)]
    [InlineData(@"a\.b\d", 3)]
    [InlineData(@"a\dbc", 2)]
    [InlineData("ab*c", 1)]
    [InlineData("[^]abc]x", 1)]
    [InlineData("x{0,3}yz", 2)]
    [InlineData(@"\blantern\b", 7)]
    [InlineData(".*", 0)]
    public void The_longest_text_that_a_pattern_must_contain(string pattern, int length) => Assert.Equal(length, PatternLiteral.Longest(pattern));

    [Fact]
    public void A_pattern_without_a_fixed_part_is_slow()
    {
        RuleDiagnostic warning = Assert.Single(Lint(Samples.And(Samples.Any("đèn"), Samples.Pattern("đèn số [0-9]+", "[a-z]{2}[0-9]{2}"))));
        Assert.Equal((RuleDiagnosticCodes.SlowPattern, 1), (warning.Code, warning.Place!.Item));
    }

    public static TheoryData<Condition, bool> Contradictions => new()
    {
        { Samples.And(Samples.Any("đèn"), Samples.Not(Samples.Any("đèn"))), true },
        { Samples.And(Samples.Any("đèn lồng"), Samples.Not(Samples.Any("đèn"))), true },
        { Samples.And(Samples.Any("đèn"), Samples.Not(Samples.Any("đèn lồng"))), false },
        { Samples.And(Samples.Any("nến"), Samples.And(Samples.Any("chợ"), Samples.Not(Samples.Any("nến", "đèn")))), true },
        { Samples.Or(Samples.Any("nến"), Samples.And(Samples.Any("đèn"), Samples.Not(Samples.Any("đèn")))), false },
        { Samples.And(new Condition.Url { Hosts = ["a.example"] }, new Condition.Url { Hosts = ["b.example"] }), true },
        { new Condition.Url { Hosts = ["a.example"], Domains = ["b.example"] }, true },
        { new Condition.Url { Hosts = ["x.b.example"], Domains = ["b.example"] }, false },
        { Samples.And(new Condition.Score("text") { Least = 0.8 }, new Condition.Score("text") { Most = 0.5 }), true },
        { Samples.And(new Condition.Links { Count = new CountRange(5) }, new Condition.Links { Count = new CountRange(0, 3) }), true },
        { new Condition.Keywords(["a lô", "b lô", "c lô"]) { Need = 3, Times = new CountRange(1, 2) }, true },
    };

    [Theory]
    [MemberData(nameof(Contradictions))]
    public void What_nothing_can_meet(Condition condition, bool impossible) =>
        Assert.Equal(impossible, Lint(condition).Any(warning => warning.Code == RuleDiagnosticCodes.Unsatisfiable));

    [Fact]
    public void The_same_condition_twice_and_one_that_another_covers()
    {
        Rule wide = Samples.Rule("wide", Samples.Any("đèn lồng", "nến"));
        IReadOnlyList<RuleDiagnostic> warnings = RuleLinter.Lint(
        [
            Samples.Set(
                wide,
                Samples.Rule("same", Samples.Or(Samples.Any("nến", "đèn lồng"))),
                Samples.Rule("narrow", Samples.And(Samples.Any("đèn lồng xanh"), new Condition.Links())),
                Samples.Rule("graver", Samples.Any("đèn lồng đỏ")) with { Severity = Severity.Critical },
                Samples.Rule("other", Samples.Any("đèn lồng tím")) with { Category = Category.TraffickingOrSale }),
        ]);
        Assert.Equal([(RuleDiagnosticCodes.DuplicateLogic, "same", "wide"), (RuleDiagnosticCodes.Shadowed, "narrow", "wide")], warnings.Select(warning => (warning.Code, warning.RuleId!, warning.Arguments[0])));
    }

    [Fact]
    public void The_header_and_the_guidance()
    {
        Rule rule = Samples.Rule() with
        {
            Guidance = "# Đèn\n## Ý nghĩa\n## What to check\n",
            Date = new DateOnly(2026, 3, 1),
            Modified = new DateOnly(2026, 2, 1),
            Related = [new RelatedRule(RelationType.Similar, "gone"), new RelatedRule(RelationType.Obsolete, "old"), new RelatedRule(RelationType.Derived, "next")],
        };
        IReadOnlyList<RuleDiagnostic> warnings = RuleLinter.Lint(
        [
            Samples.Set(rule, Samples.Rule("next", Samples.Any("nến")) with { Status = RuleStatus.Deprecated }, Samples.Rule("new", Samples.Any("chợ")) with { Status = RuleStatus.Experimental, MustNotMatch = [], Guidance = "" }),
        ]);
        Assert.Equal(
            [
                (RuleDiagnosticCodes.DatesReversed, "lantern"),
                (RuleDiagnosticCodes.RelatedUnknown, "lantern"),
                (RuleDiagnosticCodes.GuidanceIncomplete, "lantern"),
                (RuleDiagnosticCodes.DeprecatedWithoutSuccessor, "next"),
                (RuleDiagnosticCodes.TestsAdvised, "new"),
            ],
            warnings.Select(warning => (warning.Code, warning.RuleId!)));
    }

    [Property(MaxTest = 60)]
    public void It_never_calls_impossible_what_a_page_meets_nor_covered_what_is_not(int seed)
    {
        var random = new RandomRules(seed);
        var implication = new Implication();
        Condition[] conditions = [.. Enumerable.Range(0, 6).Select(_ => random.Condition(2))];
        RuleSubject[] subjects = [.. Enumerable.Range(0, 12).Select(_ => random.Subject())];
        IReadOnlyList<Truth>[] truths = [.. conditions.Select(condition => Samples.Judge(condition, subjects))];
        for (int i = 0; i < conditions.Length; i++)
        {
            if (Satisfiability.Contradiction(conditions[i], implication) is not null)
                Assert.DoesNotContain(Truth.Met, truths[i]);
            for (int j = 0; j < conditions.Length; j++)
            {
                if (implication.Holds(conditions[i], conditions[j]))
                    Assert.All(subjects.Select((_, at) => at).Where(at => truths[i][at] == Truth.Met), at => Assert.Equal(Truth.Met, truths[j][at]));
            }
        }
    }

    private static IReadOnlyList<RuleDiagnostic> Lint(Condition condition) => RuleLinter.Lint([Samples.Set(Samples.Rule(condition: condition))]);
}
