namespace Monitor.Worker.Media;

/// <summary>Tells pictures apart by their first bytes; what the server or the file's name says counts for nothing.</summary>
public static class MediaFormats
{
    /// <summary>Bytes that are enough to tell.</summary>
    public const int HeadBytes = 512;

    public static MediaFormat Sniff(ReadOnlySpan<byte> head)
    {
        if (head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]))
            return MediaFormat.Jpeg;
        if (head.StartsWith((ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]))
            return MediaFormat.Png;
        if (head.StartsWith("GIF87a"u8) || head.StartsWith("GIF89a"u8))
            return MediaFormat.Gif;
        if (head.StartsWith("RIFF"u8) && head.Length >= 12)
            return head[8..].StartsWith("WEBP"u8) ? MediaFormat.Webp : head[8..].StartsWith("AVI "u8) || head[8..].StartsWith("WAVE"u8) ? MediaFormat.Video : MediaFormat.Unknown;
        if (head.StartsWith("BM"u8) && head.Length >= 18 && head[15] == 0 && head[16] == 0 && head[17] == 0)
            return MediaFormat.Bmp;
        if (head.StartsWith((ReadOnlySpan<byte>)[0, 0, 1, 0]) && head.Length >= 6)
            return MediaFormat.Ico;
        if (head.StartsWith((ReadOnlySpan<byte>)[0x49, 0x49, 0x2A, 0]) || head.StartsWith((ReadOnlySpan<byte>)[0x4D, 0x4D, 0, 0x2A]))
            return MediaFormat.Tiff;
        if (head.Length >= 12 && head[4..].StartsWith("ftyp"u8))
            return Brand(head);
        if (head.StartsWith((ReadOnlySpan<byte>)[0x1A, 0x45, 0xDF, 0xA3]) || head.StartsWith("OggS"u8) || head.StartsWith("FLV"u8) || head.StartsWith("ID3"u8))
            return MediaFormat.Video;
        return Draws(head) ? MediaFormat.Svg : MediaFormat.Unknown;
    }

    /// <summary>ISO base media: the major brand, or the first of the compatible ones that says more.</summary>
    private static MediaFormat Brand(ReadOnlySpan<byte> head)
    {
        var end = Math.Min(head.Length - 3, Math.Max(12, (int)Math.Min(int.MaxValue, System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(head))));
        for (var at = 8; at < end; at += at == 8 ? 8 : 4)
        {
            var brand = head.Slice(at, 4);
            if (brand.SequenceEqual("avif"u8) || brand.SequenceEqual("avis"u8))
                return MediaFormat.Avif;
            if (brand.SequenceEqual("heic"u8) || brand.SequenceEqual("heix"u8) || brand.SequenceEqual("heim"u8) || brand.SequenceEqual("heis"u8) || brand.SequenceEqual("hevc"u8) || brand.SequenceEqual("hevx"u8))
                return MediaFormat.Heic;
        }

        return MediaFormat.Video;
    }

    private static bool Draws(ReadOnlySpan<byte> head)
    {
        var text = head.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]) ? head[3..] : head;
        text = text.TrimStart(" \t\r\n"u8);
        return text.StartsWith("<svg"u8) || ((text.StartsWith("<?xml"u8) || text.StartsWith("<!--"u8) || text.StartsWith("<!DOCTYPE svg"u8)) && text.IndexOf("<svg"u8) >= 0);
    }
}
