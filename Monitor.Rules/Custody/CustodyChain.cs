namespace Monitor.Rules.Custody;

/// <summary>Whether a run of custody entries is the log it says it is. A tail cut off cannot be seen here: that takes a checkpoint kept elsewhere.</summary>
public static class CustodyChain
{
    /// <summary>
    /// Checks numbers and links in one pass, holding one entry at a time.
    /// </summary>
    /// <param name="entries">In the order of the log.</param>
    /// <param name="after">Where the entry before the first stands; null when the run begins with entry 1.</param>
    public static ChainVerdict Verify(IEnumerable<CustodyEntry> entries, CustodyHead? after = null)
    {
        var head = after ?? CustodyHead.Empty;
        long count = 0;
        foreach (var entry in entries)
        {
            var expected = head.Sequence + 1;
            if (entry.Sequence != expected)
                return new ChainVerdict.Broken(expected, entry.Sequence > expected ? ChainFault.Missing : ChainFault.OutOfOrder);
            if (!string.Equals(entry.Previous, head.Hash, StringComparison.Ordinal))
                return new ChainVerdict.Broken(expected, ChainFault.LinkDiffers);

            head = CustodyHead.At(entry);
            count++;
        }

        return new ChainVerdict.Intact(count, head.Hash);
    }
}

/// <summary>The end of a log: number of its last entry (0: none) and that entry's hash.</summary>
public sealed record CustodyHead(long Sequence, string Hash)
{
    public static CustodyHead Empty { get; } = new(0, CustodyCanonical.Genesis);

    /// <summary>The head once <paramref name="entry"/> is the last one.</summary>
    public static CustodyHead At(CustodyEntry entry) => new(entry.Sequence, CustodyCanonical.Hash(entry));
}

public abstract record ChainVerdict
{
    private ChainVerdict()
    {
    }

    /// <param name="Count">Entries checked.</param>
    /// <param name="Head">Hash of the last one (lower hex); 64 zeros for an empty log.</param>
    public sealed record Intact(long Count, string Head) : ChainVerdict;

    /// <param name="Sequence">Where the chain stops holding: the number that should have stood there.</param>
    public sealed record Broken(long Sequence, ChainFault Why) : ChainVerdict;
}

public enum ChainFault
{
    /// <summary>One or more entries are not there.</summary>
    Missing,

    /// <summary>A number came twice or went back.</summary>
    OutOfOrder,

    /// <summary>This entry, or the one before it, is not what was written.</summary>
    LinkDiffers,
}
