namespace Monitor.Rules.Text.Judging;

/// <summary>Decides whether a place that shows a spelling is meant to be the keyword, how it was written and how sure that is.</summary>
internal static class Decision
{
    public static Verdict? Of(TextView view, string original, ReadOnlySpan<Unit> units, Spelling spelling, Keyword keyword, ref Weighing w)
    {
        string text = view.Text;
        (int start, int end) = (units[0].Start, w.End);
        bool complete = w.Seen >= w.Marks;
        bool bare = !complete && w.Seen == 0;
        int syllables = spelling.Syllables.Length;
        bool masked = spelling.Kind == SpellingKind.Masked;
        bool teencode = w.Teencode || spelling.Kind == SpellingKind.Teencode;
        bool legacy = view.Technique is Technique.Tcvn3 or Technique.VniWindows or Technique.Viscii or Technique.Windows1258 or Technique.Utf8AsLatin1;

        // Another reading must be needed for this place, and must make it whole.
        if (!view.IsOriginal)
        {
            bool changed = false;
            for (int i = start; i < end && !changed; i++)
                changed = view.Replaced(i, original) || (i > start && view.Technique is Technique.Tags or Technique.Entities or Technique.Separators or Technique.Invisible && view.Starts![i] != view.Ends![i - 1]);
            if (!changed && view.Technique != Technique.Reversed || legacy && (!complete || w.Marks == 0))
                return null;
        }

        // Something between every two letters is a way of writing; between words it may be the border of sentences.
        bool spelledOut = w.Within;
        for (int i = 1; i < units.Length; i++)
        {
            int gap = units[i - 1].End;
            while (w.Viqr && gap < units[i].Start && TypedKeys.ViqrMarks.Contains(text[gap]))
                gap++;
            if (units[i].NewWord && !Separator.Allows(text, gap, units[i].Start, complete || masked, spelledOut || masked))
                return null;
        }

        bool hump = start > 0 && Letters.IsWord(Letters.Of(text[start - 1])) || end < text.Length && Letters.IsWord(Letters.Of(text[end]));
        if (hump && !complete && !IsHashtag(text, start))
            return null;

        // A word wholly in another script is a word of that script, unless Latin stands around it.
        if (w.HomoglyphLetters == w.Letters && (syllables == 1 || w.Marks == 0 || w.Seen == 0) && Surroundings.Foreign(text, start, end))
            return null;

        // Words tied together that stand apart from the rest.
        bool tied = w.BetweenMarks && (start == 0 || char.IsWhiteSpace(text[start - 1])) && (end == text.Length || char.IsWhiteSpace(text[end]));
        bool evidence = tied || w.Homoglyph || w.Styled || w.Overlay || w.Leet || w.Telex || w.Vni || w.Viqr || (w.Within && !w.WithinSpaces) || (w.Within && SpelledOut(units)) || view.Technique is Technique.Tags or Technique.Reversed;

        if (masked)
        {
            if (!view.IsOriginal || end - start > MaskedText.Longest)
                return null;
            // A mark for the first letter stands before it.
            if (spelling.Syllables[0].Letters[0].MaskBefore)
            {
                if (start == 0 || !MaskedText.Stars.Contains(text[start - 1], StringComparison.Ordinal) || (start > 1 && Letters.IsWord(Letters.Of(text[start - 2]))))
                    return null;
                start--;
            }

            if (!complete || (w.FullSyllables == 0 && !MaskedByStars(text, start, end)))
                return null;
            if (w.Marks == 0 && keyword.Marks > 0 && !MaskedByStars(text, start, end))
                return null;
            if (w.FullSyllables == 0 && 2 * w.Letters < keyword.Letters)
                return null;
            return view.Verdict(start, end, Technique.Masked, w.FullSyllables > 0 ? Strength.Medium : Strength.Weak);
        }

        // A spelling of chat language that is a word of its own is that word.
        if (w.Suffix && bare)
            return null;

        if (!complete)
        {
            if (syllables == 1 && !(bare && evidence && (w.Homoglyph || w.Leet || w.Within)))
                return null;
            if (w.Within && (bare || w.WithinSpaces) && !SpelledOut(units))
                return null;
            // "oo" for "o" would be another letter.
            if (bare && w.Doubled)
                return null;
            if (!evidence && Surroundings.EndsInName(text, start, end, whole: false))
                return null;
            if (!bare && !evidence && w.FullSyllables == 0 && Surroundings.IsPossible(text, start, end))
                return null;
            if (w.Joined && syllables > 1 && bare && !evidence && Surroundings.IsWordItself(text, start, end))
                return null;
            if (!evidence && !Surroundings.Supports(text, start, end, syllables, bare, w.Bare, w.Short, teencode))
                return null;
        }
        else if (w.Joined && syllables > 1 && keyword.Marks == 0 && !evidence && (Surroundings.IsWordItself(text, start, end) || !Surroundings.Supports(text, start, end, syllables, true, w.Bare, w.Short, teencode)))
        {
            return null;
        }
        else if (w.Telex && syllables == 1 && !Surroundings.IsNoWord(text, start, end))
        {
            return null;
        }

        if (complete && syllables > 1 && !evidence && !w.Repeated && !w.Joined && !teencode && !w.BetweenMarks && WholeWords.Belong(text, start, end))
            return null;

        Technique technique = !view.IsOriginal ? view.Technique
            : w.Leet ? Technique.Leetspeak
            : w.Vni ? Technique.Vni
            : w.Viqr ? Technique.Viqr
            : w.Telex ? Technique.Telex
            : w.Homoglyph ? Technique.Homoglyph
            : w.Styled ? Technique.StyledLetters
            : w.Overlay ? Technique.Overlay
            : w.Within || w.BetweenMarks ? Technique.Separators
            : w.Repeated ? Technique.RepeatedLetters
            : teencode || w.Suffix ? Technique.Teencode
            : w.Joined && syllables > 1 && !(bare && !evidence) ? Technique.Joined
            : bare ? Technique.NoDiacritics
            : !complete ? Technique.PartialDiacritics
            : w.Invisible ? Technique.Invisible
            : Technique.Folded;
        bool plain = technique is Technique.Folded or Technique.Invisible or Technique.Overlay or Technique.StyledLetters or Technique.Entities or Technique.Tags;
        Strength strength = bare ? Strength.Weak : complete && plain && !w.Joined && !w.Repeated && !teencode ? Strength.Strong : Strength.Medium;
        return view.Verdict(start, end, technique, strength);
    }

    /// <summary>True when every letter stands alone.</summary>
    private static bool SpelledOut(ReadOnlySpan<Unit> units)
    {
        for (int i = 1; i < units.Length; i++)
        {
            if (!units[i].NewWord && units[i].Start == units[i - 1].End && units[i].Base != units[i - 1].Base)
                return false;
        }

        return true;
    }

    private static bool IsHashtag(string text, int start)
    {
        for (int i = start - 1; i >= 0 && start - i < 64; i--)
        {
            if (text[i] == '#')
                return true;
            if (!Letters.IsWord(Letters.Of(text[i])) && text[i] != '_')
                return false;
        }

        return false;
    }

    private static bool MaskedByStars(string text, int start, int end)
    {
        for (int i = start; i < Math.Min(text.Length, end + 1); i++)
        {
            if (MaskedText.Stars.Contains(text[i], StringComparison.Ordinal))
                return true;
        }

        return false;
    }
}
