using Monitor.Rules.Evidence;

namespace Monitor.Worker.Ports;

public interface IShredStore
{
    ValueTask<ShredOrder?> FindShredOrderAsync(string id, CancellationToken cancellation);

    /// <summary>Of one target, in id order.</summary>
    ValueTask<IReadOnlyList<ShredOrder>> ShredOrdersOfTargetAsync(string targetId, CancellationToken cancellation);

    /// <summary>Due ones, earliest first.</summary>
    ValueTask<IReadOnlyList<ShredOrder>> ShredOrdersDueAsync(DateTimeOffset now, int count, CancellationToken cancellation);

    ValueTask<DateTimeOffset?> NextShredDueAsync(CancellationToken cancellation);
}
