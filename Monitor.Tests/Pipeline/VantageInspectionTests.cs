using Monitor.Rules.Custody;
using Monitor.Rules.Removal;
using Monitor.Rules.WatchLists;
using Monitor.Tests.Loopback;
using Monitor.Worker.Operations;

namespace Monitor.Tests.Pipeline;

/// <summary>Whole inspections over real sockets: what several lines see of one page, and what is made of it.</summary>
public sealed class VantageInspectionTests
{
    [Theory]
    [InlineData("http-proxy", "direct, abroad")]
    [InlineData("socks5", "direct, abroad")]
    [InlineData("socks5", "abroad, direct")]
    public async Task A_page_hidden_from_one_line_is_withheld_by_place_and_never_confirmed(string kind, string required)
    {
        await using var shown = ScriptedHttpServer.Start().OnText("/bai/1001", VantageHouse.Page);
        await using ScriptedProxy proxy = kind == "socks5" ? ScriptedProxy.Socks() : ScriptedProxy.Http();
        proxy.Route = _ => shown.Endpoint;
        await using VantageHouse house = await VantageHouse.OpenAsync(Abroad(kind, proxy), required);
        house.Site.OnText("/bai/1001", VantageHouse.Page);
        Assert.Equal(RemovalState.Live, (await house.InspectAsync()).Progress.State);
        house.Site.OnText("/bai/1001", "<html><body><h1>404</h1></body></html>", 404);

        for (int hour = 0; hour < 60; hour += 6)
        {
            house.Clock.MoveTo(house.Clock.GetUtcNow().AddHours(6));
            Target target = await house.InspectAsync();
            // With the showing line first a single live look says enough until the next full round.
            Assert.Contains(target.Progress.State, required == "direct, abroad" ? [RemovalState.Restricted] : new[] { RemovalState.Restricted, RemovalState.Live });
            Assert.Null(target.Progress.FirstGoneAt);
        }

        IReadOnlyList<Observation> seen = await house.ObservationsAsync();
        Assert.Equal(Enumerable.Range(1, seen.Count), seen.Select(one => one.Number));
        Assert.Contains(seen, one => one.Vantage == "abroad" && one.Fact.Liveness == Liveness.Live);
        if (required == "direct, abroad")
        {
            // As seen stays as seen: the page's verdict is the 404, the fact is what the proof was fed.
            Assert.Equal(10, seen.Count(one => one is { Vantage: "direct", Status: 404, Page.Liveness: Liveness.Gone, Fact: { Liveness: Liveness.Restricted, Reason: LivenessReason.GeoBlocked } }));
            Assert.Equal(11, seen.Count(one => one.Vantage == "abroad"));
        }

        Assert.IsType<ChainVerdict.Intact>(CustodyChain.Verify(await house.House.Store.CustodyAsync(1, int.MaxValue, TestContext.Current.CancellationToken)));
    }

    [Fact]
    public async Task Gone_from_every_line_is_confirmed_and_a_line_that_was_down_breaks_nothing()
    {
        await using var elsewhere = ScriptedHttpServer.Start().OnText("/bai/1001", VantageHouse.Page, headers: ("Connection", "close"));
        await using ScriptedProxy proxy = ScriptedProxy.Socks();
        proxy.Route = _ => elsewhere.Endpoint;
        await using VantageHouse house = await VantageHouse.OpenAsync(Abroad("socks5", proxy), "direct, abroad");
        house.Site.OnText("/bai/1001", VantageHouse.Page);
        await house.InspectAsync();
        house.Site.OnText("/bai/1001", "", 404);
        elsewhere.OnText("/bai/1001", "", 404, headers: ("Connection", "close"));
        house.Clock.MoveTo(house.Clock.GetUtcNow().AddHours(6));
        Assert.Equal(RemovalState.ApparentlyGone, (await house.InspectAsync(2, 6)).Progress.State);

        proxy.Instead = [];
        Target target = await house.InspectAsync(7, 4);
        Assert.Equal((RemovalState.ApparentlyGone, "inconclusive"), (target.Progress.State, target.Attention));
        // Every other of the seven is far enough from the last counted one.
        Assert.Equal(6, target.Progress.Runs.Single(run => run.Vantage == "direct").Counting);
        Assert.Equal(2, target.Progress.Runs.Single(run => run.Vantage == "abroad").Counting);
        Assert.Equal(7, (await house.ObservationsAsync()).Count(one => one is { Vantage: "abroad", Outcome: "connection-proxy", Fact.Liveness: Liveness.Inconclusive }));

        proxy.Instead = null;
        target = await house.InspectAsync();
        Assert.Equal((RemovalState.ConfirmedRemoved, null), (target.Progress.State, target.Attention));
        Assert.Equal(3, target.Progress.Runs.Single(run => run.Vantage == "abroad").Hard);
    }

    [Fact]
    public async Task While_alive_the_other_line_looks_once_and_then_rests()
    {
        await using var elsewhere = ScriptedHttpServer.Start().OnText("/bai/1001", VantageHouse.Page);
        await using ScriptedProxy proxy = ScriptedProxy.Http();
        proxy.Route = _ => elsewhere.Endpoint;
        await using VantageHouse house = await VantageHouse.OpenAsync(Abroad("http-proxy", proxy), "direct, abroad");
        house.Site.OnText("/bai/1001", VantageHouse.Page);

        await house.InspectAsync(20, 24);

        Assert.Equal((20, 1), (house.Site.CountOf("/bai/1001"), elsewhere.CountOf("/bai/1001")));
        Assert.Equal(21, (await house.ObservationsAsync()).Count);
    }

    [Fact]
    public async Task One_vantage_costs_one_look()
    {
        await using ScriptedProxy proxy = ScriptedProxy.Http();
        await using VantageHouse house = await VantageHouse.OpenAsync(Abroad("http-proxy", proxy), "direct");
        house.Site.OnText("/bai/1001", VantageHouse.Page);
        await house.InspectAsync();
        house.Clock.MoveTo(house.Clock.GetUtcNow().AddHours(6));
        house.Site.OnText("/bai/1001", "", 404);

        Target target = await house.InspectAsync(7, 4);

        Assert.Equal(RemovalState.ConfirmedRemoved, target.Progress.State);
        Assert.Equal((0, 8), (proxy.Connections, (await house.ObservationsAsync()).Count));
    }

    [Fact]
    public async Task Politeness_is_kept_per_vantage_and_host()
    {
        await using var elsewhere = ScriptedHttpServer.Start();
        await using ScriptedProxy proxy = ScriptedProxy.Socks();
        proxy.Route = _ => elsewhere.Endpoint;
        await using VantageHouse house = await VantageHouse.OpenAsync(Abroad("socks5", proxy), "direct, abroad");
        house.Site.OnText("/bai/1001", "", 404);
        elsewhere.On("/bai/1001", exchange => exchange.RespondAsync(429, ReadOnlyMemory<byte>.Empty, ("Retry-After", "3000")));
        await house.InspectAsync(2, 0.25);

        // The other line was asked for a pause and keeps it; the direct one goes on looking.
        Assert.Equal((2, 1), (house.Site.CountOf("/bai/1001"), elsewhere.CountOf("/bai/1001")));
        Assert.Equal((1, 1), (house.Site.CountOf("/robots.txt"), elsewhere.CountOf("/robots.txt")));
        Assert.Equal(["abroad", "direct", "direct"], (await house.ObservationsAsync()).Select(one => one.Vantage));
        Assert.Equal((1, 1), (house.Site.MostAtOnce(VantageHouse.Host), elsewhere.MostAtOnce(VantageHouse.Host)));
        house.Clock.MoveTo(house.Clock.GetUtcNow().AddHours(1));
        await house.InspectAsync();
        Assert.Equal(2, elsewhere.CountOf("/bai/1001"));
    }

    [Fact]
    public async Task A_missing_name_counts_after_three_days_from_every_resolver_and_needs_people()
    {
        await using var home = ScriptedDnsServer.Start(ScriptedDnsServer.NameError);
        await using var abroad = ScriptedDnsServer.Start(ScriptedDnsServer.NameError);
        await using VantageHouse house = await VantageHouse.OpenAsync("", "direct", $"dns:\n  resolvers: [\"{home.Address}\"]\n  abroad-resolvers: [\"{abroad.Address}\"]\n  timeout: 300ms\n", named: false);

        Target target = await house.InspectAsync(12, 6);
        Assert.Equal(RemovalState.Live, target.Progress.State);
        Observation last = (await house.ObservationsAsync())[^1];
        Assert.Equal(new DnsEvidence { Answer = DnsAnswer.NoSuchName, ResolversAsked = 2, ResolversAgreeing = 2, IncludesAbroad = true }, last.Dns);
        Assert.Equal((Liveness.Inconclusive, LivenessReason.DnsNxdomain), (last.Fact.Liveness, last.Fact.Reason));

        target = await house.InspectAsync();
        Assert.Equal(RemovalState.ApparentlyGone, target.Progress.State);
        Assert.Equal((0, 1), (target.Progress.Runs[0].Hard, target.Progress.Runs[0].Counting));
        house.Clock.MoveTo(house.Clock.GetUtcNow().AddHours(6));
        target = await house.InspectAsync(22, 4);
        Assert.Equal((RemovalState.ApparentlyGone, "confirm-gone"), (target.Progress.State, target.Attention));
        ProofGap gap = Assert.Single(RemovalProof.Missing(target.Progress, RemovalRulesOf.Target(target, house.House.Desk.Configuration)));
        Assert.Equal((ProofGapKind.People, 2), (gap.Kind, gap.Count));
    }

    [Fact]
    public async Task A_name_that_one_resolver_knows_never_counts()
    {
        await using var home = ScriptedDnsServer.Start(ScriptedDnsServer.NameError);
        await using var abroad = ScriptedDnsServer.Start(ScriptedDnsServer.NoError);
        await using VantageHouse house = await VantageHouse.OpenAsync("", "direct", $"dns:\n  resolvers: [\"{home.Address}\"]\n  abroad-resolvers: [\"{abroad.Address}\"]\n  timeout: 300ms\n", named: false);

        Target target = await house.InspectAsync(20, 6);

        Assert.Equal((RemovalState.Live, null), (target.Progress.State, target.Progress.FirstGoneAt));
        Assert.All(await house.ObservationsAsync(), one => Assert.Equal((DnsAnswer.Exists, Liveness.Inconclusive), (one.Dns!.Answer, one.Fact.Liveness)));
    }

    private static string Abroad(string kind, ScriptedProxy proxy) => $"  - id: abroad\n    kind: {kind}\n    address: {proxy.Address}\n    country: DE\n";
}
