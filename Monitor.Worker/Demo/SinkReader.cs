using System.Text;

namespace Monitor.Worker.Demo;

/// <summary>Reads SMTP's lines and dot-terminated messages from a stream with bounded memory.</summary>
internal sealed class SinkReader(Stream stream)
{
    private const int MaxLine = 8 * 1024;

    private readonly byte[] _buffer = new byte[16 * 1024];
    private int _start;
    private int _end;

    public bool HasBuffered => _start < _end;

    /// <returns>A line without its end, or null at the end of the stream or when the line is too long to be a command.</returns>
    public async Task<string?> ReadLineAsync(CancellationToken cancellation)
    {
        var line = new List<byte>(128);
        while (true)
        {
            if (_start == _end && !await FillAsync(cancellation))
                return null;
            var octet = _buffer[_start++];
            if (octet == '\n')
            {
                if (line.Count > 0 && line[^1] == '\r')
                    line.RemoveAt(line.Count - 1);
                return Encoding.UTF8.GetString([.. line]);
            }

            if (line.Count == MaxLine)
                return null;
            line.Add(octet);
        }
    }

    /// <summary>Reads up to CRLF.CRLF (nothing shorter ends a message) and removes the stuffed dots, RFC 5321 section 4.5.2.</summary>
    /// <returns>
    /// Ended: the terminating dot was read. Raw: null when the message was longer than <paramref name="cap"/>; what is too
    /// long is read on but not kept.
    /// </returns>
    public async Task<(bool Ended, byte[]? Raw)> ReadMessageAsync(int cap, int stopAfter, CancellationToken cancellation)
    {
        using var kept = new MemoryStream();
        var place = Place.LineStart;
        var read = 0L;
        while (true)
        {
            if (read >= stopAfter || (_start == _end && !await FillAsync(cancellation)))
                return (false, null);
            var octet = _buffer[_start++];
            read++;
            switch (place)
            {
                case Place.LineStart when octet == '.':
                    place = Place.Dot;
                    continue;
                case Place.Dot when octet == '\r':
                    place = Place.DotReturn;
                    continue;
                case Place.DotReturn when octet == '\n':
                    return (true, kept.Length > cap ? null : kept.ToArray());
                case Place.DotReturn:
                    // A stuffed dot before a lone CR: the dot goes, the CR stays.
                    Put(kept, (byte)'\r', cap);
                    break;
            }

            Put(kept, octet, cap);
            place = octet switch
            {
                (byte)'\r' => Place.Return,
                (byte)'\n' when place == Place.Return => Place.LineStart,
                _ => Place.Inside,
            };
        }
    }

    /// <summary>Swallows what comes until the peer leaves.</summary>
    public async Task WaitForEndAsync(CancellationToken cancellation)
    {
        do
        {
            _start = _end;
        }
        while (await FillAsync(cancellation));
    }

    private static void Put(MemoryStream kept, byte octet, int cap)
    {
        if (kept.Length <= cap)
            kept.WriteByte(octet);
    }

    private async Task<bool> FillAsync(CancellationToken cancellation)
    {
        _start = 0;
        _end = await stream.ReadAsync(_buffer, cancellation);
        return _end > 0;
    }

    private enum Place
    {
        LineStart,
        Inside,
        Return,
        Dot,
        DotReturn,
    }
}
