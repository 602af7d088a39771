using Monitor.Rules.Hashing;

namespace Monitor.Rules.Matching;

/// <summary>One imported version of a named hash bank; the entries themselves live in a file beside the store.</summary>
public sealed record HashBankVersion : IVersioned
{
    /// <summary>"name/kind": one row per bank and digest kind.</summary>
    public required string Id { get; init; }

    public long Version { get; init; }

    public required string Name { get; init; }

    public required DigestKind Kind { get; init; }

    public required string OwnerAgency { get; init; }

    /// <summary>Counts imports, from 1.</summary>
    public required int Number { get; init; }

    public required int Entries { get; init; }

    /// <summary>What the owner says of the entries; negative: known and harmless.</summary>
    public Opinion Opinion { get; init; } = Opinion.Positive;

    /// <summary>File name under the data directory.</summary>
    public required string File { get; init; }

    public required Digest FileDigest { get; init; }

    public required DateTimeOffset ImportedAt { get; init; }

    public required string ImportedBy { get; init; }
}
