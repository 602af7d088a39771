namespace Monitor.Worker.Channels;

/// <summary>One mail to one addressee, as plain values. Everything here was decided before the send: a resent copy is the same values again.</summary>
public sealed record OutgoingMail
{
    /// <summary>Mailbox with or without a display name: "Sở ... &lt;notices@example.vn&gt;".</summary>
    public required string From { get; init; }

    /// <summary>Exactly one mailbox: the fate of a mail with several addressees could not be told in one result.</summary>
    public required string To { get; init; }

    /// <summary>Any Unicode text on one line; sent as encoded words (RFC 2047).</summary>
    public required string Subject { get; init; }

    /// <summary>Plain text; sent as UTF-8 in quoted-printable or base64, so no server on the way can break a URL.</summary>
    public required string Text { get; init; }

    /// <summary>Without angle brackets: "local@domain". Given by the caller, see <see cref="MessageIds"/>.</summary>
    public required string MessageId { get; init; }

    /// <summary>Our number of the notice, in the field X-Monitor-Reference.</summary>
    public required string Reference { get; init; }

    /// <summary>Message-ID of the version this one follows, or null.</summary>
    public string? InReplyTo { get; init; }

    /// <summary>Message-IDs of all earlier versions, oldest first (RFC 5322 section 3.6.4).</summary>
    public IReadOnlyList<string> References { get; init; } = [];

    /// <summary>
    /// True when an earlier send of the same Message-ID has an unknown fate. The subject then starts with
    /// <see cref="MailComposer.ResentMark"/> and the field X-Monitor-Resent-Copy says "yes".
    /// </summary>
    public bool ResentCopy { get; init; }

    /// <summary>Mailbox answers go to, or null for <see cref="From"/>.</summary>
    public string? ReplyTo { get; init; }

    /// <summary>A whole HTML document with the same words, or empty.</summary>
    public string Html { get; init; } = "";

    public IReadOnlyList<MailAttachment> Attachments { get; init; } = [];

    /// <summary>Envelope sender (RFC 5321 section 4.4), which failures are reported to; null: <see cref="From"/>.</summary>
    public string? ReturnPath { get; init; }

    /// <summary>ENVID of the mail (RFC 3461); null: its Message-ID.</summary>
    public string? EnvelopeId { get; init; }

    /// <summary>Asks servers to report success, failure and delay (RFC 3461) where they can.</summary>
    public bool DeliveryStatus { get; init; }
}
