using System.Globalization;
using System.Text;
using Monitor.Rules.Matching;

namespace Monitor.Worker.Fetching;

/// <summary>
/// The rules of one robots.txt that speak to us (RFC 9309): our own groups merged, or those of "*" when none names us.
/// The longest matching pattern decides, allow wins a tie, no match allows. "*" stands for any run, a final "$" for the end.
/// Matching is linear in the path per rule: no pattern, however hostile, makes it backtrack.
/// </summary>
public sealed class RobotsRules
{
    /// <summary>Bytes read of a file; the rest is ignored (RFC 9309 section 2.5 asks for at least 500 KiB).</summary>
    public const int MaxBytes = 500 * 1024;

    private const int MaxPatternLength = 2048;
    private readonly Rule[] _rules;

    private RobotsRules(Rule[] rules, TimeSpan? crawlDelay)
    {
        _rules = rules;
        CrawlDelay = crawlDelay;
        foreach (Rule rule in rules)
            Weight += rule.Weight;
    }

    public static RobotsRules AllowAll { get; } = new([], null);

    /// <summary>Not in the RFC, but what many small hosts rely on.</summary>
    public TimeSpan? CrawlDelay { get; }

    /// <summary>Bytes of memory, about.</summary>
    public long Weight { get; }

    /// <param name="file">UTF-8; what follows <see cref="MaxBytes"/> is ignored.</param>
    /// <param name="product">Our product token, compared without case.</param>
    public static RobotsRules Parse(ReadOnlySpan<byte> file, string product)
    {
        string text = Encoding.UTF8.GetString(file.Length > MaxBytes ? file[..MaxBytes] : file).TrimStart('\uFEFF');
        var own = new Group();
        var any = new Group();
        bool namesUs = false, namesAny = false, ownSeen = false, inAgentLines = false;

        foreach (ReadOnlySpan<char> raw in text.AsSpan().EnumerateLines())
        {
            int comment = raw.IndexOf('#');
            ReadOnlySpan<char> line = (comment < 0 ? raw : raw[..comment]).Trim();
            int colon = line.IndexOf(':');
            if (colon <= 0)
                continue;
            ReadOnlySpan<char> key = line[..colon].TrimEnd();
            ReadOnlySpan<char> value = line[(colon + 1)..].Trim();

            if (key.Equals("user-agent", StringComparison.OrdinalIgnoreCase))
            {
                if (!inAgentLines)
                    namesUs = namesAny = false;
                inAgentLines = true;
                namesAny |= value is "*";
                namesUs |= ProductToken(value).Equals(product, StringComparison.OrdinalIgnoreCase);
                ownSeen |= namesUs;
                continue;
            }

            bool allow = key.Equals("allow", StringComparison.OrdinalIgnoreCase);
            if (allow || key.Equals("disallow", StringComparison.OrdinalIgnoreCase))
            {
                inAgentLines = false;

                // An empty disallow allows everything, which is what no rule does.
                if (value.Length is 0 or > MaxPatternLength)
                    continue;
                var rule = new Rule(value, allow);
                if (namesUs)
                    own.Rules.Add(rule);
                if (namesAny)
                    any.Rules.Add(rule);
            }
            else if (key.Equals("crawl-delay", StringComparison.OrdinalIgnoreCase))
            {
                inAgentLines = false;
                if (!double.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double seconds) || seconds > 86_400)
                    continue;
                if (namesUs)
                    own.CrawlDelay = TimeSpan.FromSeconds(seconds);
                if (namesAny)
                    any.CrawlDelay = TimeSpan.FromSeconds(seconds);
            }

            // Other lines (sitemap, unknown words) neither end nor start a group.
        }

        Group chosen = ownSeen ? own : any;
        return new RobotsRules([.. chosen.Rules.OrderByDescending(rule => rule.Length).ThenByDescending(rule => rule.Allow)], chosen.CrawlDelay);
    }

    /// <param name="pathAndQuery">Canonical, as in <see cref="CanonicalUrl.PathAndQuery"/>.</param>
    public bool Allows(string pathAndQuery)
    {
        if (pathAndQuery == "/robots.txt")
            return true;
        foreach (Rule rule in _rules)
        {
            if (rule.Matches(pathAndQuery))
                return rule.Allow;
        }

        return true;
    }

    private static ReadOnlySpan<char> ProductToken(ReadOnlySpan<char> agent)
    {
        int end = 0;
        while (end < agent.Length && (char.IsAsciiLetter(agent[end]) || agent[end] is '-' or '_'))
            end++;
        return agent[..end];
    }

    private sealed class Group
    {
        public List<Rule> Rules { get; } = [];

        public TimeSpan? CrawlDelay { get; set; }
    }

    private sealed class Rule
    {
        private readonly string[] _pieces;
        private readonly bool _toEnd;

        public Rule(ReadOnlySpan<char> pattern, bool allow)
        {
            Allow = allow;
            _toEnd = pattern.EndsWith('$');
            if (_toEnd)
                pattern = pattern[..^1];
            _pieces = [.. pattern.ToString().Split('*').Select(CanonicalUrl.NormaliseEscapes)];
            Length = _pieces.Sum(piece => piece.Length) + _pieces.Length - 1 + (_toEnd ? 1 : 0);
        }

        public bool Allow { get; }

        /// <summary>Octets of the normalised pattern: what "longest" is measured by.</summary>
        public int Length { get; }

        public long Weight => 64 + (32L * _pieces.Length) + (2L * Length);

        public bool Matches(string path)
        {
            if (!path.StartsWith(_pieces[0], StringComparison.Ordinal))
                return false;
            int at = _pieces[0].Length;
            if (_pieces.Length == 1)
                return !_toEnd || at == path.Length;

            // Leftmost placement of each piece is enough: only the last one is tied to the end.
            for (int i = 1; i < _pieces.Length - 1; i++)
            {
                int found = path.IndexOf(_pieces[i], at, StringComparison.Ordinal);
                if (found < 0)
                    return false;
                at = found + _pieces[i].Length;
            }

            string last = _pieces[^1];
            return _toEnd
                ? path.Length - last.Length >= at && path.EndsWith(last, StringComparison.Ordinal)
                : path.IndexOf(last, at, StringComparison.Ordinal) >= 0;
        }
    }
}
