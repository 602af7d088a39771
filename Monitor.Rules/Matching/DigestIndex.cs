using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;
using Monitor.Rules.Banks;
using Monitor.Rules.Hashing;

namespace Monitor.Rules.Matching;

/// <summary>
/// Whether a digest stands in any bank: a sorted flat file of one kind, read where it lies in mapped memory. Immutable, safe to share
/// between threads, and it allocates nothing when asked. It knows no owners: whose entry a hit is, the banks' own files say, and hits are rare.
/// </summary>
/// <remarks>
/// Behind the entries stands a directory over the leading bits (2^21 buckets at ten million entries). Its words hold where a bucket begins
/// and, in the upper half, which of the bucket's 32 parts have an entry: most misses end at this one word, and for most hits the number of
/// occupied parts before its own says which entry to compare. For a list made to collide it is still only a binary search.
/// </remarks>
public sealed unsafe class DigestIndex
{
    internal const ulong Magic = 0x5844495453474944; // "DIGSTIDX"
    internal const uint FormatVersion = 1;
    internal const int FilterBits = 5;
    private const int Ahead = 8;
    private const uint LinearUpTo = 16;

    private readonly HashFileHeader _header;
    private readonly byte* _start;
    private readonly byte* _entries;
    private readonly ulong* _directory;
    private readonly long _width;
    private readonly int _shift;
    private readonly uint _last;

    private DigestIndex(HashFileHeader header, byte* start, DigestKind kind, int bits)
    {
        _header = header;
        _start = start;
        Kind = kind;
        _entries = start + HashFileHeader.Length;
        _directory = (ulong*)(start + header.SecondPart);
        _width = Digest.LengthOf(kind);
        _shift = 64 - bits;
        _last = (uint)Math.Max(0, header.Count - 1);
    }

    public DigestKind Kind { get; }

    /// <summary>Distinct digests.</summary>
    public long Count => _header.Count;

    /// <summary>Length of the whole file in bytes.</summary>
    public long Bytes => _header.FileLength;

    /// <summary>What it was built from, as the builder named it: 32 bytes.</summary>
    public ReadOnlySpan<byte> Sources => _header.Sources;

    /// <summary>Reads and checks the header only. The memory must stay where it is, unchanged, as long as the index is asked.</summary>
    /// <param name="start">First byte of the file, aligned to 8.</param>
    public static HashFileOpening<DigestIndex> Open(byte* start, long length, DigestKind kind)
    {
        if (HashFileHeader.Read(start, length, Magic, FormatVersion, kind.ToHashKind(), out var fault) is not { } header)
            return new HashFileOpening<DigestIndex>.Refused(fault!.Value);
        var bits = (int)header.Own;
        if (header.Own is < 1 or > 32 || header.SecondPart % sizeof(ulong) != 0 || header.FileLength - header.SecondPart != ((1L << bits) + 1) * sizeof(ulong))
            return new HashFileOpening<DigestIndex>.Refused(HashFileFault.Truncated);
        return new HashFileOpening<DigestIndex>.Opened(new DigestIndex(header, start, kind, bits));
    }

    /// <summary>Whether the body is what was written; reads all of it.</summary>
    public bool IsWhole(CancellationToken cancellation) => _header.BodyIsWhole(_start, cancellation);

    /// <exception cref="ArgumentException">A digest of another kind.</exception>
    public bool Contains(in Digest digest)
    {
        if (digest.Kind != Kind)
            ThrowOtherKind(digest.Kind);
        return Count > 0 && Holds(digest, digest.Prefix);
    }

    /// <summary>Asks for many at once; memory is fetched ahead, so that each costs less than alone.</summary>
    /// <param name="found">As long as <paramref name="digests"/>.</param>
    /// <returns>How many were found.</returns>
    /// <exception cref="ArgumentException">A digest of another kind, or another length.</exception>
    public int Contains(ReadOnlySpan<Digest> digests, Span<bool> found)
    {
        if (found.Length != digests.Length)
            throw new ArgumentException("One answer for each question.", nameof(found));
        found.Clear();
        var hits = 0;
        if (Count == 0)
            return 0;
        for (var i = 0; i < digests.Length; i++)
        {
            if (Sse.IsSupported && i + (2 * Ahead) < digests.Length)
            {
                Sse.Prefetch0(_directory + (digests[i + (2 * Ahead)].Prefix >> _shift));
                var soon = digests[i + Ahead].Prefix;
                var word = _directory[soon >> _shift];
                Sse.Prefetch0(_entries + (Math.Min((uint)word + Skip(word, soon), _last) * _width));
            }

            ref readonly var digest = ref digests[i];
            if (digest.Kind != Kind)
                ThrowOtherKind(digest.Kind);
            found[i] = Holds(digest, digest.Prefix);
            hits += found[i] ? 1 : 0;
        }

        return hits;
    }

    /// <summary>Entries of the bucket that certainly stand before those of the prefix's own part.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private uint Skip(ulong word, ulong prefix)
    {
        var part = (int)(prefix >> (_shift - FilterBits)) & ((1 << FilterBits) - 1);
        return (uint)BitOperations.PopCount((uint)(word >> 32) & ((1u << part) - 1));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool Holds(in Digest digest, ulong prefix)
    {
        var at = _directory + (prefix >> _shift);
        var word = *at;
        var part = (int)(prefix >> (_shift - FilterBits)) & ((1 << FilterBits) - 1);
        if ((word >> (32 + part) & 1) == 0)
            return false;
        var first = Math.Min((uint)word + Skip(word, prefix), _last);
        var bytes = _entries + (first * _width);
        var leading = BinaryPrimitives.ReverseEndianness(Unsafe.ReadUnaligned<ulong>(bytes));
        if (((leading ^ prefix) | digest.RestDiffers(bytes)) == 0)
            return true;

        // Rare: another entry of the same part stands before the one asked for.
        return leading <= prefix && Search(digest, prefix, first, (uint)at[1]);
    }

    private bool Search(in Digest digest, ulong prefix, uint low, uint high)
    {
        // A damaged directory must not lead out of the file.
        high = (uint)Math.Min(high, Count);
        if (high > low && high - low > LinearUpTo)
        {
            var end = high;
            while (low < end)
            {
                var middle = low + ((end - low) >> 1);
                if (Compare(middle, digest, prefix) < 0)
                    low = middle + 1;
                else
                    end = middle;
            }

            return low < high && Compare(low, digest, prefix) == 0;
        }

        for (; low < high; low++)
        {
            var order = Compare(low, digest, prefix);
            if (order >= 0)
                return order == 0;
        }

        return false;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Compare(uint entry, in Digest digest, ulong prefix)
    {
        var bytes = _entries + (entry * _width);
        var leading = BinaryPrimitives.ReverseEndianness(Unsafe.ReadUnaligned<ulong>(bytes));
        return leading != prefix ? (leading < prefix ? -1 : 1) : digest.CompareRest(bytes);
    }

    private void ThrowOtherKind(DigestKind kind) => throw new ArgumentException($"This index holds {Kind}, not {kind}.", nameof(kind));
}
