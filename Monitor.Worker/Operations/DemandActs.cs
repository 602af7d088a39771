using Monitor.Rules.Replies;
using Monitor.Rules.Takedowns;
using Monitor.Worker.Notices;
using Monitor.Worker.Ports;

namespace Monitor.Worker.Operations;

/// <summary>What a person's act does to a demand, as a part of the act's changes: several demands may be moved by one act.</summary>
internal static class DemandActs
{
    /// <summary>The act of taking a platform's answer in.</summary>
    public const string Reply = "reply";

    public static DemandTrigger TriggerOf(ReplyCode code) => code switch
    {
        ReplyCode.Removed => DemandTrigger.PlatformSaysRemoved,
        ReplyCode.Refused => DemandTrigger.PlatformRefused,
        ReplyCode.GeoRestricted or ReplyCode.Partial or ReplyCode.MoreInfo or ReplyCode.Acknowledged => DemandTrigger.PlatformAcknowledged,
    };

    public static TakedownRequest Replied(TakedownRequest request, ReplyCode code, DateTimeOffset at) => request with { ReplyAt = at, ReplyCode = code.ToString() };

    /// <returns>The demand as the act leaves it, or why it may not be.</returns>
    public static async Task<(TakedownRequest? Changed, Refusal? Refusal)> AddAsync(Desk desk, NoticeDrafter drafter, Actor actor, TakedownRequest request, DemandTrigger trigger, string act, string reason, Func<TakedownRequest, DateTimeOffset, TakedownRequest> change, ChangeSet changes, DateTimeOffset now, CancellationToken cancellation)
    {
        if (act == Reply && request.SentAt is null)
        {
            return (null, new Refusal(RefusalKind.Conflict, "nothing-sent", request.Id));
        }

        var transition = DemandTable.Instance.Apply(request.Demand, trigger);
        if (transition is Transition<DemandState, DemandEffect>.Illegal illegal)
        {
            return (null, new Refusal(RefusalKind.Conflict, "request-state", request.Id, illegal.Reason));
        }

        changes.Log(actor.Log(now, act, request.Id, reason));
        var changed = change(request, now);
        if (transition is Transition<DemandState, DemandEffect>.Moved moved)
        {
            changed = changed with { Demand = moved.Next };
            foreach (var effect in moved.Effects)
            {
                changed = effect switch
                {
                    DemandEffect.StopReminders => changed with { NextReminderAt = null },
                    DemandEffect.ResumeReminders => changed with { NextReminderAt = changed.DeliveredAt is null ? null : now.AddHours(24) },
                    DemandEffect.ProbeNow or DemandEffect.AlertPerson or DemandEffect.DraftRetraction => changed,
                };
                if (effect is DemandEffect.ProbeNow or DemandEffect.AlertPerson && await Attention.TargetAsync(desk, changes, request.TargetId, cancellation) is { } target)
                {
                    changes.Put(effect == DemandEffect.ProbeNow ? target with { NextCheckAt = now } : target with { Attention = Attention.PlatformRefused });
                }
            }
        }

        changes.Put(changed);
        changed = trigger switch
        {
            DemandTrigger.PlaceHold => await SharedDrafts.TakeOutAsync(desk, drafter, actor, changed, "on-hold", changes, now, cancellation),
            // What left a shared draft when it was held needs one again.
            DemandTrigger.ReleaseHold => await SharedDrafts.MendAsync(desk, drafter, changed, changes, now, cancellation),
            _ => changed,
        };
        changed = EscalationPolicy.Scheduled(changed, desk.LadderOf(changed), now);
        changes.Put(changed);
        return (changed, null);
    }
}
