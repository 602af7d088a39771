using System.Security.Cryptography;
using System.Text;
using MimeKit;
using MimeKit.Utils;
using Monitor.Worker.Ports;

namespace Monitor.Worker.Channels;

/// <summary>Turns an <see cref="OutgoingMail"/> into a message, or says why it must not become one.</summary>
public static class MailComposer
{
    public const string ReferenceField = "X-Monitor-Reference";

    public const string ResentCopyField = "X-Monitor-Resent-Copy";

    /// <summary>In front of the subject of a copy: the addressee may hold the first one already.</summary>
    public const string ResentMark = "[Bản gửi lại / Resent copy] ";

    /// <summary>Longest text, in UTF-16 units. A notice is a few kilobytes; a list of items belongs into several notices.</summary>
    public const int MaxTextCharacters = 2 * 1024 * 1024;

    /// <summary>Longest value of one header, in UTF-16 units.</summary>
    public const int MaxHeaderCharacters = 900;

    /// <summary>All attachments together, in bytes before base64: common servers stop at 25 MB after it.</summary>
    public const int MaxAttachmentBytes = 16 * 1024 * 1024;

    private const int MaxReferences = 50;

    /// <param name="mail">What to send.</param>
    /// <param name="now">Becomes the Date field, with its offset.</param>
    /// <param name="message">The message, when the result is null.</param>
    /// <returns>null, or why this mail is refused before anything is sent.</returns>
    public static SendResult.NotSent? TryCompose(OutgoingMail mail, DateTimeOffset now, out MimeMessage message)
    {
        message = new MimeMessage();
        foreach (var (field, value) in HeaderValues(mail))
        {
            // Refused, not cleaned: a line break in a value that people typed or a page supplied is an attack or a bug, and both need to be seen.
            if (value.AsSpan().IndexOfAnyInRange('\u0000', '\u001f') >= 0 || value.Any(static c => char.IsControl(c) || c is '\u2028' or '\u2029'))
                return new SendResult.NotSent(NotSentReason.UnsafeHeader, field);
            if (value.Length > MaxHeaderCharacters)
                return new SendResult.NotSent(NotSentReason.TooLarge, field);
        }

        if (mail.Text.Length > MaxTextCharacters)
            return new SendResult.NotSent(NotSentReason.TooLarge, "Text");
        if (mail.Html.Length > MaxTextCharacters)
            return new SendResult.NotSent(NotSentReason.TooLarge, "Html");
        if (mail.Attachments.Sum(static one => (long)one.Content.Length) > MaxAttachmentBytes)
            return new SendResult.NotSent(NotSentReason.TooLarge, "Attachments");
        if (mail.References.Count > MaxReferences)
            return new SendResult.NotSent(NotSentReason.TooLarge, "References");
        if (!TryMailbox(mail.From, out var from))
            return new SendResult.NotSent(NotSentReason.InvalidAddress, "From");
        if (!TryMailbox(mail.To, out var to))
            return new SendResult.NotSent(NotSentReason.InvalidAddress, "To");
        message.From.Add(from);
        message.To.Add(to);
        if (mail.ReturnPath is not null && !TryMailbox(mail.ReturnPath, out _))
            return new SendResult.NotSent(NotSentReason.InvalidAddress, "Return-Path");
        if (mail.ReplyTo is not null)
        {
            if (!TryMailbox(mail.ReplyTo, out var replyTo))
                return new SendResult.NotSent(NotSentReason.InvalidAddress, "Reply-To");
            message.ReplyTo.Add(replyTo);
        }

        if (!IsMessageId(mail.MessageId))
            return new SendResult.NotSent(NotSentReason.InvalidAddress, "Message-ID");
        message.MessageId = mail.MessageId;
        if (mail.InReplyTo is not null)
        {
            if (!IsMessageId(mail.InReplyTo))
                return new SendResult.NotSent(NotSentReason.InvalidAddress, "In-Reply-To");
            message.InReplyTo = mail.InReplyTo;
        }

        foreach (var earlier in mail.References)
        {
            if (!IsMessageId(earlier))
                return new SendResult.NotSent(NotSentReason.InvalidAddress, "References");
            message.References.Add(earlier);
        }

        message.Date = now;
        message.Subject = (mail.ResentCopy ? ResentMark : "") + mail.Subject;
        message.Headers.Add(new Header(Encoding.UTF8, ReferenceField, mail.Reference));
        if (mail.ResentCopy)
            message.Headers.Add(ResentCopyField, "yes");
        message.Body = Body(mail);
        return null;
    }

    private static IEnumerable<(string Field, string Value)> HeaderValues(OutgoingMail mail)
    {
        yield return ("From", mail.From);
        yield return ("To", mail.To);
        yield return ("Reply-To", mail.ReplyTo ?? "");
        yield return ("Subject", mail.Subject);
        yield return ("Message-ID", mail.MessageId);
        yield return (ReferenceField, mail.Reference);
        yield return ("In-Reply-To", mail.InReplyTo ?? "");
        foreach (var earlier in mail.References)
            yield return ("References", earlier);
        foreach (var attachment in mail.Attachments)
            yield return ("Content-Disposition", attachment.Name);
    }

    private static MimeEntity Body(OutgoingMail mail)
    {
        MimeEntity body = TextBody(mail.Text);
        if (mail.Html.Length > 0)
        {
            var html = new TextPart("html") { Text = mail.Html, ContentTransferEncoding = ContentEncoding.Base64 };
            body = new MultipartAlternative(body, html) { Boundary = Boundary(mail, "alternative") };
        }

        if (mail.Attachments.Count == 0)
            return body;
        var mixed = new Multipart("mixed", body) { Boundary = Boundary(mail, "mixed") };
        foreach (var attachment in mail.Attachments)
        {
            mixed.Add(new MimePart(attachment.MediaType)
            {
                Content = new MimeContent(new MemoryStream(attachment.Content, writable: false)),
                ContentDisposition = new ContentDisposition(ContentDisposition.Attachment),
                ContentTransferEncoding = ContentEncoding.Base64,
                FileName = attachment.Name,
            });
        }

        return mixed;
    }

    /// <summary>The same for the same notice, so its bytes are; "=_" can occur neither in quoted-printable nor in base64 (RFC 2045 section 6.7).</summary>
    private static string Boundary(OutgoingMail mail, string part) =>
        "=_" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(part + "\n" + mail.MessageId)).AsSpan(0, 16));

    private static TextPart TextBody(string text)
    {
        var other = text.Count(static c => c > 0x7e);
        return new TextPart("plain")
        {
            Text = text,
            // Readable as it travels while most of it is ASCII; Vietnamese prose is shorter in base64.
            ContentTransferEncoding = other * 6 < text.Length ? ContentEncoding.QuotedPrintable : ContentEncoding.Base64,
        };
    }

    /// <summary>One mailbox, ASCII local part (SMTPUTF8 cannot be relied on), a domain with international names mapped to ASCII.</summary>
    private static bool TryMailbox(string value, out MailboxAddress mailbox)
    {
        mailbox = null!;
        if (!InternetAddressList.TryParse(value, out var list) || list.Count != 1 || list[0] is not MailboxAddress parsed || parsed.Route.Count > 0)
            return false;
        var at = parsed.Address.LastIndexOf('@');
        if (at <= 0 || at == parsed.Address.Length - 1 || !Ascii.IsValid(parsed.Address.AsSpan(0, at)))
            return false;
        // Headers may hide control characters in encoded words; once decoded they are as unwelcome as plain ones.
        if (parsed.Name?.Any(char.IsControl) == true || !Ascii.IsValid(MailboxAddress.EncodeAddrspec(parsed.Address)))
            return false;
        mailbox = parsed;
        return true;
    }

    private static bool IsMessageId(string id)
    {
        if (!Ascii.IsValid(id) || id.AsSpan().IndexOfAny(" <>\t") >= 0)
            return false;
        var parsed = MimeUtils.EnumerateReferences("<" + id + ">").ToList();
        return parsed.Count == 1 && parsed[0] == id && id.Contains('@');
    }
}
