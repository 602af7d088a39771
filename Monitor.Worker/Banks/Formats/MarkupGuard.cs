namespace Monitor.Worker.Banks.Formats;

/// <summary>Passes a stream of markup through, and ends it when a name, an attribute or a text goes on for longer than any that is meant: the parser behind it would gather it whole.</summary>
internal sealed class MarkupGuard(Stream source, CancellationToken cancellation) : Stream
{
    private const int LongestStretch = 1024 * 1024;
    private int _stretch;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        cancellation.ThrowIfCancellationRequested();
        var read = source.Read(buffer);
        var rest = buffer[..read];
        while (rest.IndexOfAny((byte)'<', (byte)'>') is var at and >= 0)
        {
            Check(at);
            _stretch = 0;
            rest = rest[(at + 1)..];
        }

        Check(rest.Length);
        return read;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private void Check(int length)
    {
        _stretch += length;
        if (_stretch > LongestStretch)
        {
            throw new HashFormatException("XML có một đoạn dài hơn 1 MB không có thẻ", "the XML has a stretch of more than 1 MB without a tag");
        }
    }
}
