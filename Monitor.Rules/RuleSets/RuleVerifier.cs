namespace Monitor.Rules.RuleSets;

/// <summary>Runs the texts that rules carry with them. A rule without proof that it finds something, and spares something, is not enabled.</summary>
public static class RuleVerifier
{
    /// <returns>Every failure, in the order of the rules; empty when all rules keep what they promise.</returns>
    public static IReadOnlyList<RuleDiagnostic> Verify(CompiledRules rules)
    {
        var diagnostics = new List<RuleDiagnostic>();
        foreach (CompiledRule compiled in rules.Rules)
        {
            Rule rule = compiled.Rule;
            void Report(string code, string message, string hint, string? subject = null) =>
                diagnostics.Add(new RuleDiagnostic(code, compiled.Set.Name, rule.Id, message, hint, subject is { Length: > 120 } ? subject[..120] : subject));

            if (rule.Status == RuleStatus.Enabled && (rule.MustMatch.Count == 0 || rule.MustNotMatch.Count == 0))
            {
                string missing = rule.MustMatch.Count == 0 ? "mustMatch" : "mustNotMatch";
                Report(RuleDiagnosticCodes.TestMissing, $"An enabled rule needs at least one text in '{missing}'.", "Add one, or set the status to draft.");
            }

            foreach (string text in rule.MustMatch)
            {
                if (!Holds(rules, rule, text, out bool complete))
                {
                    Report(
                        complete ? RuleDiagnosticCodes.MustMatchFailed : RuleDiagnosticCodes.TestIncomplete,
                        complete ? "A text in which the rule must be found does not match." : "A text is too long, or costs too much, to be judged whole.",
                        complete ? "Correct the rule or the text." : "Shorten the text.",
                        text);
                }
            }

            foreach (string text in rule.MustNotMatch)
            {
                if (Holds(rules, rule, text, out bool complete))
                    Report(RuleDiagnosticCodes.MustNotMatchFailed, "A text that the rule must spare matches.", "Make the rule narrower, or correct the text.", text);
                else if (!complete)
                    Report(RuleDiagnosticCodes.TestIncomplete, "A text is too long, or costs too much, to be judged whole.", "Shorten the text.", text);
            }
        }

        return diagnostics;
    }

    private static bool Holds(CompiledRules rules, Rule rule, string text, out bool complete)
    {
        RuleEvaluation evaluation = RuleEvaluator.Evaluate(rules, text, RuleEvaluatorLimits.Default, drafts: true);
        complete = evaluation.Complete;
        foreach (RuleFinding finding in evaluation)
        {
            if (finding.RuleId == rule.Id)
                return true;
        }

        return false;
    }
}
