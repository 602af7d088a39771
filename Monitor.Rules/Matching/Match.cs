namespace Monitor.Rules.Matching;

/// <summary>One media item of a page is, or looks like, an entry of a bank.</summary>
public sealed record Match
{
    public required string Bank { get; init; }

    public required string BankVersion { get; init; }

    /// <summary>The entry's label, or its hash in hex if it has none.</summary>
    public required string Entry { get; init; }

    /// <summary>The entry's hash in hex; empty in observations older than this property.</summary>
    public string Hash { get; init; } = "";

    public required HashKind Kind { get; init; }

    /// <summary>Differing bits; 0 for a digest.</summary>
    public int Distance { get; init; }

    /// <summary>PDQ only: quality of the entry's hash, 0 … 100, where its list has it.</summary>
    public int? Quality { get; init; }

    public required Opinion Opinion { get; init; }

    /// <summary>The entry matched so much that it waits for a person: shown, and a reason for nothing.</summary>
    public bool Quarantined { get; init; }

    /// <summary>Absolute URL the bytes came from; empty for a look-up without one.</summary>
    public string MediaUrl { get; init; } = "";

    /// <summary>Equal bytes, not merely like them.</summary>
    public bool IsExact => Kind != HashKind.Pdq && Distance == 0;
}
