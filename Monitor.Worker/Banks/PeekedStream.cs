using System.Security.Cryptography;

namespace Monitor.Worker.Banks;

/// <summary>A stream whose beginning is known before it is read, and whose SHA-256 is known afterwards.</summary>
internal sealed class PeekedStream : Stream
{
    private readonly Stream _source;
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly byte[] _head;
    private int _taken;

    public PeekedStream(Stream source, int headLength)
    {
        _source = source;
        var head = new byte[headLength];
        _head = head[..source.ReadAtLeast(head, headLength, throwOnEndOfStream: false)];
    }

    public ReadOnlySpan<byte> Head => _head;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Lower-case hex of what was read.</summary>
    public string Digest() => Convert.ToHexStringLower(_hash.GetCurrentHash());

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        int read;
        if (_taken < _head.Length)
        {
            read = Math.Min(buffer.Length, _head.Length - _taken);
            _head.AsSpan(_taken, read).CopyTo(buffer);
            _taken += read;
        }
        else
        {
            read = _source.Read(buffer);
        }

        _hash.AppendData(buffer[..read]);
        return read;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <summary>The source stays open.</summary>
    protected override void Dispose(bool disposing)
    {
        _hash.Dispose();
        base.Dispose(disposing);
    }
}
