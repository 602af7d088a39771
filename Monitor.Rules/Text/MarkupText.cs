using System.Globalization;
using System.Text;

namespace Monitor.Rules.Text;

/// <summary>Character references, escapes and tags that stand in a text although it should be free of them: the text without them.</summary>
internal static class MarkupText
{
    private const int MaxTag = 256;

    private static readonly System.Buffers.SearchValues<char> Interesting = System.Buffers.SearchValues.Create("<&%\\");

    // Those of HTML 4 that letters of Vietnamese, and what stands between letters, are written with.
    private static readonly Dictionary<string, char> Names = MakeNames();

    public static List<TextView> Views(string text)
    {
        var view = new StringBuilder(text.Length);
        var starts = new List<int>(text.Length);
        var ends = new List<int>(text.Length);
        bool entities = false;
        bool tags = false;
        void Put(char c, int start, int end)
        {
            view.Append(c);
            starts.Add(start);
            ends.Add(end);
        }

        for (int i = 0; i < text.Length;)
        {
            int hit = text.AsSpan(i).IndexOfAny(Interesting);
            int until = hit < 0 ? text.Length : i + hit;
            for (; i < until; i++)
                Put(text[i], i, i + 1);
            if (i == text.Length)
                break;

            if (text[i] == '<' && Tag(text, i) is var tagEnd and > 0)
            {
                tags = true;
                int lines = Lines(text.AsSpan(i, tagEnd - i));
                for (int line = 0; line < lines; line++)
                    Put('\n', i, tagEnd);

                i = tagEnd;
            }
            else if (Decode(text, i, out int end) is { Length: > 0 } decoded)
            {
                entities = true;
                foreach (char c in decoded)
                    Put(c, i, end);
                i = end;
            }
            else
            {
                Put(text[i], i, i + 1);
                i++;
            }
        }

        return entities || tags ? [new TextView(view.ToString(), [.. starts], [.. ends], entities ? Technique.Entities : Technique.Tags)] : [];
    }

    /// <summary>Where a tag or comment ends, or 0.</summary>
    private static int Tag(string text, int at)
    {
        if (text.AsSpan(at).StartsWith("<!--"))
        {
            int close = text.AsSpan(at + 4, Math.Min(MaxTag * 4, text.Length - at - 4)).IndexOf("-->");
            return close < 0 ? 0 : at + 4 + close + 3;
        }

        int name = at + 1 < text.Length && text[at + 1] is '/' or '!' ? at + 2 : at + 1;
        if (name >= text.Length || !char.IsAsciiLetter(text[name]))
            return 0;

        ReadOnlySpan<char> rest = text.AsSpan(name, Math.Min(MaxTag, text.Length - name));
        int end = rest.IndexOfAny('<', '>');
        return end >= 0 && rest[end] == '>' ? name + end + 1 : 0;
    }

    /// <summary>A line break is one; a block stands apart from the next, and nothing is read across it.</summary>
    private static int Lines(ReadOnlySpan<char> tag)
    {
        ReadOnlySpan<char> name = tag.Trim("</>").TrimStart('/');
        int end = name.IndexOfAnyExceptInRange('0', 'z');
        name = end < 0 ? name : name[..end];
        if (name.Equals("br", StringComparison.OrdinalIgnoreCase))
            return 1;
        foreach (string block in new[] { "p", "div", "li", "ul", "ol", "td", "th", "tr", "table", "h1", "h2", "h3", "h4", "h5", "h6", "section", "article", "header", "footer", "hr", "pre", "blockquote", "option", "button" })
        {
            if (name.Equals(block, StringComparison.OrdinalIgnoreCase))
                return 2;
        }

        return 0;
    }

    private static string? Decode(string text, int at, out int end)
    {
        end = at;
        ReadOnlySpan<char> rest = text.AsSpan(at, Math.Min(40, text.Length - at));
        if (rest[0] == '&')
            return Entity(rest, at, out end);
        if (rest[0] == '\\')
        {
            if (rest.Length >= 6 && rest[1] is 'u' && ushort.TryParse(rest.Slice(2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ushort unit))
            {
                end = at + 6;
                return ((char)unit).ToString();
            }

            return null;
        }

        // Percent escapes: as many as make one character.
        Span<byte> bytes = stackalloc byte[4];
        for (int count = 0; count < 4 && rest.Length >= (count + 1) * 3 && rest[count * 3] == '%'; count++)
        {
            if (!byte.TryParse(rest.Slice((count * 3) + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out bytes[count]))
                return null;
            if (Rune.DecodeFromUtf8(bytes[..(count + 1)], out Rune rune, out int taken) == System.Buffers.OperationStatus.Done && taken == count + 1)
            {
                end = at + taken * 3;
                return rune.ToString();
            }
        }

        return null;
    }

    private static string? Entity(ReadOnlySpan<char> rest, int at, out int end)
    {
        end = at;
        if (rest.Length >= 3 && rest[1] == '#')
        {
            bool hex = rest[2] is 'x' or 'X';
            int from = hex ? 3 : 2;
            int length = 0;
            while (from + length < rest.Length && length < 8 && (hex ? char.IsAsciiHexDigit(rest[from + length]) : char.IsAsciiDigit(rest[from + length])))
                length++;
            if (!int.TryParse(rest.Slice(from, length), hex ? NumberStyles.AllowHexSpecifier : NumberStyles.None, CultureInfo.InvariantCulture, out int value) || !Rune.IsValid(value))
                return null;
            end = at + from + length;
            if (from + length < rest.Length && rest[from + length] == ';')
                end++;
            return new Rune(value).ToString();
        }

        int semicolon = rest.IndexOf(';');
        if (semicolon < 2 || !Names.TryGetValue(rest[1..semicolon].ToString(), out char c))
            return null;
        end = at + semicolon + 1;
        return c.ToString();
    }

    private static Dictionary<string, char> MakeNames()
    {
        var names = new Dictionary<string, char>(StringComparer.Ordinal)
        {
            ["nbsp"] = '\u00A0',
            ["shy"] = '\u00AD',
            ["zwj"] = '\u200D',
            ["zwnj"] = '\u200C',
            ["lrm"] = '\u200E',
            ["rlm"] = '\u200F',
            ["ensp"] = '\u2002',
            ["emsp"] = '\u2003',
            ["thinsp"] = '\u2009',
            ["amp"] = '&',
            ["lt"] = '<',
            ["gt"] = '>',
            ["quot"] = '"',
            ["apos"] = '\'',
            ["middot"] = '·',
            ["bull"] = '•',
            ["hellip"] = '…',
            ["ndash"] = '–',
            ["mdash"] = '—',
            ["dstrok"] = 'đ',
            ["Dstrok"] = 'Đ',
            ["abreve"] = 'ă',
            ["Abreve"] = 'Ă',
            ["itilde"] = 'ĩ',
            ["utilde"] = 'ũ',
            ["Itilde"] = 'Ĩ',
            ["Utilde"] = 'Ũ',
        };
        foreach ((string suffix, char mark) in new[] { ("grave", '\u0300'), ("acute", '\u0301'), ("circ", '\u0302'), ("tilde", '\u0303') })
        {
            foreach (char letter in "aeiouyAEIOUY")
            {
                string composed = $"{letter}{mark}".Normalize(NormalizationForm.FormC);
                if (composed.Length == 1)
                    names[letter + suffix] = composed[0];
            }
        }

        return names;
    }
}
