namespace Monitor.Rules.Text.Judging;

/// <summary>
/// The letters of a spelling in sixteen bits each, kept for every spelling of every keyword, and a walk along a text that sees whether they can stand there:
/// the first half of what the judge does, without what costs. It refuses only what the judge would refuse.
/// </summary>
internal static class SpelledLetters
{
    // Bits 0-4 letter, 5-7 its mark, 8-10 the tone of its syllable.
    private const int ModShift = 5;
    private const int ToneShift = 8;
    private const ushort GroupStart = 1 << 11;
    private const ushort MaskAfter = 1 << 12;
    private const ushort MaskBefore = 1 << 13;

    /// <summary>"i" may stand for "y" and the other way round.</summary>
    private const ushort EitherI = 1 << 14;

    // Longer runs of marks and separators are left to the judge.
    private const int MaxRun = 64;

    public static void Pack(Spelling spelling, BonesMode mode, List<ushort> to)
    {
        if (spelling.Kind == SpellingKind.RawKeys)
        {
            foreach (char c in spelling.RawLetters)
                to.Add((ushort)(c - 'a' + 1));
            return;
        }

        LaidSpelling laid = spelling.Laid(mode);
        for (int i = 0; i < laid.Letters.Length; i++)
        {
            (int syllable, SpelledLetter letter) = laid.Letters[i];
            int packed = letter.Base - 'a' + 1 | letter.Mod << ModShift | spelling.Syllables[syllable].Tone << ToneShift;
            if (i == 0 || laid.Groups[i] != laid.Groups[i - 1])
                packed |= GroupStart;
            if (letter.MaskAfter)
                packed |= MaskAfter;
            if (letter.MaskBefore)
                packed |= MaskBefore;
            if (letter.Base is 'i' or 'y' && Weigher.MayBeEitherI(laid.Letters, i))
                packed |= EitherI;
            to.Add((ushort)packed);
        }
    }

    /// <returns>False when the judge would say no.</returns>
    public static bool MayStand(string text, int from, ReadOnlySpan<ushort> wanted, SpellingKind kind) =>
        kind == SpellingKind.RawKeys ? MayBeTyped(text, from, wanted) : new Walk(text, wanted, kind == SpellingKind.Masked).Run(from);

    private static bool MayBeTyped(string text, int from, ReadOnlySpan<ushort> wanted)
    {
        int next = 0;
        uint previous = 0;
        for (int i = from; i < text.Length && next < wanted.Length && i - from < 4 * MaxRun; i++)
        {
            uint info = Letters.Of(text[i]);
            uint letter = info & Letters.BaseMask;
            if (letter == 0)
            {
                if ((info & (Letters.Digit | Letters.Surrogate)) != 0)
                    return true;
                continue;
            }

            if (Letters.Tone(info) != 0 || Letters.Mod(info) != 0)
                return false;
            if (letter != (uint)(wanted[next] & Letters.BaseMask))
                return letter == 'w' - 'a' + 1 && previous == 'u' - 'a' + 1;
            previous = letter;
            next++;
        }

        return true;
    }

    private ref struct Walk(string text, ReadOnlySpan<ushort> wanted, bool masked)
    {
        private readonly ReadOnlySpan<ushort> _wanted = wanted;
        private int _next;              // the letter that is wanted next,
        private int _groupEnd;          // and where those of the bone at hand end
        private int _current = -1;
        private byte _lastClass;        // of the last bone in the word; 0: the word begins
        private bool _vowel;            // among the bones of the word, but for the last
        private bool _lastIsVowel;
        private char _previous;
        private bool _previousUpper;
        private bool _maskAfter;        // letters were left out behind the bone at hand
        private bool _markSeen;         // since the letter before

        public bool Run(int from)
        {
            if ((_wanted[0] & MaskBefore) != 0 && (from == 0 || !MaskedText.Stars.Contains(text[from - 1], StringComparison.Ordinal)))
                return false;

            int lastEnd = from;
            for (int i = from; i < text.Length;)
            {
                uint info = Letters.Of(text[i]);
                if ((info & Letters.BaseMask) == 0)
                {
                    if ((info & (Letters.Digit | Letters.Surrogate)) != 0 || i - lastEnd > MaxRun)
                        return true;
                    if ((info & (Letters.Mark | Letters.Invisible)) == 0)
                    {
                        if (_groupEnd == _wanted.Length)
                            return _next == _groupEnd && EndsAsWanted(lastEnd);
                        (_lastClass, _vowel, _lastIsVowel) = (0, false, false);
                        _markSeen |= masked && MaskedText.Marks.Contains(text[i], StringComparison.Ordinal);
                    }

                    i++;
                    continue;
                }

                int end = i + 1;
                lastEnd = end;
                for (; end < text.Length && (Letters.Of(text[end]) & (Letters.Mark | Letters.Invisible)) != 0; end++)
                {
                    if (end - i > MaxRun)
                        return true;
                    if ((Letters.Of(text[end]) & Letters.Mark) != 0)
                        (info, lastEnd) = (Letters.WithMark(info, Letters.Of(text[end])), end + 1);
                }

                if (Take(info, end) is { } answer)
                    return answer;
                i = end;
            }

            return _next == _groupEnd && (_groupEnd < _wanted.Length || EndsAsWanted(lastEnd));
        }

        /// <returns>Null to go on.</returns>
        private bool? Take(uint info, int end)
        {
            char letter = Letters.Base(info);
            byte cls = Skeleton.ClassOf(letter);
            bool newWord = _lastClass == 0;
            bool dropped = !newWord && (cls == _lastClass || letter == 'w');
            bool key = false;

            // The spelling is whole, and a word of its own begins ("aR"): its letter is no key of the one before.
            if (!dropped && !newWord && _next == _groupEnd && _next == _wanted.Length && (info & Letters.Upper) != 0 && !_previousUpper)
                return true;
            if (!dropped && !newWord && Skeleton.IsKey(letter) && (_vowel || _lastIsVowel))
            {
                if (EndsWord(end, cls) is not { } ends)
                    return true;
                key = ends;
            }

            if (!dropped && !key)
            {
                if (_next != _groupEnd)
                    return false;
                // One letter more: only a word that begins with a capital may follow so.
                if (_next == _wanted.Length)
                    return newWord || ((info & Letters.Upper) != 0 && !_previousUpper);
                if (!Begin())
                    return false;
                _vowel = !newWord && (_vowel || _lastIsVowel);
                _lastIsVowel = Skeleton.IsVowelClass(cls);
            }

            if (!dropped)
                _lastClass = cls;
            _markSeen = false;
            bool fits = Fits(info, letter, dropped || key);
            _previous = letter;
            _previousUpper = (info & Letters.Upper) != 0;
            return fits ? null : false;
        }

        /// <summary>The next bone.</summary>
        /// <returns>False when letters were left out before it and nothing says so.</returns>
        private bool Begin()
        {
            bool wantsMark = _maskAfter;
            _maskAfter = false;
            int end = _next;
            do
            {
                wantsMark |= (_wanted[end] & MaskBefore) != 0;
                _maskAfter |= (_wanted[end] & MaskAfter) != 0;
                end++;
            }
            while (end < _wanted.Length && (_wanted[end] & GroupStart) == 0);
            if (wantsMark && _next > 0 && !_markSeen)
                return false;
            (_groupEnd, _current) = (end, -1);
            return true;
        }

        private bool Fits(uint info, char letter, bool mayBeKey)
        {
            if (_next < _groupEnd && IsSame(letter, _wanted[_next]))
            {
                _current = _next++;
            }
            else if (_current < 0)
            {
                return false;
            }
            else if (letter == 'w')
            {
                return true;
            }
            else if (letter != _previous && letter != BaseOf(_wanted[_current]))
            {
                if (mayBeKey && Skeleton.IsKey(letter) && letter != _previous)
                    return letter == 'z' || ToneOfKey(letter) == ToneOf(_wanted[_current]);
                if (!(letter is 'c' or 'k' && _previous is 'c' or 'k') && !(letter == 'z' && BaseOf(_wanted[_current]) == 'd' && ModOf(_wanted[_current]) == 0))
                    return false;
            }

            uint tone = Letters.Tone(info);
            uint mod = Letters.Mod(info);
            return (tone == 0 || tone == ToneOf(_wanted[_current])) && (mod is 0 or Letters.Strange || mod == ModOf(_wanted[_current]));
        }

        /// <summary>True when only letters that leave no bones follow in the word; null when it takes more to know.</summary>
        private readonly bool? EndsWord(int at, byte cls)
        {
            for (int i = at; i < text.Length; i++)
            {
                uint info = Letters.Of(text[i]);
                if ((info & (Letters.Digit | Letters.Surrogate)) != 0 || i - at > MaxRun)
                    return null;
                if ((info & Letters.BaseMask) != 0)
                {
                    char letter = Letters.Base(info);
                    if (letter != 'w' && Skeleton.ClassOf(letter) != cls)
                        return false;
                }
                else if ((info & (Letters.Mark | Letters.Invisible)) == 0)
                {
                    return true;
                }
            }

            return true;
        }

        /// <summary>Letters left out at the end need a mark there, which may come behind keys.</summary>
        private readonly bool EndsAsWanted(int end) =>
            !_maskAfter || (end < text.Length && (MaskedText.Marks.Contains(text[end], StringComparison.Ordinal) || TypedKeys.ViqrMarks.Contains(text[end]) || char.IsAsciiDigit(text[end])));

        private static bool IsSame(char letter, ushort wanted)
        {
            char own = BaseOf(wanted);
            return letter == own || letter switch
            {
                'k' => own is 'c' or 'q',
                'q' => own is 'c' or 'k',
                'c' => own is 'k' or 'q',
                'j' => own is 'y' or 'i',
                'i' or 'y' => (wanted & EitherI) != 0,
                'p' => own == 'b',
                'z' => own == 'd' && ModOf(wanted) == 0,
                _ => false,
            };
        }

        private static uint ToneOfKey(char key) => key switch { 's' => Letters.Acute, 'f' => Letters.Grave, 'r' => Letters.Hook, 'x' => Letters.Tilde, _ => Letters.Dot };

        private static char BaseOf(ushort wanted) => (char)('a' + (wanted & Letters.BaseMask) - 1);

        private static uint ModOf(ushort wanted) => (uint)(wanted >> ModShift & 7);

        private static uint ToneOf(ushort wanted) => (uint)(wanted >> ToneShift & 7);
    }
}
