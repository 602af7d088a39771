namespace Monitor.Worker.Fetching;

/// <summary>A connection that remembers with its origin how it failed.</summary>
internal sealed class WatchedStream(Stream inner, AuthorityEntry entry) : ThroughStream(inner)
{
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            int read = await Inner.ReadAsync(buffer, cancellationToken);
            if (read == 0 && buffer.Length > 0)
                entry.LastFailure = new HopEnd.Connection(ConnectionProblem.ClosedEarly);
            return read;
        }
        catch (IOException)
        {
            entry.LastFailure = new HopEnd.Connection(ConnectionProblem.Reset);
            throw;
        }
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            await Inner.WriteAsync(buffer, cancellationToken);
        }
        catch (IOException)
        {
            entry.LastFailure = new HopEnd.Connection(ConnectionProblem.Reset);
            throw;
        }
    }
}
