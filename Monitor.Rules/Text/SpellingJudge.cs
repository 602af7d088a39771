namespace Monitor.Rules.Text;

/// <summary>
/// Says whether a place whose bones are those of a keyword's spelling really holds the keyword, by what the letters carry (marks, tones, keys),
/// by what stands between them, and, where diacritics are missing, by the words around. Pure: the same place always gets the same answer.
/// </summary>
internal static class SpellingJudge
{
    private const int MaxUnits = 400;
    private const int MaxGap = 24;
    private const string ViqrMarks = "'`?~.^(+*";

    public readonly record struct Verdict(int Start, int End, Technique Technique, Strength Strength);

    /// <summary>A letter of the text.</summary>
    private record struct Unit(char Base, uint Info, int Start, int End, bool NewWord, bool Invisible, bool Overlay, bool Decomposed, bool Replaced, int Group);

    private static readonly Keys[] AllKeys = [Keys.None, Keys.Vni, Keys.Viqr];

    private enum Keys
    {
        None,
        Vni,
        Viqr,
    }

    /// <summary>
    /// A quick look, before a spelling is made and laid beside the text: in plain words, as many as the keyword has syllables, a tone that the keyword does not
    /// have there settles it; and where a text is read in another way, something must have been read differently.
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
            bool changed = view.Technique is Technique.Reversed or Technique.Tags or Technique.Entities;
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

    /// <param name="from">Where the first letter stands in the view.</param>
    /// <param name="mode">How the words of the spelling stood when its bones were made.</param>
    /// <param name="bones">How many letters the spelling's bones have.</param>
    public static Verdict? Judge(TextView view, string original, int from, Keyword keyword, Spelling spelling, BonesMode mode, int bones)
    {
        string text = view.Text;
        if (spelling.Kind == SpellingKind.Plain && view.IsOriginal && Verbatim(text, from, keyword.Listed) is { } exact)
            return keyword.Syllables > 1 && Belonging(text, exact.Start, exact.End) ? null : exact;

        List<Unit>? units = Read(view, original, from, bones, out bool cut);
        if (units is null)
            return null;

        if (spelling.Kind == SpellingKind.RawKeys)
            return Raw(view, original, units, spelling, keyword);

        Verdict? best = null;
        foreach (Keys keys in AllKeys)
        {
            if (Weigh(view, original, units, spelling, mode, keys, cut) is not { } weighing || Decide(view, original, units, spelling, keyword, weighing) is not { } verdict)
                continue;
            // With nothing missing there is nothing to look for.
            if (weighing.Seen >= weighing.Marks)
                return verdict;
            if (best is null || verdict.Strength > best.Value.Strength)
                best = verdict;
        }

        return best;
    }

    /// <summary>Whole words that are no evasion may belong to the words around them.</summary>
    private static bool Belonging(string text, int start, int end) => Surroundings.Straddles(text, start, end) || Surroundings.EndsInName(text, start, end, whole: true);

    private static Verdict? Verbatim(string text, int from, string listed)
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

    /// <summary>The letters of the place, or null when it cannot be the bones' place after all.</summary>
    private static List<Unit>? Read(TextView view, string original, int from, int needed, out bool cut)
    {
        string text = view.Text;
        var units = new List<Unit>(needed + 8);
        bool inWord = false;
        bool adjacent = false;
        int kept = 0;
        int wordKept = 0;
        bool vowel = false;     // among the kept letters of the word, but for the last
        bool lastIsVowel = false;
        char last = '\0';
        cut = false;
        for (int i = from; i < text.Length;)
        {
            uint info = Letters.At(text, i, out int length);
            char letter = Letters.Base(info);
            if (letter != '\0')
            {
                bool drops = inWord && wordKept > 0 && (Skeleton.ClassOf(letter) == Skeleton.ClassOf(last) || letter == 'w');
                if (!drops && kept >= needed)
                {
                    // One more letter: either a key at the end of the word, or the word goes on.
                    bool hump = inWord && (info & Letters.Upper) != 0 && units.Count > 0 && (units[^1].Info & Letters.Upper) == 0;
                    if (!inWord || hump)
                    {
                        cut = hump;
                        break;
                    }

                    if (!Skeleton.IsKey(letter) || kept > needed || !(vowel || lastIsVowel))
                        return null;
                }

                bool newWord = last == '\0';
                if (!drops)
                {
                    kept++;
                    vowel = inWord && (vowel || lastIsVowel);
                    lastIsVowel = Skeleton.IsVowelClass(Skeleton.ClassOf(letter));
                    wordKept = inWord ? wordKept + 1 : 1;
                    last = letter;
                }

                bool replaced = view.Replaced(i, original);
                units.Add(new Unit(letter, info, i, i + length, newWord, false, false, false, replaced, 0));
                inWord = adjacent = true;
            }
            else if ((info & Letters.Mark) != 0)
            {
                if (adjacent)
                {
                    Unit unit = units[^1];
                    bool vietnamese = Letters.Tone(info) != 0 || Letters.Mod(info) != 0;
                    units[^1] = unit with { Info = Letters.WithMark(unit.Info, info), End = i + length, Decomposed = unit.Decomposed | vietnamese, Overlay = unit.Overlay | !vietnamese };
                }
            }
            else if ((info & Letters.Invisible) != 0)
            {
                if (units.Count > 0)
                    units[^1] = units[^1] with { Invisible = true };
            }
            else if ((info & Letters.Digit) != 0)
            {
                if (!inWord)
                    (inWord, wordKept, last, vowel, lastIsVowel) = (true, 0, '\0', false, false);
                adjacent = false;
            }
            else
            {
                if (inWord && vowel && Skeleton.IsKey(last))
                    kept--;
                inWord = adjacent = false;
                wordKept = 0;
                vowel = lastIsVowel = false;
                last = '\0';
                if (kept >= needed)
                    break;
            }

            i += length;
            if (units.Count > MaxUnits || (units.Count > 0 && i - units[^1].End > MaxGap * 2))
            {
                if (kept - (inWord && vowel && Skeleton.IsKey(last) ? 1 : 0) >= needed && units.Count <= MaxUnits)
                    break;
                return null;
            }
        }

        Span<char> letters = units.Count <= 512 ? stackalloc char[units.Count] : new char[units.Count];
        Span<bool> words = units.Count <= 512 ? stackalloc bool[units.Count] : new bool[units.Count];
        for (int i = 0; i < units.Count; i++)
            (letters[i], words[i]) = (units[i].Base, units[i].NewWord);
        var groups = new int[units.Count];
        if (Bones.Of(letters, words, cut, groups).Count != needed)
            return null;

        for (int i = 0; i < groups.Length; i++)
            units[i] = units[i] with { Group = groups[i] };

        // What is hidden behind the last letter belongs to what follows.
        if (units[^1].Invisible)
            units[^1] = units[^1] with { Invisible = false };
        return units;
    }

    /// <summary>What a place shows of a spelling.</summary>
    private struct Weighing
    {
        public int Marks;           // that the spelling has
        public int Seen;            // of them
        public int BareSyllables;   // that have marks of which none is there
        public int FullSyllables;   // that have marks, all there
        public bool[] Bare;         // by syllable: some mark is missing and none is there
        public bool[] Short;        // by syllable: some mark is missing
        public bool Homoglyph;
        public int HomoglyphLetters;
        public int Letters;
        public bool Styled;
        public bool Invisible;
        public bool Overlay;
        public bool Within;         // something between letters of a syllable
        public bool WithinSpaces;   // only spaces there
        public bool BetweenMarks;   // something but spaces between syllables
        public bool Joined;
        public bool Repeated;
        public bool Doubled;        // as Telex would, where no such letter is wanted
        public bool Teencode;
        public bool Telex;
        public bool Vni;
        public bool Viqr;
        public bool Leet;
        public bool Suffix;
        public int End;
    }

    private static Weighing? Weigh(TextView view, string original, List<Unit> units, Spelling spelling, BonesMode mode, Keys keys, bool cut)
    {
        string text = view.Text;
        SpelledSyllable[] syllables = spelling.Syllables;

        // The spelling's letters in groups, as the text's are.
        int total = 0;
        foreach (SpelledSyllable one in syllables)
            total += one.Letters.Length;
        var expected = new (int Syllable, SpelledLetter Letter)[total];
        var groups = new int[total];
        Span<char> letters = total <= 256 ? stackalloc char[total] : new char[total];
        Span<bool> words = total <= 256 ? stackalloc bool[total] : new bool[total];
        int at = 0;
        for (int s = 0; s < syllables.Length; s++)
        {
            for (int l = 0; l < syllables[s].Letters.Length; l++, at++)
            {
                expected[at] = (s, syllables[s].Letters[l]);
                letters[at] = syllables[s].Letters[l].Base;
                words[at] = mode == BonesMode.Letters || (l == 0 && (s == 0 || mode == BonesMode.Spaced));
            }
        }

        Bones.Of(letters, words, cut: false, groups);

        var w = new Weighing { Bare = new bool[syllables.Length], Short = new bool[syllables.Length], WithinSpaces = true, End = units[^1].End };
        var syllableOf = new int[units.Count];
        var tones = new uint[syllables.Length];
        var keyTones = new uint[syllables.Length];
        var keyMods = new int[syllables.Length];       // bits: circumflex, breve, horn, stroke, plain key 'w'
        var missing = new List<(int Syllable, uint Mod, int Doubled)>();
        var seen = new int[syllables.Length];
        var written = new string[syllables.Length];
        var swapped = new bool[syllables.Length];
        int e = 0;
        for (int u = 0; u < units.Count;)
        {
            int group = units[u].Group;
            int lastUnit = u;
            while (lastUnit + 1 < units.Count && units[lastUnit + 1].Group == group)
                lastUnit++;
            int firstExpected = e;
            while (e < total && groups[e] == group)
                e++;
            if (e == firstExpected)
                return null;

            int next = firstExpected;
            int doubled = 0;
            int current = -1;
            for (; u <= lastUnit; u++)
            {
                Unit unit = units[u];
                w.Letters++;
                if (next < e && Matches(unit, expected, next, ref w))
                {
                    written[expected[next].Syllable] += unit.Base;
                    swapped[expected[next].Syllable] |= unit.Base != expected[next].Letter.Base && !(unit.Base is 'i' or 'y' && expected[next].Letter.Base is 'i' or 'y');
                    current = next++;
                    doubled = 0;
                }
                else if (current < 0)
                {
                    return null;
                }
                else if (unit.Base == 'w')
                {
                    keyMods[expected[current].Syllable] |= 16;
                    syllableOf[u] = expected[current].Syllable;
                    continue;
                }
                else if (unit.Base == units[u - 1].Base || unit.Base == expected[current].Letter.Base)
                {
                    doubled++;
                }
                else if (Skeleton.IsKey(unit.Base) && IsEndOfWord(units, u))
                {
                    int key = "sfrxj".IndexOf(unit.Base, StringComparison.Ordinal);
                    int syllable = expected[current].Syllable;
                    syllableOf[u] = syllable;
                    if (unit.Base == 'z')
                        w.Suffix = true;
                    else if (keyTones[syllable] != 0)
                        return null;
                    else
                        keyTones[syllable] = key switch { 0 => Letters.Acute, 1 => Letters.Grave, 2 => Letters.Hook, 3 => Letters.Tilde, _ => Letters.Dot };
                    continue;
                }
                else if (unit.Base is 'c' or 'k' && units[u - 1].Base is 'c' or 'k')
                {
                    // "ck" for "c".
                    w.Teencode = true;
                }
                else if (unit.Base == 'z' && expected[current].Letter is { Base: 'd', Mod: 0 })
                {
                    w.Teencode = true;
                }
                else
                {
                    return null;
                }

                (int s, SpelledLetter letter) = expected[current];
                syllableOf[u] = s;
                uint tone = Letters.Tone(unit.Info);
                if (tone != 0)
                {
                    if (tones[s] != 0 && tones[s] != tone)
                        return null;
                    tones[s] = tone;
                }

                uint mod = Letters.Mod(unit.Info);
                if (mod is not (0 or Letters.Strange) && mod != letter.Mod)
                    return null;

                if (doubled == 0)
                {
                    if (letter.Mod != 0 && mod != letter.Mod)
                        missing.Add((s, letter.Mod, u));
                    else if (letter.Mod != 0)
                        seen[s]++;
                    if (mod == Letters.Strange && letter.Mod == 0)
                        w.Overlay = true;
                }
                else if (missing.Count > 0 && missing[^1].Doubled == u - doubled && missing[^1].Mod is Letters.Circumflex or Letters.Stroke && mod == missing[^1].Mod)
                {
                    // "ôooo" with the mark on a later one.
                    missing.RemoveAt(missing.Count - 1);
                    seen[s]++;
                    w.Repeated = true;
                }
                else if (doubled == 1 && mod == 0 && missing.Count > 0 && missing[^1].Doubled == u - 1 && missing[^1].Mod is Letters.Circumflex or Letters.Stroke && unit.Base is 'a' or 'e' or 'o' or 'd')
                {
                    missing.RemoveAt(missing.Count - 1);
                    seen[s]++;
                    w.Telex = true;
                }
                else
                {
                    w.Repeated = true;
                    w.Doubled |= doubled == 1 && (u == lastUnit || units[u + 1].Base != unit.Base) && unit.Base is 'a' or 'e' or 'o' or 'd' && letter.Mod == 0;
                }

                w.Homoglyph |= (unit.Info & Letters.Homoglyph) != 0;
                w.HomoglyphLetters += (unit.Info & Letters.Homoglyph) != 0 ? 1 : 0;
                w.Styled |= (unit.Info & Letters.Styled) != 0;
                w.Invisible |= unit.Invisible;
                w.Overlay |= unit.Overlay;
                w.Leet |= unit.Replaced && view.Technique == Technique.Leetspeak;
            }

            if (next != e)
                return null;
        }

        if (e != total)
            return null;

        // "kh" for "ch" makes another syllable of Vietnamese, "ka" for "ca" none.
        for (int s = 0; s < syllables.Length; s++)
        {
            if (swapped[s] && Syllable.IsSpelledRight(written[s]))
                return null;
        }

        // What stands between the letters, and behind the last.
        for (int u = 0; u < units.Count; u++)
        {
            bool end = u == units.Count - 1;
            int gapEnd = end ? TrailEnd(text, units[u].End, keys) : units[u + 1].Start;
            int s = syllableOf[u];
            bool inside = !end && syllableOf[u + 1] == s;
            if (!Gap(text, units[u], gapEnd, keys, end, inside, spelling, expected, groups, units[u].Group, s, keyTones, keyMods, ref w))
                return null;

            if (!end && !inside && !units[u + 1].NewWord && gapEnd == units[u].End)
                w.Joined = true;
        }

        if (keys == Keys.Vni && !w.Vni || keys == Keys.Viqr && !w.Viqr)
            return null;

        // Marks: by syllable.
        for (int s = 0; s < syllables.Length; s++)
        {
            uint tone = syllables[s].Tone;
            w.Marks += syllables[s].Marks;
            if (tones[s] != 0 && keyTones[s] != 0)
                return null;
            uint shown = tones[s] != 0 ? tones[s] : keyTones[s];
            if (shown != 0 && shown != tone && !(shown != tone && tone == 0 && false))
                return null;
            if (keyTones[s] != 0 && keys == Keys.None)
                w.Telex = true;
            if (shown != 0)
                seen[s]++;

            bool usedW = false;
            for (int m = missing.Count - 1; m >= 0; m--)
            {
                if (missing[m].Syllable != s)
                    continue;

                uint mod = missing[m].Mod;
                bool byW = (keyMods[s] & 16) != 0 && mod is Letters.Horn or Letters.Breve && (keyMods[s] & 16) != 0;
                bool byKey = (keyMods[s] & (1 << (int)(mod - 1))) != 0;
                if (byW || byKey)
                {
                    seen[s]++;
                    usedW |= byW;
                    w.Telex |= byW;
                    missing.RemoveAt(m);
                }
            }

            if ((keyMods[s] & 16) != 0 && !usedW)
                return null;
            for (int mod = 0; mod < 4; mod++)
            {
                if ((keyMods[s] & (1 << mod)) != 0 && !Array.Exists(syllables[s].Letters, letter => letter.Mod == mod + 1))
                    return null;
            }

            int marks = syllables[s].Marks;
            if (!syllables[s].Whole)
            {
                // What was left out took its marks along.
                w.Marks -= marks - Math.Min(marks, seen[s]);
                marks = Math.Min(marks, seen[s]);
            }

            w.Seen += Math.Min(seen[s], marks);
            w.Short[s] = seen[s] < marks;
            w.Bare[s] = seen[s] == 0 && marks > 0;
            w.BareSyllables += w.Bare[s] ? 1 : 0;
            w.FullSyllables += marks > 0 && seen[s] >= marks ? 1 : 0;
        }

        return w;
    }

    private static bool IsEndOfWord(List<Unit> units, int u) => u == units.Count - 1 || units[u + 1].NewWord;

    /// <summary>How far keys may stand behind the last letter.</summary>
    private static int TrailEnd(string text, int end, Keys keys)
    {
        int to = end;
        while (to < text.Length && to - end < 3 && keys switch
        {
            Keys.Vni => char.IsAsciiDigit(text[to]),
            Keys.Viqr => ViqrMarks.Contains(text[to]),
            _ => false,
        })
        {
            to++;
        }

        return to;
    }

    private static bool Matches(Unit unit, (int Syllable, SpelledLetter Letter)[] expected, int at, ref Weighing w)
    {
        SpelledLetter letter = expected[at].Letter;
        if (unit.Base == letter.Base)
            return true;

        bool chat = (unit.Base, letter.Base) switch
        {
            ('k' or 'q', 'c') or ('c' or 'q', 'k') or ('k' or 'c', 'q') => true,
            ('j', 'y' or 'i') => true,
            // "lý" and "lí" are one word, "tay" and "tai" are two.
            ('i', 'y') or ('y', 'i') => at == 0 || expected[at - 1].Syllable != expected[at].Syllable || !Letters.IsVowel(expected[at - 1].Letter.Base)
                || (at > 1 && expected[at - 1].Letter.Base == 'u' && expected[at - 2].Letter.Base == 'q'),
            ('p', 'b') => true,
            ('z', 'd') => letter.Mod == 0,
            _ => false,
        };
        w.Teencode |= chat;
        return chat;
    }

    private static bool Gap(
        string text, Unit unit, int gapEnd, Keys keys, bool end, bool inside, Spelling spelling, (int Syllable, SpelledLetter Letter)[] expected, int[] groups, int group, int s,
        uint[] keyTones, int[] keyMods, ref Weighing w)
    {
        bool maskWanted = false;
        for (int i = 0; i < groups.Length; i++)
        {
            if (groups[i] == group && expected[i].Letter.MaskAfter)
                maskWanted = true;
            if (groups[i] == group + 1 && expected[i].Letter.MaskBefore)
                maskWanted = true;
        }

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
                if (!Vni(c, s, keyTones, keyMods))
                    return false;
                w.Vni = true;
                if (end)
                    w.End = at + 1;
            }
            else if (attached && keys == Keys.Viqr && ViqrMarks.Contains(c) && Viqr(c, s, spelling.Syllables[s], keyTones, keyMods))
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

        return gapEnd - unit.End <= MaxGap;
    }

    /// <summary>True when a letter (but for a hump), digit or mark follows.</summary>
    private static bool AfterEndTouches(string text, int end, Unit last)
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

    private static bool Vni(char digit, int s, uint[] keyTones, int[] keyMods)
    {
        switch (digit)
        {
            case >= '1' and <= '5':
                if (keyTones[s] != 0)
                    return false;
                keyTones[s] = digit switch { '1' => Letters.Acute, '2' => Letters.Grave, '3' => Letters.Hook, '4' => Letters.Tilde, _ => Letters.Dot };
                return true;
            case '6':
                keyMods[s] |= 1;
                return true;
            case '7':
                keyMods[s] |= 4;
                return true;
            case '8':
                keyMods[s] |= 2;
                return true;
            case '9':
                keyMods[s] |= 8;
                return true;
            default:
                return false;
        }
    }

    private static bool Viqr(char mark, int s, SpelledSyllable syllable, uint[] keyTones, int[] keyMods)
    {
        (uint tone, int mod) = mark switch
        {
            '\'' => (Letters.Acute, 0),
            '`' => (Letters.Grave, 0),
            '?' => (Letters.Hook, 0),
            '~' => (Letters.Tilde, 0),
            '.' => (Letters.Dot, 0),
            '^' => (0u, 1),
            '(' => (0u, 2),
            _ => (0u, 4),
        };

        // A mark that the word does not have is punctuation.
        if (tone != 0)
        {
            if (syllable.Tone != tone || keyTones[s] != 0)
                return false;
            keyTones[s] = tone;
            return true;
        }

        if (!Array.Exists(syllable.Letters, letter => letter.Mod != 0 && 1 << (letter.Mod - 1) == mod))
            return false;
        keyMods[s] |= mod;
        return true;
    }

    private static Verdict? Raw(TextView view, string original, List<Unit> units, Spelling spelling, Keyword keyword)
    {
        string raw = spelling.Raw!.Replace(" ", "", StringComparison.Ordinal);
        // "uwow" is typed for "uow" too.
        for (int i = units.Count - 3; i > 0; i--)
        {
            if (units[i] is { Base: 'w' } && units[i - 1].Base == 'u' && units[i + 1].Base == 'o' && units[i + 2].Base == 'w')
                units.RemoveAt(i);
        }

        if (units.Count != raw.Length || AfterEndTouches(view.Text, units[^1].End, units[^1]))
            return null;
        for (int i = 0; i < units.Count; i++)
        {
            if (units[i].Base != raw[i] || Letters.Tone(units[i].Info) != 0 || Letters.Mod(units[i].Info) != 0)
                return null;
            if (i > 0 && !Separator.Allows(view.Text, units[i - 1].End, units[i].Start, exact: true, spelledOut: false))
                return null;
        }

        _ = keyword;
        return Placed(view, units[0].Start, units[^1].End, view.IsOriginal ? Technique.Telex : view.Technique, Strength.Medium, original);
    }

    private static Verdict Placed(TextView view, int start, int end, Technique technique, Strength strength, string original)
    {
        (int from, int to) = view.ToOriginal(start, end);
        _ = original;
        return new Verdict(from, to, technique, strength);
    }

    private static Verdict? Decide(TextView view, string original, List<Unit> units, Spelling spelling, Keyword keyword, Weighing w)
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
                changed = view.Replaced(i, original) || (i > start && view.Technique is Technique.Tags or Technique.Entities && view.Starts![i] != view.Ends![i - 1]);
            if (!changed && view.Technique != Technique.Reversed || legacy && (!complete || w.Marks == 0))
                return null;
        }

        // Something between every two letters is a way of writing; between words it may be the border of sentences.
        bool spelledOut = w.Within;
        for (int i = 1; i < units.Count; i++)
        {
            int gap = units[i - 1].End;
            while (w.Viqr && gap < units[i].Start && ViqrMarks.Contains(text[gap]))
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
            return Placed(view, start, end, Technique.Masked, w.FullSyllables > 0 ? Strength.Medium : Strength.Weak, original);
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

        if (complete && syllables > 1 && !evidence && !w.Repeated && !w.Joined && !teencode && !w.BetweenMarks && Belonging(text, start, end))
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
        return Placed(view, start, end, technique, strength, original);
    }

    /// <summary>True when every letter stands alone.</summary>
    private static bool SpelledOut(List<Unit> units)
    {
        for (int i = 1; i < units.Count; i++)
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
