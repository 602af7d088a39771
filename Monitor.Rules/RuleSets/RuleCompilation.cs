namespace Monitor.Rules.RuleSets;

/// <summary>Rule sets ready to run, or everything that is wrong with them at once.</summary>
public abstract record RuleCompilation
{
    private RuleCompilation()
    {
    }

    public sealed record Compiled(CompiledRules Rules) : RuleCompilation;

    /// <param name="Diagnostics">At least one, in the order of the sets and rules.</param>
    public sealed record Rejected(IReadOnlyList<RuleDiagnostic> Diagnostics) : RuleCompilation;
}
