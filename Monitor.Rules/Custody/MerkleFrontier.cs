using System.Numerics;
using Monitor.Rules.Hashing;

namespace Monitor.Rules.Custody;

/// <summary>
/// The right edge of a Merkle tree: the roots of its complete subtrees, largest first. Enough to append entries and to tell the root, however long the log is.
/// </summary>
/// <param name="Size">Entries so far.</param>
/// <param name="Peaks">One root for each bit that is set in <paramref name="Size"/>, from the highest.</param>
public sealed record MerkleFrontier(long Size, IReadOnlyList<Digest> Peaks)
{
    public static MerkleFrontier Empty { get; } = new(0, []);

    /// <summary>True when there are as many peaks as the size has bits.</summary>
    public bool IsSound => Size >= 0 && Peaks.Count == BitOperations.PopCount((ulong)Size);

    /// <summary>The root of the tree (RFC 6962 MTH).</summary>
    public Digest Root
    {
        get
        {
            if (Size == 0)
                return MerkleHash.Empty;
            var root = Peaks[^1];
            for (var i = Peaks.Count - 2; i >= 0; i--)
                root = MerkleHash.Node(Peaks[i], root);
            return root;
        }
    }

    /// <param name="leaves">Leaf hashes in the order of the log.</param>
    public MerkleFrontier Append(IEnumerable<Digest> leaves)
    {
        var peaks = new List<Digest>(Peaks);
        var size = Size;
        foreach (var leaf in leaves)
        {
            var node = leaf;
            for (var carry = size; (carry & 1) == 1; carry >>= 1)
            {
                node = MerkleHash.Node(peaks[^1], node);
                peaks.RemoveAt(peaks.Count - 1);
            }

            peaks.Add(node);
            size++;
        }

        return new MerkleFrontier(size, peaks);
    }
}
