using Monitor.Rules.Cases;
using Monitor.Rules.Takedowns;
using Monitor.Worker.Notices;
using Monitor.Worker.Ports;

namespace Monitor.Worker.Operations;

/// <summary>A demand taken back, within an act's own save: nothing more goes out, and whoever was asked is told. Nothing is erased.</summary>
internal static class Withdrawing
{
    /// <returns>The request as it stands withdrawn, or why it cannot be; a request that was withdrawn already is handed back as it is and nothing is put.</returns>
    public static async Task<(TakedownRequest? Request, Refusal? Refusal)> AddAsync(Desk desk, NoticeDrafter drafter, Actor actor, TakedownRequest request, string reason, ChangeSet changes, DateTimeOffset now, CancellationToken cancellation)
    {
        switch (DemandTable.Instance.Apply(request.Demand, DemandTrigger.Retract))
        {
            case Transition<DemandState, DemandEffect>.NoChange:
                return (request, null);
            case Transition<DemandState, DemandEffect>.Illegal illegal:
                return (null, new Refusal(RefusalKind.Conflict, "request-state", request.Id, illegal.Reason));
            case Transition<DemandState, DemandEffect>.Moved moved:
                var withdrawn = request with { Demand = moved.Next, Withdrawal = new Decision(actor.Id, now, reason), NextReminderAt = null, NextRungAt = null, DraftDueAt = null };
                changes.Put(withdrawn);
                var notices = await desk.Store.NoticesOfRequestAsync(request.Id, AgencyScope.All, cancellation);
                foreach (var notice in notices)
                {
                    if (SharedDrafts.IsShared(notice))
                    {
                        await SharedDrafts.SplitAsync(desk, drafter, actor, notice, [request.Id], "retracted", changes, now, cancellation);
                        withdrawn = changes.Upserts.OfType<TakedownRequest>().First(row => row.Id == request.Id);
                    }
                    else if (DispatchTable.Instance.Apply(notice.Dispatch, DispatchTrigger.Cancel) is Transition<DispatchState, DispatchEffect>.Moved cancelled)
                    {
                        changes.Put(notice with { Dispatch = cancelled.Next, LastProblem = "retracted" }).Log(actor.Log(now, "cancel", notice.Id, "retracted"));
                        await StopMessageAsync(desk, changes, notice.Id, cancellation);
                    }
                }

                // To every addressee that something went to, or may have gone to.
                foreach (var last in notices.Where(WentOut).GroupBy(notice => notice.To, StringComparer.OrdinalIgnoreCase).Select(addressee => addressee.Last()))
                {
                    switch (await Drafting.AddAsync(desk, drafter, withdrawn, null, new DraftWish(NoticeKind.Retraction, last, actor.Id), changes, now, cancellation))
                    {
                        case DraftResult.Drafted drafted:
                            withdrawn = drafted.Request;
                            break;
                        case DraftResult.Incomplete incomplete:
                            return (null, Drafting.Refusal(incomplete));
                    }
                }

                changes.Put(withdrawn).Log(actor.Log(now, "retract", request.Id, reason));
                await ReopenCaseAsync(desk, changes, actor, request.CaseId, now, cancellation);
                return (withdrawn, null);
            default:
                throw new InvalidOperationException("unknown transition");
        }
    }

    /// <summary>What was verified is open again: a person verifies anew, or dismisses.</summary>
    public static async Task ReopenCaseAsync(Desk desk, ChangeSet changes, Actor actor, string caseId, DateTimeOffset now, CancellationToken cancellation)
    {
        if (await desk.Store.FindCaseAsync(caseId, AgencyScope.All, cancellation) is { State: CaseState.Verified or CaseState.Closed } @case)
        {
            changes.Put(@case with { State = CaseState.AwaitingVerification, Verification = null, ClosedAt = null })
                .Log(actor.Log(now, "reopen", caseId, "request withdrawn"));
        }
    }

    public static async Task StopMessageAsync(Desk desk, ChangeSet changes, string id, CancellationToken cancellation)
    {
        if (await desk.Store.FindMessageAsync(id, cancellation) is { DueAt: not null } message)
        {
            changes.Put(message with { DueAt = null });
        }
    }

    private static bool WentOut(Notice notice) => notice.Kind != NoticeKind.Retraction && notice.Dispatch is DispatchState.Sending or DispatchState.DeliveryUnknown or DispatchState.Sent or DispatchState.Delivered or DispatchState.Bounced;
}
