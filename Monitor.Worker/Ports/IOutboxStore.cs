using Monitor.Rules.Takedowns;

namespace Monitor.Worker.Ports;

public interface IOutboxStore
{
    Task<IReadOnlyList<Claimed<OutboxMessage>>> ClaimDueMessagesAsync(DateTimeOffset now, TimeSpan lease, int count, CancellationToken cancellation);

    ValueTask<OutboxMessage?> FindMessageAsync(string id, CancellationToken cancellation);

    ValueTask<DateTimeOffset?> NextMessageDueAsync(CancellationToken cancellation);
}
