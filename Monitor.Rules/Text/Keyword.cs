namespace Monitor.Rules.Text;

/// <summary>A listed keyword whose spellings are looked for.</summary>
internal sealed class Keyword
{
    private readonly SpelledSyllable[] _syllables;
    private List<Spelling>? _spellings;

    public Keyword(string listed, SpelledSyllable[] syllables)
    {
        Listed = listed;
        _syllables = syllables;
        foreach (SpelledSyllable one in syllables)
        {
            Letters += one.Letters.Length;
            Marks += one.Marks;
        }
    }

    /// <summary>As it stands in the list.</summary>
    public string Listed { get; }

    public int Letters { get; }

    public int Marks { get; }

    /// <summary>Made anew when first asked for: hundreds of thousands of them would fill the memory, and few are ever looked at.</summary>
    public Spelling Spelling(int index) => index == 0 ? new Spelling(SpellingKind.Plain, _syllables) : (_spellings ??= Text.Spelling.Of(_syllables))[index];

    public List<Spelling> Spellings() => Text.Spelling.Of(_syllables);
}
