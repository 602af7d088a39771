using System.Globalization;
using System.Net;
using Monitor.Tests.Loopback;
using Monitor.Worker.Fetching;
using Monitor.Worker.Fetching.Vantages;

namespace Monitor.Tests.Fetching.Vantages;

/// <summary>The fetcher through real proxies on this machine: what they are asked for, and what their failures read as.</summary>
public sealed class TunnelTests
{
    public enum Proxy
    {
        Http,
        Socks,
    }

    [Theory]
    [InlineData(Proxy.Http, false)]
    [InlineData(Proxy.Http, true)]
    [InlineData(Proxy.Socks, false)]
    [InlineData(Proxy.Socks, true)]
    public async Task Pages_come_through_with_redirects_and_robots_and_the_proxy_sees_a_checked_address_or_the_name(Proxy kind, bool remote)
    {
        await using var site = ScriptedHttpServer.Start().OnText("/here", "xin chào").OnText("/robots.txt", "User-agent: *\nDisallow: /here");
        site.OnRedirect("/go", "http://second.example/here");
        await using ScriptedProxy proxy = Start(kind);
        proxy.Route = _ => site.Endpoint;
        var resolver = new FakeResolver().On("first.example", "93.184.216.34").On("second.example", "93.184.216.35");
        await using SafeFetcher fetcher = Fetchers.Create(Guarded(kind, proxy, remote) with { ReadRobots = true }, resolver: resolver);

        var outcome = Assert.IsType<FetchOutcome.Fetched>(await fetcher.GetAsync("http://first.example/go"));

        Assert.Equal(("xin chào", "http://second.example/here"), (System.Text.Encoding.UTF8.GetString(outcome.Body), outcome.FinalUrl));
        Assert.Equal(remote ? ["first.example:80", "second.example:80"] : ["93.184.216.34:80", "93.184.216.35:80"], proxy.Asked.Distinct());
        Assert.Equal(remote ? null : "93.184.216.35", outcome.RemoteAddress);
        Assert.Equal(remote ? 0 : 1, resolver.Asked("first.example"));
        Assert.Equal(["/robots.txt", "/go", "/robots.txt", "/here"], site.Requests.Select(request => request.Target));
        Assert.All(site.Requests, request => Assert.DoesNotContain(request.Headers.Keys, name => name.StartsWith("proxy", StringComparison.Ordinal) || name == "via"));
    }

    [Theory]
    [InlineData(Proxy.Http, false)]
    [InlineData(Proxy.Socks, true)]
    public async Task Tls_is_between_the_site_and_us(Proxy kind, bool remote)
    {
        using var certificate = TestCertificates.Valid("kin.example");
        await using var site = ScriptedHttpServer.Start(certificate).OnText("/", "kín");
        await using ScriptedProxy proxy = Start(kind);
        proxy.Route = _ => site.Endpoint;
        var resolver = new FakeResolver().On("kin.example", "93.184.216.34").On("khac.example", "93.184.216.34");
        await using SafeFetcher fetcher = Fetchers.Create(Guarded(kind, proxy, remote) with { TrustedRoots = [certificate] }, resolver: resolver);

        Assert.IsType<FetchOutcome.Fetched>(await fetcher.GetAsync("https://kin.example/"));
        Assert.Equal("name-mismatch", Assert.IsType<FetchOutcome.TlsFailed>(await fetcher.GetAsync("https://khac.example/")).Problem);
        Assert.All(proxy.Asked, asked => Assert.EndsWith(":443", asked, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(Proxy.Http)]
    [InlineData(Proxy.Socks)]
    public async Task Credentials_come_from_the_environment_and_a_missing_or_wrong_one_is_the_proxys_trouble(Proxy kind)
    {
        string variable = $"MONITOR_TEST_{Guid.NewGuid():N}".ToUpperInvariant();
        await using var site = ScriptedHttpServer.Start().OnText("/", "ok");
        await using ScriptedProxy proxy = Start(kind);
        proxy.Route = _ => site.Endpoint;
        proxy.Login = "trạm:bí mật";
        var login = new ProxyLogin("trạm", variable);
        var resolver = new FakeResolver().On("a.example", "93.184.216.34");
        async Task<FetchOutcome> FetchAsync(ProxyLogin who)
        {
            await using SafeFetcher fetcher = Fetchers.Create(Guarded(kind, proxy, remote: false, who), resolver: resolver);
            return await fetcher.GetAsync("http://a.example/");
        }

        Assert.Equal(ConnectionProblem.Proxy, Assert.IsType<FetchOutcome.ConnectionFailed>(await FetchAsync(login)).Problem);
        Assert.Empty(proxy.Logins);
        try
        {
            Environment.SetEnvironmentVariable(variable, "sai");
            Assert.Equal(ConnectionProblem.Proxy, Assert.IsType<FetchOutcome.ConnectionFailed>(await FetchAsync(login)).Problem);
            Environment.SetEnvironmentVariable(variable, "bí mật");
            Assert.IsType<FetchOutcome.Fetched>(await FetchAsync(login));
            Assert.Equal(["trạm:sai", "trạm:bí mật"], proxy.Logins);
            Assert.Equal(ConnectionProblem.Proxy, Assert.IsType<FetchOutcome.ConnectionFailed>(await FetchAsync(ProxyLogin.None)).Problem);
        }
        finally
        {
            Environment.SetEnvironmentVariable(variable, null);
        }

        Assert.Single(site.Requests);
    }

    [Theory]
    [InlineData("http://127.0.0.1:PORT/", "loopback")]
    [InlineData("http://0x7f.1:PORT/", "loopback")]
    [InlineData("http://[::ffff:127.0.0.1]:PORT/", "mapped")]
    [InlineData("http://169.254.169.254/", "metadata")]
    [InlineData("http://10.0.0.1/", "private")]
    [InlineData("http://localhost:PORT/", "loopback")]
    [InlineData("http://a.localhost./", "loopback")]
    [InlineData("http://may-in.local/", "inner-name")]
    [InlineData("http://ke-toan.internal/", "inner-name")]
    [InlineData("http://KE-TOAN.INTERNAL./", "inner-name")]
    [InlineData("http://may-in/", "inner-name")]
    [InlineData("http://router.home.arpa/", "inner-name")]
    [InlineData("http://go.example/", "metadata")]
    public async Task What_must_not_be_contacted_is_not_even_named_to_a_proxy_that_resolves(string url, string kind)
    {
        foreach (Proxy one in Enum.GetValues<Proxy>())
        {
            await using var site = ScriptedHttpServer.Start().OnRedirect("/", "http://169.254.169.254/latest/");
            await using ScriptedProxy proxy = Start(one);
            proxy.Route = _ => site.Endpoint;
            await using SafeFetcher fetcher = Fetchers.Create(Guarded(one, proxy, remote: true));

            FetchOutcome outcome = await fetcher.GetAsync(url.Replace("PORT", site.Port.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal));

            Assert.Equal(kind, Assert.IsType<FetchOutcome.UnsafeAddress>(outcome).Kind);
            Assert.Equal(url == "http://go.example/" ? ["go.example:80"] : [], proxy.Asked);
        }
    }

    [Theory]
    [InlineData("inner.example", "private")]
    [InlineData("mixed.example", "loopback")]
    [InlineData("127.0.0.1", "loopback")]
    public async Task Names_resolved_here_are_checked_here(string host, string kind)
    {
        var resolver = new FakeResolver().On("inner.example", "192.168.7.7").On("mixed.example", "93.184.216.34", "127.0.0.1");
        foreach (Proxy one in Enum.GetValues<Proxy>())
        {
            await using ScriptedProxy proxy = Start(one);
            await using SafeFetcher fetcher = Fetchers.Create(Guarded(one, proxy, remote: false), resolver: resolver);

            Assert.Equal(kind, Assert.IsType<FetchOutcome.UnsafeAddress>(await fetcher.GetAsync($"http://{host}/")).Kind);
            Assert.Equal(0, proxy.Connections);
        }
    }

    [Theory]
    [InlineData(Proxy.Http, "")]
    [InlineData(Proxy.Http, "HTTP/1.1 403 No\r\n\r\n")]
    [InlineData(Proxy.Http, "HTTP/1.1 200 OK\r\n\r\nHTTP/1.1 404 Forged\r\nContent-Length: 0\r\n\r\n")]
    [InlineData(Proxy.Http, "SSH-2.0-x\r\n\r\n")]
    [InlineData(Proxy.Http, "HTTP/1.1 2000 OK\r\n\r\n")]
    [InlineData(Proxy.Http, "HTTP/1.1 200 OK\r\n")]
    [InlineData(Proxy.Socks, "")]
    [InlineData(Proxy.Socks, "\u0005\u00ff")]
    [InlineData(Proxy.Socks, "\u0004\u0000")]
    [InlineData(Proxy.Socks, "\u0005\u0002")]
    [InlineData(Proxy.Socks, "\u0005\u0000\u0005\u0002\u0000\u0001\u0000\u0000\u0000\u0000\u0000\u0000")]
    [InlineData(Proxy.Socks, "\u0005\u0000\u0005\u0000\u0000\u0009")]
    [InlineData(Proxy.Socks, "\u0005\u0000\u0005\u0000\u0000\u0001\u0000")]
    public async Task What_a_proxy_gets_wrong_says_nothing_about_the_site(Proxy kind, string latin1)
    {
        await using ScriptedProxy proxy = Start(kind);
        proxy.Instead = System.Text.Encoding.Latin1.GetBytes(latin1);
        await using SafeFetcher fetcher = Fetchers.Create(Guarded(kind, proxy, remote: true));

        Assert.Equal(ConnectionProblem.Proxy, Assert.IsType<FetchOutcome.ConnectionFailed>(await fetcher.GetAsync("http://a.example/")).Problem);
    }

    [Fact]
    public async Task An_endless_greeting_ends()
    {
        await using ScriptedProxy proxy = ScriptedProxy.Http();
        proxy.Instead = System.Text.Encoding.ASCII.GetBytes("HTTP/1.1 200 OK\r\n" + string.Concat(Enumerable.Repeat("X: y\r\n", 5000)));
        await using SafeFetcher fetcher = Fetchers.Create(Guarded(Proxy.Http, proxy, remote: true));

        Assert.Equal(ConnectionProblem.Proxy, Assert.IsType<FetchOutcome.ConnectionFailed>(await fetcher.GetAsync("http://a.example/")).Problem);
    }

    [Theory]
    [InlineData(Proxy.Http)]
    [InlineData(Proxy.Socks)]
    public async Task A_proxy_that_is_down_and_a_site_that_cannot_be_reached_from_it_are_told_apart(Proxy kind)
    {
        ScriptedProxy proxy = Start(kind);
        FetcherOptions options = Guarded(kind, proxy, remote: true);
        await using (SafeFetcher fetcher = Fetchers.Create(options))
            Assert.Equal(ConnectionProblem.Unreachable, Assert.IsType<FetchOutcome.ConnectionFailed>(await fetcher.GetAsync("http://a.example/")).Problem);
        await proxy.DisposeAsync();
        await using (SafeFetcher fetcher = Fetchers.Create(options))
            Assert.Equal(ConnectionProblem.Proxy, Assert.IsType<FetchOutcome.ConnectionFailed>(await fetcher.GetAsync("http://a.example/")).Problem);
    }

    private static ScriptedProxy Start(Proxy kind) => kind == Proxy.Http ? ScriptedProxy.Http() : ScriptedProxy.Socks();

    private static FetcherOptions Guarded(Proxy kind, ScriptedProxy proxy, bool remote, ProxyLogin? login = null) => Fetchers.Options with
    {
        AllowList = LoopbackAllowList.Empty,
        Tunnel = kind == Proxy.Http
            ? new ConnectTunnel("127.0.0.1", proxy.Port, remote, login ?? ProxyLogin.None)
            : new Socks5Tunnel("127.0.0.1", proxy.Port, remote, login ?? ProxyLogin.None),
    };
}
