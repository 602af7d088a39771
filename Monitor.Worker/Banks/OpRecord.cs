using System.Buffers.Binary;
using Monitor.Rules.Banks;
using Monitor.Rules.Matching;

namespace Monitor.Worker.Banks;

/// <summary>
/// One line of a list on its way into a bank, as bytes: hash, number of its turn (8), operation, opinion, quality (1 each), length of the
/// label (2), label. Sorted by hash, then by turn.
/// </summary>
internal static class OpRecord
{
    public const int Fixed = 13;
    public const int Longest = 32 + Fixed + BankFile.MaxLabel;
    private const byte None = 255;

    public static int LengthOf(int width, int label) => width + Fixed + label;

    /// <summary>Length of the record that begins here; 0 when not enough of it is there to tell.</summary>
    public static int LengthAt(ReadOnlySpan<byte> bytes, int width) =>
        bytes.Length < width + Fixed ? 0 : width + Fixed + BinaryPrimitives.ReadUInt16LittleEndian(bytes[(width + 11)..]);

    public static void Write(Span<byte> to, ReadOnlySpan<byte> value, ulong turn, bool remove, Opinion? opinion, int? quality, ReadOnlySpan<byte> label)
    {
        value.CopyTo(to);
        to = to[value.Length..];
        BinaryPrimitives.WriteUInt64LittleEndian(to, turn);
        to[8] = remove ? (byte)1 : (byte)0;
        to[9] = opinion is { } said ? (byte)said : None;
        to[10] = quality is { } number ? (byte)number : None;
        BinaryPrimitives.WriteUInt16LittleEndian(to[11..], (ushort)label.Length);
        label.CopyTo(to[Fixed..]);
    }

    public static ulong Turn(ReadOnlySpan<byte> record, int width) => BinaryPrimitives.ReadUInt64LittleEndian(record[width..]);

    public static bool Removes(ReadOnlySpan<byte> record, int width) => record[width + 8] != 0;

    public static Opinion? OpinionOf(ReadOnlySpan<byte> record, int width) => record[width + 9] == None ? null : (Opinion)record[width + 9];

    public static int? QualityOf(ReadOnlySpan<byte> record, int width) => record[width + 10] == None ? null : record[width + 10];

    public static ReadOnlySpan<byte> Label(ReadOnlySpan<byte> record, int width) => record[(width + Fixed)..];

    public static int Compare(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b, int width)
    {
        var byValue = a[..width].SequenceCompareTo(b[..width]);
        return byValue != 0 ? byValue : Turn(a, width).CompareTo(Turn(b, width));
    }
}
