using Monitor.Rules.Takedowns;
using Monitor.Worker.Ports;
using Monitor.Worker.Settings;

namespace Monitor.Worker.Channels;

/// <summary>Notices by mail: text and HTML to read, the document, the X-ARF report and the signed document attached.</summary>
/// <param name="tokenOf">Reply token of a reference; null when there is no key.</param>
public sealed class SmtpNoticeChannel(Func<IMailTransport> transport, Func<SmtpSettings> settings, Func<string, string?> tokenOf, ISentFolder sent) : ITakedownChannel
{
    public ChannelKind Kind => ChannelKind.Smtp;

    public Task<SendResult> SendAsync(OutgoingNotice outgoing, CancellationToken cancellation) => transport().SendAsync(Mail(outgoing), cancellation);

    public Task<FateAnswer> AskFateAsync(OutgoingNotice outgoing, CancellationToken cancellation) => sent.FindAsync(outgoing.Notice.MessageId, cancellation);

    /// <summary>The mail of a notice, the same one whenever it is asked for.</summary>
    public OutgoingMail Mail(OutgoingNotice outgoing)
    {
        var (notice, content) = (outgoing.Notice, outgoing.Content);
        var now = settings();
        var token = notice.ReplyToken ?? tokenOf(notice.Id);
        var own = now.PlusAddress && token is not null ? ReplyToken.Address(now.From, token) : null;
        return new OutgoingMail
        {
            From = now.From,
            To = notice.To,
            Subject = content.Subject,
            Text = content.Text,
            Html = notice.MailParts.Contains(MailPart.Html) ? content.Html : "",
            Attachments = Attachments(outgoing),
            MessageId = notice.MessageId,
            Reference = notice.Id,
            InReplyTo = outgoing.Ancestors.Count > 0 ? outgoing.Ancestors[^1].MessageId : null,
            References = Thread(outgoing.Ancestors),
            ResentCopy = notice.ResentCopy,
            ReplyTo = own,
            ReturnPath = own,
            EnvelopeId = token is null ? null : ReplyToken.Envelope(notice.Id, token),
            DeliveryStatus = now.Dsn,
        };
    }

    private static List<MailAttachment> Attachments(OutgoingNotice outgoing)
    {
        var name = outgoing.Notice.Id;
        var attachments = new List<MailAttachment>();
        // Where the clerk's signed document exists, it is the document: two of them would leave the addressee to choose.
        var parts = outgoing.Notice.MailParts;
        if (parts.Contains(MailPart.Pdf) && outgoing.Content.Pdf.Length > 0 && outgoing.SignedDocument is not { Length: > 0 })
            attachments.Add(new MailAttachment(name + ".pdf", "application/pdf", outgoing.Content.Pdf));
        if (parts.Contains(MailPart.XArf) && outgoing.Content.Xarf.Length > 0)
            attachments.Add(new MailAttachment(name + ".xarf.json", "application/json", outgoing.Content.Xarf));
        if (outgoing.SignedDocument is { Length: > 0 } signed)
            attachments.Add(new MailAttachment(name + ".signed.pdf", "application/pdf", signed));
        return attachments;
    }

    /// <summary>The first and the latest versions: a header has a length, and RFC 5322 (3.6.4) lets the middle of a thread go.</summary>
    private static IReadOnlyList<string> Thread(IReadOnlyList<Notice> ancestors)
    {
        const int Latest = 5;
        return ancestors.Count <= Latest + 1
            ? [.. ancestors.Select(one => one.MessageId)]
            : [ancestors[0].MessageId, .. ancestors.Skip(ancestors.Count - Latest).Select(one => one.MessageId)];
    }
}
