namespace Monitor.Worker.LiteStore;

/// <summary>Measures of the embedded store; the defaults are what measured best on two cores.</summary>
public sealed record LiteStoreOptions
{
    /// <summary>Most commits that share one transaction and one flush.</summary>
    public int GroupSize { get; init; } = 64;

    /// <summary>Commits that may wait for the writer; further callers wait before they are queued.</summary>
    public int QueueLength { get; init; } = 1024;

    /// <summary>Bytes of write-ahead log beyond which it is folded into the data file.</summary>
    public long CheckpointBytes { get; init; } = 32 * 1024 * 1024;

    /// <summary>Quiet time after which the log is folded in whatever its length.</summary>
    public TimeSpan IdleCheckpoint { get; init; } = TimeSpan.FromSeconds(20);

    internal WriteGateOptions Gate => new()
    {
        GroupSize = GroupSize,
        QueueLength = QueueLength,
        CheckpointBytes = CheckpointBytes,
        IdleCheckpoint = IdleCheckpoint,
    };
}
