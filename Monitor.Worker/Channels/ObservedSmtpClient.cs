using MailKit;
using MailKit.Net.Smtp;
using MimeKit;
using MimeKit.IO;
using MimeKit.IO.Filters;

namespace Monitor.Worker.Channels;

/// <summary>
/// MailKit's client with one thing added: it knows whether the end of the message may have left. MailKit reports each
/// piece of the dot-stuffed message only after handing it to the connection, and writes the terminating dot directly
/// after the last piece; so "last piece reported" is the first instant at which the dot can be on its way. No byte of a
/// message or credential is kept or logged.
/// </summary>
internal sealed class ObservedSmtpClient : SmtpClient, ITransferProgress
{
    private string? _envelopeId;
    private long _stuffedSize = long.MaxValue;

    /// <summary>Mails begun on this connection.</summary>
    public int Mails { get; private set; }

    /// <summary>False: the terminating dot was certainly not sent, so no server can have accepted the message.</summary>
    public bool EndMayHaveBeenSent { get; private set; }

    /// <summary>Asks for reports on the delivery; nothing is asked of a server that does not offer DSN.</summary>
    public bool AsksForDeliveryStatus { get; private set; }

    /// <summary>Another mail begins: nothing of it has left yet.</summary>
    public void Begin(bool asksForDeliveryStatus, string? envelopeId)
    {
        (EndMayHaveBeenSent, _stuffedSize, AsksForDeliveryStatus, _envelopeId) = (false, long.MaxValue, asksForDeliveryStatus, envelopeId);
        Mails++;
    }

    /// <returns>True: the server is there, and knows of no half-begun mail (RFC 5321 section 4.1.1.5).</returns>
    public async Task<bool> ResetAsync(CancellationToken cancellation) => (int)(await SendCommandAsync("RSET", cancellation)).StatusCode == 250;

    public void Report(long bytesTransferred, long totalSize) => EndMayHaveBeenSent |= bytesTransferred >= _stuffedSize;

    public void Report(long bytesTransferred)
    {
        // Only called when the size is not known; it always is, see GetSizeAsync.
    }

    protected override async Task<long> GetSizeAsync(FormatOptions options, MimeMessage message, CancellationToken cancellationToken)
    {
        // What is announced with SIZE is the plain size, what passes Report is the stuffed one: measured with the very filter that stuffs.
        using var measure = new MeasuringStream();
        using var filtered = new FilteredStream(measure);
        filtered.Add(new SmtpDataFilter());
        await message.WriteToAsync(options, filtered, cancellationToken);
        await filtered.FlushAsync(cancellationToken);
        _stuffedSize = measure.Length;
        return await base.GetSizeAsync(options, message, cancellationToken);
    }

    protected override DeliveryStatusNotification? GetDeliveryStatusNotifications(MimeMessage message, MailboxAddress mailbox) =>
        AsksForDeliveryStatus ? DeliveryStatusNotification.Success | DeliveryStatusNotification.Failure | DeliveryStatusNotification.Delay : null;

    // A report names the notice even where the receiver cuts off the message it is about.
    protected override string? GetEnvelopeId(MimeMessage message) => AsksForDeliveryStatus ? _envelopeId ?? message.MessageId : null;
}
