using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;
using Monitor.Rules.Banks;
using Monitor.Rules.Hashing;

namespace Monitor.Rules.Matching;

/// <summary>Writes the file a <see cref="DigestIndex"/> reads, from digests in ascending order; only the directory is held in memory.</summary>
public sealed class DigestIndexWriter : IDisposable
{
    private readonly HashFileOutput _output;
    private readonly HashKind _kind;
    private readonly byte[] _sources;
    private readonly byte[] _last;
    private readonly ulong[] _directory;
    private readonly int _shift;
    private long _count;
    private long _bucket;

    /// <param name="stream">Empty, can seek; stays open.</param>
    /// <param name="expected">At least as many digests as will come; sets the size of the directory.</param>
    /// <param name="sources">32 bytes that name what the index is built from.</param>
    public DigestIndexWriter(Stream stream, DigestKind kind, long expected, ReadOnlySpan<byte> sources)
    {
        if (sources.Length != 32)
            throw new ArgumentException("A fingerprint has 32 bytes.", nameof(sources));
        _output = new HashFileOutput(stream);
        (_kind, _sources, _last) = (kind.ToHashKind(), sources.ToArray(), new byte[Digest.LengthOf(kind)]);

        // Four to eight entries a bucket: one to two bytes of directory for each.
        var bits = Math.Clamp(BitOperations.Log2((ulong)Math.Max(1, expected / 4)), 1, 30);
        _shift = 64 - bits;
        _directory = new ulong[(1L << bits) + 1];
    }

    /// <summary>Digests taken so far.</summary>
    public long Count => _count;

    /// <summary>Takes the next one; equal to the one before it, it is the same entry.</summary>
    /// <exception cref="ArgumentException">Not in ascending order, or another length.</exception>
    /// <exception cref="InvalidOperationException">More than 4,294,967,295.</exception>
    public void Add(ReadOnlySpan<byte> digest)
    {
        if (digest.Length != _last.Length)
            throw new ArgumentException($"{_last.Length} bytes, not {digest.Length}.", nameof(digest));
        if (_count > 0)
        {
            var order = digest.SequenceCompareTo(_last);
            if (order == 0)
                return;
            if (order < 0)
                throw new ArgumentException("Digests must come in ascending order.", nameof(digest));
        }

        if (_count == uint.MaxValue)
            throw new InvalidOperationException("An index holds at most 4,294,967,295 digests.");
        var prefix = BinaryPrimitives.ReadUInt64BigEndian(digest);
        for (var bucket = (long)(prefix >> _shift); _bucket < bucket;)
            _directory[++_bucket] = (ulong)_count;
        var part = (int)(prefix >> (_shift - DigestIndex.FilterBits)) & ((1 << DigestIndex.FilterBits) - 1);
        _directory[_bucket] |= 1UL << (32 + part);
        digest.CopyTo(_last);
        _output.Append(digest);
        _count++;
    }

    /// <summary>Writes the directory and the header. Nothing may be added afterwards.</summary>
    public void Complete()
    {
        while (_bucket < _directory.Length - 1)
            _directory[++_bucket] = (ulong)_count;
        _output.AlignTo(64);
        var second = _output.Position;
        var bytes = MemoryMarshal.AsBytes(_directory.AsSpan());
        for (var at = 0; at < bytes.Length; at += 1 << 16)
            _output.Append(bytes.Slice(at, Math.Min(1 << 16, bytes.Length - at)));
        _output.WriteHeader(new HashFileHeader
        {
            Magic = DigestIndex.Magic,
            Version = DigestIndex.FormatVersion,
            Kind = _kind,
            Count = _count,
            FileLength = _output.Position,
            SecondPart = second,
            Own = 64 - _shift,
            Sources = _sources,
            BodyDigest = _output.EndBody(),
        });
    }

    public void Dispose() => _output.Dispose();
}
