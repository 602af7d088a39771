namespace Monitor.Worker.Settings;

/// <summary>A way out to the network: the line itself, or a proxy that looks from elsewhere.</summary>
public sealed record VantageSettings
{
    /// <summary>The vantage every installation has unless it says otherwise: the machine's own line.</summary>
    public const string Direct = "direct";

    public required string Id { get; init; }

    public VantageKind Kind { get; init; } = VantageKind.Direct;

    /// <summary>Host name or IP address of the proxy, as configured; empty for the direct line.</summary>
    public string Host { get; init; } = "";

    public int Port { get; init; }

    /// <summary>Empty: no authentication.</summary>
    public string Username { get; init; } = "";

    /// <summary>Name of the environment variable that holds the password.</summary>
    public string PasswordVariable { get; init; } = "";

    /// <summary>Where it looks from, two letters (ISO 3166-1) in upper case; empty: not said.</summary>
    public string Country { get; init; } = "";

    /// <summary>Who turns names into addresses.</summary>
    public NamesResolved Resolve { get; init; } = NamesResolved.Local;
}

public enum VantageKind
{
    Direct,

    /// <summary>HTTP proxy with CONNECT (RFC 9110 section 9.3.6), for http URLs too: the bytes that arrive are the site's.</summary>
    HttpProxy,

    /// <summary>RFC 1928, with user name and password after RFC 1929; Tor.</summary>
    Socks5,
}

public enum NamesResolved
{
    /// <summary>Here: addresses are checked before the proxy is asked for one of them.</summary>
    Local,

    /// <summary>By the proxy: only the name can be checked here.</summary>
    Remote,
}
