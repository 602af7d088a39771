using Monitor.Worker.Fetching;

namespace Monitor.Tests.Fetching;

/// <summary>Fetchers for tests: loopback allowed, no delays, no retries, no robots.txt, unless a test says otherwise.</summary>
internal static class Fetchers
{
    public static FetcherOptions Options { get; } = new()
    {
        AllowList = LoopbackAllowList.WholeLoopback,
        HostDelay = TimeSpan.Zero,
        Retries = 0,
        RetryDelay = TimeSpan.FromMilliseconds(1),
        ReadRobots = false,
    };

    public static SafeFetcher Create(FetcherOptions? options = null, TimeProvider? time = null, INameResolver? resolver = null) =>
        new(options ?? Options, time ?? TimeProvider.System, resolver ?? new FakeResolver());

    public static Task<FetchOutcome> GetAsync(this SafeFetcher fetcher, string url, FetchLimits? limits = null) =>
        fetcher.FetchAsync(new FetchRequest { Url = url, Limits = limits ?? FetchLimits.Page }, TestContext.Current.CancellationToken);
}
