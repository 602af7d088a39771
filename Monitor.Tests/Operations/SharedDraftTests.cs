using Monitor.Rules.Assessing;
using Monitor.Rules.Takedowns;
using Monitor.Tests.Pipeline;
using Monitor.Worker.Operations;
using Monitor.Worker.Ports;
using static Monitor.Tests.Operations.DeskHouse;

namespace Monitor.Tests.Operations;

/// <summary>Several pages of one platform in one notice, through the whole house in virtual time.</summary>
public sealed class SharedDraftTests
{
    private const string Ladder = """
          - after: 24h
            action: reminder
          - after: 24h
            action: second-channel
        """;

    [Fact]
    public async Task Verified_pages_join_one_draft_up_to_the_limit_and_what_was_looked_at_before_is_no_longer_approved()
    {
        await using var house = await OpenAsync(most: 2);
        var first = await house.DraftAsync(Page(1));
        Assert.Equal((1, "SKHCN-2026-00001"), (first.Items.Count, first.Id));
        var second = await house.DraftAsync(Page(2));
        Assert.Equal((first.Id, 2, first.MessageId), (second.Id, second.Items.Count, second.MessageId));
        Assert.NotEqual(first.ContentDigest, second.ContentDigest);
        Assert.Contains(Page(1), second.Body, StringComparison.Ordinal);
        Assert.Contains(Page(2), second.Body, StringComparison.Ordinal);
        var third = await house.DraftAsync(Page(3));
        Assert.Equal(("SKHCN-2026-00002", 1), (third.Id, third.Items.Count));

        var chi = house.As("chi.le");
        Assert.Equal("digest-needed", Refused(await house.House.Takedowns.ApproveAsync(chi, first.Id, Token)));
        var stale = Worker.Notices.NoticeDrafter.Resign(first, chi.Person!, house.House.Desk.Configuration)!;
        Assert.Equal("content-changed", Refused(await house.House.Takedowns.ApproveAsync(chi, first.Id, stale.ContentDigest.ToString(), Token)));
        await ApproveAsync(house, first.Id);
        await house.House.Sweeps.DispatchAsync(Token);

        var mail = Assert.Single(house.Mail.Mails);
        Assert.Contains(Page(1), mail.Text, StringComparison.Ordinal);
        Assert.Contains(Page(2), mail.Text, StringComparison.Ordinal);
        foreach (var id in second.RequestIds)
        {
            var request = await house.RequestAsync(id);
            Assert.Equal((DemandState.Open, house.House.Desk.Now, 1), (request.Demand, request.DeliveredAt, request.Notices));
            Assert.Equal(first.Id, Assert.Single(await house.NoticesAsync(id)).Id);
            var acts = (await house.Store.CustodyOfAsync(id, Token)).Select(entry => entry.Act.Act).ToList();
            Assert.Contains("draft-anew", acts);
            Assert.Contains("approve", acts);
            Assert.Contains("sent", acts);
        }
    }

    [Fact]
    public async Task Nobody_who_verified_any_page_of_it_approves()
    {
        await using var house = await OpenAsync(most: 5);
        await house.DraftAsync(Page(1));
        var draft = await DraftByAsync(house, "khanh.do", Page(2));
        Assert.Equal(2, draft.Items.Count);
        // The signer that is expected verified nothing of it.
        Assert.Equal("chi.le", draft.Signer);
        var third = await house.DraftAsync(Page(3));
        Assert.Equal("binh.tran", third.DraftedBy);
        var mine = Worker.Notices.NoticeDrafter.Resign(third, house.As("khanh.do").Person!, house.House.Desk.Configuration)!;
        Assert.Equal("same-person", Refused(await house.House.Takedowns.ApproveAsync(house.As("khanh.do"), draft.Id, mine.ContentDigest.ToString(), Token)));
        Assert.Equal(DispatchState.Approved, (await ApproveAsync(house, draft.Id)).Dispatch);
        // Of what was approved each page's entry names its own two people.
        foreach (var id in third.RequestIds)
        {
            var entry = Assert.Single(await house.Store.CustodyOfAsync(id, Token), one => one.Act.Act == "approve");
            Assert.Equal(("chi.le", (await house.RequestAsync(id)).VerifiedBy), (entry.Act.Actor, entry.Act.Approver));
        }
    }

    [Fact]
    public async Task What_differs_in_category_or_urgency_or_was_approved_already_stands_alone()
    {
        await using var house = await OpenAsync(most: 5);
        var first = await house.DraftAsync(Page(1));
        var other = await DraftByAsync(house, "binh.tran", Page(2), new Verification("đã xem", Enum.GetValues<Category>().First(one => one != first.Category)));
        Assert.NotEqual(first.Category, other.Category);
        Assert.NotEqual(first.Id, other.Id);
        await ApproveAsync(house, first.Id);
        var later = await house.DraftAsync(Page(3));
        Assert.Single(later.Items);
        Assert.Equal(3, new[] { first.Id, other.Id, later.Id }.Distinct(StringComparer.Ordinal).Count());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_page_that_is_held_leaves_the_others_and_comes_back_when_it_is_released(bool approved)
    {
        await using var house = await OpenAsync(most: 5);
        var shared = await DraftsAsync(house, 3);
        if (approved)
            await ApproveAsync(house, shared.Id);

        var held = shared.RequestIds[1];
        Done(await house.House.Takedowns.HoldAsync(house.As("dung.pham"), held, "đang điều tra", Token));
        Assert.Equal((DispatchState.Cancelled, "on-hold"), ((await NoticeAsync(house, shared.Id)).Dispatch, (await NoticeAsync(house, shared.Id)).LastProblem));
        var anew = (await house.NoticesAsync(shared.RequestIds[0]))[^1];
        Assert.Equal(("SKHCN-2026-00002", DispatchState.Drafted, 2, null), (anew.Id, anew.Dispatch, anew.Items.Count, anew.ApprovedBy));
        Assert.Equal([shared.RequestIds[0], shared.RequestIds[2]], anew.RequestIds);
        Assert.Equal(DispatchState.Cancelled, Assert.Single(await house.NoticesAsync(held)).Dispatch);
        Assert.Contains(await house.Store.CustodyOfAsync(held, Token), entry => entry.Act.Act == "leave-notice" && entry.Act.Reason.Contains(shared.Id, StringComparison.Ordinal));
        Assert.Contains(await house.Store.CustodyOfAsync(shared.RequestIds[0], Token), entry => entry.Act.Act == "notice-divided");
        // An approval of what is no more sends nothing.
        await house.House.Sweeps.DispatchAsync(Token);
        Assert.Empty(house.Mail.Mails);

        Done(await house.House.Takedowns.ReleaseAsync(house.As("dung.pham"), held, "xong", Token));
        var whole = await NoticeAsync(house, anew.Id);
        Assert.Equal((3, DispatchState.Drafted), (whole.Items.Count, whole.Dispatch));
        await ApproveAsync(house, whole.Id);
        await house.House.Sweeps.DispatchAsync(Token);
        Assert.Single(house.Mail.Mails);
        Assert.NotNull((await house.RequestAsync(held)).SentAt);
    }

    [Fact]
    public async Task A_page_taken_back_leaves_the_others_and_its_case_is_open_again()
    {
        await using var house = await OpenAsync(most: 5);
        var shared = await DraftsAsync(house, 2);
        Done(await house.House.Takedowns.RetractAsync(house.As("binh.tran"), shared.RequestIds[0], "nhầm trang", Token));
        var gone = await house.RequestAsync(shared.RequestIds[0]);
        Assert.Equal(DemandState.Withdrawn, gone.Demand);
        Assert.Equal(Rules.Cases.CaseState.AwaitingVerification, (await house.Store.FindCaseAsync(gone.CaseId, AgencyScope.All, Token))!.State);
        // Nothing had left: there is nobody to tell.
        Assert.DoesNotContain(await house.NoticesAsync(gone.Id), notice => notice.Kind == NoticeKind.Retraction);
        var rest = (await house.NoticesAsync(shared.RequestIds[1]))[^1];
        Assert.Equal((DispatchState.Drafted, shared.RequestIds[1]), (rest.Dispatch, Assert.Single(rest.RequestIds)));

        // The same page verified anew joins what waits.
        var again = Done(await house.House.Cases.VerifyAsync(house.As("binh.tran"), gone.CaseId, new Verification("xem lại"), Token));
        Assert.Equal((rest.Id, 2), (again.Notice.Id, again.Notice.Items.Count));
    }

    [Fact]
    public async Task A_draft_that_a_person_cancels_ends_the_requests_of_all_its_pages()
    {
        await using var house = await OpenAsync(most: 5);
        var shared = await DraftsAsync(house, 3);
        Done(await house.House.Takedowns.CancelAsync(house.As("binh.tran"), shared.Id, "chưa đủ căn cứ", Token));
        foreach (var id in shared.RequestIds)
        {
            var request = await house.RequestAsync(id);
            Assert.Equal(DemandState.Withdrawn, request.Demand);
            Assert.Equal(Rules.Cases.CaseState.AwaitingVerification, (await house.Store.FindCaseAsync(request.CaseId, AgencyScope.All, Token))!.State);
        }
    }

    [Fact]
    public async Task A_page_found_gone_leaves_at_the_next_sweep_and_joins_again_when_it_is_back()
    {
        await using var house = await OpenAsync(most: 5);
        var shared = await DraftsAsync(house, 3);
        var page = shared.RequestIds[1];
        house.Site.OnText(Path(2), "", 404);
        await UntilLookedAsync(house);
        Assert.True((await house.RequestAsync(page)).AppearsGone);
        // Between the look and the sweep nobody can approve what demands it.
        Assert.Equal("page-gone", Refused(await house.House.Takedowns.ApproveAsync(house.As("chi.le"), shared.Id, shared.ContentDigest.ToString(), Token)));

        await house.House.Sweeps.RemindAsync(Token);
        var rest = (await house.NoticesAsync(shared.RequestIds[0]))[^1];
        Assert.Equal((2, DispatchState.Drafted), (rest.Items.Count, rest.Dispatch));
        Assert.Null((await house.RequestAsync(page)).DraftDueAt);
        Assert.Equal(DispatchState.Cancelled, Assert.Single(await house.NoticesAsync(page)).Dispatch);

        house.Site.OnText(Path(2), VantageHouse.Page);
        await UntilLookedAsync(house);
        await house.House.Sweeps.RemindAsync(Token);
        Assert.False((await house.RequestAsync(page)).AppearsGone);
        var whole = await NoticeAsync(house, rest.Id);
        Assert.Equal((3, DispatchState.Drafted), (whole.Items.Count, whole.Dispatch));
        Assert.Equal(0, await house.House.Sweeps.RemindAsync(Token));
    }

    [Fact]
    public async Task Each_page_has_a_state_of_its_own_and_those_still_up_are_reminded_and_escalated_together()
    {
        await using var house = await OpenAsync(most: 5, Ladder);
        var shared = await DraftsAsync(house, 3);
        await ApproveAsync(house, shared.Id);
        await house.House.Sweeps.DispatchAsync(Token);
        house.Site.OnText(Path(3), "", 404);
        await house.LiveAsync(24.5);

        var (one, two, three) = (await house.RequestAsync(shared.RequestIds[0]), await house.RequestAsync(shared.RequestIds[1]), await house.RequestAsync(shared.RequestIds[2]));
        Assert.Equal((true, 0, 0), (three.AppearsGone, three.Reminders, three.Rungs.Count));
        Assert.Equal((1, 1, 1, 1), (one.Reminders, two.Reminders, one.Rungs.Count, two.Rungs.Count));
        var reminder = Assert.Single(house.Mail.Mails, mail => mail.Subject.Contains("Nhắc lại", StringComparison.Ordinal));
        Assert.Contains(Page(1), reminder.Text, StringComparison.Ordinal);
        Assert.Contains(Page(2), reminder.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(Page(3), reminder.Text, StringComparison.Ordinal);
        var escalation = (await house.NoticesAsync(one.Id)).Single(notice => notice.Kind == NoticeKind.Escalation);
        Assert.Equal((escalation.Id, escalation.Id), (one.Rungs[0].Notice, two.Rungs[0].Notice));
        Assert.Equal([one.Id, two.Id], escalation.RequestIds);

        // Held: it leaves the escalation, has not climbed that rung, and climbs it when it is released.
        Done(await house.House.Takedowns.HoldAsync(house.As("dung.pham"), two.Id, "đang điều tra", Token));
        one = await house.RequestAsync(one.Id);
        Assert.Equal(DispatchState.Cancelled, (await NoticeAsync(house, escalation.Id)).Dispatch);
        var alone = await NoticeAsync(house, one.Rungs[0].Notice!);
        Assert.Equal((NoticeKind.Escalation, DispatchState.Drafted, escalation.To, one.Id), (alone.Kind, alone.Dispatch, alone.To, Assert.Single(alone.RequestIds)));
        Assert.Empty((await house.RequestAsync(two.Id)).Rungs);
        Done(await house.House.Takedowns.ReleaseAsync(house.As("dung.pham"), two.Id, "xong", Token));
        await house.House.Sweeps.RemindAsync(Token);
        Assert.Equal([LadderAction.SecondChannel], (await house.RequestAsync(two.Id)).Rungs.Select(rung => rung.Action));
    }

    [Fact]
    public async Task Pages_of_one_notice_stand_in_one_line_of_the_review_and_are_reminded_of_by_one_mail()
    {
        await using var house = await OpenAsync(most: 5);
        var shared = await DraftsAsync(house, 3);
        await ApproveAsync(house, shared.Id);
        await house.House.Sweeps.DispatchAsync(Token);
        house.Later(5);
        var review = Done(await house.House.Bulk.ReviewRemindersAsync(house.As("an.nguyen"), [], null, Token));
        var line = Assert.Single(review.Lines);
        Assert.Equal(shared.RequestIds, line.Requests);
        Assert.Equal([Page(1), Page(2), Page(3)], line.Urls);
        Assert.Null(Assert.Single(Done(await house.House.Bulk.RemindAsync(house.As("an.nguyen"), [line.Notice], review.Code, Token))).Refusal);
        await house.House.Sweeps.DispatchAsync(Token);
        Assert.Equal(2, house.Mail.Mails.Count);
        foreach (var id in shared.RequestIds)
            Assert.Equal(1, (await house.RequestAsync(id)).Reminders);

        // And drafts: one line, several pages, one act, an entry each.
        var drafts = Done(await house.House.Bulk.ReviewDraftsAsync(house.As("chi.le"), [], null, Token));
        Assert.Empty(drafts.Lines);
        await house.DraftAsync(Page(4));
        var next = await house.DraftAsync(Page(5));
        drafts = Done(await house.House.Bulk.ReviewDraftsAsync(house.As("chi.le"), [], null, Token));
        Assert.Equal([Page(4), Page(5)], Assert.Single(drafts.Lines).Urls);
        Assert.Equal(DispatchState.Approved, Assert.Single(Done(await house.House.Bulk.ApproveAsync(house.As("chi.le"), [next.Id], drafts.Code, Token))).Dispatch);
    }

    [Fact]
    public async Task What_is_held_while_a_notice_is_being_sent_holds_up_none_of_the_others_when_it_must_be_sent_again()
    {
        await using var house = await OpenAsync(most: 5);
        var shared = await DraftsAsync(house, 2);
        await ApproveAsync(house, shared.Id);
        // As a hold leaves it that came while the first attempt was under way and the server then deferred it.
        var request = await house.RequestAsync(shared.RequestIds[0]);
        await house.Store.CommitAsync(new ChangeSet().Put(request with { Demand = DemandState.OnHold }).Log(Actor.System.Log(house.House.Desk.Now, "hold", request.Id)), Token);
        await house.House.Sweeps.DispatchAsync(Token);
        Assert.Empty(house.Mail.Mails);
        Assert.Equal(DispatchState.Cancelled, (await NoticeAsync(house, shared.Id)).Dispatch);
        Assert.Equal((DispatchState.Drafted, 1), ((await house.NoticesAsync(shared.RequestIds[1]))[^1].Dispatch, (await house.NoticesAsync(shared.RequestIds[1]))[^1].Items.Count));
    }

    [Fact]
    public async Task A_page_whose_draft_could_not_be_made_anew_is_drafted_by_a_later_sweep()
    {
        await using var house = await OpenAsync(most: 5);
        var shared = await DraftsAsync(house, 2);
        // What a division leaves where the others could not be drafted at that moment.
        var changes = new ChangeSet().Put(await NoticeAsync(house, shared.Id) with { Dispatch = DispatchState.Cancelled }).Log(Actor.System.Log(house.House.Desk.Now, "cancel", shared.Id));
        foreach (var id in shared.RequestIds)
            changes.Put(await house.RequestAsync(id) with { DraftDueAt = house.House.Desk.Now.AddHours(1) });
        await house.Store.CommitAsync(changes, Token);
        Assert.Equal(0, await house.House.Sweeps.RemindAsync(Token));
        house.Later(1);
        Assert.Equal(2, await house.House.Sweeps.RemindAsync(Token));
        var anew = (await house.NoticesAsync(shared.RequestIds[0]))[^1];
        Assert.Equal((DispatchState.Drafted, 2, "SKHCN-2026-00002"), (anew.Dispatch, anew.Items.Count, anew.Id));
        Assert.Equal(0, await house.House.Sweeps.RemindAsync(Token));
    }

    [Fact]
    public async Task Many_who_verify_hold_and_approve_at_once_lose_no_page_exceed_no_limit_and_leave_no_gap()
    {
        const int Pages = 40;
        const int Most = 6;
        await using var house = await OpenAsync(most: Most);
        for (var page = 1; page <= Pages; page++)
            house.Site.OnText(Path(page), VantageHouse.Page);
        await house.House.Intake.AddManyAsync(house.As("an.nguyen"), [.. Enumerable.Range(1, Pages).Select(page => new IntakeItem { Url = Page(page), WatchListId = "sample", Source = "test" })], Token);
        await house.House.Sweeps.InspectDueAsync(Token);
        var cases = new List<string>();
        for (var page = 1; page <= Pages; page++)
            cases.Add(Ids.CaseOf((await house.Store.FindTargetByUrlAsync(Page(page), Token))!.Id));

        var verified = await Task.WhenAll(cases.Select((id, number) => Task.Run(async () =>
        {
            var done = Done(await house.House.Cases.VerifyAsync(house.As(number % 2 == 0 ? "binh.tran" : "khanh.do"), id, new Verification("đã xem"), Token));
            if (number % 7 == 3)
                Done(await house.House.Takedowns.HoldAsync(house.As("dung.pham"), done.Request.Id, "đang điều tra", Token));
            if (number % 9 == 5 && await house.Store.FindNoticeAsync(done.Notice.Id, AgencyScope.All, Token) is { } draft)
            {
                var mine = Worker.Notices.NoticeDrafter.Resign(draft, house.As("chi.le").Person!, house.House.Desk.Configuration)!;
                await house.House.Takedowns.ApproveAsync(house.As("chi.le"), draft.Id, mine.ContentDigest.ToString(), Token);
            }

            return done.Request.Id;
        }, Token)));

        var all = new List<Notice>();
        foreach (var state in Enum.GetValues<DispatchState>())
            all.AddRange(await house.Store.NoticesInAsync(state, AgencyScope.All, new Paging(null, 1000), Token));
        Assert.All(all, notice => Assert.InRange(notice.Items.Count, 1, Most));
        Assert.Equal(Enumerable.Range(1, all.Count), all.Select(notice => int.Parse(notice.Id[^5..], System.Globalization.CultureInfo.InvariantCulture)).Order());
        var standing = all.Where(notice => notice.Dispatch is DispatchState.Drafted or DispatchState.Approved).ToList();
        var held = 0;
        foreach (var id in verified)
        {
            var request = await house.RequestAsync(id);
            held += request.Demand == DemandState.OnHold ? 1 : 0;
            // A page alone on its draft keeps it while it is held; it cannot be approved.
            var mine = standing.Where(notice => notice.RequestIds.Contains(id)).ToList();
            if (request.Demand == DemandState.OnHold)
                Assert.True(mine.Count == 0 || Assert.Single(mine).RequestIds.Count == 1, id);
            else
                Assert.Single(mine);
            Assert.Equal(all.Count(notice => notice.RequestIds.Contains(id)), request.Notices);
        }

        Assert.Equal(Enumerable.Range(0, Pages).Count(number => number % 7 == 3), held);
    }

    private static string Path(int page) => $"/u/hoa.mai/bai/{page}";

    private static string Page(int page) => $"http://{Host}{Path(page)}";

    private static Task<DeskHouse> OpenAsync(int most, string ladder = "  []") => DeskHouse.OpenAsync(ladder, rest: $"required-vantages: [direct]\nitems-per-notice: {most}", configure: config => config.Replace("agencies.yaml", "  - id: dung.pham", """
          - id: khanh.do
            name: Đỗ Quốc Khánh
            title: Phó Giám đốc
            agency: ict
            roles: [verifier, approver]

          - id: dung.pham
        """));

    private static async Task<Notice> DraftsAsync(DeskHouse house, int pages)
    {
        Notice last = null!;
        for (var page = 1; page <= pages; page++)
            last = await house.DraftAsync(Page(page));
        Assert.Equal(pages, last.Items.Count);
        return last;
    }

    private static async Task<Notice> DraftByAsync(DeskHouse house, string person, string url, Verification? verification = null)
    {
        house.Site.OnText(new Uri(url).AbsolutePath, VantageHouse.Page);
        await house.House.Intake.AddManyAsync(house.As("an.nguyen"), [new IntakeItem { Url = url, WatchListId = "sample", Source = "test" }], Token);
        await house.House.Sweeps.InspectDueAsync(Token);
        var target = (await house.Store.FindTargetByUrlAsync(url, Token))!;
        return Done(await house.House.Cases.VerifyAsync(house.As(person), Ids.CaseOf(target.Id), verification ?? new Verification("đã xem"), Token)).Notice;
    }

    private static async Task<Notice> ApproveAsync(DeskHouse house, string id)
    {
        var chi = house.As("chi.le");
        var mine = Worker.Notices.NoticeDrafter.Resign(await NoticeAsync(house, id), chi.Person!, house.House.Desk.Configuration)!;
        return Done(await house.House.Takedowns.ApproveAsync(chi, id, mine.ContentDigest.ToString(), Token));
    }

    private static async Task<Notice> NoticeAsync(DeskHouse house, string id) => (await house.Store.FindNoticeAsync(id, AgencyScope.All, Token))!;

    /// <summary>Until everything that is watched was looked at once more; nothing else happens meanwhile.</summary>
    private static async Task UntilLookedAsync(DeskHouse house)
    {
        house.Later(50);
        await house.House.Sweeps.InspectDueAsync(Token);
    }
}
