namespace Monitor.Rules.Text;

/// <summary>A listed keyword whose spellings are looked for.</summary>
internal sealed class Keyword
{
    private readonly SpelledSyllable[] _syllables;
    private readonly Spelling _plain;

    public Keyword(string listed, SpelledSyllable[] syllables)
    {
        Listed = listed;
        _syllables = syllables;
        _plain = new Spelling(SpellingKind.Plain, syllables);
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

    /// <summary>Every spelling, the plain one first. Made anew each time: those of a long list would fill the memory, and few are ever looked at.</summary>
    public List<Spelling> Spellings(bool masked) => Spelling.Of(_syllables, masked);
}
