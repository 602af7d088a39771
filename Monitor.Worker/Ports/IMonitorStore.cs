using Monitor.Rules.Cases;
using Monitor.Rules.Custody;
using Monitor.Rules.Matching;
using Monitor.Rules.Removal;
using Monitor.Rules.Takedowns;
using Monitor.Rules.WatchLists;

namespace Monitor.Worker.Ports;

/// <summary>The store as a whole: one place to commit an act, and the reading ports.</summary>
public interface IMonitorStore : ITargetStore, ICaseStore, ITakedownStore, IOutboxStore, IIntakeStore, ICustodyLog, IHashBankStore
{
    /// <summary>Commits one act durably (on disk when the task ends) and atomically.</summary>
    /// <exception cref="ArgumentException">The change set has no custody entry: an act whose entry cannot be written does not happen.</exception>
    Task<SaveResult> CommitAsync(ChangeSet changes, CancellationToken cancellation);

    /// <summary>The counter, or one at 0 with version 0 when it was never used.</summary>
    ValueTask<NumberSeries> SeriesAsync(string id, CancellationToken cancellation);

    /// <summary>Keeps files small and indexes tidy; safe at any time.</summary>
    Task MaintainAsync(CancellationToken cancellation);
}

/// <summary>A page of rows: <paramref name="After"/> is the id to continue after.</summary>
public sealed record Paging(string? After = null, int Count = 100);

public interface ITargetStore
{
    ValueTask<Target?> FindTargetAsync(string id, AgencyScope scope, CancellationToken cancellation);

    /// <summary>By canonical URL, whoever owns it.</summary>
    ValueTask<Target?> FindTargetByUrlAsync(string canonicalUrl, CancellationToken cancellation);

    /// <summary>In id order.</summary>
    ValueTask<IReadOnlyList<Target>> ListTargetsAsync(TargetQuery query, AgencyScope scope, Paging page, CancellationToken cancellation);

    ValueTask<long> CountTargetsAsync(CancellationToken cancellation);

    /// <summary>
    /// Takes up to <paramref name="count"/> targets whose next check is due, earliest first, and hides them from other claims until
    /// now + lease. Durable: after a crash they come due again when the lease ends.
    /// </summary>
    Task<IReadOnlyList<Claimed<Target>>> ClaimDueTargetsAsync(DateTimeOffset now, TimeSpan lease, int count, CancellationToken cancellation);

    /// <summary>Earliest instant at which any target comes (or comes back) due; null when none is scheduled.</summary>
    ValueTask<DateTimeOffset?> NextTargetDueAsync(CancellationToken cancellation);

    /// <summary>In number order, from <paramref name="fromNumber"/>.</summary>
    ValueTask<IReadOnlyList<Observation>> ObservationsAsync(string targetId, int fromNumber, int count, CancellationToken cancellation);
}

/// <summary>Null fields do not filter.</summary>
public sealed record TargetQuery(string? WatchListId = null, RemovalState? State = null, bool? NeedsAttention = null);

public interface ICaseStore
{
    ValueTask<Case?> FindCaseAsync(string id, AgencyScope scope, CancellationToken cancellation);

    ValueTask<IReadOnlyList<Case>> ListCasesAsync(CaseState? state, AgencyScope scope, Paging page, CancellationToken cancellation);
}

public interface ITakedownStore
{
    ValueTask<TakedownRequest?> FindRequestAsync(string id, AgencyScope scope, CancellationToken cancellation);

    ValueTask<IReadOnlyList<TakedownRequest>> ListRequestsAsync(DemandState? state, AgencyScope scope, Paging page, CancellationToken cancellation);

    ValueTask<IReadOnlyList<TakedownRequest>> RequestsOfTargetAsync(string targetId, AgencyScope scope, CancellationToken cancellation);

    /// <summary>Requests whose reminder is due.</summary>
    ValueTask<IReadOnlyList<TakedownRequest>> RemindersDueAsync(DateTimeOffset now, int count, CancellationToken cancellation);

    ValueTask<DateTimeOffset?> NextReminderAsync(CancellationToken cancellation);

    ValueTask<Notice?> FindNoticeAsync(string reference, AgencyScope scope, CancellationToken cancellation);

    ValueTask<IReadOnlyList<Notice>> NoticesOfRequestAsync(string requestId, AgencyScope scope, CancellationToken cancellation);

    /// <summary>Notices in one dispatch state, oldest reference first.</summary>
    ValueTask<IReadOnlyList<Notice>> NoticesInAsync(DispatchState state, AgencyScope scope, Paging page, CancellationToken cancellation);
}

public interface IOutboxStore
{
    Task<IReadOnlyList<Claimed<OutboxMessage>>> ClaimDueMessagesAsync(DateTimeOffset now, TimeSpan lease, int count, CancellationToken cancellation);

    ValueTask<OutboxMessage?> FindMessageAsync(string id, CancellationToken cancellation);

    ValueTask<DateTimeOffset?> NextMessageDueAsync(CancellationToken cancellation);
}

public interface IIntakeStore
{
    ValueTask<IReadOnlyList<IntakeReport>> ReportsOfTargetAsync(string targetId, CancellationToken cancellation);

    ValueTask<Candidate?> FindCandidateAsync(string id, AgencyScope scope, CancellationToken cancellation);

    ValueTask<IReadOnlyList<Candidate>> ListCandidatesAsync(CandidateState? state, AgencyScope scope, Paging page, CancellationToken cancellation);
}

public interface ICustodyLog
{
    /// <summary>Entries in sequence order, from <paramref name="fromSequence"/> (1 is the first).</summary>
    ValueTask<IReadOnlyList<CustodyEntry>> CustodyAsync(long fromSequence, int count, CancellationToken cancellation);

    /// <summary>Entries about one item, in order.</summary>
    ValueTask<IReadOnlyList<CustodyEntry>> CustodyOfAsync(string item, CancellationToken cancellation);

    ValueTask<long> CustodyLengthAsync(CancellationToken cancellation);
}

public interface IHashBankStore
{
    /// <summary>The version in force of each bank and kind.</summary>
    ValueTask<IReadOnlyList<HashBankVersion>> BanksAsync(CancellationToken cancellation);
}
