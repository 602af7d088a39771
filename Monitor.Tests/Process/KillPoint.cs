namespace Monitor.Tests.Process;

/// <summary>Where a life of the process ends.</summary>
internal enum KillPoint
{
    /// <summary>Some time after it serves.</summary>
    Anywhen,

    /// <summary>Before it serves.</summary>
    Starting,

    /// <summary>While a host of the world is being asked.</summary>
    Inspecting,

    /// <summary>A person's act was acknowledged this very moment.</summary>
    AfterAcknowledgement,

    /// <summary>A person's act is under way.</summary>
    DuringAct,

    /// <summary>The mail server has the mail and has not answered yet.</summary>
    MailUnanswered,

    /// <summary>The mail server has answered 250 and the result is being saved, or has just been.</summary>
    MailAnswered,
}
