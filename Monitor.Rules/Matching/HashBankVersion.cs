using Monitor.Rules.Hashing;

namespace Monitor.Rules.Matching;

/// <summary>One imported version of a named hash bank; the entries themselves live in a file beside the store.</summary>
public sealed record HashBankVersion : IVersioned
{
    /// <summary>"name/kind": one row per bank and kind of hash.</summary>
    public required string Id { get; init; }

    public long Version { get; init; }

    public required string Name { get; init; }

    public required HashKind Kind { get; init; }

    public required string OwnerAgency { get; init; }

    /// <summary>Counts imports, from 1.</summary>
    public required int Number { get; init; }

    public required long Entries { get; init; }

    /// <summary>What the owner says of the entries; negative: known and harmless.</summary>
    public Opinion Opinion { get; init; } = Opinion.Positive;

    /// <summary>PDQ only: bits in which a picture may differ from an entry and still be shown as like it; 0 … 31.</summary>
    public int Radius { get; init; } = DefaultRadius;

    /// <summary>Path under the data directory, with slashes.</summary>
    public required string File { get; init; }

    /// <summary>SHA-256 of the file's body: of the entries and nothing else.</summary>
    public required Digest FileDigest { get; init; }

    /// <summary>Where the list came from, in the words of whoever imported it; the file's name without its folder if they said nothing.</summary>
    public string Source { get; init; } = "";

    /// <summary>Word of the format it was read as.</summary>
    public string Format { get; init; } = "plain";

    /// <summary>How far the list reaches: the owner's word, else the first 16 hex digits of the file's SHA-256. A delta names the one it starts from.</summary>
    public string Checkpoint { get; init; } = "";

    /// <summary>The checkpoint a delta was applied to; null for a whole list.</summary>
    public string? Base { get; init; }

    public required DateTimeOffset ImportedAt { get; init; }

    public required string ImportedBy { get; init; }

    /// <summary>The reference's own threshold for "the same picture".</summary>
    public const int DefaultRadius = 31;

    public static string IdOf(string name, HashKind kind) => $"{name}/{WordOf(kind)}";

    /// <summary>The kind as it is written in ids and on the command line.</summary>
    public static string WordOf(HashKind kind) => kind switch
    {
        HashKind.Md5 => "md5",
        HashKind.Sha1 => "sha1",
        HashKind.Sha256 => "sha256",
        HashKind.Pdq => "pdq",
    };
}
