namespace Monitor.Worker.Fetching;

/// <summary>Reads at most a number of bytes, then ends; <see cref="Exceeded"/> tells an end by the cap from the source's own.</summary>
internal sealed class CappedStream(Stream source, long cap) : Stream
{
    private long _left = cap;

    public bool Exceeded { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (buffer.Length == 0 || Exceeded)
            return 0;
        if (_left > 0)
        {
            int read = await source.ReadAsync(buffer.Length > _left ? buffer[..(int)_left] : buffer, cancellationToken);
            _left -= read;
            return read;
        }

        // A body of exactly the cap is whole: only a byte beyond it is too many.
        Exceeded = await source.ReadAsync(buffer[..1], cancellationToken) > 0;
        return 0;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("asynchronous only");

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
