using Monitor.Rules.Takedowns;

namespace Monitor.Worker.Ports;

/// <summary>The store as a whole: one place to commit an act, and the reading ports.</summary>
public interface IMonitorStore : ITargetStore, ICaseStore, ITakedownStore, IOutboxStore, IIntakeStore, ICustodyLog, IHashBankStore, IRuleSetStore, IEvidenceRequestStore, IShredStore, ICheckpointStore, IAccountStore, ITransferStore, IInboxStore
{
    /// <summary>Commits one act durably (on disk when the task ends) and atomically.</summary>
    /// <exception cref="ArgumentException">The change set has no custody entry: an act whose entry cannot be written does not happen.</exception>
    Task<SaveResult> CommitAsync(ChangeSet changes, CancellationToken cancellation);

    /// <summary>The counter, or one at 0 with version 0 when it was never used.</summary>
    ValueTask<NumberSeries> SeriesAsync(string id, CancellationToken cancellation);

    /// <summary>Keeps files small and indexes tidy; safe at any time.</summary>
    Task MaintainAsync(CancellationToken cancellation);
}
