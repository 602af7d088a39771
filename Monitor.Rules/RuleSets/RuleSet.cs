namespace Monitor.Rules.RuleSets;

/// <summary>Rules that are released together, under one version that findings quote.</summary>
public sealed record RuleSet
{
    /// <summary>Slug; unique.</summary>
    public required string Name { get; init; }

    /// <summary>As its authors count.</summary>
    public required string Version { get; init; }

    public string Title { get; init; } = "";

    /// <summary>SHA-256 (lower hex) of what the set was read from, guidance included; empty for a set that was never in a file.</summary>
    public string Digest { get; init; } = "";

    public IReadOnlyList<Rule> Rules { get; init; } = [];

    /// <summary>Version and beginning of the digest ("3+9f86d081884c"): the same only for the same content, whatever its authors counted.</summary>
    public string QuotedVersion => Digest.Length < 12 ? Version : $"{Version}+{Digest[..12]}";
}
