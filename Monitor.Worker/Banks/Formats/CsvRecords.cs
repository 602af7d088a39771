namespace Monitor.Worker.Banks.Formats;

/// <summary>
/// Records of a CSV stream in bounded memory (RFC 4180: quoted fields, doubled quotation marks, line breaks inside quotes). A record longer
/// than the cap is cut, and reading goes on at the next line: a quotation mark that is never closed does not swallow the rest of the list.
/// </summary>
internal sealed class CsvRecords(Stream stream, byte separator, CancellationToken cancellation)
{
    private const int Cap = 64 * 1024;
    private const int MaxFields = 1000;

    private readonly byte[] _buffer = new byte[128 * 1024];
    private readonly byte[] _text = new byte[Cap];
    private readonly int[] _ends = new int[MaxFields];
    private int _start;
    private int _end;
    private int _length;
    private long _line;
    private bool _afterReturn;

    /// <summary>Line the current record begins in, from 1.</summary>
    public long Number { get; private set; }

    public int Fields { get; private set; }

    /// <summary>The record was longer than any record of a hash list, or has a quotation mark that is not closed.</summary>
    public bool Cut { get; private set; }

    /// <summary>Empty for a field the record does not have.</summary>
    /// <param name="index">From 0.</param>
    public ReadOnlySpan<byte> this[int index]
    {
        get
        {
            if (index < 0 || index >= Fields)
            {
                return default;
            }

            var from = index == 0 ? 0 : _ends[index - 1];
            return HashText.Trim(_text.AsSpan(from, _ends[index] - from));
        }
    }

    /// <summary>The start of the record, its fields run together.</summary>
    public ReadOnlySpan<byte> Start => _text.AsSpan(0, Math.Min(_length, 200));

    /// <summary>False at the end.</summary>
    public bool TryRead()
    {
        (Fields, _length, Cut) = (0, 0, false);
        Number = _line + 1;
        bool any = false, quoted = false, closed = false;
        while (Next() is { } c)
        {
            if (_afterReturn)
            {
                _afterReturn = false;
                if (c == '\n')
                {
                    continue;
                }
            }

            var first = !any;
            any = true;
            if (c is (byte)'\n' or (byte)'\r')
            {
                _line++;
                _afterReturn = c == '\r';
                if (!quoted || closed || Cut)
                {
                    EndField();
                    return true;
                }

                Put((byte)'\n');
                continue;
            }

            if (quoted && !closed)
            {
                if (c == '"')
                {
                    closed = true;
                }
                else
                {
                    Put(c);
                }
            }
            else if (c == '"' && quoted && closed)
            {
                // A doubled mark stands for one.
                Put(c);
                closed = false;
            }
            else if (c == separator)
            {
                EndField();
                (quoted, closed) = (false, false);
            }
            else if (c == '"' && (first || _length == (Fields == 0 ? 0 : _ends[Fields - 1])))
            {
                quoted = true;
            }
            else
            {
                Put(c);
            }
        }

        if (!any)
        {
            return false;
        }

        _line++;
        Cut |= quoted && !closed;
        EndField();
        return true;
    }

    private byte? Next()
    {
        if (_start == _end)
        {
            cancellation.ThrowIfCancellationRequested();
            (_start, _end) = (0, stream.Read(_buffer, 0, _buffer.Length));
            if (_end == 0)
            {
                return null;
            }
        }

        return _buffer[_start++];
    }

    private void Put(byte c)
    {
        if (_length == Cap)
        {
            Cut = true;
        }
        else
        {
            _text[_length++] = c;
        }
    }

    private void EndField()
    {
        if (Fields == MaxFields)
        {
            Cut = true;
        }
        else
        {
            _ends[Fields++] = _length;
        }
    }
}
