using System.Text;

namespace Monitor.Worker.Cli;

/// <summary>Lines of a text of any size in bounded memory: of a line longer than the cap only the fact is kept.</summary>
/// <param name="cap">UTF-16 units.</param>
public sealed class BoundedLines(TextReader reader, int cap)
{
    private readonly char[] _buffer = new char[16 * 1024];
    private readonly StringBuilder _line = new();
    private int _start;
    private int _end;

    /// <summary>The next line without its end ("\n" or "\r\n"); null at the end of the text. <c>Cut</c>: it was longer than the cap, and its text is empty.</summary>
    public async ValueTask<(string Text, bool Cut)?> ReadAsync(CancellationToken cancellation)
    {
        _line.Clear();
        bool any = false, cut = false;
        while (true)
        {
            if (_start == _end)
            {
                (_start, _end) = (0, await reader.ReadAsync(_buffer, cancellation));
                if (_end == 0)
                {
                    return any ? Ended(cut) : null;
                }
            }

            any = true;
            var piece = _buffer.AsSpan(_start, _end - _start);
            var at = piece.IndexOf('\n');
            var taken = at < 0 ? piece : piece[..at];
            cut |= _line.Length + taken.Length > cap;
            if (cut)
            {
                _line.Clear();
            }
            else
            {
                _line.Append(taken);
            }

            _start += taken.Length + (at < 0 ? 0 : 1);
            if (at >= 0)
            {
                return Ended(cut);
            }
        }
    }

    private (string Text, bool Cut) Ended(bool cut)
    {
        if (_line.Length > 0 && _line[^1] == '\r')
        {
            _line.Length--;
        }

        return (_line.ToString(), cut);
    }
}
