namespace Monitor.Rules.Text.Judging;

/// <summary>Quick looks, before a spelling is made and laid beside the text.</summary>
internal static class Glance
{
    /// <summary>
    /// In plain words, as many as the keyword has syllables, a tone that the keyword does not have there settles it; and where a text is read in another way,
    /// something must have been read differently.
    /// </summary>
    /// <returns>True when nothing can come of the place.</returns>
    public static bool IsHopeless(TextView view, string original, int from, Keyword keyword, SpellingKind kind, int bones)
    {
        string text = view.Text;
        if (kind == SpellingKind.Masked)
        {
            // Something must say that letters are missing.
            for (int i = Math.Max(0, from - 1), met = 0; met < (2 * bones) + 8 && i < text.Length; i++)
            {
                met += (Letters.Of(text[i]) & Letters.BaseMask) != 0 ? 1 : 0;
                if (MaskedText.Marks.Contains(text[i], StringComparison.Ordinal) && MaskedText.IsMask(text, i))
                    return false;
            }

            return true;
        }

        // Keys are typed where marks are not.
        for (int i = from, met = 0; kind == SpellingKind.RawKeys && met < bones && i < text.Length; i++)
        {
            uint info = Letters.Of(text[i]);
            met += (info & Letters.BaseMask) != 0 ? 1 : 0;
            if (Letters.Tone(info) != 0 || Letters.Mod(info) != 0)
                return true;
        }

        if (!view.IsOriginal)
        {
            bool changed = view.Technique is Technique.Reversed or Technique.Tags or Technique.Entities or Technique.Separators or Technique.Invisible;
            for (int i = from; i < Math.Min(text.Length, from + (4 * bones) + 16) && !changed; i++)
                changed = view.Replaced(i, original);
            if (!changed)
                return true;
        }

        ReadOnlySpan<byte> tones = keyword.Tones;
        int word = 0;
        int letters = 0;
        uint tone = 0;
        byte first = 0;
        bool conflict = false;
        for (int i = from; ; i++)
        {
            uint info = i < text.Length ? Letters.Of(text[i]) : Letters.Space;
            if ((info & Letters.BaseMask) != 0)
            {
                if (letters++ == 0)
                    first = Skeleton.ClassOf(Letters.Base(info));
                if (Letters.Tone(info) != 0)
                    tone = Letters.Tone(info);
                continue;
            }

            // A word ends; anything but white space behind it needs a closer look, unless it is the last.
            bool last = word == tones.Length - 1;
            if ((info & (Letters.Mark | Letters.Invisible | Letters.Digit | Letters.Surrogate)) != 0 || (!last && (info & Letters.Space) == 0) || !keyword.MayBe(word, letters, first))
                return false;
            conflict |= tone != 0 && tone != tones[word];
            if (last)
                return conflict;
            while (i + 1 < text.Length && char.IsWhiteSpace(text[i + 1]))
                i++;
            if (i + 1 >= text.Length || (Letters.Of(text[i + 1]) & Letters.BaseMask) == 0)
                return false;
            (word, letters, tone) = (word + 1, 0, 0);
        }
    }
}
