using System.Security.Cryptography;

namespace Monitor.Rules.Matching;

/// <summary>The digests of an index file: one of each block, and one over the header and those.</summary>
internal static unsafe class PdqIndexSeal
{
    /// <summary>Of one block.</summary>
    public static void OfBlock(byte* start, in PdqIndexLayout layout, int block, Span<byte> digest)
    {
        long from = PdqIndexLayout.HeaderBytes + (block * PdqIndexLayout.BlockBytes);
        int length = (int)Math.Min(PdqIndexLayout.BlockBytes, layout.DigestsAt - from);
        SHA256.HashData(new ReadOnlySpan<byte>(start + from, length), digest);
    }

    /// <summary>Of the header, without its own digest, and the table of block digests.</summary>
    public static void OfAll(byte* start, in PdqIndexLayout layout, Span<byte> digest)
    {
        Span<byte> header = stackalloc byte[PdqIndexLayout.HeaderBytes];
        new ReadOnlySpan<byte>(start, PdqIndexLayout.HeaderBytes).CopyTo(header);
        header.Slice(PdqIndexLayout.DigestAt, PdqIndexLayout.DigestBytes).Clear();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(header);
        hash.AppendData(new ReadOnlySpan<byte>(start + layout.DigestsAt, layout.Blocks * PdqIndexLayout.DigestBytes));
        hash.GetHashAndReset(digest);
    }
}
