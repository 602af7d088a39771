namespace Monitor.Worker.Contacts;

/// <summary>What an RDAP server (RFC 9083) knows of a domain or a network, as far as it says whom to write to.</summary>
/// <param name="Name">The domain, or the network's name; empty when it does not say.</param>
/// <param name="Redacted">True when the server says that it leaves out data (RFC 9537), or shows a placeholder in its place.</param>
/// <param name="UnusableMails">Mail addresses that no envelope can carry.</param>
public sealed record RdapRecord(string Handle, string Name, string Country, IReadOnlyList<RdapContact> Contacts, bool Redacted, int UnusableMails);

/// <summary>One entity of a record.</summary>
public sealed record RdapContact
{
    /// <summary>Of RFC 9083 section 10.2.4: "abuse", "registrar", "registrant" …</summary>
    public required IReadOnlyList<string> Roles { get; init; }

    /// <summary>Roles of the entity it stands inside: the abuse desk of a registrar stands in the registrar. Empty at the top.</summary>
    public IReadOnlyList<string> Within { get; init; } = [];

    public string Name { get; init; } = "";

    public string Organization { get; init; } = "";

    /// <summary>local@domain in ASCII (internationalised domains as A-labels).</summary>
    public IReadOnlyList<string> Mails { get; init; } = [];

    public IReadOnlyList<string> Phones { get; init; } = [];

    public bool IsAbuse => Roles.Contains("abuse", StringComparer.Ordinal);
}

/// <summary>How one question ended.</summary>
public abstract record RdapEnd
{
    private RdapEnd()
    {
    }

    /// <param name="Asked">The domain or address that was found: for a host, a name above it.</param>
    public sealed record Found(string Asked, RdapRecord Record) : RdapEnd;

    /// <summary>404: the server knows of no such thing.</summary>
    public sealed record NotFound : RdapEnd;

    /// <summary>429.</summary>
    /// <param name="RetryAfter">Null when it does not say.</param>
    public sealed record Throttled(TimeSpan? RetryAfter) : RdapEnd;

    public sealed record Refused(int Status) : RdapEnd;

    public sealed record TimedOut : RdapEnd;

    public sealed record TooLarge : RdapEnd;

    /// <summary>No JSON, or none of this shape.</summary>
    public sealed record Malformed : RdapEnd;

    /// <summary>The server points to one that is not configured; it was not asked.</summary>
    public sealed record RedirectedElsewhere(string Host) : RdapEnd;

    public sealed record TooManyRedirects : RdapEnd;

    public sealed record Unreachable : RdapEnd;

    /// <summary>No server is configured for this kind of question.</summary>
    public sealed record Off : RdapEnd;
}
