using Monitor.Rules.Sharing;
using Monitor.Rules.Takedowns;
using Monitor.Worker.Notices;
using Monitor.Worker.Ports;

namespace Monitor.Worker.Operations;

/// <summary>
/// What comes due by itself while content stays up: reminders, which the first approval covers, and rungs of the platform's ladder, which
/// address somebody new and are only drafted here.
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
            done += await RemindAsync(due.Id, cancellation) ? 1 : 0;
            done += await EscalateAsync(due.Id, cancellation) ? 1 : 0;
        }

        return done;
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
            var (_, refusal) = await AddReminderAsync(Actor.System, request, changes, now, token);
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
    public Task<OperationResult<Notice>> RemindNowAsync(Actor actor, string requestId, CancellationToken cancellation)
    {
        if (!actor.May(Role.Analyst) && !actor.May(Role.Verifier) && !actor.May(Role.Approver))
        {
            return Task.FromResult<OperationResult<Notice>>(new Refusal(RefusalKind.NotAllowed, "role-needed", actor.Id, "analyst / verifier / approver"));
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

            var changes = new ChangeSet();
            var (notice, refusal) = await AddReminderAsync(actor, request, changes, desk.Now, token);
            return refusal is not null ? refusal : Decided<Notice>.To(notice!, changes);
        }, cancellation);
    }

    /// <summary>Puts the reminder, sealed and on its way, into the changes; or says why there is none.</summary>
    private async Task<(Notice? Notice, Refusal? Refusal)> AddReminderAsync(Actor by, TakedownRequest request, ChangeSet changes, DateTimeOffset now, CancellationToken cancellation)
    {
        if (request.Demand is not (DemandState.Open or DemandState.Acknowledged))
        {
            return (null, new Refusal(RefusalKind.Conflict, "request-state", request.Id, request.Demand.ToString()));
        }

        var notices = await desk.Store.NoticesOfRequestAsync(request.Id, AgencyScope.All, cancellation);
        var parent = notices.LastOrDefault(notice => notice.Kind is not (NoticeKind.Retraction or NoticeKind.Escalation) && notice.ApprovedBy is not null && notice.SentAt is not null);
        if (parent is null
            || notices.Any(notice => notice is { Kind: NoticeKind.Reminder, Dispatch: DispatchState.Approved or DispatchState.Sending or DispatchState.DeliveryUnknown })
            // People who press twice, or one after the other, remind once.
            || (by.Person is not null && now - parent.SentAt < ByHandAtLeast))
        {
            return (null, new Refusal(RefusalKind.Conflict, "earlier-on-its-way", request.Id));
        }

        if (SendGuard.Scope(desk, request, parent, parent.ApprovedBy!) is { } outside)
        {
            return (null, outside);
        }

        var next = request with { NextReminderAt = now + ReminderPause, Reminders = request.Reminders + 1 };
        if (await Drafting.AddAsync(desk, drafter, next, null, new DraftWish(NoticeKind.Reminder, parent, by.Id), changes, now, cancellation) is not DraftResult.Drafted drafted)
        {
            return (null, new Refusal(RefusalKind.Conflict, "notice-incomplete", request.Id));
        }

        var covered = drafted.Notice with
        {
            Dispatch = DispatchState.Approved,
            ApprovedBy = parent.ApprovedBy,
            ApprovedAt = now,
            CoveredBy = parent.CoveredBy ?? parent.Id,
        };
        if (NoticeDrafter.Render(covered, desk.Configuration) is not { } content)
        {
            return (null, new Refusal(RefusalKind.Conflict, "notice-incomplete", request.Id));
        }

        var approved = await NoticeContents.SealAsync(desk, covered, content, cancellation);
        changes.Put(approved).Put(drafted.Request).Log(by.Log(now, "remind", approved.Id, request.Id, parent.ApprovedBy, approved.ContentDigest));
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
            var parent = notices.LastOrDefault(notice => notice.Kind is not (NoticeKind.Retraction or NoticeKind.Escalation) && notice.SentAt is not null);
            var climbed = request;
            Notice? notice = null;
            var missing = "addressee";
            if (EscalationAddress.Of(step, request.PlatformId, desk.Configuration) is { } to && parent is not null)
            {
                switch (await Drafting.AddAsync(desk, drafter, request, null, new DraftWish(NoticeKind.Escalation, parent, Actor.System.Id, To: to), changes, now, token))
                {
                    case DraftResult.Drafted drafted:
                        (notice, climbed) = (drafted.Notice, drafted.Request);
                        break;
                    case DraftResult.Incomplete incomplete:
                        missing = string.Join(", ", incomplete.Missing);
                        break;
                }
            }

            climbed = EscalationPolicy.Scheduled(climbed with { Rungs = [.. climbed.Rungs, new Rung(step.Action, now, notice?.Id)] }, ladder, now);
            changes.Put(climbed).Log(Actor.System.Log(now, "escalate", request.Id, notice is null ? $"{step.Action}: missing {missing}" : $"{step.Action}: {notice.Id}"));
            if (await desk.Store.FindTargetAsync(request.TargetId, AgencyScope.All, token) is { } target)
            {
                changes.Put(target with { Attention = notice is null ? Attention.EscalateByHand : Attention.ApproveEscalation });
            }

            return Decided<bool>.To(true, changes);
        }, cancellation);
        return result is OperationResult<bool>.Done { Value: true };
    }

    private static Decided<bool> Stopped(TakedownRequest request, string act, string reason, DateTimeOffset now) =>
        Decided<bool>.To(false, new ChangeSet().Put(request with { NextReminderAt = null }).Log(Actor.System.Log(now, act, request.Id, reason)));
}
