namespace Monitor.Rules.Text;

/// <summary>
/// Judges by the words around whether words without (all of) their diacritics are meant to be a keyword. "muot ma tuy hoi nong" holds the letters of
/// another word, but "mượt mà" and "tuy" are words, and with them every letter is accounted for better than without. Each way of cutting the words
/// into known ones is weighed; the keyword must weigh more than what it takes the words from.
/// </summary>
internal static class Surroundings
{
    private const int Reach = 4;
    private const int Wide = 8;

    private const double PhraseOfTwo = 2.1;
    private const double PhraseOfThree = 3.2;
    private const double Function = 1.0;
    private const double Common = 0.8;
    private const double Rare = 0.3;

    private readonly record struct Word(string Text, string Bare, bool Marked, bool Foreign, bool Latin, bool Toned, bool Plausible, int Start, int End);

    /// <summary>True when the keyword explains the words there at least as well as any other reading.</summary>
    public static bool Supports(string text, int start, int end, int syllables, bool bare, bool[] bareSyllables, bool[] shortSyllables, bool teencode)
    {
        List<Word> before = Before(text, start, Wide);
        List<Word> after = After(text, end, Wide);
        int marked = 0;
        int foreign = 0;
        int all = before.Count + after.Count;
        foreach (Word word in before)
            (marked, foreign) = (marked + (word.Marked ? 1 : 0), foreign + (word.Foreign ? 1 : 0));
        foreach (Word word in after)
            (marked, foreign) = (marked + (word.Marked ? 1 : 0), foreign + (word.Foreign ? 1 : 0));

        bool accented = marked > 0 && marked * 4 >= all - foreign;
        if (bare && !accented && all >= 2 && foreign * 2 > all)
            return false;
        if (syllables >= 3)
            return true;

        // The words in question, as they are written.
        List<Word> own = Words(text, start, end);
        if (own.Count != syllables)
            return true;

        List<Word> left = Near(text, before, start, leftwards: true);
        List<Word> right = Near(text, after, end, leftwards: false);
        bool suspicious = !bare && accented && HasFunctionWord(own, shortSyllables);
        double keyword = (1.025 * syllables) - (suspicious ? 0.3 : 0) + (accented && bare && AnyMustBear(own) ? 0.6 : 0) + (teencode ? 0.6 : 0);
        double with = Best(left, accented, -1) + keyword + Best(right, accented, -1);
        double without = Best([.. left, .. own, .. right], accented, left.Count);
        _ = bareSyllables;
        return with >= without;
    }

    /// <summary>
    /// True when the words there, whole and with all their diacritics, belong to their neighbours on both sides: "lá cờ | bạc màu". One side alone says
    /// little: a keyword may be part of a longer word.
    /// </summary>
    public static bool Straddles(string text, int start, int end)
    {
        List<Word> left = Near(text, Before(text, start, 2), start, leftwards: true);
        if (left.Count == 0)
            return false;
        List<Word> right = Near(text, After(text, end, 2), end, leftwards: false);
        List<Word> own = right.Count == 0 ? [] : Words(text, start, end);
        for (int cut = 1; cut < own.Count; cut++)
        {
            if (Belongs([.. left, .. own[..cut]], cut, atEnd: true) && Belongs([.. own[cut..], .. right], own.Count - cut, atEnd: false))
                return true;
        }

        return false;
    }

    /// <summary>True when the last, or first, words make one with some of their neighbours, none of which is left over.</summary>
    private static bool Belongs(List<Word> words, int own, bool atEnd)
    {
        for (int length = own + 1; length <= Math.Min(3, words.Count); length++)
        {
            List<Word> part = atEnd ? words[^length..] : words[..length];
            if (IsPhrase(part, 0, length, accented: true))
                return true;
        }

        return false;
    }

    /// <summary>True when the first word is written small and a later one, with its neighbour, as a name.</summary>
    public static bool EndsInName(string text, int start, int end, bool whole)
    {
        bool capital = false;
        for (int i = start + 1; i < end && !capital; i++)
            capital = IsCapital(text, i);
        if (!capital)
            return false;

        List<Word> own = Words(text, start, end);
        if (own.Count < 2 || IsCapital(text, own[0].Start) || !own[1..].Exists(word => IsTitle(text, word)))
            return false;

        List<Word> right = After(text, end, 1);
        return !whole || (right.Count > 0 && right[0].Start - end <= 1 && IsTitle(text, right[0]) && IsTitle(text, own[^1]));
    }

    private static bool IsCapital(string text, int at) => (Letters.At(text, at, out _) & Letters.Upper) != 0;

    private static bool IsTitle(string text, Word word) => IsCapital(text, word.Start) && !(word.Start + 1 < word.End && IsCapital(text, word.Start + 1));

    /// <summary>True when every word there is one that Vietnamese could have, as it is written.</summary>
    public static bool IsPossible(string text, int start, int end) => !Words(text, start, end).Exists(word => Syllable.MustBearTone(word.Bare) && !word.Toned);

    /// <summary>True when the letters around are not Latin.</summary>
    public static bool Foreign(string text, int start, int end)
    {
        List<Word> around = [.. Before(text, start, 3), .. After(text, end, 3)];
        return around.Count == 0 || around.Exists(word => !word.Latin);
    }

    /// <summary>True when what stands there, in one piece, is a syllable or a common word of its own.</summary>
    public static bool IsWordItself(string text, int start, int end)
    {
        List<Word> own = Words(text, start, end);
        return own.Count == 1 && (Syllable.IsPlausible(own[0].Bare) || Lexicon.IsEnglish(own[0].Bare));
    }

    /// <summary>True when what stands there is neither an English word nor between such words.</summary>
    public static bool IsNoWord(string text, int start, int end)
    {
        List<Word> own = Words(text, start, end);
        if (own.Count != 1 || Lexicon.IsEnglish(own[0].Bare))
            return own.Count > 1;

        List<Word> around = [.. Before(text, start, 3), .. After(text, end, 3)];
        return around.Count == 0 || around.Count(word => word.Foreign) * 2 < around.Count;
    }

    private static bool AnyMustBear(List<Word> own) => own.Exists(word => !word.Marked && Syllable.MustBearTone(word.Bare));

    private static bool HasFunctionWord(List<Word> own, bool[] shortSyllables)
    {
        for (int i = 0; i < own.Count; i++)
        {
            if (shortSyllables[i] && !own[i].Marked && Lexicon.IsFunction(own[i].Text, accented: true))
                return true;
        }

        return false;
    }

    /// <summary>Those of the words that belong to the same sentence.</summary>
    private static List<Word> Near(string text, List<Word> words, int edge, bool leftwards)
    {
        var near = new List<Word>(Reach);
        if (leftwards)
        {
            for (int i = words.Count - 1; i >= 0 && near.Count < Reach && !Border(text, words[i].End, edge); i--)
            {
                near.Add(words[i]);
                edge = words[i].Start;
            }

            near.Reverse();
        }
        else
        {
            for (int i = 0; i < words.Count && near.Count < Reach && !Border(text, edge, words[i].Start); i++)
            {
                near.Add(words[i]);
                edge = words[i].End;
            }
        }

        return near;
    }

    private static bool Border(string text, int from, int to)
    {
        for (int i = from; i < to; i++)
        {
            if (text[i] is '.' or '!' or '?' or '…' or ';' or ':' or ',' or '\n' or '(' or ')' or '"' or '“' or '”')
                return true;
        }

        return false;
    }

    /// <summary>The heaviest way to cut words into known ones.</summary>
    /// <param name="own">Where two words begin that may not be taken for another word of the same letters: that is the question.</param>
    private static double Best(List<Word> words, bool accented, int own)
    {
        Span<double> best = stackalloc double[words.Count + 1];
        for (int i = 1; i <= words.Count; i++)
        {
            best[i] = best[i - 1] + Single(words[i - 1], accented);
            if (i >= 2 && i - 2 != own && IsPhrase(words, i - 2, 2, accented))
                best[i] = Math.Max(best[i], best[i - 2] + PhraseOfTwo);
            if (i >= 3 && IsPhrase(words, i - 3, 3, accented))
                best[i] = Math.Max(best[i], best[i - 3] + PhraseOfThree);
        }

        return best[words.Count];
    }

    private static bool IsPhrase(List<Word> words, int from, int count, bool accented)
    {
        string first = Form(words[from], accented);
        if ((Lexicon.Of(first, accented) & (count == 2 ? WordFacts.BeginsTwo : WordFacts.BeginsThree)) == 0)
            return false;

        Span<char> phrase = stackalloc char[128];
        int length = 0;
        for (int i = from; i < from + count; i++)
        {
            string word = Form(words[i], accented);
            if (length + word.Length + 1 > phrase.Length)
                return false;
            if (length > 0)
                phrase[length++] = ' ';
            word.CopyTo(phrase[length..]);
            length += word.Length;
        }

        return Lexicon.IsPhrase(phrase[..length], accented);
    }

    private static string Form(Word word, bool accented) => accented ? word.Text : word.Bare;

    private static double Single(Word word, bool accented)
    {
        string form = Form(word, accented);
        // Somebody who writes marks wrote this one with them: it is a word.
        bool wordOfItsOwn = accented && word.Marked && word.Plausible;
        WordFacts facts = Lexicon.Of(form, accented);
        return (facts & WordFacts.Function) != 0 ? Function : wordOfItsOwn || (facts & WordFacts.Common) != 0 ? Common : accented && !word.Marked && Syllable.MustBearTone(word.Bare) ? 0 : Rare;
    }

    private static List<Word> Before(string text, int start, int most)
    {
        int from = start;
        int words = 0;
        bool inWord = false;
        while (from > 0 && start - from < 160)
        {
            bool letter = Letters.IsWord(Letters.Of(text[from - 1])) || (Letters.Of(text[from - 1]) & Letters.Invisible) != 0;
            if (letter && !inWord && ++words > most)
                break;
            inWord = letter;
            from--;
        }

        List<Word> found = Words(text, from, start);
        return found.Count > most ? found[^most..] : found;
    }

    private static List<Word> After(string text, int end, int most)
    {
        List<Word> found = Words(text, end, Math.Min(text.Length, end + 160));
        return found.Count > most ? found[..most] : found;
    }

    private static List<Word> Words(string text, int start, int end)
    {
        var words = new List<Word>(8);
        Span<char> bare = stackalloc char[24];
        for (int i = start; i < end;)
        {
            if (!Letters.IsWord(Letters.At(text, i, out int length)))
            {
                i += length;
                continue;
            }

            int from = i;
            bool latin = true;
            bool marked = false;
            bool toned = false;
            bool digits = false;
            int count = 0;
            while (i < end && Letters.At(text, i, out length) is var info && (Letters.IsWord(info) || (info & Letters.Invisible) != 0))
            {
                char letter = Letters.Base(info);
                latin &= letter != '*' && (info & Letters.Homoglyph) == 0;
                marked |= Letters.Tone(info) != 0 || Letters.Mod(info) is not (0 or Letters.Strange);
                toned |= Letters.Tone(info) != 0;
                digits |= (info & Letters.Digit) != 0;
                if (letter is not ('\0' or '*') && count < bare.Length)
                    bare[count++] = letter;
                i += length;
            }

            string plain = new(bare[..count]);
            string written = marked ? TextFolding.FoldWord(text.AsSpan(from, i - from)) : plain;
            bool plausible = Syllable.IsPlausible(plain);
            bool foreign = !marked && !digits && (!plausible || Lexicon.IsEnglish(plain));
            words.Add(new Word(written, plain, marked, foreign, latin, toned, plausible, from, i));
        }

        return words;
    }
}
