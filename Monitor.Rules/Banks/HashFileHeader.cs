using System.Buffers.Binary;
using System.Security.Cryptography;
using Monitor.Rules.Matching;

namespace Monitor.Rules.Banks;

/// <summary>
/// What bank files and index files begin with: 192 bytes, numbers little-endian.
/// <list type="table">
/// <item><term>0</term><description>magic, 8 bytes</description></item>
/// <item><term>8</term><description>version; 12: kind (0 MD5, 1 SHA-1, 2 SHA-256, 3 PDQ); each 4 bytes</description></item>
/// <item><term>16</term><description>entries; 24: length of the file; 32: where the second part begins; each 8 bytes</description></item>
/// <item><term>40</term><description>a number of the format's own, 8 bytes; 16 zeros</description></item>
/// <item><term>64</term><description>fingerprint of what it was made from, 32 bytes</description></item>
/// <item><term>96</term><description>SHA-256 of everything behind the header</description></item>
/// <item><term>128</term><description>SHA-256 of the 128 bytes before; 32 zeros</description></item>
/// </list>
/// The header is checked at every opening, the body when there is time: hashing it reads it all.
/// </summary>
internal readonly struct HashFileHeader
{
    public const int Length = 192;
    private const int Signed = 128;

    public required ulong Magic { get; init; }

    public required uint Version { get; init; }

    public required HashKind Kind { get; init; }

    public required long Count { get; init; }

    public required long FileLength { get; init; }

    public required long SecondPart { get; init; }

    public long Own { get; init; }

    public required byte[] Sources { get; init; }

    public required byte[] BodyDigest { get; init; }

    /// <summary>Bytes of one hash of the kind.</summary>
    public static int WidthOf(HashKind kind) => kind switch
    {
        HashKind.Md5 => 16,
        HashKind.Sha1 => 20,
        HashKind.Sha256 or HashKind.Pdq => 32,
    };

    public void Write(Span<byte> header)
    {
        header[..Length].Clear();
        BinaryPrimitives.WriteUInt64LittleEndian(header, Magic);
        BinaryPrimitives.WriteUInt32LittleEndian(header[8..], Version);
        BinaryPrimitives.WriteUInt32LittleEndian(header[12..], (uint)Kind);
        BinaryPrimitives.WriteInt64LittleEndian(header[16..], Count);
        BinaryPrimitives.WriteInt64LittleEndian(header[24..], FileLength);
        BinaryPrimitives.WriteInt64LittleEndian(header[32..], SecondPart);
        BinaryPrimitives.WriteInt64LittleEndian(header[40..], Own);
        Sources.CopyTo(header[64..]);
        BodyDigest.CopyTo(header[96..]);
        SHA256.HashData(header[..Signed], header[Signed..]);
    }

    /// <param name="length">Bytes that are there.</param>
    /// <param name="fault">Null: it is a header of ours and of a file as long as it says.</param>
    public static unsafe HashFileHeader? Read(byte* start, long length, ulong magic, uint version, HashKind? kind, out HashFileFault? fault)
    {
        fault = HashFileFault.Foreign;
        if (length < Length)
            return null;
        var header = new ReadOnlySpan<byte>(start, Length);
        if (BinaryPrimitives.ReadUInt64LittleEndian(header) != magic)
            return null;
        fault = HashFileFault.OtherVersion;
        if (BinaryPrimitives.ReadUInt32LittleEndian(header[8..]) != version)
            return null;
        fault = HashFileFault.HeaderDamaged;
        Span<byte> digest = stackalloc byte[32];
        SHA256.HashData(header[..Signed], digest);
        if (!digest.SequenceEqual(header.Slice(Signed, 32)))
            return null;
        var read = new HashFileHeader
        {
            Magic = magic,
            Version = version,
            Kind = (HashKind)BinaryPrimitives.ReadUInt32LittleEndian(header[12..]),
            Count = BinaryPrimitives.ReadInt64LittleEndian(header[16..]),
            FileLength = BinaryPrimitives.ReadInt64LittleEndian(header[24..]),
            SecondPart = BinaryPrimitives.ReadInt64LittleEndian(header[32..]),
            Own = BinaryPrimitives.ReadInt64LittleEndian(header[40..]),
            Sources = header.Slice(64, 32).ToArray(),
            BodyDigest = header.Slice(96, 32).ToArray(),
        };
        if (!Enum.IsDefined(read.Kind) || read.Count < 0)
            return null;
        fault = kind is { } wanted && wanted != read.Kind ? HashFileFault.OtherKind
            : read.FileLength != length || read.SecondPart < Length || read.SecondPart > length || read.Count > (read.SecondPart - Length) / WidthOf(read.Kind) ? HashFileFault.Truncated
            : null;
        return fault is null ? read : null;
    }

    /// <summary>Hashes everything behind the header in pieces.</summary>
    public unsafe bool BodyIsWhole(byte* start, CancellationToken cancellation)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        const int Piece = 1 << 20;
        for (long at = Length; at < FileLength; at += Piece)
        {
            cancellation.ThrowIfCancellationRequested();
            hash.AppendData(new ReadOnlySpan<byte>(start + at, (int)Math.Min(Piece, FileLength - at)));
        }

        return hash.GetHashAndReset().AsSpan().SequenceEqual(BodyDigest);
    }
}
