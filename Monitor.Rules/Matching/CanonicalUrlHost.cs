using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Monitor.Rules.Matching;

/// <summary>
/// Host parsing after the WHATWG URL standard section 3.5, stricter in one respect: only letters, digits, "-" and "_" may stand in a label.
/// Full-width digits, ideographic dots, octal, hexadecimal and short IPv4 forms all end as the address a browser would contact.
/// </summary>
internal static class CanonicalUrlHost
{
    private static readonly IdnMapping Idn = new() { AllowUnassigned = false, UseStd3AsciiRules = false };
    private static readonly SearchValues<char> HostCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-_.");
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static bool TryParse(ReadOnlySpan<char> text, [NotNullWhen(true)] out string? host, [NotNullWhen(true)] out string? display, out bool isAddress)
    {
        host = display = null;
        isAddress = false;
        if (text.Length is 0 or > 1024)
            return false;
        if (text[0] == '[')
        {
            isAddress = true;
            host = display = ParseIpv6(text);
            return host is not null;
        }

        if (!TryAscii(text, out string? ascii))
            return false;
        if (ascii.EndsWith('.'))
            ascii = ascii[..^1];
        if (ascii.Length is 0 or > 253 || ascii.AsSpan().ContainsAnyExcept(HostCharacters))
            return false;
        foreach (Range label in ascii.AsSpan().Split('.'))
        {
            if (ascii.AsSpan(label).Length is 0 or > 63)
                return false;
        }

        ReadOnlySpan<char> last = ascii.AsSpan(ascii.LastIndexOf('.') + 1);
        if (!last.ContainsAnyExceptInRange('0', '9') || TryIpv4Number(last, out _))
        {
            isAddress = true;
            host = display = ParseIpv4(ascii);
            return host is not null;
        }

        host = ascii;
        display = Display(ascii);
        return true;
    }

    private static bool TryAscii(ReadOnlySpan<char> text, [NotNullWhen(true)] out string? ascii)
    {
        ascii = null;
        string decoded;
        try
        {
            decoded = text.Contains('%') ? PercentDecode(text) : text.ToString();
            if (Ascii.IsValid(decoded))
            {
                ascii = decoded.ToLowerInvariant();
                return true;
            }

            // IdnMapping refuses a trailing dot in some forms; the dot is dropped anyway.
            string trimmed = decoded.TrimEnd('.', '\u3002', '\uFF0E', '\uFF61');
            if (decoded.Length - trimmed.Length > 1 || trimmed.Length == 0)
                return false;
            ascii = Idn.GetAscii(trimmed).ToLowerInvariant();
            return true;
        }
        catch (ArgumentException)
        {
            // Not UTF-8, or not a name IDNA allows: both arrive as ArgumentException.
            return false;
        }
    }

    private static string PercentDecode(ReadOnlySpan<char> text)
    {
        byte[] bytes = new byte[Encoding.UTF8.GetMaxByteCount(text.Length)];
        int count = 0;
        while (text.Length > 0)
        {
            if (CanonicalUrlEscapes.TryHex(text, out byte value) && text[0] == '%')
            {
                bytes[count++] = value;
                text = text[3..];
                continue;
            }

            Rune.DecodeFromUtf16(text, out Rune rune, out int consumed);
            count += rune.EncodeToUtf8(bytes.AsSpan(count));
            text = text[consumed..];
        }

        return StrictUtf8.GetString(bytes, 0, count);
    }

    private static string Display(string ascii)
    {
        if (!ascii.Contains("xn--", StringComparison.Ordinal))
            return ascii;
        try
        {
            return Idn.GetUnicode(ascii);
        }
        catch (ArgumentException)
        {
            return ascii;
        }
    }

    private static string? ParseIpv4(string ascii)
    {
        string[] parts = ascii.Split('.');
        if (parts.Length > 4)
            return null;
        ulong address = 0;
        for (int i = 0; i < parts.Length; i++)
        {
            if (!TryIpv4Number(parts[i], out ulong number))
                return null;
            bool isLast = i == parts.Length - 1;
            ulong limit = isLast ? 1UL << (8 * (5 - parts.Length)) : 256;
            if (number >= limit)
                return null;
            address |= isLast ? number : number << (8 * (3 - i));
        }

        return string.Create(CultureInfo.InvariantCulture, $"{address >> 24}.{(address >> 16) & 255}.{(address >> 8) & 255}.{address & 255}");
    }

    /// <summary>Decimal, 0octal or 0xhex; "0x" alone is 0, as the standard has it. Numbers beyond 32 bits saturate: still numbers, so never names.</summary>
    private static bool TryIpv4Number(ReadOnlySpan<char> text, out ulong number)
    {
        number = 0;
        if (text.Length == 0)
            return false;
        uint radix = 10;
        if (text.StartsWith("0x", StringComparison.Ordinal))
        {
            radix = 16;
            text = text[2..];
        }
        else if (text.Length > 1 && text[0] == '0')
        {
            radix = 8;
            text = text[1..];
        }

        foreach (char c in text)
        {
            if (!char.IsAsciiHexDigit(c))
                return false;
            uint digit = (uint)(c <= '9' ? c - '0' : c - 'a' + 10);
            if (digit >= radix)
                return false;
            number = Math.Min((number * radix) + digit, 1UL << 40);
        }

        return true;
    }

    private static string? ParseIpv6(ReadOnlySpan<char> text)
    {
        if (text[^1] != ']')
            return null;
        ReadOnlySpan<char> inner = text[1..^1];
        foreach (char c in inner)
        {
            // Neither zone identifiers nor prefix lengths: only what names one address everywhere.
            if (!char.IsAsciiHexDigit(c) && c is not (':' or '.'))
                return null;
        }

        if (!IPAddress.TryParse(inner, out IPAddress? address) || address.AddressFamily != AddressFamily.InterNetworkV6)
            return null;

        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out _);
        Span<ushort> groups = stackalloc ushort[8];
        for (int i = 0; i < 8; i++)
            groups[i] = (ushort)((bytes[2 * i] << 8) | bytes[(2 * i) + 1]);
        return FormatIpv6(groups);
    }

    /// <summary>WHATWG serialisation: hex groups, the first longest run of two or more zero groups compressed, no dotted tail.</summary>
    private static string FormatIpv6(ReadOnlySpan<ushort> groups)
    {
        int runStart = -1;
        int runLength = 1;
        for (int i = 0; i < 8; i++)
        {
            int length = 0;
            while (i + length < 8 && groups[i + length] == 0)
                length++;
            if (length > runLength)
            {
                runStart = i;
                runLength = length;
            }

            i += length;
        }

        var result = new StringBuilder("[", 41);
        for (int i = 0; i < 8; i++)
        {
            if (i == runStart)
            {
                result.Append(i == 0 ? "::" : ":");
                i += runLength - 1;
                continue;
            }

            result.Append(CultureInfo.InvariantCulture, $"{groups[i]:x}");
            if (i < 7)
                result.Append(':');
        }

        return result.Append(']').ToString();
    }
}
