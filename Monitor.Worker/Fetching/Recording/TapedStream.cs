namespace Monitor.Worker.Fetching.Recording;

/// <summary>
/// The plaintext side of a connection, above TLS: whatever passes is put on the tape of the exchange under way. A connection serves its origin's
/// exchanges one after the other; an exchange takes it over with the first byte it writes, so that what is still drained of the one before is not its own.
/// </summary>
internal sealed class TapedStream(Stream inner, AuthorityEntry entry, ConnectionFacts facts) : ThroughStream(inner)
{
    private volatile Tape? _tape;

    public ConnectionFacts Facts { get; } = facts;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        int read = await Inner.ReadAsync(buffer, cancellationToken);

        // The handler may have begun to read before the request was written: whose bytes they are is asked when they are here.
        if (read > 0)
            _tape?.Received(this, buffer.Span[..read]);
        return read;
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Tape? tape = entry.Tape;
        _tape = tape;

        // Before it leaves: the answer may be here before the write has returned.
        tape?.Sent(this, buffer.Span);
        return Inner.WriteAsync(buffer, cancellationToken);
    }
}
