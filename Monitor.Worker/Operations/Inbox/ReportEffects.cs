using Monitor.Rules.Replies;
using Monitor.Rules.Takedowns;
using Monitor.Worker.Notices;
using Monitor.Worker.Ports;

namespace Monitor.Worker.Operations.Inbox;

/// <summary>What a delivery report or a receipt does to its notice.</summary>
internal static class ReportEffects
{
    /// <returns>False: the notice does not stand where this can be true (yet); nothing was put into the changes.</returns>
    public static Task<bool> AddAsync(Desk desk, NoticeDrafter drafter, ChangeSet changes, Actor actor, InboundMail mail, Notice notice, DateTimeOffset now, CancellationToken cancellation) => mail.Kind switch
    {
        InboundKind.Delivered => DeliveredAsync(desk, changes, actor, notice, DeliveryLabels.Dsn, mail.StatusCode ?? "", now, cancellation),
        InboundKind.Bounce => BouncedAsync(desk, drafter, changes, actor, notice, mail, now, cancellation),
        InboundKind.Read => Task.FromResult(Read(changes, actor, notice, mail, now)),
        InboundKind.Answer or InboundKind.AutoReply or InboundKind.Relayed or InboundKind.Delayed => Task.FromResult(true),
    };

    /// <summary>It has arrived, by what <paramref name="label"/> says. The clocks keep the first instant.</summary>
    public static async Task<bool> DeliveredAsync(Desk desk, ChangeSet changes, Actor actor, Notice notice, string label, string reason, DateTimeOffset now, CancellationToken cancellation)
    {
        var stronger = DeliveryLabels.IsStronger(label, notice.DeliveryLabel);
        switch (DispatchTable.Instance.Apply(notice.Dispatch, DispatchTrigger.DeliveryConfirmed))
        {
            case Transition<DispatchState, DispatchEffect>.Moved moved:
                notice = notice with { Dispatch = moved.Next };
                break;
            case Transition<DispatchState, DispatchEffect>.NoChange when stronger:
                break;
            case Transition<DispatchState, DispatchEffect>.NoChange:
                return true;
            default:
                return false;
        }

        var delivered = notice with
        {
            SentAt = notice.SentAt ?? notice.SendingSince ?? now,
            DeliveredAt = notice.DeliveredAt ?? now,
            DeliveryLabel = stronger ? label : notice.DeliveryLabel,
            UnknownSince = null,
            LastProblem = null,
        };
        changes.Put(delivered).Log(actor.Log(now, "delivered", notice.Id, $"{label} {reason}".Trim(), notice.ApprovedBy, notice.ContentDigest));
        PageLog.Add(changes, actor, delivered, now, "delivered");
        await Delivery.StartAsync(desk, changes, delivered, now, cancellation);
        return true;
    }

    private static async Task<bool> BouncedAsync(Desk desk, NoticeDrafter drafter, ChangeSet changes, Actor actor, Notice notice, InboundMail mail, DateTimeOffset now, CancellationToken cancellation)
    {
        switch (DispatchTable.Instance.Apply(notice.Dispatch, DispatchTrigger.BounceReceived))
        {
            case Transition<DispatchState, DispatchEffect>.Moved moved:
                await Bounces.AddAsync(desk, drafter, changes, actor, notice with { UnknownSince = null }, moved.Next, $"bounce {mail.StatusCode}".Trim(), mail.StatusCode ?? "report", now, cancellation);
                return true;
            case Transition<DispatchState, DispatchEffect>.NoChange:
                return true;
            default:
                return false;
        }
    }

    private static bool Read(ChangeSet changes, Actor actor, Notice notice, InboundMail mail, DateTimeOffset now)
    {
        if (notice.ReadAt is null)
        {
            changes.Put(notice with { ReadAt = mail.ReceivedAt < now ? mail.ReceivedAt : now }).Log(actor.Log(now, "read-receipt", notice.Id));
        }

        return true;
    }
}
