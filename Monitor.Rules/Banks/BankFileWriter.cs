using System.Buffers.Binary;
using Monitor.Rules.Matching;

namespace Monitor.Rules.Banks;

/// <summary>Writes the file a <see cref="BankFile"/> reads, from entries in ascending order of their hashes; holds nothing but buffers.</summary>
public sealed class BankFileWriter : IDisposable
{
    private const long MaxLabels = 1L << 40;
    private readonly HashFileOutput _output;
    private readonly Stream _labels;
    private readonly HashKind _kind;
    private readonly byte[] _last;
    private readonly byte[] _sources = new byte[32];
    private long _labelBytes;

    /// <param name="stream">Empty, can seek; stays open.</param>
    /// <param name="labels">Empty, can seek and be read back: labels wait there until all rows are written. Stays open.</param>
    public BankFileWriter(Stream stream, Stream labels, HashKind kind)
    {
        _output = new HashFileOutput(stream);
        (_labels, _kind, _last) = (labels, kind, new byte[HashFileHeader.WidthOf(kind)]);
    }

    public long Count { get; private set; }

    /// <summary>Bytes of one hash.</summary>
    public int Width => _last.Length;

    /// <param name="label">UTF-8; cut at <see cref="BankFile.MaxLabel"/> bytes; empty for none.</param>
    /// <param name="opinion">Null: the bank's.</param>
    /// <param name="quality">0 … 100, or null.</param>
    /// <exception cref="ArgumentException">Not in strictly ascending order, or another length.</exception>
    public void Add(ReadOnlySpan<byte> value, ReadOnlySpan<byte> label, Opinion? opinion, int? quality)
    {
        if (value.Length != _last.Length)
            throw new ArgumentException($"{_last.Length} bytes, not {value.Length}.", nameof(value));
        if (Count > 0 && value.SequenceCompareTo(_last) <= 0)
            throw new ArgumentException("Entries must come in strictly ascending order.", nameof(value));
        label = BankFile.Cut(label);
        if (_labelBytes + label.Length > MaxLabels)
            label = default;
        value.CopyTo(_last);
        _output.Append(value);
        var meta = (label.IsEmpty ? 0 : (ulong)_labelBytes)
            | (ulong)label.Length << 40
            | (opinion switch { null => 0UL, Opinion.Positive => 1UL, Opinion.Negative => 2UL, Opinion.Disputed => 3UL, _ => 0UL }) << 51
            | (ulong)(quality is >= 0 and <= 100 ? quality.Value : BankFile.NoQuality) << 53;
        Span<byte> bytes = stackalloc byte[BankFile.MetaLength];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, meta);
        _output.Append(bytes);
        _labels.Write(label);
        _labelBytes += label.Length;
        Count++;
    }

    /// <summary>Writes labels and header. Nothing may be added afterwards.</summary>
    /// <returns>SHA-256 of the body: what the file holds, whatever it is called.</returns>
    public byte[] Complete()
    {
        var second = _output.Position;
        _labels.Position = 0;
        var buffer = new byte[1 << 16];
        int read;
        while ((read = _labels.Read(buffer, 0, buffer.Length)) > 0)
            _output.Append(buffer.AsSpan(0, read));
        var digest = _output.EndBody();
        _output.WriteHeader(new HashFileHeader
        {
            Magic = BankFile.Magic,
            Version = BankFile.FormatVersion,
            Kind = _kind,
            Count = Count,
            FileLength = _output.Position,
            SecondPart = second,
            Sources = _sources,
            BodyDigest = digest,
        });
        return digest;
    }

    public void Dispose() => _output.Dispose();
}
