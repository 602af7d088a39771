namespace Monitor.Worker.Ports;

/// <summary>How a commit ended. Conflict: somebody else changed one of the rows first, or the lease was lost; nothing was written.</summary>
public abstract record SaveResult
{
    private SaveResult()
    {
    }

    /// <param name="CustodySequence">Sequence number of the last custody entry written by this commit.</param>
    public sealed record Saved(long CustodySequence) : SaveResult;

    /// <param name="Item">Id of the row in conflict.</param>
    public sealed record Conflict(string Item) : SaveResult;
}
