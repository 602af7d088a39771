namespace Monitor.Worker.Settings;

/// <summary>The mailbox that answers and delivery reports come to.</summary>
public sealed record InboxSettings
{
    /// <summary>IMAP server; empty: answers are entered by people (takedowns reply).</summary>
    public string Host { get; init; } = "";

    public int Port { get; init; } = 993;

    public MailSecurity Security { get; init; } = MailSecurity.Tls;

    public string Username { get; init; } = "";

    /// <summary>Name of the environment variable that holds the password.</summary>
    public string PasswordVariable { get; init; } = "";

    /// <summary>File that holds the password; used when the variable is not named.</summary>
    public string PasswordFile { get; init; } = "";

    public string Folder { get; init; } = "INBOX";

    /// <summary>Folder where our own server files what was sent; empty: none does. A copy in it says that a send of unknown fate was accepted.</summary>
    public string SentFolder { get; init; } = "";

    /// <summary>True: the server files every mail it accepts, so a missing copy says that it never had it.</summary>
    public bool SentFolderComplete { get; init; }

    /// <summary>Name with which our own mail server signs its Authentication-Results (RFC 8601); empty: nothing backs a sender.</summary>
    public string AuthenticationServer { get; init; } = "";

    /// <summary>Agency whose people look after what matches no notice; empty: the first ICT department.</summary>
    public string Agency { get; init; } = "";

    public TimeSpan Interval { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Of a mailbox that was never read, mail older than this is left alone.</summary>
    public TimeSpan First { get; init; } = TimeSpan.FromDays(30);

    /// <summary>Larger messages are taken in by their beginning only.</summary>
    public int MaxMegabytes { get; init; } = 25;

    /// <summary>For signing in, and for each message.</summary>
    public TimeSpan TotalTime { get; init; } = TimeSpan.FromSeconds(60);
}
