using System.Text;

namespace Monitor.Worker.Extracting;

/// <summary>
/// What a body is. The first bytes win over the header for pictures, films, sound and PDF, and where the header says nothing useful:
/// hosts serve pictures as text/html and error pages as image/jpeg (compare WHATWG MIME Sniffing).
/// </summary>
internal static class ContentSniffer
{
    private static readonly string[] HtmlStarts =
        ["<!doctype html", "<html", "<head", "<body", "<title", "<meta", "<script", "<style", "<div", "<p>", "<p ", "<h1", "<table", "<iframe", "<a ", "<img", "<br", "<b>", "<font", "<!--"];

    public static ContentKind Sniff(ReadOnlySpan<byte> body, string? contentType)
    {
        if (body.IsEmpty)
            return ContentKind.Empty;

        if (Magic(body) is { } magic)
            return magic;

        ReadOnlySpan<char> type = contentType ?? "";
        int semicolon = type.IndexOf(';');
        type = (semicolon < 0 ? type : type[..semicolon]).Trim();
        if (Is(type, "text/html") || Is(type, "application/xhtml+xml"))
            return ContentKind.Html;
        if (Is(type, "application/json") || Is(type, "text/json") || type.EndsWith("+json", StringComparison.OrdinalIgnoreCase))
            return ContentKind.Json;

        bool html = StartsLikeHtml(body);
        bool xml = Is(type, "text/xml") || Is(type, "application/xml");
        if (Is(type, "image/svg+xml"))
            return ContentKind.Image;
        if (Is(type, "text/plain"))
            return ContentKind.Text;
        if (html)
            return ContentKind.Html;
        if (xml || type.StartsWith("text/", StringComparison.OrdinalIgnoreCase))
            return ContentKind.Text;
        if (type.StartsWith("image/", StringComparison.OrdinalIgnoreCase))
            return ContentKind.Image;
        if (type.StartsWith("video/", StringComparison.OrdinalIgnoreCase))
            return ContentKind.Video;
        if (type.StartsWith("audio/", StringComparison.OrdinalIgnoreCase))
            return ContentKind.Audio;
        if (Is(type, "application/pdf"))
            return ContentKind.Pdf;
        if (!type.IsEmpty && !Is(type, "application/octet-stream") && !Is(type, "application/x-unknown") && !Is(type, "*/*"))
            return ContentKind.Other;

        return WithoutType(body);
    }

    private static ContentKind WithoutType(ReadOnlySpan<byte> body)
    {
        ReadOnlySpan<byte> head = body[..Math.Min(body.Length, 1024)];
        if (head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || head.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]) || CharsetSniffer.LooksLikeUtf16(head) is not null)
            return Encoding.Latin1.GetString(head).Replace("\0", "", StringComparison.Ordinal).Contains('<', StringComparison.Ordinal) ? ContentKind.Html : ContentKind.Text;

        foreach (byte b in head)
        {
            if (b < 0x20 && b is not (9 or 10 or 12 or 13 or 27))
                return ContentKind.Other;
        }

        ReadOnlySpan<byte> start = Start(head);
        return start.Length > 0 && start[0] is (byte)'{' or (byte)'[' ? ContentKind.Json : ContentKind.Text;
    }

    private static ContentKind? Magic(ReadOnlySpan<byte> body)
    {
        if (body.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]) || body.StartsWith((ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A])
            || body.StartsWith("GIF87a"u8) || body.StartsWith("GIF89a"u8))
            return ContentKind.Image;
        if (body.Length >= 12 && body.StartsWith("RIFF"u8))
        {
            ReadOnlySpan<byte> form = body.Slice(8, 4);
            return form.SequenceEqual("WEBP"u8) ? ContentKind.Image : form.SequenceEqual("AVI "u8) ? ContentKind.Video : form.SequenceEqual("WAVE"u8) ? ContentKind.Audio : null;
        }

        if (body.Length >= 12 && body.Slice(4, 4).SequenceEqual("ftyp"u8))
        {
            ReadOnlySpan<byte> brand = body.Slice(8, 4);
            if (brand.StartsWith("avif"u8) || brand.StartsWith("heic"u8) || brand.StartsWith("mif1"u8))
                return ContentKind.Image;
            return brand.StartsWith("M4A"u8) ? ContentKind.Audio : ContentKind.Video;
        }

        if (body.StartsWith((ReadOnlySpan<byte>)[0x1A, 0x45, 0xDF, 0xA3]))
            return ContentKind.Video;
        if (body.StartsWith("ID3"u8) || body.StartsWith("OggS"u8) || body.StartsWith("fLaC"u8))
            return ContentKind.Audio;
        return body.StartsWith("%PDF-"u8) ? ContentKind.Pdf : null;
    }

    private static bool StartsLikeHtml(ReadOnlySpan<byte> body)
    {
        ReadOnlySpan<byte> start = Start(body[..Math.Min(body.Length, 1024)]);
        if (start.StartsWith("<?xml"u8))
        {
            int end = start.IndexOf("?>"u8);
            start = end < 0 ? start : Start(start[(end + 2)..]);
        }

        foreach (string tag in HtmlStarts)
        {
            if (start.Length >= tag.Length && Ascii.EqualsIgnoreCase(start[..tag.Length], tag))
                return true;
        }

        return false;
    }

    private static ReadOnlySpan<byte> Start(ReadOnlySpan<byte> head)
    {
        if (head.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]))
            head = head[3..];
        return head.TrimStart(" \t\r\n\f"u8);
    }

    private static bool Is(ReadOnlySpan<char> type, string name) => type.Equals(name, StringComparison.OrdinalIgnoreCase);
}
