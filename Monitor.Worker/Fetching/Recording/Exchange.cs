using System.Net;

namespace Monitor.Worker.Fetching.Recording;

/// <summary>
/// One request and what came of it, byte for byte as it went over the wire after TLS. An attempt that got nowhere is one too, without
/// bytes: that nobody answered is evidence as well.
/// </summary>
public sealed record Exchange
{
    /// <summary>Canonical URL that was asked for.</summary>
    public required string Url { get; init; }

    public required FetchPurpose Purpose { get; init; }

    /// <summary>When it was begun, UTC.</summary>
    public required DateTimeOffset At { get; init; }

    public required TimeSpan Elapsed { get; init; }

    /// <summary>
    /// "answered", "cut-wire-bytes", "timed-out-body", "name-not-found", "name-server-failed", "tls-expired", "connection-refused",
    /// "forbidden-address-private", "protocol-broken-compression" …
    /// </summary>
    public required string Outcome { get; init; }

    /// <summary>True: the whole answer was read.</summary>
    public required bool Whole { get; init; }

    /// <summary>"length", "time", "disconnect" or "unspecified" as WARC-Truncated has them; null for a whole answer and for none.</summary>
    public string? Truncated { get; init; }

    /// <summary>As sent; empty when no connection was made.</summary>
    public ReadOnlyMemory<byte> Request { get; init; }

    /// <summary>As received, from the status line on, framing and codings included; empty when nothing came.</summary>
    public ReadOnlyMemory<byte> Response { get; init; }

    /// <summary>The body without framing and codings; empty when it is not whole.</summary>
    public ReadOnlyMemory<byte> Entity { get; init; }

    /// <summary>The line it went over; null when the name was not even resolved.</summary>
    public ConnectionFacts? Connection { get; init; }
}

/// <summary>What is known of the connection that an exchange used. A connection serves several exchanges.</summary>
public sealed record ConnectionFacts
{
    /// <summary>Every address that the name resolved to, all of them checked; empty when only the proxy knows them.</summary>
    public IReadOnlyList<IPAddress> Resolved { get; init; } = [];

    /// <summary>The address that was contacted; null: none, or only the proxy knows it.</summary>
    public IPAddress? Pinned { get; init; }

    /// <summary>True when it went through the vantage's proxy.</summary>
    public bool Tunnelled { get; init; }

    /// <summary>Null over plain HTTP.</summary>
    public TlsFacts? Tls { get; init; }
}

/// <param name="Protocol">"Tls13" …; empty when the handshake failed.</param>
/// <param name="Cipher">"TLS_AES_256_GCM_SHA384" …; empty when the handshake failed.</param>
/// <param name="Chain">Certificates in DER, the server's first, as far as a chain was built; empty when none was shown.</param>
/// <param name="Problem">Why it was not trusted; null when it was.</param>
public sealed record TlsFacts(string Protocol, string Cipher, IReadOnlyList<byte[]> Chain, string? Problem);
