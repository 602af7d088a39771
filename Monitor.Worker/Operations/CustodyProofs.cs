using Monitor.Rules.Custody;
using Monitor.Rules.Hashing;
using Monitor.Worker.Ports;

namespace Monitor.Worker.Operations;

/// <summary>
/// Proofs that entries stand in the published log. The tree's tiles are kept between calls and grow with the log: 32 bytes for 256 entries; a proof then reads one tile.
/// </summary>
public sealed class CustodyProofs(IMonitorStore store) : IDisposable
{
    private const int Page = 5000;

    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly Dictionary<long, IReadOnlyList<Digest>> _leaves = [];
    private MerkleTree? _tree;

    /// <param name="entry">Number of one entry; null: those of <paramref name="item"/>.</param>
    /// <returns>Number, canonical bytes, and proof against the newest checkpoint; null where none covers the entry yet.</returns>
    public async Task<IReadOnlyList<(long Sequence, byte[] Canonical, LogProof? Proof)>> OfAsync(long? entry, string? item, CancellationToken cancellation)
    {
        var entries = entry is { } number
            ? (await store.CustodyAsync(number, 1, cancellation)).Where(one => one.Sequence == number).ToList()
            : await store.CustodyOfAsync(item!, cancellation);
        return await OfAsync(entries, await store.LatestCheckpointAsync(cancellation), cancellation);
    }

    /// <param name="against">The checkpoint that the proofs lead to; null: there are none.</param>
    public async Task<IReadOnlyList<(long Sequence, byte[] Canonical, LogProof? Proof)>> OfAsync(IReadOnlyList<CustodyEntry> entries, PublishedCheckpoint? against, CancellationToken cancellation)
    {
        await _gate.WaitAsync(cancellation);
        try
        {
            _leaves.Clear();
            var note = against is not null && SignedNote.TryParse(against.Published, out var read) ? read : null;
            var tree = note is null ? null : await TreeAsync(against!.Size, cancellation);
            // A proof reads the tile of its entry, and the one that the checkpoint cuts.
            foreach (var tile in tree is null ? [] : entries.Where(one => one.Sequence <= against!.Size).Select(one => (one.Sequence - 1) / MerkleTree.TileSize).Append((against!.Size - 1) / MerkleTree.TileSize).Distinct())
            {
                _leaves[tile] = [.. (await store.CustodyAsync((tile * MerkleTree.TileSize) + 1, MerkleTree.TileSize, cancellation)).Select(entry => MerkleHash.Leaf(CustodyCanonical.Write(entry)))];
            }

            return [.. entries.Select(one => (one.Sequence, CustodyCanonical.Write(one), tree is not null && one.Sequence <= against!.Size ? new LogProof(one.Sequence - 1, tree.Inclusion(one.Sequence - 1, against.Size), note!) : null))];
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose() => _gate.Dispose();

    private async Task<MerkleTree> TreeAsync(long size, CancellationToken cancellation)
    {
        var tree = _tree ??= new MerkleTree(tile => _leaves[tile]);
        while (tree.Size < size)
        {
            foreach (var entry in await store.CustodyAsync(tree.Size + 1, (int)Math.Min(Page, size - tree.Size), cancellation))
            {
                tree.Append(MerkleHash.Leaf(CustodyCanonical.Write(entry)));
            }
        }

        return tree;
    }
}
