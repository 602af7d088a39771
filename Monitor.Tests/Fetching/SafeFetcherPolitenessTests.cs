using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using Microsoft.Extensions.Time.Testing;
using Monitor.Tests.Loopback;
using Monitor.Worker.Fetching;

namespace Monitor.Tests.Fetching;

/// <summary>How the fetcher treats hosts, as seen from the host; time is a fake that only tests move.</summary>
public sealed class SafeFetcherPolitenessTests
{
    private static readonly FetchLimits Patient = new() { TotalTime = TimeSpan.FromHours(2) };

    [Fact]
    public async Task One_request_at_a_time_per_host_whatever_the_hurry()
    {
        await using var server = ScriptedHttpServer.Start();
        server.On("*", async exchange =>
        {
            for (int i = 0; i < 20; i++)
                await Task.Yield();
            await exchange.RespondAsync(200, "ok"u8.ToArray());
        });
        await using SafeFetcher fetcher = Fetchers.Create(Fetchers.Options with { ReadRobots = true });

        FetchOutcome[] outcomes = await Task.WhenAll(Enumerable.Range(0, 60).Select(i => fetcher.GetAsync(server.Url($"/{i}"))));

        Assert.All(outcomes, outcome => Assert.IsType<FetchOutcome.Fetched>(outcome));
        Assert.Equal(1, server.MostAtOnce($"127.0.0.1:{server.Port}"));
        Assert.Equal(1, server.Connections);
        Assert.Equal(1, server.CountOf("/robots.txt"));
        Assert.Equal(61, server.Requests.Count);
    }

    [Fact]
    public async Task Hosts_do_not_wait_for_one_another()
    {
        // Each answers only once the other has been asked: it takes both at once to end this.
        var arrivals = new CountdownEventAsync(2);
        await using var server = ScriptedHttpServer.Start().On("/", async exchange =>
        {
            await arrivals.ArriveAsync();
            await exchange.RespondAsync(200, "ok"u8.ToArray());
        });
        await using SafeFetcher fetcher = Fetchers.Create(Fetchers.Options with { AllowList = Mapped(server, "a.example", "b.example") });

        FetchOutcome[] outcomes = await Task.WhenAll(fetcher.GetAsync("http://a.example/"), fetcher.GetAsync("http://b.example/"));

        Assert.All(outcomes, outcome => Assert.IsType<FetchOutcome.Fetched>(outcome));
    }

    [Fact]
    public async Task The_host_delay_lies_between_requests_and_outside_the_time_cap()
    {
        var time = new WatchedTime(due => due > TimeSpan.FromHours(3));
        var seen = new ConcurrentQueue<DateTimeOffset>();
        await using var server = ScriptedHttpServer.Start().On("*", exchange =>
        {
            seen.Enqueue(time.GetUtcNow());
            return exchange.RespondAsync(200, "ok"u8.ToArray());
        });
        await using SafeFetcher fetcher = Fetchers.Create(Fetchers.Options with { HostDelay = TimeSpan.FromHours(5) }, time);

        Task<FetchOutcome[]> all = Task.WhenAll(Enumerable.Range(0, 4).Select(i => fetcher.GetAsync(server.Url($"/{i}"), Patient)));
        FetchOutcome[] outcomes = await time.RunAsync(all);

        Assert.All(outcomes, outcome => Assert.IsType<FetchOutcome.Fetched>(outcome));
        Assert.Equal(4, seen.Count);
        Assert.All(seen.Zip(seen.Skip(1)), pair => Assert.Equal(TimeSpan.FromHours(5), pair.Second - pair.First));
        Assert.All(outcomes, outcome => Assert.Equal(TimeSpan.Zero, outcome.Elapsed));
    }

    [Fact]
    public async Task Crawl_delay_is_honoured_up_to_its_cap()
    {
        var time = new WatchedTime(due => due > TimeSpan.FromSeconds(15) && due < TimeSpan.FromHours(1));
        var seen = new ConcurrentQueue<(string Target, DateTimeOffset At)>();
        await using var server = ScriptedHttpServer.Start().On("*", exchange =>
        {
            seen.Enqueue((exchange.Request.Headers["host"], time.GetUtcNow()));
            string delay = exchange.Request.Headers["host"] == "slow.example" ? "20" : "40000";
            return exchange.RespondAsync(200, System.Text.Encoding.ASCII.GetBytes($"User-agent: *\nCrawl-delay: {delay}"));
        });
        FetcherOptions options = Fetchers.Options with { ReadRobots = true, MaxCrawlDelay = TimeSpan.FromSeconds(60), AllowList = Mapped(server, "slow.example", "slower.example") };
        await using SafeFetcher fetcher = Fetchers.Create(options, time);

        foreach ((string host, int seconds) in new[] { ("slow.example", 20), ("slower.example", 60) })
        {
            await time.RunAsync(fetcher.GetAsync($"http://{host}/1", Patient));
            DateTimeOffset[] at = [.. seen.Where(entry => entry.Target == host).Select(entry => entry.At)];
            Assert.Equal(2, at.Length);
            Assert.Equal(seconds, (at[1] - at[0]).TotalSeconds);
        }
    }

    [Theory]
    [InlineData(429, "120", 120)]
    [InlineData(503, "120", 120)]
    [InlineData(429, null, 60)]
    [InlineData(429, "soon", 60)]
    [InlineData(429, "999999999999", 3600)]
    [InlineData(429, "DATE+300", 300)]
    public async Task A_host_that_asks_for_a_pause_gets_it(int status, string? retryAfter, int seconds)
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero));
        if (retryAfter == "DATE+300")
            retryAfter = time.GetUtcNow().AddSeconds(300).ToString("r", CultureInfo.InvariantCulture);
        await using var server = ScriptedHttpServer.Start().OnText("/other", "ok");
        server.On("/", exchange => exchange.RespondAsync(status, ReadOnlyMemory<byte>.Empty, retryAfter is null ? [] : [("Retry-After", retryAfter)]));
        await using SafeFetcher fetcher = Fetchers.Create(Fetchers.Options with { Retries = 2 }, time);

        Assert.Equal(status, Assert.IsType<FetchOutcome.Fetched>(await fetcher.GetAsync(server.Url())).Status);
        var paused = Assert.IsType<FetchOutcome.HostPaused>(await fetcher.GetAsync(server.Url("/other")));

        Assert.Equal(time.GetUtcNow().AddSeconds(seconds), paused.RetryAt);
        Assert.Single(server.Requests);
        time.Advance(TimeSpan.FromSeconds(seconds));
        Assert.IsType<FetchOutcome.Fetched>(await fetcher.GetAsync(server.Url("/other")));
    }

    [Fact]
    public async Task Those_already_queued_learn_of_the_pause_too()
    {
        await using var server = ScriptedHttpServer.Start().On("*", exchange => exchange.RespondAsync(429, ReadOnlyMemory<byte>.Empty));
        await using SafeFetcher fetcher = Fetchers.Create();

        FetchOutcome[] outcomes = await Task.WhenAll(Enumerable.Range(0, 10).Select(i => fetcher.GetAsync(server.Url($"/{i}"))));

        Assert.Single(outcomes.OfType<FetchOutcome.Fetched>());
        Assert.Equal(9, outcomes.OfType<FetchOutcome.HostPaused>().Count());
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Transient_trouble_is_tried_again_and_findings_are_not()
    {
        await using var server = ScriptedHttpServer.Start();
        int answers = 0;
        server.On("/flaky", exchange => Interlocked.Increment(ref answers) switch
        {
            1 => exchange.RespondAsync(503, ReadOnlyMemory<byte>.Empty),
            2 => CutAsync(exchange),
            _ => exchange.RespondAsync(200, "ok"u8.ToArray()),
        });
        server.OnText("/500", "", 500).OnText("/404", "", 404).OnRaw("/garbage", "x\r\n\r\n").OnText("/502", "", 502);
        var resolver = new FakeResolver().On("servfail.example", _ => new NameResolution.Failed());
        await using SafeFetcher fetcher = Fetchers.Create(Fetchers.Options with { Retries = 2, BreakerMinimumAttempts = 100 }, resolver: resolver);

        Assert.Equal(200, Assert.IsType<FetchOutcome.Fetched>(await fetcher.GetAsync(server.Url("/flaky"))).Status);
        Assert.Equal(502, Assert.IsType<FetchOutcome.Fetched>(await fetcher.GetAsync(server.Url("/502"))).Status);
        await fetcher.GetAsync(server.Url("/500"));
        await fetcher.GetAsync(server.Url("/404"));
        await fetcher.GetAsync(server.Url("/garbage"));
        await fetcher.GetAsync("http://gone.example/");
        await fetcher.GetAsync("http://servfail.example/");

        Assert.Equal((3, 3), (server.CountOf("/flaky"), server.CountOf("/502")));
        Assert.Equal((1, 1, 1), (server.CountOf("/500"), server.CountOf("/404"), server.CountOf("/garbage")));
        Assert.Equal((1, 3), (resolver.Asked("gone.example"), resolver.Asked("servfail.example")));
    }

    [Fact]
    public async Task A_failing_host_is_left_alone_for_a_while_and_others_are_not()
    {
        var time = new FakeTimeProvider();
        bool healed = false;
        await using var server = ScriptedHttpServer.Start();
        server.On("/", exchange => Volatile.Read(ref healed) ? exchange.RespondAsync(200, ReadOnlyMemory<byte>.Empty) : CutAsync(exchange)).OnText("/fine", "ok");
        FetcherOptions options = Fetchers.Options with { BreakerMinimumAttempts = 4, AllowList = Mapped(server, "bad.example", "good.example") };
        await using SafeFetcher fetcher = Fetchers.Create(options, time);

        for (int i = 0; i < 4; i++)
            Assert.IsType<FetchOutcome.ConnectionFailed>(await fetcher.GetAsync("http://bad.example/"));
        var paused = Assert.IsType<FetchOutcome.HostPaused>(await fetcher.GetAsync("http://bad.example/"));
        Assert.Equal(time.GetUtcNow() + options.BreakerPause, paused.RetryAt);
        Assert.IsType<FetchOutcome.Fetched>(await fetcher.GetAsync("http://good.example/fine"));
        Assert.Equal(5, server.Requests.Count);

        Volatile.Write(ref healed, true);
        time.Advance(options.BreakerPause);
        Assert.IsType<FetchOutcome.Fetched>(await fetcher.GetAsync("http://bad.example/"));
    }

    [Fact]
    public async Task Robots_are_read_once_a_day_and_recorded()
    {
        var time = new FakeTimeProvider();
        await using var server = ScriptedHttpServer.Start().OnText("/robots.txt", "User-agent: *\nDisallow: /private").OnText("/private/1", "x").OnText("/open", "x");
        await using SafeFetcher fetcher = Fetchers.Create(Fetchers.Options with { ReadRobots = true }, time);

        var disallowed = Assert.IsType<FetchOutcome.Fetched>(await fetcher.GetAsync(server.Url("/private/1")));
        var allowed = Assert.IsType<FetchOutcome.Fetched>(await fetcher.GetAsync(server.Url("/open")));
        Assert.Equal((false, true), (disallowed.RobotsAllowed, allowed.RobotsAllowed));

        var obeying = new FetchRequest { Url = server.Url("/private/1"), Robots = RobotsPolicy.Obey };
        Assert.False(Assert.IsType<FetchOutcome.RobotsDisallowed>(await fetcher.FetchAsync(obeying, TestContext.Current.CancellationToken)).RobotsAllowed);
        Assert.IsType<FetchOutcome.Fetched>(await fetcher.FetchAsync(obeying with { Url = server.Url("/open") }, TestContext.Current.CancellationToken));
        Assert.Equal((1, 1, 2), (server.CountOf("/robots.txt"), server.CountOf("/private/1"), server.CountOf("/open")));

        time.Advance(TimeSpan.FromHours(24));
        await fetcher.GetAsync(server.Url("/open"));
        Assert.Equal(2, server.CountOf("/robots.txt"));
    }

    [Theory]
    [InlineData(404, true)]
    [InlineData(403, true)]
    [InlineData(500, null)]
    [InlineData(503, null)]
    public async Task Robots_that_cannot_be_had(int status, bool? allowed)
    {
        var time = new FakeTimeProvider();
        await using var server = ScriptedHttpServer.Start().OnText("/robots.txt", "", status).OnText("/", "x");
        await using SafeFetcher fetcher = Fetchers.Create(Fetchers.Options with { ReadRobots = true }, time);

        Assert.Equal(allowed, Assert.IsType<FetchOutcome.Fetched>(await fetcher.GetAsync(server.Url())).RobotsAllowed);
        FetchOutcome obeying = await fetcher.FetchAsync(new FetchRequest { Url = server.Url(), Robots = RobotsPolicy.Obey }, TestContext.Current.CancellationToken);
        Assert.Equal(allowed == true, obeying is FetchOutcome.Fetched);
        Assert.Equal(allowed != true, obeying is FetchOutcome.RobotsDisallowed { RobotsAllowed: null });

        time.Advance(TimeSpan.FromMinutes(61));
        await fetcher.GetAsync(server.Url());
        Assert.Equal(allowed == true ? 1 : 2, server.CountOf("/robots.txt"));
    }

    [Fact]
    public async Task Robots_redirects_are_followed_even_when_two_hosts_point_at_each_other()
    {
        await using var one = ScriptedHttpServer.Start().OnText("/", "1");
        await using var two = ScriptedHttpServer.Start().OnText("/", "2").OnText("/moved.txt", "User-agent: *\nDisallow: /");
        one.OnRedirect("/robots.txt", two.Url("/moved.txt"));
        await using SafeFetcher fetcher = Fetchers.Create(Fetchers.Options with { ReadRobots = true });
        Assert.False((await fetcher.GetAsync(one.Url())).RobotsAllowed);

        two.OnRedirect("/robots.txt", one.Url("/r")).On("*", exchange => exchange.RespondAsync(404, ReadOnlyMemory<byte>.Empty));
        one.OnRedirect("/robots.txt", two.Url("/r")).OnRedirect("/r", two.Url("/r"));
        two.OnRedirect("/r", one.Url("/r"));
        await using SafeFetcher fresh = Fetchers.Create(Fetchers.Options with { ReadRobots = true });
        FetchOutcome[] outcomes = await Task.WhenAll(fresh.GetAsync(one.Url()), fresh.GetAsync(two.Url()));
        Assert.All(outcomes, outcome => Assert.True(Assert.IsType<FetchOutcome.Fetched>(outcome).RobotsAllowed));
    }

    [Fact]
    public async Task An_unreachable_host_is_told_as_such_even_when_robots_are_obeyed()
    {
        await using SafeFetcher fetcher = Fetchers.Create(Fetchers.Options with { ReadRobots = true });
        var request = new FetchRequest { Url = "http://gone.example/", Robots = RobotsPolicy.Obey };
        Assert.True(Assert.IsType<FetchOutcome.DnsFailed>(await fetcher.FetchAsync(request, TestContext.Current.CancellationToken)).NameDoesNotExist);
    }

    [Fact]
    public async Task The_memory_of_hosts_is_bounded()
    {
        await using var server = ScriptedHttpServer.Start().OnText("/", "x");
        string[] hosts = [.. Enumerable.Range(0, 200).Select(i => $"h{i}.example")];
        await using SafeFetcher fetcher = Fetchers.Create(Fetchers.Options with { MaxHosts = 20, AllowList = Mapped(server, hosts) });
        foreach (string host in hosts)
            Assert.IsType<FetchOutcome.Fetched>(await fetcher.GetAsync($"http://{host}/"));
        Assert.Equal(20, fetcher.KnownHosts);
    }

    private static LoopbackAllowList Mapped(ScriptedHttpServer server, params string[] hosts) =>
        new(hosts: hosts.ToDictionary(host => host, _ => server.Endpoint, StringComparer.Ordinal));

    private static Task CutAsync(ScriptedExchange exchange)
    {
        exchange.Close();
        return Task.CompletedTask;
    }

    private sealed class CountdownEventAsync(int count)
    {
        private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _left = count;

        public Task ArriveAsync()
        {
            if (Interlocked.Decrement(ref _left) == 0)
                _done.SetResult();
            return _done.Task;
        }
    }
}
