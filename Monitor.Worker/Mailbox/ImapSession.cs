using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using MailKit;
using MailKit.Net.Imap;
using MailKit.Security;
using Monitor.Worker.Channels;
using Monitor.Worker.Ports;
using Monitor.Worker.Settings;

namespace Monitor.Worker.Mailbox;

/// <summary>One signed-in connection to the mailbox (IMAP4, RFC 9051). Folders are opened for reading only.</summary>
internal sealed class ImapSession : IDisposable
{
    private readonly ImapClient _client;

    private ImapSession(ImapClient client) => _client = client;

    /// <exception cref="MailboxException">It cannot be had.</exception>
    public static async Task<ImapSession> OpenAsync(InboxSettings settings, RemoteCertificateValidationCallback? validator, CancellationToken cancellation)
    {
        if (settings.Security == MailSecurity.None && !LoopbackHost.Is(settings.Host))
        {
            throw new MailboxException(MailboxProblem.NotEncrypted, settings.Host);
        }

        if (await SecretReader.ReadAsync(settings.PasswordVariable, settings.PasswordFile, cancellation) is not SecretReading.Found { Secret: var password })
        {
            throw new MailboxException(MailboxProblem.NoPassword, settings.PasswordVariable.Length > 0 ? settings.PasswordVariable : settings.PasswordFile);
        }

        // Revocation lists are fetched over plain HTTP outside of our cap and our network rules.
        var client = new ImapClient { ServerCertificateValidationCallback = validator, CheckCertificateRevocation = false };
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        var owned = false;
        try
        {
            await socket.ConnectAsync(settings.Host, settings.Port, cancellation);
            owned = true;
            await client.ConnectAsync(socket, settings.Host, settings.Port, MailEncryption.SocketOptions(settings.Security), cancellation);
            await client.AuthenticateAsync(new NetworkCredential(settings.Username, password.Reveal()), cancellation);
            return new ImapSession(client);
        }
        catch
        {
            client.Dispose();
            if (!owned)
            {
                socket.Dispose();
            }

            throw;
        }
    }

    public async Task<IMailFolder> FolderAsync(string name, CancellationToken cancellation)
    {
        var folder = name.Equals("INBOX", StringComparison.OrdinalIgnoreCase) ? _client.Inbox! : await _client.GetFolderAsync(name, cancellation);
        await folder.OpenAsync(FolderAccess.ReadOnly, cancellation);
        return folder;
    }

    public void Dispose() => _client.Dispose();

    /// <summary>What an exception of a session means; null: it is none of the expected ones.</summary>
    public static (MailboxProblem Problem, string Detail)? Meaning(Exception problem, bool timedOut) => problem switch
    {
        MailboxException known => (known.Problem, known.Detail),
        OperationCanceledException when timedOut => (MailboxProblem.TimedOut, ""),
        SslHandshakeException => (MailboxProblem.NotEncrypted, "certificate or TLS"),
        // STARTTLS was asked for and is not offered.
        NotSupportedException => (MailboxProblem.NotEncrypted, "STARTTLS not offered"),
        AuthenticationException or ServiceNotAuthenticatedException => (MailboxProblem.SignInRefused, ""),
        FolderNotFoundException missing => (MailboxProblem.NoSuchFolder, missing.FolderName),
        ImapCommandException => (MailboxProblem.Unintelligible, "command refused"),
        ImapProtocolException or ProtocolException or CommandException => (MailboxProblem.Unintelligible, problem.GetType().Name),
        SocketException or IOException or ServiceNotConnectedException => (MailboxProblem.Unreachable, problem.GetType().Name),
        // Numbers and dates that cannot be: the library lets them through to its own types.
        ArgumentException or FormatException or OverflowException or FolderNotOpenException => (MailboxProblem.Unintelligible, problem.GetType().Name),
        _ => null,
    };
}

/// <summary>Why a session cannot be had; caught where a mailbox is read.</summary>
internal sealed class MailboxException(MailboxProblem problem, string detail) : Exception(problem.ToString())
{
    public MailboxProblem Problem { get; } = problem;

    public string Detail { get; } = detail;
}
