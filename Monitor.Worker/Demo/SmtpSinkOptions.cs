namespace Monitor.Worker.Demo;

public sealed record SmtpSinkOptions
{
    /// <summary>With a name, AUTH PLAIN and LOGIN are offered and a mail without them is answered 530.</summary>
    public string? Username { get; init; }

    public string Password { get; init; } = "";

    public SinkSecurity Security { get; init; } = SinkSecurity.None;

    /// <summary>Offers delivery status notifications (RFC 3461); what was asked for is kept with the mail.</summary>
    public bool OffersDsn { get; init; }

    /// <summary>After so many mails the connection is answered 421 and closed.</summary>
    public int MailsPerConnection { get; init; } = int.MaxValue;

    /// <summary>Announced with SIZE; what is longer is read to its end, dropped, and answered 552.</summary>
    public int MaxMessageBytes { get; init; } = 4 * 1024 * 1024;

    /// <summary>Beyond it mails are answered 452.</summary>
    public int MaxMessages { get; init; } = 20_000;

    /// <summary>Beyond it connections wait in the listener's queue.</summary>
    public int MaxConnections { get; init; } = 32;

    /// <summary>Real time a peer may be silent.</summary>
    public TimeSpan IdleTime { get; init; } = TimeSpan.FromSeconds(60);
}

public enum SinkSecurity
{
    None,

    /// <summary>STARTTLS is offered, and a mail before it is answered 530.</summary>
    StartTls,

    /// <summary>TLS from the first byte.</summary>
    Tls,
}
