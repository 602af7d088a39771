namespace Monitor.Rules.Text;

/// <summary>What may stand between two words of a keyword.</summary>
internal static class Separator
{
    private const int MaxSymbols = 6;

    /// <param name="exact">The words are there with all their diacritics.</param>
    /// <param name="spelledOut">The letters of the words are separated too, so that no separator says anything.</param>
    public static bool Allows(string text, int from, int to, bool exact, bool spelledOut)
    {
        int lines = 0;
        int symbols = 0;
        bool spaceAfterSymbol = false;
        bool space = false;
        char sentence = '\0';
        bool plain = true;
        for (int i = from; i < to;)
        {
            uint info = Letters.At(text, i, out int length);
            char c = text[i];
            if ((info & (Letters.Invisible | Letters.Mark)) != 0)
            {
                i += length;
                continue;
            }

            if ((info & Letters.Space) != 0)
            {
                space = true;
                lines += c is '\n' or '\u2029' or '\u2028' ? 1 : 0;
                spaceAfterSymbol |= symbols > 0;
            }
            else
            {
                symbols++;
                if (c is '.' or '…' or '!' or '?' or ',' or ';' or ':' or '。' or '，')
                    sentence = c;
                plain &= c is '-' or '_' or '.' or '/' or '*' or '|' or '~' or '+' or '•' or '·' or '=' or '\\';
            }

            i += length;
        }

        if (lines > 1 || symbols > MaxSymbols && !spelledOut)
            return false;
        if (symbols == 0)
            return lines == 0 || (exact && !Capital(text, from, to)) || spelledOut;
        if (spelledOut)
            return true;
        if (!exact)
            return plain && !space;
        if (lines > 0)
            return false;
        if (sentence != '\0' && spaceAfterSymbol)
            return sentence is '.' or '…' && !Capital(text, from, to);
        return !(space && Capital(text, from, to));
    }

    /// <summary>A capital follows where a small letter stood.</summary>
    private static bool Capital(string text, int from, int to) =>
        from > 0 && to < text.Length && (Letters.Of(text[from - 1]) & Letters.Upper) == 0 && (Letters.Of(text[to]) & Letters.Upper) != 0;
}
