using System.Buffers.Binary;
using System.IO.Compression;
using System.Runtime.InteropServices;
using ImageMagick;
using Monitor.Rules.Hashing;
using SkiaSharp;

namespace Monitor.Tests.Media;

/// <summary>Picture files made here: whole ones of each format, and ones that no camera would write.</summary>
internal static class EncodedPictures
{
    public static byte[] Skia(Picture picture, SKEncodedImageFormat format, int quality = 90)
    {
        using var bitmap = new SKBitmap(new SKImageInfo(picture.Width, picture.Height, SKColorType.Rgba8888, SKAlphaType.Unpremul));
        Marshal.Copy(picture.Pixels, 0, bitmap.GetPixels(), picture.Pixels.Length);
        using var data = bitmap.Encode(format, quality);
        return data.ToArray();
    }

    public static byte[] Magick(Picture picture, MagickFormat format, int frames = 1)
    {
        using var images = new MagickImageCollection();
        for (var k = 0; k < frames; k++)
        {
            var image = new MagickImage();
            image.ReadPixels(picture.Pixels, new PixelReadSettings((uint)picture.Width, (uint)picture.Height, StorageType.Char, PixelMapping.RGBA));
            image.Rotate(k * 90);
            image.ResetPage();
            image.AnimationDelay = 10;
            images.Add(image);
        }

        return frames == 1 ? images[0].ToByteArray(format) : images.ToByteArray(format);
    }

    /// <summary>24 bits a pixel, no palette.</summary>
    public static byte[] Bmp(Picture picture)
    {
        var stride = ((picture.Width * 3) + 3) & ~3;
        var bytes = new byte[54 + (stride * picture.Height)];
        "BM"u8.CopyTo(bytes);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(2), bytes.Length);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(10), 54);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(14), 40);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(18), picture.Width);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(22), picture.Height);
        bytes[26] = 1;
        bytes[28] = 24;
        for (var y = 0; y < picture.Height; y++)
        {
            for (var x = 0; x < picture.Width; x++)
            {
                var from = ((y * picture.Width) + x) * 4;
                var to = 54 + ((picture.Height - 1 - y) * stride) + (x * 3);
                (bytes[to], bytes[to + 1], bytes[to + 2]) = (picture.Pixels[from + 2], picture.Pixels[from + 1], picture.Pixels[from]);
            }
        }

        return bytes;
    }

    /// <summary>A PNG that claims a size and holds the bytes given as its only data.</summary>
    public static byte[] Png(uint width, uint height, byte[] data)
    {
        using var png = new MemoryStream();
        png.Write([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]);
        var header = new byte[13];
        BinaryPrimitives.WriteUInt32BigEndian(header, width);
        BinaryPrimitives.WriteUInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9]) = (8, 0);
        Chunk(png, "IHDR"u8, header);
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            zlib.Write(data);
        }

        Chunk(png, "IDAT"u8, packed.ToArray());
        Chunk(png, "IEND"u8, []);
        return png.ToArray();
    }

    /// <summary>A GIF of one-pixel frames on a canvas.</summary>
    public static byte[] Gif(int width, int height, int frames)
    {
        using var gif = new MemoryStream();
        gif.Write("GIF89a"u8);
        gif.Write([(byte)width, (byte)(width >> 8), (byte)height, (byte)(height >> 8), 0x80, 0, 0, 0, 0, 0, 255, 255, 255]);
        for (var k = 0; k < frames; k++)
        {
            gif.Write([0x21, 0xF9, 4, 4, 1, 0, 0, 0, 0x2C, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0]);
        }

        gif.WriteByte(0x3B);
        return gif.ToArray();
    }

    /// <summary>A progressive JPEG with its last scan repeated.</summary>
    public static byte[] ManyScans(byte[] jpeg, int times)
    {
        var start = jpeg.AsSpan().LastIndexOf((ReadOnlySpan<byte>)[0xFF, 0xDA]);
        var scan = jpeg[start..^2];
        using var bytes = new MemoryStream();
        bytes.Write(jpeg.AsSpan(0, jpeg.Length - 2));
        for (var k = 0; k < times; k++)
        {
            bytes.Write(scan);
        }

        bytes.Write([0xFF, 0xD9]);
        return bytes.ToArray();
    }

    private static void Chunk(MemoryStream png, ReadOnlySpan<byte> kind, byte[] data)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        png.Write(number);
        png.Write(kind);
        png.Write(data);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc([.. kind, .. data]));
        png.Write(number);
    }

    private static uint Crc(byte[] bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ 0xEDB8_8320;
            }
        }

        return ~crc;
    }
}
