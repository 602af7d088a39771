using Monitor.Rules.Assessing;
using Monitor.Rules.Cases;
using Monitor.Rules.Removal;
using Monitor.Rules.Replies;
using Monitor.Rules.Sharing;
using Monitor.Rules.Takedowns;
using Monitor.Rules.WatchLists;
using Monitor.Worker.Notices;
using Monitor.Worker.Ports;

namespace Monitor.Worker.Operations;

/// <summary>What people do with a request and its notices: approve, sign, cancel, reply, hold, retract.</summary>
public sealed class TakedownOperations(Desk desk, NoticeDrafter drafter)
{
    public ValueTask<IReadOnlyList<TakedownRequest>> ListAsync(Actor actor, DemandState? state, Paging page, CancellationToken cancellation) =>
        desk.Store.ListRequestsAsync(state, actor.Scope, page, cancellation);

    /// <summary>
    /// The second of the two people: approves exactly these bytes. Given a request, its oldest draft is meant.
    /// The verifier of the case is refused, whoever asks and however.
    /// </summary>
    public Task<OperationResult<Notice>> ApproveAsync(Actor actor, string referenceOrRequest, CancellationToken cancellation) => ApproveAsync(actor, referenceOrRequest, null, cancellation);

    /// <param name="digest">What the approver looked at, as preview printed it: a draft that took in another page since is refused. Needed where a notice names several pages.</param>
    public Task<OperationResult<Notice>> ApproveAsync(Actor actor, string referenceOrRequest, string? digest, CancellationToken cancellation)
    {
        if (actor.Needs(Role.Approver) is { } refused)
        {
            return Refused<Notice>(refused);
        }

        return desk.ActAsync<Notice>(async token =>
        {
            var now = desk.Now;
            var notice = await FindNoticeAsync(actor, referenceOrRequest, token);
            if (notice is null)
            {
                return Refusal.NotFound("notice", referenceOrRequest);
            }

            if (await SendGuard.RequestsOfAsync(desk, notice, token) is not { } requests)
            {
                return Refusal.NotFound("request", notice.RequestId);
            }

            if (actor.AgencyId != notice.OwnerAgency)
            {
                return new Refusal(RefusalKind.NotAllowed, "other-agency", notice.Id, notice.OwnerAgency);
            }

            if (SendGuard.Check(desk, requests, notice, actor.Id) is { } refusal)
            {
                return refusal;
            }

            // The sweep takes it out in a moment; what is approved meanwhile would demand what is gone.
            if (SendGuard.MustLeave(requests, notice) is { } gone)
            {
                return gone;
            }

            // Somebody who drafted by hand is one of the two people as well.
            if (string.Equals(notice.DraftedBy, actor.Id, StringComparison.OrdinalIgnoreCase))
            {
                return new Refusal(RefusalKind.NotAllowed, "same-person", notice.Id);
            }

            // Whoever approves signs: the bytes approved carry the approver's name, as `preview --as` showed them.
            if (actor.Person is { } signer)
            {
                if (NoticeDrafter.Resign(notice, signer, desk.Configuration) is not { } signed)
                {
                    return new Refusal(RefusalKind.Conflict, "template-changed", notice.Id);
                }

                notice = signed;
            }

            if (NoticeDrafter.Render(notice, desk.Configuration) is not { } content)
            {
                return new Refusal(RefusalKind.Conflict, "template-changed", notice.Id);
            }

            if (content.Digest != notice.ContentDigest)
            {
                return new Refusal(RefusalKind.Conflict, "content-changed", notice.Id);
            }

            if (digest is null && notice.Items.Count > 1)
            {
                return new Refusal(RefusalKind.Invalid, "digest-needed", notice.Id, notice.Items.Count.ToString(System.Globalization.CultureInfo.InvariantCulture));
            }

            if (digest is not null && !string.Equals(digest, content.Digest.ToString(), StringComparison.OrdinalIgnoreCase))
            {
                return new Refusal(RefusalKind.Conflict, "content-changed", notice.Id);
            }

            var unsigned = desk.Configuration.Platforms.TryGetValue(notice.PlatformId, out var platform) && platform.RequiresSignedDocument;
            var trigger = unsigned ? DispatchTrigger.ApproveUnsigned : DispatchTrigger.Approve;
            if (DispatchTable.Instance.Apply(notice.Dispatch, trigger) is not Transition<DispatchState, DispatchEffect>.Moved moved)
            {
                return new Refusal(RefusalKind.Conflict, "notice-state", notice.Id, notice.Dispatch.ToString());
            }

            // What was approved lies sealed before anything says that it was approved; only those bytes are ever sent.
            var approved = await NoticeContents.SealAsync(desk, notice with { Dispatch = moved.Next, ApprovedBy = actor.Id, ApprovedAt = now }, content, token);
            var changes = new ChangeSet()
                .Put(approved)
                .Log(actor.Log(now, "approve", notice.Id, string.Join(' ', notice.RequestIds), requests[0].VerifiedBy, approved.ContentDigest));
            PageLog.Add(changes, actor, approved, requests, now, "approve");
            if (moved.Effects.Contains(DispatchEffect.Enqueue))
            {
                await SendGuard.ReleaseAsync(desk, changes, approved, now, token);
            }

            return Decided<Notice>.To(approved, changes);
        }, cancellation);
    }

    /// <summary>The clerk's register number and the fact that the signed document exists release a notice that waited for it.</summary>
    public Task<OperationResult<Notice>> SignedAsync(Actor actor, string reference, string documentNumber, byte[] signedDocument, CancellationToken cancellation)
    {
        if (actor.Needs(Role.Approver) is { } refused)
        {
            return Refused<Notice>(refused);
        }

        return SignAsync();

        async Task<OperationResult<Notice>> SignAsync()
        {
            // Readers look for the end mark in the last kilobyte: without it the upload broke off.
            if (signedDocument.Length < 5 || !signedDocument.AsSpan(0, 5).SequenceEqual("%PDF-"u8) || signedDocument.AsSpan(Math.Max(0, signedDocument.Length - 1024)).IndexOf("%%EOF"u8) < 0)
            {
                return new Refusal(RefusalKind.Invalid, "not-a-pdf");
            }

            if (string.IsNullOrWhiteSpace(documentNumber) || documentNumber.Any(char.IsControl))
            {
                return new Refusal(RefusalKind.Invalid, "document-number");
            }

            // Asked before anything is sealed: a refused upload leaves nothing behind.
            if (await desk.Store.FindNoticeAsync(reference, actor.Scope, cancellation) is not { } waiting)
            {
                return Refusal.NotFound("notice", reference);
            }

            if (DispatchTable.Instance.Apply(waiting.Dispatch, DispatchTrigger.SignatureUploaded) is not Transition<DispatchState, DispatchEffect>.Moved)
            {
                return new Refusal(RefusalKind.Conflict, "notice-state", waiting.Id, waiting.Dispatch.ToString());
            }

            if (await NoticeContents.ReadAsync(desk, waiting, cancellation) is { } content && content.Pdf.AsSpan().SequenceEqual(signedDocument))
            {
                return new Refusal(RefusalKind.Invalid, "not-signed", waiting.Id);
            }

            var digest = HumanCapture.DigestOf(signedDocument);
            var sealedDocument = (await desk.Vault.SealAsync([new SealRequest(reference, "signed-document", signedDocument)], cancellation))[0];
            return await desk.ActAsync<Notice>(async token =>
            {
                if (await desk.Store.FindNoticeAsync(reference, actor.Scope, token) is not { } notice)
                {
                    return Refusal.NotFound("notice", reference);
                }

                if (DispatchTable.Instance.Apply(notice.Dispatch, DispatchTrigger.SignatureUploaded) is not Transition<DispatchState, DispatchEffect>.Moved moved)
                {
                    return new Refusal(RefusalKind.Conflict, "notice-state", notice.Id, notice.Dispatch.ToString());
                }

                var signed = notice with { Dispatch = moved.Next, DocumentNumber = documentNumber, SignedDocumentId = sealedDocument, SignedDocumentDigest = digest };
                var changes = new ChangeSet().Put(signed).Log(actor.Log(desk.Now, "signed-document", reference, sealedDocument, null, digest));
                await SendGuard.ReleaseAsync(desk, changes, signed, desk.Now, token);
                return Decided<Notice>.To(signed, changes);
            }, cancellation);
        }
    }

    public Task<OperationResult<Notice>> CancelAsync(Actor actor, string reference, string reason, CancellationToken cancellation)
    {
        if ((actor.Needs(Role.Approver, Role.Verifier) ?? Reason.Check(reason)) is { } unfit)
        {
            return Refused<Notice>(unfit);
        }

        return desk.ActAsync<Notice>(async token =>
        {
            if (await desk.Store.FindNoticeAsync(reference, actor.Scope, token) is not { } notice)
            {
                return Refusal.NotFound("notice", reference);
            }

            if (DispatchTable.Instance.Apply(notice.Dispatch, DispatchTrigger.Cancel) is not Transition<DispatchState, DispatchEffect>.Moved moved)
            {
                return new Refusal(RefusalKind.Conflict, "notice-state", notice.Id, notice.Dispatch.ToString());
            }

            var cancelled = notice with { Dispatch = moved.Next, LastProblem = reason };
            var changes = new ChangeSet().Put(cancelled).Log(actor.Log(desk.Now, "cancel", reference, reason));
            PageLog.Add(changes, actor, cancelled, desk.Now, "cancel");
            foreach (var id in notice.Kind is NoticeKind.Takedown or NoticeKind.Relay ? notice.RequestIds : [])
            {
                if (await desk.Store.FindRequestAsync(id, AgencyScope.All, token) is { SentAt: null } request
                    && DemandTable.Instance.Apply(request.Demand, DemandTrigger.Retract) is Transition<DemandState, DemandEffect>.Moved withdrawn)
                {
                    // Nothing ever left: the request ends with its only draft, and the case waits for a person again.
                    changes.Put(request with { Demand = withdrawn.Next, Withdrawal = new Decision(actor.Id, desk.Now, reason), NextReminderAt = null, NextRungAt = null, DraftDueAt = null });
                    await Withdrawing.ReopenCaseAsync(desk, changes, actor, request.CaseId, desk.Now, token);
                }
            }

            await Withdrawing.StopMessageAsync(desk, changes, reference, token);
            return Decided<Notice>.To(cancelled, changes);
        }, cancellation);
    }

    /// <summary>What the platform answered, as a person read it. A platform's word is never a proof: "removed" only brings the next look forward.</summary>
    public Task<OperationResult<TakedownRequest>> ReplyAsync(Actor actor, string requestId, ReplyCode code, CancellationToken cancellation) =>
        actor.Needs(Role.Analyst, Role.Verifier) is { } refused
            ? Refused<TakedownRequest>(refused)
            : DemandAsync(actor, requestId, DemandActs.TriggerOf(code), DemandActs.Reply, code.ToString(), (request, now) => DemandActs.Replied(request, code, now), cancellation);

    public Task<OperationResult<TakedownRequest>> HoldAsync(Actor actor, string requestId, string reason, CancellationToken cancellation) =>
        actor.Kind != AgencyKind.Police
            ? Refused<TakedownRequest>(new Refusal(RefusalKind.NotAllowed, "police-only", actor.Id))
            : Reason.Check(reason) is { } unfit
                ? Refused<TakedownRequest>(unfit)
                : DemandAsync(actor, requestId, DemandTrigger.PlaceHold, "hold", reason, (request, now) => request with { Hold = new Decision(actor.Id, now, reason) }, cancellation);

    public Task<OperationResult<TakedownRequest>> ReleaseAsync(Actor actor, string requestId, string reason, CancellationToken cancellation) =>
        actor.Kind != AgencyKind.Police
            ? Refused<TakedownRequest>(new Refusal(RefusalKind.NotAllowed, "police-only", actor.Id))
            : Reason.Check(reason) is { } unfit
                ? Refused<TakedownRequest>(unfit)
                : DemandAsync(actor, requestId, DemandTrigger.ReleaseHold, "release-hold", reason, (request, _) => request with { Hold = null }, cancellation);

    /// <summary>Sent in error: nothing more goes out, and a retraction to the addressee is drafted where something did. Nothing is erased.</summary>
    public Task<OperationResult<TakedownRequest>> RetractAsync(Actor actor, string requestId, string reason, CancellationToken cancellation)
    {
        if ((actor.Needs(Role.Verifier, Role.Approver) ?? Reason.Check(reason)) is { } unfit)
        {
            return Refused<TakedownRequest>(unfit);
        }

        return desk.ActAsync<TakedownRequest>(async token =>
        {
            var now = desk.Now;
            if (await desk.Store.FindRequestAsync(requestId, actor.Scope, token) is not { } request)
            {
                return Refusal.NotFound("request", requestId);
            }

            var changes = new ChangeSet();
            var (withdrawn, refusal) = await Withdrawing.AddAsync(desk, drafter, actor, request, reason, changes, now, token);
            return refusal is not null ? refusal
                : changes.Custody.Count == 0 ? Decided<TakedownRequest>.Already(request)
                : Decided<TakedownRequest>.To(withdrawn!, changes);
        }, cancellation);
    }

    private Task<OperationResult<TakedownRequest>> DemandAsync(Actor actor, string requestId, DemandTrigger trigger, string act, string reason, Func<TakedownRequest, DateTimeOffset, TakedownRequest> change, CancellationToken cancellation) =>
        desk.ActAsync<TakedownRequest>(async token =>
        {
            if (await desk.Store.FindRequestAsync(requestId, actor.Scope, token) is not { } request)
            {
                return Refusal.NotFound("request", requestId);
            }

            var changes = new ChangeSet();
            var (changed, refusal) = await DemandActs.AddAsync(desk, drafter, actor, request, trigger, act, reason, change, changes, desk.Now, token);
            return refusal is not null ? refusal : Decided<TakedownRequest>.To(changed!, changes);
        }, cancellation);

    private async Task<Notice?> FindNoticeAsync(Actor actor, string referenceOrRequest, CancellationToken cancellation) =>
        await desk.Store.FindNoticeAsync(referenceOrRequest, actor.Scope, cancellation)
        ?? (await desk.Store.NoticesOfRequestAsync(referenceOrRequest, actor.Scope, cancellation)).FirstOrDefault(notice => notice.Dispatch == DispatchState.Drafted);

    private static Task<OperationResult<T>> Refused<T>(Refusal refusal) => Task.FromResult<OperationResult<T>>(refusal);
}
