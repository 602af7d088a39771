using System.Globalization;
using Monitor.Rules.Cases;
using Monitor.Rules.Evidence;
using Monitor.Rules.Matching;
using Monitor.Rules.Sharing;
using Monitor.Rules.Takedowns;
using Monitor.Rules.WatchLists;
using Monitor.Worker.Ports;

namespace Monitor.Worker.Operations;

/// <summary>
/// Evidence requests of the police: taken in (the material is held from that moment), checked, approved by another person, refused with reasons, and their
/// holds lifted by two people. The hold stands in the vault, where shredding looks for it in its own write; the request stands in the store.
/// </summary>
public sealed class EvidenceRequestOperations(Desk desk, IRecipientKeys keys)
{
    /// <summary>Targets of one request.</summary>
    public const int MostTargets = 500;

    /// <summary>Stands in front of a hold whose request is being recorded.</summary>
    private const string PendingHold = "pending-";

    private const int LongestField = 300;
    private const int LargestKey = 64 * 1024;

    public async Task<OperationResult<EvidenceRequest>> TakeInAsync(Actor actor, EvidenceRequestOrder order, CancellationToken cancellation)
    {
        if (actor.Needs(Role.Intake, Role.Analyst, Role.Verifier) is { } refused)
        {
            return refused;
        }

        if (Unfit(order) is { } unfit)
        {
            return unfit;
        }

        var fingerprint = "";
        if (!order.PreservationOnly)
        {
            switch (keys.Read(order.RecipientKey, desk.Now))
            {
                case RecipientKeyReading.Good good:
                    fingerprint = good.Fingerprint;
                    break;
                case RecipientKeyReading.Unusable unusable:
                    return new Refusal(RefusalKind.Invalid, "recipient-key", unusable.Code);
            }
        }

        var (ids, unknown) = await TargetsAsync(actor, order.Targets, cancellation);
        if (unknown is not null)
        {
            return unknown;
        }

        var letter = order.Letter.Length == 0 ? null : (await desk.Vault.SealAsync([new SealRequest(order.Number, "evidence-letter", order.Letter)], cancellation))[0];
        // Held before it is told, under a name of its own, as the number is known only with the save; a crash leaves a hold too many, which keeps what might have gone.
        var pending = PendingHold + Guid.NewGuid().ToString("N");
        await HoldAsync(ids!, pending, cancellation);
        try
        {
            var result = await desk.ActAsync<EvidenceRequest>(token => RecordAsync(actor, order, ids!, fingerprint, letter, token), cancellation);
            if (result is OperationResult<EvidenceRequest>.Done done)
            {
                await HoldAsync(ids!, done.Value.Id, cancellation);
            }

            return result;
        }
        finally
        {
            await ReleaseAsync(ids!, pending, CancellationToken.None);
        }
    }

    /// <summary>Ground, decision and scope hold; another person decides.</summary>
    public Task<OperationResult<EvidenceRequest>> CheckAsync(Actor actor, string id, string reason, CancellationToken cancellation) =>
        StepAsync(actor, id, reason, [Role.Verifier], EvidenceRequestTrigger.AcceptBasis, "evidence-check", (request, decision) => request with { Checked = decision }, async (request, token) => await GroundAsync(request, token), cancellation);

    public Task<OperationResult<EvidenceRequest>> ApproveAsync(Actor actor, string id, string reason, CancellationToken cancellation) =>
        StepAsync(actor, id, reason, [Role.Approver], EvidenceRequestTrigger.Approve, "evidence-approve", (request, decision) => request with { Approved = decision }, async (request, token) =>
        {
            if (Same(actor.Id, request.Checked?.Person) || Same(actor.Id, request.Received.Person))
            {
                return new Refusal(RefusalKind.NotAllowed, "same-person", id);
            }

            if (desk.Configuration.Installation.Evidence.ApprovalByAnotherAgency
                && request.Checked is { } check && desk.Configuration.People.TryGetValue(check.Person, out var checker) && checker.AgencyId == actor.AgencyId)
            {
                return new Refusal(RefusalKind.NotAllowed, "other-agency-approves", id, actor.AgencyId);
            }

            return await GroundAsync(request, token);
        }, cancellation);

    /// <summary>The hold falls; what was held by nobody else may be destroyed again.</summary>
    public Task<OperationResult<EvidenceRequest>> RefuseAsync(Actor actor, string id, string reason, CancellationToken cancellation) =>
        StepAsync(actor, id, reason, [Role.Verifier, Role.Approver], EvidenceRequestTrigger.Refuse, "evidence-refuse", (request, decision) => request with { Refused = decision }, null, cancellation);

    /// <summary>First of two people: the hold is no longer needed.</summary>
    public Task<OperationResult<EvidenceRequest>> AskReleaseAsync(Actor actor, string id, string reason, CancellationToken cancellation) =>
        (actor.Needs(Role.Verifier, Role.Approver) ?? Reason.Check(reason)) is { } refused
            ? Task.FromResult<OperationResult<EvidenceRequest>>(refused)
            : desk.ActAsync<EvidenceRequest>(async token =>
            {
                if (await desk.Store.FindEvidenceRequestAsync(id, actor.Scope, token) is not { } request)
                {
                    return Refusal.NotFound("evidence request", id);
                }

                if (request is { PreservationOnly: false, State: not EvidenceRequestState.Receipted } || EvidenceRequestTable.Instance.Apply(request.State, EvidenceRequestTrigger.LiftHold) is not Transition<EvidenceRequestState, EvidenceRequestEffect>.Moved)
                {
                    return new Refusal(RefusalKind.Conflict, "evidence-state", id, request.State.ToString());
                }

                if (request.RetainUntil is { } until && until > desk.Now)
                {
                    return new Refusal(RefusalKind.Conflict, "evidence-retained", id, Desk.DayOf(until).ToString("dd/MM/yyyy", CultureInfo.InvariantCulture));
                }

                var asked = request with { ReleaseAsked = new Decision(actor.Id, desk.Now, reason) };
                return Decided<EvidenceRequest>.To(asked, new ChangeSet().Put(asked).Log(actor.Log(desk.Now, "evidence-release-asked", id, reason)));
            }, cancellation);

    /// <summary>Second of two people.</summary>
    public Task<OperationResult<EvidenceRequest>> ReleaseAsync(Actor actor, string id, string reason, CancellationToken cancellation) =>
        StepAsync(actor, id, reason, [Role.Approver], EvidenceRequestTrigger.LiftHold, "evidence-release", (request, decision) => request with { Released = decision }, (request, _) => Task.FromResult<Refusal?>(
            request.ReleaseAsked is not { } asked ? new Refusal(RefusalKind.Conflict, "release-not-asked", id)
            : Same(asked.Person, actor.Id) ? new Refusal(RefusalKind.NotAllowed, "same-person", id)
            : null), cancellation);

    /// <summary>Holds in the vault whose request is over are lifted, and missing ones placed. Safe at any time.</summary>
    /// <param name="starting">True before anything else runs: holds of requests that were being recorded when the program ended are lifted too.</param>
    public async Task SettleHoldsAsync(bool starting, CancellationToken cancellation)
    {
        var holds = await desk.Vault.HoldsAsync(cancellation);
        foreach (var request in await desk.Store.ListEvidenceRequestsAsync(null, AgencyScope.All, new Paging(null, int.MaxValue), cancellation))
        {
            if (request.Holds)
            {
                await HoldAsync([.. request.Scope.TargetIds.Where(target => !holds.Contains(new VaultHold(target, request.Id)))], request.Id, cancellation);
            }
        }

        foreach (var hold in holds)
        {
            if (hold.Hold.StartsWith(PendingHold, StringComparison.Ordinal) ? starting : await desk.Store.FindEvidenceRequestAsync(hold.Hold, AgencyScope.All, cancellation) is { Holds: false })
            {
                await desk.Vault.ReleaseAsync(hold.Owner, hold.Hold, cancellation);
            }
        }
    }

    private async Task HoldAsync(IReadOnlyList<string> targets, string hold, CancellationToken cancellation)
    {
        foreach (var target in targets)
        {
            await desk.Vault.HoldAsync(target, hold, cancellation);
        }
    }

    private async Task ReleaseAsync(IReadOnlyList<string> targets, string hold, CancellationToken cancellation)
    {
        foreach (var target in targets)
        {
            await desk.Vault.ReleaseAsync(target, hold, cancellation);
        }
    }

    private async Task<Decided<EvidenceRequest>> RecordAsync(Actor actor, EvidenceRequestOrder order, IReadOnlyList<string> ids, string fingerprint, string? letter, CancellationToken token)
    {
        var series = await desk.Store.SeriesAsync(Ids.EvidenceRequestSeries, token);
        var id = Ids.EvidenceRequest(series.Last + 1);
        var now = desk.Now;
        var targets = new List<Target>();
        foreach (var target in ids)
        {
            if (await desk.Store.FindTargetAsync(target, AgencyScope.All, token) is { } found)
            {
                targets.Add(found);
            }
        }

        var request = new EvidenceRequest
        {
            Id = id,
            OwnerAgency = targets[0].OwnerAgency,
            Number = order.Number.Trim(),
            PoliceUnit = order.PoliceUnit.Trim(),
            Investigator = order.Investigator.Trim(),
            InvestigatorId = order.InvestigatorId.Trim(),
            PoliceCase = order.PoliceCase.Trim(),
            LegalBasisId = order.LegalBasisId,
            Decision = order.Decision.Trim(),
            Signer = order.Signer.Trim(),
            Purpose = order.Purpose.Trim(),
            Scope = new EvidenceScope(ids, order.From, order.To, order.Artefacts.Count == 0 ? Enum.GetValues<EvidenceArtefact>() : [.. order.Artefacts.Distinct()]),
            PreservationOnly = order.PreservationOnly,
            Urgency = order.Urgency,
            UrgencyGround = order.UrgencyGround.Trim(),
            Delivery = order.Delivery,
            RecipientKey = order.PreservationOnly ? "" : order.RecipientKey,
            RecipientFingerprint = fingerprint,
            DueAt = order.DueAt,
            LetterItem = letter,
            Received = new Decision(actor.Id, now, order.Reason),
        };
        if (await GroundAsync(request, token) is { } refusal)
        {
            return refusal;
        }

        var changes = new ChangeSet().Put(series with { Last = series.Last + 1 }).Put(request);
        foreach (var target in targets.Where(target => !target.Preserve))
        {
            changes.Put(target with { Preserve = true });
        }

        changes.Log(actor.Log(now, order.PreservationOnly ? "evidence-preserve" : "evidence-request", id, order.Reason, null, order.Letter.Length == 0 ? [] : [HumanCapture.DigestOf(order.Letter)]));
        foreach (var target in targets)
        {
            changes.Log(actor.Log(now, "hold", target.Id, id));
        }

        return Decided<EvidenceRequest>.To(request, changes);
    }

    private async Task<OperationResult<EvidenceRequest>> StepAsync(
        Actor actor,
        string id,
        string reason,
        Role[] roles,
        EvidenceRequestTrigger trigger,
        string act,
        Func<EvidenceRequest, Decision, EvidenceRequest> decide,
        Func<EvidenceRequest, CancellationToken, Task<Refusal?>>? check,
        CancellationToken cancellation)
    {
        if ((actor.Needs(roles) ?? Reason.Check(reason)) is { } refused)
        {
            return refused;
        }

        var result = await desk.ActAsync<EvidenceRequest>(async token =>
        {
            if (await desk.Store.FindEvidenceRequestAsync(id, actor.Scope, token) is not { } request)
            {
                return Refusal.NotFound("evidence request", id);
            }

            if (EvidenceRequestTable.Instance.Apply(request.State, trigger) is not Transition<EvidenceRequestState, EvidenceRequestEffect>.Moved moved)
            {
                return new Refusal(RefusalKind.Conflict, "evidence-state", id, request.State.ToString());
            }

            if (check is not null && await check(request, token) is { } refusal)
            {
                return refusal;
            }

            var now = desk.Now;
            var changed = decide(request, new Decision(actor.Id, now, reason)) with { State = moved.Next };
            var changes = new ChangeSet().Put(changed).Log(actor.Log(now, act, id, reason));
            if (moved.Effects.Contains(EvidenceRequestEffect.ReleaseHold))
            {
                await UnpreserveAsync(changes, actor, changed, now, token);
            }

            return Decided<EvidenceRequest>.To(changed, changes);
        }, cancellation);
        if (result is OperationResult<EvidenceRequest>.Done { Value.Holds: false } done)
        {
            // After it is told: a crash between leaves a hold too many, which the next settling lifts.
            await ReleaseAsync(done.Value.Scope.TargetIds, id, cancellation);
        }

        return result;
    }

    private async Task UnpreserveAsync(ChangeSet changes, Actor actor, EvidenceRequest request, DateTimeOffset now, CancellationToken token)
    {
        foreach (var id in request.Scope.TargetIds)
        {
            changes.Log(actor.Log(now, "hold-lifted", id, request.Id));
            var others = await desk.Store.EvidenceRequestsOfTargetAsync(id, token);
            if (!others.Any(other => other.Id != request.Id && other.Holds) && await desk.Store.FindTargetAsync(id, AgencyScope.All, token) is { Preserve: true } target)
            {
                changes.Put(target with { Preserve = false });
            }
        }
    }

    /// <summary>The ground is of today, carries evidence, and covers every target's category.</summary>
    private async Task<Refusal?> GroundAsync(EvidenceRequest request, CancellationToken token)
    {
        if (!desk.Configuration.LegalBases.TryGetValue(request.LegalBasisId, out var basis))
        {
            return Refusal.NotFound("legal basis", request.LegalBasisId);
        }

        if (!basis.Uses.Contains(LegalUse.Evidence))
        {
            return new Refusal(RefusalKind.NotAllowed, "basis-not-for-evidence", basis.Id);
        }

        if (!basis.IsValidOn(desk.Today))
        {
            return new Refusal(RefusalKind.NotAllowed, "legal-basis-not-valid", basis.Id);
        }

        foreach (var id in request.Scope.TargetIds)
        {
            if (await desk.Store.FindTargetAsync(id, AgencyScope.All, token) is { } target && !basis.Categories.Contains(target.Category))
            {
                return new Refusal(RefusalKind.NotAllowed, "legal-basis-other-category", basis.Id);
            }
        }

        return null;
    }

    private async Task<(IReadOnlyList<string>? Ids, Refusal? Refusal)> TargetsAsync(Actor actor, IReadOnlyList<string> wanted, CancellationToken cancellation)
    {
        var ids = new List<string>();
        string? agency = null;
        foreach (var one in wanted)
        {
            var target = CanonicalUrl.TryCreate(one, UrlOptions.From(desk.Configuration), out var url, out _) && !url.SchemeAssumed
                ? await desk.Store.FindTargetByUrlAsync(url.Value, cancellation)
                : await desk.Store.FindTargetAsync(one, AgencyScope.All, cancellation);
            if (target is null || !actor.Scope.Sees(target.OwnerAgency))
            {
                return (null, Refusal.NotFound("target", one));
            }

            agency ??= target.OwnerAgency;
            if (agency != target.OwnerAgency)
            {
                return (null, new Refusal(RefusalKind.Conflict, "evidence-agencies", target.Id, target.OwnerAgency, agency));
            }

            if (!ids.Contains(target.Id))
            {
                ids.Add(target.Id);
            }
        }

        return (ids, null);
    }

    private static Refusal? Unfit(EvidenceRequestOrder order)
    {
        if (Reason.Check(order.Reason) is { } reason)
        {
            return reason;
        }

        foreach (var (name, value) in new[]
        {
            ("number", order.Number), ("unit", order.PoliceUnit), ("investigator", order.Investigator), ("investigator-id", order.InvestigatorId), ("police-case", order.PoliceCase),
            ("decision", order.Decision), ("signer", order.Signer), ("purpose", order.Purpose),
        })
        {
            if (string.IsNullOrWhiteSpace(value) || value.Length > LongestField || value.Any(char.IsControl))
            {
                return new Refusal(RefusalKind.Invalid, "evidence-field", name, LongestField.ToString(CultureInfo.InvariantCulture));
            }
        }

        return order switch
        {
            { Urgency: not EvidenceUrgency.Ordinary } when string.IsNullOrWhiteSpace(order.UrgencyGround) => new Refusal(RefusalKind.Invalid, "urgency-ground"),
            { Targets.Count: 0 or > MostTargets } => new Refusal(RefusalKind.Invalid, "evidence-targets", MostTargets.ToString(CultureInfo.InvariantCulture)),
            { From: { } from, To: { } to } when to < from => new Refusal(RefusalKind.Invalid, "evidence-span"),
            { PreservationOnly: false, RecipientKey.Length: 0 } => new Refusal(RefusalKind.Invalid, "recipient-key-needed"),
            { RecipientKey.Length: > LargestKey } => new Refusal(RefusalKind.Invalid, "recipient-key", "too-large"),
            { Letter.Length: > 0 } when !HumanCapture.IsOne(order.Letter) => new Refusal(RefusalKind.Invalid, "capture-form", order.Number),
            _ => null,
        };
    }

    private static bool Same(string person, string? other) => string.Equals(person, other, StringComparison.OrdinalIgnoreCase);
}
