namespace Monitor.Rules.Text.Judging;

/// <summary>The letters of a place of a text. Its arrays are used again for the next place.</summary>
internal sealed class Place
{
    public const int MaxUnits = 400;
    public const int MaxGap = 24;

    private Unit[] _units = new Unit[32];
    private char[] _letters = new char[32];
    private bool[] _words = new bool[32];
    private int[] _groups = new int[32];
    private byte[] _kept = new byte[32];

    public int Count { get; private set; }

    /// <summary>The last word goes on in the text: another begins with a capital there.</summary>
    public bool Cut { get; private set; }

    public ReadOnlySpan<Unit> Units => _units.AsSpan(0, Count);

    /// <summary>Takes the letters of a place.</summary>
    /// <param name="needed">How many bones it must have.</param>
    /// <returns>False when it cannot be the bones' place after all.</returns>
    public bool Read(TextView view, string original, int from, int needed)
    {
        string text = view.Text;
        Count = 0;
        bool inWord = false;
        bool adjacent = false;
        int kept = 0;
        int wordKept = 0;
        bool vowel = false;     // among the kept letters of the word, but for the last
        bool lastIsVowel = false;
        char last = '\0';
        Cut = false;
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
                    bool hump = inWord && (info & Letters.Upper) != 0 && Count > 0 && (_units[Count - 1].Info & Letters.Upper) == 0;
                    if (!inWord || hump)
                    {
                        Cut = hump;
                        break;
                    }

                    if (!Skeleton.IsKey(letter) || kept > needed || !(vowel || lastIsVowel))
                        return false;
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
                Add(new Unit(letter, info, i, i + length, newWord, false, false, false, replaced, 0));
                inWord = adjacent = true;
            }
            else if ((info & Letters.Mark) != 0)
            {
                if (adjacent)
                {
                    ref Unit unit = ref _units[Count - 1];
                    bool vietnamese = Letters.Tone(info) != 0 || Letters.Mod(info) != 0;
                    (unit.Info, unit.End) = (Letters.WithMark(unit.Info, info), i + length);
                    unit.Decomposed |= vietnamese;
                    unit.Overlay |= !vietnamese;
                }
            }
            else if ((info & Letters.Invisible) != 0)
            {
                if (Count > 0)
                    _units[Count - 1].Invisible = true;
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
            if (Count > MaxUnits || (Count > 0 && i - _units[Count - 1].End > MaxGap * 2))
            {
                if (kept - (inWord && vowel && Skeleton.IsKey(last) ? 1 : 0) >= needed && Count <= MaxUnits)
                    break;
                return false;
            }
        }

        if (Bones.Of(_letters.AsSpan(0, Count), _words.AsSpan(0, Count), Cut, _groups.AsSpan(0, Count), _kept) != needed)
            return false;

        for (int i = 0; i < Count; i++)
            _units[i].Group = _groups[i];

        // What is hidden behind the last letter belongs to what follows.
        _units[Count - 1].Invisible = false;
        return true;
    }

    /// <summary>"uwow" is typed for "uow" too.</summary>
    public void DropSecondHorn()
    {
        for (int i = Count - 3; i > 0; i--)
        {
            if (_units[i] is { Base: 'w' } && _units[i - 1].Base == 'u' && _units[i + 1].Base == 'o' && _units[i + 2].Base == 'w')
            {
                Array.Copy(_units, i + 1, _units, i, Count - i - 1);
                Count--;
            }
        }
    }

    private void Add(Unit unit)
    {
        if (Count == _units.Length)
        {
            Array.Resize(ref _units, Count * 2);
            Array.Resize(ref _letters, Count * 2);
            Array.Resize(ref _words, Count * 2);
            Array.Resize(ref _groups, Count * 2);
            Array.Resize(ref _kept, Count * 2);
        }

        (_letters[Count], _words[Count]) = (unit.Base, unit.NewWord);
        _units[Count++] = unit;
    }
}
