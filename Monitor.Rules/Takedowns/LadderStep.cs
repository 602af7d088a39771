namespace Monitor.Rules.Takedowns;

/// <param name="After">Since delivery.</param>
public sealed record LadderStep(TimeSpan After, LadderAction Action, string? Addressee = null);

public enum LadderAction
{
    /// <summary>Same addressee, same demand: covered by the first approval.</summary>
    Reminder,

    /// <summary>Second channel or legal representative: a new approval.</summary>
    SecondChannel,

    /// <summary>Host, CDN, registrar: a new approval.</summary>
    Infrastructure,

    /// <summary>Higher authority at home, hotline network abroad: a new approval.</summary>
    Authority,

    /// <summary>Sanction or blocking proposal: a new approval.</summary>
    Sanction,
}
