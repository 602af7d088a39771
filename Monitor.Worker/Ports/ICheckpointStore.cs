using Monitor.Rules.Custody;

namespace Monitor.Worker.Ports;

public interface ICheckpointStore
{
    /// <summary>The one over most entries; null: none was published.</summary>
    ValueTask<PublishedCheckpoint?> LatestCheckpointAsync(CancellationToken cancellation);

    ValueTask<PublishedCheckpoint?> CheckpointAtAsync(long size, CancellationToken cancellation);

    /// <summary>By size, those over more entries than <paramref name="after"/>.</summary>
    ValueTask<IReadOnlyList<PublishedCheckpoint>> CheckpointsAsync(long after, int count, CancellationToken cancellation);

    /// <summary>Those without a time stamp, by size.</summary>
    ValueTask<IReadOnlyList<PublishedCheckpoint>> CheckpointsWithoutTokenAsync(int count, CancellationToken cancellation);
}
