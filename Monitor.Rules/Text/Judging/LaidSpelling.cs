namespace Monitor.Rules.Text.Judging;

/// <summary>The letters of a spelling in groups, as those of a text are: of each bone the letters that belong to it.</summary>
internal sealed class LaidSpelling
{
    private readonly int[] _first;
    private readonly bool[] _maskWanted;

    private LaidSpelling((int Syllable, SpelledLetter Letter)[] letters, int[] groups, int[] first)
    {
        Letters = letters;
        Groups = groups;
        _first = first;
        _maskWanted = new bool[letters.Length + 1];
        for (int i = 0; i < letters.Length; i++)
        {
            _maskWanted[groups[i]] |= letters[i].Letter.MaskAfter;
            if (groups[i] > 0)
                _maskWanted[groups[i] - 1] |= letters[i].Letter.MaskBefore;
        }
    }

    public (int Syllable, SpelledLetter Letter)[] Letters { get; }

    public int[] Groups { get; }

    /// <summary>The position of a syllable's first letter.</summary>
    public int First(int syllable) => _first[syllable];

    /// <summary>True when letters were left out behind those of the group.</summary>
    public bool MaskWanted(int group) => _maskWanted[group];

    public static LaidSpelling Of(SpelledSyllable[] syllables, BonesMode mode)
    {
        int total = 0;
        foreach (SpelledSyllable one in syllables)
            total += one.Letters.Length;
        var expected = new (int Syllable, SpelledLetter Letter)[total];
        var first = new int[syllables.Length];
        Span<char> letters = total <= 256 ? stackalloc char[total] : new char[total];
        Span<bool> words = total <= 256 ? stackalloc bool[total] : new bool[total];
        Span<byte> kept = total <= 256 ? stackalloc byte[total] : new byte[total];
        int at = 0;
        for (int s = 0; s < syllables.Length; s++)
        {
            first[s] = at;
            for (int l = 0; l < syllables[s].Letters.Length; l++, at++)
            {
                expected[at] = (s, syllables[s].Letters[l]);
                letters[at] = syllables[s].Letters[l].Base;
                words[at] = mode == BonesMode.Letters || (l == 0 && (s == 0 || mode == BonesMode.Spaced));
            }
        }

        var groups = new int[total];
        Bones.Of(letters, words, cut: false, groups, kept);
        return new LaidSpelling(expected, groups, first);
    }
}
