using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace Monitor.Tests.Fetching.Recording;

/// <summary>
/// One answer as servers write them, well or badly: with or without a length, chunked (in any sizes, extensions, trailers), coded, cut short, in odd
/// letter case, after an interim answer. The same number gives the same bytes.
/// </summary>
internal sealed record GeneratedAnswer(byte[] Bytes, bool Cut, bool Closes)
{
    public static GeneratedAnswer Of(int number)
    {
        var random = new Random(number);
        var body = new byte[random.Next(0, random.Next(4) == 0 ? 60_000 : 900)];
        random.NextBytes(body);
        var coding = random.Next(6) switch { 0 => "gzip", 1 => "deflate", 2 => "br", _ => "" };
        var coded = Coded(body, coding);
        var framing = random.Next(4);
        var status = random.Next(5) switch { 0 => "404 Not Found", 1 => "410 Gone", 2 => "200", _ => "200 OK" };
        var head = new StringBuilder();
        if (random.Next(12) == 0)
            head.Append("HTTP/1.1 103 Early Hints\r\nLink: </a.css>; rel=preload\r\n\r\n");
        head.Append(CultureInfo.InvariantCulture, $"HTTP/1.1 {status}\r\n");
        void Header(string name, string value)
        {
            var odd = random.Next(4) switch { 0 => name.ToUpperInvariant(), 1 => name.ToLowerInvariant(), 2 => Odd(name, random), _ => name };
            head.Append(odd).Append(random.Next(3) == 0 ? ":" : ":   ").Append(value).Append(random.Next(5) == 0 ? "  \r\n" : "\r\n");
        }

        Header("Content-Type", "text/html; charset=utf-8");
        Header("X-Ten", "Đèn lồng xanh");
        if (random.Next(3) == 0)
            Header("Set-Cookie", $"v={number}; Path=/");
        if (coding.Length > 0)
            Header("Content-Encoding", coding);
        var closes = framing == 2;
        using var framed = new MemoryStream();
        switch (framing)
        {
            case 0 or 3:
                Header("Content-Length", coded.Length.ToString(CultureInfo.InvariantCulture));
                framed.Write(coded);
                break;
            case 1:
                Header("Transfer-Encoding", "chunked");
                Chunked(framed, coded, random);
                break;
            default:
                Header("Connection", "close");
                framed.Write(coded);
                break;
        }

        head.Append("\r\n");
        var whole = (byte[])[.. Encoding.UTF8.GetBytes(head.ToString()), .. framed.ToArray()];
        var cut = random.Next(10) == 0;
        return new GeneratedAnswer(cut ? whole[..random.Next(0, whole.Length)] : whole, cut, closes || cut);
    }

    private static byte[] Coded(byte[] body, string coding)
    {
        using var to = new MemoryStream();
        using (Stream? coder = coding switch
        {
            "gzip" => new GZipStream(to, CompressionLevel.Fastest, leaveOpen: true),
            "deflate" => new ZLibStream(to, CompressionLevel.Fastest, leaveOpen: true),
            "br" => new BrotliStream(to, CompressionLevel.Fastest, leaveOpen: true),
            _ => null,
        })
            (coder ?? to).Write(body);
        return to.ToArray();
    }

    private static void Chunked(MemoryStream to, byte[] body, Random random)
    {
        for (var at = 0; at < body.Length;)
        {
            var size = Math.Min(body.Length - at, random.Next(1, 5000));
            var digits = size.ToString(random.Next(2) == 0 ? "x" : "X4", CultureInfo.InvariantCulture);
            to.Write(Encoding.ASCII.GetBytes(digits + (random.Next(3) == 0 ? ";ext=\"1\"" : "") + "\r\n"));
            to.Write(body.AsSpan(at, size));
            to.Write("\r\n"u8);
            at += size;
        }

        to.Write(random.Next(2) == 0 ? "0\r\n\r\n"u8 : "0\r\nX-Sum: a\r\nx-ten-cuoi: b\r\n\r\n"u8);
    }

    private static string Odd(string name, Random random) => string.Concat(name.Select(letter => random.Next(2) == 0 ? char.ToUpperInvariant(letter) : char.ToLowerInvariant(letter)));
}
