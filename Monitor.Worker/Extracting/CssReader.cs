using System.Buffers;

namespace Monitor.Worker.Extracting;

/// <summary>
/// The little of CSS that matters here: picture addresses, and rules that hide a class or an id. No cascade: a rule that shows again what another
/// hid is not seen.
/// </summary>
internal static class CssReader
{
    private const int MaxLength = 256 * 1024;
    private static readonly SearchValues<char> Combining = SearchValues.Create(".#:[ >+~*");

    /// <summary>True when an inline style takes the element off the page.</summary>
    public static bool Hides(ReadOnlySpan<char> declarations)
    {
        foreach (Range range in declarations.Split(';'))
        {
            ReadOnlySpan<char> declaration = declarations[range];
            int colon = declaration.IndexOf(':');
            if (colon < 0)
                continue;

            ReadOnlySpan<char> property = declaration[..colon].Trim();
            ReadOnlySpan<char> value = declaration[(colon + 1)..].Trim();
            int important = value.IndexOf('!');
            if (important >= 0)
                value = value[..important].TrimEnd();
            if ((property.Equals("display", StringComparison.OrdinalIgnoreCase) && value.Equals("none", StringComparison.OrdinalIgnoreCase))
                || (property.Equals("visibility", StringComparison.OrdinalIgnoreCase) && (value.Equals("hidden", StringComparison.OrdinalIgnoreCase) || value.Equals("collapse", StringComparison.OrdinalIgnoreCase))))
                return true;
        }

        return false;
    }

    /// <summary>Reports every url(…) of a list of declarations.</summary>
    public static void Urls(ReadOnlySpan<char> declarations, Action<string> report)
    {
        int at = 0;
        while (at < declarations.Length)
        {
            int found = declarations[at..].IndexOf("url(", StringComparison.OrdinalIgnoreCase);
            if (found < 0)
                return;

            at += found + 4;
            ReadOnlySpan<char> rest = declarations[at..].TrimStart();
            at = declarations.Length - rest.Length;
            bool quoted = !rest.IsEmpty && rest[0] is '"' or '\'';
            int end = quoted ? rest[1..].IndexOf(rest[0]) + 1 : rest.IndexOf(')');
            if (end <= 0)
                return;

            ReadOnlySpan<char> url = (quoted ? rest[1..end] : rest[..end]).Trim();
            if (!url.IsEmpty)
                report(url.ToString());
            at += end;
        }
    }

    /// <summary>Reports picture addresses of a style sheet (not those of fonts and imports), and the simple selectors (".a", "#b") it hides everywhere.</summary>
    public static void Sheet(string css, Action<string> url, Action<string> hidden)
    {
        if (css.Length > MaxLength)
            css = css[..MaxLength];

        int depth = 0;
        int preludeStart = 0;
        (int Start, int Length) prelude = default;
        int bodyStart = -1;
        for (int i = 0; i < css.Length; i++)
        {
            switch (css[i])
            {
                case '/' when i + 1 < css.Length && css[i + 1] == '*':
                    int end = css.IndexOf("*/", i + 2, StringComparison.Ordinal);
                    i = end < 0 ? css.Length : end + 1;
                    if (bodyStart < 0)
                        preludeStart = i + 1;
                    break;
                case '{':
                    prelude = (preludeStart, i - preludeStart);
                    depth++;
                    bodyStart = i + 1;
                    preludeStart = i + 1;
                    break;
                case '}':
                    if (bodyStart >= 0)
                        Rule(css.AsSpan(prelude.Start, Math.Max(0, prelude.Length)).Trim(), css.AsSpan(bodyStart, i - bodyStart), depth == 1, url, hidden);
                    depth = Math.Max(0, depth - 1);
                    bodyStart = -1;
                    preludeStart = i + 1;
                    break;
                case ';':
                    preludeStart = i + 1;
                    break;
            }
        }
    }

    private static void Rule(ReadOnlySpan<char> prelude, ReadOnlySpan<char> body, bool everywhere, Action<string> url, Action<string> hidden)
    {
        if (prelude.StartsWith("@font-face", StringComparison.OrdinalIgnoreCase))
            return;

        Urls(body, url);
        if (!everywhere || prelude.IsEmpty || prelude[0] == '@' || !Hides(body))
            return;

        foreach (Range range in prelude.Split(','))
        {
            ReadOnlySpan<char> selector = prelude[range].Trim();
            if (selector.Length > 1 && selector[0] is '.' or '#' && !selector[1..].ContainsAny(Combining))
                hidden(selector.ToString());
        }
    }
}
