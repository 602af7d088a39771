using Monitor.Rules.Evidence;
using Monitor.Rules.WatchLists;
using Monitor.Worker.Ports;

namespace Monitor.Worker.Operations;

/// <summary>Adds orders to destroy keys to the act that gives the ground for them. They are carried out by <see cref="ShredOperations"/>.</summary>
internal static class ShredPlanning
{
    /// <summary>The case was verified, or new media were sealed after that: what no bank knows goes after a while.</summary>
    public static Task MediaAsync(Desk desk, ChangeSet changes, Target target, DateTimeOffset now, CancellationToken cancellation) =>
        PlanAsync(desk, changes, target, ShredGround.MediaExpired, now + desk.Configuration.Installation.Evidence.MediaExpire, now, cancellation);

    public static Task RecordsAsync(Desk desk, ChangeSet changes, Target target, DateTimeOffset now, CancellationToken cancellation) =>
        PlanAsync(desk, changes, target, ShredGround.RecordsExpired, now + desk.Configuration.Installation.Evidence.RecordsExpire, now, cancellation);

    /// <summary>The case is open again: nothing goes by the time since it was closed.</summary>
    public static async Task KeepRecordsAsync(Desk desk, ChangeSet changes, Target target, CancellationToken cancellation)
    {
        if (await desk.Store.FindShredOrderAsync(ShredOrder.IdOf(ShredGround.RecordsExpired, target.Id), cancellation) is { DueAt: not null } order)
        {
            changes.Put(order with { DueAt = null });
        }
    }

    /// <summary>A bank knows now what was sealed before.</summary>
    public static async Task KnownAsync(Desk desk, ChangeSet changes, Target target, IReadOnlyList<string> items, DateTimeOffset now, CancellationToken cancellation)
    {
        var order = await FindAsync(desk, target, ShredGround.KnownMaterial, now, cancellation);
        changes.Put(order with { Items = [.. order.Items.Union(items, StringComparer.Ordinal)], DueAt = now });
    }

    public static async Task<ShredOrder> FindAsync(Desk desk, Target target, ShredGround ground, DateTimeOffset now, CancellationToken cancellation)
    {
        var id = ShredOrder.IdOf(ground, target.Id);
        return await desk.Store.FindShredOrderAsync(id, cancellation)
            ?? new ShredOrder { Id = id, OwnerAgency = target.OwnerAgency, TargetId = target.Id, Ground = ground, CreatedAt = now };
    }

    private static async Task PlanAsync(Desk desk, ChangeSet changes, Target target, ShredGround ground, DateTimeOffset due, DateTimeOffset now, CancellationToken cancellation)
    {
        var order = await FindAsync(desk, target, ground, now, cancellation);
        if (order.DueAt is null)
        {
            changes.Put(order with { DueAt = due, Held = false });
        }
    }
}
