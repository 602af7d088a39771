using Monitor.Rules.RuleSets;
using Monitor.Rules.RuleSets.Linting;
using Monitor.Worker.Settings.Problems;

namespace Monitor.Worker.Settings.Schemas;

/// <summary>Has the rules judge themselves (compiler, then the examples they carry, then the linter) and puts each fault where it stands in its file.</summary>
internal static class RuleSetChecks
{
    /// <param name="lint">Say as well what is allowed but probably not meant.</param>
    /// <param name="taken">Sets that these stand beside and that were judged elsewhere; nothing is said of them.</param>
    public static void Report(IReadOnlyList<PlacedRuleSet> sets, bool lint, IReadOnlyList<RuleSet>? taken = null)
    {
        var bySet = new Dictionary<string, PlacedRuleSet>(StringComparer.Ordinal);
        foreach (PlacedRuleSet placed in sets)
            bySet.TryAdd(placed.Set.Name, placed);
        List<RuleSet> all = [.. bySet.Values.Select(placed => placed.Set), .. (taken ?? []).Where(set => !bySet.ContainsKey(set.Name))];
        foreach (RuleDiagnostic diagnostic in Judge(all, lint))
        {
            if (bySet.TryGetValue(diagnostic.RuleSet, out PlacedRuleSet? placed))
                Report(placed, diagnostic);
        }
    }

    public static void Report(PlacedRuleSet placed, RuleDiagnostic diagnostic) => placed.File.Report(
        placed.Find(diagnostic.RuleId, diagnostic.Place),
        diagnostic.Code,
        RuleDiagnosticText.Message(diagnostic),
        RuleDiagnosticText.Hint(diagnostic),
        diagnostic.Suggestion,
        diagnostic.Severity == DiagnosticSeverity.Error ? ProblemSeverity.Error : ProblemSeverity.Warning);

    private static IReadOnlyList<RuleDiagnostic> Judge(IReadOnlyList<RuleSet> sets, bool lint)
    {
        switch (RuleCompiler.Compile(sets))
        {
            case RuleCompilation.Compiled compiled:
                return [.. RuleVerifier.Verify(compiled.Rules), .. lint ? RuleLinter.Lint(sets) : []];
            case RuleCompilation.Rejected rejected:
                // One faulty set must not hide that another one breaks its promises.
                HashSet<string> faulty = [.. rejected.Diagnostics.Select(diagnostic => diagnostic.RuleSet)];
                RuleSet[] good = [.. sets.Where(set => !faulty.Contains(set.Name))];
                return good.Length == 0 ? rejected.Diagnostics : [.. rejected.Diagnostics, .. Judge(good, lint)];
            default:
                throw new InvalidOperationException("a compilation is either compiled or rejected");
        }
    }
}
