using Monitor.Rules.Sharing;
using Monitor.Rules.Takedowns;
using Monitor.Worker.Notices;
using Monitor.Worker.Ports;

namespace Monitor.Worker.Operations;

/// <summary>
/// What comes due by itself while content stays up: reminders, which the first approval covers, and rungs of the platform's ladder, which
/// address somebody new and are only drafted here. Pages that one notice demanded and that stand on the same rung are reminded of and
/// escalated by one notice again; drafts that lost a page or are missing are put right.
/// </summary>
public sealed class FollowUpOperations(Desk desk, NoticeDrafter drafter)
{
    private static readonly TimeSpan ReminderPause = TimeSpan.FromHours(24);

    /// <summary>Since the last version went out, before a person may remind out of turn.</summary>
    private static readonly TimeSpan ByHandAtLeast = TimeSpan.FromHours(4);

    /// <returns>Reminders sent on their way and rungs climbed.</returns>
    public async Task<int> WorkAsync(int count, CancellationToken cancellation)
    {
        var done = 0;
        foreach (var due in await desk.Store.RequestsDueAsync(desk.Now, count, cancellation))
        {
            done += await MendAsync(due.Id, cancellation) ? 1 : 0;
            done += await RemindAsync(due.Id, cancellation) ? 1 : 0;
            done += await EscalateAsync(due.Id, cancellation) ? 1 : 0;
        }

        return done;
    }

    /// <summary>A page left a shared draft, or has none: found at the next sweep whatever happened to the process in between.</summary>
    private async Task<bool> MendAsync(string requestId, CancellationToken cancellation)
    {
        var result = await desk.ActAsync<bool>(async token =>
        {
            var now = desk.Now;
            if (await desk.Store.FindRequestAsync(requestId, AgencyScope.All, token) is not { DraftDueAt: { } at } request || at > now)
            {
                return Decided<bool>.Already(false);
            }

            var changes = new ChangeSet();
            var mended = await SharedDrafts.MendAsync(desk, drafter, request, changes, now, token);
            changes.Log(Actor.System.Log(now, "drafts-looked-at", request.Id, mended.DraftDueAt is null ? "" : "again later"));
            return Decided<bool>.To(true, changes);
        }, cancellation);
        return result is OperationResult<bool>.Done { Value: true };
    }

    /// <summary>Same addressee, same demand: a notice of its own, approved by the approval of the first.</summary>
    private async Task<bool> RemindAsync(string requestId, CancellationToken cancellation)
    {
        var result = await desk.ActAsync<bool>(async token =>
        {
            var now = desk.Now;
            var request = await desk.Store.FindRequestAsync(requestId, AgencyScope.All, token);
            if (request is not { NextReminderAt: { } at } || at > now)
            {
                return Decided<bool>.Already(false);
            }

            var changes = new ChangeSet();
            var together = await TogetherAsync(request, page => page.NextReminderAt <= now, token);
            var (_, refusal) = await AddReminderAsync(Actor.System, together, changes, now, token);
            if (refusal is not null && together.Count > 1)
            {
                // Whatever stands in the way of one page must not keep the others waiting.
                changes = new ChangeSet();
                (_, refusal) = await AddReminderAsync(Actor.System, [request], changes, now, token);
            }

            return refusal?.Code switch
            {
                null => Decided<bool>.To(true, changes),
                // The one before is still on its way: look again in a day.
                "earlier-on-its-way" => Decided<bool>.To(false, new ChangeSet().Put(request with { NextReminderAt = now + ReminderPause }).Log(Actor.System.Log(now, "remind-skipped", request.Id, "earlier notice still on its way"))),
                // Refused, held or ended: nothing is due any more, and the row must not come up at every sweep.
                "request-state" => Stopped(request, "remind-stopped", request.Demand.ToString(), now),
                var code => Stopped(request, "remind-refused", code, now),
            };
        }, cancellation);
        return result is OperationResult<bool>.Done { Value: true };
    }

    /// <summary>A reminder before its time, by a named person; the approval of the first notice covers it as it covers the daily ones.</summary>
    /// <param name="together">The pages that were reviewed to be reminded of by one notice, the first one named by <paramref name="requestId"/>; null: all that can be.</param>
    public Task<OperationResult<Notice>> RemindNowAsync(Actor actor, string requestId, CancellationToken cancellation, IReadOnlyList<string>? together = null)
    {
        if (actor.Needs(Role.Analyst, Role.Verifier, Role.Approver) is { } refused)
        {
            return Task.FromResult<OperationResult<Notice>>(refused);
        }

        return desk.ActAsync<Notice>(async token =>
        {
            if (await desk.Store.FindRequestAsync(requestId, actor.Scope, token) is not { } request)
            {
                return Refusal.NotFound("request", requestId);
            }

            if (actor.AgencyId != request.OwnerAgency)
            {
                return new Refusal(RefusalKind.NotAllowed, "other-agency", requestId, request.OwnerAgency);
            }

            if (request.AppearsGone)
            {
                return new Refusal(RefusalKind.Conflict, "appears-gone", requestId);
            }

            var pages = await TogetherAsync(request, page => together is null || together.Contains(page.Id), token);
            if (together is not null && pages.Count != together.Count)
            {
                return new Refusal(RefusalKind.Conflict, "review-changed");
            }

            var changes = new ChangeSet();
            var (notice, refusal) = await AddReminderAsync(actor, pages, changes, desk.Now, token);
            return refusal is not null ? refusal : Decided<Notice>.To(notice!, changes);
        }, cancellation);
    }

    /// <summary>
    /// The pages of the request's notice that are still up, stand on the same rung and have no reminder under way already, with the request itself and in
    /// the notice's order; up to as many as the platform takes in one notice.
    /// </summary>
    public async Task<IReadOnlyList<TakedownRequest>> TogetherAsync(TakedownRequest request, Func<TakedownRequest, bool> isMeant, CancellationToken cancellation, bool reminding = true)
    {
        var most = desk.Configuration.Platforms.TryGetValue(request.PlatformId, out var platform) ? platform.ItemsPerNotice : 1;
        if (most < 2 || ParentOf(await desk.Store.NoticesOfRequestAsync(request.Id, AgencyScope.All, cancellation)) is not { } parent
            || await RootAsync(parent, cancellation) is not { } root || !SharedDrafts.IsShared(root))
        {
            return [request];
        }

        var others = new List<TakedownRequest>();
        foreach (var id in root.RequestIds)
        {
            if (id != request.Id && others.Count < most - 1
                && await desk.Store.FindRequestAsync(id, AgencyScope.All, cancellation) is { AppearsGone: false } other
                && other.Demand == request.Demand && other.Rungs.Count == request.Rungs.Count && isMeant(other)
                && await desk.Store.NoticesOfRequestAsync(id, AgencyScope.All, cancellation) is var notices
                && ParentOf(notices) is { } theirs && (theirs.CoveredBy ?? theirs.Id) == root.Id && !(reminding && IsUnderWay(notices)))
            {
                others.Add(other);
            }
        }

        var order = root.RequestIds.ToList();
        return [.. others.Append(request).OrderBy(page => order.IndexOf(page.Id))];
    }

    /// <summary>The latest version that reached the platform.</summary>
    private static Notice? ParentOf(IReadOnlyList<Notice> notices) =>
        notices.LastOrDefault(notice => notice.Kind is not (NoticeKind.Retraction or NoticeKind.Escalation) && notice.ApprovedBy is not null && notice.SentAt is not null);

    /// <summary>The notice that people approved, of which a reminder is only a version.</summary>
    private async Task<Notice?> RootAsync(Notice parent, CancellationToken cancellation) =>
        parent.CoveredBy is { } root ? await desk.Store.FindNoticeAsync(root, AgencyScope.All, cancellation) : parent;

    private static bool IsUnderWay(IReadOnlyList<Notice> notices) =>
        notices.Any(notice => notice is { Kind: NoticeKind.Reminder, Dispatch: DispatchState.Approved or DispatchState.Sending or DispatchState.DeliveryUnknown });

    /// <summary>Puts the reminder, sealed and on its way, into the changes; or says why there is none.</summary>
    private async Task<(Notice? Notice, Refusal? Refusal)> AddReminderAsync(Actor by, IReadOnlyList<TakedownRequest> pages, ChangeSet changes, DateTimeOffset now, CancellationToken cancellation)
    {
        Notice? parent = null;
        foreach (var page in pages)
        {
            if (page.Demand is not (DemandState.Open or DemandState.Acknowledged))
            {
                return (null, new Refusal(RefusalKind.Conflict, "request-state", page.Id, page.Demand.ToString()));
            }

            var notices = await desk.Store.NoticesOfRequestAsync(page.Id, AgencyScope.All, cancellation);
            var earlier = ParentOf(notices);
            if (earlier is null || IsUnderWay(notices)
                // People who press twice, or one after the other, remind once.
                || (by.Person is not null && now - earlier.SentAt < ByHandAtLeast))
            {
                return (null, new Refusal(RefusalKind.Conflict, "earlier-on-its-way", page.Id));
            }

            if (SendGuard.Scope(desk, page, earlier, earlier.ApprovedBy!) is { } outside)
            {
                return (null, outside);
            }

            parent ??= earlier;
        }

        var next = pages.Select(page => page with { NextReminderAt = now + ReminderPause, Reminders = page.Reminders + 1 }).ToList();
        if (await Drafting.AddAsync(desk, drafter, next, null, new DraftWish(NoticeKind.Reminder, parent!, by.Id), changes, now, cancellation) is not DraftResult.Drafted drafted)
        {
            return (null, new Refusal(RefusalKind.Conflict, "notice-incomplete", pages[0].Id));
        }

        var covered = drafted.Notice with
        {
            Dispatch = DispatchState.Approved,
            ApprovedBy = parent!.ApprovedBy,
            ApprovedAt = now,
            CoveredBy = parent.CoveredBy ?? parent.Id,
        };
        if (NoticeDrafter.Render(covered, desk.Configuration) is not { } content)
        {
            return (null, new Refusal(RefusalKind.Conflict, "notice-incomplete", pages[0].Id));
        }

        var approved = await NoticeContents.SealAsync(desk, covered, content, cancellation);
        changes.Put(approved).Log(by.Log(now, "remind", approved.Id, string.Join(' ', approved.RequestIds), parent.ApprovedBy, approved.ContentDigest));
        PageLog.Add(changes, by, approved, drafted.Requests, now, "remind", parent.ApprovedBy);
        foreach (var page in drafted.Requests)
        {
            changes.Put(page);
        }

        await SendGuard.ReleaseAsync(desk, changes, approved, now, cancellation);
        return (approved, null);
    }

    /// <summary>
    /// The next rung: a draft to its addressee that waits for an approval of its own, or, where nobody is configured, a person told that this
    /// rung is theirs. Either way it is written down and the next one scheduled.
    /// </summary>
    private async Task<bool> EscalateAsync(string requestId, CancellationToken cancellation)
    {
        var result = await desk.ActAsync<bool>(async token =>
        {
            var now = desk.Now;
            var request = await desk.Store.FindRequestAsync(requestId, AgencyScope.All, token);
            if (request is not { NextRungAt: { } at } || at > now)
            {
                return Decided<bool>.Already(false);
            }

            var ladder = desk.LadderOf(request);
            if (!EscalationPolicy.Climbs(request) || EscalationPolicy.Next(request, ladder) is not { } step)
            {
                return Decided<bool>.To(false, new ChangeSet().Put(request with { NextRungAt = null }).Log(Actor.System.Log(now, "escalation-stopped", request.Id, request.Demand.ToString())));
            }

            var changes = new ChangeSet();
            var notices = await desk.Store.NoticesOfRequestAsync(request.Id, AgencyScope.All, token);
            var parent = notices.LastOrDefault(one => one.Kind is not (NoticeKind.Retraction or NoticeKind.Escalation) && one.SentAt is not null);
            IReadOnlyList<TakedownRequest> pages = await TogetherAsync(request, page => page.NextRungAt <= now && EscalationPolicy.Climbs(page), token, reminding: false);
            Notice? notice = null;
            var missing = "addressee";
            if (EscalationAddress.Of(step, request.PlatformId, desk.Configuration) is { } to && parent is not null)
            {
                switch (await Drafting.AddAsync(desk, drafter, pages, null, new DraftWish(NoticeKind.Escalation, parent, Actor.System.Id, To: to), changes, now, token))
                {
                    case DraftResult.Drafted drafted:
                        (notice, pages) = (drafted.Notice, drafted.Requests);
                        break;
                    case DraftResult.Incomplete incomplete:
                        missing = string.Join(", ", incomplete.Missing);
                        break;
                }
            }

            foreach (var page in pages)
            {
                changes.Put(EscalationPolicy.Scheduled(page with { Rungs = [.. page.Rungs, new Rung(step.Action, now, notice?.Id)] }, ladder, now))
                    .Log(Actor.System.Log(now, "escalate", page.Id, notice is null ? $"{step.Action}: missing {missing}" : $"{step.Action}: {notice.Id}"));
                if (await Attention.TargetAsync(desk, changes, page.TargetId, token) is { } target)
                {
                    changes.Put(target with { Attention = notice is null ? Attention.EscalateByHand : Attention.ApproveEscalation });
                }
            }

            return Decided<bool>.To(true, changes);
        }, cancellation);
        return result is OperationResult<bool>.Done { Value: true };
    }

    /// <summary>A bounced demand drafted to a channel that nothing was sent to yet, once the profile names one; the draft needs its own approval.</summary>
    public Task<OperationResult<Notice>> RedirectAsync(Actor actor, string requestId, CancellationToken cancellation)
    {
        if (actor.Needs(Role.Analyst, Role.Verifier) is { } refused)
        {
            return Task.FromResult<OperationResult<Notice>>(refused);
        }

        return desk.ActAsync<Notice>(async token =>
        {
            if (await desk.Store.FindRequestAsync(requestId, actor.Scope, token) is not { } request)
            {
                return Refusal.NotFound("request", requestId);
            }

            if (actor.AgencyId != request.OwnerAgency)
            {
                return new Refusal(RefusalKind.NotAllowed, "other-agency", requestId, request.OwnerAgency);
            }

            var notices = await desk.Store.NoticesOfRequestAsync(requestId, AgencyScope.All, token);
            if (notices.LastOrDefault(static one => one.Dispatch == DispatchState.Bounced && one.Kind is NoticeKind.Takedown or NoticeKind.Media or NoticeKind.Reappearance) is not { } bounced)
            {
                return new Refusal(RefusalKind.Conflict, "nothing-bounced", requestId);
            }

            var now = desk.Now;
            var changes = new ChangeSet();
            var requests = await SendGuard.RequestsOfAsync(desk, bounced, token) ?? [request];
            return await Bounces.RedirectAsync(desk, drafter, bounced, requests, actor.Id, changes, now, token) switch
            {
                DraftResult.Drafted drafted => Decided<Notice>.To(drafted.Notice, changes.Log(actor.Log(now, "redirect", requestId, drafted.Notice.Id))),
                DraftResult.Incomplete incomplete => Drafting.Refusal(incomplete),
                null => new Refusal(RefusalKind.Conflict, "no-other-channel", requestId, bounced.PlatformId),
                _ => throw new InvalidOperationException("unknown draft result"),
            };
        }, cancellation);
    }

    private static Decided<bool> Stopped(TakedownRequest request, string act, string reason, DateTimeOffset now) =>
        Decided<bool>.To(false, new ChangeSet().Put(request with { NextReminderAt = null }).Log(Actor.System.Log(now, act, request.Id, reason)));
}
