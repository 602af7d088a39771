namespace Monitor.Worker.Settings;

/// <summary>Whom to ask before "there is no such name" means anything.</summary>
public sealed record DnsSettings
{
    /// <summary>"ip" or "ip:port". Empty: the system's resolvers.</summary>
    public IReadOnlyList<string> Resolvers { get; init; } = [];

    /// <summary>Resolvers outside the country, asked as well: a name blocked at home still has an address there.</summary>
    public IReadOnlyList<string> AbroadResolvers { get; init; } = [];

    /// <summary>For the answer of one resolver; asked once more when none comes.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(3);

    public bool Equals(DnsSettings? other) =>
        other is not null && Timeout == other.Timeout && Resolvers.SequenceEqual(other.Resolvers) && AbroadResolvers.SequenceEqual(other.AbroadResolvers);

    public override int GetHashCode() => HashCode.Combine(Timeout, Resolvers.Count, AbroadResolvers.Count);
}
