using Monitor.Rules.RuleSets.Conditions;

namespace Monitor.Rules.RuleSets;

/// <summary>Runs the examples that rules carry with them. A rule without proof that it finds something, and spares something, and without a page of guidance, is not applied.</summary>
public static class RuleVerifier
{
    /// <returns>Every failure, in the order of the rules; empty when all rules keep what they promise.</returns>
    public static IReadOnlyList<RuleDiagnostic> Verify(CompiledRules rules)
    {
        var diagnostics = new List<RuleDiagnostic>();
        foreach (CompiledRule compiled in rules.Rules)
        {
            Rule rule = compiled.Rule;
            void Report(string code, string message, string hint, RulePlace place, string subject) =>
                diagnostics.Add(new RuleDiagnostic(code, compiled.Set.Name, rule.Id, message, hint, RuleDiagnostic.Cut(subject)) { Place = place });

            diagnostics.AddRange(Lacking(compiled.Set, rule));
            for (int i = 0; i < rule.MustMatch.Count; i++)
            {
                switch (RuleEvaluator.Judge(rules, compiled, rule.MustMatch[i].Subject))
                {
                    case Truth.NotMet:
                        Report(RuleDiagnosticCodes.MustMatchFailed, "An example for which the rule must hold does not match.", "Correct the rule or the example.", At("must-match", i), rule.MustMatch[i].Shown);
                        break;
                    case Truth.Unknown:
                        Report(RuleDiagnosticCodes.TestIncomplete, "An example cannot be judged: it is too long, or lacks a fact that the rule asks for (url, links, media, hashes, scores).", "Shorten it, or add the fact.", At("must-match", i), rule.MustMatch[i].Shown);
                        break;
                    case Truth.Met:
                        break;
                }
            }

            for (int i = 0; i < rule.MustNotMatch.Count; i++)
            {
                switch (RuleEvaluator.Judge(rules, compiled, rule.MustNotMatch[i].Subject))
                {
                    case Truth.Met:
                        Report(RuleDiagnosticCodes.MustNotMatchFailed, "An example that the rule must spare matches.", "Make the rule narrower, or correct the example.", At("must-not-match", i), rule.MustNotMatch[i].Shown);
                        break;
                    case Truth.Unknown:
                        Report(RuleDiagnosticCodes.TestIncomplete, "An example cannot be judged: it is too long, or lacks a fact that the rule asks for (url, links, media, hashes, scores).", "Shorten it, or add the fact.", At("must-not-match", i), rule.MustNotMatch[i].Shown);
                        break;
                    case Truth.NotMet:
                        break;
                }
            }
        }

        return diagnostics;
    }

    /// <summary>What an applied rule must carry with it and does not: asked of a rule that does not compile, too.</summary>
    public static IEnumerable<RuleDiagnostic> Lacking(RuleSet set, Rule rule)
    {
        if (!rule.Applied)
            yield break;
        foreach ((string field, int count) in new[] { ("must-match", rule.MustMatch.Count), ("must-not-match", rule.MustNotMatch.Count) })
        {
            if (count == 0)
                yield return new RuleDiagnostic(RuleDiagnosticCodes.TestMissing, set.Name, rule.Id, $"A rule that is applied needs at least one example in '{field}'.", "Add one, or set the status to experimental.") { Place = new RulePlace { Field = field }, Arguments = [field] };
        }

        if (string.IsNullOrWhiteSpace(rule.Guidance))
        {
            yield return new RuleDiagnostic(RuleDiagnosticCodes.GuidanceMissing, set.Name, rule.Id, "A rule that is applied needs a page of guidance: what a finding means, what to check, what else can cause it.", $"Write rulesets/guidance/{rule.Id}.md, or set the status to experimental.")
            {
                Place = new RulePlace { Field = "guidance" },
                Arguments = [rule.Id],
            };
        }
    }

    private static RulePlace At(string field, int item) => new() { Field = field, Item = item };
}
