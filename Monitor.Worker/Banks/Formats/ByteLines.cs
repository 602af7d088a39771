namespace Monitor.Worker.Banks.Formats;

/// <summary>Lines of bytes from a stream of any size in bounded memory. Ends are "\n", "\r\n" or "\r"; of a line longer than the cap only its start is kept.</summary>
internal sealed class ByteLines(Stream stream, CancellationToken cancellation)
{
    /// <summary>Bytes.</summary>
    public const int Cap = 8192;

    private readonly byte[] _buffer = new byte[128 * 1024];
    private readonly byte[] _pending = new byte[Cap];
    private int _start;
    private int _end;
    private int _kept;
    private bool _any;
    private bool _afterReturn;

    /// <summary>Number of the current line, from 1.</summary>
    public long Number { get; private set; }

    /// <summary>The current line was longer than the cap.</summary>
    public bool Cut { get; private set; }

    /// <summary>False at the end. The line is good until the next call.</summary>
    public bool TryRead(out ReadOnlySpan<byte> line)
    {
        (_kept, _any, Cut) = (0, false, false);
        while (true)
        {
            if (_start == _end)
            {
                cancellation.ThrowIfCancellationRequested();
                (_start, _end) = (0, stream.Read(_buffer, 0, _buffer.Length));
                if (_end == 0)
                {
                    line = _pending.AsSpan(0, _kept);
                    Number += _any ? 1 : 0;
                    return _any;
                }
            }

            if (_afterReturn)
            {
                _afterReturn = false;
                if (_buffer[_start] == '\n')
                {
                    _start++;
                    continue;
                }
            }

            var piece = _buffer.AsSpan(_start, _end - _start);
            var at = piece.IndexOfAny((byte)'\n', (byte)'\r');
            if (at >= 0)
            {
                _afterReturn = piece[at] == '\r';
                _start += at + 1;
                Number++;
                if (_any)
                {
                    Keep(piece[..at]);
                    line = _pending.AsSpan(0, _kept);
                }
                else
                {
                    Cut = at > Cap;
                    line = piece[..Math.Min(at, Cap)];
                }

                return true;
            }

            _any = true;
            Keep(piece);
            _start = _end;
        }
    }

    private void Keep(ReadOnlySpan<byte> piece)
    {
        var room = Cap - _kept;
        Cut |= piece.Length > room;
        piece = piece[..Math.Min(room, piece.Length)];
        piece.CopyTo(_pending.AsSpan(_kept));
        _kept += piece.Length;
    }
}
