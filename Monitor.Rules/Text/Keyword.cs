namespace Monitor.Rules.Text;

/// <summary>A listed keyword whose spellings are looked for.</summary>
internal sealed class Keyword
{
    private readonly SpelledSyllable[] _syllables;
    private readonly Spelling _plain;
    private readonly byte[] _tones;

    public Keyword(string listed, SpelledSyllable[] syllables)
    {
        Listed = listed;
        _syllables = syllables;
        _plain = new Spelling(SpellingKind.Plain, syllables);
        _tones = Array.ConvertAll(syllables, one => one.Tone);
        foreach (SpelledSyllable one in syllables)
        {
            Letters += one.Letters.Length;
            Marks += one.Marks;
        }
    }

    /// <summary>As it stands in the list.</summary>
    public string Listed { get; }

    public int Syllables => _syllables.Length;

    public int Letters { get; }

    public int Marks { get; }

    public Spelling Plain => _plain;

    /// <summary>Of each syllable.</summary>
    public ReadOnlySpan<byte> Tones => _tones;

    /// <summary>True when a word of so many letters, the first of this class, can be the syllable and nothing more or less.</summary>
    public bool MayBe(int syllable, int letters, byte first)
    {
        SpelledLetter[] own = _syllables[syllable].Letters;
        return letters >= own.Length - 1 && letters <= own.Length + 1 && (letters > 1 || own.Length == 1) && Skeleton.ClassOf(own[0].Base) == first;
    }

    /// <summary>Every spelling, the plain one first. Made anew each time: those of a long list would fill the memory, and few are ever looked at.</summary>
    public List<Spelling> Spellings(bool masked) => Spelling.Of(_syllables, masked);
}
