using Monitor.Rules.Takedowns;
using Monitor.Worker.Ports;

namespace Monitor.Worker.Channels;

/// <summary>Notices as plain mails.</summary>
public sealed class MailTransportChannel(Func<IMailTransport> transport, Func<string> from) : ITakedownChannel
{
    public ChannelKind Kind => ChannelKind.Smtp;

    public Task<SendResult> SendAsync(OutgoingNotice outgoing, CancellationToken cancellation) => transport().SendAsync(new OutgoingMail
    {
        From = from(),
        To = outgoing.Notice.To,
        Subject = outgoing.Content.Subject,
        Text = outgoing.Content.Text,
        MessageId = outgoing.Notice.MessageId,
        Reference = outgoing.Notice.Id,
        InReplyTo = outgoing.Ancestors.Count > 0 ? outgoing.Ancestors[^1].MessageId : null,
        References = Thread(outgoing.Ancestors),
        ResentCopy = outgoing.Notice.ResentCopy,
    }, cancellation);

    public Task<FateAnswer> AskFateAsync(OutgoingNotice outgoing, CancellationToken cancellation) => Task.FromResult<FateAnswer>(new FateAnswer.NoNews("nobody to ask"));

    /// <summary>The first and the latest versions: a header has a length, and RFC 5322 (3.6.4) lets the middle of a thread go.</summary>
    private static IReadOnlyList<string> Thread(IReadOnlyList<Notice> ancestors)
    {
        const int Latest = 5;
        return ancestors.Count <= Latest + 1
            ? [.. ancestors.Select(one => one.MessageId)]
            : [ancestors[0].MessageId, .. ancestors.Skip(ancestors.Count - Latest).Select(one => one.MessageId)];
    }
}
