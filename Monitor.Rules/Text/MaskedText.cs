namespace Monitor.Rules.Text;

/// <summary>Where marks stand that may stand for letters: only there spellings with letters left out are looked for.</summary>
internal static class MaskedText
{
    /// <summary>UTF-16 units that a masked keyword takes at most.</summary>
    public const int Longest = 96;

    /// <summary>Marks that say by themselves that something was left out.</summary>
    public const string Stars = "*#•●×■▪□○_";

    /// <summary>Those, and marks that do so between letters.</summary>
    public const string Marks = Stars + ".-·~…^+%@";

    // Most of them are ASCII; a set that holds others is slow to search for in text that is not.
    private static readonly bool[] Ascii = [.. Enumerable.Range(0, 128).Select(c => Marks.Contains((char)c, StringComparison.Ordinal))];

    /// <summary>True when the mark at this place touches the letters that it may stand for.</summary>
    public static bool IsMask(ReadOnlySpan<char> text, int at)
    {
        bool left = at > 0 && IsLetter(text[at - 1]);
        bool right = at + 1 < text.Length && IsLetter(text[at + 1]);
        return Stars.Contains(text[at], StringComparison.Ordinal) ? left || right : left && right && Marks.Contains(text[at], StringComparison.Ordinal);
    }

    /// <summary>The parts of a text around such marks, cut where no word is cut.</summary>
    public static List<(int Start, int End)> Parts(string text)
    {
        var parts = new List<(int Start, int End)>();
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (!(c < 128 ? Ascii[c] : c is < 'À' or (>= '\u2000' and < '\u2600')) || !IsMask(text, i))
                continue;

            // Within what was taken already only the end can move.
            if (parts.Count > 0 && i + Longest < parts[^1].End)
                continue;

            int start = Math.Max(0, i - Longest);
            while (start > 0 && IsWord(text[start - 1]))
                start--;
            int end = Math.Min(text.Length, i + Longest);
            while (end < text.Length && IsWord(text[end]))
                end++;
            if (parts.Count > 0 && parts[^1].End >= start)
                parts[^1] = (Math.Min(start, parts[^1].Start), Math.Max(end, parts[^1].End));
            else
                parts.Add((start, end));
        }

        return parts;
    }

    private static bool IsWord(char c) => (Letters.Of(c) & (Letters.BaseMask | Letters.Mark | Letters.Digit | Letters.Invisible | Letters.Surrogate)) != 0;

    private static bool IsLetter(char c) => (Letters.Of(c) & (Letters.BaseMask | Letters.Mark)) != 0;
}
