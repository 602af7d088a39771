using System.Security.Cryptography;
using Monitor.Rules.Hashing;

namespace Monitor.Rules.Custody;

/// <summary>The two hashes of a Merkle tree after RFC 6962 section 2.1 (RFC 9162 section 2.1.1): SHA-256 with 0x00 before a leaf, 0x01 before a pair.</summary>
public static class MerkleHash
{
    /// <summary>Root of a log without entries: the hash of nothing.</summary>
    public static Digest Empty { get; } = Digest.FromBytes(DigestKind.Sha256, SHA256.HashData([]));

    /// <param name="entry">For the custody log: the entry's canonical bytes (<see cref="CustodyCanonical"/>).</param>
    public static Digest Leaf(ReadOnlySpan<byte> entry)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData([0]);
        hash.AppendData(entry);
        return Finish(hash);
    }

    public static Digest Node(Digest left, Digest right)
    {
        Span<byte> pair = stackalloc byte[1 + (2 * SHA256.HashSizeInBytes)];
        pair[0] = 1;
        left.CopyTo(pair[1..]);
        right.CopyTo(pair[(1 + SHA256.HashSizeInBytes)..]);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(pair, hash);
        return Digest.FromBytes(DigestKind.Sha256, hash);
    }

    private static Digest Finish(IncrementalHash hash)
    {
        Span<byte> bytes = stackalloc byte[SHA256.HashSizeInBytes];
        hash.GetHashAndReset(bytes);
        return Digest.FromBytes(DigestKind.Sha256, bytes);
    }
}
