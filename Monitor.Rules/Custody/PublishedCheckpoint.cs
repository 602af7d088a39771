using System.Globalization;
using Monitor.Rules.Hashing;

namespace Monitor.Rules.Custody;

/// <summary>A checkpoint of the log as it was signed, with what others have put to it since. There is one for each size, for good.</summary>
public sealed record PublishedCheckpoint : IVersioned
{
    /// <summary>The size in twelve digits, so that ids order as sizes do.</summary>
    public required string Id { get; init; }

    public long Version { get; init; }

    /// <summary>Entries covered, from the first.</summary>
    public required long Size { get; init; }

    public required Digest Root { get; init; }

    /// <summary>Right edge of the tree at that size: the next checkpoint goes on from it.</summary>
    public required IReadOnlyList<Digest> Peaks { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>The signed note as it was first written: what the time stamp is over.</summary>
    public required string Note { get; init; }

    /// <summary>Public key that signed it, as C2SP writes keys.</summary>
    public required string Key { get; init; }

    /// <summary>The key before, which signed it too: a change of key. Null otherwise.</summary>
    public string? PreviousKey { get; init; }

    /// <summary>The whole RFC 3161 TimeStampResp over <see cref="Note"/>; null: none yet, or no authority is configured.</summary>
    public byte[]? Token { get; init; }

    /// <summary>The time in the token.</summary>
    public DateTimeOffset? TokenAt { get; init; }

    /// <summary>True when the token came long after the checkpoint: the authority was out of reach.</summary>
    public bool TokenLate { get; init; }

    /// <summary>Signature lines of witnesses.</summary>
    public IReadOnlyList<string> Cosignatures { get; init; } = [];

    /// <summary>The note with every signature.</summary>
    public string Published => Note + string.Concat(Cosignatures.Select(line => line + "\n"));

    public static string IdOf(long size) => size.ToString("D12", CultureInfo.InvariantCulture);
}
