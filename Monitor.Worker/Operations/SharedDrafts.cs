using Monitor.Rules.Takedowns;
using Monitor.Worker.Notices;
using Monitor.Worker.Ports;

namespace Monitor.Worker.Operations;

/// <summary>
/// Several pages of one platform in one notice, within an act's own save: a first demand joins a draft that has room, and a page that must not
/// go out with the others (held, taken back, gone) leaves it. A draft that a page leaves is cancelled and the others are drafted anew under a
/// number of their own: what somebody looked at or approved is never changed under their eyes.
/// </summary>
internal static class SharedDrafts
{
    /// <summary>After this long a draft that could not be made is tried again.</summary>
    private static readonly TimeSpan Again = TimeSpan.FromHours(1);

    /// <summary>The first demand of a page: named by a draft that waits already where one fits, else by one of its own.</summary>
    public static async Task<DraftResult> FirstAsync(Desk desk, NoticeDrafter drafter, DraftSubject page, NoticeKind kind, EscalationAddress? to, string by, ChangeSet changes, DateTimeOffset now, CancellationToken cancellation)
    {
        // Without it, what stands in the way of another page of that draft would stand in the way of this one as well.
        if (kind == NoticeKind.Takedown && await JoinableAsync(desk, page, changes, now, cancellation) is { } open
            && await Drafting.AddAsync(desk, drafter, [.. open.Pages, page], new DraftWish(kind, null, by, Standing: open.Draft), changes, now, cancellation) is DraftResult.Drafted joined)
        {
            return joined;
        }

        return await Drafting.AddAsync(desk, drafter, [page], new DraftWish(kind, null, by, To: to), changes, now, cancellation);
    }

    /// <summary>The page leaves every notice that it shares with others and that has not left yet.</summary>
    /// <param name="request">As this act leaves it; already put.</param>
    /// <returns>The request as it stands then.</returns>
    public static async Task<TakedownRequest> TakeOutAsync(Desk desk, NoticeDrafter drafter, Actor actor, TakedownRequest request, string why, ChangeSet changes, DateTimeOffset now, CancellationToken cancellation)
    {
        foreach (var notice in await desk.Store.NoticesOfRequestAsync(request.Id, AgencyScope.All, cancellation))
        {
            if (IsShared(notice) && MayStillBeStopped(notice))
            {
                await SplitAsync(desk, drafter, actor, notice, [request.Id], why, changes, now, cancellation);
            }
            else if (notice.HasRoom)
            {
                // Touched: whoever is about to join it has read the request as it was before, and must read again.
                changes.Put(notice);
            }
        }

        return await RequestAsync(desk, changes, request.Id, cancellation) ?? request;
    }

    /// <summary>Cancels the notice and drafts the pages that stay anew; those that leave are without it from now on.</summary>
    public static async Task SplitAsync(Desk desk, NoticeDrafter drafter, Actor actor, Notice notice, IReadOnlyCollection<string> leaving, string why, ChangeSet changes, DateTimeOffset now, CancellationToken cancellation)
    {
        if (DispatchTable.Instance.Apply(notice.Dispatch, DispatchTrigger.Cancel) is not Transition<DispatchState, DispatchEffect>.Moved cancelled)
        {
            return;
        }

        changes.Put(notice with { Dispatch = cancelled.Next, LastProblem = why })
            .Log(actor.Log(now, "cancel", notice.Id, $"{why}: {string.Join(' ', leaving)}"));
        await Withdrawing.StopMessageAsync(desk, changes, notice.Id, cancellation);
        var staying = new List<TakedownRequest>();
        foreach (var id in notice.RequestIds)
        {
            if (await RequestAsync(desk, changes, id, cancellation) is not { } request)
            {
                continue;
            }

            var leaves = leaving.Contains(id);
            changes.Log(actor.Log(now, leaves ? "leave-notice" : "notice-divided", id, $"{notice.Id}: {why}"));
            // It never left: the page was not reminded by it, and where it leaves it has not climbed that rung either.
            var undone = notice.Kind switch
            {
                NoticeKind.Reminder => request with { Reminders = Math.Max(0, request.Reminders - 1), NextReminderAt = leaves ? request.NextReminderAt : now },
                NoticeKind.Escalation when leaves => request with { Rungs = [.. request.Rungs.Where(rung => rung.Notice != notice.Id)] },
                _ => request,
            };
            changes.Put(undone);
            if (!leaves)
            {
                staying.Add(undone);
            }
        }

        // Reminders come again by themselves, at the next sweep.
        if (notice.Kind != NoticeKind.Reminder && staying.Count > 0)
        {
            await AnewAsync(desk, drafter, notice, staying, changes, now, cancellation);
        }
    }

    /// <summary>
    /// What a page's drafts should be: none shared with others while it must not go out, one while it was never demanded of anybody. Does
    /// nothing where that is so already.
    /// </summary>
    /// <param name="request">As this act leaves it.</param>
    public static async Task<TakedownRequest> MendAsync(Desk desk, NoticeDrafter drafter, TakedownRequest request, ChangeSet changes, DateTimeOffset now, CancellationToken cancellation)
    {
        request = request with { DraftDueAt = null };
        changes.Put(request);
        var need = NeedOf(request, await desk.Store.NoticesOfRequestAsync(request.Id, AgencyScope.All, cancellation));
        if (need == Need.TakeOut)
        {
            return await TakeOutAsync(desk, drafter, Actor.System, request, "page-gone", changes, now, cancellation);
        }

        return need == Need.Draft ? await DraftAsync(desk, drafter, request, changes, now, cancellation) : request;
    }

    /// <summary>True: the drafts of the request are not what they should be.</summary>
    public static async Task<bool> IsDueAsync(Desk desk, TakedownRequest request, CancellationToken cancellation) =>
        NeedOf(request, await desk.Store.NoticesOfRequestAsync(request.Id, AgencyScope.All, cancellation)) != Need.Nothing;

    public static bool IsShared(Notice notice) => notice.RequestIds.Count > 1;

    private static Need NeedOf(TakedownRequest request, IReadOnlyList<Notice> notices)
    {
        if (request.AppearsGone || request.Demand is not (DemandState.Open or DemandState.Acknowledged or DemandState.Refused))
        {
            // One that has room may be taking in another page at this very moment.
            return notices.Any(notice => notice.Kind != NoticeKind.Retraction && (notice.HasRoom || (IsShared(notice) && MayStillBeStopped(notice)))) ? Need.TakeOut : Need.Nothing;
        }

        return request is { SentAt: null, Demand: DemandState.Open } && notices.All(notice => notice.Dispatch == DispatchState.Cancelled) ? Need.Draft : Need.Nothing;
    }

    private static bool MayStillBeStopped(Notice notice) => notice.Dispatch is DispatchState.Drafted or DispatchState.AwaitingSignature or DispatchState.Approved;

    private static async Task<TakedownRequest> DraftAsync(Desk desk, NoticeDrafter drafter, TakedownRequest request, ChangeSet changes, DateTimeOffset now, CancellationToken cancellation)
    {
        var relay = request.RelayTo is not null;
        var to = relay ? EscalationAddress.OfRelay(request.RelayTo!, desk.Configuration) : null;
        var (page, missing) = await Drafting.SubjectAsync(desk, request, null, null, changes, cancellation);
        DraftResult result = page is null ? new DraftResult.Incomplete([missing!])
            : relay && to is null ? new DraftResult.Incomplete([new MissingPart(NoticePart.Addressee)])
            : await FirstAsync(desk, drafter, page, relay ? NoticeKind.Relay : NoticeKind.Takedown, to, request.VerifiedBy, changes, now, cancellation);
        var drafted = result switch
        {
            DraftResult.Drafted done => done.Requests.Single(one => one.Id == request.Id),
            DraftResult.Incomplete incomplete => Later(request, incomplete, changes, now),
            _ => throw new InvalidOperationException("unknown draft result"),
        };
        changes.Put(drafted);
        return drafted;
    }

    /// <summary>The pages that stay, under a number of their own.</summary>
    private static async Task AnewAsync(Desk desk, NoticeDrafter drafter, Notice notice, IReadOnlyList<TakedownRequest> staying, ChangeSet changes, DateTimeOffset now, CancellationToken cancellation)
    {
        var parent = notice.Parent is null ? null : await desk.Store.FindNoticeAsync(notice.Parent, AgencyScope.All, cancellation);
        var rung = staying.SelectMany(request => request.Rungs).FirstOrDefault(one => one.Notice == notice.Id);
        var to = rung is null ? null : new EscalationAddress(
            CodeName.Of(rung.Action),
            Addressees.ChannelOf(notice, desk.Configuration) ?? new ChannelProfile { Kind = notice.Channel, Address = notice.To, Addressee = notice.Addressee },
            notice.Language);
        var result = await Drafting.AddAsync(desk, drafter, staying, null, new DraftWish(notice.Kind, parent, notice.DraftedBy, To: to), changes, now, cancellation);
        foreach (var request in result is DraftResult.Drafted drafted ? drafted.Requests : staying)
        {
            var next = (result as DraftResult.Drafted)?.Notice.Id;
            var moved = request with { Rungs = [.. request.Rungs.Select(one => one.Notice == notice.Id ? one with { Notice = next } : one)] };
            changes.Put(result is DraftResult.Incomplete incomplete ? Later(moved, incomplete, changes, now) : moved);
            if (result is DraftResult.Incomplete && await Attention.TargetAsync(desk, changes, request.TargetId, cancellation) is { } target)
            {
                changes.Put(target with { Attention = rung is null ? Attention.CannotSend : Attention.EscalateByHand });
            }
        }
    }

    private static TakedownRequest Later(TakedownRequest request, DraftResult.Incomplete incomplete, ChangeSet changes, DateTimeOffset now)
    {
        changes.Log(Actor.System.Log(now, "draft-refused", request.Id, string.Join(", ", incomplete.Missing)));
        return request with { DraftDueAt = now + Again };
    }

    private static async Task<(Notice Draft, IReadOnlyList<DraftSubject> Pages)?> JoinableAsync(Desk desk, DraftSubject page, ChangeSet changes, DateTimeOffset now, CancellationToken cancellation)
    {
        var request = page.Request;
        if (!desk.Configuration.Platforms.TryGetValue(request.PlatformId, out var platform) || platform is not { ItemsPerNotice: > 1, Channels: [var channel, ..] }
            || !desk.Configuration.Agencies.TryGetValue(request.OwnerAgency, out var agency))
        {
            return null;
        }

        // A number of last year's series on a letter of this year's date would look like a mistake.
        var series = Ids.Notice(agency.Code, Desk.DayOf(now).Year, 0)[..^5];
        foreach (var draft in await desk.Store.OpenDraftsAsync(request.OwnerAgency, request.PlatformId, cancellation))
        {
            var fits = draft.HasRoom && draft.Items.Count < platform.ItemsPerNotice && draft.Parent is null
                && draft.Category == request.Category && draft.LegalBasisId == request.LegalBasisId && draft.Language == platform.Language
                && draft.Channel == channel.Kind && draft.To == channel.Address && draft.Addressee == channel.Addressee
                && draft.Id.StartsWith(series, StringComparison.Ordinal) && !draft.RequestIds.Contains(request.Id)
                && !changes.Upserts.OfType<Notice>().Any(row => row.Id == draft.Id);
            if (fits && await PagesAsync(desk, draft, page, changes, cancellation) is { } pages)
            {
                return (draft, pages);
            }
        }

        return null;
    }

    /// <summary>The pages of a draft; null: one of them must not go out as it is, or has another deadline or urgency than the new one.</summary>
    private static async Task<IReadOnlyList<DraftSubject>?> PagesAsync(Desk desk, Notice draft, DraftSubject page, ChangeSet changes, CancellationToken cancellation)
    {
        var pages = new List<DraftSubject>();
        foreach (var id in draft.RequestIds)
        {
            if (await RequestAsync(desk, changes, id, cancellation) is not { Demand: DemandState.Open, AppearsGone: false, SentAt: null, RelayTo: null } request
                || request.DeadlineHours != page.Request.DeadlineHours || request.LegalBasisValidFrom != page.Request.LegalBasisValidFrom
                || await Drafting.SubjectAsync(desk, request, null, null, changes, cancellation) is not { Subject: { } subject }
                || subject.Case.Danger != page.Case.Danger)
            {
                return null;
            }

            pages.Add(subject);
        }

        return pages;
    }

    private static async Task<TakedownRequest?> RequestAsync(Desk desk, ChangeSet changes, string id, CancellationToken cancellation) =>
        changes.Upserts.OfType<TakedownRequest>().FirstOrDefault(row => row.Id == id) ?? await desk.Store.FindRequestAsync(id, AgencyScope.All, cancellation);

    private enum Need
    {
        Nothing,
        TakeOut,
        Draft,
    }
}
