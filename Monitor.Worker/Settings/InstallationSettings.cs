using Monitor.Rules.Custody;
using Monitor.Rules.Transfers;

namespace Monitor.Worker.Settings;

/// <summary>monitor.yaml. Every value has a default but for the contact.</summary>
public sealed record InstallationSettings
{
    /// <summary>Province or body this installation serves, as shown to people.</summary>
    public required string Name { get; init; }

    /// <summary>Mail address in the User-Agent: whom a site owner can ask.</summary>
    public required string Contact { get; init; }

    public FetchSettings Fetch { get; init; } = new();

    public SmtpSettings Smtp { get; init; } = new();

    /// <summary>Where answers and delivery reports come to.</summary>
    public InboxSettings Inbox { get; init; } = new();

    public SweepSettings Sweeps { get; init; } = new();

    public RemovalSettings Removal { get; init; } = new();

    public HashBankSettings HashBanks { get; init; } = new();

    public LogSettings Logs { get; init; } = new();

    public RuleSettings Rules { get; init; } = new();

    /// <summary>Ways out to the network; platform profiles say which of them must agree.</summary>
    public IReadOnlyList<VantageSettings> Vantages { get; init; } = [new() { Id = VantageSettings.Direct }];

    public DnsSettings Dns { get; init; } = new();

    public RenderingSettings Rendering { get; init; } = new();

    /// <summary>Where the people behind unknown hosts are asked for.</summary>
    public ContactsSettings Contacts { get; init; } = new();

    public CustodySettings Custody { get; init; } = new();

    public EvidenceSettings Evidence { get; init; } = new();

    public ConsoleSettings Console { get; init; } = new();

    /// <summary>Terms between the agencies.</summary>
    public TransferRules Transfers { get; init; } = new();

    /// <summary>Other installations whose transfers are taken in: the agency of theirs, and the key that signs for it.</summary>
    public IReadOnlyList<TransferPeer> TransferPeers { get; init; } = [];

    /// <summary>Query parameters that only track: exact names, or a prefix ending in *.</summary>
    public IReadOnlyList<string> TrackingParameters { get; init; } = [];
}

public sealed record FetchSettings
{
    /// <summary>Pause between two requests to one host.</summary>
    public TimeSpan Delay { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Inspections at the same time.</summary>
    public int Parallelism { get; init; } = 16;

    public int MaxPageMegabytes { get; init; } = 10;

    public int MaxMediaMegabytes { get; init; } = 32;

    /// <summary>Most media items of one page that are fetched.</summary>
    public int MaxMediaPerPage { get; init; } = 40;

    public TimeSpan TotalTime { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Test and demo only: "host=127.0.0.1:port" or "127.0.0.1". While not empty `run` refuses to start.</summary>
    public IReadOnlyList<string> LoopbackTargets { get; init; } = [];
}

public sealed record SmtpSettings
{
    /// <summary>Empty: nothing can be sent, approved notices wait.</summary>
    public string Host { get; init; } = "";

    public int Port { get; init; } = 587;

    public MailSecurity Security { get; init; } = MailSecurity.StartTls;

    /// <summary>Empty: no authentication.</summary>
    public string Username { get; init; } = "";

    /// <summary>Name of the environment variable that holds the password.</summary>
    public string PasswordVariable { get; init; } = "";

    /// <summary>File that holds the password; used when the variable is not named.</summary>
    public string PasswordFile { get; init; } = "";

    /// <summary>Mailbox notices come from.</summary>
    public string From { get; init; } = "";

    /// <summary>Answers to a notice go to an address of its own, user+token@domain; the mail server must take subaddresses (RFC 5233).</summary>
    public bool PlusAddress { get; init; }

    /// <summary>Asks servers that offer it for delivery status notifications (RFC 3461).</summary>
    public bool Dsn { get; init; } = true;

    /// <summary>null: mails are not signed here (the relay may do so).</summary>
    public DkimSettings? Dkim { get; init; }

    /// <summary>null: mails bear no S/MIME signature.</summary>
    public SmimeSettings? Smime { get; init; }

    /// <summary>Where alerts to our own people go.</summary>
    public string AlertsTo { get; init; } = "";

    public TimeSpan TotalTime { get; init; } = TimeSpan.FromSeconds(60);
}

/// <summary>S/MIME signature of the agency (RFC 8551).</summary>
public sealed record SmimeSettings
{
    /// <summary>Certificate, and those that lead to its issuer, in PEM; or all with the key in PKCS #12 (.p12, .pfx).</summary>
    public required string CertificateFile { get; init; }

    /// <summary>Private key in PEM, not open to the world; empty: it is in the certificate file.</summary>
    public string KeyFile { get; init; } = "";

    /// <summary>Name of the environment variable with the key's password; empty: <see cref="PasswordFile"/>, or the key has none.</summary>
    public string PasswordVariable { get; init; } = "";

    public string PasswordFile { get; init; } = "";
}

/// <summary>DKIM signature of the sending domain (RFC 6376).</summary>
public sealed record DkimSettings
{
    public required string Domain { get; init; }

    /// <summary>The public key stands in DNS at SELECTOR._domainkey.DOMAIN.</summary>
    public required string Selector { get; init; }

    /// <summary>Private key in PEM, not open to the world.</summary>
    public required string KeyFile { get; init; }

    public DkimAlgorithm Algorithm { get; init; }
}

public enum DkimAlgorithm
{
    /// <summary>rsa-sha256.</summary>
    Rsa,

    /// <summary>ed25519-sha256 (RFC 8463); not every receiver verifies it yet.</summary>
    Ed25519,
}

/// <summary>How a connection to a mail server (SMTP, IMAP) is encrypted.</summary>
public enum MailSecurity
{
    /// <summary>No encryption; accepted only for loopback hosts.</summary>
    None,
    StartTls,
    Tls,
}

public sealed record SweepSettings
{
    /// <summary>How often due inspections and outgoing messages are looked for.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long a claimed target belongs to one worker.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromMinutes(10);

    public int Batch { get; init; } = 200;

    public TimeSpan Maintenance { get; init; } = TimeSpan.FromMinutes(10);
}

public sealed record RuleSettings
{
    public RuleActivation Activation { get; init; } = RuleActivation.Automatic;
}

/// <summary>How a changed rule set comes into force.</summary>
public enum RuleActivation
{
    /// <summary>As soon as the changed file is valid; the version is stored and written to the custody log.</summary>
    Automatic,

    /// <summary>One person proposes what the file says, another one activates it; until then the version before stays in force.</summary>
    TwoPerson,
}

/// <summary>The numbers of the removal proof; see Monitor.Rules.Removal.RemovalRules for their meaning.</summary>
public sealed record RemovalSettings
{
    public int HardConfirmations { get; init; } = 3;

    public TimeSpan HardSpan { get; init; } = TimeSpan.FromHours(24);

    public int SoftConfirmations { get; init; } = 5;

    public TimeSpan SoftSpan { get; init; } = TimeSpan.FromHours(72);

    public TimeSpan DurableAfter { get; init; } = TimeSpan.FromDays(14);

    public TimeSpan LargestGap { get; init; } = TimeSpan.FromHours(48);

    public TimeSpan CountingPause { get; init; } = TimeSpan.FromHours(6);

    public TimeSpan BlindAfter { get; init; } = TimeSpan.FromHours(4);

    public TimeSpan PeopleApart { get; init; } = TimeSpan.FromHours(12);
}

/// <summary>Within the window, so many targets, or targets on so many hosts, are more than an honest entry of a hash bank matches.</summary>
public sealed record HashBankSettings
{
    public int FloodTargets { get; init; } = 200;

    public int FloodHosts { get; init; } = 25;

    public TimeSpan FloodWindow { get; init; } = TimeSpan.FromHours(24);
}

public sealed record LogSettings
{
    /// <summary>Days of rolling files kept.</summary>
    public int RetainedDays { get; init; } = 31;

    /// <summary>Verbose | Debug | Information | Warning | Error.</summary>
    public string Level { get; init; } = "Information";
}

/// <param name="Agency">Id of the agency in agencies.yaml that the other installation speaks for.</param>
/// <param name="Key">Its public key, as "monitor custody vkey" prints it there.</param>
public sealed record TransferPeer(string Agency, NoteKey Key);
