namespace Monitor.Worker.Demo;

/// <summary>What one connection, or one mail to a recipient, is made to suffer at the <see cref="SmtpSink"/>.</summary>
public abstract record SmtpFault
{
    private SmtpFault()
    {
    }

    /// <summary>The connection is reset before the greeting.</summary>
    public sealed record RefuseConnection : SmtpFault;

    /// <summary>Greets with this reply instead of 220 and closes.</summary>
    public sealed record Greeting(int Code, string Text) : SmtpFault;

    public sealed record AtSender(int Code, string Text) : SmtpFault;

    public sealed record AtRecipient(int Code, string Text) : SmtpFault;

    /// <summary>Answers the DATA command with this instead of 354.</summary>
    public sealed record AtData(int Code, string Text) : SmtpFault;

    /// <summary>Reads the whole message, does not keep it, answers with this.</summary>
    public sealed record AfterMessage(int Code, string Text) : SmtpFault;

    /// <summary>Resets the connection once so many bytes of the message were read.</summary>
    public sealed record DropDuringMessage(int AfterBytes) : SmtpFault;

    /// <summary>Reads the whole message and resets the connection instead of answering. <paramref name="Kept"/>: whether the message counts as received all the same.</summary>
    public sealed record DropBeforeReply(bool Kept) : SmtpFault;

    /// <summary>Answers 250 and resets the connection at once.</summary>
    public sealed record DropAfterReply : SmtpFault;

    /// <summary>Reads the whole message and never answers. <paramref name="Kept"/> as in <see cref="DropBeforeReply"/>.</summary>
    public sealed record Silence(bool Kept) : SmtpFault;

    /// <summary>Never answers RCPT.</summary>
    public sealed record SilenceAtRecipient : SmtpFault;

    /// <summary>Answers the message with a line that is no SMTP reply. The message is kept.</summary>
    public sealed record Nonsense : SmtpFault;

    /// <summary>Waits, by the sink's clock, before the final reply.</summary>
    public sealed record Delay(TimeSpan Time) : SmtpFault;
}
