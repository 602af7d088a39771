namespace Monitor.Rules.Text.Judging;

/// <summary>Lays the letters of a spelling and of a place side by side and gathers what tells them apart. Its arrays are used again for the next.</summary>
internal sealed class Weigher
{
    private bool[] _bare = new bool[8];
    private bool[] _short = new bool[8];
    private bool[] _swapped = new bool[8];
    private uint[] _tones = new uint[8];
    private uint[] _keyTones = new uint[8];

    // Bits: circumflex, breve, horn, stroke, plain key 'w'.
    private int[] _keyMods = new int[8];
    private int[] _seen = new int[8];
    private int[] _syllableOf = new int[32];
    private char[] _written = new char[32];
    private readonly List<(int Syllable, uint Mod, int Doubled)> _missing = [];

    /// <summary>Lays a spelling beside a place, keys of one kind taken for marks.</summary>
    /// <returns>Null when they are not the same. What it holds is good until the next is weighed.</returns>
    public Weighing? Weigh(TextView view, Place place, Spelling spelling, BonesMode mode, Keys keys)
    {
        string text = view.Text;
        ReadOnlySpan<Unit> units = place.Units;
        SpelledSyllable[] syllables = spelling.Syllables;
        LaidSpelling laid = spelling.Laid(mode);
        (int Syllable, SpelledLetter Letter)[] expected = laid.Letters;
        int[] groups = laid.Groups;
        int total = expected.Length;
        Prepare(syllables.Length, total, units.Length);
        (bool[] bare, bool[] isShort, int[] syllableOf, uint[] tones, uint[] keyTones, int[] keyMods) = (_bare, _short, _syllableOf, _tones, _keyTones, _keyMods);
        (List<(int Syllable, uint Mod, int Doubled)> missing, int[] seen, char[] written, bool[] swapped) = (_missing, _seen, _written, _swapped);
        var w = new Weighing { Bare = bare, Short = isShort, WithinSpaces = true, End = units[^1].End };
        int e = 0;
        for (int u = 0; u < units.Length;)
        {
            int group = units[u].Group;
            int lastUnit = u;
            while (lastUnit + 1 < units.Length && units[lastUnit + 1].Group == group)
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
                    written[next] = unit.Base;
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
            if (swapped[s] && Syllable.IsSpelledRight(written.AsSpan(laid.First(s), syllables[s].Letters.Length)))
                return null;
        }

        // What stands between the letters, and behind the last.
        for (int u = 0; u < units.Length; u++)
        {
            bool end = u == units.Length - 1;
            int gapEnd = end ? TypedKeys.TrailEnd(text, units[u].End, keys) : units[u + 1].Start;
            int s = syllableOf[u];
            bool inside = !end && syllableOf[u + 1] == s;
            if (!Gaps.Allow(text, units[u], gapEnd, keys, end, inside, spelling.Syllables[s], laid.MaskWanted(units[u].Group), ref keyTones[s], ref keyMods[s], ref w))
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
            if (shown != 0 && shown != tone)
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
                bool byW = (keyMods[s] & 16) != 0 && mod is Letters.Horn or Letters.Breve;
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

    private static bool IsEndOfWord(ReadOnlySpan<Unit> units, int u) => u == units.Length - 1 || units[u + 1].NewWord;

    private static bool Matches(Unit unit, (int Syllable, SpelledLetter Letter)[] expected, int at, ref Weighing w)
    {
        SpelledLetter letter = expected[at].Letter;
        if (unit.Base == letter.Base)
            return true;

        bool chat = (unit.Base, letter.Base) switch
        {
            ('k' or 'q', 'c') or ('c' or 'q', 'k') or ('k' or 'c', 'q') => true,
            ('j', 'y' or 'i') => true,
            ('i', 'y') or ('y', 'i') => MayBeEitherI(expected, at),
            ('p', 'b') => true,
            ('z', 'd') => letter.Mod == 0,
            _ => false,
        };
        w.Teencode |= chat;
        return chat;
    }

    /// <summary>"lý" and "lí" are one word, "tay" and "tai" are two.</summary>
    public static bool MayBeEitherI((int Syllable, SpelledLetter Letter)[] letters, int at) =>
        at == 0 || letters[at - 1].Syllable != letters[at].Syllable || !Letters.IsVowel(letters[at - 1].Letter.Base)
        || (at > 1 && letters[at - 1].Letter.Base == 'u' && letters[at - 2].Letter.Base == 'q');

    private void Prepare(int syllables, int letters, int units)
    {
        if (_bare.Length < syllables)
        {
            int length = Math.Max(syllables, _bare.Length * 2);
            (_bare, _short, _swapped) = (new bool[length], new bool[length], new bool[length]);
            (_tones, _keyTones, _keyMods, _seen) = (new uint[length], new uint[length], new int[length], new int[length]);
        }

        if (_written.Length < letters)
            _written = new char[Math.Max(letters, _written.Length * 2)];
        if (_syllableOf.Length < units)
            _syllableOf = new int[Math.Max(units, _syllableOf.Length * 2)];
        Array.Clear(_bare, 0, syllables);
        Array.Clear(_short, 0, syllables);
        Array.Clear(_swapped, 0, syllables);
        Array.Clear(_tones, 0, syllables);
        Array.Clear(_keyTones, 0, syllables);
        Array.Clear(_keyMods, 0, syllables);
        Array.Clear(_seen, 0, syllables);
        Array.Clear(_syllableOf, 0, units);
        _missing.Clear();
    }
}
