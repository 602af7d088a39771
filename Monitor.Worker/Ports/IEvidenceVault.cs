using Monitor.Rules.Hashing;

namespace Monitor.Worker.Ports;

/// <summary>
/// Sealed storage: what was taken from pages (text, bytes, media) and what people wrote in confidence.
/// Encrypted before it touches the disk; each item has a key of its own, so that destroying the key shreds the item in every copy.
/// </summary>
public interface IEvidenceVault
{
    /// <summary>Seals items; they are durable when the task ends. Ids in the order given.</summary>
    Task<IReadOnlyList<string>> SealAsync(IReadOnlyList<SealRequest> items, CancellationToken cancellation);

    Task<OpenResult> OpenAsync(string id, CancellationToken cancellation);

    /// <summary>Destroys the key of an item. False when it was destroyed already or never existed.</summary>
    Task<bool> DestroyKeyAsync(string id, CancellationToken cancellation);
}

/// <param name="Owner">Id of the target or report it belongs to; bound into the encryption as associated data.</param>
/// <param name="Kind">page, text, media, note, reply …</param>
public sealed record SealRequest(string Owner, string Kind, ReadOnlyMemory<byte> Content);

public abstract record OpenResult
{
    private OpenResult()
    {
    }

    public sealed record Opened(string Owner, string Kind, DateTimeOffset SealedAt, byte[] Content) : OpenResult;

    public sealed record NotFound : OpenResult;

    /// <summary>Key destroyed: only length and digest are left.</summary>
    public sealed record Shredded(string Owner, string Kind, long Length, Digest Sha256) : OpenResult;

    /// <summary>The bytes on disk are not what was sealed.</summary>
    public sealed record Damaged(string Problem) : OpenResult;
}
