using Monitor.Rules.Takedowns;

namespace Monitor.Worker.Ports;

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
