using Monitor.Rules.Removal;
using Monitor.Rules.Takedowns;
using Monitor.Rules.WatchLists;
using Monitor.Worker.Operations;
using Monitor.Worker.Pipeline;
using Monitor.Worker.Ports;
using static Monitor.Tests.Operations.DeskHouse;

namespace Monitor.Tests.Operations;

/// <summary>Sealed pages judged anew: the program that judged them judges them so again, and what an earlier one got wrong is found and put right by a person.</summary>
public sealed class RecomputePagesTests
{
    private const string Path = "/u/hoa.mai/bai/1001";

    /// <summary>An earlier classifier took this for a removal.</summary>
    private const string Mirrored = "<title>Thông báo</title><main><p>Video này đã bị xóa.</p><p>Link dự phòng: <a href=\"/m/1001\">tại đây</a></p></main>";

    [Fact]
    public async Task The_same_program_judges_every_sealed_page_as_it_did()
    {
        await using DeskHouse house = await OpenAsync();
        await house.DemandAsync();
        await house.LiveAsync(5);
        foreach (var (body, status) in new[] { ("<title>Security check</title><p>Please verify you are human</p>", 403), ("<title>Không tìm thấy</title><main><p>Bài viết không tồn tại hoặc đã bị xóa.</p></main>", 200), ("", 404), (Mirrored, 200) })
        {
            house.Site.OnText(Path, body, status);
            await house.LiveAsync(8);
        }

        Done(await house.House.Removal.SeenLiveAsync(house.As("an.nguyen"), "T000001", "vẫn còn", null, Token));
        var found = Done(await house.House.Recompute.OfAsync(house.As("chi.le"), "T000001", true, Token));
        Assert.False(found.Differs);
        Assert.Equal((await house.TargetAsync()).Observations, found.Pages.Count);
        Assert.All(found.Pages, page => Assert.Equal(page.Observation.Page.Signals, page.Verdict.Signals));
        Assert.DoesNotContain(found.Pages, page => page.Changed || page.Fact != page.Observation.Fact);
        Assert.True(found.Pages.Count(page => page.Sight == PageSight.Judged) >= 20, string.Join(' ', found.Pages.Select(page => page.Sight)));
        Assert.Contains(found.Pages, page => page.Sight == PageSight.Person);
        Assert.Contains(found.Pages, page => page is { Sight: PageSight.Judged, Verdict.Liveness: Liveness.ProbablyGone });
    }

    [Fact]
    public async Task What_an_earlier_classifier_called_removed_is_shown_and_put_right_by_a_person()
    {
        await using DeskHouse house = await OpenAsync();
        TakedownRequest request = await house.DemandAsync();
        house.Site.OnText(Path, Mirrored);
        await house.LiveAsync(1);
        await MistakenAsync(house, looks: 6);
        Assert.Equal(RemovalState.ApparentlyGone, (await house.TargetAsync()).Progress.State);

        // Without the pages everything is as it was judged; with them nothing is gone.
        Assert.False(Done(await house.House.Recompute.OfAsync(house.As("chi.le"), "T000001", false, Token)).Differs);
        var found = Done(await house.House.Recompute.OfAsync(house.As("chi.le"), "T000001", true, Token));
        Assert.Equal((true, RemovalState.Live, 6), (found.Differs, found.Now.State, found.Pages.Count(page => page.Changed)));
        Assert.Equal(RemovalState.ApparentlyGone, (await house.TargetAsync()).Progress.State);

        Assert.Equal("role-needed", Refused(await house.House.Recompute.ApplyAsync(house.As("an.nguyen"), "T000001", "máy phân loại cũ nhầm", true, Token)));
        Done(await house.House.Recompute.ApplyAsync(house.As("chi.le"), "T000001", "máy phân loại cũ nhầm", true, Token));
        Target target = await house.TargetAsync();
        Assert.Equal((RemovalState.Live, DemandState.Open), (target.Progress.State, (await house.RequestAsync(request.Id)).Demand));
        Assert.NotNull(target.PagesJudgedTo);
        Assert.Contains(await house.Store.CustodyOfAsync("T000001", Token), entry => entry.Act is { Act: "recompute", Actor: "chi.le" } act && act.Reason.Contains("6 pages judged anew", StringComparison.Ordinal));
        // Observations stay as they were seen, and the decision outlives the next look and the next recomputation.
        Assert.Equal(6, (await house.Store.ObservationsAsync("T000001", 1, int.MaxValue, Token)).Count(one => one.Page.Reason == LivenessReason.Tombstone));
        await house.LiveAsync(20);
        Assert.False(Done(await house.House.Recompute.OfAsync(house.As("chi.le"), "T000001", false, Token)).Differs);
        Assert.Equal(RemovalState.Live, (await house.TargetAsync()).Progress.State);
    }

    [Fact]
    public async Task What_is_shredded_keeps_its_verdict()
    {
        await using DeskHouse house = await OpenAsync();
        await house.DemandAsync();
        house.Site.OnText(Path, Mirrored);
        await house.LiveAsync(1);
        await MistakenAsync(house, looks: 2);
        var last = (await house.Store.ObservationsAsync("T000001", 1, int.MaxValue, Token))[^1];
        Assert.IsType<ShredResult.Done>(await house.House.Desk.Vault.ShredAsync([last.PageRecord!.Item], Token));
        var found = Done(await house.House.Recompute.OfAsync(house.As("chi.le"), "T000001", true, Token));
        Assert.Equal((false, PageSight.NotKept, Liveness.ProbablyGone), (found.Differs, found.Pages[^1].Sight, found.Pages[^1].Fact.Liveness));
    }

    [Fact]
    public async Task A_round_is_read_together_again()
    {
        await using DeskHouse house = await OpenAsync();
        await house.DemandAsync();
        var live = (await house.Store.ObservationsAsync("T000001", 1, int.MaxValue, Token))[^1];
        house.Site.OnText(Path, "", 404);
        await house.LiveAsync(1);
        var gone = (await house.Store.ObservationsAsync("T000001", 1, int.MaxValue, Token))[^1];
        Assert.Equal(Liveness.Gone, gone.Page.Liveness);
        // The line abroad saw it all the time; an earlier classifier did not.
        var abroad = Mistaken(live, live.Number, gone.At.AddSeconds(3)) with { Vantage = "abroad" };
        abroad = abroad with { Fact = abroad.Fact with { Vantage = "abroad" }, Control = null };
        var judged = await new SealedPages(house.House.Desk.Vault).JudgeAsync(await house.TargetAsync(), [gone, abroad], Token);
        Assert.Equal([("abroad", Liveness.Live), ("direct", Liveness.Restricted)], judged.Select(one => (one.Fact.Vantage, one.Fact.Liveness)));
    }

    /// <summary>So many looks of the same page, as a program that took it for removed would have recorded them, twelve hours apart.</summary>
    private static async Task MistakenAsync(DeskHouse house, int looks)
    {
        var target = await house.TargetAsync();
        var seen = await house.Store.ObservationsAsync("T000001", 1, int.MaxValue, Token);
        var last = seen[^1];
        Assert.Equal((Liveness.Inconclusive, "mirror"), (last.Page.Liveness, last.Page.Signals[0].Name));
        var changes = new ChangeSet();
        var facts = seen.Select(one => one.Fact).ToList();
        for (var i = 1; i <= looks; i++)
        {
            house.Later(12);
            var mistaken = Mistaken(last, last.Number + i, house.Clock.GetUtcNow());
            changes.Append(mistaken).Log(Actor.System.Log(mistaken.At, "inspect", mistaken.Id));
            facts.Add(mistaken.Fact);
        }

        changes.Put(target with { Observations = last.Number + looks, Progress = RemovalProof.Replay(facts, RemovalRulesOf.Target(target, house.House.Desk.Configuration)), NextCheckAt = house.Clock.GetUtcNow().AddHours(1) });
        Assert.IsType<SaveResult.Saved>(await house.Store.CommitAsync(changes, Token));
    }

    private static Observation Mistaken(Observation like, int number, DateTimeOffset at) => like with
    {
        Id = Ids.Observation(like.TargetId, number),
        Number = number,
        At = at,
        Control = null,
        Page = new LivenessVerdict(Liveness.ProbablyGone, LivenessReason.Tombstone, [new Signal("gone-notice", 60, "the main content is a notice that it is gone")]),
        Fact = new ProofFact { At = at, Vantage = like.Vantage, Liveness = Liveness.ProbablyGone, Reason = LivenessReason.Tombstone },
    };
}
