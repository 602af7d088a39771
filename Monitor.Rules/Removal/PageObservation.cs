namespace Monitor.Rules.Removal;

/// <summary>One attempt to see one URL, as facts.</summary>
public sealed record PageObservation
{
    public required string RequestedUrl { get; init; }

    /// <summary>After redirects; null when nothing answered.</summary>
    public string? FinalUrl { get; init; }

    public string Method { get; init; } = "GET";

    /// <summary>Null on a transport error.</summary>
    public int? Status { get; init; }

    /// <summary>Names lower case.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = EmptyHeaders;

    public TransportError? TransportError { get; init; }

    /// <summary>Null when the answer was not HTML or could not be read.</summary>
    public PageOutline? Outline { get; init; }

    /// <summary>The body of a JSON or plain text answer, cut to a limit; null for everything else.</summary>
    public string? Text { get; init; }

    /// <summary>What resolvers said about the host, when the name was watched; null otherwise.</summary>
    public DnsFacts? Dns { get; init; }

    /// <summary>Bytes of the decoded body.</summary>
    public long BodyLength { get; init; }

    /// <summary>True when the body was cut by a cap: what is missing cannot be judged absent.</summary>
    public bool Cut { get; init; }

    public string Vantage { get; init; } = "direct";

    /// <summary>How it went when a browser was asked to show the page; null when none was asked. With <see cref="IsRendered"/>, outline and final URL are the browser's.</summary>
    public RenderFacts? Render { get; init; }

    public bool IsRendered => Render is { End: RenderEnd.Rendered };

    private static readonly IReadOnlyDictionary<string, string> EmptyHeaders = new Dictionary<string, string>(StringComparer.Ordinal);
}

public enum TransportError
{
    Timeout,
    ConnectionRefused,
    ConnectionReset,
    TlsFailure,
    DnsNxdomain,
    DnsServfail,
    ProtocolError,
    RedirectLoop,
    UnsafeAddress,
    NotFetched,
}
