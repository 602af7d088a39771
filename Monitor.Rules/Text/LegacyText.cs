using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text;

namespace Monitor.Rules.Text;

/// <summary>
/// Vietnamese of before Unicode, read as Windows-1252: TCVN 5712:1993 (ABC fonts, lower case), VNI for Windows, VISCII (RFC 1456), Windows-1258; and UTF-8
/// read as Latin-1 or Windows-1252. Lines in which suspicious characters stand are read again in each of these ways; keywords count there only with all their marks.
/// </summary>
internal static class LegacyText
{
    private const string Vietnamese = "àáâãèéêìíòóôõùúýÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝ";

    // Windows-1252 from 0x80 to 0x9F; 0 where it has nothing.
    private const string High = "€\0‚ƒ„…†‡ˆ‰Š‹Œ\0Ž\0\0‘’“”•–—˜™š›œ\0žŸ";

    private const string Tcvn =
        "µà¸á¶ả·ã¹ạ¨ă»ằ¾ắ¼ẳ½ẵÆặ©âÇầÊấÈẩÉẫËậ®đÌèÐéÎẻÏẽÑẹªêÒềÕếÓểÔễÖệ×ìÝíØỉÜĩÞịßòãóáỏâõäọ«ôåồèốæổçỗéộ¬ơêờíớëởìỡîợïùóúñủòũôụ\u00ADưõừøứöử÷ữùựúỳýýûỷüỹþỵ¡Ă¢Â£Ê¤Ô¥Ơ¦Ư§Đ";

    private const string Viscii =
        "ÕạåăÆẳÇẵ¡ắ¢ằ£ặ¤ấ¥ầ¦ẩçẫ§ậëẻ¨ẽ©ẹªế«ề¬ể\u00ADễ®ệäảïỉîĩ¸ịöỏ÷ọ¯ố°ồ±ổ²ỗµộ½ơ¾ớ¶ờ·ởÞỡþợüủûũøụßưÑứ×ừØửæữñựÏỳÖỷÛỹÜỵðđÐĐ´ƠºỨ»Ừ¼Ử¹Ự¿ƯÿỮ³ỠÄẢÅĂÎĨ";

    private const string Windows1258 = "ãăÃĂðđÐĐõơÕƠýưÝƯ";

    // VNI writes most vowels as the letter and a second character that carries the marks.
    private static readonly (char Second, string Marks)[] VniMarks =
    [
        ('ø', "\u0300"), ('ù', "\u0301"), ('û', "\u0309"), ('õ', "\u0303"), ('ï', "\u0323"),
        ('â', "\u0302"), ('à', "\u0302\u0300"), ('á', "\u0302\u0301"), ('å', "\u0302\u0309"), ('ã', "\u0302\u0303"), ('ä', "\u0302\u0323"),
        ('ê', "\u0306"), ('è', "\u0306\u0300"), ('é', "\u0306\u0301"), ('ú', "\u0306\u0309"), ('ü', "\u0306\u0303"), ('ë', "\u0306\u0323"),
    ];

    private static readonly Dictionary<char, char> TcvnTable = Pairs(Tcvn);
    private static readonly Dictionary<char, char> VisciiTable = VisciiPairs();
    private static readonly Dictionary<char, char> Windows1258Table = Pairs(Windows1258);
    private static readonly Dictionary<char, char> VniTable = new() { ['ñ'] = 'đ', ['ö'] = 'ư', ['ô'] = 'ơ', ['æ'] = 'ỉ', ['ó'] = 'ĩ', ['ò'] = 'ị', ['î'] = 'ỵ', ['Ñ'] = 'Đ', ['Ö'] = 'Ư', ['Ô'] = 'Ơ', ['Æ'] = 'Ỉ', ['Ó'] = 'Ĩ', ['Ò'] = 'Ị', ['Î'] = 'Ỵ' };

    /// <summary>Characters of Windows-1252 and Latin-1 that Vietnamese text has no use for.</summary>
    public static bool IsSuspect(char c) => c is >= '\u0080' and <= '\u00FF'
        && c is not ('\u00A0' or '\u00AD' or '«' or '»' or '©' or '®' or '°' or '·' or '\u0085' or '×' or '²' or '³' or '½' or '±' or '´' or '¨')
        && !Vietnamese.Contains(c, StringComparison.Ordinal);

    /// <summary>True when a text holds letters in an order that only VNI fonts have: Vietnamese letters behind letters that they never follow.</summary>
    public static bool HasPairs(ReadOnlySpan<char> text)
    {
        // Sixteen at once: a letter of the range, and before it one that can bear it.
        int i = 1;
        if (Vector256.IsHardwareAccelerated)
        {
            ref ushort source = ref Unsafe.As<char, ushort>(ref MemoryMarshal.GetReference(text));
            for (; i + Vector256<ushort>.Count <= text.Length; i += Vector256<ushort>.Count)
            {
                Vector256<ushort> second = Vector256.LoadUnsafe(ref source, (nuint)i);
                Vector256<ushort> within = Vector256.LessThanOrEqual(second - Vector256.Create((ushort)'à'), Vector256.Create((ushort)('ú' - 'à')));
                if (within == Vector256<ushort>.Zero)
                    continue;
                Vector256<ushort> first = Vector256.LoadUnsafe(ref source, (nuint)(i - 1));
                Vector256<ushort> bearer = Vector256.Equals(first, Vector256.Create((ushort)'a')) | Vector256.Equals(first, Vector256.Create((ushort)'e'))
                    | Vector256.Equals(first, Vector256.Create((ushort)'o')) | Vector256.Equals(first, Vector256.Create((ushort)'u'))
                    | Vector256.Equals(first, Vector256.Create((ushort)'y')) | Vector256.Equals(first, Vector256.Create((ushort)'ô'));
                uint both = (within & bearer).ExtractMostSignificantBits();
                for (; both != 0; both &= both - 1)
                {
                    int at = i + BitOperations.TrailingZeroCount(both);
                    if (IsPair(text[at - 1], text[at]))
                        return true;
                }
            }
        }

        for (; i < text.Length; i++)
        {
            if (text[i] is >= 'à' and <= 'ú' && IsPair(text[i - 1], text[i]))
                return true;
        }

        return false;
    }

    private static bool IsPair(char first, char second) => first switch
    {
        'a' => second is 'ù' or 'õ' or 'â' or 'à' or 'á' or 'ã' or 'ê' or 'è' or 'é' or 'ú',
        'e' => second is 'ù' or 'õ' or 'â' or 'à' or 'á' or 'ã',
        'o' => second is 'ù' or 'õ' or 'â',
        'u' => second is 'ù' or 'õ',
        'ô' => second is 'ù' or 'õ',
        'y' => second is 'ù' or 'õ',
        _ => false,
    };

    public static List<TextView> Views(string text)
    {
        var views = new List<TextView>();
        List<(int Start, int End)> parts = Parts(text);
        if (parts.Count == 0)
            return views;

        Add(views, text, parts, Technique.Utf8AsLatin1, Utf8);
        Add(views, text, parts, Technique.VniWindows, Vni);
        Add(views, text, parts, Technique.Tcvn3, (part, offset, view) => Table(part, offset, view, TcvnTable));
        Add(views, text, parts, Technique.Viscii, (part, offset, view) => Table(part, offset, view, VisciiTable));
        Add(views, text, parts, Technique.Windows1258, Cp1258);
        return views;
    }

    /// <summary>The lines, cut to some hundred characters around, in which suspicious characters stand.</summary>
    private static List<(int Start, int End)> Parts(string text)
    {
        var parts = new List<(int Start, int End)>();
        for (int i = 0; i < text.Length; i++)
        {
            if (!IsSuspect(text[i]) && !(i + 1 < text.Length && IsPair(text[i], text[i + 1])))
                continue;

            int start = i;
            while (start > 0 && i - start < 400 && text[start - 1] != '\n')
                start--;
            int end = i + 1;
            while (end < text.Length && end - i < 400 && text[end] != '\n')
                end++;
            if (parts.Count > 0 && parts[^1].End >= start)
                parts[^1] = (parts[^1].Start, Math.Max(end, parts[^1].End));
            else
                parts.Add((start, end));
            // Jump to where the next suspicious character would open another part.
            i = Math.Max(i, end - 200);
        }

        return parts;
    }

    private sealed class View(int capacity)
    {
        public StringBuilder Text { get; } = new(capacity);

        public List<int> Starts { get; } = new(capacity);

        public List<int> Ends { get; } = new(capacity);

        public void Put(char c, int start, int end)
        {
            Text.Append(c);
            Starts.Add(start);
            Ends.Add(end);
        }
    }

    private static void Add(List<TextView> views, string text, List<(int Start, int End)> parts, Technique technique, Func<string, int, View, bool> read)
    {
        var view = new View(parts.Sum(part => part.End - part.Start));
        bool changed = false;
        foreach ((int start, int end) in parts)
        {
            changed |= read(text[start..end], start, view);
            view.Put('\n', end - 1, end);
            view.Put('\n', end - 1, end);
        }

        if (changed)
            views.Add(new TextView(view.Text.ToString(), [.. view.Starts], [.. view.Ends], technique));
    }

    private static bool Table(string part, int offset, View view, Dictionary<char, char> table)
    {
        bool changed = false;
        for (int i = 0; i < part.Length; i++)
        {
            bool other = table.TryGetValue(Latin(part[i]), out char c);
            view.Put(other ? c : part[i], offset + i, offset + i + 1);
            changed |= other;
        }

        return changed;
    }

    private static bool Cp1258(string part, int offset, View view)
    {
        bool changed = false;
        for (int i = 0; i < part.Length; i++)
        {
            char c = part[i];
            char mark = i == 0 ? '\0' : c switch { 'Ì' => '\u0300', 'ì' => '\u0301', 'Ò' => '\u0309', 'Þ' => '\u0303', 'ò' => '\u0323', _ => '\0' };
            if (mark != '\0' && char.IsLetter(part[i - 1]))
                view.Put(mark, offset + i, offset + i + 1);
            else if (Windows1258Table.TryGetValue(c, out char other))
                view.Put(other, offset + i, offset + i + 1);
            else
            {
                view.Put(c, offset + i, offset + i + 1);
                continue;
            }

            changed = true;
        }

        return changed;
    }

    private static bool Vni(string part, int offset, View view)
    {
        bool changed = false;
        for (int i = 0; i < part.Length; i++)
        {
            char c = part[i];
            char letter = VniTable.TryGetValue(c, out char single) ? single : c;
            int next = i + 1;
            string marks = "";
            if (next < part.Length && letter is 'a' or 'e' or 'o' or 'u' or 'y' or 'ơ' or 'ư' or 'A' or 'E' or 'O' or 'U' or 'Y' or 'Ơ' or 'Ư')
            {
                char second = char.ToLowerInvariant(part[next]);
                foreach ((char one, string its) in VniMarks)
                {
                    if (one == second && (its[0] is not '\u0306' || letter is 'a' or 'A') && (its[0] is not '\u0302' || letter is 'a' or 'e' or 'o' or 'A' or 'E' or 'O'))
                    {
                        marks = its;
                        next++;
                        break;
                    }
                }
            }

            changed |= letter != c || marks.Length > 0;
            if (marks.Length == 0)
                view.Put(letter, offset + i, offset + next);
            else
            {
                foreach (char one in (letter + marks).Normalize(NormalizationForm.FormC))
                    view.Put(one, offset + i, offset + next);
            }

            i = next - 1;
        }

        return changed;
    }

    private static bool Utf8(string part, int offset, View view)
    {
        bool changed = false;
        Span<byte> bytes = stackalloc byte[4];
        for (int i = 0; i < part.Length;)
        {
            int lead = Byte(part[i]);
            int length = lead switch { >= 0xC2 and <= 0xDF => 2, >= 0xE0 and <= 0xEF => 3, >= 0xF0 and <= 0xF4 => 4, _ => 1 };
            bool whole = length > 1 && i + length <= part.Length;
            for (int j = 0; whole && j < length; j++)
            {
                int one = Byte(part[i + j]);
                whole = one >= 0x80 && (j == 0 || one < 0xC0);
                bytes[j] = (byte)one;
            }

            if (whole && Rune.DecodeFromUtf8(bytes[..length], out Rune rune, out int taken) == System.Buffers.OperationStatus.Done && taken == length)
            {
                foreach (char c in rune.ToString())
                    view.Put(c, offset + i, offset + i + length);
                changed = true;
                i += length;
                continue;
            }

            view.Put(part[i], offset + i, offset + i + 1);
            i++;
        }

        return changed;
    }

    /// <summary>The byte that Windows-1252, or Latin-1 for what that lacks, reads as this character; −1: none.</summary>
    private static int Byte(char c) => c <= 0xFF ? c : High.IndexOf(c, StringComparison.Ordinal) is var at && at >= 0 ? 0x80 + at : -1;

    /// <summary>The character that Latin-1 has for what Windows-1252 reads from the same byte.</summary>
    private static char Latin(char c) => Byte(c) is var b && b >= 0 ? (char)b : c;

    private static Dictionary<char, char> Pairs(string pairs)
    {
        var table = new Dictionary<char, char>();
        for (int i = 0; i + 1 < pairs.Length; i += 2)
            table[pairs[i]] = pairs[i + 1];
        return table;
    }

    private static Dictionary<char, char> VisciiPairs()
    {
        Dictionary<char, char> table = Pairs(Viscii);
        const string upper = "ẠẮẰẶẤẦẨẬẼẸẾỀỂỄỆỐỒỔỖỘỢỚỜỞỊỎỌỈỦŨỤỲ";
        for (int i = 0; i < upper.Length; i++)
            table[(char)(0x80 + i)] = upper[i];
        return table;
    }
}
