using System.Security.Cryptography;
using Monitor.Rules.Banks;
using Monitor.Rules.Hashing;
using Monitor.Rules.Matching;

namespace Monitor.Tests.Banks;

/// <summary>The bytes of an index or bank file in memory that stays where it is.</summary>
internal sealed class IndexFile
{
    // Whoever reads an index keeps its memory; here it is kept for good.
    private static readonly System.Collections.Concurrent.ConcurrentBag<byte[]> Kept = [];

    private readonly byte[] _memory;

    public IndexFile(ReadOnlySpan<byte> bytes)
    {
        _memory = GC.AllocateArray<byte>(bytes.Length, pinned: true);
        bytes.CopyTo(_memory);
        Kept.Add(_memory);
    }

    public static byte[] Sources { get; } = SHA256.HashData("made up"u8);

    public static byte[] Of(DigestKind kind, IEnumerable<Digest> digests)
    {
        using var stream = new MemoryStream();
        var sorted = digests.ToList();
        sorted.Sort();
        using var writer = new DigestIndexWriter(stream, kind, sorted.Count, Sources);
        var bytes = new byte[Digest.LengthOf(kind)];
        foreach (var digest in sorted)
        {
            digest.CopyTo(bytes);
            writer.Add(bytes);
        }

        writer.Complete();
        return stream.ToArray();
    }

    public unsafe HashFileOpening<DigestIndex> Open(DigestKind kind)
    {
        fixed (byte* start = _memory)
        {
            // Pinned for its life: the address outlasts this block.
            return DigestIndex.Open(start, _memory.Length, kind);
        }
    }

    public unsafe HashFileOpening<BankFile> Bank(HashKind kind)
    {
        fixed (byte* start = _memory)
        {
            return BankFile.Open(start, _memory.Length, kind);
        }
    }
}
