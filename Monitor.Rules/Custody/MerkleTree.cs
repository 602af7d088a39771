using System.Numerics;
using Monitor.Rules.Hashing;

namespace Monitor.Rules.Custody;

/// <summary>
/// A Merkle tree over a log, held as the roots of its tiles of 256 leaves: 32 bytes for 256 entries. Leaves of a tile are asked for when a proof needs them.
/// </summary>
/// <param name="leaves">Leaf hashes of one tile, by its number from 0; fewer than 256 for the last one.</param>
public sealed class MerkleTree(Func<long, IReadOnlyList<Digest>> leaves)
{
    public const int TileSize = 256;

    private readonly List<Digest> _tiles = [];
    private readonly List<Digest> _tail = [];

    /// <summary>Leaves so far.</summary>
    public long Size => ((long)_tiles.Count * TileSize) + _tail.Count;

    /// <param name="leaf">Hash of the next leaf.</param>
    public void Append(Digest leaf)
    {
        _tail.Add(leaf);
        if (_tail.Count == TileSize)
        {
            _tiles.Add(Over(_tail, 0, TileSize));
            _tail.Clear();
        }
    }

    /// <summary>Root over the first <paramref name="size"/> leaves.</summary>
    /// <exception cref="ArgumentOutOfRangeException">More than there are.</exception>
    public Digest Root(long size)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(size);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, Size);
        return size == 0 ? MerkleHash.Empty : Of(0, size);
    }

    /// <summary>Audit path of a leaf in the tree over the first <paramref name="size"/> leaves (RFC 6962 section 2.1.1), from the leaf up.</summary>
    public IReadOnlyList<Digest> Inclusion(long index, long size)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, size);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, Size);
        var path = new List<Digest>();
        Path(index, 0, size, path);
        return path;
    }

    /// <summary>Proof that the tree of <paramref name="older"/> leaves is the beginning of that of <paramref name="newer"/> (RFC 6962 section 2.1.2).</summary>
    public IReadOnlyList<Digest> Consistency(long older, long newer)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(older);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(older, newer);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(newer, Size);
        var proof = new List<Digest>();
        if (older > 0 && older < newer)
            Sub(older, 0, newer, whole: true, proof);
        return proof;
    }

    private void Path(long index, long start, long count, List<Digest> path)
    {
        if (count == 1)
            return;
        var left = Split(count);
        if (index < left)
        {
            Path(index, start, left, path);
            path.Add(Of(start + left, count - left));
        }
        else
        {
            Path(index - left, start + left, count - left, path);
            path.Add(Of(start, left));
        }
    }

    private void Sub(long older, long start, long count, bool whole, List<Digest> proof)
    {
        if (older == count)
        {
            if (!whole)
                proof.Add(Of(start, count));
            return;
        }

        var left = Split(count);
        if (older <= left)
        {
            Sub(older, start, left, whole, proof);
            proof.Add(Of(start + left, count - left));
        }
        else
        {
            Sub(older - left, start + left, count - left, whole: false, proof);
            proof.Add(Of(start, left));
        }
    }

    /// <summary>Root over a run of leaves whose start is a multiple of the power of two that its count reaches up to.</summary>
    private Digest Of(long start, long count)
    {
        if (start % TileSize == 0 && count == TileSize && start / TileSize < _tiles.Count)
            return _tiles[(int)(start / TileSize)];
        if (count > TileSize)
        {
            var left = Split(count);
            return MerkleHash.Node(Of(start, left), Of(start + left, count - left));
        }

        var tile = start / TileSize;
        return Over(tile < _tiles.Count ? leaves(tile) : _tail, (int)(start % TileSize), (int)count);
    }

    private static Digest Over(IReadOnlyList<Digest> of, int start, int count)
    {
        if (count == 1)
            return of[start];
        var left = (int)Split(count);
        return MerkleHash.Node(Over(of, start, left), Over(of, start + left, count - left));
    }

    /// <summary>The largest power of two below <paramref name="count"/>.</summary>
    private static long Split(long count) => 1L << (63 - BitOperations.LeadingZeroCount((ulong)(count - 1)));
}
