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
        IReadOnlyList<RuleDiagnostic> faults = Judge(all);
        foreach (RuleDiagnostic diagnostic in lint ? [.. faults, .. Lint(all, faults)] : faults)
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

    private static IReadOnlyList<RuleDiagnostic> Judge(IReadOnlyList<RuleSet> sets)
    {
        switch (RuleCompiler.Compile(sets))
        {
            case RuleCompilation.Compiled compiled:
                return RuleVerifier.Verify(compiled.Rules);
            case RuleCompilation.Rejected rejected:
                // One faulty rule must not hide that another one breaks its promises.
                var faulty = rejected.Diagnostics.Select(diagnostic => (diagnostic.RuleSet, diagnostic.RuleId)).ToHashSet();
                RuleSet[] good = [.. sets.Where(set => !faulty.Contains((set.Name, null))).Select(set => set with { Rules = [.. set.Rules.Where(rule => !faulty.Contains((set.Name, rule.Id)))] })];
                return
                [
                    .. rejected.Diagnostics,
                    .. sets.SelectMany(set => set.Rules.Where(rule => faulty.Contains((set.Name, rule.Id))).SelectMany(rule => RuleVerifier.Lacking(set, rule))),
                    .. Judge(good),
                ];
            default:
                throw new InvalidOperationException("a compilation is either compiled or rejected");
        }
    }

    /// <summary>Faulty rules are linted too, unless they are too large to be walked; an empty condition is said to be empty and not also impossible.</summary>
    private static IEnumerable<RuleDiagnostic> Lint(IReadOnlyList<RuleSet> sets, IReadOnlyList<RuleDiagnostic> faults)
    {
        HashSet<string?> tooLarge = [.. faults.Where(fault => fault.Code == RuleDiagnosticCodes.TooLarge).Select(fault => fault.RuleId)];
        HashSet<string?> empty = [.. faults.Where(fault => fault.Code is RuleDiagnosticCodes.EmptyCondition or RuleDiagnosticCodes.BadCount).Select(fault => fault.RuleId)];
        return RuleLinter.Lint([.. sets.Select(set => set with { Rules = [.. set.Rules.Where(rule => !tooLarge.Contains(rule.Id))] })])
            .Where(warning => warning.Code != RuleDiagnosticCodes.Unsatisfiable || !empty.Contains(warning.RuleId));
    }
}
