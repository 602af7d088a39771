using Monitor.Rules.Takedowns;
using Monitor.Worker.Ports;

namespace Monitor.Worker.Operations;

/// <summary>
/// What follows when a notice has reached somebody: legal clocks, reminders, the ladder and the hourly looks begin, for every page it names.
/// Clocks keep the first instant; a stronger sign of delivery only changes what is said to prove it.
/// </summary>
internal static class Delivery
{
    /// <param name="notice">As it stands after the transition, with its delivery label; put into the changes by the caller.</param>
    public static async Task StartAsync(Desk desk, ChangeSet changes, Notice notice, DateTimeOffset now, CancellationToken cancellation)
    {
        if (notice.Kind == NoticeKind.Retraction)
        {
            return;
        }

        foreach (var id in notice.RequestIds)
        {
            if (await RequestAsync(desk, changes, id, cancellation) is not { } request)
            {
                continue;
            }

            var begins = notice.Kind is NoticeKind.Takedown or NoticeKind.Media or NoticeKind.Reappearance or NoticeKind.Relay;
            var label = notice.DeliveryLabel ?? DeliveryLabels.Server;
            var sent = request with
            {
                LadderSince = request.LadderSince ?? (begins ? now : null),
                SentAt = request.SentAt ?? now,
                DeliveredAt = request.DeliveredAt ?? now,
                DeliveryLabel = DeliveryLabels.IsStronger(label, request.DeliveryLabel) ? label : request.DeliveryLabel,
            };
            sent = sent with
            {
                NextReminderAt = request.AppearsGone || request.Demand is not (DemandState.Open or DemandState.Acknowledged) ? null
                    : request.NextReminderAt is { } next && next > now ? next
                    : now.AddHours(sent.RelayTo is null ? 24 : Math.Max(24, sent.RelayHours)),
            };
            changes.Put(EscalationPolicy.Scheduled(sent, desk.LadderOf(sent), now));

            // A reminder does not start the hourly looks again; a new demand does.
            if (notice.Kind != NoticeKind.Reminder && await Attention.TargetAsync(desk, changes, sent.TargetId, cancellation) is { } target)
            {
                var soon = now.AddHours(1);
                changes.Put(target with
                {
                    RequestSentAt = now,
                    LegalDeadline = target.LegalDeadline ?? sent.LegalDeadline,
                    NextCheckAt = target.NextCheckAt is { } planned && planned < soon ? planned : soon,
                    Attention = Attention.IsAnsweredBySending(target.Attention) ? null : target.Attention,
                });
            }
        }
    }

    private static async Task<TakedownRequest?> RequestAsync(Desk desk, ChangeSet changes, string id, CancellationToken cancellation) =>
        changes.Upserts.OfType<TakedownRequest>().FirstOrDefault(row => row.Id == id) ?? await desk.Store.FindRequestAsync(id, AgencyScope.All, cancellation);
}
