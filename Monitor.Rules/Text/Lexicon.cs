namespace Monitor.Rules.Text;

internal static partial class Lexicon
{
    private static readonly HashSet<string> FunctionSet = Split(FunctionWords);
    private static readonly HashSet<string> CommonSet = Split(CommonWords);
    private static readonly HashSet<string> PhraseSet = Phrases();
    private static readonly HashSet<string> EnglishSet = Split(EnglishWords);
    private static readonly HashSet<string> BareFunctions = Bare(FunctionSet);
    private static readonly HashSet<string> BareCommon = Bare(CommonSet);
    private static readonly HashSet<string> BarePhrases = Bare(PhraseSet);

    private static readonly Dictionary<string, WordFacts> Facts = FactsOf(FunctionSet, CommonSet, PhraseSet);
    private static readonly Dictionary<string, WordFacts> BareFacts = FactsOf(BareFunctions, BareCommon, BarePhrases);
    private static readonly Dictionary<string, WordFacts>.AlternateLookup<ReadOnlySpan<char>> FactsLookup = Facts.GetAlternateLookup<ReadOnlySpan<char>>();
    private static readonly Dictionary<string, WordFacts>.AlternateLookup<ReadOnlySpan<char>> BareFactsLookup = BareFacts.GetAlternateLookup<ReadOnlySpan<char>>();
    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> PhraseLookup = PhraseSet.GetAlternateLookup<ReadOnlySpan<char>>();
    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> BarePhraseLookup = BarePhrases.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>All that is known of a word, by one look.</summary>
    public static WordFacts Of(ReadOnlySpan<char> word, bool accented) => (accented ? FactsLookup : BareFactsLookup).TryGetValue(word, out WordFacts facts) ? facts : WordFacts.None;

    /// <summary>Two or three syllables that belong together, with a space between them.</summary>
    public static bool IsPhrase(ReadOnlySpan<char> words, bool accented) => (accented ? PhraseLookup : BarePhraseLookup).Contains(words);

    /// <summary>Words that stand by themselves in nearly every sentence.</summary>
    public static bool IsFunction(string word, bool accented) => (accented ? FunctionSet : BareFunctions).Contains(word);

    public static bool IsEnglish(string word) => EnglishSet.Contains(word);

    private static Dictionary<string, WordFacts> FactsOf(HashSet<string> functions, HashSet<string> common, HashSet<string> phrases)
    {
        var facts = new Dictionary<string, WordFacts>(StringComparer.Ordinal);
        void Put(string word, WordFacts fact) => facts[word] = facts.GetValueOrDefault(word) | fact;
        foreach (string word in functions)
            Put(word, WordFacts.Function);
        foreach (string word in common)
            Put(word, WordFacts.Common);
        foreach (string phrase in phrases)
            Put(phrase.Split(' ')[0], phrase.Count(c => c == ' ') == 1 ? WordFacts.BeginsTwo : WordFacts.BeginsThree);
        return facts;
    }

    private static HashSet<string> Split(string words) =>
        [.. words.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries).Select(TextFolding.FoldKeyword)];

    private static HashSet<string> Phrases() =>
        [.. (TwoSyllables + "\n" + MorePhrases + "\n" + NeighbourPhrases).Split([',', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(TextFolding.FoldKeyword)];

    private static HashSet<string> Bare(HashSet<string> words) => [.. words.Select(BareOf)];

    private static string BareOf(string word) => string.Create(word.Length, word, static (to, from) =>
    {
        for (int i = 0; i < to.Length; i++)
            to[i] = Letters.Base(Letters.Of(from[i])) is var letter && letter is >= 'a' and <= 'z' ? letter : from[i];
    });
}
