using System.Buffers;
using System.Globalization;
using System.Text;

namespace Monitor.Rules.Text;

/// <summary>
/// Projects a text onto the form in which keywords are compared: composed (NFC), lower case, runs of white space as one
/// space, invisible characters (zero width, direction marks, soft hyphens, variation selectors, controls) removed,
/// tone marks of oa, oe and uy in their modern place. Diacritics stay: in Vietnamese they are letters, and
/// dropping them changes the meaning. One pass, linear, never throws: a lone surrogate becomes U+FFFD.
/// </summary>
public static class TextFolding
{
    // As in the stream-safe text format (UAX 15): a longer run of marks is no letter of any language.
    private const int MaxCluster = 32;

    // Grave, acute, hook, tilde, dot below for each bare vowel that can give or take a tone mark.
    private const string Vowels = "aeouy";
    private static readonly string[] Toned = ["àáảãạ", "èéẻẽẹ", "òóỏõọ", "ùúủũụ", "ỳýỷỹỵ"];

    // What a character folds to when no mark follows it, for those that stand for themselves; 0 for all that need a closer look.
    private static readonly char[] Plain = MakePlain();

    public static FoldedText Fold(string text)
    {
        var folder = new Folder(text);
        return folder.Run();
    }

    /// <summary>A keyword as the index stores it: folded, without white space at its ends.</summary>
    public static string FoldKeyword(string keyword) => Fold(keyword).Text.Trim(' ');

    /// <summary>A word folded as <see cref="FoldKeyword"/> does, quickly where nothing needs a closer look.</summary>
    internal static string FoldWord(ReadOnlySpan<char> word)
    {
        if (word.Length > 64)
            return FoldKeyword(word.ToString());

        Span<char> folded = stackalloc char[word.Length];
        for (int i = 0; i < word.Length; i++)
        {
            if (!NeverJoins(word[i]) || Plain[word[i]] is '\0' or ' ')
                return FoldKeyword(word.ToString());
            folded[i] = Plain[word[i]];
        }

        return PlaceTones(folded) ?? new string(folded);
    }

    /// <summary>True for a character that makes a neighbouring keyword part of a longer word: letters, digits, marks (and halves of letters beyond the BMP).</summary>
    internal static bool IsWordCharacter(string text, int index)
    {
        char c = text[index];
        if (c < 0x80)
            return char.IsAsciiLetterOrDigit(c);

        if (char.IsSurrogate(c))
        {
            int start = char.IsLowSurrogate(c) ? index - 1 : index;
            return start >= 0 && Rune.TryGetRuneAt(text, start, out Rune rune) && IsWordCategory(Rune.GetUnicodeCategory(rune));
        }

        return IsWordCategory(char.GetUnicodeCategory(c));
    }

    private static char[] MakePlain()
    {
        var plain = new char[char.MaxValue + 1];
        for (int i = 1; i < plain.Length; i++)
        {
            char c = (char)i;
            if (!char.IsWhiteSpace(c) && !IsInvisible(c) && !char.IsSurrogate(c) && IsComposed(c))
                plain[i] = LowerCase.Of(c);
        }

        return plain;
    }

    private static bool IsWordCategory(UnicodeCategory category) => category
        is UnicodeCategory.LowercaseLetter or UnicodeCategory.UppercaseLetter or UnicodeCategory.TitlecaseLetter
        or UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter
        or UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber
        or UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    private static bool IsInvisible(char c) => c switch
    {
        < '\u00AD' => char.IsControl(c),
        '\u00AD' or '\u034F' or '\u115F' or '\u1160' or '\u17B4' or '\u17B5' or '\u3164' or '\uFFA0' => true,
        >= '\uFE00' and <= '\uFE0F' => true,
        _ => char.GetUnicodeCategory(c) == UnicodeCategory.Format,
    };

    private static bool IsMark(char c) => c >= '\u0300'
        && char.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark
        || c is >= '\u1161' and <= '\u11FF';

    /// <summary>Cheap test for what neither is a mark nor is skipped: ASCII and the Latin letters of Vietnamese.</summary>
    private static bool NeverJoins(char c) => c is (>= ' ' and < '\u007F') or '\n' or (> '\u00AD' and < '\u0300') or (>= '\u1E00' and <= '\u1EFF');

    /// <summary>Ranges whose single characters are their own NFC: Latin with the Vietnamese block, Cyrillic, kana and Han, Hangul syllables.</summary>
    private static bool IsComposed(char c) => c
        is < '\u0340' or (>= '\u0400' and <= '\u0482') or (>= '\u1E00' and <= '\u1EFF') or (>= '\u2010' and <= '\u20FF')
        or (>= '\u3041' and <= '\u9FFF') or (>= '\uAC00' and <= '\uD7A3') or '\uFFFD';

    /// <summary>Moves a tone mark of òa, óe, ủy … to the second vowel, where the modern spelling has it; null when nothing moves.</summary>
    private static string? PlaceTones(ReadOnlySpan<char> text)
    {
        char[]? moved = null;
        for (int i = 0; i + 1 < text.Length; i++)
        {
            char second = text[i + 1];
            if (text[i] < 0x80 || second is not ('a' or 'e' or 'y'))
                continue;

            int tone = second == 'y' ? Toned[3].IndexOf(text[i]) : Toned[2].IndexOf(text[i]);
            if (tone < 0)
                continue;

            moved ??= text.ToArray();
            moved[i] = second == 'y' ? 'u' : 'o';
            moved[i + 1] = Toned[Vowels.IndexOf(second)][tone];
        }

        return moved is null ? null : new string(moved);
    }

    private ref struct Folder(string text)
    {
        private readonly string _text = text;
        private char[] _folded = ArrayPool<char>.Shared.Rent(Math.Max(16, text.Length));
        private int[] _starts = ArrayPool<int>.Shared.Rent(Math.Max(16, text.Length));
        private int[] _ends = ArrayPool<int>.Shared.Rent(Math.Max(16, text.Length));
        private int _count;

        public FoldedText Run()
        {
            int i = 0;
            while (i < _text.Length)
                i = Step(i);

            string asTyped = new(_folded, 0, _count);
            string toned = PlaceTones(asTyped) ?? asTyped;
            var result = new FoldedText(_text, toned, asTyped, _starts[.._count], _ends[.._count]);
            ArrayPool<char>.Shared.Return(_folded);
            ArrayPool<int>.Shared.Return(_starts);
            ArrayPool<int>.Shared.Return(_ends);
            return result;
        }

        private int Step(int i)
        {
            char c = _text[i];

            // The overwhelmingly common case: a letter that no mark follows.
            if (Plain[c] is not '\0' and var plain && (i + 1 >= _text.Length || NeverJoins(_text[i + 1])))
            {
                Add(plain, i, i + 1);
                return i + 1;
            }

            if (char.IsWhiteSpace(c))
            {
                if (_count > 0 && _folded[_count - 1] == ' ')
                    _ends[_count - 1] = i + 1;
                else
                    Add(' ', i, i + 1);
                return i + 1;
            }

            if (IsInvisible(c))
                return i + 1;

            int next = i + 1;
            if (char.IsSurrogate(c))
            {
                if (!Rune.TryGetRuneAt(_text, i, out Rune rune))
                {
                    Add('\uFFFD', i, next);
                    return next;
                }

                next++;
                if (Rune.GetUnicodeCategory(rune) == UnicodeCategory.Format || rune.Value is >= 0xE0100 and <= 0xE01EF)
                    return next;
            }

            return Cluster(i, next);
        }

        /// <summary>A base character with the marks behind it (invisible characters between them skipped), composed as one.</summary>
        private int Cluster(int start, int next)
        {
            Span<char> cluster = stackalloc char[MaxCluster + 2];
            int length = next - start;
            _text.AsSpan(start, length).CopyTo(cluster);
            int end = next;
            int scan = next;
            while (scan < _text.Length && length < MaxCluster)
            {
                char c = _text[scan];
                if (IsInvisible(c) && !char.IsWhiteSpace(c))
                {
                    scan++;
                }
                else if (IsMark(c))
                {
                    cluster[length++] = c;
                    end = ++scan;
                }
                else
                {
                    break;
                }
            }

            Span<char> composed = stackalloc char[(MaxCluster + 2) * 4];
            // U+FFFE is no character: text that holds it cannot be composed.
            if ((length == 1 && IsComposed(cluster[0])) || cluster[0] == '\uFFFE' || !cluster[..length].TryNormalize(composed, out int written, NormalizationForm.FormC))
            {
                cluster[..length].CopyTo(composed);
                written = length;
            }

            Span<char> lower = stackalloc char[written];
            if (((ReadOnlySpan<char>)composed[..written]).ToLowerInvariant(lower) < 0)
                composed[..written].CopyTo(lower);
            foreach (char c in lower)
                Add(c, start, end);
            return scan;
        }

        private void Add(char c, int start, int end)
        {
            if (_count == _folded.Length || _count == _starts.Length || _count == _ends.Length)
                Grow();

            _folded[_count] = c;
            _starts[_count] = start;
            _ends[_count] = end;
            _count++;
        }

        /// <summary>Composing seldom lengthens a text, but a few characters are excluded from composition.</summary>
        private void Grow()
        {
            Grow(ref _folded, _count);
            Grow(ref _starts, _count);
            Grow(ref _ends, _count);
        }

        private static void Grow<T>(ref T[] array, int count)
        {
            T[] larger = ArrayPool<T>.Shared.Rent(Math.Max(16, count * 2));
            Array.Copy(array, larger, count);
            ArrayPool<T>.Shared.Return(array);
            array = larger;
        }
    }
}
