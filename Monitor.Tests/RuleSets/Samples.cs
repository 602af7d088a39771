using Monitor.Rules.Assessing;
using Monitor.Rules.RuleSets;

namespace Monitor.Tests.RuleSets;

internal static class Samples
{
    public static Rule Rule(string id = "lantern") => new()
    {
        Id = id,
        Title = "Lanterns",
        Category = Category.SexualExploitation,
        Severity = Severity.High,
        Status = RuleStatus.Enabled,
        MustMatch = ["bán đèn lồng xanh"],
        MustNotMatch = ["đèn đường"],
    };

    public static RuleSet Set(params Rule[] rules) => new() { Name = "lanterns", Version = "7", Rules = rules };

    public static CompiledRules Compile(params Rule[] rules) =>
        Assert.IsType<RuleCompilation.Compiled>(RuleCompiler.Compile([Set(rules)])).Rules;
}
