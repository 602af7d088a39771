using Monitor.Rules.Custody;

namespace Monitor.Worker.Ports;

public interface ICustodyLog
{
    /// <summary>Entries in sequence order, from <paramref name="fromSequence"/> (1 is the first).</summary>
    ValueTask<IReadOnlyList<CustodyEntry>> CustodyAsync(long fromSequence, int count, CancellationToken cancellation);

    /// <summary>Entries about one item, in order.</summary>
    ValueTask<IReadOnlyList<CustodyEntry>> CustodyOfAsync(string item, CancellationToken cancellation);

    ValueTask<long> CustodyLengthAsync(CancellationToken cancellation);
}
