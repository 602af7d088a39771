using LiteDB;
using Monitor.Worker.LiteStore;
using Monitor.Worker.Ports;
using Monitor.Worker.Storage;

namespace Monitor.Worker.Evidence;

/// <summary>
/// Changing the key-encryption key. The new one is written beside the old ("vault.key.next"), every data key is wrapped anew in small writes while the vault is in
/// use, then the check is changed and the new file takes the old one's place. A crash anywhere is gone on from: until the end both files are read.
/// Content is not touched: what is shredded stays so.
/// </summary>
public sealed partial class SealedVault
{
    private const int RotationBatch = 500;
    private const string NextCheckId = "key-next";

    private readonly SemaphoreSlim _rotating = new(1, 1);

    /// <summary>True when a change of key was begun and did not end.</summary>
    public bool RotationPending => _vaultKeys.Changing;

    public async Task<KeyRotation> RotateAsync(Action<long, long>? progress, CancellationToken cancellation)
    {
        ObjectDisposedException.ThrowIf(Volatile.Read(ref _disposed) != 0, this);
        if (KeyFile.Length == 0)
            return new KeyRotation.NoFile();
        await _rotating.WaitAsync(cancellation);
        try
        {
            var next = SecretKeyFile.Next(KeyFile);
            if (!_vaultKeys.Changing)
            {
                if (File.Exists(next))
                    File.Delete(next);
                var key = SecretKeyFile.Create(next);
                _vaultKeys.Begin(key);
                await _gate.RunAsync(turn => PutCheck(turn, NextCheckId), cancellation);
            }

            var (done, moved) = (0L, 0L);
            var all = (long)_keys.Database.GetCollection(Items).Count();
            for (var after = ""; ;)
            {
                var (last, looked, changed) = await _gate.RunAsync(turn => Rewrap(turn, after), cancellation);
                if (looked == 0)
                    break;
                (after, done, moved) = (last, done + looked, moved + changed);
                progress?.Invoke(done, Math.Max(all, done));
            }

            // From here on the new file is the key, whatever name it has.
            await _gate.RunAsync(
                turn =>
                {
                    PutCheck(turn, CheckId);
                    turn.CheckpointWanted = true;
                    return turn.Database.GetCollection(Meta).Delete(NextCheckId);
                },
                cancellation);
            SecretKeyFile.Replace(KeyFile);
            _vaultKeys.Finish();
            return new KeyRotation.Done(moved, KeyFile);
        }
        finally
        {
            _rotating.Release();
        }
    }

    private bool PutCheck(GateTurn turn, string id)
    {
        turn.Wrote = true;
        turn.Database.GetCollection(Meta).Upsert(new BsonDocument { ["_id"] = id, ["n"] = Format, ["w"] = _vaultKeys.Check() });
        return true;
    }

    private (string Last, int Looked, int Changed) Rewrap(GateTurn turn, string after)
    {
        var items = turn.Database.GetCollection(Items);
        var batch = items.Query().Where("$._id > @0", after).OrderBy("$._id").Limit(RotationBatch).ToList();
        var changed = 0;
        var key = new byte[ItemCipher.KeyLength];
        foreach (var item in batch)
        {
            var binding = Binding(item);
            if (item["x"].AsBoolean || _vaultKeys.IsNewest(item["w"].AsBinary, binding) || !_vaultKeys.TryUnwrap(item["w"].AsBinary, binding, key))
                continue;
            item["w"] = _vaultKeys.Wrap(key, binding);
            turn.Wrote = true;
            items.Update(item);
            changed++;
        }

        System.Security.Cryptography.CryptographicOperations.ZeroMemory(key);
        return (batch.Count == 0 ? after : batch[^1]["_id"].AsString, batch.Count, changed);
    }

    private static byte[] Binding(BsonDocument item) =>
        ItemCipher.Binding(item["_id"].AsString, item["o"].AsString, item["k"].AsString, item["at"].AsInt64, item["l"].AsInt64, item["c"].AsInt32);
}
