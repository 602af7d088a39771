using System.Buffers;
using System.Collections.Frozen;
using System.Text;
using System.Text.Unicode;
using UtfUnknown;

namespace Monitor.Worker.Extracting;

/// <summary>
/// Finds the encoding as browsers do (WHATWG HTML 13.2.3, Encoding): byte order mark, header, meta in the first 1,024 bytes; then the bytes
/// themselves. Only the encodings of the standard are known: anything else in a label is ignored.
/// </summary>
internal static class CharsetSniffer
{
    private const int PrescanLength = 1024;
    private const int DetectionLength = 64 * 1024;

    private static readonly SearchValues<char> LabelEnds = SearchValues.Create("; \t\r\n,");
    private static readonly FrozenDictionary<string, string> Labels = BuildLabels();

    static CharsetSniffer() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>Never throws; bytes that are invalid in the encoding become U+FFFD. Text of windows-1258, which writes tones as marks of their own, is composed.</summary>
    public static string Decode(ReadOnlySpan<byte> bytes, string? contentType, bool html, out string charset, out CharsetOrigin origin)
    {
        (Encoding encoding, origin, int skip) = Choose(bytes, contentType, html);
        charset = encoding.WebName.ToLowerInvariant();
        string text = encoding.GetString(bytes[skip..]);
        return encoding.CodePage == 1258 ? OutlineText.Compose(text) : text;
    }

    /// <summary>True for big-endian, false for little-endian, null when the bytes do not look like Latin text in UTF-16.</summary>
    public static bool? LooksLikeUtf16(ReadOnlySpan<byte> head)
    {
        int pairs = Math.Min(head.Length, PrescanLength) / 2;
        if (pairs < 2)
            return null;

        int even = 0;
        int odd = 0;
        for (int i = 0; i < pairs; i++)
        {
            even += head[2 * i] == 0 ? 1 : 0;
            odd += head[(2 * i) + 1] == 0 ? 1 : 0;
        }

        // Mark-up and Vietnamese are mostly Latin letters: every second byte is zero, the other hardly ever.
        if (odd * 2 >= pairs && even * 20 <= pairs)
            return false;
        return even * 2 >= pairs && odd * 20 <= pairs ? true : null;
    }

    private static (Encoding Encoding, CharsetOrigin Origin, int Skip) Choose(ReadOnlySpan<byte> bytes, string? contentType, bool html)
    {
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]))
            return (Encoding.UTF8, CharsetOrigin.Bom, 3);
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]))
            return (Encoding.BigEndianUnicode, CharsetOrigin.Bom, 2);
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]))
            return (Encoding.Unicode, CharsetOrigin.Bom, 2);

        if (FromContentType(contentType) is { } fromHeader)
            return (fromHeader, CharsetOrigin.Header, 0);

        if (LooksLikeUtf16(bytes) is { } bigEndian)
            return (bigEndian ? Encoding.BigEndianUnicode : Encoding.Unicode, CharsetOrigin.Detected, 0);

        bool vietnamese = false;
        if (html)
        {
            (Encoding? fromMeta, vietnamese) = Prescan(bytes[..Math.Min(bytes.Length, PrescanLength)]);
            if (fromMeta is not null)
                return (fromMeta, CharsetOrigin.Meta, 0);
        }

        return Detect(bytes, vietnamese);
    }

    private static (Encoding Encoding, CharsetOrigin Origin, int Skip) Detect(ReadOnlySpan<byte> bytes, bool vietnamese)
    {
        if (Ascii.IsValid(bytes))
            return (Encoding.UTF8, CharsetOrigin.Default, 0);

        // A body that was cut may end inside a character.
        for (int cut = 0; cut < 4 && cut < bytes.Length; cut++)
        {
            if (Utf8.IsValid(bytes[..^cut]))
                return (Encoding.UTF8, CharsetOrigin.Detected, 0);
        }

        if (vietnamese || LooksLikeWindows1258(bytes[..Math.Min(bytes.Length, DetectionLength)]))
            return (Encoding.GetEncoding(1258), CharsetOrigin.Detected, 0);

        DetectionDetail? detail = CharsetDetector.DetectFromBytes(bytes[..Math.Min(bytes.Length, DetectionLength)].ToArray()).Detected;
        if (detail is { Confidence: > 0.5f, EncodingName: { } name } && FromLabel(name) is { } detected)
            return (detected, CharsetOrigin.Detected, 0);

        return (Encoding.GetEncoding(1252), CharsetOrigin.Default, 0);
    }

    /// <summary>
    /// In windows-1258 five bytes are tone marks, and a tone mark follows a vowel. In western code pages the same bytes are letters
    /// that seldom follow one (Ì, ì, Ò, Þ, ò). The general detector misses short texts with much mark-up.
    /// </summary>
    private static bool LooksLikeWindows1258(ReadOnlySpan<byte> bytes)
    {
        int marks = 0;
        int placed = 0;
        for (int i = 1; i < bytes.Length; i++)
        {
            if (bytes[i] is not (0xCC or 0xD2 or 0xDE or 0xEC or 0xF2))
                continue;

            marks++;

            // Plain vowels, then those with circumflex, breve and horn.
            if ((bytes[i - 1] | 0x20) is 'a' or 'e' or 'i' or 'o' or 'u' or 'y' or 0xE2 or 0xEA or 0xF4 or 0xE3 or 0xF5 or 0xFD)
                placed++;
        }

        return placed >= 4 && placed * 10 >= marks * 9;
    }

    /// <summary>The charset that a meta element declares, and whether the page says it is Vietnamese.</summary>
    private static (Encoding? Encoding, bool Vietnamese) Prescan(ReadOnlySpan<byte> head)
    {
        var scanner = new TagScanner(Encoding.Latin1.GetString(head));
        var attributes = new AttributeBag();
        bool vietnamese = false;
        while (scanner.Next(attributes) is var token && token != TagToken.End)
        {
            if (token != TagToken.Open)
                continue;

            if (scanner.Name == "html")
                vietnamese = attributes["lang"] is { } lang && lang.StartsWith("vi", StringComparison.OrdinalIgnoreCase);
            if (scanner.Name != "meta")
                continue;

            string? label = attributes["charset"];
            if (label is null && string.Equals(attributes["http-equiv"], "content-type", StringComparison.OrdinalIgnoreCase))
                label = CharsetParameter(attributes["content"]);
            if (FromLabel(label) is { } encoding)
            {
                // A meta element that was found byte by byte cannot stand in UTF-16.
                return (encoding.CodePage is 1200 or 1201 ? Encoding.UTF8 : encoding, vietnamese);
            }
        }

        return (null, vietnamese);
    }

    private static Encoding? FromContentType(string? contentType) => FromLabel(CharsetParameter(contentType));

    private static string? CharsetParameter(string? value)
    {
        int at = value?.IndexOf("charset", StringComparison.OrdinalIgnoreCase) ?? -1;
        if (at < 0)
            return null;

        ReadOnlySpan<char> rest = value.AsSpan(at + "charset".Length).TrimStart();
        if (rest.IsEmpty || rest[0] != '=')
            return null;

        rest = rest[1..].TrimStart();
        if (!rest.IsEmpty && rest[0] is '"' or '\'')
        {
            int quote = rest[1..].IndexOf(rest[0]);
            return quote < 0 ? null : rest.Slice(1, quote).ToString();
        }

        int end = rest.IndexOfAny(LabelEnds);
        return (end < 0 ? rest : rest[..end]).ToString();
    }

    private static Encoding? FromLabel(string? label) =>
        label is { Length: > 0 and < 40 } && Labels.TryGetValue(label.Trim(), out string? name) ? Encoding.GetEncoding(name) : null;

    private static FrozenDictionary<string, string> BuildLabels()
    {
        // Encoding standard, 4.2: the names on the left, their labels on the right; labels of more than one name are theirs alone.
        (string Name, string Names)[] table =
        [
            ("utf-8", "utf-8 utf8 unicode-1-1-utf-8 unicode11utf8 unicode20utf8 x-unicode20utf8"),
            ("windows-1252", "windows-1252 cp1252 x-cp1252 ansi_x3.4-1968 ascii us-ascii iso-8859-1 iso8859-1 iso88591 iso_8859-1 latin1 l1 ibm819 cp819 x-user-defined"),
            ("windows-1258", "windows-1258 cp1258 x-cp1258"),
            ("windows-1250", "windows-1250 cp1250 x-cp1250"),
            ("windows-1251", "windows-1251 cp1251 x-cp1251"),
            ("windows-1253", "windows-1253 cp1253 x-cp1253"),
            ("windows-1254", "windows-1254 cp1254 x-cp1254 iso-8859-9 iso8859-9 latin5 l5"),
            ("windows-1255", "windows-1255 cp1255 x-cp1255"),
            ("windows-1256", "windows-1256 cp1256 x-cp1256"),
            ("windows-1257", "windows-1257 cp1257 x-cp1257"),
            ("windows-874", "windows-874 dos-874 tis-620 iso-8859-11 iso8859-11"),
            ("iso-8859-2", "iso-8859-2 iso8859-2 latin2 l2"),
            ("iso-8859-3", "iso-8859-3 iso8859-3 latin3 l3"),
            ("iso-8859-4", "iso-8859-4 iso8859-4 latin4 l4"),
            ("iso-8859-5", "iso-8859-5 iso8859-5 cyrillic"),
            ("iso-8859-6", "iso-8859-6 iso8859-6 arabic"),
            ("iso-8859-7", "iso-8859-7 iso8859-7 greek"),
            ("iso-8859-8", "iso-8859-8 iso8859-8 hebrew visual iso-8859-8-i logical"),
            ("iso-8859-13", "iso-8859-13 iso8859-13"),
            ("iso-8859-15", "iso-8859-15 iso8859-15 l9"),
            ("koi8-r", "koi8-r koi koi8 koi8_r"),
            ("koi8-u", "koi8-u koi8-ru"),
            ("cp866", "ibm866 cp866 866"),
            ("macintosh", "macintosh mac x-mac-roman"),
            ("gb18030", "gb18030 gbk gb2312 gb_2312-80 x-gbk chinese csgb2312"),
            ("big5", "big5 big5-hkscs cn-big5 x-x-big5"),
            ("euc-jp", "euc-jp x-euc-jp"),
            ("iso-2022-jp", "iso-2022-jp csiso2022jp"),
            ("shift_jis", "shift_jis shift-jis sjis ms_kanji windows-31j x-sjis ms932"),
            ("ks_c_5601-1987", "euc-kr korean ksc5601 ks_c_5601-1987 windows-949 cp949"),
            ("utf-16", "utf-16 utf-16le ucs-2 unicode csunicode"),
            ("utf-16be", "utf-16be unicodefffe"),
        ];
        var labels = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach ((string name, string names) in table)
        {
            foreach (string label in names.Split(' '))
                labels.Add(label, name);
        }

        return labels.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
    }
}
