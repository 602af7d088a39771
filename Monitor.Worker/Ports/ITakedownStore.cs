using Monitor.Rules.Takedowns;

namespace Monitor.Worker.Ports;

public interface ITakedownStore
{
    ValueTask<TakedownRequest?> FindRequestAsync(string id, AgencyScope scope, CancellationToken cancellation);

    ValueTask<IReadOnlyList<TakedownRequest>> ListRequestsAsync(DemandState? state, AgencyScope scope, Paging page, CancellationToken cancellation);

    ValueTask<IReadOnlyList<TakedownRequest>> RequestsOfTargetAsync(string targetId, AgencyScope scope, CancellationToken cancellation);

    /// <summary>Of one account on one platform, in id order.</summary>
    ValueTask<IReadOnlyList<TakedownRequest>> RequestsOfAccountAsync(string platformId, string account, CancellationToken cancellation);

    /// <summary>Requests with a reminder or a rung of the ladder due, earliest first.</summary>
    ValueTask<IReadOnlyList<TakedownRequest>> RequestsDueAsync(DateTimeOffset now, int count, CancellationToken cancellation);

    ValueTask<DateTimeOffset?> NextRequestDueAsync(CancellationToken cancellation);

    ValueTask<Notice?> FindNoticeAsync(string reference, AgencyScope scope, CancellationToken cancellation);

    ValueTask<IReadOnlyList<Notice>> NoticesOfRequestAsync(string requestId, AgencyScope scope, CancellationToken cancellation);

    /// <summary>First demands that wait for their approval and have room for another page (<see cref="Notice.HasRoom"/>), of one agency to one platform, oldest reference first.</summary>
    ValueTask<IReadOnlyList<Notice>> OpenDraftsAsync(string agency, string platformId, CancellationToken cancellation);

    /// <summary>What was sent to a platform within the last hour; an empty one with version 0 when nothing ever was.</summary>
    ValueTask<SendingLane> LaneAsync(string platformId, CancellationToken cancellation);

    /// <summary>Notices in one dispatch state, oldest reference first.</summary>
    ValueTask<IReadOnlyList<Notice>> NoticesInAsync(DispatchState state, AgencyScope scope, Paging page, CancellationToken cancellation);
}
