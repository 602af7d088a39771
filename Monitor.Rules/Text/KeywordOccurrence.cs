namespace Monitor.Rules.Text;

/// <summary>One place where a keyword stands.</summary>
/// <param name="Keyword">Position of the keyword in the list the index was built from.</param>
/// <param name="Start">In UTF-16 units of the original text.</param>
/// <param name="Length">In UTF-16 units of the original text.</param>
public readonly record struct KeywordOccurrence(int Keyword, int Start, int Length, Technique Technique, Strength Strength);
