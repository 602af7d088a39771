using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace Monitor.Rules.Hashing;

/// <summary>
/// One digest, held inline so that large indexes are plain arrays and comparing allocates nothing.
/// The default value is an MD5 of 16 zero bytes. Order: kind first, then the bytes as an unsigned big-endian number.
/// </summary>
public readonly struct Digest : IEquatable<Digest>, IComparable<Digest>
{
    // Big-endian words, so that comparing words in turn is comparing bytes in turn. Unused bytes are zero.
    private readonly ulong _w0;
    private readonly ulong _w1;
    private readonly ulong _w2;
    private readonly ulong _w3;

    private Digest(DigestKind kind, ReadOnlySpan<byte> padded)
    {
        Kind = kind;
        _w0 = BinaryPrimitives.ReadUInt64BigEndian(padded);
        _w1 = BinaryPrimitives.ReadUInt64BigEndian(padded[8..]);
        _w2 = BinaryPrimitives.ReadUInt64BigEndian(padded[16..]);
        _w3 = BinaryPrimitives.ReadUInt64BigEndian(padded[24..]);
    }

    public DigestKind Kind { get; }

    /// <summary>Length in bytes: 16, 20 or 32.</summary>
    public int Length => LengthOf(Kind);

    /// <summary>The first 64 bits: evenly spread for any honest list, which is what an index wants to file by.</summary>
    internal ulong Prefix => _w0;

    /// <summary>Order of a stored digest of the same kind against this one, where the leading 64 bits are known to be equal.</summary>
    /// <param name="stored"><see cref="Length"/> bytes.</param>
    internal unsafe int CompareRest(byte* stored)
    {
        ulong word = BinaryPrimitives.ReverseEndianness(Unsafe.ReadUnaligned<ulong>(stored + 8));
        if (word != _w1)
            return word < _w1 ? -1 : 1;
        switch (Kind)
        {
            case DigestKind.Md5:
                return 0;
            case DigestKind.Sha1:
                uint last = BinaryPrimitives.ReverseEndianness(Unsafe.ReadUnaligned<uint>(stored + 16));
                return last.CompareTo((uint)(_w2 >> 32));
            default:
                word = BinaryPrimitives.ReverseEndianness(Unsafe.ReadUnaligned<ulong>(stored + 16));
                if (word != _w2)
                    return word < _w2 ? -1 : 1;
                word = BinaryPrimitives.ReverseEndianness(Unsafe.ReadUnaligned<ulong>(stored + 24));
                return word.CompareTo(_w3);
        }
    }

    /// <summary>Zero when a stored digest of the same kind equals this one behind the leading 64 bits. Decides nothing on the way.</summary>
    /// <param name="stored"><see cref="Length"/> bytes.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal unsafe ulong RestDiffers(byte* stored)
    {
        ulong differs = BinaryPrimitives.ReverseEndianness(Unsafe.ReadUnaligned<ulong>(stored + 8)) ^ _w1;
        if (Kind == DigestKind.Sha256)
        {
            differs |= BinaryPrimitives.ReverseEndianness(Unsafe.ReadUnaligned<ulong>(stored + 16)) ^ _w2;
            differs |= BinaryPrimitives.ReverseEndianness(Unsafe.ReadUnaligned<ulong>(stored + 24)) ^ _w3;
        }
        else if (Kind == DigestKind.Sha1)
        {
            differs |= BinaryPrimitives.ReverseEndianness(Unsafe.ReadUnaligned<uint>(stored + 16)) ^ (_w2 >> 32);
        }

        return differs;
    }

    /// <summary>Length in bytes of a digest of the kind.</summary>
    public static int LengthOf(DigestKind kind) => kind switch
    {
        DigestKind.Md5 => 16,
        DigestKind.Sha1 => 20,
        DigestKind.Sha256 => 32,
    };

    /// <exception cref="ArgumentException">The number of bytes is not the kind's.</exception>
    public static Digest FromBytes(DigestKind kind, ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != LengthOf(kind))
            throw new ArgumentException($"{kind} has {LengthOf(kind)} bytes, not {bytes.Length}.", nameof(bytes));

        Span<byte> padded = stackalloc byte[32];
        padded.Clear();
        bytes.CopyTo(padded);
        return new Digest(kind, padded);
    }

    /// <summary>Reads hex digits of either case; the length decides the kind (32 MD5, 40 SHA-1, 64 SHA-256). No white space, no prefix.</summary>
    public static bool TryParse(ReadOnlySpan<char> hex, out Digest digest)
    {
        switch (hex.Length)
        {
            case 32: return TryParse(DigestKind.Md5, hex, out digest);
            case 40: return TryParse(DigestKind.Sha1, hex, out digest);
            case 64: return TryParse(DigestKind.Sha256, hex, out digest);
            default:
                digest = default;
                return false;
        }
    }

    /// <summary>Reads hex digits of either case; their number must be exactly that of the kind.</summary>
    public static bool TryParse(DigestKind kind, ReadOnlySpan<char> hex, out Digest digest)
    {
        digest = default;
        int length = LengthOf(kind);
        if (hex.Length != length * 2)
            return false;

        Span<byte> padded = stackalloc byte[32];
        padded.Clear();
        for (int i = 0; i < length; i++)
        {
            int high = HexValue(hex[2 * i]);
            int low = HexValue(hex[(2 * i) + 1]);
            if ((high | low) < 0)
                return false;

            padded[i] = (byte)((high << 4) | low);
        }

        digest = new Digest(kind, padded);
        return true;
    }

    /// <exception cref="FormatException">Not 32, 40 or 64 hex digits.</exception>
    public static Digest Parse(ReadOnlySpan<char> hex) =>
        TryParse(hex, out Digest digest) ? digest : throw new FormatException("A digest is 32, 40 or 64 hex digits.");

    /// <summary>Writes <see cref="Length"/> bytes.</summary>
    /// <exception cref="ArgumentException">The destination is too short.</exception>
    public void CopyTo(Span<byte> destination)
    {
        Span<byte> padded = stackalloc byte[32];
        WritePadded(padded);
        padded[..Length].CopyTo(destination);
    }

    public bool Equals(Digest other) =>
        _w0 == other._w0 && _w1 == other._w1 && _w2 == other._w2 && _w3 == other._w3 && Kind == other.Kind;

    public override bool Equals(object? obj) => obj is Digest other && Equals(other);

    public override int GetHashCode() => HashCode.Combine(_w0, _w1, Kind);

    public int CompareTo(Digest other)
    {
        if (Kind != other.Kind)
            return Kind < other.Kind ? -1 : 1;
        if (_w0 != other._w0)
            return _w0 < other._w0 ? -1 : 1;
        if (_w1 != other._w1)
            return _w1 < other._w1 ? -1 : 1;
        if (_w2 != other._w2)
            return _w2 < other._w2 ? -1 : 1;
        return _w3.CompareTo(other._w3);
    }

    /// <summary>Lower-case hex digits.</summary>
    public override string ToString()
    {
        Span<byte> padded = stackalloc byte[32];
        WritePadded(padded);
        return Convert.ToHexStringLower(padded[..Length]);
    }

    public static bool operator ==(Digest left, Digest right) => left.Equals(right);

    public static bool operator !=(Digest left, Digest right) => !left.Equals(right);

    public static bool operator <(Digest left, Digest right) => left.CompareTo(right) < 0;

    public static bool operator >(Digest left, Digest right) => left.CompareTo(right) > 0;

    public static bool operator <=(Digest left, Digest right) => left.CompareTo(right) <= 0;

    public static bool operator >=(Digest left, Digest right) => left.CompareTo(right) >= 0;

    private static int HexValue(char c) => c switch
    {
        >= '0' and <= '9' => c - '0',
        >= 'a' and <= 'f' => c - 'a' + 10,
        >= 'A' and <= 'F' => c - 'A' + 10,
        _ => -1,
    };

    private void WritePadded(Span<byte> padded)
    {
        BinaryPrimitives.WriteUInt64BigEndian(padded, _w0);
        BinaryPrimitives.WriteUInt64BigEndian(padded[8..], _w1);
        BinaryPrimitives.WriteUInt64BigEndian(padded[16..], _w2);
        BinaryPrimitives.WriteUInt64BigEndian(padded[24..], _w3);
    }
}
