using System.Globalization;
using System.Text;
using FsCheck.Xunit;
using Monitor.Rules.Custody;
using Monitor.Rules.Hashing;

namespace Monitor.Tests.Custody;

/// <summary>The tree against the definition in RFC 6962 written down naively, and its published example.</summary>
public sealed class MerkleTests
{
    private static Digest Leaf(int at) => MerkleHash.Leaf(Encoding.UTF8.GetBytes(at.ToString(CultureInfo.InvariantCulture)));

    private static Digest Naive(ReadOnlySpan<Digest> leaves)
    {
        if (leaves.Length == 0)
            return MerkleHash.Empty;
        if (leaves.Length == 1)
            return leaves[0];
        var left = 1;
        while (left * 2 < leaves.Length)
            left *= 2;
        return MerkleHash.Node(Naive(leaves[..left]), Naive(leaves[left..]));
    }

    private static (MerkleTree Tree, Digest[] Leaves) Build(int size)
    {
        var leaves = Enumerable.Range(0, size).Select(Leaf).ToArray();
        var tree = new MerkleTree(tile => leaves.AsSpan((int)tile * MerkleTree.TileSize, Math.Min(MerkleTree.TileSize, size - ((int)tile * MerkleTree.TileSize))).ToArray());
        foreach (var leaf in leaves)
            tree.Append(leaf);
        return (tree, leaves);
    }

    /// <summary>The inputs and roots that Certificate Transparency implementations have shared since RFC 6962.</summary>
    [Theory]
    [InlineData(0, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    [InlineData(1, "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d")]
    [InlineData(2, "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125")]
    [InlineData(3, "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77")]
    [InlineData(4, "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7")]
    [InlineData(5, "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4")]
    [InlineData(6, "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef")]
    [InlineData(7, "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c")]
    [InlineData(8, "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328")]
    public void Roots_are_those_of_the_shared_test_vectors(int size, string root)
    {
        string[] inputs = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"];
        var leaves = inputs.Take(size).Select(input => MerkleHash.Leaf(Convert.FromHexString(input))).ToArray();
        Assert.Equal(root, Naive(leaves).ToString());
        Assert.Equal(root, MerkleFrontier.Empty.Append(leaves).Root.ToString());
    }

    [Fact]
    public void Roots_and_proofs_of_every_small_tree_hold_and_are_those_of_the_definition()
    {
        var (tree, leaves) = Build(300);
        var frontier = MerkleFrontier.Empty;
        for (var size = 1; size <= 300; size++)
        {
            frontier = frontier.Append([leaves[size - 1]]);
            var root = Naive(leaves.AsSpan(0, size));
            Assert.Equal((root, root), (tree.Root(size), frontier.Root));
            Assert.True(frontier.IsSound);
            for (var index = size % 7; index < size; index += size < 40 ? 1 : 11)
            {
                var path = tree.Inclusion(index, size);
                Assert.True(MerkleProof.Includes(index, size, leaves[index], path, root));
                Assert.False(MerkleProof.Includes(index, size, Leaf(-1), path, root));
                Assert.False(MerkleProof.Includes(index + 1, size, leaves[index], path, root) && size > 1 && leaves[index] != leaves[Math.Min(index + 1, size - 1)]);
            }

            for (var older = 0; older <= size; older += size < 40 ? 1 : 13)
                Assert.True(MerkleProof.IsConsistent(older, tree.Root(older), size, root, tree.Consistency(older, size)));
        }
    }

    [Fact]
    public void Large_trees_read_only_the_tiles_that_a_proof_needs()
    {
        const int Size = 70_001;
        var leaves = Enumerable.Range(0, Size).Select(Leaf).ToArray();
        var read = new HashSet<long>();
        var tree = new MerkleTree(tile =>
        {
            read.Add(tile);
            return leaves.AsSpan((int)tile * MerkleTree.TileSize, MerkleTree.TileSize).ToArray();
        });
        foreach (var leaf in leaves)
            tree.Append(leaf);
        var root = tree.Root(Size);
        Assert.Empty(read);
        Assert.Equal(MerkleFrontier.Empty.Append(leaves).Root, root);
        foreach (var index in new[] { 0, 255, 256, 65_535, 65_536, Size - 1 })
        {
            read.Clear();
            Assert.True(MerkleProof.Includes(index, Size, leaves[index], tree.Inclusion(index, Size), root));
            Assert.InRange(read.Count, 0, 1);
        }
    }

    [Property(MaxTest = 200)]
    public void A_changed_log_has_no_consistency_proof(ushort a, ushort b, byte changed)
    {
        var (older, newer) = (1 + (Math.Min(a, b) % 400), 1 + (Math.Max(a, b) % 400));
        if (older > newer)
            (older, newer) = (newer, older);
        var (tree, leaves) = Build(newer);
        var at = changed % older;
        leaves[at] = Leaf(-5);
        var forged = Naive(leaves.AsSpan(0, newer));
        Assert.False(MerkleProof.IsConsistent(older, tree.Root(older), newer, forged, tree.Consistency(older, newer)));
        Assert.True(MerkleProof.IsConsistent(older, tree.Root(older), newer, tree.Root(newer), tree.Consistency(older, newer)));
    }

    [Property(MaxTest = 300)]
    public void A_proof_with_any_bit_changed_does_not_hold(ushort size, ushort index, byte node, byte bit)
    {
        var count = 2 + (size % 600);
        var at = index % count;
        var (tree, leaves) = Build(count);
        var path = tree.Inclusion(at, count).ToArray();
        var bytes = new byte[32];
        path[node % path.Length].CopyTo(bytes);
        bytes[bit / 8] ^= (byte)(1 << (bit % 8));
        path[node % path.Length] = Digest.FromBytes(DigestKind.Sha256, bytes);
        Assert.False(MerkleProof.Includes(at, count, leaves[at], path, tree.Root(count)));
        Assert.False(MerkleProof.Includes(at, count, leaves[at], path[..^1], tree.Root(count)));
        Assert.False(MerkleProof.Includes(at, count, leaves[at], [.. tree.Inclusion(at, count), leaves[0]], tree.Root(count)));
    }
}
