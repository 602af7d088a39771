using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Monitor.Rules.Hashing;

namespace Monitor.Worker.Extracting;

/// <summary>MD5, SHA-1 and SHA-256 of media bytes. The old two are the kinds that partner lists exchange: identifiers, not protection.</summary>
public static class MediaDigester
{
    [SuppressMessage("Security", "CA5350", Justification = "Partner lists are in SHA-1; it identifies files here.")]
    [SuppressMessage("Security", "CA5351", Justification = "Partner lists are in MD5; it identifies files here.")]
    public static DigestSet Compute(ReadOnlySpan<byte> bytes)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        MD5.HashData(bytes, hash);
        Digest md5 = Digest.FromBytes(DigestKind.Md5, hash[..MD5.HashSizeInBytes]);
        SHA1.HashData(bytes, hash);
        Digest sha1 = Digest.FromBytes(DigestKind.Sha1, hash[..SHA1.HashSizeInBytes]);
        SHA256.HashData(bytes, hash);
        return new DigestSet(md5, sha1, Digest.FromBytes(DigestKind.Sha256, hash));
    }
}
