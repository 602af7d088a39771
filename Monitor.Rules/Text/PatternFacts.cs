using System.Text.RegularExpressions;

namespace Monitor.Rules.Text;

/// <summary>
/// What can be known of a pattern without running it: letters of which every match holds one row, and how long a match can be. Cautious: what
/// is not understood gives no letters or no length, and the pattern is run on everything.
/// </summary>
/// <param name="Needed">Rows of letters, small, of which every match holds at least one; empty: none is known.</param>
/// <param name="MaxLength">In characters of the folded text; −1: unbounded.</param>
internal sealed record PatternFacts(IReadOnlyList<string> Needed, int MaxLength)
{
    private const int MostRows = 64;
    private const int LongestMatch = 4096;
    private const int DeepestNesting = 64;

    public static PatternFacts Unknown { get; } = new([], -1);

    public static PatternFacts Of(Regex pattern)
    {
        // Other options change what the characters mean.
        const RegexOptions known = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.Compiled;
        if ((pattern.Options & ~known) != 0)
            return Unknown;

        var reader = new Reader(pattern.ToString());
        Part? whole = reader.Alternatives(0);
        if (whole is null || !reader.AtEnd)
            return Unknown;

        int length = whole.Max is >= 0 and <= LongestMatch ? whole.Max : -1;
        return new PatternFacts(Best(whole), length);
    }

    private static IReadOnlyList<string> Best(Part part)
    {
        IReadOnlyList<string> rows = Rarer(part.Rows, Run(part.Exact));
        return rows.Count is > 0 and <= MostRows ? rows : [];
    }

    /// <summary>The rarest row of letters in a fixed text, or nothing.</summary>
    private static IReadOnlyList<string> Run(string? exact)
    {
        if (exact is null)
            return [];

        string best = "";
        for (int i = 0; i < exact.Length;)
        {
            int start = i;
            while (i < exact.Length && PatternTable.CodeOf(exact[i]) != 0)
                i++;
            if (i > start && (best.Length == 0 || PatternTable.Commonness(exact[start..i]) < PatternTable.Commonness(best)))
                best = exact[start..i];
            i = Math.Max(i, start + 1);
        }

        return best.Length == 0 ? [] : [best];
    }

    /// <summary>Those of two lists that will be met less often.</summary>
    private static IReadOnlyList<string> Rarer(IReadOnlyList<string> x, IReadOnlyList<string> y)
    {
        if (x.Count == 0 || y.Count == 0)
            return x.Count == 0 ? y : x;
        return x.Sum(PatternTable.Commonness) <= y.Sum(PatternTable.Commonness) ? x : y;
    }

    /// <param name="Exact">The one text that the part matches, or null.</param>
    /// <param name="Rows">Rows of which every match of the part holds one.</param>
    /// <param name="Max">Longest match, or −1.</param>
    private sealed record Part(string? Exact, IReadOnlyList<string> Rows, int Max)
    {
        public static Part Nothing { get; } = new("", [], 0);

        public static Part OneCharacter { get; } = new(null, [], 1);

        /// <summary>In folded text no white space follows another, however often it is asked for.</summary>
        public static Part OneSpace { get; } = new(null, [], 1);
    }

    private sealed class Reader(string pattern)
    {
        private int _at;

        public bool AtEnd => _at == pattern.Length;

        public Part? Alternatives(int depth)
        {
            if (depth > DeepestNesting)
                return null;

            var all = new List<Part>();
            do
            {
                if (Sequence(depth) is not { } one)
                    return null;
                all.Add(one);
            }
            while (Take('|'));
            if (all.Count == 1)
                return all[0];

            var rows = new List<string>();
            int max = 0;
            bool every = true;
            foreach (Part one in all)
            {
                IReadOnlyList<string> best = Best(one);
                every &= best.Count > 0;
                rows.AddRange(best);
                max = max < 0 || one.Max < 0 ? -1 : Math.Max(max, one.Max);
            }

            return new Part(null, every && rows.Count <= MostRows ? rows : [], max);
        }

        private Part? Sequence(int depth)
        {
            string? exact = "";             // all of it, so far
            string run = "";                // the fixed text that ends here
            IReadOnlyList<string> rows = [];
            int max = 0;
            while (_at < pattern.Length && pattern[_at] is not ('|' or ')'))
            {
                if (Atom(depth) is not { } atom || Quantified(atom) is not { } one)
                    return null;

                max = max < 0 || one.Max < 0 ? -1 : Math.Min(int.MaxValue / 4, max + one.Max);
                if (one.Exact is { } text)
                {
                    run += text;
                    exact = exact is null ? null : exact + text;
                    if (run.Length > LongestMatch)
                        return null;
                    continue;
                }

                rows = Rarer(Rarer(rows, Run(run)), one.Rows);
                (exact, run) = (null, "");
            }

            return new Part(exact, exact is not null ? rows : Rarer(rows, Run(run)), max);
        }

        private Part? Quantified(Part atom)
        {
            if (_at >= pattern.Length)
                return atom;

            (int least, int most) range;
            switch (pattern[_at])
            {
                case '*':
                    range = (0, -1);
                    _at++;
                    break;
                case '+':
                    range = (1, -1);
                    _at++;
                    break;
                case '?':
                    range = (0, 1);
                    _at++;
                    break;
                case '{' when Counts() is { } counts:
                    range = counts;
                    break;
                default:
                    return atom;
            }

            // Lazy or greedy, the matches are the same length at most. Possessive ones are not linear; they never get here.
            Take('?');
            if (_at < pattern.Length && pattern[_at] is '*' or '+' or '?')
                return null;

            int max = ReferenceEquals(atom, Part.OneSpace) ? 1 : range.most < 0 || atom.Max < 0 ? (atom.Max == 0 ? 0 : -1) : (int)Math.Min(int.MaxValue / 4, (long)atom.Max * range.most);
            if (range is (1, 1))
                return atom;
            return new Part(null, range.least > 0 ? Best(atom) : [], max);
        }

        /// <summary>{n}, {n,} or {n,m}; anything else in braces is text.</summary>
        private (int, int)? Counts()
        {
            int close = pattern.IndexOf('}', _at);
            if (close < 0 || close - _at > 12)
                return null;

            string[] parts = pattern[(_at + 1)..close].Split(',');
            if (parts.Length > 2 || !parts.All(part => part.All(char.IsAsciiDigit)) || parts[0].Length == 0)
                return null;

            _at = close + 1;
            int least = int.Parse(parts[0], System.Globalization.CultureInfo.InvariantCulture);
            return (least, parts.Length == 1 ? least : parts[1].Length == 0 ? -1 : int.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture));
        }

        private Part? Atom(int depth)
        {
            char c = pattern[_at++];
            switch (c)
            {
                case '^' or '$':
                    return new Part(null, [], 0);
                case '.':
                    return Part.OneCharacter;
                case '[':
                    return Class() ? Part.OneCharacter : null;
                case '(':
                    if (Take('?') && !Take(':') && !Name())
                        return null;
                    Part? inner = Alternatives(depth + 1);
                    return inner is not null && Take(')') ? inner : null;
                case '\\':
                    return Escape();
                case '*' or '+' or '?' or ')':
                    return null;
                default:
                    return new Part(char.ToLowerInvariant(c).ToString(), [], 1);
            }
        }

        private bool Take(char c)
        {
            if (_at >= pattern.Length || pattern[_at] != c)
                return false;
            _at++;
            return true;
        }

        /// <summary>The name of a group; lookaround and options are not understood.</summary>
        private bool Name()
        {
            if (_at + 1 >= pattern.Length || pattern[_at] is not ('<' or '\'') || !char.IsAsciiLetter(pattern[_at + 1]))
                return false;

            int close = pattern.IndexOf(pattern[_at] == '<' ? '>' : '\'', _at + 1);
            if (close < 0)
                return false;
            _at = close + 1;
            return true;
        }

        private Part? Escape()
        {
            if (_at >= pattern.Length)
                return null;

            char c = pattern[_at++];
            switch (c)
            {
                case 'b' or 'B' or 'A' or 'z' or 'Z' or 'G':
                    return new Part(null, [], 0);
                case 's':
                    return Part.OneSpace;
                case 'd' or 'D' or 'w' or 'W' or 'S':
                    return Part.OneCharacter;
                case 'p' or 'P':
                    int close = pattern.IndexOf('}', _at);
                    if (close < 0)
                        return null;
                    _at = close + 1;
                    return Part.OneCharacter;
                case 't' or 'n' or 'r' or 'f' or 'v' or 'a' or 'e':
                    return Part.OneCharacter;
                default:
                    return char.IsAsciiLetterOrDigit(c) ? null : new Part(char.ToLowerInvariant(c).ToString(), [], 1);
            }
        }

        private bool Class()
        {
            Take('^');
            bool first = true;
            while (_at < pattern.Length)
            {
                char c = pattern[_at++];
                if (c == ']' && !first)
                    return true;
                // Subtraction is not understood.
                if (c == '[' || c == '-' && _at < pattern.Length && pattern[_at] == '[')
                    return false;
                if (c == '\\')
                    _at++;
                first = false;
            }

            return false;
        }
    }
}
