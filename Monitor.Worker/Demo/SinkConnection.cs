using System.Globalization;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using MimeKit;

namespace Monitor.Worker.Demo;

/// <summary>One SMTP session at the sink. Every length is capped: a command line at 8 KB, a message at the option's size.</summary>
internal sealed class SinkConnection
{
    private readonly SmtpSink _sink;
    private readonly TcpClient _client;
    private readonly SmtpFault? _connectionFault;
    private SmtpFault? _fault;
    private SinkReader _reader;
    private Stream _stream;
    private bool _encrypted;
    private string? _user;
    private string? _sender;
    private string _senderParameters = "";
    private string _recipientParameters = "";
    private int _mails;
    private List<string> _recipients = [];

    public SinkConnection(SmtpSink sink, TcpClient client, SmtpFault? fault)
    {
        _sink = sink;
        _client = client;
        _connectionFault = fault;
        _fault = fault;
        _stream = client.GetStream();
        _reader = new SinkReader(_stream);
    }

    private SmtpSinkOptions Options => _sink.Options;

    public async Task RunAsync(CancellationToken stop)
    {
        try
        {
            await ConverseAsync(stop);
        }
        finally
        {
            await _stream.DisposeAsync();
        }
    }

    private async Task ConverseAsync(CancellationToken stop)
    {
        if (_connectionFault is SmtpFault.RefuseConnection)
        {
            _sink.Struck(_connectionFault);
            Reset();
            return;
        }

        using var idle = CancellationTokenSource.CreateLinkedTokenSource(stop);
        idle.CancelAfter(Options.IdleTime);
        if (Options.Security == SinkSecurity.Tls)
            await EncryptAsync(idle.Token);
        if (_connectionFault is SmtpFault.Greeting greeting)
        {
            _sink.Struck(greeting);
            await ReplyAsync(greeting.Code, greeting.Text, idle.Token);
            return;
        }

        await ReplyAsync(220, "localhost sink ready", idle.Token);
        while (true)
        {
            idle.CancelAfter(Options.IdleTime);
            var line = await _reader.ReadLineAsync(idle.Token);
            if (line is null)
                return;
            var space = line.IndexOf(' ', StringComparison.Ordinal);
            var verb = (space < 0 ? line : line[..space]).ToUpperInvariant();
            var rest = space < 0 ? "" : line[(space + 1)..].Trim();
            if (!await HandleAsync(verb, rest, idle.Token))
                return;
        }
    }

    /// <returns>False when the session is over.</returns>
    private async Task<bool> HandleAsync(string verb, string rest, CancellationToken cancellation)
    {
        switch (verb)
        {
            case "EHLO":
                await GreetAsync(cancellation);
                return true;
            case "HELO":
                Forget();
                await ReplyAsync(250, "localhost", cancellation);
                return true;
            case "STARTTLS" when Options.Security == SinkSecurity.StartTls && !_encrypted:
                await ReplyAsync(220, "go ahead", cancellation);
                if (_reader.HasBuffered)
                {
                    // Commands sent in clear behind STARTTLS must never be taken as sent under TLS (RFC 3207, CVE-2011-0411).
                    Reset();
                    return false;
                }

                await EncryptAsync(cancellation);
                return true;
            case "AUTH" when Options.Username is not null:
                return await AuthenticateAsync(rest, cancellation);
            case "MAIL" when _mails >= Options.MailsPerConnection:
                await ReplyAsync(421, "4.7.0 enough for one connection", cancellation);
                return false;
            case "MAIL":
                await MailFromAsync(rest, cancellation);
                return true;
            case "RCPT":
                return await RecipientAsync(rest, cancellation);
            case "DATA":
                return await DataAsync(cancellation);
            case "RSET":
                Forget();
                await ReplyAsync(250, "forgotten", cancellation);
                return true;
            case "NOOP":
                await ReplyAsync(250, "here", cancellation);
                return true;
            case "QUIT":
                await ReplyAsync(221, "goodbye", cancellation);
                return false;
            default:
                await ReplyAsync(502, "not implemented", cancellation);
                return true;
        }
    }

    private async Task GreetAsync(CancellationToken cancellation)
    {
        Forget();
        var lines = new List<string> { "localhost", "8BITMIME", string.Create(CultureInfo.InvariantCulture, $"SIZE {Options.MaxMessageBytes}") };
        if (Options.OffersDsn)
            lines.Add("DSN");
        if (Options.Security == SinkSecurity.StartTls && !_encrypted)
            lines.Add("STARTTLS");
        // Credentials never cross an unencrypted connection when TLS is to be had.
        if (Options.Username is not null && (_encrypted || Options.Security == SinkSecurity.None))
            lines.Add("AUTH PLAIN LOGIN");
        var reply = new StringBuilder();
        for (var i = 0; i < lines.Count; i++)
            reply.Append("250").Append(i == lines.Count - 1 ? ' ' : '-').Append(lines[i]).Append("\r\n");
        await WriteAsync(reply.ToString(), cancellation);
    }

    private async Task<bool> AuthenticateAsync(string rest, CancellationToken cancellation)
    {
        var parts = rest.Split(' ', 2, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var mechanism = parts.Length > 0 ? parts[0].ToUpperInvariant() : "";
        var initial = parts.Length > 1 ? parts[1] : null;
        string? user;
        string? password;
        if (mechanism == "PLAIN")
        {
            initial ??= await AskAsync("", cancellation);
            var fields = Decode(initial)?.Split('\0');
            user = fields is { Length: 3 } ? fields[1] : null;
            password = fields is { Length: 3 } ? fields[2] : null;
        }
        else if (mechanism == "LOGIN")
        {
            user = Decode(initial ?? await AskAsync("VXNlcm5hbWU6", cancellation));
            password = Decode(await AskAsync("UGFzc3dvcmQ6", cancellation));
        }
        else
        {
            await ReplyAsync(504, "mechanism not offered", cancellation);
            return true;
        }

        if (user == Options.Username && password == Options.Password)
        {
            _user = user;
            await ReplyAsync(235, "2.7.0 welcome", cancellation);
        }
        else
        {
            await ReplyAsync(535, "5.7.8 credentials invalid", cancellation);
        }

        return true;
    }

    private async Task<string?> AskAsync(string challenge, CancellationToken cancellation)
    {
        await ReplyAsync(334, challenge, cancellation);
        return await _reader.ReadLineAsync(cancellation);
    }

    private async Task MailFromAsync(string rest, CancellationToken cancellation)
    {
        if (Options.Security == SinkSecurity.StartTls && !_encrypted)
            await ReplyAsync(530, "5.7.0 STARTTLS first", cancellation);
        else if (Options.Username is not null && _user is null)
            await ReplyAsync(530, "5.7.0 authentication required", cancellation);
        else if (Path(rest, "FROM:") is not { } sender)
            await ReplyAsync(501, "syntax", cancellation);
        else if (_fault is SmtpFault.AtSender fault)
            await FailAsync(fault.Code, fault.Text, cancellation);
        else if (AnnouncedSize(rest) > Options.MaxMessageBytes)
            await ReplyAsync(552, "5.3.4 too large", cancellation);
        else
        {
            _sender = sender;
            _senderParameters = Parameters(rest);
            await ReplyAsync(250, "2.1.0 ok", cancellation);
        }
    }

    private async Task<bool> RecipientAsync(string rest, CancellationToken cancellation)
    {
        if (_sender is null)
        {
            await ReplyAsync(503, "MAIL first", cancellation);
        }
        else if (Path(rest, "TO:") is not { Length: > 0 } recipient || _recipients.Count >= 100)
        {
            await ReplyAsync(501, "syntax", cancellation);
        }
        else
        {
            _fault ??= _sink.FaultFor(recipient);
            if (_fault is SmtpFault.SilenceAtRecipient)
            {
                _sink.Struck(_fault);
                await _reader.WaitForEndAsync(cancellation);
                return false;
            }

            if (_fault is SmtpFault.AtRecipient fault)
            {
                await FailAsync(fault.Code, fault.Text, cancellation);
            }
            else
            {
                _recipients.Add(recipient);
                _recipientParameters = Parameters(rest);
                await ReplyAsync(250, "2.1.5 ok", cancellation);
            }
        }

        return true;
    }

    private async Task<bool> DataAsync(CancellationToken cancellation)
    {
        if (_recipients.Count == 0 || _sender is null)
        {
            await ReplyAsync(503, "RCPT first", cancellation);
            return true;
        }

        if (_fault is SmtpFault.AtData refused)
        {
            await FailAsync(refused.Code, refused.Text, cancellation);
            return true;
        }

        await ReplyAsync(354, "end with a dot", cancellation);
        var stopAfter = _fault is SmtpFault.DropDuringMessage drop ? drop.AfterBytes : int.MaxValue;
        var (ended, raw) = await _reader.ReadMessageAsync(Options.MaxMessageBytes, stopAfter, cancellation);
        if (!ended)
        {
            if (_fault is not null)
                _sink.Struck(_fault);
            Reset();
            return false;
        }

        if (raw is null)
        {
            await ReplyAsync(552, "5.3.4 too large", cancellation);
            Forget();
            return true;
        }

        _mails++;
        var fault = _fault;
        _fault = null;
        var message = Read(raw);
        if (fault is not null)
            _sink.Struck(fault);
        switch (fault)
        {
            case SmtpFault.AfterMessage after:
                await ReplyAsync(after.Code, after.Text, cancellation);
                break;
            case SmtpFault.DropBeforeReply before:
                if (before.Kept)
                    _sink.Keep(message);
                Reset();
                return false;
            case SmtpFault.Silence silence:
                if (silence.Kept)
                    _sink.Keep(message);
                await _reader.WaitForEndAsync(cancellation);
                return false;
            case SmtpFault.Nonsense:
                _sink.Keep(message);
                await WriteAsync("<html>hello</html>\r\n", cancellation);
                break;
            default:
                if (fault is SmtpFault.Delay delay)
                    await Task.Delay(delay.Time, _sink.Clock, cancellation);
                if (_sink.Keep(message))
                    await ReplyAsync(250, "2.0.0 kept " + message.MessageId, cancellation);
                else
                    await ReplyAsync(452, "4.3.1 full", cancellation);
                if (fault is SmtpFault.DropAfterReply)
                    return false;
                break;
        }

        Forget();
        return true;
    }

    private SinkMessage Read(byte[] raw)
    {
        using var stream = new MemoryStream(raw, writable: false);
        var headers = new List<KeyValuePair<string, string>>();
        string text = "", subject = "", id = "";
        try
        {
            using var parsed = MimeMessage.Load(stream);
            foreach (var header in parsed.Headers)
                headers.Add(new(header.Field, header.Value));
            subject = parsed.Subject ?? "";
            id = parsed.MessageId ?? "";
            text = (parsed.TextBody ?? "").ReplaceLineEndings("\n");
        }
        catch (FormatException)
        {
            // Not a message: kept raw, as a mailbox would.
        }

        return new SinkMessage
        {
            EnvelopeFrom = _sender ?? "",
            Recipients = _recipients,
            SenderParameters = _senderParameters,
            RecipientParameters = _recipientParameters,
            NumberInConnection = _mails,
            Headers = headers,
            Subject = subject,
            MessageId = id,
            Text = text,
            Raw = raw,
            ReceivedAt = _sink.Clock.GetUtcNow(),
            Encrypted = _encrypted,
            User = _user,
        };
    }

    private async Task EncryptAsync(CancellationToken cancellation)
    {
        var tls = new SslStream(_stream, leaveInnerStreamOpen: false);
        _stream = tls;
        await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = _sink.Certificate }, cancellation);
        _reader = new SinkReader(tls);
        _encrypted = true;
    }

    // A scripted refusal hits one mail: the next one in the same session goes through.
    private async Task FailAsync(int code, string text, CancellationToken cancellation)
    {
        if (_fault is not null)
            _sink.Struck(_fault);
        _fault = null;
        await ReplyAsync(code, text, cancellation);
    }

    private void Forget()
    {
        _sender = null;
        _recipients = [];
    }

    /// <summary>Closes with RST: what the peer still sends, or has in its buffers, is lost as in a crash.</summary>
    private void Reset()
    {
        _client.LingerState = new LingerOption(enable: true, seconds: 0);
        _client.Close();
    }

    private Task ReplyAsync(int code, string text, CancellationToken cancellation) =>
        WriteAsync(string.Create(CultureInfo.InvariantCulture, $"{code} {text}\r\n"), cancellation);

    private async Task WriteAsync(string text, CancellationToken cancellation)
    {
        await _stream.WriteAsync(Encoding.UTF8.GetBytes(text), cancellation);
        await _stream.FlushAsync(cancellation);
    }

    private static string? Decode(string? base64)
    {
        try
        {
            return base64 is null ? null : Encoding.UTF8.GetString(Convert.FromBase64String(base64));
        }
        catch (FormatException)
        {
            return null;
        }
    }

    /// <summary>"FROM:&lt;a@b&gt; SIZE=1" → "a@b"; null when it is not that.</summary>
    private static string? Path(string rest, string keyword)
    {
        if (!rest.StartsWith(keyword, StringComparison.OrdinalIgnoreCase))
            return null;
        var path = rest.AsSpan(keyword.Length).TrimStart();
        var end = path.IndexOf('>');
        return path.Length > 1 && path[0] == '<' && end > 0 ? path[1..end].ToString() : null;
    }

    private static string Parameters(string rest) => rest.IndexOf('>', StringComparison.Ordinal) is var end and >= 0 ? rest[(end + 1)..].Trim() : "";

    private static long AnnouncedSize(string rest)
    {
        var at = rest.IndexOf(" SIZE=", StringComparison.OrdinalIgnoreCase);
        if (at < 0)
            return 0;
        var value = rest.AsSpan(at + 6);
        var end = value.IndexOf(' ');
        return long.TryParse(end < 0 ? value : value[..end], NumberStyles.None, CultureInfo.InvariantCulture, out var size) ? size : 0;
    }
}
