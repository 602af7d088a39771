using System.Text;
using Monitor.Rules.Removal;
using Monitor.Rules.Takedowns;
using Monitor.Worker.Operations;
using Monitor.Worker.Ports;
using static Monitor.Tests.Operations.DeskHouse;

namespace Monitor.Tests.Operations;

/// <summary>What people add to the proof, through the whole house.</summary>
public sealed class RemovalOperationsTests
{
    private static int _captures;

    /// <summary>A new one each time: the same file twice is no second look.</summary>
    private static byte[] Capture => Encoding.UTF8.GetBytes($"<html>màn hình {Interlocked.Increment(ref _captures)}</html>");

    [Fact]
    public async Task Behind_a_wall_that_came_later_two_people_on_two_days_confirm_and_their_looks_are_observations()
    {
        await using DeskHouse house = await DeskHouse.OpenAsync();
        TakedownRequest request = await house.DemandAsync();
        house.Site.OnText("/u/hoa.mai/bai/1001", "<title>Security check</title><p>Please verify you are human</p>", 403);
        Assert.Equal("target-state", Refused(await house.House.Removal.ConfirmAsync(house.As("an.nguyen"), "T000001", "tự xem", Capture, Token)));
        await house.LiveAsync(6);
        Assert.Equal("inconclusive", (await house.TargetAsync()).Attention);
        // A wall of six hours may be a passing one: people's looks count once it has stood for half a day.
        Assert.Equal("target-state", Refused(await house.House.Removal.ConfirmAsync(house.As("an.nguyen"), "T000001", "tự xem", Capture, Token)));
        await house.LiveAsync(8);

        Assert.Equal("capture-needed", Refused(await house.House.Removal.ConfirmAsync(house.As("an.nguyen"), "T000001", "tự xem", null, Token)));
        Assert.Equal("capture-form", Refused(await house.House.Removal.ConfirmAsync(house.As("an.nguyen"), "T000001", "tự xem", "x"u8.ToArray(), Token)));
        var first = Capture;
        var seen = Done(await house.House.Removal.ConfirmAsync(house.As("an.nguyen"), "T000001", "tự xem, trang báo đã xoá", first, Token));
        Assert.Equal((RemovalState.ApparentlyGone, "confirm-gone"), (seen.Progress.State, seen.Attention));
        Assert.Equal("confirmed-already", Refused(await house.House.Removal.ConfirmAsync(house.As("an.nguyen"), "T000001", "lần nữa", Capture, Token)));
        await house.LiveAsync(24);
        Assert.Equal("capture-same", Refused(await house.House.Removal.ConfirmAsync(house.As("binh.tran"), "T000001", "tự xem", first, Token)));
        var done = Done(await house.House.Removal.ConfirmAsync(house.As("binh.tran"), "T000001", "tự xem", Capture, Token));
        Assert.Equal(RemovalState.ConfirmedRemoved, done.Progress.State);
        Assert.Equal([ProofFact.Human], done.Progress.ConfirmedFrom);
        Assert.Null(done.Attention);
        Assert.Equal(DemandState.Closed, (await house.RequestAsync(request.Id)).Demand);

        var looks = (await house.Store.ObservationsAsync("T000001", 1, int.MaxValue, Token)).Where(one => one.Vantage == ProofFact.Human).ToList();
        Assert.Equal(["an.nguyen", "binh.tran"], looks.Select(one => one.Fact.Person));
        Assert.All(looks, look => Assert.Equal(("human-look", LivenessReason.HumanSawGone, 1), (look.Outcome, look.Fact.Reason, look.Captures.Count)));
        // The wall goes on standing: nobody is asked again until the clean period is over.
        await house.LiveAsync(24 * 13.9);
        Assert.Null((await house.TargetAsync()).Attention);
        await house.LiveAsync(24 * 1.5);
        Assert.Equal("look-again", (await house.TargetAsync()).Attention);
        Done(await house.House.Removal.ConfirmAsync(house.As("binh.tran"), "T000001", "vẫn đã gỡ", Capture, Token));
        await house.LiveAsync(24);
        Assert.Equal(RemovalState.DurablyRemoved, Done(await house.House.Removal.ConfirmAsync(house.As("an.nguyen"), "T000001", "vẫn đã gỡ", Capture, Token)).Progress.State);
        // Everything that was decided can be computed again from what was seen.
        Assert.False(Done(await house.House.Recompute.OfAsync(house.As("chi.le"), "T000001", false, Token)).Differs);
    }

    [Fact]
    public async Task A_person_who_saw_it_live_behind_a_wall_is_not_asked_again_for_three_days()
    {
        await using DeskHouse house = await DeskHouse.OpenAsync();
        await house.DemandAsync();
        house.Site.OnText("/u/hoa.mai/bai/1001", "<title>Security check</title><p>Please verify you are human</p>", 403);
        await house.LiveAsync(6);
        Done(await house.House.Removal.SeenLiveAsync(house.As("an.nguyen"), "T000001", "vẫn còn", null, Token));
        await house.LiveAsync(70);
        Assert.Null((await house.TargetAsync()).Attention);
        await house.LiveAsync(30);
        Assert.Equal("inconclusive", (await house.TargetAsync()).Attention);
    }

    [Fact]
    public async Task A_vantage_is_waived_by_name_and_reason_and_never_the_last_one()
    {
        await using DeskHouse house = await DeskHouse.OpenAsync(rest: "required-vantages: [direct, abroad]", vantages: "  - id: abroad\n    kind: socks5\n    address: 127.0.0.1:9\n    country: DE\n");
        await house.DemandAsync();
        house.Site.OnText("/u/hoa.mai/bai/1001", "", 404);
        await house.LiveAsync(30);
        Assert.Equal(RemovalState.ApparentlyGone, (await house.TargetAsync()).Progress.State);

        Assert.Equal("role-needed", Refused(await house.House.Removal.WaiveAsync(house.As("an.nguyen"), "T000001", "abroad", "đường ngoài nước hỏng", Token)));
        Assert.Equal("reason-needed", Refused(await house.House.Removal.WaiveAsync(house.As("chi.le"), "T000001", "abroad", "", Token)));
        Assert.Equal("vantage-not-required", Refused(await house.House.Removal.WaiveAsync(house.As("chi.le"), "T000001", "tor", "lý do", Token)));
        var waived = Done(await house.House.Removal.WaiveAsync(house.As("chi.le"), "T000001", "abroad", "đường ngoài nước hỏng", Token));
        Assert.Equal(("abroad", "chi.le"), (waived.Waivers.Single().Vantage, waived.Waivers.Single().Decision.Person));
        Assert.Equal("last-vantage", Refused(await house.House.Removal.WaiveAsync(house.As("chi.le"), "T000001", "direct", "lý do", Token)));
        // The waiver itself completes nothing: the next look does.
        Assert.Equal(RemovalState.ApparentlyGone, (await house.TargetAsync()).Progress.State);
        await house.LiveAsync(1);
        var confirmed = await house.TargetAsync();
        Assert.Equal(RemovalState.ConfirmedRemoved, confirmed.Progress.State);
        Assert.Equal(["direct"], confirmed.Progress.ConfirmedFrom);

        Assert.Empty(Done(await house.House.Removal.UnwaiveAsync(house.As("chi.le"), "T000001", "abroad", "đã sửa", Token)).Waivers);
        Assert.Equal("not-waived", Refused(await house.House.Removal.UnwaiveAsync(house.As("chi.le"), "T000001", "abroad", "lần nữa", Token)));
        // Asked again, the same observations are no proof any more: the difference is shown, nothing changed.
        var found = Done(await house.House.Recompute.OfAsync(house.As("an.nguyen"), "T000001", false, Token));
        Assert.Equal((true, RemovalState.ConfirmedRemoved, RemovalState.ApparentlyGone), (found.Differs, found.Stored.State, found.Now.State));
        Assert.Equal(RemovalState.ConfirmedRemoved, (await house.TargetAsync()).Progress.State);
    }

    [Fact]
    public async Task After_a_change_of_the_rules_the_difference_is_shown_and_applied_by_a_person()
    {
        await using DeskHouse house = await DeskHouse.OpenAsync();
        TakedownRequest request = await house.DemandAsync();
        house.Site.OnText("/u/hoa.mai/bai/1001", "", 404);
        await house.LiveAsync(30);
        Assert.Equal(DemandState.Closed, (await house.RequestAsync(request.Id)).Demand);
        Assert.False(Done(await house.House.Recompute.OfAsync(house.As("chi.le"), "T000001", false, Token)).Differs);

        house.Config.Replace("monitor.yaml", "vantages:", "removal:\n  hard-span: 72h\nvantages:");
        Assert.True(house.House.Configuration.CheckNow());
        Assert.Equal("role-needed", Refused(await house.House.Recompute.ApplyAsync(house.As("an.nguyen"), "T000001", "quy tắc chặt hơn", false, Token)));
        var found = Done(await house.House.Recompute.ApplyAsync(house.As("chi.le"), "T000001", "quy tắc chặt hơn", false, Token));
        Assert.Equal((RemovalState.ConfirmedRemoved, RemovalState.ApparentlyGone), (found.Stored.State, found.Now.State));
        Assert.Equal(RemovalState.ApparentlyGone, (await house.TargetAsync()).Progress.State);
        Assert.Equal(DemandState.Open, (await house.RequestAsync(request.Id)).Demand);
        Assert.Contains(await house.Store.CustodyOfAsync("T000001", Token), entry => entry.Act is { Act: "recompute", Actor: "chi.le" });

        await house.LiveAsync(50);
        Assert.Equal((RemovalState.ConfirmedRemoved, DemandState.Closed), ((await house.TargetAsync()).Progress.State, (await house.RequestAsync(request.Id)).Demand));
        var every = new List<Recomputed>();
        await foreach (var one in house.House.Recompute.AllAsync(house.As("chi.le"), false, Token))
        {
            every.Add(one);
        }

        Assert.Contains(every, one => one.Target.Id == "T000001");
        Assert.DoesNotContain(every, one => one.Differs);
    }
}
