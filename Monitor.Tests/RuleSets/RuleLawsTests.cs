using FsCheck.Xunit;
using Monitor.Rules.RuleSets;
using Monitor.Rules.RuleSets.Conditions;

namespace Monitor.Tests.RuleSets;

/// <summary>What must hold for any rules and any page.</summary>
public sealed class RuleLawsTests
{
    [Property(MaxTest = 60)]
    public void The_laws_of_De_Morgan_hold_with_what_nobody_knows_too(int seed)
    {
        var random = new RandomRules(seed);
        Condition[] of = [random.Condition(2), random.Condition(2), random.Condition(1)];
        RuleSubject subject = random.Subject();
        Assert.Equal(Judge(Samples.Not(Samples.And(of)), subject), Judge(Samples.Or([.. of.Select(Samples.Not)]), subject));
        Assert.Equal(Judge(Samples.Not(Samples.Or(of)), subject), Judge(Samples.And([.. of.Select(Samples.Not)]), subject));
        Assert.Equal(Judge(of[0], subject), Judge(Samples.Not(Samples.Not(of[0])), subject));
        Assert.Equal(Judge(Samples.And(of), subject), Judge(new Condition.AtLeast(3, of), subject));
        Assert.Equal(Judge(Samples.Or(of), subject), Judge(new Condition.AtLeast(1, of), subject));
        Assert.Equal(Judge(Samples.Not(new Condition.AtLeast(2, of)), subject), Judge(new Condition.AtLeast(2, [.. of.Select(Samples.Not)]), subject));
    }

    [Property(MaxTest = 60)]
    public void The_order_of_conditions_values_rules_and_sets_does_not_matter(int seed)
    {
        var random = new RandomRules(seed);
        Rule[] rules = [.. Enumerable.Range(0, 6).Select(i => Samples.Rule($"r{i}", random.Needing(2)))];
        RuleSubject subject = random.Subject();
        RuleEvaluation forward = RuleEvaluator.Evaluate(Samples.Compile(rules), subject);
        RuleEvaluation shuffled = RuleEvaluator.Evaluate(Samples.Compile(random.Shuffle(rules.Select(rule => rule with { Condition = Reordered(rule.Condition, random) }))), subject);
        Assert.Equal(Told(forward), Told(shuffled));
        Assert.All(rules, rule => Assert.Equal(ConditionText.LogicDigest(rule.Condition), ConditionText.LogicDigest(Reordered(rule.Condition, random))));
    }

    [Property(MaxTest = 25)]
    public void All_rules_compiled_together_answer_as_each_alone(int seed)
    {
        var random = new RandomRules(seed);
        Rule[] rules = [.. Enumerable.Range(0, 12).Select(i => Samples.Rule($"r{i:D2}", random.Needing(3)))];
        RuleSubject subject = random.Subject();
        RuleEvaluation together = RuleEvaluator.Evaluate(Samples.Compile(rules), subject);
        Assert.True(together.Complete);
        Assert.Equal(rules.SelectMany(rule => Told(RuleEvaluator.Evaluate(Samples.Compile(rule), subject))), Told(together));
        Assert.Equal(rules.Where(rule => RuleEvaluator.Evaluate(Samples.Compile(rule), subject).Rules.Count > 0).Select(rule => rule.Id), together.Rules);
    }

    [Property(MaxTest = 60)]
    public void A_rule_holds_exactly_when_its_trace_says_so_and_a_rule_that_holds_tells_something(int seed)
    {
        var random = new RandomRules(seed);
        Rule[] rules = [.. Enumerable.Range(0, 8).Select(i => Samples.Rule($"r{i}", random.Needing(3)))];
        CompiledRules compiled = Samples.Compile(rules);
        RuleSubject subject = random.Subject();
        RuleEvaluation evaluation = RuleEvaluator.Evaluate(compiled, subject);
        foreach (Rule rule in rules)
        {
            bool holds = RuleEvaluator.Explain(compiled, rule.Id, subject)!.Holds;
            Assert.Equal(holds, evaluation.Rules.Contains(rule.Id));
            Assert.Equal(holds, evaluation.Any(finding => finding.RuleId == rule.Id));
        }
    }

    [Property(MaxTest = 60)]
    public void Knowing_more_never_turns_a_known_answer_over(int seed)
    {
        var random = new RandomRules(seed);
        Condition condition = random.Condition(3);
        RuleSubject whole = random.Subject();
        foreach (RuleSubject less in (RuleSubject[])[whole with { Page = null }, whole with { Url = null }, whole with { Matches = null }, whole with { Text = null }, whole with { Scores = new Dictionary<string, double>() }])
        {
            Truth before = Judge(condition, less);
            Assert.True(before == Truth.Unknown || before == Judge(condition, whole));
        }
    }

    private static Truth Judge(Condition condition, RuleSubject subject) => Samples.Judge(condition, subject).Truth;

    private static IEnumerable<(string, string, int, int, string)> Told(RuleEvaluation evaluation) => evaluation
        .Where(finding => finding.Technique is not null)
        .Select(finding => (finding.RuleId, finding.Keyword, finding.Start, finding.Length, $"{finding.Strength} {finding.RuleStrength} {finding.Text}"))
        .Order();

    private static Condition Reordered(Condition condition, RandomRules random) => condition switch
    {
        Condition.And and => new Condition.And(random.Shuffle(and.Of.Select(one => Reordered(one, random)))),
        Condition.Or or => new Condition.Or(random.Shuffle(or.Of.Select(one => Reordered(one, random)))),
        Condition.AtLeast some => new Condition.AtLeast(some.Count, random.Shuffle(some.Of.Select(one => Reordered(one, random)))),
        Condition.Not not => new Condition.Not(Reordered(not.Of, random)),
        Condition.Keywords keywords => keywords with { Words = random.Shuffle(keywords.Words) },
        Condition.Patterns patterns => patterns with { Expressions = random.Shuffle(patterns.Expressions) },
        Condition.Url url => url with { Domains = random.Shuffle(url.Domains) },
        _ => condition,
    };
}
