namespace Monitor.Rules.Takedowns;

public enum NoticeKind
{
    Takedown,

    /// <summary>The page is gone, media URLs still answer.</summary>
    Media,

    /// <summary>Same addressee, same demand; covered by the first approval.</summary>
    Reminder,

    /// <summary>It came back after a confirmed removal.</summary>
    Reappearance,

    /// <summary>A notice was sent in error.</summary>
    Retraction,

    /// <summary>A rung of the ladder: the same content, demanded of or reported to somebody new. Needs an approval of its own.</summary>
    Escalation,

    /// <summary>A demand outside of our competence, passed to the national authority that has it. Needs an approval as any other.</summary>
    Relay,
}

public enum NoticeUrgency
{
    Normal,

    /// <summary>A child in danger, or a ground that a law names; <see cref="Notice.UrgencyGround"/> says which.</summary>
    Urgent,
}
