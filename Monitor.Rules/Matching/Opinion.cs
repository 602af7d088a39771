namespace Monitor.Rules.Matching;

/// <summary>What the owner of a bank says of an entry. Only a positive one is a reason to act.</summary>
public enum Opinion
{
    /// <summary>The owner confirms it.</summary>
    Positive,

    /// <summary>The owner says it is harmless: an allow-list entry, or a correction of an earlier one.</summary>
    Negative,

    /// <summary>Someone entitled to contests it: shown to a person, never acted on.</summary>
    Disputed,
}
