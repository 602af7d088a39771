using System.Collections.Concurrent;
using Monitor.Rules.Banks;
using Monitor.Rules.Cases;
using Monitor.Rules.Custody;
using Monitor.Rules.Evidence;
using Monitor.Rules.Removal;
using Monitor.Rules.Replies;
using Monitor.Rules.RuleSets;
using Monitor.Rules.Takedowns;
using Monitor.Rules.WatchLists;
using Monitor.Worker.Ports;

namespace Monitor.Tests.Contracts;

/// <summary>What every store must do, whatever it is made of. A store's tests derive from this and say how one is opened.</summary>
public abstract class StoreContract : IAsyncLifetime
{
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly AgencyScope All = AgencyScope.All;
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    protected IMonitorStore Store { get; private set; } = null!;

    /// <summary>Opens a store; the same place each time within one test.</summary>
    protected abstract Task<IMonitorStore> OpenAsync();

    protected abstract Task CloseAsync(IMonitorStore store);

    public virtual async ValueTask InitializeAsync() => Store = await OpenAsync();

    public virtual async ValueTask DisposeAsync()
    {
        await CloseAsync(Store);
        GC.SuppressFinalize(this);
    }

    private static ChangeSet Change(string item = "x") => new ChangeSet().Log(Rows.Act(item));

    private async Task<long> SaveAsync(ChangeSet changes)
    {
        var result = await Store.CommitAsync(changes, None);
        return Assert.IsType<SaveResult.Saved>(result).CustodySequence;
    }

    private async Task ConflictAsync(ChangeSet changes, string item)
    {
        var result = await Store.CommitAsync(changes, None);
        Assert.Equal(item, Assert.IsType<SaveResult.Conflict>(result).Item);
    }

    private async Task ReopenAsync()
    {
        await CloseAsync(Store);
        Store = await OpenAsync();
    }

    [Fact]
    public async Task Evidence_requests_are_found_by_id_state_and_target()
    {
        var first = Rows.Evidence(1, EvidenceRequestState.Received, "T000001", "T000002");
        await SaveAsync(Change().Put(first).Put(Rows.Evidence(2, EvidenceRequestState.Approved, "T000002")));
        await ReopenAsync();
        Assert.Equivalent(first with { Version = 1 }, await Store.FindEvidenceRequestAsync("E000001", All, None), strict: true);
        Assert.Null(await Store.FindEvidenceRequestAsync("E000001", AgencyScope.Of("CAT"), None));
        Assert.Equal(["E000002"], (await Store.ListEvidenceRequestsAsync(EvidenceRequestState.Approved, All, new Paging(), None)).Select(row => row.Id));
        Assert.Equal(["E000001", "E000002"], (await Store.EvidenceRequestsOfTargetAsync("T000002", None)).Select(row => row.Id));
        Assert.Equal(["E000001"], (await Store.EvidenceRequestsOfTargetAsync("T000001", None)).Select(row => row.Id));
    }

    [Fact]
    public async Task Shred_orders_come_due_and_are_found_by_target()
    {
        await SaveAsync(Change().Put(Rows.Shred(1, Rows.Noon)).Put(Rows.Shred(2, Rows.Noon - Minute)).Put(Rows.Shred(3, null)));
        Assert.Equal(["media-expired/T000002", "media-expired/T000001"], (await Store.ShredOrdersDueAsync(Rows.Noon, 10, None)).Select(row => row.Id));
        Assert.Single(await Store.ShredOrdersDueAsync(Rows.Noon, 1, None));
        Assert.Equal(Rows.Noon - Minute, await Store.NextShredDueAsync(None));
        var order = (await Store.FindShredOrderAsync("media-expired/T000002", None))!;
        await SaveAsync(Change().Put(order with { DueAt = null }));
        Assert.Equal(Rows.Noon, await Store.NextShredDueAsync(None));
        Assert.Equal("media-expired/T000003", Assert.Single(await Store.ShredOrdersOfTargetAsync("T000003", None)).Id);
    }

    [Fact]
    public async Task Mail_is_found_by_digest_state_and_notice_and_notices_by_token_and_ticket()
    {
        var mail = Rows.Mail(1) with { NoticeId = "SKHCN-2026-00001", State = InboundState.Proposed };
        await SaveAsync(Change().Put(mail).Put(Rows.Mail(2)).Put(Rows.Notice(1, "R000001-1") with { ReplyToken = "abcdefghijklmnop", ExternalTicket = "PH-77" }).Put(new MailboxCursor { Id = "a@b:1/INBOX", Validity = 7, LastUid = 4 }));
        await ReopenAsync();
        Assert.Equal(mail.Id, (await Store.FindMailByDigestAsync(mail.MessageDigest, None))!.Id);
        Assert.Null(await Store.FindMailByDigestAsync(Rows.Mail(3).MessageDigest, None));
        Assert.Equal([mail.Id], (await Store.ListMailAsync(InboundState.Proposed, All, new Paging(null, 10), None)).Select(row => row.Id));
        Assert.Equal([mail.Id], (await Store.MailOfNoticeAsync("SKHCN-2026-00001", All, None)).Select(row => row.Id));
        Assert.Empty(await Store.ListMailAsync(null, AgencyScope.Of("khac"), new Paging(null, 10), None));
        Assert.Null(await Store.FindMailAsync(mail.Id, AgencyScope.Of("khac"), None));
        Assert.Equal("SKHCN-2026-00001", (await Store.FindNoticeByTokenAsync("abcdefghijklmnop", None))!.Id);
        Assert.Null(await Store.FindNoticeByTokenAsync("abcdefghijklmnoq", None));
        Assert.Equal(["SKHCN-2026-00001"], (await Store.NoticesByTicketAsync("PH-77", None)).Select(row => row.Id));
        Assert.Equal((1L, 7u, 4u), ((await Store.CursorAsync("a@b:1/INBOX", None)).Version, (await Store.CursorAsync("a@b:1/INBOX", None)).Validity, (await Store.CursorAsync("a@b:1/INBOX", None)).LastUid));
        Assert.Equal(0, (await Store.CursorAsync("a@b:1/Khác", None)).Version);
    }

    [Fact]
    public async Task An_act_without_a_custody_entry_does_not_happen()
    {
        await Assert.ThrowsAsync<ArgumentException>(() => Store.CommitAsync(new ChangeSet().Put(Rows.Target(1)), None));
        Assert.Null(await Store.FindTargetAsync(Rows.TargetId(1), All, None));
    }

    [Fact]
    public async Task One_act_writes_rows_of_every_kind_and_all_survive_reopening()
    {
        var sequence = await SaveAsync(Change("T000001")
            .Put(Rows.Target(1, Rows.Noon)).Put(Rows.Candidate(1)).Put(Rows.Case(1)).Put(Rows.Request(1, 1, Rows.Noon))
            .Put(Rows.Notice(1, "R000001-1")).Put(Rows.Message(1, Rows.Noon)).Put(new NumberSeries("targets", 0, 1)).Put(Rows.Bank("made-up")).Put(Rows.HashEntry("made-up")).Put(Rows.RuleSet("lanterns", 1))
            .Append(Rows.Observation(1, 1)).Append(Rows.Report(1, 1)).Log(Rows.Act("C000001")));
        Assert.Equal(2, sequence);
        await ReopenAsync();

        Assert.Equal(1, (await Store.FindTargetAsync("T000001", All, None))!.Version);
        Assert.Equal("T000001", (await Store.FindTargetByUrlAsync("https://lantern.example/1", None))!.Id);
        Assert.Equal(1, await Store.CountTargetsAsync(None));
        Assert.Equal(Rows.Noon, await Store.NextTargetDueAsync(None));
        Assert.Equal("https://lantern.example/found/1", (await Store.FindCandidateAsync("K0000000000000001", All, None))!.Url);
        Assert.Equal(CaseState.AwaitingTriage, (await Store.FindCaseAsync("C000001", All, None))!.State);
        Assert.Equal(new DateOnly(2024, 12, 25), (await Store.FindRequestAsync("R000001-1", All, None))!.LegalBasisValidFrom);
        Assert.Equal(Rows.Noon, await Store.NextRequestDueAsync(None));
        Assert.Equal("đèn lồng xanh", (await Store.FindNoticeAsync("SKHCN-2026-00001", All, None))!.Subject);
        Assert.Equal(Rows.Noon, await Store.NextMessageDueAsync(None));
        Assert.Equal(Rows.Noon, (await Store.FindMessageAsync("A000001", None))!.DueAt);
        Assert.Equal(new NumberSeries("targets", 1, 1), await Store.SeriesAsync("targets", None));
        Assert.Equal(new NumberSeries("never-used", 0, 0), await Store.SeriesAsync("never-used", None));
        Assert.Equal(Rows.Sha256Of("made-up"), Assert.Single(await Store.BanksAsync(None)).FileDigest);
        Assert.Equal(EntryStanding.Quarantined, Assert.Single(await Store.HashEntriesAsync(None)).Standing);
        var rules = Assert.Single(await Store.RuleSetVersionsAsync("lanterns", None));
        Assert.Equal((Rows.RuleSet("lanterns", 1).Text, "page", RuleSetState.Active), (rules.Text, rules.Guidance["lantern"], rules.State));
        Assert.Empty(await Store.RuleSetVersionsAsync("lantern", None));
        Assert.Equal(1, Assert.Single(await Store.ObservationsAsync("T000001", 1, 10, None)).Number);
        Assert.Equal("I000001", Assert.Single(await Store.ReportsOfTargetAsync("T000001", None)).Id);
        Assert.Equal(2, await Store.CustodyLengthAsync(None));
        Assert.Equal(3, await SaveAsync(Change()));
        await AssertChainAsync(3);
    }

    [Fact]
    public async Task A_conflict_writes_nothing_of_the_whole_act()
    {
        await SaveAsync(Change().Put(Rows.Case(1)));
        await ConflictAsync(
            Change().Put(Rows.Target(1)).Append(Rows.Observation(1, 1)).Append(Rows.Report(1, 1)).Put(Rows.Case(1)),
            "C000001");
        Assert.Null(await Store.FindTargetAsync("T000001", All, None));
        Assert.Empty(await Store.ObservationsAsync("T000001", 0, 10, None));
        Assert.Empty(await Store.ReportsOfTargetAsync("T000001", None));
        Assert.Equal(0, await Store.CountTargetsAsync(None));
        Assert.Equal(1, await Store.CustodyLengthAsync(None));
    }

    [Fact]
    public async Task Of_two_who_read_the_same_version_one_wins()
    {
        await SaveAsync(Change().Put(Rows.Target(1)));
        var read = (await Store.FindTargetAsync("T000001", All, None))!;
        await SaveAsync(Change().Put(read with { Attention = "first" }));
        await ConflictAsync(Change().Put(read with { Attention = "second" }), "T000001");
        var stands = (await Store.FindTargetAsync("T000001", All, None))!;
        Assert.Equal("first", stands.Attention);
        Assert.Equal(2, stands.Version);
    }

    [Fact]
    public async Task A_row_that_is_not_there_cannot_be_changed()
    {
        await ConflictAsync(Change().Put(Rows.Case(7) with { Version = 3 }), "C000007");
        Assert.Null(await Store.FindCaseAsync("C000007", All, None));
    }

    [Fact]
    public async Task A_url_has_one_target_and_the_conflict_names_it()
    {
        await SaveAsync(Change().Put(Rows.Target(1)));
        await ConflictAsync(Change().Put(Rows.Target(2) with { Url = "https://lantern.example/1" }), "T000001");
        await ConflictAsync(Change().Put(Rows.Target(3)).Put(Rows.Target(4) with { Url = "https://lantern.example/3" }), "T000004");
        await SaveAsync(Change().Put(Rows.Target(5) with { Url = "https://lantern.example/1?Case=matters" }));
        await SaveAsync(Change().Put(Rows.Target(6) with { Url = "https://lantern.example/1?case=matters" }));
        Assert.Equal(3, await Store.CountTargetsAsync(None));
    }

    [Fact]
    public async Task Appended_rows_are_never_written_twice()
    {
        await SaveAsync(Change().Append(Rows.Observation(1, 1)).Append(Rows.Report(1, 1)));
        await ConflictAsync(Change().Append(Rows.Observation(1, 1) with { Vantage = "other" }), "T000001/00000001");
        await ConflictAsync(Change().Append(Rows.Report(1, 2)), "I000001");
        await ConflictAsync(Change().Append(Rows.Observation(2, 1)).Append(Rows.Observation(2, 1)), "T000002/00000001");
        Assert.Equal("direct", Assert.Single(await Store.ObservationsAsync("T000001", 0, 10, None)).Vantage);
        Assert.Empty(await Store.ObservationsAsync("T000002", 0, 10, None));
    }

    [Fact]
    public async Task Observations_come_in_number_order_and_of_one_target_only()
    {
        foreach (var number in new[] { 3, 1, 12, 2, 100 })
            await SaveAsync(Change().Append(Rows.Observation(1, number)).Append(Rows.Observation(10, number)));
        Assert.Equal([2, 3, 12], (await Store.ObservationsAsync("T000001", 2, 3, None)).Select(row => row.Number));
        Assert.Equal([100], (await Store.ObservationsAsync("T000010", 13, 3, None)).Select(row => row.Number));
        Assert.Empty(await Store.ObservationsAsync("T000001", 0, 0, None));
    }

    [Fact]
    public async Task What_is_out_of_scope_is_not_found()
    {
        await SaveAsync(Change()
            .Put(Rows.Target(1, owner: "A")).Put(Rows.Target(2, owner: "B")).Put(Rows.Target(3, owner: "C"))
            .Put(Rows.Case(1, owner: "A")).Put(Rows.Case(2, owner: "B"))
            .Put(Rows.Request(1, 1, owner: "A")).Put(Rows.Request(2, 1, owner: "B")).Put(Rows.Candidate(1)).Put(Rows.Notice(1, "R000001-1")));
        var a = AgencyScope.Of("A");
        Assert.NotNull(await Store.FindTargetAsync("T000001", a, None));
        Assert.Null(await Store.FindTargetAsync("T000002", a, None));
        Assert.Null(await Store.FindCaseAsync("C000002", a, None));
        Assert.Null(await Store.FindRequestAsync("R000002-1", a, None));
        Assert.Null(await Store.FindCandidateAsync("K0000000000000001", a, None));
        Assert.Null(await Store.FindNoticeAsync("SKHCN-2026-00001", a, None));
        Assert.Empty(await Store.NoticesInAsync(DispatchState.Drafted, a, new Paging(), None));
        Assert.Empty(await Store.NoticesOfRequestAsync("R000001-1", a, None));
        Assert.Empty(await Store.ListCandidatesAsync(null, a, new Paging(), None));
        Assert.Equal(["C000001"], (await Store.ListCasesAsync(null, a, new Paging(), None)).Select(row => row.Id));
        Assert.Equal(["C000001"], (await Store.ListCasesAsync(CaseState.AwaitingTriage, a, new Paging(), None)).Select(row => row.Id));
        Assert.Equal(["R000001-1"], (await Store.RequestsOfTargetAsync("T000001", a, None)).Select(row => row.Id));
        Assert.Equal(["T000001", "T000003"], (await Store.ListTargetsAsync(new TargetQuery(), AgencyScope.Of("C", "A"), new Paging(), None)).Select(row => row.Id));
        Assert.Empty(await Store.ListTargetsAsync(new TargetQuery(), AgencyScope.Of(), new Paging(), None));
    }

    [Fact]
    public async Task Pages_follow_one_another_without_gap_or_repetition()
    {
        var changes = Change();
        for (var i = 1; i <= 57; i++)
        {
            changes.Put(Rows.Target(i, owner: i % 2 == 0 ? "A" : "B", list: i % 3 == 0 ? "third" : "other") with
            {
                Attention = i % 5 == 0 ? "look" : null,
                Progress = new RemovalProgress { State = i % 7 == 0 ? RemovalState.ApparentlyGone : RemovalState.Live },
            });
        }

        await SaveAsync(changes);
        await ExpectAsync(new TargetQuery(), All, _ => true);
        await ExpectAsync(new TargetQuery(), AgencyScope.Of("A"), i => i % 2 == 0);
        await ExpectAsync(new TargetQuery(), AgencyScope.Of("A", "B"), _ => true);
        await ExpectAsync(new TargetQuery(WatchListId: "third"), All, i => i % 3 == 0);
        await ExpectAsync(new TargetQuery(WatchListId: "thir"), All, _ => false);
        await ExpectAsync(new TargetQuery(NeedsAttention: true), AgencyScope.Of("B"), i => i % 5 == 0 && i % 2 != 0);
        await ExpectAsync(new TargetQuery(NeedsAttention: false), All, i => i % 5 != 0);
        await ExpectAsync(new TargetQuery(State: RemovalState.ApparentlyGone), All, i => i % 7 == 0);
        await ExpectAsync(new TargetQuery(State: RemovalState.Live), All, i => i % 7 != 0);
        await ExpectAsync(new TargetQuery("third", RemovalState.Live, true), All, i => i % 3 == 0 && i % 7 != 0 && i % 5 == 0);

        async Task ExpectAsync(TargetQuery query, AgencyScope scope, Func<int, bool> wanted)
        {
            var seen = new List<string>();
            string? after = null;
            while (await Store.ListTargetsAsync(query, scope, new Paging(after, 4), None) is { Count: > 0 } page)
            {
                Assert.True(page.Count <= 4);
                seen.AddRange(page.Select(row => row.Id));
                after = page[^1].Id;
            }

            Assert.Equal(Enumerable.Range(1, 57).Where(wanted).Select(Rows.TargetId), seen);
        }
    }

    [Fact]
    public async Task Lists_follow_a_row_from_state_to_state()
    {
        await SaveAsync(Change().Put(Rows.Case(1)).Put(Rows.Notice(2, "R000001-1")).Put(Rows.Notice(1, "R000001-1")).Put(Rows.Candidate(1)).Put(Rows.Request(1, 9)));
        await SaveAsync(Change().Put(Rows.Case(1, CaseState.Verified) with { Version = 1 }).Put(Rows.Notice(1, "R000001-1", DispatchState.Approved) with { Version = 1 })
            .Put(Rows.Candidate(1, CandidateState.Dismissed) with { Version = 1 }).Put(Rows.Request(1, 9) with { Version = 1, Demand = DemandState.OnHold }));
        Assert.Empty(await Store.ListCasesAsync(CaseState.AwaitingTriage, All, new Paging(), None));
        Assert.Equal(2, Assert.Single(await Store.ListCasesAsync(CaseState.Verified, All, new Paging(), None)).Version);
        Assert.Equal(["SKHCN-2026-00002"], (await Store.NoticesInAsync(DispatchState.Drafted, All, new Paging(), None)).Select(row => row.Id));
        Assert.Equal(["SKHCN-2026-00001", "SKHCN-2026-00002"], (await Store.NoticesOfRequestAsync("R000001-1", All, None)).Select(row => row.Id));
        Assert.Empty(await Store.ListCandidatesAsync(CandidateState.AwaitingTriage, All, new Paging(), None));
        Assert.Single(await Store.ListCandidatesAsync(CandidateState.Dismissed, All, new Paging(), None));
        Assert.Empty(await Store.ListRequestsAsync(DemandState.Open, All, new Paging(), None));
        Assert.Single(await Store.ListRequestsAsync(DemandState.OnHold, All, new Paging(), None));
    }

    [Fact]
    public async Task Reminders_come_due_earliest_first_and_go_when_there_is_none()
    {
        await SaveAsync(Change().Put(Rows.Request(1, 1, Rows.Noon.AddHours(2))).Put(Rows.Request(2, 1, Rows.Noon.AddHours(1))).Put(Rows.Request(3, 1)).Put(Rows.Request(4, 1, Rows.Noon.AddDays(1))));
        Assert.Equal(["R000002-1", "R000001-1"], (await Store.RequestsDueAsync(Rows.Noon.AddHours(2), 10, None)).Select(row => row.Id));
        Assert.Equal(Rows.Noon.AddHours(1), await Store.NextRequestDueAsync(None));
        await SaveAsync(Change().Put(Rows.Request(2, 1) with { Version = 1 }).Put(Rows.Request(1, 1) with { Version = 1 }).Put(Rows.Request(4, 1) with { Version = 1 }));
        Assert.Null(await Store.NextRequestDueAsync(None));
        Assert.Empty(await Store.RequestsDueAsync(Rows.Noon.AddYears(1), 10, None));
    }

    [Fact]
    public async Task A_request_is_due_for_whichever_comes_first_a_reminder_or_a_rung()
    {
        await SaveAsync(Change()
            .Put(Rows.Request(1, 1, Rows.Noon.AddHours(3)) with { NextRungAt = Rows.Noon.AddHours(1) })
            .Put(Rows.Request(2, 1, Rows.Noon.AddHours(2)) with { NextRungAt = Rows.Noon.AddHours(4) })
            .Put(Rows.Request(3, 1) with { NextRungAt = Rows.Noon.AddHours(5) }));
        Assert.Equal(["R000001-1", "R000002-1", "R000003-1"], (await Store.RequestsDueAsync(Rows.Noon.AddHours(5), 10, None)).Select(row => row.Id));
        Assert.Equal(Rows.Noon.AddHours(1), await Store.NextRequestDueAsync(None));
    }

    [Fact]
    public async Task Requests_are_found_by_the_account_they_are_about_on_its_platform_alone()
    {
        await SaveAsync(Change()
            .Put(Rows.Request(1, 1) with { Account = "hoa.mai" })
            .Put(Rows.Request(2, 2) with { Account = "hoa.mai" })
            .Put(Rows.Request(3, 3) with { Account = "hoa.mai", PlatformId = "khac" })
            .Put(Rows.Request(4, 4) with { Account = "Hoa.Mai" })
            .Put(Rows.Request(5, 5)));
        Assert.Equal(["R000001-1", "R000002-1"], (await Store.RequestsOfAccountAsync("generic", "hoa.mai", None)).Select(row => row.Id));
        Assert.Empty(await Store.RequestsOfAccountAsync("generic", "hoa", None));
    }

    [Fact]
    public async Task Alerts_are_listed_until_somebody_acknowledges_them()
    {
        var alert = Rows.Message(1, Rows.Noon) with { Id = "A000001", Kind = OutboxKind.Alert };
        await SaveAsync(Change().Put(alert).Put(alert with { Id = "A000002", OwnerAgency = "CAT", DueAt = null }).Put(Rows.Message(3, Rows.Noon) with { Kind = OutboxKind.Notice }));
        Assert.Equal(["A000001", "A000002"], (await Store.OpenAlertsAsync(All, new Paging(null, 10), None)).Select(row => row.Id));
        Assert.Equal(["A000002"], (await Store.OpenAlertsAsync(AgencyScope.Of("CAT"), new Paging(null, 10), None)).Select(row => row.Id));
        await SaveAsync(Change().Put((await Store.FindMessageAsync("A000001", None))! with { AcknowledgedBy = "dung" }));
        Assert.Equal(["A000002"], (await Store.OpenAlertsAsync(All, new Paging(null, 10), None)).Select(row => row.Id));
    }

    [Fact]
    public async Task A_notice_of_several_pages_is_found_by_each_request_it_speaks_for()
    {
        var item = new NoticeItem { RequestId = "R000001-1", TargetId = "T000001", CaseId = "C000001", Url = "https://lantern.example/1", FirstSeenAt = Rows.Noon, LastSeenAt = Rows.Noon };
        var shared = Rows.Notice(1, "R000001-1") with { Items = [item, item with { RequestId = "R000002-1", TargetId = "T000002" }] };
        await SaveAsync(Change().Put(shared).Put(Rows.Notice(2, "R000002-1")));
        Assert.Equal(["SKHCN-2026-00001"], (await Store.NoticesOfRequestAsync("R000001-1", All, None)).Select(row => row.Id));
        Assert.Equal(["SKHCN-2026-00001", "SKHCN-2026-00002"], (await Store.NoticesOfRequestAsync("R000002-1", All, None)).Select(row => row.Id));
    }

    [Fact]
    public async Task First_demands_with_room_are_found_by_agency_and_platform_until_they_are_full_or_approved()
    {
        var item = new NoticeItem { RequestId = "R000007-1", Url = "https://lantern.example/7", FirstSeenAt = Rows.Noon, LastSeenAt = Rows.Noon };
        await SaveAsync(Change()
            .Put(Rows.Notice(1, "R000001-1") with { MostItems = 2 })
            .Put(Rows.Notice(2, "R000002-1") with { MostItems = 2, PlatformId = "khac" })
            .Put(Rows.Notice(3, "R000003-1") with { MostItems = 2, OwnerAgency = "CAT" })
            .Put(Rows.Notice(4, "R000004-1") with { MostItems = 2, Kind = NoticeKind.Reminder })
            .Put(Rows.Notice(5, "R000005-1", DispatchState.Sent) with { MostItems = 2 })
            .Put(Rows.Notice(6, "R000006-1") with { MostItems = 2 })
            .Put(Rows.Notice(7, "R000007-1") with { MostItems = 1, Items = [item] }));
        Assert.Equal(["SKHCN-2026-00001", "SKHCN-2026-00006"], (await Store.OpenDraftsAsync("SKHCN", "generic", None)).Select(row => row.Id));
        var first = (await Store.FindNoticeAsync("SKHCN-2026-00001", All, None))!;
        await SaveAsync(Change().Put(first with { Dispatch = DispatchState.Approved }));
        Assert.Equal(["SKHCN-2026-00006"], (await Store.OpenDraftsAsync("SKHCN", "generic", None)).Select(row => row.Id));
    }

    [Fact]
    public async Task What_was_sent_to_a_platform_is_counted_by_one_row_and_of_two_who_count_at_once_one_wins()
    {
        var empty = await Store.LaneAsync("generic", None);
        Assert.Equal((0L, 0), (empty.Version, empty.Sent.Count));
        await SaveAsync(Change().Put(empty.With(Rows.Noon)));
        await ConflictAsync(Change().Put(empty.With(Rows.Noon.AddMinutes(1))), "generic");
        await ReopenAsync();
        var kept = await Store.LaneAsync("generic", None);
        Assert.Equal([Rows.Noon], kept.Sent);
        Assert.Equal(Rows.Noon.AddHours(1), kept.FreeAt(Rows.Noon.AddMinutes(30), 1));
        Assert.Empty((await Store.LaneAsync("khac", None)).Sent);
    }

    [Fact]
    public async Task A_claim_takes_the_earliest_and_hides_them_until_the_lease_ends()
    {
        await SaveAsync(Change().Put(Rows.Target(1, Rows.Noon.AddMinutes(3))).Put(Rows.Target(2, Rows.Noon.AddMinutes(1))).Put(Rows.Target(3, Rows.Noon.AddMinutes(2))).Put(Rows.Target(4)));
        Assert.Empty(await Store.ClaimDueTargetsAsync(Rows.Noon, Minute, 10, None));
        var now = Rows.Noon.AddMinutes(5);
        var first = await Store.ClaimDueTargetsAsync(now, Minute, 2, None);
        Assert.Equal(["T000002", "T000003"], first.Select(claimed => claimed.Row.Id));
        Assert.All(first, claimed => Assert.Equal(now + Minute, claimed.Lease.Until));
        Assert.Equal(["T000001"], (await Store.ClaimDueTargetsAsync(now, 2 * Minute, 10, None)).Select(claimed => claimed.Row.Id));
        Assert.Empty(await Store.ClaimDueTargetsAsync(now, Minute, 10, None));
        Assert.Equal(now + Minute, await Store.NextTargetDueAsync(None));

        await ReopenAsync();
        Assert.Empty(await Store.ClaimDueTargetsAsync(now + Minute - TimeSpan.FromMilliseconds(1), Minute, 10, None));
        var again = await Store.ClaimDueTargetsAsync(now + Minute, Minute, 10, None);
        Assert.Equal(["T000002", "T000003"], again.Select(claimed => claimed.Row.Id).Order(StringComparer.Ordinal));
        Assert.True(again.Min(claimed => claimed.Lease.Token) > first.Max(claimed => claimed.Lease.Token));
    }

    [Fact]
    public async Task A_commit_under_its_lease_gives_it_back_and_a_late_worker_is_fenced_out()
    {
        await SaveAsync(Change().Put(Rows.Target(1, Rows.Noon)));
        var late = Assert.Single(await Store.ClaimDueTargetsAsync(Rows.Noon, Minute, 1, None));
        var heir = Assert.Single(await Store.ClaimDueTargetsAsync(Rows.Noon + Minute, Minute, 1, None));
        await ConflictAsync(Change().Holding(late.Lease).Put(late.Row with { Attention = "late" }), "T000001");
        await SaveAsync(Change().Holding(heir.Lease).Put(heir.Row with { NextCheckAt = Rows.Noon.AddHours(1) }));
        Assert.Equal(Rows.Noon.AddHours(1), await Store.NextTargetDueAsync(None));
        await ConflictAsync(Change().Holding(heir.Lease), "T000001");
        Assert.Null((await Store.FindTargetAsync("T000001", All, None))!.Attention);
    }

    [Fact]
    public async Task A_lease_given_back_without_a_change_makes_the_row_due_again()
    {
        await SaveAsync(Change().Put(Rows.Target(1, Rows.Noon)).Put(Rows.Message(1, Rows.Noon)));
        var target = Assert.Single(await Store.ClaimDueTargetsAsync(Rows.Noon, Minute, 1, None));
        var message = Assert.Single(await Store.ClaimDueMessagesAsync(Rows.Noon, Minute, 1, None));
        Assert.Equal(LeaseKind.Outbox, message.Lease.Kind);
        await SaveAsync(Change().Holding(target.Lease).Holding(message.Lease).Put(message.Row with { DueAt = null, Attempts = 1 }));
        Assert.Equal(Rows.Noon, await Store.NextTargetDueAsync(None));
        Assert.Null(await Store.NextMessageDueAsync(None));
        Assert.Single(await Store.ClaimDueTargetsAsync(Rows.Noon, Minute, 1, None));
    }

    [Fact]
    public async Task A_change_by_somebody_without_the_lease_neither_ends_nor_shortens_it()
    {
        await SaveAsync(Change().Put(Rows.Target(1, Rows.Noon)));
        var held = Assert.Single(await Store.ClaimDueTargetsAsync(Rows.Noon, Minute, 1, None));
        await SaveAsync(Change().Put(held.Row with { Attention = "a person looked", NextCheckAt = null }));
        Assert.Null(await Store.NextTargetDueAsync(None));
        await SaveAsync(Change().Put(held.Row with { Version = 2, NextCheckAt = Rows.Noon }));
        Assert.Equal(Rows.Noon + Minute, await Store.NextTargetDueAsync(None));
        Assert.Empty(await Store.ClaimDueTargetsAsync(Rows.Noon, Minute, 1, None));

        await ConflictAsync(Change().Holding(held.Lease).Put(held.Row), "T000001");
        await SaveAsync(Change().Holding(held.Lease).Put(held.Row with { Version = 3, NextCheckAt = Rows.Noon.AddHours(2) }));
        Assert.Equal(Rows.Noon.AddHours(2), await Store.NextTargetDueAsync(None));
    }

    [Fact]
    public async Task Sixteen_claimers_never_share_a_row()
    {
        var changes = Change();
        for (var i = 1; i <= 400; i++)
            changes.Put(Rows.Target(i, Rows.Noon.AddSeconds(-i)));
        await SaveAsync(changes);

        var taken = new ConcurrentBag<string>();
        var tokens = new ConcurrentBag<long>();
        await Parallel.ForEachAsync(Enumerable.Range(0, 16), new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (_, _) =>
        {
            while (await Store.ClaimDueTargetsAsync(Rows.Noon, Minute, 7, None) is { Count: > 0 } claimed)
            {
                foreach (var one in claimed)
                {
                    taken.Add(one.Row.Id);
                    tokens.Add(one.Lease.Token);
                }
            }
        });
        Assert.Equal(400, taken.Count);
        Assert.Equal(400, taken.Distinct().Count());
        Assert.Equal(400, tokens.Distinct().Count());
    }

    [Fact]
    public async Task The_custody_log_has_no_gap_when_many_write_at_once()
    {
        var sequences = new ConcurrentBag<long>();
        await Parallel.ForEachAsync(Enumerable.Range(1, 300), new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (i, _) =>
        {
            var item = $"I{i % 10}";
            sequences.Add(await SaveAsync(Change(item).Log(Rows.Act("second", "note")).Put(Rows.Target(i))));
            await ConflictAsync(Change(item).Put(Rows.Target(i)), Rows.TargetId(i));
        });
        Assert.Equal(Enumerable.Range(1, 300).Select(i => 2L * i), sequences.Order());
        await AssertChainAsync(600);
        var about = await Store.CustodyOfAsync("I3", None);
        Assert.Equal(30, about.Count);
        Assert.Equal(about.Select(entry => entry.Sequence).Order(), about.Select(entry => entry.Sequence));
        Assert.Empty(await Store.CustodyOfAsync("i3", None));
    }

    [Fact]
    public async Task Numbers_are_given_out_once_and_without_gap_under_contention()
    {
        const int Takers = 12, Each = 20;
        await Parallel.ForEachAsync(Enumerable.Range(0, Takers), new ParallelOptions { MaxDegreeOfParallelism = Takers }, async (_, _) =>
        {
            for (var i = 0; i < Each; i++)
            {
                while (true)
                {
                    var series = await Store.SeriesAsync("targets", None);
                    var number = (int)series.Last + 1;
                    if (await Store.CommitAsync(Change().Put(series with { Last = number }).Put(Rows.Target(number)), None) is SaveResult.Saved)
                        break;
                }
            }
        });
        Assert.Equal(Takers * Each, (await Store.SeriesAsync("targets", None)).Last);
        Assert.Equal(Takers * Each, await Store.CountTargetsAsync(None));
        Assert.Equal(
            Enumerable.Range(1, Takers * Each).Select(Rows.TargetId),
            (await Store.ListTargetsAsync(new TargetQuery(), All, new Paging(null, 1000), None)).Select(row => row.Id));
    }

    [Fact]
    public async Task Keeping_house_goes_on_beside_work()
    {
        var writing = Parallel.ForEachAsync(Enumerable.Range(1, 100), async (i, _) => await SaveAsync(Change().Put(Rows.Target(i, Rows.Noon))));
        for (var i = 0; i < 5; i++)
            await Store.MaintainAsync(None);
        await writing;
        Assert.Equal(100, (await Store.ClaimDueTargetsAsync(Rows.Noon, Minute, 1000, None)).Count);
    }

    [Theory]
    [InlineData(20260301)]
    [InlineData(7)]
    public async Task Random_acts_leave_what_a_model_in_memory_has(int seed)
    {
        const int Acts = 5000, Ids = 60;
        var random = new Random(seed);
        var model = new StoreModel();
        var now = Rows.Noon;
        var leases = new List<Lease>();
        for (var act = 0; act < Acts; act++)
        {
            now = now.AddSeconds(random.Next(0, 3));
            if (random.Next(5) == 0)
            {
                var count = random.Next(1, 5);
                var claimed = await Store.ClaimDueTargetsAsync(now, Minute, count, None);
                model.Claim(now, Minute, count, claimed);
                leases.AddRange(claimed.Select(one => one.Lease));
                continue;
            }

            var changes = Change($"I{random.Next(9)}");
            for (var i = random.Next(1, 4); i > 0; i--)
            {
                var number = random.Next(1, Ids);
                var standing = model.Find(Rows.TargetId(number));
                var version = random.Next(10) == 0 ? random.Next(3) : standing?.Version ?? 0;
                changes.Put(Rows.Target(number, random.Next(4) == 0 ? null : now.AddSeconds(random.Next(-30, 90))) with
                {
                    Version = version,
                    Attention = random.Next(3) == 0 ? "look" : null,
                    Url = $"https://lantern.example/{(random.Next(15) == 0 ? random.Next(1, Ids) : number)}",
                });
            }

            if (leases.Count > 0 && random.Next(2) == 0)
            {
                var at = random.Next(leases.Count);
                changes.Holding(leases[at]);
                leases.RemoveAt(at);
            }

            if (random.Next(3) == 0)
                changes.Append(Rows.Observation(random.Next(1, Ids), random.Next(1, 200)));
            var saved = await Store.CommitAsync(changes, None) is SaveResult.Saved;
            Assert.True(saved == model.Commit(changes), $"act {act}: the store {(saved ? "saved" : "refused")} it");
            if (act == Acts / 2)
                await ReopenAsync();
        }

        Assert.Equal(model.Targets.Select(Plain), (await Store.ListTargetsAsync(new TargetQuery(), All, new Paging(null, 1000), None)).Select(Plain));
        Assert.Equal(model.Custody, await Store.CustodyLengthAsync(None));
        Assert.Equal(model.NextDue, await Store.NextTargetDueAsync(None));
        foreach (var (target, numbers) in model.Observations)
            Assert.Equal(numbers, (await Store.ObservationsAsync(target, 0, 1000, None)).Select(row => row.Number));
        await AssertChainAsync(model.Custody);

        static (string, long, string, DateTimeOffset?, string?) Plain(Target row) => (row.Id, row.Version, row.Url, row.NextCheckAt, row.Attention);
    }

    protected async Task AssertChainAsync(long length)
    {
        var verdict = Assert.IsType<ChainVerdict.Intact>(CustodyChain.Verify(await Store.CustodyAsync(1, int.MaxValue, None)));
        Assert.Equal(length, verdict.Count);
    }
}
