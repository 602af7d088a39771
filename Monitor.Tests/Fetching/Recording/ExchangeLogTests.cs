using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Monitor.Tests.Loopback;
using Monitor.Worker.Fetching;
using Monitor.Worker.Fetching.Recording;

namespace Monitor.Tests.Fetching.Recording;

/// <summary>Every attempt leaves an exchange: redirects, robots.txt, tries again, and those that nobody answered.</summary>
public sealed class ExchangeLogTests
{
    private static readonly FetcherOptions WithRobots = Fetchers.Options with { ReadRobots = true, Retries = 2 };

    [Fact]
    public async Task Robots_redirects_and_tries_again_are_all_there_in_order()
    {
        await using var server = ScriptedHttpServer.Start();
        var tries = 0;
        server.OnText("/robots.txt", "User-agent: *\nDisallow:").OnRedirect("/cu", "/moi").On("/moi", exchange => exchange.RespondAsync(++tries < 3 ? 503 : 200, "xong"u8.ToArray()));
        await using var fetcher = Fetchers.Create(WithRobots);
        var log = new ExchangeLog();

        Assert.IsType<FetchOutcome.Fetched>(await fetcher.FetchAsync(new FetchRequest { Url = server.Url("/cu"), Log = log }, TestContext.Current.CancellationToken));

        Assert.Equal(["/robots.txt", "/cu", "/moi", "/moi", "/moi"], log.Exchanges.Select(exchange => new Uri(exchange.Url).AbsolutePath));
        Assert.All(log.Exchanges, exchange => Assert.True(exchange is { Whole: true, Outcome: "answered", Connection.Pinned: not null }));
        Assert.Equal(server.Requests.Count, log.Exchanges.Count);
        Assert.Equal(1, server.Connections);
    }

    [Fact]
    public async Task What_nobody_answered_is_evidence_too()
    {
        var refused = new TcpListener(IPAddress.Loopback, 0);
        refused.Start();
        var nobody = ((IPEndPoint)refused.LocalEndpoint).Port;
        refused.Stop();
        await using var silent = ScriptedHttpServer.Start();
        silent.On("/", exchange => exchange.StayAsync());
        await using var torn = ScriptedHttpServer.Start();
        torn.On("/", async exchange =>
        {
            await exchange.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nnua");
            exchange.Reset();
        });
        var resolver = new FakeResolver();
        async Task<Exchange> AskAsync(string url, FetcherOptions? options = null)
        {
            await using var fetcher = Fetchers.Create(options, resolver: resolver);
            var log = new ExchangeLog();
            await fetcher.FetchAsync(new FetchRequest { Url = url, Limits = new FetchLimits { TotalTime = TimeSpan.FromSeconds(1) }, Log = log }, TestContext.Current.CancellationToken);
            return Assert.Single(log.Exchanges);
        }

        Assert.Equal("name-not-found", (await AskAsync("http://khong-co.example/")).Outcome);
        var noOne = await AskAsync($"http://127.0.0.1:{nobody}/");
        Assert.Equal(("connection-refused", true, true), (noOne.Outcome, noOne.Response.IsEmpty, noOne.Request.IsEmpty));
        Assert.Equal(IPAddress.Loopback, Assert.Single(noOne.Connection!.Resolved));
        var late = await AskAsync(silent.Url());
        Assert.Equal(("timed-out-headers", null, false), (late.Outcome, late.Truncated, late.Request.IsEmpty));
        var half = await AskAsync(torn.Url());
        Assert.Equal("disconnect", half.Truncated);
        Assert.EndsWith("nua", System.Text.Encoding.ASCII.GetString(half.Response.Span), StringComparison.Ordinal);
        Assert.Equal("forbidden-address-private", (await AskAsync("http://10.1.2.3/")).Outcome);
    }

    [Fact]
    public async Task The_chain_is_kept_of_good_and_of_bad_certificates()
    {
        using var good = TestCertificates.Valid("shop.example");
        using var old = TestCertificates.Expired("shop.example");
        foreach (var (certificate, outcome) in new[] { (good, "answered"), (old, "tls-expired") })
        {
            await using var server = ScriptedHttpServer.Start(certificate);
            server.OnText("/", "chào");
            var options = Fetchers.Options with
            {
                AllowList = new LoopbackAllowList([server.Endpoint], new Dictionary<string, IPEndPoint>(StringComparer.Ordinal) { ["shop.example"] = server.Endpoint }),
                TrustedRoots = [X509CertificateLoader.LoadCertificate(certificate.RawData)],
            };
            await using var fetcher = Fetchers.Create(options);
            var log = new ExchangeLog();
            await fetcher.FetchAsync(new FetchRequest { Url = "https://shop.example/", Log = log }, TestContext.Current.CancellationToken);

            var exchange = Assert.Single(log.Exchanges);
            Assert.Equal(outcome, exchange.Outcome);
            Assert.Equal(certificate.RawData, exchange.Connection!.Tls!.Chain[0]);
            Assert.Equal(outcome == "answered" ? null : "expired", exchange.Connection.Tls.Problem);
            Assert.Equal(outcome == "answered", exchange.Connection.Tls.Cipher.StartsWith("TLS_", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task On_a_kept_connection_each_exchange_has_its_own_bytes_also_after_one_that_was_not_recorded()
    {
        await using var server = ScriptedHttpServer.Start();
        foreach (var path in new[] { "/a", "/b", "/c" })
            server.OnText(path, "nội dung " + path);
        await using var fetcher = Fetchers.Create();
        var logs = new[] { new ExchangeLog(), null, new ExchangeLog() };
        foreach (var (path, log) in new[] { "/a", "/b", "/c" }.Zip(logs))
            await fetcher.FetchAsync(new FetchRequest { Url = server.Url(path), Log = log }, TestContext.Current.CancellationToken);

        Assert.Equal(1, server.Connections);
        Assert.EndsWith("nội dung /a", System.Text.Encoding.UTF8.GetString(Assert.Single(logs[0]!.Exchanges).Response.Span), StringComparison.Ordinal);
        var last = Assert.Single(logs[2]!.Exchanges);
        Assert.EndsWith("nội dung /c", System.Text.Encoding.UTF8.GetString(last.Response.Span), StringComparison.Ordinal);
        Assert.Equal(IPAddress.Loopback, last.Connection!.Pinned);
    }

    [Fact]
    public async Task A_connection_closed_just_as_the_next_request_leaves_is_no_failure()
    {
        // The moment of the close moves across the moment of the next request, so that some find it closed, some see it reset.
        for (var round = 0; round < 40; round++)
        {
            await using var server = ScriptedHttpServer.Start();
            server.On("/a", async exchange =>
            {
                await exchange.RespondAsync(200, "a"u8.ToArray());
                Thread.SpinWait(round * 500);
                exchange.Close();
            }).OnText("/b", "b");
            await using var fetcher = Fetchers.Create();
            foreach (var path in new[] { "/a", "/b" })
            {
                var log = new ExchangeLog();
                Assert.IsType<FetchOutcome.Fetched>(await fetcher.FetchAsync(new FetchRequest { Url = server.Url(path), Log = log }, TestContext.Current.CancellationToken));
                var exchange = Assert.Single(log.Exchanges);
                Assert.Equal(1, System.Text.Encoding.ASCII.GetString(exchange.Request.Span).Split("GET ").Length - 1);
            }
        }
    }

    [Fact]
    public async Task A_connection_gone_stale_leaves_no_trace_in_the_exchange_that_found_it()
    {
        await using var server = ScriptedHttpServer.Start();
        server.On("/a", async exchange =>
        {
            await exchange.RespondAsync(200, "a"u8.ToArray());
            exchange.Close();
        }).OnText("/b", "b");
        await using var fetcher = Fetchers.Create();
        foreach (var path in new[] { "/a", "/b" })
        {
            var log = new ExchangeLog();
            Assert.IsType<FetchOutcome.Fetched>(await fetcher.FetchAsync(new FetchRequest { Url = server.Url(path), Log = log }, TestContext.Current.CancellationToken));
            var exchange = Assert.Single(log.Exchanges);
            Assert.Equal(1, System.Text.Encoding.ASCII.GetString(exchange.Request.Span).Split("GET ").Length - 1);
        }
    }
}
