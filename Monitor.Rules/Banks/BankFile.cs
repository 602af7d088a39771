using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Unicode;
using Monitor.Rules.Matching;

namespace Monitor.Rules.Banks;

/// <summary>
/// The entries of one bank and kind, sorted by hash: what the owner said of each. Read where it lies in mapped memory; immutable, safe to
/// share between threads. Asked only for hits; the joint index says what is one.
/// </summary>
/// <remarks>
/// Behind the header: rows of the hash and eight bytes (bits 0-39 place of the label behind the rows, 40-50 its length in UTF-8 bytes,
/// 51-52 opinion: 0 the bank's, 1 positive, 2 negative, 3 disputed; 53-59 quality, 127 none), then the labels.
/// </remarks>
public sealed unsafe class BankFile
{
    internal const ulong Magic = 0x454C49464B4E4142; // "BANKFILE"
    internal const uint FormatVersion = 1;
    internal const int MetaLength = sizeof(ulong);
    internal const int NoQuality = 127;

    /// <summary>Bytes of UTF-8; longer labels are cut.</summary>
    public const int MaxLabel = 1000;

    private readonly HashFileHeader _header;
    private readonly byte* _start;
    private readonly byte* _rows;
    private readonly long _stride;

    private BankFile(HashFileHeader header, byte* start)
    {
        _header = header;
        _start = start;
        _rows = start + HashFileHeader.Length;
        Width = HashFileHeader.WidthOf(header.Kind);
        _stride = Width + MetaLength;
    }

    public HashKind Kind => _header.Kind;

    public long Count => _header.Count;

    /// <summary>Bytes of one hash.</summary>
    public int Width { get; }

    public long Bytes => _header.FileLength;

    /// <summary>SHA-256 of the body, as the header has it: names the content of this version.</summary>
    public ReadOnlySpan<byte> ContentDigest => _header.BodyDigest;

    /// <summary>Reads and checks the header only. The memory must stay where it is, unchanged, as long as the bank is asked.</summary>
    public static HashFileOpening<BankFile> Open(byte* start, long length, HashKind kind)
    {
        if (HashFileHeader.Read(start, length, Magic, FormatVersion, kind, out var fault) is not { } header)
            return new HashFileOpening<BankFile>.Refused(fault!.Value);
        return header.SecondPart == HashFileHeader.Length + (header.Count * (HashFileHeader.WidthOf(kind) + MetaLength))
            ? new HashFileOpening<BankFile>.Opened(new BankFile(header, start))
            : new HashFileOpening<BankFile>.Refused(HashFileFault.Truncated);
    }

    /// <summary>Whether the body is what was written; reads all of it.</summary>
    public bool IsWhole(CancellationToken cancellation) => _header.BodyIsWhole(_start, cancellation);

    /// <summary>The hash of a row.</summary>
    /// <param name="row">0 … <see cref="Count"/> − 1.</param>
    public ReadOnlySpan<byte> Value(long row) => new(Row(row), Width);

    /// <summary>UTF-8; empty for an entry without one.</summary>
    public ReadOnlySpan<byte> Label(long row)
    {
        var meta = Meta(row);
        var at = _header.SecondPart + (long)(meta & 0xFF_FFFF_FFFF);
        var length = (int)(meta >> 40 & 0x7FF);
        return at + length <= _header.FileLength ? new ReadOnlySpan<byte>(_start + at, length) : default;
    }

    /// <summary>Null: what the bank as a whole says.</summary>
    public Opinion? OpinionOf(long row) => (Meta(row) >> 51 & 3) switch
    {
        1 => Opinion.Positive,
        2 => Opinion.Negative,
        3 => Opinion.Disputed,
        _ => null,
    };

    /// <summary>0 … 100; null where the source had none.</summary>
    public int? QualityOf(long row) => (int)(Meta(row) >> 53 & 0x7F) is var quality and <= 100 ? quality : null;

    /// <summary>How the entry is named to people: its label, else its hash in hex.</summary>
    public string NameOf(long row) => Label(row) is { IsEmpty: false } label ? Encoding.UTF8.GetString(label) : Convert.ToHexStringLower(Value(row));

    /// <summary>The row of a hash, or −1.</summary>
    public long Find(ReadOnlySpan<byte> value)
    {
        if (value.Length != Width)
            return -1;
        long low = 0, high = Count;
        while (low < high)
        {
            var middle = low + ((high - low) >> 1);
            if (Value(middle).SequenceCompareTo(value) < 0)
                low = middle + 1;
            else
                high = middle;
        }

        return low < Count && Value(low).SequenceEqual(value) ? low : -1;
    }

    /// <summary>As much of a label as is stored, not ending in the middle of a character.</summary>
    public static ReadOnlySpan<byte> Cut(ReadOnlySpan<byte> label)
    {
        if (label.Length > MaxLabel)
        {
            label = label[..MaxLabel];
            for (var i = 0; i < 3 && !Utf8.IsValid(label); i++)
                label = label[..^1];
        }

        return label;
    }

    private byte* Row(long row)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(row);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(row, Count);
        return _rows + (row * _stride);
    }

    private ulong Meta(long row)
    {
        var meta = Unsafe.ReadUnaligned<ulong>(Row(row) + Width);
        return BitConverter.IsLittleEndian ? meta : BinaryPrimitives.ReverseEndianness(meta);
    }
}
