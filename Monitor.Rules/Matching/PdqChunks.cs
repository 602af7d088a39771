using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Monitor.Rules.Hashing;

namespace Monitor.Rules.Matching;

/// <summary>
/// The fixed order of bits in which the index files hashes: sixteen chunks of sixteen bits. Bits of one row of a hash stand for one vertical
/// frequency and bits of one column for one horizontal frequency; in real pictures they go together, and chunks cut along them would be
/// crowded in few values. Chunk c therefore takes one bit of each row and of each column: bit i of it is bit (i, i + c).
/// Distances are the same in any order.
/// </summary>
internal static class PdqChunks
{
    public const int Count = 16;

    /// <summary>Values a chunk can have.</summary>
    public const int Values = 1 << 16;

    private static readonly Vector256<byte> BytesApart = Vector256.Create(
        (byte)0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23, 25, 27, 29, 31);

    /// <summary>Writes the sixteen chunks.</summary>
    public static void Of(in PdqHash hash, Span<ushort> chunks)
    {
        Vector256<ushort> rows = Vector256.LoadUnsafe(ref MemoryMarshal.GetReference(MemoryMarshal.Cast<PdqHash, ushort>(new ReadOnlySpan<PdqHash>(in hash))));

        // Row i turned right by i bits, in four steps of 1, 2, 4 and 8.
        rows = TurnOdd(rows, 1, Vector256.Create(0xFFFF_0000u).AsUInt16());
        rows = TurnOdd(rows, 2, Vector256.Create(0xFFFF_FFFF_0000_0000uL).AsUInt16());
        rows = TurnOdd(rows, 4, Vector256.Create(0uL, ulong.MaxValue, 0uL, ulong.MaxValue).AsUInt16());
        rows = TurnOdd(rows, 8, Vector256.Create(0uL, 0uL, ulong.MaxValue, ulong.MaxValue).AsUInt16());

        // Then columns become chunks: the top bits of all low and of all high bytes are two of them at a time.
        Vector256<byte> bytes = Vector256.Shuffle(rows.AsByte(), BytesApart);
        for (int bit = 7; bit >= 0; bit--)
        {
            uint columns = bytes.ExtractMostSignificantBits();
            chunks[bit] = (ushort)columns;
            chunks[bit + 8] = (ushort)(columns >> 16);
            bytes += bytes;
        }
    }

    /// <summary>The hash whose chunks these are.</summary>
    public static PdqHash ToHash(ReadOnlySpan<ushort> chunks)
    {
        Span<ulong> words = stackalloc ulong[4];
        words.Clear();
        for (int c = 0; c < Count; c++)
        {
            for (int i = 0; i < 16; i++)
            {
                int bit = (i * 16) + ((i + c) & 15);
                words[bit >> 6] |= (ulong)((chunks[c] >> i) & 1) << (bit & 63);
            }
        }

        return new PdqHash(words[0], words[1], words[2], words[3]);
    }

    private static Vector256<ushort> TurnOdd(Vector256<ushort> rows, int by, Vector256<ushort> which) =>
        Vector256.ConditionalSelect(which, Vector256.ShiftRightLogical(rows, by) | Vector256.ShiftLeft(rows, 16 - by), rows);
}
