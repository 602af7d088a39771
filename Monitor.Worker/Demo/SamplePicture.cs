using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;

namespace Monitor.Worker.Demo;

/// <summary>
/// An abstract pattern as a PNG file of 12 to 28 KB. Integer arithmetic and stored deflate blocks only: the same bytes, hence
/// the same digests, on every machine and runtime.
/// </summary>
public sealed class SamplePicture
{
    private static readonly uint[] CrcTable = MakeCrcTable();

    private SamplePicture(string id, int width, int height, byte[] bytes)
    {
        Id = id;
        Width = width;
        Height = height;
        Bytes = bytes;
    }

    public string Id { get; }

    public int Width { get; }

    public int Height { get; }

    /// <summary>The PNG file (RGB, 8 bits a channel).</summary>
    public byte[] Bytes { get; }

    [SuppressMessage("Security", "CA5351", Justification = "Hash lists of the field come in MD5; nothing is secured by it.")]
    public string Md5 => Convert.ToHexStringLower(MD5.HashData(Bytes));

    [SuppressMessage("Security", "CA5350", Justification = "Hash lists of the field come in SHA-1; nothing is secured by it.")]
    public string Sha1 => Convert.ToHexStringLower(SHA1.HashData(Bytes));

    public string Sha256 => Convert.ToHexStringLower(SHA256.HashData(Bytes));

    // Loops over every pixel at the start of the world: the first, unoptimised tier would take most of that time.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static SamplePicture Draw(int seed, string id)
    {
        var dice = Dice.For(seed, "picture " + id);
        int width = dice.Between(64, 96), height = dice.Between(64, 96);
        var waves = new Wave[dice.Between(2, 4)];
        for (var i = 0; i < waves.Length; i++)
            waves[i] = new Wave(dice.Between(-5, 5), dice.Between(-5, 5), dice.Between(0, 500), dice.Between(60, 260), dice.Between(0, 2));
        var disks = new Disk[dice.Between(3, 7)];
        for (var i = 0; i < disks.Length; i++)
            disks[i] = new Disk(dice.Between(0, width), dice.Between(0, height), dice.Between(6, 26), dice.Between(0, 0xffffff), dice.Coin());

        var rows = new byte[height * (1 + (width * 3))];
        var at = 0;
        Span<int> colour = stackalloc int[3];
        for (var y = 0; y < height; y++)
        {
            rows[at++] = 0; // filter: none
            for (var x = 0; x < width; x++)
            {
                colour.Fill(40);
                foreach (var wave in waves)
                    colour[wave.Channel] += wave.At(x, y);
                foreach (var disk in disks)
                    disk.Paint(x, y, colour);
                foreach (var value in colour)
                    rows[at++] = (byte)Math.Clamp(value, 0, 255);
            }
        }

        return new SamplePicture(id, width, height, Encode(width, height, rows));
    }

    private static byte[] Encode(int width, int height, byte[] rows)
    {
        using var file = new MemoryStream(rows.Length + 256);
        file.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0d, 0x0a, 0x1a, 0x0a]);
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        header[8] = 8; // bits a channel
        header[9] = 2; // RGB
        WriteChunk(file, "IHDR"u8, header);
        WriteChunk(file, "IDAT"u8, Stored(rows));
        WriteChunk(file, "IEND"u8, []);
        return file.ToArray();
    }

    /// <summary>A zlib stream (RFC 1950) of stored blocks (RFC 1951 section 3.2.4).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static byte[] Stored(byte[] data)
    {
        using var zlib = new MemoryStream(data.Length + 64);
        zlib.Write([0x78, 0x01]);
        Span<byte> lengths = stackalloc byte[4];
        for (var start = 0; start < data.Length; start += 0xffff)
        {
            var length = Math.Min(0xffff, data.Length - start);
            zlib.WriteByte((byte)(start + length == data.Length ? 1 : 0));
            BinaryPrimitives.WriteUInt16LittleEndian(lengths, (ushort)length);
            BinaryPrimitives.WriteUInt16LittleEndian(lengths[2..], (ushort)~length);
            zlib.Write(lengths);
            zlib.Write(data, start, length);
        }

        uint a = 1, b = 0;
        foreach (var octet in data)
        {
            a = (a + octet) % 65521;
            b = (b + a) % 65521;
        }

        BinaryPrimitives.WriteUInt32BigEndian(lengths, (b << 16) | a);
        zlib.Write(lengths);
        return zlib.ToArray();
    }

    private static void WriteChunk(Stream file, ReadOnlySpan<byte> type, byte[] data)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        file.Write(number);
        file.Write(type);
        file.Write(data);
        BinaryPrimitives.WriteUInt32BigEndian(number, ~Crc(Crc(0xffffffff, type), data));
        file.Write(number);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static uint Crc(uint crc, ReadOnlySpan<byte> data)
    {
        foreach (var octet in data)
            crc = CrcTable[(crc ^ octet) & 0xff] ^ (crc >> 8);
        return crc;
    }

    private static uint[] MakeCrcTable()
    {
        var table = new uint[256];
        for (var n = 0u; n < 256; n++)
        {
            var c = n;
            for (var k = 0; k < 8; k++)
                c = (c & 1) == 1 ? 0xedb88320 ^ (c >> 1) : c >> 1;
            table[n] = c;
        }

        return table;
    }

    /// <summary>A slanted triangular wave in one colour channel.</summary>
    private readonly record struct Wave(int X, int Y, int Shift, int Period, int Channel)
    {
        public int At(int x, int y)
        {
            var phase = (((X * x) + (Y * y) + Shift) % Period + Period) % Period;
            return 150 * Math.Min(phase, Period - phase) * 2 / Period;
        }
    }

    private readonly record struct Disk(int X, int Y, int Radius, int Colour, bool Ring)
    {
        public void Paint(int x, int y, Span<int> colour)
        {
            var distance = ((x - X) * (x - X)) + ((y - Y) * (y - Y));
            if (distance > Radius * Radius || (Ring && distance < Radius * Radius / 3))
                return;
            for (var channel = 0; channel < 3; channel++)
                colour[channel] = ((Colour >> (8 * channel)) & 0xff) + (colour[channel] / 8);
        }
    }
}
