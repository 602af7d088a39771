namespace Monitor.Worker.Fetching;

/// <summary>
/// How a fetch ended. Every expected end is a case; an exception out of the fetcher is a bug.
/// Failures are observations too: they say when and where an attempt was made.
/// </summary>
public abstract record FetchOutcome
{
    private FetchOutcome()
    {
    }

    /// <summary>When the first byte of the request could have left, UTC.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    public required TimeSpan Elapsed { get; init; }

    /// <summary>The URL asked for.</summary>
    public required string RequestedUrl { get; init; }

    /// <summary>Redirect hops in order (empty when none was followed).</summary>
    public IReadOnlyList<FetchHop> Hops { get; init; } = [];

    /// <summary>What robots.txt said of the requested URL; null when it could not be read or was not asked.</summary>
    public bool? RobotsAllowed { get; init; }

    /// <summary>An HTTP answer arrived whole (its status may be anything).</summary>
    public sealed record Fetched : FetchOutcome
    {
        public required int Status { get; init; }

        public required string FinalUrl { get; init; }

        /// <summary>Names lower case; several values of one name joined with ", ", set-cookie values dropped.</summary>
        public required IReadOnlyDictionary<string, string> Headers { get; init; }

        /// <summary>The decoded body.</summary>
        public required byte[] Body { get; init; }

        /// <summary>Address the connection was pinned to.</summary>
        public string? RemoteAddress { get; init; }
    }

    /// <summary>A cap was reached: the answer is real but was cut. <see cref="Partial"/> holds what fitted.</summary>
    public sealed record TooLarge : FetchOutcome
    {
        public required int Status { get; init; }

        public required string FinalUrl { get; init; }

        public required IReadOnlyDictionary<string, string> Headers { get; init; }

        public required FetchCap Cap { get; init; }

        public byte[] Partial { get; init; } = [];
    }

    public sealed record TimedOut : FetchOutcome
    {
        public required FetchStage Stage { get; init; }
    }

    public sealed record DnsFailed : FetchOutcome
    {
        /// <summary>True only for an authoritative "no such name".</summary>
        public required bool NameDoesNotExist { get; init; }
    }

    public sealed record TlsFailed : FetchOutcome
    {
        /// <summary>untrusted-root, name-mismatch, expired, handshake …</summary>
        public required string Problem { get; init; }
    }

    public sealed record ConnectionFailed : FetchOutcome
    {
        public required ConnectionProblem Problem { get; init; }
    }

    /// <summary>The name, or a redirect hop, leads to an address that must not be contacted (SSRF guard).</summary>
    public sealed record UnsafeAddress : FetchOutcome
    {
        public required string Host { get; init; }

        /// <summary>private, loopback, link-local, cgnat, multicast, metadata, reserved, mapped, nat64, 6to4 …</summary>
        public required string Kind { get; init; }
    }

    public sealed record TooManyRedirects : FetchOutcome
    {
        /// <summary>True when a URL came up twice.</summary>
        public required bool Loop { get; init; }
    }

    /// <summary>Not fetched at all: not http(s), not parsable, credentials in the URL, or a link that would act.</summary>
    public sealed record Refused : FetchOutcome
    {
        public required RefusalReason Reason { get; init; }
    }

    public sealed record RobotsDisallowed : FetchOutcome;

    /// <summary>Not HTTP: garbage in the status line or headers, header caps, broken chunking or compression.</summary>
    public sealed record ProtocolError : FetchOutcome
    {
        public required string Problem { get; init; }
    }

    /// <summary>The host's breaker is open or it asked for a pause (Retry-After): try again at <see cref="RetryAt"/>.</summary>
    public sealed record HostPaused : FetchOutcome
    {
        public required DateTimeOffset RetryAt { get; init; }
    }
}

public sealed record FetchHop(string Url, int Status, string Location);

public enum FetchCap
{
    WireBytes,
    BodyBytes,
}

public enum FetchStage
{
    Connecting,
    Headers,
    Body,
}

public enum ConnectionProblem
{
    Refused,
    Reset,
    Unreachable,
    ClosedEarly,

    /// <summary>The vantage's own proxy is down, refused us or broke off: nothing about the site.</summary>
    Proxy,
}

public enum RefusalReason
{
    UnsupportedScheme,
    Malformed,
    Credentials,
    ActingLink,
}
