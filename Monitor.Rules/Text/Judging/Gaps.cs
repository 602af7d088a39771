namespace Monitor.Rules.Text.Judging;

/// <summary>What may stand between the letters of a keyword, and behind the last.</summary>
internal static class Gaps
{
    /// <summary>Looks at what stands behind a letter.</summary>
    /// <param name="end">It is the last.</param>
    /// <param name="inside">The next letter is of the same syllable.</param>
    /// <param name="maskWanted">Letters were left out there: a mark must say so.</param>
    /// <returns>False when it may not stand there.</returns>
    public static bool Allow(
        string text, Unit unit, int gapEnd, Keys keys, bool end, bool inside, SpelledSyllable syllable, bool maskWanted, ref uint keyTone, ref int keyMods, ref Weighing w)
    {
        int at = unit.End;
        bool attached = true;   // to the letter: only keys so far
        bool other = false;
        bool spaces = false;
        bool digits = false;
        bool masked = false;
        while (at < gapEnd)
        {
            char c = text[at];
            uint info = Letters.At(text, at, out int length);
            if (attached && keys == Keys.Vni && char.IsAsciiDigit(c))
            {
                if (!TypedKeys.Vni(c, ref keyTone, ref keyMods))
                    return false;
                w.Vni = true;
                if (end)
                    w.End = at + 1;
            }
            else if (attached && keys == Keys.Viqr && TypedKeys.ViqrMarks.Contains(c) && TypedKeys.Viqr(c, syllable, ref keyTone, ref keyMods))
            {
                w.Viqr = true;
                if (end)
                    w.End = at + 1;
            }
            else if ((info & (Letters.Invisible | Letters.Mark)) == 0)
            {
                attached = false;
                if ((info & Letters.Digit) != 0)
                    digits = true;
                else if ((info & Letters.Space) != 0)
                    spaces = true;
                else
                    other = true;
                masked |= MaskedText.Marks.Contains(c, StringComparison.Ordinal) && MaskedText.IsMask(text, at);
            }

            at += length;
        }

        if (digits)
            return false;
        if (end)
            return !AfterEndTouches(text, w.End, unit) && (!maskWanted || w.End < text.Length && MaskedText.Stars.Contains(text[w.End], StringComparison.Ordinal));
        if (maskWanted)
            return masked && !(spaces && inside);
        if (inside && (other || spaces))
        {
            w.Within = true;
            w.WithinSpaces &= !other;
        }
        else if (!inside && other)
        {
            w.BetweenMarks = true;
        }

        return gapEnd - unit.End <= Place.MaxGap;
    }

    /// <summary>True when a letter (but for a hump), digit or mark follows.</summary>
    public static bool AfterEndTouches(string text, int end, Unit last)
    {
        while (end < text.Length)
        {
            uint info = Letters.At(text, end, out int length);
            if ((info & Letters.Invisible) != 0)
            {
                end += length;
                continue;
            }

            bool hump = (info & Letters.Upper) != 0 && (last.Info & Letters.Upper) == 0;
            return Letters.IsWord(info) && !hump;
        }

        return false;
    }
}
