using System.Runtime.CompilerServices;
using Monitor.Rules.Removal;
using Monitor.Rules.Sharing;
using Monitor.Rules.WatchLists;
using Monitor.Worker.Notices;
using Monitor.Worker.Ports;

namespace Monitor.Worker.Operations;

/// <summary>
/// Verdicts computed again from the stored observations under the rules in force now: what changes is shown first, and applied by a
/// person with a reason. Observations themselves are never touched; that their sealed pages were judged anew stands with the target.
/// </summary>
public sealed class RecomputeOperations(Desk desk, NoticeDrafter drafter, ISealedPages sealedPages)
{
    private const int Page = 500;

    /// <param name="pages">Judge the sealed pages anew, too.</param>
    public async Task<OperationResult<Recomputed>> OfAsync(Actor actor, string targetId, bool pages, CancellationToken cancellation) =>
        await desk.Store.FindTargetAsync(targetId, actor.Scope, cancellation) is { } target
            ? new OperationResult<Recomputed>.Done(await CompareAsync(target, pages, cancellation))
            : Refusal.NotFound("target", targetId);

    /// <summary>Every target the actor may see, in id order; the store is read page by page.</summary>
    public async IAsyncEnumerable<Recomputed> AllAsync(Actor actor, bool pages, [EnumeratorCancellation] CancellationToken cancellation)
    {
        string? after = null;
        while (true)
        {
            var targets = await desk.Store.ListTargetsAsync(new TargetQuery(), actor.Scope, new Paging(after, Page), cancellation);
            foreach (var target in targets)
            {
                yield return await CompareAsync(target, pages, cancellation);
            }

            if (targets.Count < Page)
            {
                yield break;
            }

            after = targets[^1].Id;
        }
    }

    /// <summary>Null: the actor may apply what differs, for this reason.</summary>
    public static Refusal? MayApply(Actor actor, string? reason) =>
        actor.Person is null ? new Refusal(RefusalKind.NotAllowed, "who-acts")
        : !actor.May(Role.Approver) ? new Refusal(RefusalKind.NotAllowed, "role-needed", actor.Id, "approver")
        : Reason.Check(reason);

    /// <summary>Puts the target where the rules of today see it, with what follows for its request and case.</summary>
    public async Task<OperationResult<Recomputed>> ApplyAsync(Actor actor, string targetId, string reason, bool pages, CancellationToken cancellation)
    {
        if (MayApply(actor, reason) is { } refused)
        {
            return refused;
        }

        return await desk.ActAsync<Recomputed>(async token =>
        {
            if (await desk.Store.FindTargetAsync(targetId, actor.Scope, token) is not { } target)
            {
                return Refusal.NotFound("target", targetId);
            }

            var found = await CompareAsync(target, pages, token);
            if (!found.Differs)
            {
                return Decided<Recomputed>.Already(found);
            }

            var now = desk.Now;
            var rules = RemovalRulesOf.Target(target, desk.Configuration);
            var step = new ProofStep(found.Now, Effects(found.Stored, found.Now), found.Now.State == RemovalState.ApparentlyGone ? RemovalProof.Missing(found.Now, rules, now) : []);
            var changes = new ChangeSet().Log(actor.Log(now, "recompute", targetId, $"{found.Stored.State} → {found.Now.State}{(pages ? $", {found.Pages.Count(one => one.Changed)} pages judged anew" : "")}: {reason}"));
            var changed = target with { Progress = found.Now, PagesJudgedTo = pages ? now : target.PagesJudgedTo, NextCheckAt = target.NextCheckAt is null ? null : now };
            changed = changed with { Attention = Attention.After(changed, step, rules, now) };
            changed = await RemovalEffects.ApplyAsync(desk, drafter, changed, step, null, changes, now, token);
            changes.Put(changed);
            return Decided<Recomputed>.To(found with { Target = changed }, changes);
        }, cancellation);
    }

    private async Task<Recomputed> CompareAsync(Target target, bool pages, CancellationToken cancellation)
    {
        var observations = await desk.Store.ObservationsAsync(target.Id, 1, int.MaxValue, cancellation);
        var until = pages ? DateTimeOffset.MaxValue : target.PagesJudgedTo;
        var judged = until is null ? [] : await sealedPages.JudgeAsync(target, [.. observations.TakeWhile(one => one.At <= until)], cancellation);
        var facts = judged.Select(one => one.Fact).Concat(observations.Skip(judged.Count).Select(one => one.Fact));
        return new Recomputed(target, target.Progress, RemovalProof.Replay(facts, RemovalRulesOf.Target(target, desk.Configuration)), judged);
    }

    /// <summary>What the difference means for the demand: the way does not matter, only from where to where.</summary>
    private static IReadOnlyList<RemovalEffect> Effects(RemovalProgress stored, RemovalProgress now)
    {
        var (was, proven) = (stored.IsProven, now.IsProven);
        return (was, proven) switch
        {
            (false, true) => [RemovalEffect.PauseReminders, RemovalEffect.CloseDemand],
            (true, false) => [RemovalEffect.ReopenDemand, RemovalEffect.AlertPerson, .. now.State == RemovalState.ApparentlyGone ? (RemovalEffect[])[] : [RemovalEffect.ResumeReminders]],
            _ when stored.State != RemovalState.ApparentlyGone && now.State == RemovalState.ApparentlyGone => [RemovalEffect.PauseReminders],
            _ when stored.State == RemovalState.ApparentlyGone && !proven && now.State != RemovalState.ApparentlyGone => [RemovalEffect.ResumeReminders],
            _ => [],
        };
    }
}

/// <param name="Stored">As it stood.</param>
/// <param name="Now">As the rules of today see the same observations.</param>
/// <param name="Pages">Observations whose sealed pages were asked; empty: none were.</param>
public sealed record Recomputed(Target Target, RemovalProgress Stored, RemovalProgress Now, IReadOnlyList<JudgedAnew> Pages)
{
    /// <summary>Anything a person would read differently; inner counts may differ without it.</summary>
    public bool Differs => Verdict(Stored) != Verdict(Now);

    private static (RemovalState, DateTimeOffset?, DateTimeOffset?, DateTimeOffset?, DateTimeOffset?, DateTimeOffset?, int) Verdict(RemovalProgress progress) =>
        (progress.State, progress.LastLiveAt, progress.FirstGoneAt, progress.ConfirmedAt, progress.CleanSince, progress.DurableAt, progress.Reappearances);
}
