using Monitor.Rules.Transfers;

namespace Monitor.Worker.Ports;

public interface ITransferStore
{
    /// <summary>Whoever asks: who may see it is not the store's to say.</summary>
    ValueTask<Transfer?> FindTransferAsync(string id, CancellationToken cancellation);

    /// <summary>By where it came from and its id there.</summary>
    ValueTask<Transfer?> FindForeignTransferAsync(string installation, string id, CancellationToken cancellation);

    /// <summary>In id order.</summary>
    /// <param name="agency">Sent by or to it; null: all.</param>
    ValueTask<IReadOnlyList<Transfer>> ListTransfersAsync(string? agency, TransferBox box, Paging page, CancellationToken cancellation);

    /// <summary>With a step of the overdue ladder due, earliest first.</summary>
    ValueTask<IReadOnlyList<Transfer>> TransfersDueAsync(DateTimeOffset now, int count, CancellationToken cancellation);

    ValueTask<DateTimeOffset?> NextTransferDueAsync(CancellationToken cancellation);
}

public enum TransferBox
{
    All,
    In,
    Out,
}
