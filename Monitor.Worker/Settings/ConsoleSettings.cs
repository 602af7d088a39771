namespace Monitor.Worker.Settings;

/// <summary>monitor.yaml, "console": the pages that people work with in a browser.</summary>
public sealed record ConsoleSettings
{
    public bool Enabled { get; init; } = true;

    /// <summary>What people type into their browsers, e.g. "https://monitor.so-mau.example"; empty: only this machine's own names are answered.</summary>
    public string PublicUrl { get; init; } = "";

    /// <summary>True: a proxy on this machine stands before it and says who asks (X-Forwarded-For, X-Forwarded-Proto).</summary>
    public bool BehindProxy { get; init; }

    /// <summary>PEM file with the certificate, intermediates after it; empty: no TLS here (then a proxy must do it, or only this machine is served).</summary>
    public string Certificate { get; init; } = "";

    /// <summary>PEM file with its private key, not open to other users.</summary>
    public string CertificateKey { get; init; } = "";

    /// <summary>A session that nobody used for so long ends.</summary>
    public TimeSpan Idle { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>A session ends after so long in any case.</summary>
    public TimeSpan Session { get; init; } = TimeSpan.FromHours(10);

    /// <summary>An approval, an export or a look at media asks for the password again after so long.</summary>
    public TimeSpan Fresh { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>True: who has no second factor is led to set one up before anything else.</summary>
    public bool SecondFactor { get; init; }
}
