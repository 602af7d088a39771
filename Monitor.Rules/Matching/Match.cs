namespace Monitor.Rules.Matching;

/// <summary>One media item of a page is, or looks like, an entry of a bank.</summary>
public sealed record Match
{
    public required string Bank { get; init; }

    public required string BankVersion { get; init; }

    /// <summary>The entry's label, or its number in the bank ("#12") if it has none.</summary>
    public required string Entry { get; init; }

    public required HashKind Kind { get; init; }

    /// <summary>Differing bits; 0 for a digest.</summary>
    public int Distance { get; init; }

    public required Opinion Opinion { get; init; }

    /// <summary>Absolute URL the bytes came from; empty for a look-up without one.</summary>
    public string MediaUrl { get; init; } = "";
}
