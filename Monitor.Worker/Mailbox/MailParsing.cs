using System.Security.Cryptography;
using System.Text;
using MimeKit;
using MimeKit.Cryptography;
using MimeKit.Utils;
using Monitor.Rules.Hashing;
using Monitor.Rules.Replies;
using Monitor.Worker.Channels;

namespace Monitor.Worker.Mailbox;

/// <summary>
/// Reads a message that anybody may have sent (RFC 5322, MIME, RFC 3464, RFC 8098). Attachments are decoded from their transfer encoding
/// to be hashed and nothing more; text is bounded; whatever cannot be read is left out and said.
/// </summary>
public static class MailParsing
{
    /// <summary>Parts that are looked at; real answers have a handful.</summary>
    public const int MostParts = 200;

    /// <summary>Nesting that is followed.</summary>
    public const int Deepest = 16;

    /// <summary>Message-IDs of a thread that are looked up.</summary>
    private const int MostAnswers = 50;

    private const int MostAddresses = 50;
    private const int LongestHeader = 998;

    private static readonly string[] DeliveryHeaders = ["Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To", "X-Delivered-To", "X-Forwarded-To"];

    /// <param name="message">As the mailbox gave it.</param>
    /// <param name="contained">What is known already to be missing of it, or null.</param>
    /// <param name="authenticationServer">Whose Authentication-Results are believed; empty: nobody's.</param>
    public static MailFacts Read(byte[] message, MailContainment? contained, string authenticationServer)
    {
        try
        {
            using var stream = new MemoryStream(message, writable: false);
            var options = new ParserOptions { MaxMimeDepth = Deepest + 4, MaxAddressGroupDepth = 3 };
            using var mime = new MimeParser(options, stream, MimeFormat.Entity, persistent: false).ParseMessage();
            return Facts(mime, contained, authenticationServer);
        }
        catch (Exception problem) when (problem is not (OutOfMemoryException or OperationCanceledException))
        {
            // Whatever a stranger wrote, the mail is filed as unreadable: an exception here would hold up every mail behind it.
            return new MailFacts { Contained = contained ?? MailContainment.Malformed };
        }
    }

    private static MailFacts Facts(MimeMessage mime, MailContainment? contained, string authenticationServer)
    {
        var walk = new Walk();
        if (mime.Body is { } body)
        {
            walk.Visit(body, 0);
        }

        return new MailFacts
        {
            From = mime.From.Mailboxes.FirstOrDefault()?.Address is { } from ? Clean(from) : "",
            Tokens = [.. Addressees(mime).Select(ReplyToken.Of).OfType<string>().Distinct(StringComparer.Ordinal)],
            MessageId = Id(mime.MessageId),
            Answers = [.. new[] { mime.InReplyTo }.Concat(mime.References.Reverse()).Concat(walk.Returned).Select(Id).OfType<string>().Distinct(StringComparer.Ordinal).Take(MostAnswers)],
            Subject = Clean(mime.Subject ?? ""),
            Text = walk.Text,
            MarkedAutomatic = IsAutomatic(mime.Headers),
            FromMailSystem = IsMailSystem(mime),
            Report = walk.Recipients.Count > 0 ? new DeliveryReport(walk.EnvelopeId is { } id ? ReplyToken.OfEnvelope(id) : null, walk.Recipients) : null,
            IsReadReceipt = walk.Displayed,
            Proofs = Proofs(mime.Headers, authenticationServer),
            Attachments = walk.Attachments,
            Contained = contained ?? walk.Contained,
        };
    }

    private static List<string> Addressees(MimeMessage mime) =>
        [.. mime.To.Mailboxes.Concat(mime.Cc.Mailboxes).Select(static mailbox => mailbox.Address)
            .Concat(mime.Headers.Where(header => DeliveryHeaders.Contains(header.Field, StringComparer.OrdinalIgnoreCase)).Select(static header => header.Value.Trim().Trim('<', '>')))
            .Select(Clean).Where(static address => address.Contains('@', StringComparison.Ordinal)).Distinct(StringComparer.OrdinalIgnoreCase).Take(MostAddresses)];

    private static bool IsAutomatic(HeaderList headers) =>
        (headers["Auto-Submitted"] is { } submitted && !submitted.TrimStart().StartsWith("no", StringComparison.OrdinalIgnoreCase))
        || headers.Contains("X-Autoreply") || headers.Contains("X-Autorespond")
        || (headers["Precedence"]?.Trim().Equals("auto_reply", StringComparison.OrdinalIgnoreCase) ?? false);

    private static bool IsMailSystem(MimeMessage mime)
    {
        var local = mime.From.Mailboxes.FirstOrDefault()?.LocalPart ?? "";
        return mime.Headers["Return-Path"]?.Trim() is "<>" || mime.Headers.Contains("X-Failed-Recipients")
            || local.Equals("mailer-daemon", StringComparison.OrdinalIgnoreCase) || local.Equals("postmaster", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Only the topmost field counts: our own server adds it above all that came with the mail.</summary>
    private static List<string> Proofs(HeaderList headers, string server)
    {
        if (server.Length == 0 || headers.FirstOrDefault(static header => header.Id == HeaderId.AuthenticationResults) is not { } first
            || !AuthenticationResults.TryParse(first.RawValue, out var results) || !string.Equals(results.AuthenticationServiceIdentifier, server, StringComparison.OrdinalIgnoreCase))
        {
            return [];
        }

        var proofs = new List<string>();
        foreach (var (method, property) in new[] { ("dmarc", "from"), ("dkim", "d"), ("spf", "mailfrom") })
        {
            foreach (var result in results.Results.Where(one => one.Method == method && one.Result == "pass"))
            {
                if (result.Properties.FirstOrDefault(one => one.Property == property)?.Value is { Length: > 0 and < 256 } value)
                {
                    proofs.Add($"{method}:{Clean(value[(value.LastIndexOf('@') + 1)..]).ToLowerInvariant()}");
                }
            }
        }

        return [.. proofs.Distinct(StringComparer.Ordinal).Take(8)];
    }

    /// <summary>Without angle brackets; null when it is none.</summary>
    private static string? Id(string? value) =>
        value is null ? null
        : value.Trim() is var trimmed && MimeUtils.EnumerateReferences(trimmed.StartsWith('<') ? trimmed : $"<{trimmed}>").FirstOrDefault() is { Length: > 0 and <= LongestHeader } id ? id
        : null;

    /// <summary>On one line and of bounded length: it goes into rows and onto screens.</summary>
    private static string Clean(string value)
    {
        var cut = value.Length > LongestHeader ? value[..LongestHeader] : value;
        return cut.Any(static c => Steers(c) || char.IsSurrogate(c)) ? new string([.. cut.Select(static c => Steers(c) || char.IsSurrogate(c) ? ' ' : c)]) : cut;
    }

    /// <summary>Line breaks and tabs stay; whatever steers a terminal or turns the direction of writing does not.</summary>
    private static string Visible(StringBuilder text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] is not ('\n' or '\t') && Steers(text[i]))
            {
                text[i] = ' ';
            }
        }

        return text.ToString();
    }

    private static bool Steers(char c) => char.IsControl(c) || c is '\u2028' or '\u2029' or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');

    /// <summary>One pass over the parts, with a limit on how many and how deep.</summary>
    private sealed class Walk
    {
        private readonly StringBuilder _text = new();
        private int _parts;

        public string Text => Visible(_text);

        public List<InboundAttachment> Attachments { get; } = [];

        public List<RecipientReport> Recipients { get; } = [];

        /// <summary>Message-IDs of messages that were sent back.</summary>
        public List<string> Returned { get; } = [];

        public string? EnvelopeId { get; private set; }

        public bool Displayed { get; private set; }

        public MailContainment? Contained { get; private set; }

        public void Visit(MimeEntity entity, int depth)
        {
            if (++_parts > MostParts || depth > Deepest)
            {
                Contained = MailContainment.TooManyParts;
                return;
            }

            switch (entity)
            {
                case MessageDeliveryStatus status:
                    Report(status);
                    break;
                case MessageDispositionNotification notification:
                    Disposition(notification);
                    break;
                case MessagePart { Message: { } returned } part:
                    // What was sent back or forwarded tells which message it was; what it says is not the author's.
                    Remember(returned.MessageId);
                    Attach(part);
                    break;
                case MultipartAlternative alternative:
                    Alternative(alternative, depth);
                    break;
                case Multipart multipart:
                    foreach (var part in multipart)
                    {
                        if (_parts > MostParts)
                        {
                            break;
                        }

                        Visit(part, depth + 1);
                    }

                    break;
                case TextPart text when text.ContentType.IsMimeType("text", "rfc822-headers"):
                    ReturnedHeaders(text);
                    break;
                case TextPart text when !text.IsAttachment && (text.IsPlain || text.IsHtml):
                    Add(text);
                    break;
                case MimePart part:
                    Attach(part);
                    break;
                default:
                    break;
            }
        }

        /// <summary>The plain form where it says anything; the same words are not read twice.</summary>
        private void Alternative(MultipartAlternative alternative, int depth)
        {
            var plain = alternative.OfType<TextPart>().FirstOrDefault(static part => part.IsPlain);
            var before = _text.Length;
            if (plain is not null)
            {
                Visit(plain, depth + 1);
            }

            var said = _text.ToString(before, _text.Length - before).AsSpan().Trim().Length > 0;
            foreach (var part in alternative.Where(part => part != plain && !(said && part is TextPart)))
            {
                if (_parts > MostParts)
                {
                    break;
                }

                Visit(part, depth + 1);
            }
        }

        private void Add(TextPart part)
        {
            var room = MailFacts.MaxText - _text.Length;
            if (room <= 0)
            {
                return;
            }

            var text = Decoded(part);
            if (part.IsHtml)
            {
                text = HtmlMailText.Of(text.Length > MailFacts.MaxText * 16 ? text[..(MailFacts.MaxText * 16)] : text, room);
            }

            if (_text.Length > 0)
            {
                _text.Append('\n');
            }

            text = text.ReplaceLineEndings("\n");
            _text.Append(text, 0, Math.Min(text.Length, Math.Max(0, MailFacts.MaxText - _text.Length)));
        }

        private static string Decoded(TextPart part)
        {
            try
            {
                return part.Text ?? "";
            }
            catch (Exception problem) when (problem is ArgumentException or NotSupportedException or DecoderFallbackException or IOException or FormatException)
            {
                // A charset that nobody knows: Latin-1 keeps what is ASCII.
                return part.Content is null ? "" : part.GetText(Encoding.Latin1);
            }
        }

        private void Attach(MimeEntity entity)
        {
            using var measure = new HashingStream();
            try
            {
                switch (entity)
                {
                    case MessagePart { Message: { } message }:
                        message.WriteTo(measure);
                        break;
                    case MimePart { Content: { } content }:
                        content.DecodeTo(measure);
                        break;
                    default:
                        break;
                }
            }
            catch (Exception problem) when (problem is IOException or FormatException or ArgumentException)
            {
                Contained ??= MailContainment.Malformed;
            }

            var type = entity.ContentType.MimeType;
            Attachments.Add(new InboundAttachment(Clean(type.Length > 127 ? type[..127] : type), measure.Written, Digest.FromBytes(DigestKind.Sha256, measure.Digest())));
        }

        private void Report(MessageDeliveryStatus status)
        {
            // The first group is about the message, the others about one recipient each (RFC 3464 section 2.1).
            foreach (var group in status.StatusGroups.Take(MostParts))
            {
                EnvelopeId ??= group["Original-Envelope-Id"] is { Length: > 0 and < 256 } id ? Xtext(id.Trim()) : null;

                if (ActionOf(group["Action"]) is { } action)
                {
                    Recipients.Add(new RecipientReport(Recipient(group["Original-Recipient"]) ?? Recipient(group["Final-Recipient"]) ?? "", action, StatusOf(group["Status"])));
                }
            }
        }

        private void Disposition(MessageDispositionNotification notification)
        {
            try
            {
                Displayed |= notification.Fields["Disposition"]?.Contains("displayed", StringComparison.OrdinalIgnoreCase) ?? false;
                Remember(notification.Fields["Original-Message-ID"]);
            }
            catch (FormatException)
            {
                // No fields: a receipt of nothing. The rest of the mail is read.
                Contained ??= MailContainment.Malformed;
            }
        }

        private void ReturnedHeaders(TextPart part)
        {
            foreach (var line in Decoded(part).ReplaceLineEndings("\n").Split('\n').Take(500))
            {
                if (line.StartsWith("Message-ID:", StringComparison.OrdinalIgnoreCase))
                {
                    Remember(line["Message-ID:".Length..]);
                }
            }
        }

        private void Remember(string? id)
        {
            if (Id(id) is { } known)
            {
                Returned.Add(known);
            }
        }

        private static ReportedAction? ActionOf(string? action) => action?.Trim().ToLowerInvariant() switch
        {
            "failed" => ReportedAction.Failed,
            "delayed" => ReportedAction.Delayed,
            "delivered" => ReportedAction.Delivered,
            "relayed" => ReportedAction.Relayed,
            "expanded" => ReportedAction.Expanded,
            _ => null,
        };

        private static string? StatusOf(string? status) =>
            status?.Trim().Split(' ')[0] is { Length: >= 5 and <= 11 } code && code.All(static c => char.IsAsciiDigit(c) || c == '.') ? code : null;

        /// <summary>"rfc822; a@b.example" without its type.</summary>
        private static string? Recipient(string? field) =>
            field is { Length: < 600 } && field.Split(';', 2) is [_, var address] && address.Contains('@', StringComparison.Ordinal) ? Clean(Xtext(address.Trim().Trim('<', '>'))) : null;

        /// <summary>"+3D" back into "=" (RFC 3461 section 4).</summary>
        private static string Xtext(string text)
        {
            if (!text.Contains('+', StringComparison.Ordinal))
            {
                return text;
            }

            var plain = new StringBuilder(text.Length);
            for (var i = 0; i < text.Length; i++)
            {
                if (text[i] == '+' && i + 2 < text.Length && char.IsAsciiHexDigitUpper(text[i + 1]) && char.IsAsciiHexDigitUpper(text[i + 2]))
                {
                    plain.Append((char)Convert.ToByte(text.Substring(i + 1, 2), 16));
                    i += 2;
                }
                else
                {
                    plain.Append(text[i]);
                }
            }

            return plain.ToString();
        }
    }

    /// <summary>Counts and hashes what is written to it, and keeps nothing.</summary>
    private sealed class HashingStream : Stream
    {
        private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

        public long Written { get; private set; }

        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => Written;

        public override long Position { get => Written; set => throw new NotSupportedException(); }

        public byte[] Digest() => _hash.GetCurrentHash();

        public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            _hash.AppendData(buffer);
            Written += buffer.Length;
        }

        public override void Flush()
        {
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                _hash.Dispose();
            }

            base.Dispose(disposing);
        }
    }
}
