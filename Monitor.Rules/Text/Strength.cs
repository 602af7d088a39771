namespace Monitor.Rules.Text;

/// <summary>How far a finding can be trusted by itself.</summary>
public enum Strength
{
    /// <summary>Diacritics were missing, or several tricks had to be assumed at once: context decided.</summary>
    Weak,

    /// <summary>The word is there letter by letter, but written in a way that had to be undone.</summary>
    Medium,

    /// <summary>The word itself with all its diacritics, but for things a reader does not see.</summary>
    Strong,
}
