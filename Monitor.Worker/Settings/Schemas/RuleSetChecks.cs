using Monitor.Worker.Settings.Problems;

namespace Monitor.Worker.Settings.Schemas;

internal static class RuleSetChecks
{
    public static void Report(IReadOnlyList<PlacedRuleSet> sets, ProblemSink sink)
    {
        _ = sets; _ = sink;
    }
}
