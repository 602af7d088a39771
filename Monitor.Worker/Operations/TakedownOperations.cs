using Monitor.Rules.Assessing;
using Monitor.Rules.Cases;
using Monitor.Rules.Removal;
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
    public Task<OperationResult<Notice>> ApproveAsync(Actor actor, string referenceOrRequest, CancellationToken cancellation)
    {
        if (!actor.May(Role.Approver))
        {
            return Refused<Notice>(new Refusal(RefusalKind.NotAllowed, "role-needed", actor.Id, "approver"));
        }

        return desk.ActAsync<Notice>(async token =>
        {
            var now = desk.Now;
            var notice = await FindNoticeAsync(actor, referenceOrRequest, token);
            if (notice is null)
            {
                return Refusal.NotFound("notice", referenceOrRequest);
            }

            if (await desk.Store.FindRequestAsync(notice.RequestId, actor.Scope, token) is not { } request)
            {
                return Refusal.NotFound("request", notice.RequestId);
            }

            if (actor.AgencyId != notice.OwnerAgency)
            {
                return new Refusal(RefusalKind.NotAllowed, "other-agency", notice.Id, notice.OwnerAgency);
            }

            if (Unsendable(request, notice) is { } unsendable)
            {
                return unsendable;
            }

            if (CheckScope(request, notice, actor.Id) is { } refusal)
            {
                return refusal;
            }

            // Somebody who drafted by hand is one of the two people as well.
            if (string.Equals(notice.DraftedBy, actor.Id, StringComparison.OrdinalIgnoreCase))
            {
                return new Refusal(RefusalKind.NotAllowed, "same-person", notice.Id);
            }

            if (NoticeDrafter.ContentDigest(notice.Subject, notice.Body) != notice.ContentDigest)
            {
                return new Refusal(RefusalKind.Conflict, "content-changed", notice.Id);
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

            var unsigned = desk.Configuration.Platforms.TryGetValue(notice.PlatformId, out var platform) && platform.RequiresSignedDocument;
            var trigger = unsigned ? DispatchTrigger.ApproveUnsigned : DispatchTrigger.Approve;
            if (DispatchTable.Instance.Apply(notice.Dispatch, trigger) is not Transition<DispatchState, DispatchEffect>.Moved moved)
            {
                return new Refusal(RefusalKind.Conflict, "notice-state", notice.Id, notice.Dispatch.ToString());
            }

            var approved = notice with { Dispatch = moved.Next, ApprovedBy = actor.Id, ApprovedAt = now };
            var changes = new ChangeSet()
                .Put(approved)
                .Log(actor.Log(now, "approve", notice.Id, request.Id, request.VerifiedBy, notice.ContentDigest));
            if (moved.Effects.Contains(DispatchEffect.Enqueue))
            {
                changes.Put(Outgoing(approved, now));
            }

            return Decided<Notice>.To(approved, changes);
        }, cancellation);
    }

    /// <summary>The clerk's register number and the fact that the signed document exists release a notice that waited for it.</summary>
    public Task<OperationResult<Notice>> SignedAsync(Actor actor, string reference, string documentNumber, byte[] signedDocument, CancellationToken cancellation)
    {
        if (!actor.May(Role.Approver))
        {
            return Refused<Notice>(new Refusal(RefusalKind.NotAllowed, "role-needed", actor.Id, "approver"));
        }

        return SignAsync();

        async Task<OperationResult<Notice>> SignAsync()
        {
            if (signedDocument.Length < 5 || !signedDocument.AsSpan(0, 5).SequenceEqual("%PDF-"u8))
            {
                return new Refusal(RefusalKind.Invalid, "not-a-pdf");
            }

            if (string.IsNullOrWhiteSpace(documentNumber) || documentNumber.Any(char.IsControl))
            {
                return new Refusal(RefusalKind.Invalid, "document-number");
            }

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

                var signed = notice with { Dispatch = moved.Next, DocumentNumber = documentNumber };
                return Decided<Notice>.To(signed, new ChangeSet().Put(signed).Put(Outgoing(signed, desk.Now))
                    .Log(actor.Log(desk.Now, "signed-document", reference, sealedDocument)));
            }, cancellation);
        }
    }

    public Task<OperationResult<Notice>> CancelAsync(Actor actor, string reference, string reason, CancellationToken cancellation)
    {
        if (!actor.May(Role.Approver) && !actor.May(Role.Verifier))
        {
            return Refused<Notice>(new Refusal(RefusalKind.NotAllowed, "role-needed", actor.Id, "approver / verifier"));
        }

        if (Reason.Check(reason) is { } unfit)
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
            if (await desk.Store.FindRequestAsync(notice.RequestId, AgencyScope.All, token) is { SentAt: null } request && notice.Kind == NoticeKind.Takedown
                && DemandTable.Instance.Apply(request.Demand, DemandTrigger.Retract) is Transition<DemandState, DemandEffect>.Moved withdrawn)
            {
                // Nothing ever left: the request ends with its only draft, and the case waits for a person again.
                changes.Put(request with { Demand = withdrawn.Next, Withdrawal = new Decision(actor.Id, desk.Now, reason), NextReminderAt = null, NextRungAt = null });
                await ReopenCaseAsync(changes, actor, request.CaseId, token);
            }

            await StopMessageAsync(changes, reference, token);
            return Decided<Notice>.To(cancelled, changes);
        }, cancellation);
    }

    /// <summary>What the platform answered, as a person read it. A platform's word is never a proof: "removed" only brings the next look forward.</summary>
    public Task<OperationResult<TakedownRequest>> ReplyAsync(Actor actor, string requestId, ReplyCode code, CancellationToken cancellation)
    {
        if (!actor.May(Role.Analyst) && !actor.May(Role.Verifier))
        {
            return Refused<TakedownRequest>(new Refusal(RefusalKind.NotAllowed, "role-needed", actor.Id, "analyst / verifier"));
        }

        var trigger = code switch
        {
            ReplyCode.Removed => DemandTrigger.PlatformSaysRemoved,
            ReplyCode.Refused => DemandTrigger.PlatformRefused,
            ReplyCode.GeoRestricted or ReplyCode.Partial or ReplyCode.MoreInfo => DemandTrigger.PlatformAcknowledged,
        };
        return DemandAsync(actor, requestId, trigger, "reply", code.ToString(), (request, now) => request with { ReplyAt = now, ReplyCode = code.ToString() }, cancellation);
    }

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
        if (!actor.May(Role.Verifier) && !actor.May(Role.Approver))
        {
            return Refused<TakedownRequest>(new Refusal(RefusalKind.NotAllowed, "role-needed", actor.Id, "verifier / approver"));
        }

        if (Reason.Check(reason) is { } unfit)
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

            switch (DemandTable.Instance.Apply(request.Demand, DemandTrigger.Retract))
            {
                case Transition<DemandState, DemandEffect>.NoChange:
                    return Decided<TakedownRequest>.Already(request);
                case Transition<DemandState, DemandEffect>.Moved moved:
                    var changes = new ChangeSet();
                    var withdrawn = request with { Demand = moved.Next, Withdrawal = new Decision(actor.Id, now, reason), NextReminderAt = null, NextRungAt = null };
                    var notices = await desk.Store.NoticesOfRequestAsync(requestId, AgencyScope.All, token);
                    foreach (var notice in notices)
                    {
                        if (DispatchTable.Instance.Apply(notice.Dispatch, DispatchTrigger.Cancel) is Transition<DispatchState, DispatchEffect>.Moved cancelled)
                        {
                            changes.Put(notice with { Dispatch = cancelled.Next, LastProblem = "retracted" }).Log(actor.Log(now, "cancel", notice.Id, "retracted"));
                            await StopMessageAsync(changes, notice.Id, token);
                        }
                    }

                    // To every addressee that something went to, or may have gone to.
                    foreach (var last in notices.Where(WentOut).GroupBy(notice => notice.To, StringComparer.OrdinalIgnoreCase).Select(addressee => addressee.Last()))
                    {
                        switch (await Drafting.AddAsync(desk, drafter, withdrawn, null, new DraftWish(NoticeKind.Retraction, last, actor.Id), changes, now, token))
                        {
                            case DraftResult.Drafted drafted:
                                withdrawn = drafted.Request;
                                break;
                            case DraftResult.Incomplete incomplete:
                                return Drafting.Refusal(incomplete);
                        }
                    }

                    changes.Put(withdrawn).Log(actor.Log(now, "retract", requestId, reason));
                    await ReopenCaseAsync(changes, actor, request.CaseId, token);
                    return Decided<TakedownRequest>.To(withdrawn, changes);
                case Transition<DemandState, DemandEffect>.Illegal illegal:
                    return new Refusal(RefusalKind.Conflict, "request-state", requestId, illegal.Reason);
                default:
                    throw new InvalidOperationException("unknown transition");
            }
        }, cancellation);
    }

    private Task<OperationResult<TakedownRequest>> DemandAsync(Actor actor, string requestId, DemandTrigger trigger, string act, string reason, Func<TakedownRequest, DateTimeOffset, TakedownRequest> change, CancellationToken cancellation) =>
        desk.ActAsync<TakedownRequest>(async token =>
        {
            var now = desk.Now;
            if (await desk.Store.FindRequestAsync(requestId, actor.Scope, token) is not { } request)
            {
                return Refusal.NotFound("request", requestId);
            }

            if (act == "reply" && request.SentAt is null)
            {
                return new Refusal(RefusalKind.Conflict, "nothing-sent", requestId);
            }

            var transition = DemandTable.Instance.Apply(request.Demand, trigger);
            if (transition is Transition<DemandState, DemandEffect>.Illegal illegal)
            {
                return new Refusal(RefusalKind.Conflict, "request-state", requestId, illegal.Reason);
            }

            var changes = new ChangeSet().Log(actor.Log(now, act, requestId, reason));
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
                    if (effect is DemandEffect.ProbeNow or DemandEffect.AlertPerson && await desk.Store.FindTargetAsync(request.TargetId, AgencyScope.All, token) is { } target)
                    {
                        changes.Put(effect == DemandEffect.ProbeNow ? target with { NextCheckAt = now } : target with { Attention = "platform-refused" });
                    }
                }
            }

            changed = EscalationPolicy.Scheduled(changed, desk.LadderOf(changed), now);
            changes.Put(changed);
            return Decided<TakedownRequest>.To(changed, changes);
        }, cancellation);

    private static bool WentOut(Notice notice) => notice.Kind != NoticeKind.Retraction && notice.Dispatch is DispatchState.Sending or DispatchState.DeliveryUnknown or DispatchState.Sent or DispatchState.Delivered or DispatchState.Bounced;

    /// <summary>The scope lock at this moment, with both people; also asked again right before sending.</summary>
    internal Refusal? CheckScope(TakedownRequest request, Notice notice, string approver) =>
        // Taking a notice back must always be possible: it needs two people, but no ground that is still valid.
        notice.Kind == NoticeKind.Retraction ? null
        : ScopeLock.Check(request.Category, desk.Configuration.LegalBases.GetValueOrDefault(request.LegalBasisId), request.OwnerAgency, desk.Today, request.VerifiedBy, approver) is ScopeAnswer.Refused refused
            ? new Refusal(RefusalKind.NotAllowed, refused.Code, notice.Id)
            : null;

    /// <summary>A withdrawn demand sends nothing but its retraction; a held one nothing at all.</summary>
    internal static Refusal? Unsendable(TakedownRequest request, Notice notice) => request.Demand switch
    {
        DemandState.OnHold => new Refusal(RefusalKind.Conflict, "on-hold", request.Id),
        DemandState.Withdrawn when notice.Kind != NoticeKind.Retraction => new Refusal(RefusalKind.Conflict, "withdrawn", request.Id),
        _ => null,
    };

    internal static OutboxMessage Outgoing(Notice notice, DateTimeOffset now) => new()
    {
        Id = notice.Id,
        Kind = OutboxKind.Notice,
        OwnerAgency = notice.OwnerAgency,
        CreatedAt = now,
        DueAt = now,
    };

    /// <summary>What was verified is open again: a person verifies anew, or dismisses.</summary>
    private async Task ReopenCaseAsync(ChangeSet changes, Actor actor, string caseId, CancellationToken cancellation)
    {
        if (await desk.Store.FindCaseAsync(caseId, AgencyScope.All, cancellation) is { State: CaseState.Verified or CaseState.Closed } @case)
        {
            changes.Put(@case with { State = CaseState.AwaitingVerification, Verification = null, ClosedAt = null })
                .Log(actor.Log(desk.Now, "reopen", caseId, "request withdrawn"));
        }
    }

    private async Task StopMessageAsync(ChangeSet changes, string id, CancellationToken cancellation)
    {
        if (await desk.Store.FindMessageAsync(id, cancellation) is { DueAt: not null } message)
        {
            changes.Put(message with { DueAt = null });
        }
    }

    private async Task<Notice?> FindNoticeAsync(Actor actor, string referenceOrRequest, CancellationToken cancellation) =>
        await desk.Store.FindNoticeAsync(referenceOrRequest, actor.Scope, cancellation)
        ?? (await desk.Store.NoticesOfRequestAsync(referenceOrRequest, actor.Scope, cancellation)).FirstOrDefault(notice => notice.Dispatch == DispatchState.Drafted);

    private static Task<OperationResult<T>> Refused<T>(Refusal refusal) => Task.FromResult<OperationResult<T>>(refusal);
}

public enum ReplyCode
{
    Removed,
    GeoRestricted,
    Partial,
    Refused,
    MoreInfo,
}
