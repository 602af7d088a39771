using System.Diagnostics.CodeAnalysis;
using Monitor.Rules.Matching;
using Monitor.Worker.Fetching.Recording;
using Polly;

namespace Monitor.Worker.Fetching;

/// <summary>What one hop needs to know while it is sent, retries included.</summary>
internal sealed class HopContext
{
    public static readonly HttpRequestOptionsKey<HopContext> RequestKey = new("monitor.hop");

    public static readonly ResiliencePropertyKey<HopContext> PollyKey = new("monitor.hop");

    private static readonly UriCreationOptions AsWritten = new() { DangerousDisablePathAndQueryCanonicalization = true };

    private HopContext(CanonicalUrl url, Uri uri, HttpMethod method, FetchPurpose purpose, FetchLimits limits, AuthorityEntry entry, TimeBudget budget, ExchangeLog? log)
    {
        Url = url;
        Uri = uri;
        Method = method;
        Purpose = purpose;
        Limits = limits;
        Entry = entry;
        Budget = budget;
        Log = log;
    }

    public CanonicalUrl Url { get; }

    public Uri Uri { get; }

    public HttpMethod Method { get; }

    public FetchPurpose Purpose { get; }

    public FetchLimits Limits { get; }

    public AuthorityEntry Entry { get; }

    public TimeBudget Budget { get; }

    /// <summary>Where its exchanges are recorded; null: nowhere.</summary>
    public ExchangeLog? Log { get; }

    /// <summary>Moves on as the attempt does; says where a time-out struck.</summary>
    public FetchStage Stage { get; set; }

    /// <summary>What is known of the connection that was made last for it.</summary>
    public ConnectionFacts Connection { get; set; } = new();

    /// <summary>Connections opened for the attempt under way.</summary>
    public int Connections { get; set; }

    public static bool TryCreate(
        CanonicalUrl url, FetchMethod method, FetchPurpose purpose, FetchLimits limits, AuthorityEntry entry, TimeBudget budget, ExchangeLog? log, [NotNullWhen(true)] out HopContext? hop)
    {
        // The canonical value is final: System.Uri must not rewrite the path, and must read the same host out of it.
        hop = null;
        if (!Uri.TryCreate(string.Concat(url.Scheme, "://", url.Authority, url.PathAndQuery), AsWritten, out Uri? uri))
            return false;
        if (uri.Port != url.Port || (!url.IsAddress && uri.IdnHost != url.Host))
            return false;
        hop = new HopContext(url, uri, method == FetchMethod.Head ? HttpMethod.Head : HttpMethod.Get, purpose, limits, entry, budget, log);
        return true;
    }
}
