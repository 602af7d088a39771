using Monitor.Rules.Hashing;

namespace Monitor.Rules.Matching;

/// <summary>One line of a bank.</summary>
/// <param name="Ordinal">Position in the bank, from 0.</param>
/// <param name="Label">The owner's name for the entry, or null.</param>
public readonly record struct DigestEntry(Digest Digest, HashBank Bank, int Ordinal, string? Label = null, Opinion Opinion = Opinion.Positive)
{
    /// <summary>How the entry is named to people: its label, else its number in the bank, from 1.</summary>
    public string Name => string.IsNullOrEmpty(Label) ? $"#{Ordinal + 1}" : Label;
}
