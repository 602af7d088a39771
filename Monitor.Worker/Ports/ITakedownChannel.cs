using Monitor.Rules.Takedowns;

namespace Monitor.Worker.Ports;

/// <summary>One way out for notices. Expected failures are results; nothing is retried inside: the dispatch table owns retries.</summary>
public interface ITakedownChannel
{
    ChannelKind Kind { get; }

    /// <summary>Sends once. Never throws for what a network or a server does; a cancelled send is a result too, for its fate must be recorded.</summary>
    Task<SendResult> SendAsync(OutgoingNotice outgoing, CancellationToken cancellation);

    /// <summary>Asks what became of a send whose fate is unknown (a copy in the Sent folder, the platform's look-up by key).</summary>
    Task<FateAnswer> AskFateAsync(OutgoingNotice outgoing, CancellationToken cancellation);
}

/// <summary>A notice with all that its sending needs, read before the first byte leaves.</summary>
/// <param name="Content">Exactly what was approved.</param>
/// <param name="SignedDocument">The signed and sealed PDF of the clerk, where one was uploaded.</param>
/// <param name="Channel">The addressee's channel as configured now; null when the configuration no longer has it.</param>
/// <param name="Ancestors">Versions sent before, oldest first.</param>
public sealed record OutgoingNotice(Notice Notice, NoticeContent Content, byte[]? SignedDocument, ChannelProfile? Channel, IReadOnlyList<Notice> Ancestors);

/// <summary>What became of a send of unknown fate.</summary>
public abstract record FateAnswer
{
    private FateAnswer()
    {
    }

    /// <summary>It had been accepted.</summary>
    /// <param name="Receipt">The receipt's number, where there is one.</param>
    /// <param name="Delivered">True: the addressee itself has it (API receipt); false: our own server had accepted it.</param>
    public sealed record Accepted(string? Receipt, bool Delivered, string Source) : FateAnswer;

    /// <summary>Whoever would know is certain that it never arrived: it may be sent as if for the first time.</summary>
    public sealed record NeverArrived(string Source) : FateAnswer;

    /// <summary>Nobody to ask, or no answer.</summary>
    public sealed record NoNews(string Reason) : FateAnswer;
}
