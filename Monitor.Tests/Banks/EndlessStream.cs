namespace Monitor.Tests.Banks;

/// <summary>A beginning, then a piece over and over, then an end: as long a list as is wanted, made while it is read.</summary>
internal sealed class EndlessStream(byte[] start, byte[] piece, long times, byte[] end) : Stream
{
    private long _at;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => start.Length + (piece.Length * times) + end.Length;

    public override long Position { get => _at; set => throw new NotSupportedException(); }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        var total = 0;
        while (!buffer.IsEmpty && _at < Length)
        {
            var middle = _at - start.Length;
            var from = middle < 0 ? start.AsSpan((int)_at)
                : middle < piece.Length * times ? piece.AsSpan((int)(middle % piece.Length))
                : end.AsSpan((int)(middle - (piece.Length * times)));
            var count = Math.Min(from.Length, buffer.Length);
            from[..count].CopyTo(buffer);
            buffer = buffer[count..];
            _at += count;
            total += count;
        }

        return total;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
