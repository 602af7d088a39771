using System.Buffers;
using System.Text;

namespace Monitor.Rules.Matching;

internal enum UrlPart
{
    Path,
    Query,
}

/// <summary>Percent-encoding and dot segments (RFC 3986 sections 2, 5.2.4 and 6.2.2).</summary>
internal static class CanonicalUrlEscapes
{
    private const string Unreserved = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
    private const string SubDelimiters = "!$&'()*+,;=";
    private static readonly SearchValues<char> PathLiterals = SearchValues.Create(Unreserved + SubDelimiters + ":@/");
    private static readonly SearchValues<char> QueryLiterals = SearchValues.Create(Unreserved + SubDelimiters + ":@/?");

    /// <summary>
    /// Unreserved characters decoded, all other escapes kept with upper-case hex, what may not stand bare escaped as UTF-8.
    /// A stray "%" becomes "%25"; otherwise "%%34%31" would turn into an escape and decode further each time. A lone surrogate becomes U+FFFD.
    /// </summary>
    public static string Normalise(ReadOnlySpan<char> text, UrlPart part)
    {
        SearchValues<char> literals = part == UrlPart.Path ? PathLiterals : QueryLiterals;
        if (!text.ContainsAnyExcept(literals))
            return text.ToString();

        var result = new StringBuilder(text.Length + 16);
        Span<byte> utf8 = stackalloc byte[4];
        while (text.Length > 0)
        {
            int clean = text.IndexOfAnyExcept(literals);
            if (clean < 0)
                clean = text.Length;
            result.Append(text[..clean]);
            text = text[clean..];
            if (text.Length == 0)
                break;

            if (text[0] == '\\' && part == UrlPart.Path)
            {
                result.Append('/');
                text = text[1..];
                continue;
            }

            if (text[0] == '%' && TryHex(text, out byte value))
            {
                if (value < 128 && Unreserved.Contains((char)value))
                    result.Append((char)value);
                else
                    AppendEscape(result, value);
                text = text[3..];
                continue;
            }

            Rune.DecodeFromUtf16(text, out Rune rune, out int consumed);
            int length = rune.EncodeToUtf8(utf8);
            foreach (byte b in utf8[..length])
                AppendEscape(result, b);
            text = text[consumed..];
        }

        return result.ToString();
    }

    /// <summary>A parameter name as a server reads it: "+" is a blank, escapes are UTF-8.</summary>
    public static string Decode(ReadOnlySpan<char> escaped)
    {
        if (escaped.IndexOfAny('%', '+') < 0)
            return escaped.ToString();
        byte[] bytes = new byte[escaped.Length];
        int count = 0;
        for (int i = 0; i < escaped.Length; i++)
        {
            if (escaped[i] == '%' && TryHex(escaped[i..], out byte value))
            {
                bytes[count++] = value;
                i += 2;
            }
            else
            {
                bytes[count++] = escaped[i] == '+' ? (byte)' ' : (byte)escaped[i];
            }
        }

        return Encoding.UTF8.GetString(bytes, 0, count);
    }

    /// <summary>Expects a normalised path, so "%2E" is "." already. The result starts with "/".</summary>
    public static string RemoveDotSegments(string path)
    {
        if (path.Length == 0)
            return "/";
        if (!path.Contains("/.", StringComparison.Ordinal))
            return path[0] == '/' ? path : "/" + path;

        var segments = new List<Range>();
        bool trailing = false;
        ReadOnlySpan<char> body = path.AsSpan(path[0] == '/' ? 1 : 0);
        foreach (Range range in body.Split('/'))
        {
            ReadOnlySpan<char> segment = body[range];
            trailing = segment is "." or "..";
            if (segment is ".")
                continue;
            if (segment is "..")
            {
                if (segments.Count > 0)
                    segments.RemoveAt(segments.Count - 1);
                continue;
            }

            segments.Add(range);
        }

        var result = new StringBuilder(path.Length);
        foreach (Range range in segments)
            result.Append('/').Append(body[range]);
        if (trailing || result.Length == 0)
            result.Append('/');
        return result.ToString();
    }

    internal static bool TryHex(ReadOnlySpan<char> text, out byte value)
    {
        if (text.Length >= 3 && char.IsAsciiHexDigit(text[1]) && char.IsAsciiHexDigit(text[2]))
        {
            value = (byte)((HexValue(text[1]) << 4) | HexValue(text[2]));
            return true;
        }

        value = 0;
        return false;
    }

    private static int HexValue(char c) => c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10;

    private static void AppendEscape(StringBuilder result, byte value)
    {
        const string Hex = "0123456789ABCDEF";
        result.Append('%').Append(Hex[value >> 4]).Append(Hex[value & 15]);
    }
}
