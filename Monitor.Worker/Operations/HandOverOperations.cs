using Monitor.Rules.Sharing;
using Monitor.Rules.Takedowns;
using Monitor.Worker.Ports;

namespace Monitor.Worker.Operations;

/// <summary>Notices that people carry themselves: a web form filled in, a document handed over. Approved as any other; the confirmation is the proof of delivery.</summary>
public sealed class HandOverOperations(Desk desk)
{
    private const int LongestConfirmation = 100;

    /// <summary>The addressee has it: number of its confirmation, and a capture of what it showed.</summary>
    public async Task<OperationResult<Notice>> RecordAsync(Actor actor, string reference, string confirmation, byte[] capture, CancellationToken cancellation)
    {
        if (actor.Needs(Role.Analyst, Role.Verifier, Role.Approver) is { } refused)
        {
            return refused;
        }

        if (string.IsNullOrWhiteSpace(confirmation) || confirmation.Length > LongestConfirmation || confirmation.Any(char.IsControl))
        {
            return new Refusal(RefusalKind.Invalid, "confirmation-number", LongestConfirmation.ToString(System.Globalization.CultureInfo.InvariantCulture));
        }

        if (!HumanCapture.IsOne(capture))
        {
            return new Refusal(RefusalKind.Invalid, "capture-form", reference);
        }

        // Looked at before anything is sealed, so that a mistyped reference leaves nothing behind.
        if (await desk.Store.FindNoticeAsync(reference, actor.Scope, cancellation) is not { } wanted)
        {
            return Refusal.NotFound("notice", reference);
        }

        if (wanted.Dispatch != DispatchState.Approved)
        {
            return new Refusal(RefusalKind.Conflict, "notice-state", wanted.Id, wanted.Dispatch.ToString());
        }

        var item = (await desk.Vault.SealAsync([new SealRequest(wanted.Id, "confirmation", capture)], cancellation))[0];
        return await desk.ActAsync<Notice>(async token =>
        {
            var now = desk.Now;
            if (await desk.Store.FindNoticeAsync(wanted.Id, actor.Scope, token) is not { } notice)
            {
                return Refusal.NotFound("notice", reference);
            }

            if (actor.AgencyId != notice.OwnerAgency)
            {
                return new Refusal(RefusalKind.NotAllowed, "other-agency", notice.Id, notice.OwnerAgency);
            }

            // Being sent by the machine at this very moment, or sent: then it is not recorded a second time.
            if (DispatchTable.Instance.Apply(notice.Dispatch, DispatchTrigger.DeliveredByHand) is not Transition<DispatchState, DispatchEffect>.Moved moved)
            {
                return new Refusal(RefusalKind.Conflict, "notice-state", notice.Id, notice.Dispatch.ToString());
            }

            if (await SendGuard.RequestsOfAsync(desk, notice, token) is not { } requests)
            {
                return Refusal.NotFound("request", notice.RequestId);
            }

            if (SendGuard.Check(desk, requests, notice, notice.ApprovedBy ?? "") is { } refusal)
            {
                return refusal;
            }

            var delivered = notice with
            {
                Dispatch = moved.Next,
                SentAt = now,
                DeliveredAt = now,
                DeliveryLabel = DeliveryLabels.Confirmation,
                Receipt = confirmation.Trim(),
                LastProblem = null,
            };
            var changes = new ChangeSet().Put(delivered)
                .Log(actor.Log(now, "sent-by-hand", notice.Id, item, notice.ApprovedBy, notice.ContentDigest, HumanCapture.DigestOf(capture)));
            PageLog.Add(changes, actor, delivered, now, "sent-by-hand");
            await Withdrawing.StopMessageAsync(desk, changes, notice.Id, token);
            await Delivery.StartAsync(desk, changes, delivered, now, token);
            return Decided<Notice>.To(delivered, changes);
        }, cancellation);
    }
}
