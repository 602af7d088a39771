namespace Monitor.Rules.Text.Judging;

/// <summary>Words that stand there as they are listed, and whether they belong to the words around them.</summary>
internal static class WholeWords
{
    /// <summary>Whole words that are no evasion may belong to the words around them.</summary>
    public static bool Belong(string text, int start, int end) => Surroundings.Straddles(text, start, end) || Surroundings.EndsInName(text, start, end, whole: true);

    public static Verdict? Verbatim(string text, int from, string listed)
    {
        int end = from + listed.Length;
        if (end > text.Length || !text.AsSpan(from, listed.Length).SequenceEqual(listed))
            return null;
        if (end < text.Length && Letters.IsWord(Letters.At(text, end, out _)) || Between(text, from) || HidesWord(text, end))
            return null;
        return new Verdict(from, end, Technique.Verbatim, Strength.Strong);
    }

    /// <summary>True when the place begins within a word.</summary>
    private static bool Between(string text, int from) => from > 0 && Letters.IsWord(Letters.Of(text[from - 1]));

    /// <summary>True when something invisible follows, and behind it the word goes on.</summary>
    private static bool HidesWord(string text, int end) => end < text.Length && (Letters.Of(text[end]) & (Letters.Invisible | Letters.Surrogate)) != 0 && AfterEnd(text, end);

    private static bool AfterEnd(string text, int end)
    {
        while (end < text.Length && (Letters.At(text, end, out int length) is var info && (info & Letters.Invisible) != 0))
            end += length;
        return end < text.Length && Letters.IsWord(Letters.At(text, end, out _));
    }
}
