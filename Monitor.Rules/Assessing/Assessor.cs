using Monitor.Rules.Matching;
using Monitor.Rules.RuleSets;
using Monitor.Rules.Text;

namespace Monitor.Rules.Assessing;

/// <summary>Matches and findings → category and severity, within the closed list.</summary>
public static class Assessor
{
    public static Assessment Assess(Category watched, bool danger, IReadOnlyList<Match> matches, IReadOnlyList<RuleFinding> findings)
    {
        var severity = danger ? Severity.Critical : Severity.None;
        var reasons = new List<string>();
        if (danger)
        {
            reasons.Add("report:danger");
        }

        var category = watched;
        var raised = false;
        foreach (var match in matches)
        {
            // A negative opinion says: known and harmless. A disputed one is shown, but does not raise alarm by itself.
            if (match.Opinion == Opinion.Negative)
            {
                continue;
            }

            // An entry that matched everything waits for a person; until then it is named and raises nothing.
            if (match.Quarantined)
            {
                Add(reasons, $"quarantined:{match.Bank}");
                continue;
            }

            raised = true;
            var harmless = matches.FirstOrDefault(other => other.MediaUrl == match.MediaUrl && KnownMaterial.Contradicts(other));
            severity = Max(severity, KnownMaterial.Confirms(match) && harmless is null ? Severity.Critical : Severity.Medium);
            Add(reasons, $"bank:{match.Bank}");
            if (harmless is not null)
            {
                Add(reasons, $"contradicted:{harmless.Bank}");
            }
        }

        var strongest = Severity.None;
        foreach (var finding in findings)
        {
            // A rule on trial is recorded with what was seen and weighs nothing.
            if (finding.Trial)
            {
                continue;
            }

            var level = finding.RuleStrength == Strength.Weak ? Lower(finding.Severity) : finding.Severity;
            if (level > strongest)
            {
                strongest = level;
                category = raised ? category : finding.Category;
            }

            Add(reasons, $"rule:{finding.RuleSet}/{finding.RuleId}");
        }

        // Words alone are never as grave as known material.
        severity = Max(severity, strongest == Severity.Critical ? Severity.High : strongest);
        return new Assessment(category, severity, reasons);
    }

    private static void Add(List<string> reasons, string reason)
    {
        if (reasons.Count < 50 && !reasons.Contains(reason))
        {
            reasons.Add(reason);
        }
    }

    private static Severity Max(Severity a, Severity b) => a > b ? a : b;

    private static Severity Lower(Severity severity) => severity > Severity.Low ? severity - 1 : severity;
}
