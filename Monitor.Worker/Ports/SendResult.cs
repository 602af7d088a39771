namespace Monitor.Worker.Ports;

/// <summary>
/// What became of one mail. The line that matters runs between <see cref="NotSent"/> (certain: may be tried again) and
/// <see cref="Unknown"/> (the server may have it: only a marked copy may follow).
/// </summary>
public abstract record SendResult
{
    private SendResult()
    {
    }

    /// <summary>The server took responsibility with a 250 after the message (RFC 5321 section 6.1).</summary>
    /// <param name="ServerResponse">Text of the reply, one line, at most 500 characters.</param>
    /// <param name="Receipt">Number of an API's receipt: the addressee itself has the notice; null: a server took responsibility, no more.</param>
    public sealed record Accepted(string ServerResponse, DateTimeOffset At, string? Receipt = null) : SendResult;

    /// <summary>A 4xx reply: the server does not have the message and asks for another try later.</summary>
    /// <param name="RetryAfter">What the server asked for, or null.</param>
    public sealed record Deferred(int Code, string Text, TimeSpan? RetryAfter = null) : SendResult;

    /// <summary>A 5xx reply to the sender, the recipient or the message: trying again unchanged is pointless.</summary>
    public sealed record Rejected(int Code, string Text) : SendResult;

    /// <summary>The whole message was handed to the connection and no final reply came back: the server may have accepted it.</summary>
    public sealed record Unknown(UnknownReason Reason, string Detail) : SendResult;

    /// <summary>Certain that no server accepted the message: its end was never sent.</summary>
    public sealed record NotSent(NotSentReason Reason, string Detail) : SendResult;
}

public enum UnknownReason
{
    ConnectionLost,
    TimedOut,
    Cancelled,

    /// <summary>Something came back that is no SMTP reply.</summary>
    UnreadableReply,
}

public enum NotSentReason
{
    /// <summary>No SMTP host, or no password where one is needed.</summary>
    NotConfigured,

    /// <summary>Unencrypted SMTP to a host that is not loopback.</summary>
    InsecureConfiguration,

    /// <summary>A header value holds CR, LF or another control character.</summary>
    UnsafeHeader,

    /// <summary>From, To, Reply-To or a Message-ID is not what its field needs.</summary>
    InvalidAddress,

    /// <summary>Longer than a notice may be, or a header longer than its cap.</summary>
    TooLarge,

    CannotConnect,

    /// <summary>The server greeted with 5xx: it serves nobody or not us.</summary>
    ServerRefused,

    /// <summary>Handshake or certificate validation failed.</summary>
    TlsFailed,

    /// <summary>STARTTLS is required and the server does not offer it.</summary>
    TlsUnavailable,

    AuthenticationFailed,

    /// <summary>Lost before the end of the message was sent.</summary>
    ConnectionLost,
    TimedOut,
    Cancelled,

    /// <summary>The peer does not speak SMTP, or answers out of order.</summary>
    ProtocolError,
}
