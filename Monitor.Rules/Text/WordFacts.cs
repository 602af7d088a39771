namespace Monitor.Rules.Text;

/// <summary>What the lexicon knows of a word.</summary>
[Flags]
internal enum WordFacts : byte
{
    None = 0,

    /// <summary>Stands by itself in nearly every sentence.</summary>
    Function = 1,

    /// <summary>Often stands by itself.</summary>
    Common = 2,

    /// <summary>Begins words of two syllables,</summary>
    BeginsTwo = 4,

    /// <summary>and of three or more.</summary>
    BeginsThree = 8,
}
