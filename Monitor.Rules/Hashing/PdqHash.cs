using System.Buffers.Binary;
using System.Numerics;

namespace Monitor.Rules.Hashing;

/// <summary>
/// One 256-bit perceptual hash (PDQ, ThreatExchange, "TMK+PDQF" paper of 2019). Near pictures have near hashes: the
/// <see cref="Distance"/> is the number of differing bits, 0…256, and a distance of 31 or less is the customary "same picture".
/// The value carries no quality and no <see cref="PdqVariant"/>: see <see cref="PdqFingerprint"/> for what is stored.
/// The default value is all zero bits.
/// </summary>
public readonly struct PdqHash : IEquatable<PdqHash>
{
    /// <summary>Length in bytes.</summary>
    public const int Bytes = 32;

    /// <summary>Length in bits.</summary>
    public const int Bits = 256;

    // Least significant first, so that the value in memory is the sixteen 16-bit words of the reference in their order.
    private readonly ulong _w0;
    private readonly ulong _w1;
    private readonly ulong _w2;
    private readonly ulong _w3;

    internal PdqHash(ulong w0, ulong w1, ulong w2, ulong w3)
    {
        _w0 = w0;
        _w1 = w1;
        _w2 = w2;
        _w3 = w3;
    }

    /// <summary>How many bits are set. A hash of a real picture has 128, fewer only if frequencies tie.</summary>
    public int PopCount => BitOperations.PopCount(_w0) + BitOperations.PopCount(_w1) + BitOperations.PopCount(_w2) + BitOperations.PopCount(_w3);

    /// <summary>Reads 32 bytes, the most significant first: the order of the hex digits.</summary>
    /// <exception cref="ArgumentException">Not 32 bytes.</exception>
    public static PdqHash FromBytes(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Bytes)
            throw new ArgumentException($"A PDQ hash has {Bytes} bytes, not {bytes.Length}.", nameof(bytes));
        return new PdqHash(
            BinaryPrimitives.ReadUInt64BigEndian(bytes[24..]),
            BinaryPrimitives.ReadUInt64BigEndian(bytes[16..]),
            BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]),
            BinaryPrimitives.ReadUInt64BigEndian(bytes));
    }

    /// <summary>Reads exactly 64 hex digits of either case. No white space, no prefix.</summary>
    public static bool TryParse(ReadOnlySpan<char> hex, out PdqHash hash)
    {
        hash = default;
        Span<byte> bytes = stackalloc byte[Bytes];
        if (hex.Length != 2 * Bytes || Convert.FromHexString(hex, bytes, out _, out _) != System.Buffers.OperationStatus.Done)
            return false;
        hash = FromBytes(bytes);
        return true;
    }

    /// <exception cref="FormatException">Not 64 hex digits.</exception>
    public static PdqHash Parse(ReadOnlySpan<char> hex) =>
        TryParse(hex, out PdqHash hash) ? hash : throw new FormatException("A PDQ hash is 64 hex digits.");

    /// <summary>Differing bits, 0…256.</summary>
    public int Distance(in PdqHash other) =>
        BitOperations.PopCount(_w0 ^ other._w0) + BitOperations.PopCount(_w1 ^ other._w1) + BitOperations.PopCount(_w2 ^ other._w2) + BitOperations.PopCount(_w3 ^ other._w3);

    /// <summary>The hash with one bit turned.</summary>
    /// <param name="bit">0…255, 0 the least significant.</param>
    public PdqHash Flip(int bit)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bit);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(bit, Bits);
        ulong mask = 1UL << (bit & 63);
        return (bit >> 6) switch
        {
            0 => new PdqHash(_w0 ^ mask, _w1, _w2, _w3),
            1 => new PdqHash(_w0, _w1 ^ mask, _w2, _w3),
            2 => new PdqHash(_w0, _w1, _w2 ^ mask, _w3),
            _ => new PdqHash(_w0, _w1, _w2, _w3 ^ mask),
        };
    }

    /// <summary>Writes 32 bytes, the most significant first.</summary>
    /// <exception cref="ArgumentException">The destination is too short.</exception>
    public void CopyTo(Span<byte> destination)
    {
        if (destination.Length < Bytes)
            throw new ArgumentException($"A PDQ hash needs {Bytes} bytes.", nameof(destination));
        BinaryPrimitives.WriteUInt64BigEndian(destination, _w3);
        BinaryPrimitives.WriteUInt64BigEndian(destination[8..], _w2);
        BinaryPrimitives.WriteUInt64BigEndian(destination[16..], _w1);
        BinaryPrimitives.WriteUInt64BigEndian(destination[24..], _w0);
    }

    public bool Equals(PdqHash other) => _w0 == other._w0 && _w1 == other._w1 && _w2 == other._w2 && _w3 == other._w3;

    public override bool Equals(object? obj) => obj is PdqHash other && Equals(other);

    public override int GetHashCode() => HashCode.Combine(_w0, _w1, _w2, _w3);

    /// <summary>64 lower-case hex digits.</summary>
    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[Bytes];
        CopyTo(bytes);
        return Convert.ToHexStringLower(bytes);
    }

    public static bool operator ==(PdqHash left, PdqHash right) => left.Equals(right);

    public static bool operator !=(PdqHash left, PdqHash right) => !left.Equals(right);
}
