using System.Buffers;
using System.Text;

namespace Monitor.Rules.Text;

/// <summary>
/// Words pushed apart by more than anybody would write: runs of characters that show nothing, of blanks, of dots. The text with each run drawn
/// together; and words of single letters tied by one and the same mark, where a digit among them stands for a letter ("c.0"), drawn together too.
/// </summary>
internal static class PaddedText
{
    /// <summary>Shorter runs are ordinary: the judge allows for them.</summary>
    public const int Longest = 6;

    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789@$!|€£¡");

    private const string Ties = ".-_*/|~•·,+'=";

    public static List<TextView> Views(string text, uint seen)
    {
        var views = new List<TextView>(2);
        if ((seen & Skeleton.SeenLongGap) != 0)
            DrawnTogether(text, views);
        if (HasTiedDigit(text))
            Untied(text, views);
        return views;
    }

    /// <summary>A digit or symbol that may be a letter, and a letter, with one mark between them.</summary>
    private static bool HasTiedDigit(ReadOnlySpan<char> text)
    {
        for (int from = 0; from < text.Length;)
        {
            int hit = text[from..].IndexOfAny(Digits);
            if (hit < 0)
                return false;
            int i = from + hit;
            if ((i >= 2 && Ties.Contains(text[i - 1], StringComparison.Ordinal) && char.IsLetter(text[i - 2]))
                || (i + 2 < text.Length && Ties.Contains(text[i + 1], StringComparison.Ordinal) && char.IsLetter(text[i + 2])))
            {
                return true;
            }

            from = i + 1;
        }

        return false;
    }

    private static void DrawnTogether(string text, List<TextView> views)
    {
        var view = new StringBuilder(text.Length);
        var starts = new List<int>(text.Length);
        var ends = new List<int>(text.Length);
        bool shown = false;
        bool hidden = false;
        for (int i = 0; i < text.Length;)
        {
            int end = i;
            int visible = 0;
            bool blank = false;
            char symbol = '\0';
            while (end < text.Length && IsGap(text, end, out int length, out bool invisible, out bool space))
            {
                visible += invisible ? 0 : 1;
                blank |= space;
                if (!invisible && !space && symbol == '\0')
                    symbol = text[end];
                end += length;
            }

            if (end - i <= Longest)
            {
                // The gap as it is, or the letter that stands here.
                int until = Math.Max(end, i + (char.IsHighSurrogate(text[i]) && i + 1 < text.Length ? 2 : 1));
                for (; i < until; i++)
                {
                    view.Append(text[i]);
                    starts.Add(i);
                    ends.Add(i + 1);
                }

                continue;
            }

            shown |= visible > 0;
            hidden |= visible == 0;
            if (symbol != '\0')
                Put(symbol, i, end);
            // Dots and then a capital are the end of a sentence, however many they are.
            if (blank || (symbol is '.' or '…' && end < text.Length && (Letters.Of(text[end]) & Letters.Upper) != 0 && i > 0 && (Letters.Of(text[i - 1]) & Letters.Upper) == 0))
                Put(' ', i, end);
            i = end;
        }

        if (shown || hidden)
            views.Add(new TextView(view.ToString(), [.. starts], [.. ends], shown ? Technique.Separators : Technique.Invisible));

        void Put(char c, int from, int to)
        {
            view.Append(c);
            starts.Add(from);
            ends.Add(to);
        }
    }

    private static bool IsGap(string text, int at, out int length, out bool invisible, out bool space)
    {
        uint info = Letters.At(text, at, out length);
        invisible = (info & Letters.Invisible) != 0;
        space = (info & Letters.Space) != 0;
        return invisible || (space && text[at] is not ('\n' or '\r' or '\u2028' or '\u2029')) || Ties.Contains(text[at], StringComparison.Ordinal) || text[at] == '…';
    }

    private static void Untied(string text, List<TextView> views)
    {
        var view = new StringBuilder();
        var at = new List<int>();
        bool any = false;
        for (int i = 0; i < text.Length;)
        {
            int end = i;
            while (end < text.Length && !char.IsWhiteSpace(text[end]))
                end++;
            bool tied = IsTied(text.AsSpan(i, end - i));
            any |= tied;
            for (int j = i; j < end; j++)
            {
                if (tied && (j - i) % 2 == 1)
                    continue;
                view.Append(text[j]);
                at.Add(j);
            }

            for (i = end; i < text.Length && char.IsWhiteSpace(text[i]); i++)
            {
                view.Append(text[i]);
                at.Add(i);
            }
        }

        if (any)
        {
            int[] starts = [.. at];
            views.Add(new TextView(view.ToString(), starts, Array.ConvertAll(starts, i => i + 1), Technique.Separators));
        }
    }

    /// <summary>"b.4.c", "t.u.y": single letters and digits, a letter among them, and the same mark between all.</summary>
    private static bool IsTied(ReadOnlySpan<char> word)
    {
        if (word.Length < 3 || word.Length % 2 == 0 || word.Length > 31 || !Ties.Contains(word[1], StringComparison.Ordinal))
            return false;
        bool letter = false;
        for (int i = 0; i < word.Length; i++)
        {
            if (i % 2 == 1)
            {
                if (word[i] != word[1])
                    return false;
                continue;
            }

            bool isLetter = char.IsLetter(word[i]);
            letter |= isLetter;
            if (!isLetter && !char.IsAsciiDigit(word[i]) && !LeetText.IsSymbol(word[i]))
                return false;
        }

        return letter;
    }
}
