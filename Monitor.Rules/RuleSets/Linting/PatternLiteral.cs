namespace Monitor.Rules.RuleSets.Linting;

/// <summary>
/// The longest run of plain characters that every match of a pattern must contain: what a search can look for before it tries the pattern.
/// A lower bound: what it does not understand counts as nothing.
/// </summary>
internal ref struct PatternLiteral(string pattern)
{
    private const int DeepestGroup = 64;
    private readonly string _pattern = pattern;
    private int _at;

    public static int Longest(string pattern) => new PatternLiteral(pattern).Alternatives(0);

    /// <summary>The weakest of the alternatives up to the closing bracket or the end.</summary>
    private int Alternatives(int depth)
    {
        int weakest = int.MaxValue;
        do
        {
            weakest = Math.Min(weakest, Sequence(depth));
        }
        while (Take('|'));
        return weakest;
    }

    private int Sequence(int depth)
    {
        (int longest, int run) = (0, 0);
        while (_at < _pattern.Length && _pattern[_at] is not ('|' or ')'))
        {
            // 1: a plain character; 0 and above from a group: its own longest; −1: any of several characters.
            int atom = Atom(depth, out bool group);
            (bool optional, bool repeated) = Quantifier();
            if (group)
            {
                longest = Math.Max(Math.Max(longest, run), optional ? 0 : atom);
                run = 0;
            }
            else if (atom == 1 && !optional)
            {
                run++;
                longest = Math.Max(longest, run);
                if (repeated)
                    run = 0;
            }
            else if (atom != 0)
            {
                run = 0;
            }
        }

        return longest;
    }

    private int Atom(int depth, out bool group)
    {
        group = false;
        char c = _pattern[_at++];
        switch (c)
        {
            case '(':
                group = true;
                SkipGroupHead();
                if (depth >= DeepestGroup)
                {
                    // Read to the end without an opinion.
                    _at = _pattern.Length;
                    return 0;
                }

                int inner = Alternatives(depth + 1);
                Take(')');
                return inner;
            case '[':
                SkipClass();
                return -1;
            case '.':
                return -1;
            case '^' or '$':
                return 0;
            case '\\' when _at < _pattern.Length:
                char escaped = _pattern[_at++];
                return escaped is 'b' or 'B' or 'A' or 'z' or 'Z' or 'G' ? 0
                    : char.IsAsciiLetterOrDigit(escaped) ? -1
                    : 1;
            default:
                return 1;
        }
    }

    private (bool Optional, bool Repeated) Quantifier()
    {
        if (_at == _pattern.Length)
            return (false, false);
        (bool optional, bool repeated) = (false, false);
        switch (_pattern[_at])
        {
            case '?':
                (optional, repeated) = (true, false);
                _at++;
                break;
            case '*':
                (optional, repeated) = (true, true);
                _at++;
                break;
            case '+':
                repeated = true;
                _at++;
                break;
            case '{' when _at + 1 < _pattern.Length && char.IsAsciiDigit(_pattern[_at + 1]):
                optional = _pattern[_at + 1] == '0';
                repeated = true;
                int close = _pattern.IndexOf('}', _at);
                _at = close < 0 ? _pattern.Length : close + 1;
                break;
            default:
                return (false, false);
        }

        Take('?');
        return (optional, repeated);
    }

    private void SkipGroupHead()
    {
        if (!Take('?'))
            return;
        while (_at < _pattern.Length && _pattern[_at] is not (':' or '>' or '\'' or '='))
            _at++;
        if (_at < _pattern.Length)
            _at++;
    }

    private void SkipClass()
    {
        Take('^');
        Take(']');
        while (_at < _pattern.Length && _pattern[_at] != ']')
            _at += _pattern[_at] == '\\' ? 2 : 1;
        _at = Math.Min(_at + 1, _pattern.Length);
    }

    private bool Take(char c)
    {
        if (_at >= _pattern.Length || _pattern[_at] != c)
            return false;
        _at++;
        return true;
    }
}
