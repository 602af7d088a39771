namespace Monitor.Rules.Text;

/// <summary>How the words of a spelling stand when its bones are made: the rules for the ends of words apply accordingly.</summary>
internal enum BonesMode : byte
{
    Spaced,
    Joined,

    /// <summary>Every letter alone.</summary>
    Letters,
}

/// <summary>The bones of one spelling of a keyword.</summary>
/// <param name="Offset">Into the table of all bones.</param>
/// <param name="Letters">Into the table of all spellings' letters, of which it has <paramref name="Spelled"/>.</param>
internal readonly record struct Literal(int Keyword, ushort Spelling, SpellingKind Kind, BonesMode Mode, int Offset, ushort Length, ushort Spelled, int Letters);
