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

/// <summary>Mail by SMTP submission (RFC 6409), one connection a mail. Holds no state between sends; safe to use from several threads.</summary>
public sealed class SmtpChannel : IMailTransport
{
    private const int MaxReplyCharacters = 500;

    /// <summary>Small on purpose: what the kernel has buffered counts as handed over, so less of it means fewer unknown fates.</summary>
    private const int SendBufferBytes = 64 * 1024;

    private static readonly TimeSpan GoodbyeTime = TimeSpan.FromSeconds(2);

    private readonly SmtpSettings _settings;
    private readonly TimeProvider _clock;
    private readonly TimeProvider _timer;
    private readonly RemoteCertificateValidationCallback? _validator;

    /// <param name="settings">Host, port, security, credentials, cap.</param>
    /// <param name="clock">Gives the Date field and the instant of acceptance.</param>
    /// <param name="validator">Decides on the server's certificate; null: the chain must end at a trusted root and the name must match.</param>
    /// <param name="timer">Measures the cap of a send; null: real time, even when <paramref name="clock"/> is accelerated.</param>
    public SmtpChannel(SmtpSettings settings, TimeProvider clock, RemoteCertificateValidationCallback? validator = null, TimeProvider? timer = null)
    {
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
        if (_settings.Security == SmtpSecurity.None && !IsLoopback(_settings.Host))
            return new SendResult.NotSent(NotSentReason.InsecureConfiguration, _settings.Host);
        if (MailComposer.TryCompose(mail, _clock.GetUtcNow(), out var message) is { } refusal)
            return refusal;

        using (message)
        using (var cap = new CancellationTokenSource(_settings.TotalTime, _timer))
        using (var linked = CancellationTokenSource.CreateLinkedTokenSource(cap.Token, cancellation))
        using (var client = new ObservedSmtpClient { AsksForDeliveryStatus = mail.DeliveryStatus, DeliveryStatusNotificationType = DeliveryStatusNotificationType.HeadersOnly })
        {
            var stage = Stage.Connecting;
            try
            {
                if (_settings.Dkim is { } dkim && await DkimSigning.SignAsync(message, dkim, linked.Token) is { } unsigned)
                    return new SendResult.NotSent(NotSentReason.NotConfigured, unsigned);
                if (await OpenAsync(client, reached => stage = reached, linked.Token) is { } notOpen)
                    return notOpen;
                stage = Stage.Sending;
                var reply = await client.SendAsync(message, linked.Token, client);
                var accepted = new SendResult.Accepted(Clean(reply), _clock.GetUtcNow());
                // The reply is the fate; whatever goes wrong with the goodbye changes nothing.
                await LeaveAsync(client);
                return accepted;
            }
            catch (Exception problem) when (Fate(problem, stage, client.EndMayHaveBeenSent, cap.IsCancellationRequested) is { } fate)
            {
                return fate;
            }
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
            var security = _settings.Security switch
            {
                SmtpSecurity.None => SecureSocketOptions.None,
                SmtpSecurity.StartTls => SecureSocketOptions.StartTls,
                SmtpSecurity.Tls => SecureSocketOptions.SslOnConnect,
            };
            await client.ConnectAsync(socket, _settings.Host, _settings.Port, security, cancellation);
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

    private async Task LeaveAsync(ObservedSmtpClient client)
    {
        try
        {
            using var soon = new CancellationTokenSource(GoodbyeTime, _timer);
            await client.DisconnectAsync(quit: true, soon.Token);
        }
        catch (Exception problem) when (IsTransport(problem) || problem is OperationCanceledException or CommandException)
        {
            // QUIT is a courtesy.
        }
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

    private static bool IsLoopback(string host) =>
        string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));

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
