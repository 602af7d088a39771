using System.Buffers;
using System.Globalization;
using System.Text;

namespace Monitor.Worker.Warc;

/// <summary>Where things lie in the bytes of an HTTP/1.1 answer (RFC 9112): read leniently, as the bytes are evidence whatever they are.</summary>
public sealed record WireResponse
{
    /// <summary>Status of the final answer; those of 1xx before it are part of its head.</summary>
    public required int Status { get; init; }

    /// <summary>Bytes up to and with the empty line that ends the final head.</summary>
    public required int HeadLength { get; init; }

    public required bool Chunked { get; init; }

    /// <summary>As declared; null: not, or not understood.</summary>
    public long? ContentLength { get; init; }

    /// <summary>Value of the header, lower case; empty: none.</summary>
    public string ContentEncoding { get; init; } = "";

    /// <summary>Null when no whole head of an HTTP answer stands at the beginning.</summary>
    public static WireResponse? Read(ReadOnlySpan<byte> bytes)
    {
        var start = 0;
        while (true)
        {
            var rest = bytes[start..];
            if (!rest.StartsWith("HTTP/1."u8) || EndOfHead(rest) is not (> 0 and var length))
                return null;
            var lines = Encoding.Latin1.GetString(rest[..length]).Split('\n');
            var words = lines[0].TrimEnd('\r').Split(' ', 3);
            if (words.Length < 2 || !int.TryParse(words[1], NumberStyles.None, CultureInfo.InvariantCulture, out var status))
                return null;
            start += length;
            if (status is >= 100 and < 200 and not 101)
                continue;
            string Value(string name) => string.Join(", ", lines.Skip(1).Where(line => line.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase)).Select(line => line[(name.Length + 1)..].Trim()));
            return new WireResponse
            {
                Status = status,
                HeadLength = start,
                Chunked = Value("transfer-encoding").Contains("chunked", StringComparison.OrdinalIgnoreCase),
                ContentLength = long.TryParse(Value("content-length"), NumberStyles.None, CultureInfo.InvariantCulture, out var declared) ? declared : null,
                ContentEncoding = Value("content-encoding").ToLowerInvariant(),
            };
        }
    }

    /// <summary>The final head's fields, names lower case, values of one name joined as RFC 9110 (5.3) allows.</summary>
    public IReadOnlyDictionary<string, string> Headers(ReadOnlySpan<byte> bytes)
    {
        var head = Encoding.Latin1.GetString(bytes[..Math.Min(HeadLength, bytes.Length)]);
        var final = head.LastIndexOf("HTTP/1.", StringComparison.Ordinal);
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in head[Math.Max(0, final)..].Split('\n').Skip(1))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon <= 0)
                continue;
            var (name, value) = (line[..colon].Trim().ToLowerInvariant(), line[(colon + 1)..].Trim());
            fields[name] = fields.TryGetValue(name, out var before) ? $"{before}, {value}" : value;
        }

        return fields;
    }

    /// <summary>The body without its framing; codings stay. Null when it breaks off or is not framed as it says.</summary>
    public ReadOnlyMemory<byte>? Payload(ReadOnlyMemory<byte> bytes)
    {
        var body = bytes[HeadLength..];
        if (Chunked)
            return Dechunk(body);
        if (ContentLength is { } declared)
            return declared <= body.Length ? body[..(int)declared] : null;
        return body;
    }

    private static int EndOfHead(ReadOnlySpan<byte> bytes)
    {
        for (var i = 0; i < bytes.Length; i++)
        {
            if (bytes[i] != '\n')
                continue;
            if (i + 1 < bytes.Length && bytes[i + 1] == '\n')
                return i + 2;
            if (i + 2 < bytes.Length && bytes[i + 1] == '\r' && bytes[i + 2] == '\n')
                return i + 3;
        }

        return 0;
    }

    private static ReadOnlyMemory<byte>? Dechunk(ReadOnlyMemory<byte> body)
    {
        var to = new ArrayBufferWriter<byte>(Math.Max(1, body.Length));
        while (true)
        {
            var line = body.Span.IndexOf((byte)'\n');
            if (line < 0)
                return null;
            var size = Encoding.Latin1.GetString(body.Span[..line]).Split(';')[0].Trim();
            if (!int.TryParse(size, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var length) || length < 0)
                return null;
            body = body[(line + 1)..];
            if (length == 0)
                return to.WrittenMemory;
            if (body.Length < length)
                return null;
            to.Write(body.Span[..length]);
            body = body[length..];
            if (body.Span.StartsWith("\r\n"u8))
                body = body[2..];
            else if (body.Span.StartsWith("\n"u8))
                body = body[1..];
            else
                return null;
        }
    }
}
