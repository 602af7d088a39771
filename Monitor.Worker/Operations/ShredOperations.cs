using Monitor.Rules.Cases;
using Monitor.Rules.Evidence;
using Monitor.Rules.Sharing;
using Monitor.Rules.WatchLists;
using Monitor.Worker.Ports;

namespace Monitor.Worker.Operations;

/// <summary>
/// Destroys keys of sealed material: by the rules of retention, or because two people decided it. What is to go is written to the custody log before it goes, with
/// its digests; holds are looked for by the vault in the same write. A crash between the two is gone on from: the order stays due until the end is written.
/// </summary>
public sealed class ShredOperations(Desk desk)
{
    private static readonly TimeSpan HeldAgain = TimeSpan.FromDays(1);

    /// <summary>First of two people.</summary>
    public Task<OperationResult<ShredOrder>> AskAsync(Actor actor, string targetId, string reason, CancellationToken cancellation) =>
        ActAsync(
            actor,
            targetId,
            reason,
            "shred-asked",
            order => order is { Asked: { } asked, Confirmed: null } ? new Refusal(RefusalKind.Conflict, "shred-asked", targetId, asked.Person) : null,
            (order, decision) => order with { Asked = decision, Confirmed = null, DueAt = null },
            cancellation);

    /// <summary>Second of two people; it is carried out at once unless something is held.</summary>
    public async Task<OperationResult<ShredOrder>> ConfirmAsync(Actor actor, string targetId, string reason, CancellationToken cancellation)
    {
        var confirmed = await ActAsync(
            actor,
            targetId,
            reason,
            "shred-confirmed",
            order => order is not { Asked: { } asked, Confirmed: null } ? new Refusal(RefusalKind.Conflict, "shred-not-asked", targetId)
                : string.Equals(asked.Person, actor.Id, StringComparison.OrdinalIgnoreCase) ? new Refusal(RefusalKind.NotAllowed, "same-person", targetId)
                : null,
            (order, decision) => order with { Confirmed = decision, DueAt = decision.At },
            cancellation);
        if (confirmed is not OperationResult<ShredOrder>.Done done)
        {
            return confirmed;
        }

        await CarryOutAsync(done.Value.Id, cancellation);
        return new OperationResult<ShredOrder>.Done((await desk.Store.FindShredOrderAsync(done.Value.Id, cancellation))!);
    }

    /// <summary>Carries out what is due. Returns how many keys were destroyed.</summary>
    public async Task<int> WorkAsync(int count, CancellationToken cancellation)
    {
        var shredded = 0;
        foreach (var order in await desk.Store.ShredOrdersDueAsync(desk.Now, count, cancellation))
        {
            shredded += await CarryOutAsync(order.Id, cancellation);
        }

        return shredded;
    }

    private async Task<int> CarryOutAsync(string id, CancellationToken cancellation)
    {
        var items = new List<VaultItem>();
        var next = (DateTimeOffset?)null;
        var begun = await desk.ActAsync<ShredOrder>(async token =>
        {
            if (await desk.Store.FindShredOrderAsync(id, token) is not { DueAt: not null } order)
            {
                return Refusal.NotFound("shred order", id);
            }

            (items, next) = await MeantAsync(order, token);
            return items.Count == 0
                ? Decided<ShredOrder>.Already(order)
                : Decided<ShredOrder>.To(order, new ChangeSet().Log(Actor.System.Log(desk.Now, "shred", order.TargetId, ShredOrder.Name(order.Ground), order.Confirmed?.Person, [.. items.Select(item => item.Sha256)])));
        }, cancellation);
        if (begun is not OperationResult<ShredOrder>.Done)
        {
            return 0;
        }

        var result = await desk.Vault.ShredAsync([.. items.Select(item => item.Id)], cancellation);
        await desk.ActAsync<ShredOrder>(async token =>
        {
            if (await desk.Store.FindShredOrderAsync(id, token) is not { } order)
            {
                return Refusal.NotFound("shred order", id);
            }

            if (result is ShredResult.Held held)
            {
                var waiting = order with { Held = true, DueAt = desk.Now + HeldAgain };
                return Decided<ShredOrder>.To(waiting, new ChangeSet().Put(waiting).Log(Actor.System.Log(desk.Now, "shred-held", order.TargetId, string.Join(' ', held.Holds.Select(hold => hold.Hold).Distinct()))));
            }

            var done = order with { Held = false, Items = [], DueAt = next, Shredded = order.Shredded + items.Count };
            var changes = new ChangeSet().Put(done).Log(Actor.System.Log(desk.Now, items.Count == 0 ? "shred-nothing" : "shredded", order.TargetId, ShredOrder.Name(order.Ground)));
            if (await desk.Store.FindTargetAsync(order.TargetId, AgencyScope.All, token) is { } target && Without(target, [.. items.Select(item => item.Id)]) is { } less)
            {
                changes.Put(less);
            }

            return Decided<ShredOrder>.To(done, changes);
        }, cancellation);
        return result is ShredResult.Done ? items.Count : 0;
    }

    /// <summary>The items that an order means now, and when the next ones will be due.</summary>
    private async Task<(List<VaultItem> Items, DateTimeOffset? Next)> MeantAsync(ShredOrder order, CancellationToken cancellation)
    {
        var all = (await desk.Vault.ItemsOfAsync(order.TargetId, cancellation)).Where(item => !item.Shredded).ToList();
        switch (order.Ground)
        {
            case ShredGround.KnownMaterial:
                return ([.. all.Where(item => order.Items.Contains(item.Id))], null);
            case ShredGround.MediaExpired:
                var media = all.Where(item => VaultKinds.IsMedia(item.Kind)).ToList();
                // From the sealing, but not before the time that the order itself gave.
                var expire = desk.Configuration.Installation.Evidence.MediaExpire;
                var waiting = media.Where(item => item.SealedAt + expire > desk.Now && item.SealedAt > order.CreatedAt).ToList();
                return ([.. media.Except(waiting)], waiting.Count == 0 ? null : waiting.Min(item => item.SealedAt) + expire);
            default:
                return (all, null);
        }
    }

    /// <summary>What is destroyed is referred to by nothing; null when nothing of it was.</summary>
    private static Target? Without(Target target, HashSet<string> items)
    {
        bool Gone(CapturedRecord? record) => record is not null && items.Contains(record.Item);
        return !Gone(target.PageRecord) && !target.Media.Any(media => Gone(media.Record)) ? null : target with
        {
            // The same bytes are sealed again when they are seen again.
            PageRecord = Gone(target.PageRecord) ? null : target.PageRecord,
            CapturedPage = Gone(target.PageRecord) ? null : target.CapturedPage,
            Media = [.. target.Media.Select(media => Gone(media.Record) ? media with { Record = null } : media)],
        };
    }

    private async Task<OperationResult<ShredOrder>> ActAsync(
        Actor actor, string targetId, string reason, string act, Func<ShredOrder, Refusal?> check, Func<ShredOrder, Decision, ShredOrder> change, CancellationToken cancellation)
    {
        if ((actor.Needs(Role.Approver, Role.Administrator) ?? Reason.Check(reason)) is { } unfit)
        {
            return unfit;
        }

        return await desk.ActAsync<ShredOrder>(async token =>
        {
            if (await desk.Store.FindTargetAsync(targetId, actor.Scope, token) is not { } target)
            {
                return Refusal.NotFound("target", targetId);
            }

            if (actor.AgencyId != target.OwnerAgency)
            {
                return new Refusal(RefusalKind.NotAllowed, "other-agency", targetId, target.OwnerAgency);
            }

            var now = desk.Now;
            var order = await ShredPlanning.FindAsync(desk, target, ShredGround.Ordered, now, token);
            if (check(order) is { } refused)
            {
                return refused;
            }

            var changed = change(order, new Decision(actor.Id, now, reason));
            return Decided<ShredOrder>.To(changed, new ChangeSet().Put(changed).Log(actor.Log(now, act, targetId, reason, changed.Confirmed is null ? null : changed.Asked?.Person)));
        }, cancellation);
    }
}
