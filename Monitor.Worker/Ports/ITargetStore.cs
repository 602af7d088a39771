using Monitor.Rules.Removal;
using Monitor.Rules.WatchLists;

namespace Monitor.Worker.Ports;

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
