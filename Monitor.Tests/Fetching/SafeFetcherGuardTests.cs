using System.Net;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Monitor.Tests.Loopback;
using Monitor.Worker.Fetching;

namespace Monitor.Tests.Fetching;

/// <summary>What must never be contacted, and that it was not: the server at the other end counts connections.</summary>
public sealed class SafeFetcherGuardTests
{
    private static readonly FetcherOptions Guarded = Fetchers.Options with { AllowList = LoopbackAllowList.Empty };

    [Theory]
    [InlineData("http://127.0.0.1:PORT/", "loopback")]
    [InlineData("http://0x7f.1:PORT/", "loopback")]
    [InlineData("http://2130706433:PORT/", "loopback")]
    [InlineData("http://017700000001:PORT/", "loopback")]
    [InlineData("http://127.1:PORT/", "loopback")]
    [InlineData("http://１２７.0.0.1:PORT/", "loopback")]
    [InlineData("http://127.0.0.1.:PORT/", "loopback")]
    [InlineData("http://0:PORT/", "unspecified")]
    [InlineData("http://[::1]:PORT/", "loopback")]
    [InlineData("http://[::]:PORT/", "unspecified")]
    [InlineData("http://[::ffff:127.0.0.1]:PORT/", "mapped")]
    [InlineData("http://[::127.0.0.1]:PORT/", "mapped")]
    [InlineData("http://[64:ff9b::7f00:1]:PORT/", "nat64")]
    [InlineData("http://[2002:7f00:1::]:PORT/", "6to4")]
    [InlineData("http://169.254.169.254/", "metadata")]
    [InlineData("http://[fd00:ec2::254]/", "metadata")]
    [InlineData("http://10.0.0.1/", "private")]
    [InlineData("http://inner.example:PORT/", "private")]
    [InlineData("http://loop.example:PORT/", "loopback")]
    public async Task Forbidden_addresses_are_not_contacted(string url, string kind)
    {
        await using var server = ScriptedHttpServer.Start();
        var resolver = new FakeResolver().On("inner.example", "192.168.7.7").On("loop.example", "127.0.0.1");
        await using SafeFetcher fetcher = Fetchers.Create(Guarded, resolver: resolver);

        FetchOutcome outcome = await fetcher.GetAsync(url.Replace("PORT", server.Port.ToString(), StringComparison.Ordinal));

        Assert.Equal(kind, Assert.IsType<FetchOutcome.UnsafeAddress>(outcome).Kind);
        Assert.Equal(0, server.Connections);
    }

    [Theory]
    [InlineData("file:///etc/hosts", RefusalReason.UnsupportedScheme)]
    [InlineData("gopher://127.0.0.1:70/", RefusalReason.UnsupportedScheme)]
    [InlineData("ftp://example.vn/", RefusalReason.UnsupportedScheme)]
    [InlineData("http://a:b@127.0.0.1/", RefusalReason.Credentials)]
    [InlineData("example.vn/x", RefusalReason.Malformed)]
    [InlineData("http://127.0.0.1/\r\nX: y", RefusalReason.Malformed)]
    [InlineData("", RefusalReason.Malformed)]
    public async Task What_is_no_absolute_http_url_is_refused(string url, RefusalReason reason)
    {
        await using SafeFetcher fetcher = Fetchers.Create();
        Assert.Equal(reason, Assert.IsType<FetchOutcome.Refused>(await fetcher.GetAsync(url)).Reason);
    }

    [Theory]
    [InlineData("http://127.0.0.1:VICTIM/")]
    [InlineData("http://0x7f.1:VICTIM/")]
    [InlineData("//2130706433:VICTIM/")]
    [InlineData("http://[::ffff:127.0.0.1]:VICTIM/")]
    [InlineData("http://169.254.169.254/latest/")]
    [InlineData("http://rebound.example:VICTIM/")]
    public async Task Redirects_are_guarded_like_the_first_url(string location)
    {
        await using var victim = ScriptedHttpServer.Start();
        await using var server = ScriptedHttpServer.Start();
        server.OnRedirect("/go", location.Replace("VICTIM", victim.Port.ToString(), StringComparison.Ordinal));
        FetcherOptions options = Guarded with { AllowList = new LoopbackAllowList([server.Endpoint]) };
        await using SafeFetcher fetcher = Fetchers.Create(options, resolver: new FakeResolver().On("rebound.example", "127.0.0.1"));

        var outcome = Assert.IsType<FetchOutcome.UnsafeAddress>(await fetcher.GetAsync(server.Url("/go")));

        Assert.Equal(server.Url("/go"), Assert.Single(outcome.Hops).Url);
        Assert.Equal(0, victim.Connections);
    }

    [Theory]
    [InlineData("file:///etc/hosts", RefusalReason.UnsupportedScheme)]
    [InlineData("gopher://127.0.0.1/", RefusalReason.UnsupportedScheme)]
    [InlineData("http://a:b@127.0.0.1/", RefusalReason.Credentials)]
    [InlineData("http://256.1.1.1/", RefusalReason.Malformed)]
    [InlineData("/account/logout", RefusalReason.ActingLink)]
    public async Task Redirects_elsewhere_are_refused(string location, RefusalReason reason)
    {
        await using var server = ScriptedHttpServer.Start().OnRedirect("/go", location);
        await using SafeFetcher fetcher = Fetchers.Create();

        var outcome = Assert.IsType<FetchOutcome.Refused>(await fetcher.GetAsync(server.Url("/go")));

        Assert.Equal(reason, outcome.Reason);
        Assert.Equal(new FetchHop(server.Url("/go"), 302, location), Assert.Single(outcome.Hops));
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_name_that_changes_its_answer_between_check_and_connect_gains_nothing()
    {
        await using var server = ScriptedHttpServer.Start().OnText("/", "fine", headers: ("Connection", "close"));
        await using var victim = ScriptedHttpServer.Start(endpoint: new IPEndPoint(IPAddress.Parse("127.0.0.2"), server.Port));
        var resolver = new FakeResolver().On("rebind.example", nth => new NameResolution.Found([IPAddress.Parse(nth == 1 ? "127.0.0.1" : "127.0.0.2")]));
        FetcherOptions options = Guarded with { AllowList = new LoopbackAllowList([server.Endpoint]) };
        await using SafeFetcher fetcher = Fetchers.Create(options, resolver: resolver);

        var first = Assert.IsType<FetchOutcome.Fetched>(await fetcher.GetAsync($"http://rebind.example:{server.Port}/"));
        Assert.Equal("127.0.0.1", first.RemoteAddress);
        Assert.Equal(1, resolver.Asked("rebind.example"));

        // The second connection resolves anew, and what it learns is checked anew.
        var second = Assert.IsType<FetchOutcome.UnsafeAddress>(await fetcher.GetAsync($"http://rebind.example:{server.Port}/"));
        Assert.Equal("loopback", second.Kind);
        Assert.Equal((1, 0), (server.Connections, victim.Connections));
    }

    [Fact]
    public async Task One_forbidden_address_among_good_ones_forbids_the_name()
    {
        await using var server = ScriptedHttpServer.Start();
        FetcherOptions options = Guarded with { AllowList = new LoopbackAllowList([server.Endpoint]) };
        await using SafeFetcher fetcher = Fetchers.Create(options, resolver: new FakeResolver().On("mixed.example", "127.0.0.1", "10.1.2.3"));

        var outcome = Assert.IsType<FetchOutcome.UnsafeAddress>(await fetcher.GetAsync($"http://mixed.example:{server.Port}/"));

        Assert.Equal(("mixed.example", "private"), (outcome.Host, outcome.Kind));
        Assert.Equal(0, server.Connections);
    }

    [Fact]
    public async Task The_systems_resolver_is_guarded_too()
    {
        await using var server = ScriptedHttpServer.Start();
        await using SafeFetcher fetcher = Fetchers.Create(Guarded, resolver: new SystemNameResolver());
        Assert.Equal("loopback", Assert.IsType<FetchOutcome.UnsafeAddress>(await fetcher.GetAsync($"http://localhost:{server.Port}/")).Kind);
        Assert.Equal(0, server.Connections);
    }

    [Fact]
    public async Task A_flagged_link_may_move_to_another_host_but_not_to_another_act()
    {
        await using var moved = ScriptedHttpServer.Start().OnText("/report/7/", "still the page");
        await using var server = ScriptedHttpServer.Start();
        server.OnRedirect("/report/7", moved.Url("/report/7/")).OnRedirect("/report/8", "/report/8/delete");
        await using SafeFetcher fetcher = Fetchers.Create();
        Assert.IsType<FetchOutcome.Fetched>(await fetcher.GetAsync(server.Url("/report/7")));
        Assert.IsType<FetchOutcome.Refused>(await fetcher.GetAsync(server.Url("/report/8")));
        Assert.Equal(0, server.CountOf("/report/8/delete"));
    }

    [Property(MaxTest = 1000)]
    public Property No_url_however_odd_ends_in_an_exception()
    {
        // Names only, and a resolver that knows none of them: nothing is contacted.
        Gen<string> label = Gen.Elements("a", "-", "--", "_", "xn--", "xn--a", "xn--80ak6aa92e", "ß", "İ", "\u200d", "%41", "。", ".", "đ", "%", " ", "[", "\\");
        Gen<string> tail = Gen.Elements("", "/", "/%", "/%00", "?", "?a=[", "/\ud800", "//x", "/../..", "#!x", ":1", ":99999", "/a b", "/\u202e", "\r\n");
        Gen<string> urls = from labels in Gen.ListOf(label) from end in tail select "http://" + string.Concat(labels) + ".example" + end;
        return Prop.ForAll(urls.ToArbitrary(), async url =>
        {
            await using SafeFetcher fetcher = Fetchers.Create(Guarded);
            return await fetcher.GetAsync(url) is FetchOutcome.Refused or FetchOutcome.DnsFailed { NameDoesNotExist: true };
        });
    }

    [Fact]
    public async Task Discovered_links_that_act_are_left_alone_and_flagged_ones_are_not()
    {
        await using var server = ScriptedHttpServer.Start().OnText("/report/7", "a page about a report");
        await using SafeFetcher fetcher = Fetchers.Create();
        var request = new FetchRequest { Url = server.Url("/report/7"), Discovered = true };

        Assert.Equal(RefusalReason.ActingLink, Assert.IsType<FetchOutcome.Refused>(await fetcher.FetchAsync(request, TestContext.Current.CancellationToken)).Reason);
        Assert.Equal(0, server.Connections);
        Assert.IsType<FetchOutcome.Fetched>(await fetcher.FetchAsync(request with { Discovered = false }, TestContext.Current.CancellationToken));
    }
}
