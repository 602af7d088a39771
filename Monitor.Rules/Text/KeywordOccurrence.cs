namespace Monitor.Rules.Text;

/// <summary>One place where a keyword stands.</summary>
/// <param name="Keyword">Position of the keyword in the list the index was built from.</param>
/// <param name="Start">In UTF-16 units of the original text.</param>
/// <param name="Length">In UTF-16 units of the original text.</param>
public readonly record struct KeywordOccurrence(int Keyword, int Start, int Length, Technique Technique, Strength Strength);

/// <summary>How a place in a text was recognised.</summary>
public enum Technique
{
    /// <summary>Letter for letter.</summary>
    Verbatim,

    /// <summary>After folding: case, composition, white space, invisible characters, place of the tone mark.</summary>
    Folded,

    /// <summary>By a rule's pattern.</summary>
    Pattern,
}

/// <summary>How far a finding can be trusted by itself.</summary>
public enum Strength
{
    Weak,
    Medium,
    Strong,
}
