using Monitor.Rules.RuleSets.Conditions;

namespace Monitor.Rules.RuleSets;

/// <summary>What became of each rule from one version of a set to another.</summary>
public static class RuleSetDiff
{
    /// <param name="before">Null: there was no such set.</param>
    /// <returns>Rules that changed, in the order of the newer set; those that went come last.</returns>
    public static IReadOnlyList<RuleChange> Between(RuleSet? before, RuleSet after)
    {
        Dictionary<string, Rule> old = (before?.Rules ?? []).ToDictionary(rule => rule.Id, StringComparer.OrdinalIgnoreCase);
        var changes = new List<RuleChange>();
        foreach (Rule rule in after.Rules)
        {
            if (!old.Remove(rule.Id, out Rule? former))
                changes.Add(new RuleChange(RuleChangeKind.Added, null, rule, []));
            else if (Fields(former, rule) is { Count: > 0 } fields)
                changes.Add(new RuleChange(fields.Contains("condition") ? RuleChangeKind.Logic : RuleChangeKind.Header, former, rule, fields));
        }

        changes.AddRange((before?.Rules ?? []).Where(rule => old.ContainsKey(rule.Id)).Select(rule => new RuleChange(RuleChangeKind.Removed, rule, null, [])));
        return changes;
    }

    /// <summary>Warnings about a set whose predecessor is known: other logic under the same id, other content under the same version.</summary>
    public static IReadOnlyList<RuleDiagnostic> Warnings(RuleSet before, RuleSet after)
    {
        var warnings = new List<RuleDiagnostic>();
        if (before.Digest == after.Digest)
            return warnings;
        if (before.Version == after.Version)
        {
            warnings.Add(new RuleDiagnostic(RuleDiagnosticCodes.SameVersionOtherContent, after.Name, null, $"The content differs from the stored version '{before.Version}', but the version is the same.", "Raise 'version'.")
            {
                Severity = DiagnosticSeverity.Warning,
                Arguments = [before.Version],
            });
        }

        foreach (RuleChange change in Between(before, after).Where(change => change.Kind == RuleChangeKind.Logic))
        {
            warnings.Add(new RuleDiagnostic(RuleDiagnosticCodes.SameIdOtherLogic, after.Name, change.After!.Id, $"The condition differs from that of the stored version {before.QuotedVersion}, but the id is the same.", "Give it a new id and name the old one under 'related' (type: derived or obsolete).")
            {
                Severity = DiagnosticSeverity.Warning,
                Place = new RulePlace { Field = "id" },
                Arguments = [before.QuotedVersion],
            });
        }

        return warnings;
    }

    private static List<string> Fields(Rule before, Rule after)
    {
        var fields = new List<string>();
        void Compare<T>(string name, T one, T other)
        {
            if (!EqualityComparer<T>.Default.Equals(one, other))
                fields.Add(name);
        }

        Compare("condition", ConditionText.LogicDigest(before.Condition), ConditionText.LogicDigest(after.Condition));
        Compare("status", before.Status, after.Status);
        Compare("level", before.Severity, after.Severity);
        Compare("category", before.Category, after.Category);
        Compare("title", before.Title, after.Title);
        Compare("description", before.Description, after.Description);
        Compare("author", before.Author, after.Author);
        Compare("date", before.Date, after.Date);
        Compare("modified", before.Modified, after.Modified);
        Compare("references", string.Join('\n', before.References), string.Join('\n', after.References));
        Compare("falsepositives", string.Join('\n', before.FalsePositives), string.Join('\n', after.FalsePositives));
        Compare("related", string.Join('\n', before.Related), string.Join('\n', after.Related));
        Compare("must-match", string.Join('\n', before.MustMatch.Select(example => example.Shown)), string.Join('\n', after.MustMatch.Select(example => example.Shown)));
        Compare("must-not-match", string.Join('\n', before.MustNotMatch.Select(example => example.Shown)), string.Join('\n', after.MustNotMatch.Select(example => example.Shown)));
        Compare("guidance", before.Guidance, after.Guidance);
        return fields;
    }
}

/// <param name="Fields">Keys of the rule that differ, the weightiest first; empty for added and removed ones.</param>
public sealed record RuleChange(RuleChangeKind Kind, Rule? Before, Rule? After, IReadOnlyList<string> Fields)
{
    public string RuleId => (After ?? Before)!.Id;
}

public enum RuleChangeKind
{
    Added,
    Removed,

    /// <summary>The condition differs.</summary>
    Logic,

    /// <summary>Only what stands around the condition differs.</summary>
    Header,
}
