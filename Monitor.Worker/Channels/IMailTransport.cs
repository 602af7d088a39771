using Monitor.Worker.Ports;

namespace Monitor.Worker.Channels;

/// <summary>Sends one mail and tells its fate. Expected failures are results; nothing is retried here: the dispatch table owns retries.</summary>
public interface IMailTransport
{
    /// <summary>
    /// Never throws for what a network or a server does. A cancelled send is a result as well, for its fate must be
    /// recorded: <see cref="SendResult.NotSent"/> or <see cref="SendResult.Unknown"/>.
    /// </summary>
    Task<SendResult> SendAsync(OutgoingMail mail, CancellationToken cancellation);
}
