using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using Monitor.Tests.Loopback;
using Monitor.Worker.Fetching;

namespace Monitor.Tests.Fetching;

/// <summary>Every way a fetch can end, produced by a server that really does it.</summary>
public sealed class SafeFetcherOutcomeTests
{
    private static readonly byte[] Page = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("đèn lồng xanh ", 500)));

    [Fact]
    public async Task A_page_arrives_whole_with_its_headers()
    {
        await using var server = ScriptedHttpServer.Start();
        server.OnText("/a?b=1", "xin chào", 200, "text/html", ("X-Two", "1"), ("X-Two", "2"), ("Set-Cookie", "session=secret"), ("ETag", "\"7\""));
        await using SafeFetcher fetcher = Fetchers.Create(Fetchers.Options with { Contact = "lienhe@example.vn" });

        var fetched = Assert.IsType<FetchOutcome.Fetched>(await fetcher.GetAsync(server.Url("/a?b=1")));
        Assert.IsType<FetchOutcome.Fetched>(await fetcher.GetAsync(server.Url("/a?b=1")));

        Assert.Equal(200, fetched.Status);
        Assert.Equal("xin chào", Encoding.UTF8.GetString(fetched.Body));
        Assert.Equal(server.Url("/a?b=1"), fetched.FinalUrl);
        Assert.Equal("127.0.0.1", fetched.RemoteAddress);
        Assert.Equal("1, 2", fetched.Headers["x-two"]);
        Assert.Equal("", fetched.Headers["set-cookie"]);
        Assert.Equal("\"7\"", fetched.Headers["etag"]);
        Assert.Empty(fetched.Hops);
        Assert.Null(fetched.RobotsAllowed);

        ScriptedRequest sent = server.Requests[1];
        Assert.Equal(("GET", "MonitorVN/0.1 (+mailto:lienhe@example.vn)"), (sent.Method, sent.Headers["user-agent"]));
        Assert.Equal(["accept", "accept-encoding", "accept-language", "host", "user-agent"], sent.Headers.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(1, server.Connections);
    }

    [Theory]
    [InlineData(204)]
    [InlineData(304)]
    [InlineData(404)]
    [InlineData(410)]
    [InlineData(451)]
    [InlineData(500)]
    [InlineData(599)]
    public async Task Any_status_is_an_answer(int status)
    {
        await using var server = ScriptedHttpServer.Start().On("/s", exchange => exchange.WriteAsync($"HTTP/1.1 {status} x\r\nContent-Length: 0\r\n\r\n"));
        await using SafeFetcher fetcher = Fetchers.Create();
        Assert.Equal(status, Assert.IsType<FetchOutcome.Fetched>(await fetcher.GetAsync(server.Url("/s"))).Status);
    }

    [Fact]
    public async Task Head_asks_for_headers_only()
    {
        await using var server = ScriptedHttpServer.Start().OnText("/a", "body", headers: ("Content-Encoding", "gzip"));
        await using SafeFetcher fetcher = Fetchers.Create();
        var request = new FetchRequest { Url = server.Url("/a"), Method = FetchMethod.Head };

        var fetched = Assert.IsType<FetchOutcome.Fetched>(await fetcher.FetchAsync(request, TestContext.Current.CancellationToken));

        Assert.Equal(("HEAD", 200, 0), (server.Requests[0].Method, fetched.Status, fetched.Body.Length));
        Assert.Equal("4", fetched.Headers["content-length"]);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("x-gzip")]
    [InlineData("deflate")]
    [InlineData("raw-deflate")]
    [InlineData("br")]
    [InlineData("identity")]
    [InlineData("GZIP")]
    [InlineData("gzip, br")]
    [InlineData("deflate, gzip, identity")]
    public async Task Codings_are_undone(string codings)
    {
        byte[] body = Page;
        foreach (string coding in codings.Split(", "))
            body = Compress(body, coding);
        await using var server = ScriptedHttpServer.Start().On("/", exchange => exchange.RespondAsync(200, body, ("Content-Encoding", codings.Replace("raw-", "", StringComparison.Ordinal))));
        await using SafeFetcher fetcher = Fetchers.Create();
        Assert.Equal(Page, Assert.IsType<FetchOutcome.Fetched>(await fetcher.GetAsync(server.Url())).Body);
    }

    [Fact]
    public async Task A_chunked_body_and_one_ended_by_closing_arrive_whole()
    {
        await using var server = ScriptedHttpServer.Start();
        server.On("/chunked", exchange => exchange.WriteAsync("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n"));
        server.OnRaw("/closed", "HTTP/1.1 200 OK\r\n\r\nuntil the end");
        await using SafeFetcher fetcher = Fetchers.Create();
        Assert.Equal("abcde"u8.ToArray(), Assert.IsType<FetchOutcome.Fetched>(await fetcher.GetAsync(server.Url("/chunked"))).Body);
        Assert.Equal("until the end"u8.ToArray(), Assert.IsType<FetchOutcome.Fetched>(await fetcher.GetAsync(server.Url("/closed"))).Body);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("deflate")]
    public async Task A_decompression_bomb_is_cut_at_the_body_cap(string coding)
    {
        byte[] bomb = Compress(new byte[50 * 1024 * 1024], coding);
        await using var server = ScriptedHttpServer.Start().On("/", exchange => exchange.RespondAsync(200, bomb, ("Content-Encoding", coding)));
        await using SafeFetcher fetcher = Fetchers.Create();

        var outcome = Assert.IsType<FetchOutcome.TooLarge>(await fetcher.GetAsync(server.Url(), new FetchLimits { MaxBodyBytes = 3_000_000 }));

        Assert.Equal((FetchCap.BodyBytes, 200, 1024 * 1024), (outcome.Cap, outcome.Status, outcome.Partial.Length));
    }

    [Fact]
    public async Task A_bomb_within_a_bomb_is_cut_too()
    {
        byte[] zeros = Compress(Compress(new byte[200 * 1024 * 1024], "gzip"), "gzip");
        await using var server = ScriptedHttpServer.Start().On("/zeros", exchange => exchange.RespondAsync(200, zeros, ("Content-Encoding", "gzip, gzip")));
        await using SafeFetcher fetcher = Fetchers.Create();
        var cut = Assert.IsType<FetchOutcome.TooLarge>(await fetcher.GetAsync(server.Url("/zeros"), new FetchLimits { MaxBodyBytes = 100_000 }));
        Assert.Equal((FetchCap.BodyBytes, true), (cut.Cap, cut.Partial.Length <= 100_000));
    }

    [Fact]
    public async Task Endless_and_oversized_bodies_are_cut_at_the_wire_cap()
    {
        byte[] chunk = Enumerable.Repeat((byte)'x', 16 * 1024).ToArray();
        await using var server = ScriptedHttpServer.Start();
        server.On("/endless", async exchange =>
        {
            await exchange.WriteAsync("HTTP/1.1 200 OK\r\n\r\n");
            await exchange.WriteEndlesslyAsync(chunk);
        });
        server.On("/50MB", async exchange =>
        {
            await exchange.WriteAsync($"HTTP/1.1 200 OK\r\nContent-Length: {50 * 1024 * 1024}\r\n\r\n");
            await exchange.WriteEndlesslyAsync(chunk);
        });
        await using SafeFetcher fetcher = Fetchers.Create();

        foreach (string path in new[] { "/endless", "/50MB" })
        {
            var outcome = Assert.IsType<FetchOutcome.TooLarge>(await fetcher.GetAsync(server.Url(path)));
            Assert.Equal((FetchCap.WireBytes, 1024 * 1024), (outcome.Cap, outcome.Partial.Length));
            Assert.All(outcome.Partial, b => Assert.Equal((byte)'x', b));
        }
    }

    [Fact]
    public async Task A_body_of_exactly_the_cap_is_whole_and_one_byte_more_is_not()
    {
        await using var server = ScriptedHttpServer.Start();
        server.OnRaw("/1000", "HTTP/1.1 200 OK\r\n\r\n" + new string('x', 1000)).OnRaw("/1001", "HTTP/1.1 200 OK\r\n\r\n" + new string('x', 1001));
        await using SafeFetcher fetcher = Fetchers.Create();
        var limits = new FetchLimits { MaxWireBytes = 1000, MaxBodyBytes = 1000 };
        Assert.Equal(1000, Assert.IsType<FetchOutcome.Fetched>(await fetcher.GetAsync(server.Url("/1000"), limits)).Body.Length);
        Assert.Equal(1000, Assert.IsType<FetchOutcome.TooLarge>(await fetcher.GetAsync(server.Url("/1001"), limits)).Partial.Length);
    }

    [Theory]
    [InlineData("garbage\r\n\r\n", "invalid-response")]
    [InlineData("\0\u0001\u0002\u0003\r\n\r\n", "invalid-response")]
    [InlineData("HTTP/1.1 abc OK\r\n\r\n", "invalid-response")]
    [InlineData("HTTP/1.1 200 OK\r\nno colon here\r\n\r\n", "invalid-response")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n", "broken-body")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\nthis is not gzip", "broken-compression")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Encoding: br\r\n\r\nthis is not brotli at all, surely", "broken-compression")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Encoding: deflate\r\n\r\n\u0078\u009cbroken", "broken-compression")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Encoding: zstd\r\n\r\nx", "unsupported-coding")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Encoding: gzip, gzip, gzip, gzip\r\n\r\nx", "too-many-codings")]
    public async Task What_is_not_http_is_a_protocol_error(string answer, string problem)
    {
        await using var server = ScriptedHttpServer.Start().OnRaw("/", answer);
        await using SafeFetcher fetcher = Fetchers.Create();
        Assert.Equal(problem, Assert.IsType<FetchOutcome.ProtocolError>(await fetcher.GetAsync(server.Url())).Problem);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("deflate")]
    public async Task Compression_that_ends_too_soon_is_broken(string coding)
    {
        byte[] whole = Compress(Page, coding);
        await using var server = ScriptedHttpServer.Start().On("/", exchange => exchange.RespondAsync(200, whole.AsMemory(0, whole.Length / 2), ("Content-Encoding", coding)));
        await using SafeFetcher fetcher = Fetchers.Create();
        Assert.Equal("broken-compression", Assert.IsType<FetchOutcome.ProtocolError>(await fetcher.GetAsync(server.Url())).Problem);
    }

    [Theory]
    [InlineData(200, 64)]
    [InlineData(20, 16)]
    public async Task Headers_beyond_the_cap_are_a_protocol_error(int kilobytesSent, int kilobytesAllowed)
    {
        string lines = string.Concat(Enumerable.Repeat("X-Filler: " + new string('x', 1012) + "\r\n", kilobytesSent));
        await using var server = ScriptedHttpServer.Start().OnRaw("/", $"HTTP/1.1 200 OK\r\n{lines}Content-Length: 0\r\n\r\n");
        await using SafeFetcher fetcher = Fetchers.Create();
        FetchOutcome outcome = await fetcher.GetAsync(server.Url(), new FetchLimits { MaxHeaderKilobytes = kilobytesAllowed });
        Assert.Equal("headers-too-large", Assert.IsType<FetchOutcome.ProtocolError>(outcome).Problem);
    }

    [Fact]
    public async Task Broken_connections_say_how()
    {
        await using var server = ScriptedHttpServer.Start();
        server.OnRaw("/mute", "").OnRaw("/headers", "HTTP/1.1 200 OK\r\nContent-").OnRaw("/body", "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nabc");
        server.OnRaw("/long-body", "HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\nabc").OnRaw("/chunk", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab");
        server.On("/reset", exchange =>
        {
            exchange.Reset();
            return Task.CompletedTask;
        });
        await using SafeFetcher fetcher = Fetchers.Create();

        foreach (string path in new[] { "/mute", "/headers", "/body", "/long-body", "/chunk" })
            Assert.Equal(ConnectionProblem.ClosedEarly, Assert.IsType<FetchOutcome.ConnectionFailed>(await fetcher.GetAsync(server.Url(path))).Problem);
        Assert.Equal(ConnectionProblem.Reset, Assert.IsType<FetchOutcome.ConnectionFailed>(await fetcher.GetAsync(server.Url("/reset"))).Problem);

        int port;
        using (var closed = new TcpListener(IPAddress.Loopback, 0))
        {
            closed.Start();
            port = ((IPEndPoint)closed.LocalEndpoint).Port;
        }

        Assert.Equal(ConnectionProblem.Refused, Assert.IsType<FetchOutcome.ConnectionFailed>(await fetcher.GetAsync($"http://127.0.0.1:{port}/")).Problem);
    }

    [Fact]
    public async Task Dns_tells_no_such_name_from_no_answer()
    {
        var resolver = new FakeResolver().On("servfail.example", _ => new NameResolution.Failed());
        await using SafeFetcher fetcher = Fetchers.Create(resolver: resolver);
        Assert.True(Assert.IsType<FetchOutcome.DnsFailed>(await fetcher.GetAsync("http://gone.example/")).NameDoesNotExist);
        Assert.False(Assert.IsType<FetchOutcome.DnsFailed>(await fetcher.GetAsync("http://servfail.example/")).NameDoesNotExist);
    }

    [Fact]
    public async Task Certificates_are_judged_and_the_reason_is_told()
    {
        using X509Certificate2 good = TestCertificates.Valid("shop.example");
        using X509Certificate2 old = TestCertificates.Expired("shop.example");
        await using var server = ScriptedHttpServer.Start(good).OnText("/", "secure");
        await using var expired = ScriptedHttpServer.Start(old);
        var allow = new LoopbackAllowList(hosts: new Dictionary<string, IPEndPoint>
        {
            ["shop.example"] = server.Endpoint,
            ["other.example"] = server.Endpoint,
        });
        var allowExpired = new LoopbackAllowList(hosts: new Dictionary<string, IPEndPoint> { ["shop.example"] = expired.Endpoint });
        await using SafeFetcher trusting = Fetchers.Create(Fetchers.Options with { AllowList = allow, TrustedRoots = [good] });
        await using SafeFetcher trustingOld = Fetchers.Create(Fetchers.Options with { AllowList = allowExpired, TrustedRoots = [old] });
        await using SafeFetcher strict = Fetchers.Create(Fetchers.Options with { AllowList = allow });

        Assert.Equal("secure"u8.ToArray(), Assert.IsType<FetchOutcome.Fetched>(await trusting.GetAsync("https://shop.example/")).Body);
        Assert.Equal("name-mismatch", Assert.IsType<FetchOutcome.TlsFailed>(await trusting.GetAsync("https://other.example/")).Problem);
        Assert.Equal("expired", Assert.IsType<FetchOutcome.TlsFailed>(await trustingOld.GetAsync("https://shop.example/")).Problem);
        Assert.Equal("untrusted-root", Assert.IsType<FetchOutcome.TlsFailed>(await strict.GetAsync("https://shop.example/")).Problem);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_port_that_does_not_speak_tls_fails_the_handshake()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        Task answering = Task.Run(async () =>
        {
            using Socket socket = await listener.AcceptSocketAsync(TestContext.Current.CancellationToken);
            await socket.SendAsync("HTTP/1.1 400 Bad Request\r\n\r\n"u8.ToArray());
        });
        await using SafeFetcher fetcher = Fetchers.Create();
        Assert.Equal("handshake", Assert.IsType<FetchOutcome.TlsFailed>(await fetcher.GetAsync($"https://{listener.LocalEndpoint}/")).Problem);
        await answering;
    }

    [Fact]
    public async Task Time_outs_tell_the_stage()
    {
        var time = new FakeTimeProvider();
        var reached = new TaskCompletionSource();
        await using var server = ScriptedHttpServer.Start();
        server.On("/mute", exchange =>
        {
            reached.TrySetResult();
            return exchange.StayAsync();
        });
        server.On("/stall", async exchange =>
        {
            // More than the sockets' buffers can hold: once it is written, the client is in the body.
            await exchange.WriteAsync($"HTTP/1.1 200 OK\r\nContent-Length: {60 * 1024 * 1024}\r\n\r\n");
            await exchange.WriteAsync(new byte[40 * 1024 * 1024]);
            reached.TrySetResult();
            await exchange.StayAsync();
        });
        var resolver = new HangingResolver(() => reached.TrySetResult());
        await using SafeFetcher fetcher = Fetchers.Create(time: time, resolver: resolver);

        foreach ((string url, FetchStage stage) in new[] { ("http://slow.example/", FetchStage.Connecting), (server.Url("/mute"), FetchStage.Headers), (server.Url("/stall"), FetchStage.Body) })
        {
            reached = new TaskCompletionSource();
            Task<FetchOutcome> fetch = fetcher.GetAsync(url, FetchLimits.Media);
            await reached.Task;
            time.Advance(FetchLimits.Media.TotalTime);
            var outcome = Assert.IsType<FetchOutcome.TimedOut>(await fetch);
            Assert.Equal((stage, FetchLimits.Media.TotalTime), (outcome.Stage, outcome.Elapsed));
        }
    }

    [Fact]
    public async Task The_callers_cancellation_is_the_callers()
    {
        using var cancel = new CancellationTokenSource();
        await using var server = ScriptedHttpServer.Start();
        server.On("/", async exchange =>
        {
            await cancel.CancelAsync();
            await exchange.StayAsync();
        });
        await using SafeFetcher fetcher = Fetchers.Create();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => fetcher.FetchAsync(new FetchRequest { Url = server.Url() }, cancel.Token));
    }

    [Fact]
    public async Task Redirects_are_followed_and_recorded()
    {
        await using var other = ScriptedHttpServer.Start().OnText("/end", "there");
        await using var server = ScriptedHttpServer.Start();
        server.OnRedirect("/a", "b?x=đ", 301).OnRedirect("/b?x=%C4%91", other.Url("/end"), 307);
        await using SafeFetcher fetcher = Fetchers.Create();

        var fetched = Assert.IsType<FetchOutcome.Fetched>(await fetcher.GetAsync(server.Url("/a")));

        Assert.Equal(other.Url("/end"), fetched.FinalUrl);
        Assert.Equal([new FetchHop(server.Url("/a"), 301, "b?x=đ"), new FetchHop(server.Url("/b?x=%C4%91"), 307, other.Url("/end"))], fetched.Hops);
        Assert.False(other.Requests[0].Headers.ContainsKey("referer"));

        var asked = new FetchRequest { Url = server.Url("/a"), FollowRedirects = false };
        var first = Assert.IsType<FetchOutcome.Fetched>(await fetcher.FetchAsync(asked, TestContext.Current.CancellationToken));
        Assert.Equal((301, server.Url("/a"), "b?x=đ"), (first.Status, first.FinalUrl, first.Headers["location"]));
    }

    [Fact]
    public async Task Redirect_loops_and_long_chains_end()
    {
        await using var server = ScriptedHttpServer.Start();
        server.OnRedirect("/self", "/self").OnRedirect("/x", "/y").OnRedirect("/y", "/x");
        for (int i = 0; i < 20; i++)
            server.OnRedirect($"/n{i}", $"/n{i + 1}");
        await using SafeFetcher fetcher = Fetchers.Create();

        Assert.Single(Assert.IsType<FetchOutcome.TooManyRedirects>(await fetcher.GetAsync(server.Url("/self"))).Hops);
        Assert.True(Assert.IsType<FetchOutcome.TooManyRedirects>(await fetcher.GetAsync(server.Url("/x"))).Loop);
        var chain = Assert.IsType<FetchOutcome.TooManyRedirects>(await fetcher.GetAsync(server.Url("/n0"), new FetchLimits { MaxRedirects = 5 }));
        Assert.Equal((false, 6), (chain.Loop, chain.Hops.Count));
        Assert.Equal(0, server.CountOf("/n6"));
    }

    private static byte[] Compress(byte[] bytes, string coding)
    {
        using var result = new MemoryStream();
        using (Stream? stream = coding.ToLowerInvariant() switch
        {
            "gzip" or "x-gzip" => new GZipStream(result, CompressionLevel.Fastest, leaveOpen: true),
            "deflate" => new ZLibStream(result, CompressionLevel.Fastest, leaveOpen: true),
            "raw-deflate" => new DeflateStream(result, CompressionLevel.Fastest, leaveOpen: true),
            "br" => new BrotliStream(result, CompressionLevel.Fastest, leaveOpen: true),
            _ => null,
        })
        {
            if (stream is null)
                return bytes;
            stream.Write(bytes);
        }

        return result.ToArray();
    }

    private sealed class HangingResolver(Action asked) : INameResolver
    {
        public async Task<NameResolution> ResolveAsync(string host, CancellationToken cancellation)
        {
            asked();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellation);
            return new NameResolution.Failed();
        }
    }
}
