using System.Globalization;
using System.Text;

namespace Monitor.Rules.Removal;

/// <summary>
/// Folds text for comparing phrases: lower case, base letters without marks (Vietnamese tone marks wander: "xóa", "xoá", "xoa"), apostrophes and hyphens
/// as spaces, "n't" as " not", white space collapsed. Each folded character remembers whether it stood in quotation marks.
/// </summary>
internal static class NoticeText
{
    private const char Boundary = ',';
    private static readonly char[] Base = BuildBase();

    public static string Fold(string text)
    {
        var target = new char[(text.Length * 2) + 2];
        return new string(target, 0, Fold(text, target));
    }

    /// <summary>Characters a text of this length may fold to, at most.</summary>
    public static int Room(int length) => (length * 2) + 2;

    public static int Fold(ReadOnlySpan<char> text, Span<char> target)
    {
        var n = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var c = Base[text[i]];
            switch (c)
            {
                case '\0':
                    break;
                case '\'':
                    if (n > 0 && target[n - 1] == 'n' && i + 1 < text.Length && Base[text[i + 1]] == 't' && (i + 2 >= text.Length || !char.IsLetter(text[i + 2])))
                    {
                        // "isn't" → "is not", "can't" → "ca not"
                        target[n - 1] = ' ';
                        target[n++] = 'n';
                        target[n++] = 'o';
                        break;
                    }

                    n = Space(target, n);
                    break;
                case ' ':
                    n = Space(target, n);
                    break;
                case '\u0001':
                    (target[n], target[n + 1]) = text[i] switch
                    {
                        'ß' => ('s', 's'),
                        'æ' or 'Æ' => ('a', 'e'),
                        _ => ('o', 'e'),
                    };
                    n += 2;
                    break;
                default:
                    target[n++] = c;
                    break;
            }
        }

        return n > 0 && target[n - 1] == ' ' ? n - 1 : n;
    }

    /// <summary>Scripts written without spaces: a phrase may start and end anywhere.</summary>
    public static bool IsUnspaced(char c) => c is >= '\u0E00' and <= '\u0EFF' or >= '\u1000' and <= '\u109F' or >= '\u1780' and <= '\u17FF' or >= '\u3040' and <= '\u30FF' or >= '\u3400' and <= '\u9FFF' or >= '\uF900' and <= '\uFAFF';

    /// <summary>Words that one unit stands for: a whole word where words are spaced, a sign of a word of two in Chinese and Japanese, a letter of one of four where letters are written on end.</summary>
    public static double Weight(char c) => !IsUnspaced(c) ? 1 : c >= '\u3040' ? 0.5 : 0.25;

    public static bool IsWord(char c) => c is (>= 'a' and <= 'z') or (>= '0' and <= '9') || (c >= 0x80 && char.IsLetterOrDigit(c));

    private static int Space(Span<char> target, int n)
    {
        if (n > 0 && target[n - 1] != ' ')
        {
            target[n++] = ' ';
        }

        return n;
    }

    private static char[] BuildBase()
    {
        var table = new char[65536];
        for (var i = 0; i < table.Length; i++)
        {
            table[i] = BaseOf((char)i);
        }

        return table;
    }

    private static char BaseOf(char c)
    {
        if (c < 0x80)
        {
            return c switch
            {
                >= 'A' and <= 'Z' => (char)(c + 32),
                (>= 'a' and <= 'z') or (>= '0' and <= '9') => c,
                '\'' or '`' => '\'',
                '-' or '_' => ' ',
                <= ' ' => ' ',
                _ => Boundary,
            };
        }

        if (char.IsSurrogate(c))
        {
            return Boundary;
        }

        switch (c)
        {
            case '\u2019' or '\u2018' or '\u02BC' or '\u00B4' or '\u2032':
                return '\'';
            case 'đ' or 'Đ' or 'ð' or 'Ð':
                return 'd';
            case 'ł' or 'Ł':
                return 'l';
            case 'ø' or 'Ø':
                return 'o';
            case 'ı' or 'İ':
                return 'i';
            case 'ß' or 'æ' or 'Æ' or 'œ' or 'Œ':
                return '\u0001';
            case 'ς':
                return 'σ';
        }

        switch (char.GetUnicodeCategory(c))
        {
            case UnicodeCategory.DashPunctuation:
            case UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator:
                return ' ';
            case UnicodeCategory.Format or UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Control:
                return '\0';
            case UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter or UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter:
                break;
            case UnicodeCategory.SpacingCombiningMark or UnicodeCategory.DecimalDigitNumber:
                return c;
            default:
                return Boundary;
        }

        // Hangul comes apart into jamo: it stays whole.
        if (c is >= '\uAC00' and <= '\uD7A3')
        {
            return c;
        }

        var apart = c.ToString().Normalize(NormalizationForm.FormD);
        return apart.Length > 1 && apart.AsSpan(1).IndexOfAnyExceptInRange('\u0300', '\u036F') < 0 ? char.ToLowerInvariant(apart[0]) : char.ToLowerInvariant(c);
    }
}
