using System.Security.Cryptography.X509Certificates;
using Monitor.Worker.Fetching.Vantages;

namespace Monitor.Worker.Fetching;

/// <summary>How the fetcher behaves towards hosts. Fixed for the fetcher's life.</summary>
public sealed record FetcherOptions
{
    /// <summary>Mail address site owners can write to; part of the User-Agent.</summary>
    public string Contact { get; init; } = "contact";

    /// <summary>Token before the "/" of the User-Agent, and the name looked for in robots.txt.</summary>
    public string Product { get; init; } = "MonitorVN";

    public string ProductVersion { get; init; } = "0.1";

    /// <summary>"MonitorVN/0.1 (+mailto:contact)". Says who asks: the watch never poses as a browser.</summary>
    public string UserAgent => $"{Product}/{ProductVersion} (+mailto:{Contact})";

    /// <summary>Least pause between the end of one request to an authority and the start of the next.</summary>
    public TimeSpan HostDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Longest Crawl-delay of a robots.txt that is honoured in full; longer ones are cut to this.</summary>
    public TimeSpan MaxCrawlDelay { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Longest Retry-After that is honoured in full; longer ones are cut to this.</summary>
    public TimeSpan MaxRetryAfter { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Pause after a 429 without a usable Retry-After.</summary>
    public TimeSpan DefaultPause { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Authorities remembered (delay, pause, robots.txt, breaker), least recently used dropped first. Those with a fetch under way are never dropped.</summary>
    public int MaxHosts { get; init; } = 4096;

    /// <summary>Bytes all remembered robots.txt rules may take together.</summary>
    public long MaxRobotsMemory { get; init; } = 64L * 1024 * 1024;

    /// <summary>Further attempts after a transient transport failure or a 502, 503 or 504 without Retry-After. 0 turns retries off.</summary>
    public int Retries { get; init; } = 2;

    /// <summary>First back-off; doubled each time, jittered.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Share of failed attempts, 0-1, at which an authority's breaker opens.</summary>
    public double BreakerFailureRatio { get; init; } = 0.9;

    /// <summary>Attempts within <see cref="BreakerSampling"/> below which the breaker never opens; at least 2.</summary>
    public int BreakerMinimumAttempts { get; init; } = 8;

    public TimeSpan BreakerSampling { get; init; } = TimeSpan.FromMinutes(2);

    public TimeSpan BreakerPause { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>DNS, connect and TLS together, of one attempt.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>False: robots.txt is never asked for (a private vantage check of one's own hosts).</summary>
    public bool ReadRobots { get; init; } = true;

    public TimeSpan RobotsLifetime { get; init; } = TimeSpan.FromHours(24);

    /// <summary>After an answer of 5xx or none at all.</summary>
    public TimeSpan RobotsRetry { get; init; } = TimeSpan.FromHours(1);

    public TimeSpan RobotsTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The proxy that connections go through; null: the direct line.</summary>
    public Tunnel? Tunnel { get; init; }

    /// <summary>Tests and demo only.</summary>
    public LoopbackAllowList AllowList { get; init; } = LoopbackAllowList.Empty;

    /// <summary>Tests and demo only: takes the place of the system's certificate roots. Null: the system's.</summary>
    public X509Certificate2Collection? TrustedRoots { get; init; }
}
