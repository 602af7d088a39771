namespace Monitor.Rules.Sharing;

/// <summary>What a legal ground carries.</summary>
public enum LegalUse
{
    /// <summary>A demand that content be removed.</summary>
    Takedown,

    /// <summary>A request that evidence be kept or handed out.</summary>
    Evidence,
}
