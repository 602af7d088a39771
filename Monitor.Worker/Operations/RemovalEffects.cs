using Monitor.Rules.Cases;
using Monitor.Rules.Removal;
using Monitor.Rules.Takedowns;
using Monitor.Rules.WatchLists;
using Monitor.Worker.Notices;
using Monitor.Worker.Ports;

namespace Monitor.Worker.Operations;

/// <summary>What a step of the proof does to the requests of its target, within the step's own save. It drafts; it never sends.</summary>
public static class RemovalEffects
{
    private static readonly TimeSpan ReminderPause = TimeSpan.FromHours(24);

    /// <returns>The target with what the effects did to it.</returns>
    public static async Task<Target> ApplyAsync(Desk desk, NoticeDrafter drafter, Target target, ProofStep step, IReadOnlyList<string>? liveMedia, ChangeSet changes, DateTimeOffset now, CancellationToken cancellation)
    {
        var progress = step.Progress;
        var requests = await desk.Store.RequestsOfTargetAsync(target.Id, AgencyScope.All, cancellation);
        if (requests.Count == 0)
        {
            return target;
        }

        var latest = requests[^1];
        foreach (var request in requests)
        {
            // A reappearance does not unmake the removal that was confirmed before it.
            var keeps = step.Effects.Contains(RemovalEffect.ReopenDemand) || request.Demand == DemandState.Closed && progress.FirstGoneAt is null;
            var changed = (keeps ? request : request with { FirstGoneAt = progress.FirstGoneAt, ConfirmedAt = progress.ConfirmedAt }) with { AppearsGone = progress.FirstGoneAt is not null };
            foreach (var effect in step.Effects)
            {
                changed = effect switch
                {
                    RemovalEffect.PauseReminders => changed with { NextReminderAt = null },
                    RemovalEffect.ResumeReminders => changed.DeliveredAt is null || changed.Demand is not (DemandState.Open or DemandState.Acknowledged) ? changed : changed with { NextReminderAt = now + ReminderPause },
                    RemovalEffect.CloseDemand => Demand(changed, DemandTrigger.RemovalConfirmed) with { NextReminderAt = null },
                    RemovalEffect.ReopenDemand when request.Id == latest.Id => Reopened(changed),
                    _ => changed,
                };
            }

            if (request.Id == latest.Id && changed.Demand is not DemandState.Withdrawn)
            {
                changed = await DraftAsync(desk, drafter, target, changed, step, liveMedia, changes, now, cancellation);
            }

            // Other notices and their pages are not this look's to change: the next sweep does that.
            if (changed.AppearsGone != request.AppearsGone && await SharedDrafts.IsDueAsync(desk, changed, cancellation))
            {
                changed = changed with { DraftDueAt = now };
            }

            changed = EscalationPolicy.Scheduled(changed, desk.LadderOf(changed), now);
            if (changed != request)
            {
                changes.Put(changed);
            }
        }

        if (step.Effects.Contains(RemovalEffect.CloseDemand) || step.Effects.Contains(RemovalEffect.ReopenDemand))
        {
            await CaseAsync(desk, target, step, changes, now, cancellation);
            target = target with { LegalDeadline = null };
        }

        return step.Effects.Contains(RemovalEffect.AlertPerson) ? target with { Attention = Attention.Reappeared } : target;
    }

    /// <summary>A police hold outlives the confirmation that closed the demand.</summary>
    private static TakedownRequest Reopened(TakedownRequest request)
    {
        var reopened = EscalationPolicy.Restarted(Demand(request, DemandTrigger.ContentReappeared));
        return reopened is { Demand: DemandState.Open, Hold: not null } ? Demand(reopened, DemandTrigger.PlaceHold) : reopened;
    }

    private static TakedownRequest Demand(TakedownRequest request, DemandTrigger trigger) =>
        DemandTable.Instance.Apply(request.Demand, trigger) is Transition<DemandState, DemandEffect>.Moved moved ? request with { Demand = moved.Next } : request;

    private static async Task CaseAsync(Desk desk, Target target, ProofStep step, ChangeSet changes, DateTimeOffset now, CancellationToken cancellation)
    {
        if (target.CaseId is null || await desk.Store.FindCaseAsync(target.CaseId, AgencyScope.All, cancellation) is not { } @case)
        {
            return;
        }

        if (step.Effects.Contains(RemovalEffect.CloseDemand) && @case.State == CaseState.Verified)
        {
            changes.Put(@case with { State = CaseState.Closed, ClosedAt = now }).Log(Actor.System.Log(now, "close", @case.Id, "removal confirmed"));
            await ShredPlanning.RecordsAsync(desk, changes, target, now, cancellation);
        }
        else if (step.Effects.Contains(RemovalEffect.ReopenDemand) && @case.State == CaseState.Closed)
        {
            changes.Put(@case with { State = CaseState.Verified, ClosedAt = null }).Log(Actor.System.Log(now, "reopen", @case.Id, "content reappeared"));
            await ShredPlanning.KeepRecordsAsync(desk, changes, target, cancellation);
        }
    }

    private static async Task<TakedownRequest> DraftAsync(Desk desk, NoticeDrafter drafter, Target target, TakedownRequest request, ProofStep step, IReadOnlyList<string>? liveMedia, ChangeSet changes, DateTimeOffset now, CancellationToken cancellation)
    {
        NoticeKind? wanted = step.Effects.Contains(RemovalEffect.DraftReappearanceNotice) ? NoticeKind.Reappearance
            : step.Effects.Contains(RemovalEffect.DraftMediaNotice) ? NoticeKind.Media
            : null;
        if (wanted is not { } kind)
        {
            return request;
        }

        var notices = await desk.Store.NoticesOfRequestAsync(request.Id, AgencyScope.All, cancellation);
        var sent = notices.LastOrDefault(notice => notice.SentAt is not null && notice.Kind is not (NoticeKind.Retraction or NoticeKind.Escalation));
        // Nothing was demanded yet, or the same draft waits for its approver already.
        if (sent is null || notices.Any(notice => notice.Kind == kind && notice.Dispatch is DispatchState.Drafted or DispatchState.AwaitingSignature or DispatchState.Approved))
        {
            return request;
        }

        switch (await Drafting.AddAsync(desk, drafter, request, target, new DraftWish(kind, sent, Actor.System.Id, kind == NoticeKind.Media ? liveMedia : null), changes, now, cancellation))
        {
            case DraftResult.Drafted drafted:
                return drafted.Request;
            case DraftResult.Incomplete incomplete:
                changes.Log(Actor.System.Log(now, "draft-refused", request.Id, string.Join(", ", incomplete.Missing)));
                return request;
            default:
                throw new InvalidOperationException("unknown draft result");
        }
    }
}
