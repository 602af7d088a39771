using Monitor.Rules.Cases;
using Monitor.Rules.Hashing;
using Monitor.Rules.Removal;
using Monitor.Rules.Sharing;
using Monitor.Rules.WatchLists;
using Monitor.Worker.Notices;
using Monitor.Worker.Ports;

namespace Monitor.Worker.Operations;

/// <summary>What people add to the proof of removal: their own looks, and the waiver of a vantage.</summary>
public sealed class RemovalOperations(Desk desk, NoticeDrafter drafter, string toolVersion)
{
    /// <summary>
    /// A named person saw it gone: they stand by the soft signs of the present run, or, where the platform or a wall keeps machines out,
    /// their own look is the observation. It is recorded as one, its capture sealed with it.
    /// </summary>
    /// <param name="capture">What the person saw (screenshot, saved page); required where people's looks are the only ones.</param>
    public async Task<OperationResult<Target>> ConfirmAsync(Actor actor, string targetId, string reason, byte[]? capture, CancellationToken cancellation)
    {
        if (MayObserve(actor, reason) is { } refused)
        {
            return refused;
        }

        if (await desk.Store.FindTargetAsync(targetId, actor.Scope, cancellation) is not { } looked)
        {
            return Refusal.NotFound("target", targetId);
        }

        if (capture is null && RemovalProof.PeopleDecide(looked.Progress, RemovalRulesOf.Target(looked, desk.Configuration)))
        {
            return new Refusal(RefusalKind.Invalid, "capture-needed", targetId);
        }

        if (capture is not null && !HumanCapture.IsOne(capture))
        {
            return new Refusal(RefusalKind.Invalid, "capture-form", targetId);
        }

        var shown = await SealCaptureAsync(targetId, capture, cancellation);
        return await desk.ActAsync<Target>(async token =>
        {
            var now = desk.Now;
            if (await desk.Store.FindTargetAsync(targetId, actor.Scope, token) is not { } target)
            {
                return Refusal.NotFound("target", targetId);
            }

            var rules = RemovalRulesOf.Target(target, desk.Configuration);
            var decides = RemovalProof.PeopleDecide(target.Progress, rules);
            if (!decides && target.Progress.State != RemovalState.ApparentlyGone)
            {
                return new Refusal(RefusalKind.Conflict, "target-state", targetId, target.Progress.State.ToString());
            }

            // The same person again so soon adds nothing: somebody else is needed.
            if (target.Progress.People.Any(person => string.Equals(person.Person, actor.Id, StringComparison.OrdinalIgnoreCase) && now - person.At < rules.PeopleApart))
            {
                return new Refusal(RefusalKind.Conflict, "confirmed-already", targetId, actor.Id);
            }

            // Two people who bring the same file have looked once.
            if (shown.Digest is not null && (await desk.Store.ObservationsAsync(targetId, 1, int.MaxValue, token)).Any(one => one.Fact.IsHuman && one.PageDigest == shown.Digest))
            {
                return new Refusal(RefusalKind.Conflict, "capture-same", targetId);
            }

            return await SteppedAsync(actor, target, ProofFact.SeenGoneBy(actor.Id, now, shown.Item is not null), rules, "confirm-gone", reason, shown, token);
        }, cancellation);
    }

    /// <summary>A person saw it live, whatever the machine thinks: resets every count.</summary>
    public async Task<OperationResult<Target>> SeenLiveAsync(Actor actor, string targetId, string reason, byte[]? capture, CancellationToken cancellation)
    {
        if (MayObserve(actor, reason) is { } refused)
        {
            return refused;
        }

        var shown = await SealCaptureAsync(targetId, capture, cancellation);
        return await desk.ActAsync<Target>(async token =>
            await desk.Store.FindTargetAsync(targetId, actor.Scope, token) is { } target
                ? await SteppedAsync(actor, target, ProofFact.SeenLiveBy(actor.Id, desk.Now), RemovalRulesOf.Target(target, desk.Configuration), "seen-live", reason, shown, token)
                : Refusal.NotFound("target", targetId), cancellation);
    }

    /// <summary>
    /// A vantage that the platform's profile asks for need not agree for this target: by name and reason, never the last one, and what is
    /// confirmed without it says so. A proof that only this vantage kept open is completed by the next look, not by the waiver.
    /// </summary>
    public Task<OperationResult<Target>> WaiveAsync(Actor actor, string targetId, string vantage, string reason, CancellationToken cancellation) =>
        WaiverAsync(actor, targetId, reason, "waive-vantage", vantage, (target, required, now) =>
        {
            if (!required.Contains(vantage))
            {
                return new Refusal(RefusalKind.Conflict, "vantage-not-required", targetId, vantage, string.Join(", ", required));
            }

            return required.Count == 1
                ? new Refusal(RefusalKind.Conflict, "last-vantage", targetId, vantage)
                : Decided<Target>.To(target with { Waivers = [.. target.Waivers, new VantageWaiver(vantage, new Decision(actor.Id, now, reason))], NextCheckAt = Sooner(target, now) }, new ChangeSet());
        }, cancellation);

    /// <summary>The vantage must agree again from now on; what was confirmed stays confirmed until something else is seen.</summary>
    public Task<OperationResult<Target>> UnwaiveAsync(Actor actor, string targetId, string vantage, string reason, CancellationToken cancellation) =>
        WaiverAsync(actor, targetId, reason, "unwaive-vantage", vantage, (target, _, now) =>
            target.Waivers.Any(waiver => waiver.Vantage == vantage)
                ? Decided<Target>.To(target with { Waivers = [.. target.Waivers.Where(waiver => waiver.Vantage != vantage)], NextCheckAt = Sooner(target, now) }, new ChangeSet())
                : new Refusal(RefusalKind.Conflict, "not-waived", targetId, vantage), cancellation);

    private static DateTimeOffset? Sooner(Target target, DateTimeOffset now) => target.NextCheckAt is { } planned && planned < now ? planned : now;

    private async Task<OperationResult<Target>> WaiverAsync(Actor actor, string targetId, string reason, string act, string vantage, Func<Target, IReadOnlyList<string>, DateTimeOffset, Decided<Target>> decide, CancellationToken cancellation)
    {
        if ((actor.Needs(Role.Verifier, Role.Approver) ?? Reason.Check(reason)) is { } unfit)
        {
            return unfit;
        }

        return await desk.ActAsync<Target>(async token =>
        {
            if (await desk.Store.FindTargetAsync(targetId, actor.Scope, token) is not { } target)
            {
                return Refusal.NotFound("target", targetId);
            }

            var decided = decide(target, RemovalRulesOf.Target(target, desk.Configuration).RequiredVantages, desk.Now);
            decided.Changes?.Put(decided.Value!).Log(actor.Log(desk.Now, act, targetId, $"{vantage}: {reason}"));
            return decided;
        }, cancellation);
    }

    private async Task<(string? Item, Digest? Digest)> SealCaptureAsync(string targetId, byte[]? capture, CancellationToken cancellation) =>
        capture is null ? (null, null) : ((await desk.Vault.SealAsync([new SealRequest(targetId, VaultKinds.HumanCapture, capture)], cancellation))[0], HumanCapture.DigestOf(capture));

    private static Refusal? MayObserve(Actor actor, string reason) =>
        !actor.May(Role.Verifier) && !actor.May(Role.Analyst)
            ? new Refusal(RefusalKind.NotAllowed, "role-needed", actor.Id, "analyst / verifier")
            : Reason.Check(reason);

    private async Task<Decided<Target>> SteppedAsync(Actor actor, Target target, ProofFact fact, RemovalRules rules, string act, string reason, (string? Item, Digest? Digest) capture, CancellationToken cancellation)
    {
        var step = RemovalProof.Observe(target.Progress, fact, rules);
        var observation = new Observation
        {
            Id = Ids.Observation(target.Id, target.Observations + 1),
            TargetId = target.Id,
            Number = target.Observations + 1,
            At = fact.At,
            Vantage = fact.Vantage,
            Outcome = "human-look",
            Page = new LivenessVerdict(fact.Liveness, fact.Reason, [new Signal("human-look", 100, actor.Id)]),
            Fact = fact,
            Captures = capture.Item is null ? [] : [capture.Item],
            PageDigest = capture.Digest,
            Configuration = desk.Configuration.Fingerprint,
            ToolVersion = toolVersion,
        };
        var changes = new ChangeSet().Append(observation).Log(actor.Log(fact.At, act, target.Id, capture.Item is null ? reason : $"{reason} [{capture.Item}]"));
        if (step.Progress.State != target.Progress.State)
        {
            changes.Log(Actor.System.Log(fact.At, "removal-state", target.Id, $"{target.Progress.State} → {step.Progress.State}"));
        }

        var changed = target with
        {
            Progress = step.Progress,
            Observations = observation.Number,
            Last = new LastObservation(observation.Id, fact.At, fact.Liveness, fact.Reason),
            HumanLookAt = fact.At,
            // All that is missing is a fresh look of the machine: it need not wait for its turn.
            NextCheckAt = target.NextCheckAt is not null && step.Missing.Count > 0 && step.Missing.All(gap => gap.Kind == ProofGapKind.Look) ? Sooner(target, fact.At) : target.NextCheckAt,
        };
        changed = changed with { Attention = Attention.After(changed with { Attention = null }, step, rules, fact.At) };
        changed = await RemovalEffects.ApplyAsync(desk, drafter, changed, step, null, changes, fact.At, cancellation);
        changes.Put(changed);
        return Decided<Target>.To(changed, changes);
    }
}
