namespace Monitor.Rules.Removal;

/// <summary>
/// The words that notices are made of, by language. They are atoms and frames, not finished sentences: <see cref="NoticeReader"/> combines them
/// ("not" near "found"), and where they stand on the page decides what they are worth.
/// </summary>
public static partial class RemovalPhrases
{
    internal static PhraseTrie Trie { get; } = PhraseTrie.Build([.. English, .. Vietnamese, .. European, .. FurtherWorld, .. Elsewhere]);

    internal static PhraseTrie Codes { get; } = PhraseTrie.Build(StateCodes);

    /// <summary>What the text says when read as the words of a notice, sentence by sentence, wherever it stands.</summary>
    public static NoticeKinds Find(string text)
    {
        var kinds = NoticeKinds.None;
        var reader = new NoticeReader(Trie);
        reader.Read(text, sentence => kinds |= sentence.Kinds);
        return kinds;
    }

    /// <summary>Lower case, base letters, apostrophes and hyphens as spaces.</summary>
    public static string Fold(string text) => NoticeText.Fold(text);
}
