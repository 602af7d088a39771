using System.Globalization;
using System.Text;
using Monitor.Rules.Text;

namespace Monitor.Tests.Text;

/// <summary>
/// Writes clean Vietnamese the way people write it who do not want to be found, one technique at a time. Independent of the code under test: the tables
/// here are the test's own, in the other direction. All words are harmless.
/// </summary>
internal static class Evasions
{
    private const string Telex = "fsrxj";
    private const string Vni = "21345";
    private const string Viqr = "`'?~.";

    public static readonly (string Name, Func<string, Random, string> Write)[] All =
    [
        ("upper", (word, _) => word.ToUpper(CultureInfo.GetCultureInfo("vi-VN"))),
        ("random-case", (word, random) => string.Concat(word.Select(c => random.Next(2) == 0 ? char.ToUpperInvariant(c) : c))),
        ("nfd", (word, _) => word.Normalize(NormalizationForm.FormD)),
        ("double-space", (word, _) => word.Replace(" ", " \u00A0 ", StringComparison.Ordinal)),
        ("zero-width", (word, random) => Between(word, random, "\u200B", "\u200C", "\u2060", "\u00AD", "\uFEFF")),
        ("bidi", (word, random) => Between(word, random, "\u200E", "\u200F", "\u2066", "\u2069")),
        ("overlay-strike", (word, _) => string.Concat(word.Select(c => c == ' ' ? " " : c + "\u0336"))),
        ("overlay-zalgo", (word, random) => string.Concat(word.Normalize(NormalizationForm.FormC).Select(c => c == ' ' ? " " : c + "\u0337" + "\u0332"[..random.Next(2)]))),
        ("cyrillic", (word, _) => Map(word, "cсoоpрxхyуaаeеiі", fromNfd: true)),
        ("cyrillic-mixed", (word, random) => MapSome(word, "aаeеoоcсxхyуhһiіpр", random)),
        ("greek", (word, _) => Map(word, "oοaαvνuυiιkκtτ", fromNfd: true)),
        ("fullwidth", (word, _) => Styled(word, c => char.IsAsciiLetter(c) ? ((char)(c - '!' + '！')).ToString() : c.ToString())),
        ("math-bold", (word, _) => Styled(word, c => char.IsAsciiLetterLower(c) ? char.ConvertFromUtf32(0x1D41A + c - 'a') : c.ToString())),
        ("math-mono", (word, _) => Styled(word, c => char.IsAsciiLetterLower(c) ? char.ConvertFromUtf32(0x1D68A + c - 'a') : c.ToString())),
        ("circled", (word, _) => Styled(word, c => char.IsAsciiLetterLower(c) ? ((char)('ⓐ' + c - 'a')).ToString() : c.ToString())),
        ("dots", (word, _) => Spelled(word, ".")),
        ("slashes", (word, _) => Spelled(word, "/")),
        ("stars", (word, _) => Spelled(word, "*")),
        ("hyphens", (word, _) => Spelled(word, "-")),
        ("underscores", (word, _) => Spelled(word, "_")),
        ("bars", (word, _) => Spelled(word, "|")),
        ("emoji", (word, _) => Spelled(word, "🌸")),
        ("heart", (word, _) => Spelled(word, "❤️")),
        ("spaces", (word, _) => string.Join(' ', word.Replace(" ", "", StringComparison.Ordinal).ToCharArray())),
        ("spaces-wide", (word, _) => string.Join("  ", word.Split(' ').Select(one => string.Join(' ', one.ToCharArray())))),
        ("between-dots", (word, _) => word.Replace(' ', '.')),
        ("between-hyphen", (word, _) => word.Replace(' ', '-')),
        ("between-underscore", (word, _) => word.Replace(' ', '_')),
        ("between-emoji", (word, _) => word.Replace(" ", " 🔥 ", StringComparison.Ordinal)),
        ("one-dot", (word, random) => Once(word, random, ".")),
        ("one-space", (word, random) => Once(word, random, " ")),
        ("joined", (word, _) => word.Replace(" ", "", StringComparison.Ordinal)),
        ("repeated", (word, _) => string.Join(' ', word.Split(' ').Select(one => one + new string(one[^1], 3)))),
        ("repeated-vowel", (word, _) => string.Concat(word.SelectMany(c => IsVowel(c) ? new string(c, 3) : c.ToString()))),
        ("telex", (word, _) => Words(word, one => Typed(one, Telex, telex: true, inside: false))),
        ("telex-inside", (word, _) => Words(word, one => Typed(one, Telex, telex: true, inside: true))),
        ("telex-upper", (word, _) => Words(word, one => Typed(one, Telex, telex: true, inside: false)).ToUpperInvariant()),
        ("vni", (word, _) => Words(word, one => Typed(one, Vni, telex: false, inside: false))),
        ("vni-inside", (word, _) => Words(word, one => Typed(one, Vni, telex: false, inside: true))),
        ("viqr", (word, _) => Words(word, InViqr)),
        ("teen-k", (word, _) => Swap(word, "c", "k")),
        ("teen-j", (word, _) => Swap(word, "i", "j")),
        ("teen-coda", (word, _) => Words(word, one => one.EndsWith("ng", StringComparison.Ordinal) ? one[..^1].Replace("n", "g", StringComparison.Ordinal) : one.EndsWith("nh", StringComparison.Ordinal) ? one[..^1] + "k" : one.EndsWith("ch", StringComparison.Ordinal) ? one[..^2] + "k" : one)),
        ("teen-onset", (word, _) => Words(word, one => one.StartsWith("ph", StringComparison.Ordinal) ? "f" + one[2..] : one[0] == 'b' ? "p" + one[1..] : one.StartsWith("gi", StringComparison.Ordinal) && one.Length > 2 ? "j" + one[2..] : one[0] is 'd' or 'v' ? "z" + one[1..] : one.StartsWith("qu", StringComparison.Ordinal) ? "w" + one[2..] : one.StartsWith("kh", StringComparison.Ordinal) ? "k" + one[2..] : one)),
        ("leet", (word, _) => Styled(Strip(word), c => c switch { 'a' => "4", 'o' => "0", 'e' => "3", 'i' => "1", _ => c.ToString() })),
        ("leet-marked", (word, _) => word.Replace('a', '@').Replace('o', '0').Replace('i', '!').Replace('e', '3')),
        ("mask-vowel", (word, _) => Words(word, one => MaskVowel(one))),
        ("mask-first", (word, _) => word.IndexOf(' ', StringComparison.Ordinal) is var at && at < 0 ? word : word[0] + "." + word[(at + 1)..]),
        ("partial-tone", (word, _) => DropMarks(word, tones: true, first: true)),
        ("partial-shape", (word, _) => DropMarks(word, tones: false, first: true)),
        ("bare", (word, _) => Strip(word)),
        ("bare-upper", (word, _) => Strip(word).ToUpperInvariant()),
        ("entities", (word, _) => string.Concat(word.Select(c => c < 0x80 ? c.ToString() : string.Create(CultureInfo.InvariantCulture, $"&#{(int)c};")))),
        ("entities-hex", (word, _) => string.Concat(word.Select(c => c == ' ' ? " " : string.Create(CultureInfo.InvariantCulture, $"&#x{(int)c:x};")))),
        ("percent", (word, _) => string.Concat(word.Select(c => c < 0x80 ? c.ToString() : string.Concat(Encoding.UTF8.GetBytes(c.ToString()).Select(b => $"%{b:X2}"))))),
        ("escapes", (word, _) => string.Concat(word.Select(c => c < 0x80 ? c.ToString() : $"\\u{(int)c:x4}"))),
        ("tags", (word, _) => Words(word, one => one[..1] + "<b></b>" + one[1..])),
        ("tag-around", (word, _) => Words(word, one => one.Length < 2 ? one : one[..^1] + "<i>" + one[^1] + "</i>")),
        ("comment", (word, _) => Words(word, one => one[..1] + "<!-- x -->" + one[1..])),
        ("reversed", (word, _) => "\u202E" + string.Concat(word.Reverse()) + "\u202C"),
    ];

    /// <summary>Legacy code pages change the whole sentence.</summary>
    public static readonly (string Name, Func<string, string?> Write)[] Whole =
    [
        ("utf8-as-1252", text => Misread(Encoding.UTF8.GetBytes(text))),
        ("utf8-as-latin1", text => Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(text))),
        ("tcvn3", text => Table(text, "ăâđêôơưàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ",
            [0xA8, 0xA9, 0xAE, 0xAA, 0xAB, 0xAC, 0xAD, 0xB5, 0xB6, 0xB7, 0xB8, 0xB9, 0xBB, 0xBC, 0xBD, 0xBE, 0xC6, 0xC7, 0xC8, 0xC9, 0xCA, 0xCB, 0xCC, 0xCE, 0xCF, 0xD0, 0xD1, 0xD2, 0xD3, 0xD4, 0xD5, 0xD6, 0xD7, 0xD8, 0xDC, 0xDD, 0xDE, 0xDF, 0xE1, 0xE2, 0xE3, 0xE4, 0xE5, 0xE6, 0xE7, 0xE8, 0xE9, 0xEA, 0xEB, 0xEC, 0xED, 0xEE, 0xEF, 0xF1, 0xF2, 0xF3, 0xF4, 0xF5, 0xF6, 0xF7, 0xF8, 0xF9, 0xFA, 0xFB, 0xFC, 0xFD, 0xFE])),
        ("viscii", text => Table(text, "ắằặấầẩậẽẹếềểễệốồổỗộờởịơớẳẵứạỷừửỹỵỡưàáâãảăữẫèéêẻìíĩỉđựòóôõỏọụùúũủýợỳ",
            [0xA1, 0xA2, 0xA3, 0xA4, 0xA5, 0xA6, 0xA7, 0xA8, 0xA9, 0xAA, 0xAB, 0xAC, 0xAD, 0xAE, 0xAF, 0xB0, 0xB1, 0xB2, 0xB5, 0xB6, 0xB7, 0xB8, 0xBD, 0xBE, 0xC6, 0xC7, 0xD1, 0xD5, 0xD6, 0xD7, 0xD8, 0xDB, 0xDC, 0xDE, 0xDF, 0xE0, 0xE1, 0xE2, 0xE3, 0xE4, 0xE5, 0xE6, 0xE7, 0xE8, 0xE9, 0xEA, 0xEB, 0xEC, 0xED, 0xEE, 0xEF, 0xF0, 0xF1, 0xF2, 0xF3, 0xF4, 0xF5, 0xF6, 0xF7, 0xF8, 0xF9, 0xFA, 0xFB, 0xFC, 0xFD, 0xFE, 0xCF])),
        ("vni-windows", InVniFonts),
    ];

    public static string Strip(string text) => string.Concat(text.Normalize(NormalizationForm.FormD).Where(c => CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark)).Replace('đ', 'd').Replace('Đ', 'D');

    private static bool IsVowel(char c) => "aeiouy".Contains(Strip(c.ToString())[0], StringComparison.Ordinal);

    private static string Words(string text, Func<string, string> each) => string.Join(' ', text.Split(' ').Select(each));

    private static string Between(string word, Random random, params string[] what) => string.Concat(word.Select((c, i) => i == 0 ? c.ToString() : what[random.Next(what.Length)] + c));

    private static string Spelled(string word, string by) => Words(word, one => string.Join(by, one.ToCharArray()));

    private static string Once(string word, Random random, string what)
    {
        // Not at a space.
        var places = Enumerable.Range(1, word.Length - 1).Where(i => word[i] != ' ' && word[i - 1] != ' ').ToArray();
        int at = places[random.Next(places.Length)];
        return word[..at] + what + word[at..];
    }

    private static string Map(string word, string pairs, bool fromNfd)
    {
        string text = fromNfd ? word.Normalize(NormalizationForm.FormD) : word;
        return string.Concat(text.Select(c =>
        {
            for (int i = 0; i < pairs.Length; i += 2)
            {
                if (pairs[i] == c)
                    return pairs[i + 1];
            }

            return c;
        }));
    }

    private static string MapSome(string word, string pairs, Random random) => string.Concat(word.Normalize(NormalizationForm.FormD).Select(c => random.Next(2) == 0 ? c.ToString() : Map(c.ToString(), pairs, false)));

    private static string Styled(string word, Func<char, string> each) => string.Concat(word.Normalize(NormalizationForm.FormD).Select(each));

    private static string Swap(string word, string from, string to) => string.Concat(word.Normalize(NormalizationForm.FormD).Select(c => c.ToString() == from ? to : c.ToString())).Normalize(NormalizationForm.FormC);

    private static string MaskVowel(string word)
    {
        int at = Enumerable.Range(0, word.Length).FirstOrDefault(i => i > 0 && IsVowel(word[i]), -1);
        return at < 0 ? word : word[..at] + "*" + word[(at + 1)..];
    }

    /// <summary>The first syllable keeps all of its marks.</summary>
    private static string DropMarks(string word, bool tones, bool first)
    {
        string[] words = word.Split(' ');
        for (int i = first ? words.Length - 1 : 0; i < words.Length; i++)
        {
            string d = words[i].Normalize(NormalizationForm.FormD);
            words[i] = tones
                ? string.Concat(d.Where(c => c is not ('\u0300' or '\u0301' or '\u0309' or '\u0303' or '\u0323'))).Normalize(NormalizationForm.FormC)
                : string.Concat(d.Where(c => c is not ('\u0302' or '\u0306' or '\u031B'))).Replace('đ', 'd').Normalize(NormalizationForm.FormC);
        }

        return string.Join(' ', words);
    }

    private static string Typed(string word, string keys, bool telex, bool inside)
    {
        var typed = new StringBuilder();
        char tone = '\0';
        string d = word.Normalize(NormalizationForm.FormD);
        for (int i = 0; i < d.Length; i++)
        {
            char c = d[i];
            int key = "\u0300\u0301\u0309\u0303\u0323".IndexOf(c, StringComparison.Ordinal);
            if (c == 'đ')
                typed.Append(telex ? "dd" : "d9");
            else if (c == '\u0302')
                typed.Append(telex ? typed[^1] : '6');
            else if (c == '\u0306')
                typed.Append(telex ? 'w' : '8');
            else if (c == '\u031B')
                typed.Append(telex ? 'w' : '7');
            else if (key >= 0)
            {
                tone = keys[key];
                // A mark of shape may come behind the tone in NFD (dot below), and belongs before the key.
                bool shape = i + 1 < d.Length && d[i + 1] is '\u0302' or '\u0306' or '\u031B';
                if (inside && !shape)
                    typed.Append(tone);
                else if (inside)
                {
                    i++;
                    typed.Append(d[i] == '\u0302' ? (telex ? typed[^1] : '6') : d[i] == '\u0306' ? (telex ? 'w' : '8') : telex ? 'w' : '7').Append(tone);
                }
            }
            else
                typed.Append(c);
        }

        if (!inside && tone != '\0')
            typed.Append(tone);
        return typed.ToString();
    }

    private static string InViqr(string word) => string.Concat(word.Normalize(NormalizationForm.FormD).Select(c => c switch
    {
        'đ' => "dd",
        '\u0302' => "^",
        '\u0306' => "(",
        '\u031B' => "+",
        _ => "\u0300\u0301\u0309\u0303\u0323".IndexOf(c, StringComparison.Ordinal) is var key and >= 0 ? Viqr[key].ToString() : c.ToString(),
    }));

    private static string Misread(byte[] bytes)
    {
        const string high = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008DŽ\u008F\u0090‘’“”•–—˜™š›œ\u009DžŸ";
        return string.Concat(bytes.Select(b => b is >= 0x80 and < 0xA0 ? high[b - 0x80] : (char)b));
    }

    private static string? Table(string text, string letters, byte[] codes)
    {
        if (letters.Length != codes.Length)
            throw new InvalidOperationException($"{letters.Length} letters, {codes.Length} codes");
        var bytes = new List<byte>();
        foreach (char c in text.ToLowerInvariant())
        {
            int at = letters.IndexOf(c, StringComparison.Ordinal);
            if (at < 0 && c >= 0x80)
                return null;
            bytes.Add(at < 0 ? (byte)c : codes[at]);
        }

        return Misread([.. bytes]);
    }

    private static string? InVniFonts(string text)
    {
        var written = new StringBuilder();
        foreach (char c in text.ToLowerInvariant())
        {
            string d = c.ToString().Normalize(NormalizationForm.FormD);
            int tone = d.Length > 1 ? "\u0300\u0301\u0309\u0303\u0323".IndexOf(d.First(m => "\u0300\u0301\u0309\u0303\u0323\u0302\u0306\u031B".Contains(m, StringComparison.Ordinal) && (m is not ('\u0302' or '\u0306' or '\u031B') || d.Length == 2)), StringComparison.Ordinal) : -1;
            char toned = tone < 0 ? '\0' : "øùûõï"[tone];
            if (c == 'đ')
                written.Append('ñ');
            else if (d.Length == 1)
                written.Append(c < 0x80 ? c : '?');
            else if (d[0] == 'i')
                written.Append("ìíæóò"[tone]);
            else if (d == "y\u0323")
                written.Append('î');
            else if (d.Contains('\u0302', StringComparison.Ordinal))
                written.Append(d[0]).Append(tone < 0 ? 'â' : "àáåãä"[tone]);
            else if (d.Contains('\u0306', StringComparison.Ordinal))
                written.Append('a').Append(tone < 0 ? 'ê' : "èéúüë"[tone]);
            else
            {
                written.Append(d.Contains('\u031B', StringComparison.Ordinal) ? d[0] == 'o' ? 'ô' : 'ö' : d[0]);
                if (toned != '\0')
                    written.Append(toned);
            }
        }

        return written.ToString();
    }
}
