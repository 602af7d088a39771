using System.Text;
using Monitor.Worker.Extracting;

namespace Monitor.Tests.Extracting;

public sealed class CharsetTests
{
    private const string Sentence = "Đèn lồng xanh được bán ở cửa hàng nhỏ, tiếng Việt có dấu, người mua đến từ khắp nơi để ngắm ánh sáng dịu dàng của những chiếc đèn.";

    static CharsetTests() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    public static TheoryData<string, string?, string, bool, string, CharsetOrigin> Cases => new()
    {
        // encoding of the bytes, header, mark-up before the text, byte order mark?, expected charset and origin
        { "utf-8", "text/html; charset=utf-8", "", false, "utf-8", CharsetOrigin.Header },
        { "utf-8", "text/html; charset=\"UTF-8\"", "", false, "utf-8", CharsetOrigin.Header },
        { "utf-8", "text/html", "<meta charset=utf-8>", false, "utf-8", CharsetOrigin.Meta },
        { "utf-8", "text/html", "<meta http-equiv=Content-Type content='text/html; charset=UTF-8'>", false, "utf-8", CharsetOrigin.Meta },
        { "utf-8", null, "<!doctype html>", false, "utf-8", CharsetOrigin.Detected },
        { "utf-8", "text/html; charset=no-such-thing", "", false, "utf-8", CharsetOrigin.Detected },
        { "utf-8", "text/html; charset=utf-7", "<meta charset=nonsense>", false, "utf-8", CharsetOrigin.Detected },
        { "utf-8", "text/html; charset=windows-1252", "", true, "utf-8", CharsetOrigin.Bom },
        { "utf-8", "text/html", "<!-- <meta charset=windows-1251> -->", false, "utf-8", CharsetOrigin.Detected },
        { "utf-8", "text/html", "<meta charset=utf-16>", false, "utf-8", CharsetOrigin.Meta },
        { "windows-1258", "text/html; charset=windows-1258", "", false, "windows-1258", CharsetOrigin.Header },
        { "windows-1258", "text/html", "<meta charset=cp1258>", false, "windows-1258", CharsetOrigin.Meta },
        { "windows-1258", "text/html", "<html lang=vi>", false, "windows-1258", CharsetOrigin.Detected },
        { "windows-1258", "text/html", "", false, "windows-1258", CharsetOrigin.Detected },
        { "utf-16", "text/html", "<!doctype html>", true, "utf-16", CharsetOrigin.Bom },
        { "utf-16BE", "text/html", "<!doctype html>", true, "utf-16be", CharsetOrigin.Bom },
        { "utf-16", "text/html", "<!doctype html><html><head><title>abc</title></head><body>", false, "utf-16", CharsetOrigin.Detected },
        { "utf-16BE", "text/html", "<!doctype html><html><head><title>abc</title></head><body>", false, "utf-16be", CharsetOrigin.Detected },
        { "utf-16", "text/html; charset=utf-16le", "", false, "utf-16", CharsetOrigin.Header },
        { "utf-16BE", "text/html; charset=utf-16be", "", false, "utf-16be", CharsetOrigin.Header },
        { "utf-16", null, "<!doctype html>", true, "utf-16", CharsetOrigin.Bom },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_text_comes_out_composed(string encodingName, string? header, string before, bool mark, string charset, CharsetOrigin origin)
    {
        Encoding encoding = Encoding.GetEncoding(encodingName);
        string html = before + "<p>" + Sentence + "</p>";
        if (encoding.CodePage == 1258)
            html = For1258(html);
        byte[] body = [.. mark ? encoding.GetPreamble() : [], .. encoding.GetBytes(html)];

        PageReading reading = Pages.Read(body, header);

        Assert.Equal((charset, origin), (reading.CharsetUsed, reading.CharsetOrigin));
        Assert.Equal(Sentence, reading.Outline!.Blocks[^1].Text);
    }

    [Fact]
    public void A_wrong_header_wins_as_in_a_browser_and_nothing_throws()
    {
        PageReading reading = Pages.Read(Encoding.UTF8.GetBytes("<meta charset=utf-8><p>đèn"), "text/html; charset=iso-8859-1");
        Assert.Equal(("windows-1252", CharsetOrigin.Header), (reading.CharsetUsed, reading.CharsetOrigin));
        Assert.Equal("Ä‘Ã¨n", Assert.Single(reading.Outline!.Blocks).Text);
    }

    [Fact]
    public void Invalid_bytes_become_replacement_characters()
    {
        PageReading reading = Pages.Read([.. "<p>a"u8, 0xFF, 0xC3, .. "b"u8], "text/html; charset=utf-8");
        Assert.Equal("a\uFFFD\uFFFDb", Assert.Single(reading.Outline!.Blocks).Text);
    }

    [Fact]
    public void Plain_ascii_is_nobodys_claim()
    {
        PageReading reading = Pages.Read("<p>x"u8.ToArray(), "text/html");
        Assert.Equal(("utf-8", CharsetOrigin.Default), (reading.CharsetUsed, reading.CharsetOrigin));
    }

    [Fact]
    public void A_body_cut_within_a_character_is_still_utf8()
    {
        byte[] whole = Encoding.UTF8.GetBytes("<p>" + Sentence + "ồ");
        PageReading reading = Pages.Read(whole[..^1], "text/html");
        Assert.Equal("utf-8", reading.CharsetUsed);
        Assert.StartsWith(Sentence, Assert.Single(reading.Outline!.Blocks).Text, StringComparison.Ordinal);
    }

    /// <summary>The code page holds letters with circumflex, breve and horn, and the five tones as marks behind them.</summary>
    private static string For1258(string text)
    {
        var result = new StringBuilder();
        foreach (char c in text)
        {
            string parts = c.ToString().Normalize(NormalizationForm.FormD);
            if (parts.Length == 1)
            {
                result.Append(c);
                continue;
            }

            string tones = string.Concat(parts.Where(p => p is '\u0300' or '\u0301' or '\u0303' or '\u0309' or '\u0323'));
            string letter = string.Concat(parts.Where(p => !tones.Contains(p))).Normalize(NormalizationForm.FormC);
            result.Append(letter).Append(tones);
        }

        return result.ToString();
    }
}
