using System.Security.Cryptography;
using LiteDB;
using Monitor.Rules.Hashing;
using Monitor.Worker.LiteStore;
using Monitor.Worker.Ports;
using Monitor.Worker.Storage;

namespace Monitor.Worker.Evidence;

/// <summary>
/// Sealed storage in the folder "vault" of the data directory. Content is encrypted under a key of its own per item
/// (<see cref="ItemCipher"/>) and appended to "segments/NNNNNN.seg"; that key, wrapped under the installation's key, lies in "keys.db" with
/// where the item is. Sealing writes the segment first and the key second: a crash between leaves bytes nobody can read.
/// Only ciphertext is ever written.
/// </summary>
/// <remarks>
/// A destroyed key is overwritten in place and folded out of the log at once. Copies of "keys.db" made earlier still hold it: keep fewer
/// of those than of the segments, and for as short a time as the deadline for destruction allows.
/// </remarks>
public sealed partial class SealedVault : IEvidenceVault, IVaultKeys, IAsyncDisposable
{
    /// <summary>Folder under the data directory.</summary>
    public const string Folder = "vault";

    public const string KeyStoreName = "keys.db";

    public const string SegmentFolder = "segments";

    internal const string Items = "items";

    private const int Format = 1;
    private const string Holds = "holds";
    private const string ByOwner = "$.o = @0";
    private const string Meta = "meta";
    private const string CheckId = "key-check";

    private readonly DataDirectory _directory;
    private readonly LiteFile _keys;
    private readonly WriteGate _gate;
    private readonly SegmentFiles _segments;
    private readonly VaultKeys _vaultKeys;
    private readonly VaultOptions _options;
    private readonly TimeProvider _time;
    private int _disposed;

    private SealedVault(DataDirectory directory, LiteFile keys, SegmentFiles segments, VaultKeys vaultKeys, string keyFile, VaultOptions options, TimeProvider time)
    {
        KeyFile = keyFile;
        _directory = directory;
        _keys = keys;
        _segments = segments;
        _vaultKeys = vaultKeys;
        _options = options;
        _time = time;
        _gate = new WriteGate(keys, "vault keys", new WriteGateOptions { GroupSize = 128, CheckpointBytes = 8 * 1024 * 1024 }, new NoState());
    }

    /// <summary>The vault's own folder.</summary>
    public string Path => _directory.Path;

    /// <summary>The key in use; empty when it was given in the environment.</summary>
    public string KeyFile { get; }

    /// <param name="dataDirectory">The vault lies in its folder "vault".</param>
    public static Task<VaultOpening> OpenAsync(string dataDirectory, TimeProvider time, VaultOptions? options = null) =>
        Task.Run(() => Open(dataDirectory, time, options ?? new VaultOptions()));

    public async Task<IReadOnlyList<string>> SealAsync(IReadOnlyList<SealRequest> items, CancellationToken cancellation)
    {
        ObjectDisposedException.ThrowIf(Volatile.Read(ref _disposed) != 0, this);
        if (items.Count == 0)
            return [];
        var sealing = new Task<BsonDocument>[items.Count];
        for (var i = 0; i < items.Count; i++)
            sealing[i] = SealOneAsync(items[i], cancellation);
        var documents = await Task.WhenAll(sealing);

        // One transaction for all of them: either every id given back opens, or none was kept.
        await _gate.RunAsync(
            turn =>
            {
                turn.Wrote = true;
                turn.Database.GetCollection(Items).Insert(documents);
                return true;
            },
            cancellation);
        return [.. documents.Select(document => document["_id"].AsString)];
    }

    public Task<OpenResult> OpenAsync(string id, CancellationToken cancellation) => Task.Run(() => WholeAsync(id, cancellation), cancellation);

    public Task<OpenResult> CopyAsync(string id, Stream to, CancellationToken cancellation) => Task.Run(() => IntoAsync(id, to, cancellation), cancellation);

    public Task<ShredResult> ShredAsync(IReadOnlyList<string> ids, CancellationToken cancellation) =>
        _gate.RunAsync<ShredResult>(
            turn =>
            {
                var items = turn.Database.GetCollection(Items);
                var found = ids.Where(id => id.Length > 0).Distinct(StringComparer.Ordinal).Select(id => items.FindById(id)).Where(item => item is not null && !item["x"].AsBoolean).ToList();
                var holds = found.Select(item => item["o"].AsString).Distinct(StringComparer.Ordinal).SelectMany(owner => HoldsOf(turn.Database, owner)).ToList();
                if (holds.Count > 0)
                    return new ShredResult.Held(holds);
                foreach (var item in found)
                {
                    // The same length, so that the engine writes the zeros where the key stood; the checkpoint takes it out of the log.
                    item["w"] = new byte[ItemCipher.WrappedLength];
                    item["x"] = true;
                    turn.Wrote = true;
                    turn.CheckpointWanted = true;
                    items.Update(item);
                }

                return new ShredResult.Done([.. found.Select(Described)]);
            },
            cancellation);

    public Task HoldAsync(string owner, string hold, CancellationToken cancellation) => ChangeHoldsAsync(owner, holds => holds.Contains(hold) ? null : [.. holds, hold], cancellation);

    public Task ReleaseAsync(string owner, string hold, CancellationToken cancellation) => ChangeHoldsAsync(owner, holds => holds.Contains(hold) ? [.. holds.Where(one => one != hold)] : null, cancellation);

    public Task<IReadOnlyList<VaultHold>> HoldsAsync(CancellationToken cancellation) => Task.Run<IReadOnlyList<VaultHold>>(
        () =>
        {
            ObjectDisposedException.ThrowIf(Volatile.Read(ref _disposed) != 0, this);
            return [.. _keys.Database.GetCollection(Holds).FindAll().SelectMany(row => row["h"].AsArray.Select(hold => new VaultHold(row["_id"].AsString, hold.AsString)))];
        },
        cancellation);

    public Task<IReadOnlyList<VaultItem>> ItemsOfAsync(string owner, CancellationToken cancellation) => Task.Run<IReadOnlyList<VaultItem>>(
        () =>
        {
            ObjectDisposedException.ThrowIf(Volatile.Read(ref _disposed) != 0, this);
            return [.. _keys.Database.GetCollection(Items).Query().Where(ByOwner, owner).ToEnumerable().Select(Described).Where(item => item.Owner == owner).OrderBy(item => item.SealedAt).ThenBy(item => item.Id, StringComparer.Ordinal)];
        },
        cancellation);

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
            return;
        await _segments.DisposeAsync();
        await _gate.DisposeAsync();
        _keys.Dispose();
        _vaultKeys.Dispose();
        _rotating.Dispose();
        _directory.Dispose();
    }

    /// <summary>Copies the key store as one consistent state; whatever it refers to is in the segments already.</summary>
    internal async Task CopyKeysAsync(string destination, CancellationToken cancellation) =>
        await _gate.RunAloneAsync(
            turn =>
            {
                turn.Database.Checkpoint();
                turn.File.CopyTo(destination);
                return true;
            },
            cancellation);

    private static VaultOpening Open(string dataDirectory, TimeProvider time, VaultOptions options)
    {
        var directory = System.IO.Path.Combine(dataDirectory, Folder);
        if (DataDirectory.TryLock(directory) is not { } owned)
            return new VaultOpening.AlreadyOwned(directory);

        LiteFile? keys = null;
        VaultKeys? vaultKeys = null;
        var opened = false;
        try
        {
            keys = LiteFile.TryOpen(System.IO.Path.Combine(directory, KeyStoreName), out var problem);
            if (keys is null)
                return new VaultOpening.Damaged(problem);
            var meta = keys.Database.GetCollection(Meta);
            var check = meta.FindById(CheckId);
            if (check is not null && check["n"].AsInt32 > Format)
                return new VaultOpening.TooNew(check["n"].AsInt32, Format);

            var given = options.KeyFile is null ? Environment.GetEnvironmentVariable(VaultOptions.KeyVariable) : null;
            var keyFile = string.IsNullOrWhiteSpace(given) ? VaultKeyFile.PathFor(dataDirectory, options) : "";
            var interrupted = keyFile.Length > 0 && File.Exists(SecretKeyFile.Next(keyFile));
            var create = keyFile.Length > 0 && !File.Exists(keyFile) && !interrupted;
            if (create && check is not null)
                return new VaultOpening.KeyMissing(keyFile);
            var nextCheck = meta.FindById(NextCheckId);
            if (interrupted && VaultKeyFile.Settle(keyFile, check?["w"].AsBinary, nextCheck?["w"].AsBinary))
                interrupted = false;
            var key = keyFile.Length == 0 ? VaultKeyFile.TryParse(given!, out problem) : create ? SecretKeyFile.Create(keyFile) : VaultKeyFile.TryRead(keyFile, out problem);
            if (key is null)
                return new VaultOpening.KeyUnreadable(keyFile.Length == 0 ? VaultOptions.KeyVariable : keyFile, problem);
            if (check is not null && !VaultKeys.Passes(key, check["w"].AsBinary))
                return new VaultOpening.WrongKey(keyFile.Length == 0 ? VaultOptions.KeyVariable : keyFile);

            vaultKeys = new VaultKeys(key);
            if (keys.Database.CheckpointSize != 0)
                keys.Database.CheckpointSize = 0;
            keys.Database.GetCollection(Items).EnsureIndex("o", "$.o");
            if (check is null)
            {
                if (keys.Database.GetCollection(Items).Count() > 0)
                    return new VaultOpening.Damaged("items without a key check");
                meta.Insert(new BsonDocument { ["_id"] = CheckId, ["n"] = Format, ["w"] = vaultKeys.Check() });
                keys.Database.Checkpoint();
            }
            else if (interrupted)
            {
                // The change of key goes on when it is asked for again; meanwhile both keys open what stands under them.
                if (VaultKeyFile.TryRead(SecretKeyFile.Next(keyFile), out problem) is not { } next)
                    return new VaultOpening.KeyUnreadable(SecretKeyFile.Next(keyFile), problem);
                vaultKeys.Begin(next);
            }

            var segments = SegmentFiles.Open(System.IO.Path.Combine(directory, SegmentFolder), options);
            opened = true;
            return new VaultOpening.Opened(new SealedVault(owned, keys, segments, vaultKeys, keyFile, options, time), keyFile, create, keyFile.Length > 0 && VaultKeyFile.IsExposed(keyFile));
        }
        catch (Exception failure) when (failure is LiteException or InvalidCastException or NullReferenceException)
        {
            return new VaultOpening.Damaged(failure.Message);
        }
        finally
        {
            if (!opened)
            {
                vaultKeys?.Dispose();
                keys?.Dispose();
                owned.Dispose();
            }
        }
    }

    private Task<bool> ChangeHoldsAsync(string owner, Func<IReadOnlyList<string>, IReadOnlyList<string>?> change, CancellationToken cancellation) =>
        _gate.RunAsync(
            turn =>
            {
                var rows = turn.Database.GetCollection(Holds);
                if (change([.. HoldsOf(turn.Database, owner).Select(one => one.Hold)]) is not { } changed)
                    return false;
                turn.Wrote = true;
                if (changed.Count == 0)
                    rows.Delete(owner);
                else
                    rows.Upsert(new BsonDocument { ["_id"] = owner, ["h"] = new BsonArray(changed.Select(hold => new BsonValue(hold))) });
                return true;
            },
            cancellation);

    private static IEnumerable<VaultHold> HoldsOf(LiteDatabase database, string owner) =>
        database.GetCollection(Holds).FindById(owner)?["h"].AsArray.Select(hold => new VaultHold(owner, hold.AsString)) ?? [];

    private static VaultItem Described(BsonDocument item) => new(
        item["_id"].AsString,
        item["o"].AsString,
        item["k"].AsString,
        DateTimeOffset.FromUnixTimeMilliseconds(item["at"].AsInt64),
        item["l"].AsInt64,
        Digest.FromBytes(DigestKind.Sha256, item["h"].AsBinary),
        item["x"].AsBoolean);

    private async Task<BsonDocument> SealOneAsync(SealRequest request, CancellationToken cancellation)
    {
        var id = NewId();
        var chunkBytes = _options.ChunkBytes;
        var sealedAt = _time.GetUtcNow().ToUnixTimeMilliseconds();
        var binding = ItemCipher.Binding(id, request.Owner, request.Kind, sealedAt, request.Content.Length, chunkBytes);
        var key = RandomNumberGenerator.GetBytes(ItemCipher.KeyLength);
        var prefix = RandomNumberGenerator.GetBytes(ItemCipher.NoncePrefixLength);
        try
        {
            var place = await _segments.AppendAsync(new SegmentFiles.SealedItem(request.Content, key, prefix, binding, chunkBytes), cancellation);
            var wrapped = _vaultKeys.Wrap(key, binding);
            return new BsonDocument
            {
                ["_id"] = id,
                ["o"] = request.Owner,
                ["k"] = request.Kind,
                ["at"] = sealedAt,
                ["l"] = (long)request.Content.Length,
                ["c"] = chunkBytes,
                ["h"] = SHA256.HashData(request.Content.Span),
                ["s"] = place.Segment,
                ["p"] = place.Position,
                ["r"] = prefix,
                ["w"] = wrapped,
                ["x"] = false,
            };
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }
    }

    /// <summary>Gets a chunk of an item, authenticated, in order; the memory is used again for the next.</summary>
    private delegate ValueTask ChunkTaker(long length, int from, ReadOnlyMemory<byte> chunk);

    private async Task<OpenResult> WholeAsync(string id, CancellationToken cancellation)
    {
        byte[]? content = null;
        var end = await WalkAsync(
            id,
            (length, from, chunk) =>
            {
                // The first chunk proved that the bytes are there before memory for all of them is taken.
                content ??= new byte[length];
                chunk.CopyTo(content.AsMemory(from));
                return ValueTask.CompletedTask;
            },
            cancellation);
        return end is OpenResult.Opened opened ? opened with { Content = content! } : end;
    }

    private async Task<OpenResult> IntoAsync(string id, Stream to, CancellationToken cancellation)
    {
        byte[]? first = null;
        var end = await WalkAsync(
            id,
            (_, _, chunk) =>
            {
                first ??= chunk.ToArray();
                return to.WriteAsync(chunk, cancellation);
            },
            cancellation);
        return end is OpenResult.Opened opened ? opened with { Content = first! } : end;
    }

    /// <summary>Opened without content: each chunk went to <paramref name="take"/>, and all of them are what was sealed.</summary>
    private async Task<OpenResult> WalkAsync(string id, ChunkTaker take, CancellationToken cancellation)
    {
        ObjectDisposedException.ThrowIf(Volatile.Read(ref _disposed) != 0, this);
        if (id.Length == 0 || _keys.Database.GetCollection(Items).FindById(id) is not { } item)
            return new OpenResult.NotFound();

        var owner = item["o"].AsString;
        var kind = item["k"].AsString;
        var length = item["l"].AsInt64;
        var digest = Digest.FromBytes(DigestKind.Sha256, item["h"].AsBinary);
        if (item["x"].AsBoolean)
            return new OpenResult.Shredded(owner, kind, length, digest);

        var chunkBytes = item["c"].AsInt32;
        if (length < 0 || length > Array.MaxLength || chunkBytes <= 0)
            return new OpenResult.Damaged("its length is not one that can be");
        var binding = Binding(item);
        var key = new byte[ItemCipher.KeyLength];
        if (!_vaultKeys.TryUnwrap(item["w"].AsBinary, binding, key))
            return new OpenResult.Damaged("its key, or what it is bound to, was changed");

        using var cipher = new AesGcm(key, ItemCipher.TagLength);
        CryptographicOperations.ZeroMemory(key);

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var largest = (int)Math.Min(chunkBytes, length);
        var sealedChunk = new byte[largest + ItemCipher.TagLength];
        var plain = new byte[largest];
        try
        {
            var position = item["p"].AsInt64;
            var chunks = ItemCipher.Chunks(length, chunkBytes);
            for (var i = 0; i < chunks; i++)
            {
                cancellation.ThrowIfCancellationRequested();
                var from = i * chunkBytes;
                var size = (int)Math.Min(chunkBytes, length - from);
                var (bytes, chunk) = (sealedChunk.AsMemory(0, size + ItemCipher.TagLength), plain.AsMemory(0, size));
                if (!_segments.TryRead(item["s"].AsInt32, position, bytes.Span))
                    return new OpenResult.Damaged($"segment {SegmentFiles.FileName(item["s"].AsInt32)} ends before chunk {i + 1} of {chunks}");
                if (!ItemCipher.TryOpenChunk(cipher, item["r"].AsBinary, binding, i, i == chunks - 1, bytes.Span, chunk.Span))
                    return new OpenResult.Damaged($"chunk {i + 1} of {chunks} in segment {SegmentFiles.FileName(item["s"].AsInt32)} is not what was sealed");
                hash.AppendData(chunk.Span);
                await take(length, from, chunk);
                position += bytes.Length;
            }
        }
        finally
        {
            CryptographicOperations.ZeroMemory(plain);
        }

        return Digest.FromBytes(DigestKind.Sha256, hash.GetHashAndReset()) == digest
            ? new OpenResult.Opened(owner, kind, DateTimeOffset.FromUnixTimeMilliseconds(item["at"].AsInt64), [])
            : new OpenResult.Damaged("its digest was changed");
    }

    /// <summary>"V" and 26 characters of Crockford's base 32: 130 random bits.</summary>
    private static string NewId()
    {
        const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
        Span<byte> random = stackalloc byte[26];
        RandomNumberGenerator.Fill(random);
        Span<char> id = stackalloc char[27];
        id[0] = 'V';
        for (var i = 0; i < random.Length; i++)
            id[i + 1] = Alphabet[random[i] & 31];
        return new string(id);
    }

    private sealed class NoState : IGateState
    {
        public void BeforeCommit(GateTurn turn)
        {
        }

        public void Committed()
        {
        }

        public void RolledBack()
        {
        }
    }
}
