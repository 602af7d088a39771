namespace Monitor.Rules.Removal;

/// <summary>What the configured resolvers said when a page's host had no name. Kept with the observation.</summary>
public sealed record DnsEvidence
{
    public required DnsAnswer Answer { get; init; }

    public required int ResolversAsked { get; init; }

    /// <summary>Those that said by authority of the name's zone that there is no such name (NXDOMAIN).</summary>
    public required int ResolversAgreeing { get; init; }

    /// <summary>A resolver outside the country is among those that agree.</summary>
    public bool IncludesAbroad { get; init; }
}

public enum DnsAnswer
{
    /// <summary>Nobody knows the name, as far as anybody answered. Counts only when <see cref="DnsEvidence.ResolversAgreeing"/> is everybody.</summary>
    NoSuchName,

    /// <summary>At least one resolver knows the name: whoever says otherwise is blocked, stale or lying.</summary>
    Exists,

    /// <summary>Nobody answered anything that could be used.</summary>
    Failed,
}
