using System.Buffers;

namespace Monitor.Worker.Fetching.Recording;

/// <summary>
/// What one attempt sends and receives while it is under way. Filled by the <see cref="TapedStream"/> of the connection in use; bytes that
/// arrive after it was closed (the handler drains what nobody read) belong to no exchange.
/// </summary>
/// <param name="longest">Bytes of a response that are kept; the fetcher's own caps end the reading long before.</param>
internal sealed class Tape(long longest)
{
    /// <summary>Bytes of an ordinary page as it travels.</summary>
    private const int Usual = 32 * 1024;

    private readonly Lock _gate = new();
    private ArrayBufferWriter<byte> _sent = new(512);
    private ArrayBufferWriter<byte> _received = new(Usual);
    private TapedStream? _stream;
    private bool _closed;

    /// <summary>Known bit by bit while a connection is made; that of the stream once one is used.</summary>
    public ConnectionFacts? Connection { get; set; }

    /// <summary>True when more arrived than is kept.</summary>
    public bool Overflowed { get; private set; }

    public void Sent(TapedStream stream, ReadOnlySpan<byte> bytes)
    {
        lock (_gate)
        {
            if (_closed)
                return;
            if (_stream != stream)
            {
                // A pooled connection had gone stale and the handler begins anew on a fresh one: the first never reached anybody.
                if (_stream is not null)
                    (_sent, _received) = (new ArrayBufferWriter<byte>(512), new ArrayBufferWriter<byte>(Usual));
                _stream = stream;
                Connection = stream.Facts;
            }

            _sent.Write(bytes);
        }
    }

    public void Received(TapedStream stream, ReadOnlySpan<byte> bytes)
    {
        lock (_gate)
        {
            if (_closed || _stream != stream)
                return;
            if (_received.WrittenCount + bytes.Length > longest)
            {
                Overflowed = true;
                bytes = bytes[..(int)Math.Max(0, longest - _received.WrittenCount)];
            }

            _received.Write(bytes);
        }
    }

    /// <summary>Ends the recording; what comes later is left out.</summary>
    public (ReadOnlyMemory<byte> Sent, ReadOnlyMemory<byte> Received) Close()
    {
        lock (_gate)
        {
            _closed = true;
            return (_sent.WrittenMemory, _received.WrittenMemory);
        }
    }
}
