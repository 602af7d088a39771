using Monitor.Rules.Assessing;
using Monitor.Rules.RuleSets;
using Monitor.Rules.RuleSets.Conditions;

namespace Monitor.Tests.RuleSets;

internal static class Samples
{
    public static Rule Rule(string id = "lantern", Condition? condition = null) => new()
    {
        Id = id,
        Title = "Lanterns",
        Category = Category.SexualExploitation,
        Severity = Severity.High,
        Status = RuleStatus.Stable,
        Condition = condition ?? Any("đèn lồng xanh"),
        MustMatch = ["bán đèn lồng xanh"],
        MustNotMatch = ["đèn đường"],
        Guidance = "# Lanterns\n## What it means\n## What to check\n## False positives\n",
    };

    public static Condition.Keywords Any(params string[] words) => new(words);

    public static Condition.Keywords All(params string[] words) => new(words) { Need = Condition.Every };

    public static Condition.Patterns Pattern(params string[] expressions) => new(expressions);

    public static Condition.And And(params Condition[] of) => new(of);

    public static Condition.Or Or(params Condition[] of) => new(of);

    public static Condition.Not Not(Condition of) => new(of);

    public static ElementSelector Selector(string text) => Assert.IsType<SelectorReading.Read>(ElementSelector.Parse(text)).Selector;

    public static RuleSet Set(params Rule[] rules) => new() { Name = "lanterns", Version = "7", Rules = rules };

    public static CompiledRules Compile(params Rule[] rules) =>
        Assert.IsType<RuleCompilation.Compiled>(RuleCompiler.Compile([Set(rules)])).Rules;

    /// <summary>What one condition says of pages, compiled once for all of them.</summary>
    public static IReadOnlyList<Truth> Judge(Condition condition, IReadOnlyList<RuleSubject> subjects)
    {
        CompiledRules rules = Probe(condition);
        return [.. subjects.Select(subject => RuleEvaluator.Explain(rules, "probe", subject)!.Condition.Children[0].Truth)];
    }

    /// <summary>What one condition says of a page.</summary>
    public static ConditionTrace Judge(Condition condition, RuleSubject subject) =>
        RuleEvaluator.Explain(Probe(condition), "probe", subject)!.Condition.Children[0];

    /// <summary>A rule that the compiler takes whatever the condition in it is.</summary>
    private static CompiledRules Probe(Condition condition) => Compile(Rule("probe", And(condition, Any("một từ không trang nào có"))));
}
