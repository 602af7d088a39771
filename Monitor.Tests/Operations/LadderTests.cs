using Monitor.Rules.Replies;
using Monitor.Rules.Takedowns;
using Monitor.Worker.Operations;
using static Monitor.Tests.Operations.DeskHouse;

namespace Monitor.Tests.Operations;

/// <summary>Reminders and the ladder, through the whole house in virtual time.</summary>
public sealed class LadderTests
{
    private const string Ladder = """
          - after: 24h
            action: reminder
          - after: 24h
            action: second-channel
          - after: 48h
            action: infrastructure
          - after: 72h
            action: authority
            addressee: police
        """;

    [Fact]
    public async Task What_stays_up_is_reminded_daily_and_climbs_the_ladder_by_drafts_that_wait_for_an_approval()
    {
        await using DeskHouse house = await DeskHouse.OpenAsync(Ladder);
        TakedownRequest request = await house.DemandAsync();
        Assert.Equal(request.DeliveredAt!.Value.AddHours(24), request.NextRungAt);
        Assert.Equal("hoa.mai", request.Account);

        await house.LiveAsync(24.5);
        request = await house.RequestAsync(request.Id);
        Assert.Equal([LadderAction.SecondChannel], request.Rungs.Select(rung => rung.Action));
        Assert.Equal(1, request.Reminders);
        Notice escalation = (await house.NoticesAsync(request.Id)).Single(notice => notice.Kind == NoticeKind.Escalation);
        Assert.Equal((DispatchState.Drafted, "dai-dien@trang-mau.example", "Người đại diện"), (escalation.Dispatch, escalation.To, escalation.Addressee));
        Assert.Contains("người đại diện của Trang Mẫu", escalation.Body, StringComparison.Ordinal);
        Assert.Contains((await house.NoticesAsync(request.Id))[0].Id, escalation.Body, StringComparison.Ordinal);
        Assert.Equal("approve-escalation", (await house.TargetAsync()).Attention);
        Assert.DoesNotContain(house.Mail.Mails, mail => mail.To == escalation.To);

        // A new addressee: two people again, and the verifier is not one to approve.
        Assert.Equal("role-needed", Refused(await house.House.Takedowns.ApproveAsync(house.As("binh.tran"), escalation.Id, Token)));
        Done(await house.House.Takedowns.ApproveAsync(house.As("chi.le"), escalation.Id, Token));
        await house.House.Sweeps.DispatchAsync(Token);
        Assert.Single(house.Mail.Mails, mail => mail.To == escalation.To);
        Assert.Null((await house.TargetAsync()).Attention);

        // Nobody is configured for the next rung: a person is told. The one after has an agency.
        await house.LiveAsync(24);
        request = await house.RequestAsync(request.Id);
        Assert.Equal((LadderAction.Infrastructure, null), (request.Rungs[^1].Action, request.Rungs[^1].Notice));
        Assert.Equal("escalate-by-hand", (await house.TargetAsync()).Attention);
        await house.LiveAsync(24);
        request = await house.RequestAsync(request.Id);
        Assert.Equal(3, request.Rungs.Count);
        Assert.Null(request.NextRungAt);
        Assert.Equal("cong-an@so-mau.example", (await house.NoticesAsync(request.Id)).Single(notice => notice.Id == request.Rungs[2].Notice).To);
        Assert.Equal(3, request.Reminders);
        // Reminders go to the first addressee only.
        Assert.All(house.Mail.Mails.Where(mail => mail.Subject.Contains("Nhắc lại", StringComparison.Ordinal)), mail => Assert.Equal("phap-ly@trang-mau.example", mail.To));
    }

    [Fact]
    public async Task The_ladder_stands_still_while_it_is_gone_or_held_and_begins_anew_when_it_comes_back()
    {
        await using DeskHouse house = await DeskHouse.OpenAsync(Ladder);
        TakedownRequest request = await house.DemandAsync();
        Done(await house.House.Takedowns.HoldAsync(house.As("dung.pham"), request.Id, "đang điều tra", Token));
        Assert.Null((await house.RequestAsync(request.Id)).NextRungAt);
        Done(await house.House.Takedowns.ReleaseAsync(house.As("dung.pham"), request.Id, "xong", Token));
        Assert.Equal(request.DeliveredAt!.Value.AddHours(24), (await house.RequestAsync(request.Id)).NextRungAt);

        house.Site.OnText("/u/hoa.mai/bai/1001", "", 404);
        await house.LiveAsync(30);
        request = await house.RequestAsync(request.Id);
        Assert.Equal((DemandState.Closed, 0, null), (request.Demand, request.Rungs.Count, request.NextRungAt));

        house.Site.OnText("/u/hoa.mai/bai/1001", Pipeline.VantageHouse.Page);
        await house.LiveAsync(31);
        request = await house.RequestAsync(request.Id);
        Assert.Equal((DemandState.Open, null, null), (request.Demand, request.LadderSince, request.NextRungAt));
        Notice again = (await house.NoticesAsync(request.Id)).Single(notice => notice.Kind == NoticeKind.Reappearance);
        Done(await house.House.Takedowns.ApproveAsync(house.As("chi.le"), again.Id, Token));
        await house.House.Sweeps.DispatchAsync(Token);
        request = await house.RequestAsync(request.Id);
        Assert.Equal(house.House.Desk.Now.AddHours(24), request.NextRungAt);
    }

    [Fact]
    public async Task A_refusal_stops_reminders_and_not_the_ladder()
    {
        await using DeskHouse house = await DeskHouse.OpenAsync(Ladder);
        TakedownRequest request = await house.DemandAsync();
        Done(await house.House.Takedowns.ReplyAsync(house.As("an.nguyen"), request.Id, ReplyCode.Refused, Token));
        await house.LiveAsync(25);
        request = await house.RequestAsync(request.Id);
        Assert.Equal((0, null, 1), (request.Reminders, request.NextReminderAt, request.Rungs.Count));
    }

    [Fact]
    public async Task A_request_made_in_error_is_taken_back_from_every_addressee()
    {
        await using DeskHouse house = await DeskHouse.OpenAsync(Ladder);
        TakedownRequest request = await house.DemandAsync();
        await house.LiveAsync(24.5);
        Notice escalation = (await house.NoticesAsync(request.Id)).Single(notice => notice.Kind == NoticeKind.Escalation);
        Done(await house.House.Takedowns.ApproveAsync(house.As("chi.le"), escalation.Id, Token));
        await house.House.Sweeps.DispatchAsync(Token);

        Done(await house.House.Takedowns.RetractAsync(house.As("binh.tran"), request.Id, "nhầm trang", Token));
        var retractions = (await house.NoticesAsync(request.Id)).Where(notice => notice.Kind == NoticeKind.Retraction).ToList();
        Assert.Equal(["dai-dien@trang-mau.example", "phap-ly@trang-mau.example"], retractions.Select(notice => notice.To).Order(StringComparer.Ordinal));
        Assert.Equal(2, retractions.Select(notice => notice.Id).Distinct(StringComparer.Ordinal).Count());
        request = await house.RequestAsync(request.Id);
        Assert.Equal((DemandState.Withdrawn, null, null), (request.Demand, request.NextReminderAt, request.NextRungAt));
        Assert.Equal((await house.NoticesAsync(request.Id)).Count, request.Notices);
    }

    [Fact]
    public async Task Strikes_of_an_account_are_counted_over_all_its_items_and_a_retraction_takes_one_back()
    {
        await using DeskHouse house = await DeskHouse.OpenAsync();
        TakedownRequest last = null!;
        for (var item = 1; item <= 5; item++)
        {
            house.Site.OnText($"/u/hoa.mai/bai/{item}", Pipeline.VantageHouse.Page);
            last = await house.DemandAsync($"http://{Host}/u/hoa.mai/bai/{item}");
        }

        house.Site.OnText("/u/hoa.dao/bai/9", Pipeline.VantageHouse.Page);
        await house.DemandAsync($"http://{Host}/u/hoa.dao/bai/9");

        var story = Done(await house.House.Timelines.OfTargetAsync(house.As("an.nguyen"), last.TargetId, Token));
        Assert.Equal(new StrikeCount(5, 5, 5, AccountLock.Temporary), story.Strikes);
        house.Later(24 * 31);
        story = Done(await house.House.Timelines.OfTargetAsync(house.As("an.nguyen"), last.TargetId, Token));
        Assert.Equal(new StrikeCount(0, 5, 5, AccountLock.None), story.Strikes);
        Done(await house.House.Takedowns.RetractAsync(house.As("binh.tran"), last.Id, "nhầm trang", Token));
        Assert.Equal(4, Done(await house.House.Timelines.OfTargetAsync(house.As("an.nguyen"), last.TargetId, Token)).Strikes!.Ever);
    }

    [Fact]
    public async Task A_clock_stands_still_by_name_and_reason_and_a_legal_deadline_moves_with_it()
    {
        await using DeskHouse house = await DeskHouse.OpenAsync();
        TakedownRequest request = await house.DemandAsync();
        var deadline = request.LegalDeadline!.Value;
        house.Later(10);
        Assert.Equal("role-needed", Refused(await house.House.Cases.PauseClockAsync(house.As("an.nguyen"), request.CaseId, ClockKind.LegalDeadline, "cho thêm thời gian", Token)));
        Assert.Equal("reason-needed", Refused(await house.House.Cases.PauseClockAsync(house.As("chi.le"), request.CaseId, ClockKind.LegalDeadline, " ", Token)));
        Assert.Equal("clock-not-running", Refused(await house.House.Cases.PauseClockAsync(house.As("chi.le"), request.CaseId, ClockKind.ReceiptToTriage, "cho thêm thời gian", Token)));
        Assert.Equal("clock-runs", Refused(await house.House.Cases.ResumeClockAsync(house.As("chi.le"), request.CaseId, ClockKind.LegalDeadline, "xong", Token)));
        Done(await house.House.Cases.PauseClockAsync(house.As("chi.le"), request.CaseId, ClockKind.LegalDeadline, "nền tảng xin thêm thông tin", Token));
        Assert.Equal("clock-paused", Refused(await house.House.Cases.PauseClockAsync(house.As("chi.le"), request.CaseId, ClockKind.LegalDeadline, "lần nữa", Token)));
        house.Later(20);

        Clock running = await ClockAsync();
        Assert.Equal(("chi.le", TimeSpan.FromHours(10), false), (running.PausedBy!.Person, running.Elapsed(house.House.Desk.Now), running.IsOverdue(house.House.Desk.Now)));
        Done(await house.House.Cases.ResumeClockAsync(house.As("chi.le"), request.CaseId, ClockKind.LegalDeadline, "đã trả lời", Token));
        house.Later(5);
        running = await ClockAsync();
        Assert.Equal((null, TimeSpan.FromHours(15), false), (running.PausedBy, running.Elapsed(house.House.Desk.Now), running.IsOverdue(house.House.Desk.Now)));
        Assert.Equal(deadline.AddHours(20), running.DueAt);
        Assert.True(running.IsOverdue(deadline.AddHours(20.1)));

        async Task<Clock> ClockAsync()
        {
            var story = Done(await house.House.Timelines.OfTargetAsync(house.As("an.nguyen"), request.TargetId, Token));
            return Clocks.Of(story.Case!, story.Requests[^1]).Single(clock => clock.Kind == ClockKind.LegalDeadline);
        }
    }
}
