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

    /// <summary>Words that stand by themselves in nearly every sentence.</summary>
    public static bool IsFunction(string word, bool accented) => (accented ? FunctionSet : BareFunctions).Contains(word);

    /// <summary>Words that often stand by themselves.</summary>
    public static bool IsCommon(string word, bool accented) => (accented ? CommonSet : BareCommon).Contains(word);

    /// <summary>Two or three syllables that belong together.</summary>
    public static bool IsPhrase(string words, bool accented) => (accented ? PhraseSet : BarePhrases).Contains(words);

    public static bool IsEnglish(string word) => EnglishSet.Contains(word);

    private static HashSet<string> Split(string words) =>
        [.. words.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries).Select(TextFolding.FoldKeyword)];

    private static HashSet<string> Phrases() =>
        [.. (TwoSyllables + "\n" + MorePhrases).Split([',', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(TextFolding.FoldKeyword)];

    private static HashSet<string> Bare(HashSet<string> words) => [.. words.Select(BareOf)];

    private static string BareOf(string word) => string.Create(word.Length, word, static (to, from) =>
    {
        for (int i = 0; i < to.Length; i++)
            to[i] = Letters.Base(Letters.Of(from[i])) is var letter && letter is >= 'a' and <= 'z' ? letter : from[i];
    });
}
