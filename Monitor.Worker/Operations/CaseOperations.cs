using Monitor.Rules.Assessing;
using Monitor.Rules.Cases;
using Monitor.Rules.Removal;
using Monitor.Rules.Sharing;
using Monitor.Rules.Takedowns;
using Monitor.Rules.WatchLists;
using Monitor.Worker.Notices;
using Monitor.Worker.Ports;

namespace Monitor.Worker.Operations;

/// <summary>What people decide about a case: triage, dismissal, verification. Verification drafts the request; it sends nothing.</summary>
public sealed class CaseOperations(Desk desk, NoticeDrafter drafter)
{
    public ValueTask<IReadOnlyList<Case>> ListAsync(Actor actor, CaseState? state, Paging page, CancellationToken cancellation) =>
        desk.Store.ListCasesAsync(state, actor.Scope, page, cancellation);

    /// <summary>In the order in which people should look at them (<see cref="CaseRank"/>).</summary>
    /// <param name="state">Null: all that are neither dismissed nor closed.</param>
    public async Task<IReadOnlyList<(RankedCase Ranked, Target? Target)>> RankedAsync(Actor actor, CaseState? state, int count, CancellationToken cancellation)
    {
        const int Page = 500;
        var ranked = new List<(RankedCase Ranked, Target? Target)>();
        string? after = null;
        while (true)
        {
            var cases = await desk.Store.ListCasesAsync(state, actor.Scope, new Paging(after, Page), cancellation);
            foreach (var @case in cases)
            {
                if (state is not null || @case.State is not (CaseState.Dismissed or CaseState.Closed))
                {
                    var target = await desk.Store.FindTargetAsync(@case.TargetId, AgencyScope.All, cancellation);
                    ranked.Add((new RankedCase(@case, target?.LegalDeadline, target?.Score), target));
                }
            }

            if (cases.Count < Page)
            {
                return [.. ranked.OrderBy(one => one.Ranked, CaseRank.Order).Take(count)];
            }

            after = cases[^1].Id;
        }
    }

    public Task<OperationResult<Case>> TriageAsync(Actor actor, string caseId, string reason, CancellationToken cancellation) =>
        ChangeAsync(actor, Role.Analyst, caseId, "triage", reason, @case => @case.State == CaseState.AwaitingTriage
            ? @case with { State = CaseState.AwaitingVerification, Triage = new Decision(actor.Id, desk.Now, reason) }
            : null, cancellation);

    /// <summary>Not what the software is for, or a false report. The report stays; a new one opens the case again.</summary>
    public Task<OperationResult<Case>> DismissAsync(Actor actor, string caseId, string reason, CancellationToken cancellation) =>
        ChangeAsync(actor, Role.Analyst, caseId, "dismiss", reason, @case => @case.State is CaseState.AwaitingTriage or CaseState.AwaitingVerification
            ? @case with { State = CaseState.Dismissed, Dismissal = new Decision(actor.Id, desk.Now, reason) }
            : null, cancellation);

    /// <summary>
    /// The first of the two people: "I looked, it is this category, and this is the ground". Drafts the takedown request and its notice, or adds the page to a draft to the same platform that has room.
    /// </summary>
    public Task<OperationResult<VerifiedCase>> VerifyAsync(Actor actor, string caseId, Verification verification, CancellationToken cancellation)
    {
        if ((actor.Needs(Role.Verifier) ?? Reason.Check(verification.Reason)) is { } unfit)
        {
            return Refused<VerifiedCase>(unfit);
        }

        return desk.ActAsync<VerifiedCase>(async token =>
        {
            var now = desk.Now;
            if (await desk.Store.FindCaseAsync(caseId, actor.Scope, token) is not { } @case)
            {
                return Refusal.NotFound("case", caseId);
            }

            if (@case.State is not (CaseState.AwaitingTriage or CaseState.AwaitingVerification))
            {
                return new Refusal(RefusalKind.Conflict, "case-state", caseId, @case.State.ToString());
            }

            if (await desk.Store.FindTargetAsync(@case.TargetId, AgencyScope.All, token) is not { } target)
            {
                return Refusal.NotFound("target", @case.TargetId);
            }

            if (target.Progress.LastLiveAt is null)
            {
                return new Refusal(RefusalKind.Conflict, "never-seen-live", target.Id);
            }

            var category = verification.Category ?? @case.Category;
            var configuration = desk.Configuration;
            // The profile may have been written since the URL came in.
            var platform = Platforms.For(target.Url, configuration);
            var retargeted = target.PlatformId != platform.Id;
            target = target with { PlatformId = platform.Id };
            var basis = ChooseBasis(verification.LegalBasisId, category, target.OwnerAgency);
            if (verification.LegalBasisId is { } named && basis is null)
            {
                return Refusal.NotFound("legal basis", named);
            }

            // Where our competence does not reach, the demand is passed to the authority that has it.
            var relay = basis is { RelayTo: not null } && !basis.CompetentAgencies.Contains(target.OwnerAgency);
            var authority = relay ? EscalationAddress.OfRelay(basis!.RelayTo!, configuration) : null;
            if (relay && authority is null)
            {
                return new Refusal(RefusalKind.Conflict, "relay-address", basis!.Id, basis.RelayTo!);
            }

            if (!relay && platform.Channels.Count == 0)
            {
                return new Refusal(RefusalKind.Conflict, "no-channel", target.Host, platform.Id);
            }

            if (ScopeLock.Check(category, basis, target.OwnerAgency, desk.Today, actor.Id, null, relay) is ScopeAnswer.Refused refused)
            {
                return new Refusal(RefusalKind.NotAllowed, refused.Code, basis?.Id ?? category.Slug());
            }

            var decision = new Decision(actor.Id, now, verification.Reason);
            var request = NewRequest(@case, target, platform, category, basis!, relay, actor, now);
            var changes = new ChangeSet();
            var drafted = await SharedDrafts.FirstAsync(desk, drafter, new DraftSubject(request, @case, target), relay ? NoticeKind.Relay : NoticeKind.Takedown, authority, actor.Id, changes, now, token);
            if (drafted is not DraftResult.Drafted draft)
            {
                return Drafting.Refusal((DraftResult.Incomplete)drafted);
            }

            var verified = @case with
            {
                State = CaseState.Verified,
                Category = category,
                Triage = @case.Triage ?? decision,
                Verification = decision,
                Requests = @case.Requests + 1,
            };
            request = draft.Requests.Single(one => one.Id == request.Id);
            changes.Put(verified).Put(request).Log(actor.Log(now, "verify", @case.Id, verification.Reason));
            if (retargeted)
            {
                changes.Put(target);
            }

            await ShredPlanning.MediaAsync(desk, changes, target, now, token);
            return Decided<VerifiedCase>.To(new VerifiedCase(verified, request, draft.Notice), changes);
        }, cancellation);
    }

    /// <summary>A clock stands still from now on, by name and reason: a platform was given more time, an expert is awaited.</summary>
    public Task<OperationResult<Case>> PauseClockAsync(Actor actor, string caseId, ClockKind clock, string reason, CancellationToken cancellation) =>
        ClockAsync(actor, caseId, clock, "pause-clock", reason, (@case, request, running, decision) =>
            running.PausedBy is not null
                ? (null, null, new Refusal(RefusalKind.Conflict, "clock-paused", caseId, clock.ToString()))
                : (@case with { Pauses = [.. @case.Pauses, new ClockPause(clock, decision)] }, request, null), cancellation);

    /// <summary>The clock runs again; a legal deadline moves by the time it stood still.</summary>
    public Task<OperationResult<Case>> ResumeClockAsync(Actor actor, string caseId, ClockKind clock, string reason, CancellationToken cancellation) =>
        ClockAsync(actor, caseId, clock, "resume-clock", reason, (@case, request, running, decision) =>
        {
            if (running.PausedBy is not { } began)
            {
                return (null, null, new Refusal(RefusalKind.Conflict, "clock-runs", caseId, clock.ToString()));
            }

            var resumed = @case with { Pauses = [.. @case.Pauses.Select(pause => pause.Clock == clock && pause.Ended is null ? pause with { Ended = decision } : pause)] };
            return (resumed, clock == ClockKind.LegalDeadline ? request! with { DeadlineShift = request.DeadlineShift + (decision.At - began.At) } : request, null);
        }, cancellation);

    private async Task<OperationResult<Case>> ClockAsync(Actor actor, string caseId, ClockKind clock, string act, string reason, Func<Case, TakedownRequest?, Clock, Decision, (Case? Case, TakedownRequest? Request, Refusal? Refusal)> change, CancellationToken cancellation)
    {
        if ((actor.Needs(Role.Verifier, Role.Approver) ?? Reason.Check(reason)) is { } unfit)
        {
            return unfit;
        }

        return await desk.ActAsync<Case>(async token =>
        {
            if (await desk.Store.FindCaseAsync(caseId, actor.Scope, token) is not { } @case)
            {
                return Refusal.NotFound("case", caseId);
            }

            var request = (await desk.Store.RequestsOfTargetAsync(@case.TargetId, AgencyScope.All, token)).LastOrDefault(one => one.CaseId == caseId);
            if (Clocks.Of(@case, request).FirstOrDefault(one => one.Kind == clock) is not { StoppedAt: null } running)
            {
                return new Refusal(RefusalKind.Conflict, "clock-not-running", caseId, clock.ToString());
            }

            var (changed, moved, refusal) = change(@case, request, running, new Decision(actor.Id, desk.Now, reason));
            if (refusal is not null)
            {
                return refusal;
            }

            var changes = new ChangeSet().Put(changed!).Log(actor.Log(desk.Now, act, caseId, $"{clock}: {reason}"));
            if (moved is not null && moved != request)
            {
                changes.Put(moved);
            }

            return Decided<Case>.To(changed!, changes);
        }, cancellation);
    }

    private static TakedownRequest NewRequest(Case @case, Target target, PlatformProfile platform, Category category, LegalBasis basis, bool relay, Actor actor, DateTimeOffset now) => new()
    {
        Id = Ids.Request(@case.Id, @case.Requests + 1),
        CaseId = @case.Id,
        TargetId = target.Id,
        OwnerAgency = target.OwnerAgency,
        PlatformId = target.PlatformId,
        Category = category,
        LegalBasisId = basis.Id,
        LegalBasisValidFrom = basis.ValidFrom,
        DeadlineHours = platform.DeadlineHours ?? basis.DeadlineHours,
        RelayTo = relay ? basis.RelayTo : null,
        RelayHours = relay ? basis.RelayHours : 0,
        VerifiedBy = actor.Id,
        Account = Platforms.Account(platform, target.Url),
        CreatedAt = now,
    };

    private LegalBasis? ChooseBasis(string? id, Category category, string agencyId)
    {
        var bases = desk.Configuration.LegalBases;
        if (id is not null)
        {
            return bases.GetValueOrDefault(id);
        }

        return bases.Values
            .Where(basis => basis.Uses.Contains(LegalUse.Takedown) && basis.IsValidOn(desk.Today) && basis.Categories.Contains(category) && (basis.CompetentAgencies.Contains(agencyId) || basis.RelayTo is not null))
            // What we may demand ourselves goes first.
            .OrderByDescending(basis => basis.CompetentAgencies.Contains(agencyId))
            .ThenByDescending(basis => basis.ValidFrom)
            .ThenBy(basis => basis.Id, StringComparer.Ordinal)
            .FirstOrDefault();
    }

    private Task<OperationResult<Case>> ChangeAsync(Actor actor, Role role, string caseId, string act, string reason, Func<Case, Case?> change, CancellationToken cancellation)
    {
        if (!actor.May(role) && !actor.May(Role.Verifier))
        {
            return Refused<Case>(new Refusal(RefusalKind.NotAllowed, "role-needed", actor.Id, role.ToString().ToLowerInvariant()));
        }

        if (Reason.Check(reason) is { } unfit)
        {
            return Refused<Case>(unfit);
        }

        return desk.ActAsync<Case>(async token =>
        {
            if (await desk.Store.FindCaseAsync(caseId, actor.Scope, token) is not { } @case)
            {
                return Refusal.NotFound("case", caseId);
            }

            return change(@case) is { } changed
                ? Decided<Case>.To(changed, new ChangeSet().Put(changed).Log(actor.Log(desk.Now, act, caseId, reason)))
                : new Refusal(RefusalKind.Conflict, "case-state", caseId, @case.State.ToString());
        }, cancellation);
    }

    private static Task<OperationResult<T>> Refused<T>(Refusal refusal) => Task.FromResult<OperationResult<T>>(refusal);
}

/// <param name="Category">Null: as reported.</param>
/// <param name="LegalBasisId">Null: the newest valid one that the agency is competent for.</param>
public sealed record Verification(string Reason, Category? Category = null, string? LegalBasisId = null);

public sealed record VerifiedCase(Case Case, TakedownRequest Request, Notice Notice);
