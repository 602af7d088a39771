using System.Text;

namespace Monitor.Rules.Text;

/// <summary>Digits and symbols that stand for letters. Only words that mix them with letters are read so, with some text around.</summary>
internal static class LeetText
{
    private const int Around = 48;

    private static readonly System.Buffers.SearchValues<char> Interesting = System.Buffers.SearchValues.Create("0123456789@$!|€£¡");

    public static bool IsSymbol(char c) => c is '@' or '$' or '!' or '|' or '€' or '£' or '¡';

    /// <summary>True when a symbol may be a letter of the word that it touches; "hay!" is a cry.</summary>
    public static bool IsAmongLetters(ReadOnlySpan<char> text, int at) =>
        (at + 1 < text.Length && IsLetter(text[at + 1])) || (text[at] is not ('!' or '|' or '¡') && at > 0 && IsLetter(text[at - 1]));

    // Behind what is not seen another letter may stand.
    private static bool IsLetter(char c) => (Letters.Of(c) & (Letters.BaseMask | Letters.Mark | Letters.Invisible)) != 0;

    /// <summary>The parts of a text in which such words stand; a second reading takes what may be i or l for l.</summary>
    public static List<TextView> Views(string text)
    {
        var views = new List<TextView>();
        List<(int Start, int End)> words = Words(text, out bool ambiguous);
        if (words.Count == 0)
            return views;

        Read(text, words, 'i', views);
        if (ambiguous)
            Read(text, words, 'l', views);
        return views;
    }

    private static List<(int Start, int End)> Words(string text, out bool ambiguous)
    {
        var words = new List<(int, int)>();
        ambiguous = false;
        for (int i = 0; i < text.Length;)
        {
            int hit = text.AsSpan(i).IndexOfAny(Interesting);
            if (hit < 0)
                break;

            int at = i + hit;
            int start = at;
            while (start > i && IsPart(text[start - 1]))
                start--;
            int end = at;
            bool letters = false;
            while (end < text.Length && IsPart(text[end]))
                end++;
            int whole = end;
            while (end > start && text[end - 1] is '!' or '|' or '¡')
                end--;
            bool one = false;
            bool replaced = false;
            for (int j = start; j < end; j++)
            {
                letters |= (Letters.Of(text[j]) & Letters.BaseMask) != 0;
                one |= text[j] is '1' or '|' or '!' or '¡';
                replaced |= text[j] is not '2' && Replacement(text[j], 'i') != '\0';
            }

            if (letters && replaced)
            {
                words.Add((start, end));
                ambiguous |= one;
            }

            i = Math.Max(whole, at + 1);
        }

        return words;
    }

    private static bool IsPart(char c) => IsSymbol(c) || char.IsAsciiDigit(c) || (Letters.Of(c) & (Letters.BaseMask | Letters.Mark | Letters.Invisible)) != 0;

    private static char Replacement(char c, char one) => c switch
    {
        '0' => 'o',
        '1' or '|' or '!' or '¡' => one,
        '2' => 'z',
        '3' or '€' => 'e',
        '4' or '@' => 'a',
        '5' or '$' => 's',
        '6' => 'b',
        '7' => 't',
        '8' => 'b',
        '9' => 'g',
        '£' => 'l',
        _ => '\0',
    };

    private static void Read(string text, List<(int Start, int End)> words, char one, List<TextView> views)
    {
        var view = new StringBuilder();
        var starts = new List<int>();
        int word = 0;
        int position = -1;
        while (word < words.Count)
        {
            int from = Math.Max(position, Edge(text, words[word].Start, -Around));
            int to = Edge(text, words[word].End, Around);
            int last = word;
            while (last + 1 < words.Count && Edge(text, words[last + 1].Start, -Around) <= to)
                to = Edge(text, words[++last].End, Around);
            if (view.Length > 0)
            {
                // A line apart: nothing is found across.
                view.Append("\n\n");
                starts.Add(from);
                starts.Add(from);
            }

            for (int i = from; i < to; i++)
            {
                while (word <= last && words[word].End <= i)
                    word++;
                char c = text[i];
                bool inside = word <= last && i >= words[word].Start;
                view.Append(inside && Replacement(c, one) is var letter and not '\0' ? letter : c);
                starts.Add(i);
            }

            word = last + 1;
            position = to;
        }

        int[] at = [.. starts];
        views.Add(new TextView(view.ToString(), at, Array.ConvertAll(at, i => i + 1), Technique.Leetspeak));
    }

    /// <summary>Some way off, at the border of a word.</summary>
    private static int Edge(string text, int from, int distance)
    {
        int at = Math.Clamp(from + distance, 0, text.Length);
        if (distance < 0)
        {
            while (at > 0 && at > from - (2 * Around) && !char.IsWhiteSpace(text[at - 1]))
                at--;
        }
        else
        {
            while (at < text.Length && at < from + (2 * Around) && !char.IsWhiteSpace(text[at]))
                at++;
        }

        return at;
    }
}
