namespace Monitor.Worker.Intake;

/// <summary>
/// Cuts a text into CSV records (RFC 4180: a quoted field may hold line breaks) without ever holding more than one of them, and
/// recovers: an unclosed quotation mark costs the line it stands on, not the rest of the file.
/// </summary>
internal sealed class CsvRecordSplitter(TextReader source, char delimiter, int longestRecord)
{
    private readonly char[] _buffer = new char[longestRecord + 16 * 1024];
    private int _start;
    private int _end;
    private int _line = 1;
    private bool _skipLineFeed;
    private bool _ended;

    public enum Fault
    {
        None,

        /// <summary>Longer than the limit: the text is its beginning, the rest of the line was passed over.</summary>
        TooLong,

        /// <summary>A quoted field never ends, or not within the limit: the text is the line it begins on; reading goes on after it.</summary>
        UnclosedQuote,
    }

    /// <param name="Line">Physical line the record begins on, from 1.</param>
    /// <param name="Text">Without the line break that ends it.</param>
    public readonly record struct Record(int Line, string Text, Fault Fault);

    /// <returns>The next record, blank ones included; null at the end.</returns>
    public async ValueTask<Record?> NextAsync(CancellationToken cancellation)
    {
        bool inQuotes = false;
        bool afterQuote = false;
        bool fieldStart = true;
        int firstBreak = -1;
        int breaks = 0;
        int at = 0;
        while (true)
        {
            if (_start + at == _end && !await FillAsync(cancellation))
            {
                if (at == 0)
                    return null;
                return inQuotes ? Unclosed(at, firstBreak) : Whole(at, at, breaks);
            }

            if (at >= longestRecord)
                return inQuotes && firstBreak >= 0 ? Unclosed(at, firstBreak) : await TooLongAsync(cancellation);

            char character = _buffer[_start + at];
            if (_skipLineFeed && at == 0)
            {
                _skipLineFeed = false;
                if (character == '\n')
                {
                    _start++;
                    continue;
                }
            }

            if (inQuotes)
            {
                if (character == '"')
                {
                    (inQuotes, afterQuote) = (false, true);
                }
                else if (character == '\n' || (character == '\r' && Following(at) is { } next && next != '\n'))
                {
                    if (firstBreak < 0)
                        firstBreak = at;
                    breaks++;
                }

                at++;
                continue;
            }

            if (character is '\n' or '\r')
            {
                _skipLineFeed = character == '\r';
                return Whole(at, at + 1, breaks + 1);
            }

            if (character == '"' && (fieldStart || afterQuote))
                inQuotes = true;
            fieldStart = character == delimiter;
            afterQuote = false;
            at++;
        }
    }

    private char? Following(int at) => _start + at + 1 < _end ? _buffer[_start + at + 1] : null;

    private Record Whole(int length, int consumed, int breaks)
    {
        var record = new Record(_line, new string(_buffer, _start, length), Fault.None);
        _start += consumed;
        _line += breaks;
        return record;
    }

    private Record Unclosed(int length, int firstBreak)
    {
        int line = firstBreak < 0 ? length : firstBreak;
        var record = new Record(_line, new string(_buffer, _start, line).TrimEnd('\r'), Fault.UnclosedQuote);
        _start += firstBreak < 0 ? length : firstBreak + 1;
        _line++;
        return record;
    }

    private async ValueTask<Record?> TooLongAsync(CancellationToken cancellation)
    {
        var record = new Record(_line, new string(_buffer, _start, longestRecord), Fault.TooLong);
        _start += longestRecord;
        while (true)
        {
            int found = _buffer.AsSpan(_start, _end - _start).IndexOfAny('\n', '\r');
            if (found >= 0)
            {
                _skipLineFeed = _buffer[_start + found] == '\r';
                _start += found + 1;
                _line++;
                return record;
            }

            _start = _end;
            if (!await FillAsync(cancellation))
                return record;
        }
    }

    private async ValueTask<bool> FillAsync(CancellationToken cancellation)
    {
        if (_ended)
            return false;
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            _end -= _start;
            _start = 0;
        }

        int read = await source.ReadAsync(_buffer.AsMemory(_end), cancellation);
        _ended = read == 0;
        _end += read;
        return read > 0;
    }
}
