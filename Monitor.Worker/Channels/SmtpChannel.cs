using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;
using Monitor.Worker.Ports;
using Monitor.Worker.Settings;

namespace Monitor.Worker.Channels;

/// <summary>
/// Mail by SMTP submission (RFC 6409). Safe to use from several threads. With <see cref="SmtpConnections"/> a connection is used for several
/// mails, one after the other; without, each mail has its own.
/// </summary>
public sealed class SmtpChannel : IMailTransport
{
    private const int MaxReplyCharacters = 500;

    /// <summary>Small on purpose: what the kernel has buffered counts as handed over, so less of it means fewer unknown fates.</summary>
    private const int SendBufferBytes = 64 * 1024;

    private readonly SmtpSettings _settings;
    private readonly TimeProvider _clock;
    private readonly TimeProvider _timer;
    private readonly RemoteCertificateValidationCallback? _validator;
    private readonly SmtpConnections? _connections;

    /// <param name="settings">Host, port, security, credentials, cap.</param>
    /// <param name="clock">Gives the Date field and the instant of acceptance.</param>
    /// <param name="validator">Decides on the server's certificate; null: the chain must end at a trusted root and the name must match.</param>
    /// <param name="timer">Measures the cap of a send; null: real time, even when <paramref name="clock"/> is accelerated.</param>
    /// <param name="connections">Keeps connections for the next mail; null: none is kept.</param>
    public SmtpChannel(SmtpSettings settings, TimeProvider clock, RemoteCertificateValidationCallback? validator = null, TimeProvider? timer = null, SmtpConnections? connections = null)
    {
        _connections = connections;
        _settings = settings;
        _clock = clock;
        _timer = timer ?? TimeProvider.System;
        _validator = validator;
    }

    /// <inheritdoc/>
    public async Task<SendResult> SendAsync(OutgoingMail mail, CancellationToken cancellation)
    {
        if (_settings.Host.Length == 0)
            return new SendResult.NotSent(NotSentReason.NotConfigured, "no SMTP host");
        if (_settings.Security == MailSecurity.None && !LoopbackHost.Is(_settings.Host))
            return new SendResult.NotSent(NotSentReason.InsecureConfiguration, _settings.Host);
        if (MailComposer.TryCompose(mail, _clock.GetUtcNow(), out var message) is { } refusal)
            return refusal;

        using (message)
        using (var cap = new CancellationTokenSource(_settings.TotalTime, _timer))
        using (var linked = CancellationTokenSource.CreateLinkedTokenSource(cap.Token, cancellation))
        {
            if (await SignAsync(message, linked.Token) is { } unsigned)
                return unsigned;
            var (result, closed) = await SendAsync(message, mail, mayReuse: true, cap, linked.Token);
            // A kept connection that the server had closed: no end of the message can have left on it, so a new one is the first try.
            return closed ? (await SendAsync(message, mail, mayReuse: false, cap, linked.Token)).Result : result;
        }
    }

    private async Task<SendResult.NotSent?> SignAsync(MimeMessage message, CancellationToken cancellation)
    {
        try
        {
            var problem = _settings.Smime is { } smime ? await SmimeSigning.SignAsync(message, smime, _clock.GetUtcNow(), cancellation) : null;
            // Last, for it covers what S/MIME made of the body.
            problem ??= _settings.Dkim is { } dkim ? await DkimSigning.SignAsync(message, dkim, cancellation) : null;
            return problem is null ? null : new SendResult.NotSent(NotSentReason.NotConfigured, problem);
        }
        catch (OperationCanceledException)
        {
            return new SendResult.NotSent(NotSentReason.Cancelled, "signing");
        }
    }

    /// <returns>Closed: the mail was tried on a kept connection that the server had given up, and certainly not taken.</returns>
    private async Task<(SendResult Result, bool Closed)> SendAsync(MimeMessage message, OutgoingMail mail, bool mayReuse, CancellationTokenSource cap, CancellationToken cancellation)
    {
        var stage = Stage.Connecting;
        ObservedSmtpClient? client = null;
        var kept = false;
        try
        {
            if (mayReuse && _connections is not null)
                client = await _connections.TakeAsync(_settings, cancellation);
            kept = client is not null;
            client ??= new ObservedSmtpClient { DeliveryStatusNotificationType = DeliveryStatusNotificationType.HeadersOnly };
            client.Begin(mail.DeliveryStatus, mail.EnvelopeId);
            if (!kept && await OpenAsync(client, reached => stage = reached, cancellation) is { } notOpen)
                return (notOpen, false);
            stage = Stage.Sending;
            var sender = mail.ReturnPath is { } bounces ? MailboxAddress.Parse(bounces) : message.From.Mailboxes.First();
            var reply = await client.SendAsync(message, sender, message.To.Mailboxes, cancellation, client);
            var accepted = new SendResult.Accepted(Clean(reply), _clock.GetUtcNow());
            // The reply is the fate; whatever becomes of the connection changes nothing.
            var done = client;
            client = null;
            await (_connections?.GiveAsync(_settings, done) ?? SmtpConnections.LeaveAsync(done, _timer));
            return (accepted, false);
        }
        catch (Exception problem) when (Fate(problem, stage, client?.EndMayHaveBeenSent ?? false, cap.IsCancellationRequested) is { } fate)
        {
            var givenUp = fate is SendResult.NotSent { Reason: NotSentReason.ConnectionLost or NotSentReason.AuthenticationFailed } or SendResult.Deferred { Code: 421 };
            return (fate, kept && givenUp && client is { EndMayHaveBeenSent: false });
        }
        finally
        {
            client?.Dispose();
        }
    }

    private async Task<SendResult.NotSent?> OpenAsync(ObservedSmtpClient client, Action<Stage> reached, CancellationToken cancellation)
    {
        string? password = null;
        if (_settings.Username.Length > 0)
        {
            var reading = await SecretReader.ReadAsync(_settings.PasswordVariable, _settings.PasswordFile, cancellation);
            if (reading is not SecretReading.Found { Secret: var secret })
                return new SendResult.NotSent(NotSentReason.NotConfigured, "no SMTP password: " + ((SecretReading.Refused)reading).Reason);
            password = secret.Reveal();
        }

        client.ServerCertificateValidationCallback = _validator;
        // Revocation lists are fetched over plain HTTP outside of our cap and our network rules.
        client.CheckCertificateRevocation = false;
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, SendBufferSize = SendBufferBytes };
        try
        {
            await socket.ConnectAsync(_settings.Host, _settings.Port, cancellation);
            reached(Stage.Greeting);
            await client.ConnectAsync(socket, _settings.Host, _settings.Port, MailEncryption.SocketOptions(_settings.Security), cancellation);
        }
        catch
        {
            // Once connected the client owns the socket; before that nobody does.
            socket.Dispose();
            throw;
        }

        if (password is null)
            return null;
        reached(Stage.Authenticating);
        // Mechanisms that need tickets or tokens we never have.
        foreach (var mechanism in (string[])["XOAUTH2", "OAUTHBEARER", "GSSAPI", "NTLM", "NEGOTIATE"])
            client.AuthenticationMechanisms.Remove(mechanism);
        await client.AuthenticateAsync(new NetworkCredential(_settings.Username, password), cancellation);
        return null;
    }

    /// <returns>null for what no network and no server can cause: a bug, to be seen as one.</returns>
    private static SendResult? Fate(Exception problem, Stage stage, bool endMayHaveBeenSent, bool capReached) => problem switch
    {
        SmtpCommandException reply => OfReply((int)reply.StatusCode, reply.Message, stage, endMayHaveBeenSent),
        OperationCanceledException when endMayHaveBeenSent => new SendResult.Unknown(capReached ? UnknownReason.TimedOut : UnknownReason.Cancelled, stage.ToString()),
        OperationCanceledException => new SendResult.NotSent(capReached ? NotSentReason.TimedOut : NotSentReason.Cancelled, stage.ToString()),
        // 530 in answer to a command or, as a late refusal, to the message.
        ServiceNotAuthenticatedException when endMayHaveBeenSent => new SendResult.Rejected(530, Clean(problem.Message)),
        ServiceNotAuthenticatedException => new SendResult.NotSent(NotSentReason.AuthenticationFailed, Clean(problem.Message)),
        SmtpProtocolException when endMayHaveBeenSent => new SendResult.Unknown(
            problem.InnerException is null && !IsDisconnect(problem) ? UnknownReason.UnreadableReply : UnknownReason.ConnectionLost, Clean(problem.Message)),
        _ when IsTransport(problem) && endMayHaveBeenSent => new SendResult.Unknown(UnknownReason.ConnectionLost, Clean(problem.Message)),
        SslHandshakeException => new SendResult.NotSent(NotSentReason.TlsFailed, Clean(FirstLine(problem.Message))),
        AuthenticationException or SaslException => new SendResult.NotSent(NotSentReason.AuthenticationFailed, Clean(problem.Message)),
        NotSupportedException when stage == Stage.Greeting => new SendResult.NotSent(NotSentReason.TlsUnavailable, Clean(problem.Message)),
        NotSupportedException when stage == Stage.Authenticating => new SendResult.NotSent(NotSentReason.AuthenticationFailed, Clean(problem.Message)),
        SmtpProtocolException when IsDisconnect(problem) => new SendResult.NotSent(Lost(stage), Clean(problem.Message)),
        SmtpProtocolException => new SendResult.NotSent(NotSentReason.ProtocolError, Clean(problem.Message)),
        _ when IsTransport(problem) => new SendResult.NotSent(Lost(stage), Clean(problem.Message)),
        _ => null,
    };

    private static SendResult OfReply(int code, string text, Stage stage, bool endMayHaveBeenSent) => code switch
    {
        >= 400 and < 500 => new SendResult.Deferred(code, Clean(text)),
        // A refusal before the envelope is about us or the server, not about this mail: it must not look like a bounce.
        >= 500 and < 600 when stage == Stage.Authenticating => new SendResult.NotSent(NotSentReason.AuthenticationFailed, Clean(text)),
        >= 500 and < 600 when stage != Stage.Sending => new SendResult.NotSent(NotSentReason.ServerRefused, $"{code} {Clean(text)}"),
        >= 500 and < 600 => new SendResult.Rejected(code, Clean(text)),
        _ when endMayHaveBeenSent => new SendResult.Unknown(UnknownReason.UnreadableReply, $"{code} {Clean(text)}"),
        _ => new SendResult.NotSent(NotSentReason.ProtocolError, $"{code} {Clean(text)}"),
    };

    // Whether a reset comes before or after the connect returns is a race that nobody wants to tell apart.
    private static NotSentReason Lost(Stage stage) => stage is Stage.Connecting or Stage.Greeting ? NotSentReason.CannotConnect : NotSentReason.ConnectionLost;

    // ServiceNotConnectedException: MailKit noticed the loss before it wrote.
    private static bool IsTransport(Exception problem) => problem is IOException or SocketException or ProtocolException or ServiceNotConnectedException;

    private static bool IsDisconnect(Exception problem) => problem.InnerException is IOException or SocketException ||
        problem.Message.Contains("disconnected", StringComparison.OrdinalIgnoreCase);

    private static string FirstLine(string text) => text.AsSpan().IndexOfAny('\r', '\n') is var end and >= 0 ? text[..end] : text;

    /// <summary>Text of a stranger that goes into records and logs: one line, bounded.</summary>
    private static string Clean(string text)
    {
        var kept = text.Length > MaxReplyCharacters ? text[..MaxReplyCharacters] : text;
        return string.Create(kept.Length, kept, static (span, source) =>
        {
            for (var i = 0; i < span.Length; i++)
                span[i] = char.IsControl(source[i]) ? ' ' : source[i];
        }).Trim();
    }

    private enum Stage
    {
        Connecting,
        Greeting,
        Authenticating,
        Sending,
    }
}
