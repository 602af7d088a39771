namespace Monitor.Rules.Text;

/// <summary>
/// The spellings of keywords, made when a place asks for them and kept for the next: those of a long list would fill the memory, and few are ever looked at.
/// Threads may make the same ones twice; they are equal.
/// </summary>
internal sealed class KeptSpellings(Keyword?[] keywords)
{
    /// <summary>Keywords whose spellings are kept, some 8 KB each; when there are more all go.</summary>
    private const int Most = 4096;

    private List<Spelling>?[] _kept = new List<Spelling>?[keywords.Length];
    private int _count;

    public Keyword KeywordOf(int ordinal) => keywords[ordinal]!;

    public Spelling Of(in Literal literal)
    {
        Keyword keyword = keywords[literal.Keyword]!;
        if (literal.Spelling == 0)
            return keyword.Plain;

        List<Spelling>?[] kept = Volatile.Read(ref _kept);
        List<Spelling>? spellings = Volatile.Read(ref kept[literal.Keyword]);
        if (spellings is null || literal.Spelling >= spellings.Count)
        {
            if (Interlocked.Increment(ref _count) > Most)
            {
                Volatile.Write(ref _kept, kept = new List<Spelling>?[keywords.Length]);
                Volatile.Write(ref _count, 0);
            }

            spellings = keyword.Spellings(masked: spellings is not null || literal.Kind == SpellingKind.Masked);
            Volatile.Write(ref kept[literal.Keyword], spellings);
        }

        return spellings[literal.Spelling];
    }
}
