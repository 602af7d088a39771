namespace Monitor.Rules.RuleSets;

/// <summary>Rules that are released together, under one version that findings quote.</summary>
public sealed record RuleSet
{
    /// <summary>Slug; unique.</summary>
    public required string Name { get; init; }

    public required string Version { get; init; }

    public string Title { get; init; } = "";

    public IReadOnlyList<Rule> Rules { get; init; } = [];
}
