using Monitor.Rules.Hashing;

namespace Monitor.Rules.Custody;

/// <summary>Checks proofs without the tree (RFC 9162 sections 2.1.3.2 and 2.1.4.2).</summary>
public static class MerkleProof
{
    /// <param name="index">Place of the leaf, from 0.</param>
    /// <param name="size">Leaves of the tree with that root.</param>
    public static bool Includes(long index, long size, Digest leaf, IReadOnlyList<Digest> path, Digest root)
    {
        if (index < 0 || index >= size)
            return false;
        var (fn, sn) = (index, size - 1);
        var hash = leaf;
        foreach (var node in path)
        {
            if (sn == 0)
                return false;
            if ((fn & 1) == 1 || fn == sn)
            {
                hash = MerkleHash.Node(node, hash);
                while ((fn & 1) == 0 && fn != 0)
                {
                    fn >>= 1;
                    sn >>= 1;
                }
            }
            else
            {
                hash = MerkleHash.Node(hash, node);
            }

            fn >>= 1;
            sn >>= 1;
        }

        return sn == 0 && hash == root;
    }

    /// <summary>True when the tree of the older root is the beginning of that of the newer one.</summary>
    public static bool IsConsistent(long older, Digest olderRoot, long newer, Digest newerRoot, IReadOnlyList<Digest> proof)
    {
        if (older < 0 || older > newer)
            return false;
        if (older == newer)
            return proof.Count == 0 && olderRoot == newerRoot;
        if (older == 0)
            return proof.Count == 0 && olderRoot == MerkleHash.Empty;

        var nodes = (older & (older - 1)) == 0 ? [olderRoot, .. proof] : proof;
        if (nodes.Count == 0)
            return false;
        var (fn, sn) = (older - 1, newer - 1);
        while ((fn & 1) == 1)
        {
            fn >>= 1;
            sn >>= 1;
        }

        var (fr, sr) = (nodes[0], nodes[0]);
        foreach (var node in nodes.Skip(1))
        {
            if (sn == 0)
                return false;
            if ((fn & 1) == 1 || fn == sn)
            {
                fr = MerkleHash.Node(node, fr);
                sr = MerkleHash.Node(node, sr);
                while ((fn & 1) == 0 && fn != 0)
                {
                    fn >>= 1;
                    sn >>= 1;
                }
            }
            else
            {
                sr = MerkleHash.Node(sr, node);
            }

            fn >>= 1;
            sn >>= 1;
        }

        return sn == 0 && fr == olderRoot && sr == newerRoot;
    }
}
