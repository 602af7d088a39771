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

    /// <summary>
    /// Opens an item into a stream, a chunk at a time, so that its size costs no memory. What it gives back bears the first chunk as content. Where
    /// that is not <see cref="OpenResult.Opened"/>, what was written is part of it at most: ask once with <see cref="Stream.Null"/> where that must not be.
    /// </summary>
    Task<OpenResult> CopyAsync(string id, Stream to, CancellationToken cancellation);

    /// <summary>
    /// Destroys the keys of items: of their content nothing remains in any copy of the segments. All of them or none: a hold on the owner of one is looked for
    /// in the same write. Durable when the task ends.
    /// </summary>
    Task<ShredResult> ShredAsync(IReadOnlyList<string> ids, CancellationToken cancellation);

    /// <summary>Nothing of this owner is shredded while a hold stands, also what is sealed later. Placing one twice is placing it once.</summary>
    /// <param name="hold">Id of the order it stands on.</param>
    Task HoldAsync(string owner, string hold, CancellationToken cancellation);

    /// <summary>Lifts one hold; others of the owner stand.</summary>
    Task ReleaseAsync(string owner, string hold, CancellationToken cancellation);

    /// <summary>Every hold that stands.</summary>
    Task<IReadOnlyList<VaultHold>> HoldsAsync(CancellationToken cancellation);

    /// <summary>What was ever sealed for an owner, shredded items too, in the order of sealing.</summary>
    Task<IReadOnlyList<VaultItem>> ItemsOfAsync(string owner, CancellationToken cancellation);
}

/// <param name="Hold">Id of the order it stands on.</param>
public sealed record VaultHold(string Owner, string Hold);

/// <summary>An item without its content.</summary>
/// <param name="Length">Bytes of the content.</param>
/// <param name="Sha256">Of the content.</param>
public sealed record VaultItem(string Id, string Owner, string Kind, DateTimeOffset SealedAt, long Length, Digest Sha256, bool Shredded);

public abstract record ShredResult
{
    private ShredResult()
    {
    }

    /// <param name="Items">Those whose keys were destroyed now; what was shredded before, or never existed, is not among them.</param>
    public sealed record Done(IReadOnlyList<VaultItem> Items) : ShredResult;

    /// <summary>Nothing was destroyed.</summary>
    public sealed record Held(IReadOnlyList<VaultHold> Holds) : ShredResult;
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
