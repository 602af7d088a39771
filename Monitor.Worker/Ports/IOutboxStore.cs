using Monitor.Rules.Takedowns;

namespace Monitor.Worker.Ports;

public interface IOutboxStore
{
    Task<IReadOnlyList<Claimed<OutboxMessage>>> ClaimDueMessagesAsync(DateTimeOffset now, TimeSpan lease, int count, CancellationToken cancellation);

    ValueTask<OutboxMessage?> FindMessageAsync(string id, CancellationToken cancellation);

    /// <summary>Alerts that nobody acknowledged yet, oldest first.</summary>
    ValueTask<IReadOnlyList<OutboxMessage>> OpenAlertsAsync(AgencyScope scope, Paging page, CancellationToken cancellation);

    ValueTask<DateTimeOffset?> NextMessageDueAsync(CancellationToken cancellation);
}
