using Monitor.Rules.Custody;

namespace Monitor.Worker.Ports;

public interface ICustodyLog
{
    /// <summary>Entries in sequence order, from <paramref name="fromSequence"/> (1 is the first).</summary>
    ValueTask<IReadOnlyList<CustodyEntry>> CustodyAsync(long fromSequence, int count, CancellationToken cancellation);

    /// <summary>The entries' stored bytes with the numbers they are filed under, whether or not they can be read: for checking.</summary>
    ValueTask<IReadOnlyList<FiledEntry>> CustodyBytesAsync(long fromSequence, int count, CancellationToken cancellation);

    /// <summary>Entries about one item, in order.</summary>
    ValueTask<IReadOnlyList<CustodyEntry>> CustodyOfAsync(string item, CancellationToken cancellation);

    ValueTask<long> CustodyLengthAsync(CancellationToken cancellation);
}

/// <param name="Canonical">See <see cref="CustodyCanonical"/>.</param>
public sealed record FiledEntry(long Sequence, byte[] Canonical);
