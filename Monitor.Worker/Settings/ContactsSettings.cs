namespace Monitor.Worker.Settings;

/// <summary>RDAP servers (RFC 9082) that are asked who answers for an unknown host. Nobody is asked unless one is configured.</summary>
public sealed record ContactsSettings
{
    /// <summary>Base URL that "domain/NAME" is appended to; empty: domains are not asked about.</summary>
    public string RdapDomain { get; init; } = "";

    /// <summary>Base URL that "ip/ADDRESS" is appended to; empty: networks are not asked about.</summary>
    public string RdapIp { get; init; } = "";

    /// <summary>For one question with its redirects.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    public bool IsOff => RdapDomain.Length == 0 && RdapIp.Length == 0;
}
