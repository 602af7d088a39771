namespace Monitor.Rules.Matching;

/// <summary>A named hash list as one agency supplied it, in one version. The entries themselves live in an index.</summary>
public sealed record HashBank
{
    public required string Name { get; init; }

    /// <summary>Identifier of the agency that answers for the list.</summary>
    public required string Owner { get; init; }

    /// <summary>As the owner numbers it; a new delivery is a new version.</summary>
    public required string Version { get; init; }

    public required HashKind Kind { get; init; }

    /// <summary>Distinct entries.</summary>
    public int Entries { get; init; }
}
