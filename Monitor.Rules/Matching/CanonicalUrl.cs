using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Monitor.Rules.Matching;

/// <summary>
/// One http(s) URL in one spelling: what two people flag is the same target when the values are equal.
/// Follows the WHATWG URL standard for hosts (IDNA, odd IPv4 notations, backslashes) and RFC 3986 section 6.2.2 for the rest:
/// lower-case scheme and host, punycode, default port and trailing host dot dropped, dot segments resolved,
/// unreserved characters decoded, everything else escaped with upper-case hex, an empty path written "/", an empty query dropped.
/// The fragment goes unless it is a hashbang (<c>#!</c>), which selects the page on sites built that way.
/// Parameter order is kept. Canonicalising a canonical value changes nothing.
/// </summary>
public sealed class CanonicalUrl : IEquatable<CanonicalUrl>
{
    /// <summary>Characters, of the input and of the value.</summary>
    public const int MaxLength = 8192;

    private CanonicalUrl(string scheme, string host, string displayHost, bool isAddress, int port, string path, string query, string fragment, bool schemeAssumed)
    {
        Scheme = scheme;
        Host = host;
        DisplayHost = displayHost;
        IsAddress = isAddress;
        Port = port;
        Path = path;
        Query = query;
        Fragment = fragment;
        SchemeAssumed = schemeAssumed;
        Authority = port == DefaultPort(scheme) ? host : string.Create(CultureInfo.InvariantCulture, $"{host}:{port}");
        PathAndQuery = path + query;
        Value = string.Concat(scheme, "://", Authority) + string.Concat(PathAndQuery, fragment);
    }

    /// <summary>The absolute URL.</summary>
    public string Value { get; }

    /// <summary>"http" or "https".</summary>
    public string Scheme { get; }

    /// <summary>ASCII, lower case; IPv6 in brackets.</summary>
    public string Host { get; }

    /// <summary>The host as people read it (Unicode labels), for display only: lookalike letters make it unfit for comparing.</summary>
    public string DisplayHost { get; }

    /// <summary>True when the host is an IP address.</summary>
    public bool IsAddress { get; }

    public int Port { get; }

    /// <summary>Host, with the port when it is not the scheme's own.</summary>
    public string Authority { get; }

    /// <summary>Starts with "/".</summary>
    public string Path { get; }

    /// <summary>With its "?", or empty.</summary>
    public string Query { get; }

    /// <summary>"#!…" or empty.</summary>
    public string Fragment { get; }

    /// <summary>What a request line carries.</summary>
    public string PathAndQuery { get; }

    /// <summary>The text had no scheme and https was taken.</summary>
    public bool SchemeAssumed { get; }

    /// <summary>The same page without query and fragment.</summary>
    public CanonicalUrl WithoutQuery => Query.Length == 0 && Fragment.Length == 0
        ? this
        : new CanonicalUrl(Scheme, Host, DisplayHost, IsAddress, Port, Path, "", "", SchemeAssumed);

    /// <summary>Never throws, whatever the text. Blanks around it are trimmed. A text without scheme ("example.vn/x", "//example.vn/x") is taken as https.</summary>
    public static bool TryCreate(string? input, CanonicalUrlOptions options, [NotNullWhen(true)] out CanonicalUrl? url, out UrlProblem problem)
    {
        url = null;
        if (!Admit(ref input, out problem))
            return false;

        ReadOnlySpan<char> rest = input;
        string scheme = "https";
        bool assumed = false;
        int colon = SchemeEnd(rest);
        if (colon > 0 && (StartsWithSlashes(rest[(colon + 1)..], 2) || !LooksLikeHostAndPort(rest, colon)))
        {
            if (!TryScheme(rest[..colon], out scheme!))
                return Fail(UrlProblem.UnsupportedScheme, out problem);
            rest = TrimSlashes(rest[(colon + 1)..]);
        }
        else if (StartsWithSlashes(rest, 2))
        {
            assumed = true;
            rest = TrimSlashes(rest);
        }
        else if (rest[0] is '/' or '\\' or '?' or '#')
        {
            return Fail(UrlProblem.Malformed, out problem);
        }
        else
        {
            assumed = true;
        }

        return TryBuild(scheme, rest, assumed, options, out url, out problem);
    }

    /// <summary>Resolves a reference found in a page or a Location header against the URL it was found at (RFC 3986 section 5).</summary>
    public static bool TryResolve(CanonicalUrl origin, string? reference, CanonicalUrlOptions options, [NotNullWhen(true)] out CanonicalUrl? url, out UrlProblem problem)
    {
        url = null;
        if (!Admit(ref reference, out problem))
            return false;

        ReadOnlySpan<char> text = reference;
        if (SchemeEnd(text) is var colon and > 0)
        {
            return TryScheme(text[..colon], out string? scheme)
                ? TryBuild(scheme, TrimSlashes(text[(colon + 1)..]), assumed: false, options, out url, out problem)
                : Fail(UrlProblem.UnsupportedScheme, out problem);
        }

        if (StartsWithSlashes(text, 2))
            return TryBuild(origin.Scheme, TrimSlashes(text), assumed: false, options, out url, out problem);

        string target = text[0] switch
        {
            '/' or '\\' => reference,
            '?' => origin.Path + reference,
            '#' => origin.PathAndQuery + reference,
            _ => string.Concat(origin.Path.AsSpan(0, origin.Path.LastIndexOf('/') + 1), text),
        };
        return TryBuild(origin.Scheme, origin.Authority + target, assumed: false, options, out url, out problem);
    }

    /// <summary>
    /// True when this URL lies in a site section. "/forum" compares paths only (the section of this URL's own host);
    /// "example.vn/forum" or a whole URL also asks for that host and port, whatever the scheme. The path must match up to a segment border:
    /// "/forum" holds "/forum", "/forum/1" and "/forum?p=1", not "/forums". Query and fragment of the scope are ignored.
    /// </summary>
    public bool SameSection(string scopePrefix)
    {
        string scope = scopePrefix.Trim(' ');
        bool parsed = scope.StartsWith('/') && !StartsWithSlashes(scope, 2)
            ? TryResolve(this, scope, CanonicalUrlOptions.KeepAll, out CanonicalUrl? section, out _)
            : TryCreate(scope, CanonicalUrlOptions.KeepAll, out section, out _);
        return parsed && SameSection(section!);
    }

    /// <inheritdoc cref="SameSection(string)"/>
    public bool SameSection(CanonicalUrl section)
    {
        bool sameHost = Host == section.Host && (Port == section.Port || (Port == DefaultPort(Scheme) && section.Port == DefaultPort(section.Scheme)));
        if (!sameHost || !Path.StartsWith(section.Path, StringComparison.Ordinal))
            return false;
        return Path.Length == section.Path.Length || section.Path.EndsWith('/') || Path[section.Path.Length] == '/';
    }

    /// <summary>Brings a piece of a path and query into the escaping that <see cref="PathAndQuery"/> has, so that the two can be compared. Dot segments stay.</summary>
    public static string NormaliseEscapes(string pathAndQuery) => CanonicalUrlEscapes.Normalise(pathAndQuery, UrlPart.Query);

    public bool Equals(CanonicalUrl? other) => other is not null && Value == other.Value;

    public override bool Equals(object? obj) => Equals(obj as CanonicalUrl);

    public override int GetHashCode() => Value.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => Value;

    private static bool Admit([NotNullWhen(true)] ref string? input, out UrlProblem problem)
    {
        input = input?.Trim(' ');
        if (string.IsNullOrEmpty(input))
            return Fail(UrlProblem.Empty, out problem);
        if (input.Length > MaxLength)
            return Fail(UrlProblem.TooLong, out problem);
        foreach (char c in input)
        {
            if (char.IsControl(c))
                return Fail(UrlProblem.ControlCharacters, out problem);
        }

        problem = UrlProblem.None;
        return true;
    }

    private static bool TryBuild(string scheme, ReadOnlySpan<char> rest, bool assumed, CanonicalUrlOptions options, out CanonicalUrl? url, out UrlProblem problem)
    {
        url = null;
        int authorityEnd = rest.IndexOfAny("/\\?#");
        ReadOnlySpan<char> authority = authorityEnd < 0 ? rest : rest[..authorityEnd];
        ReadOnlySpan<char> tail = authorityEnd < 0 ? [] : rest[authorityEnd..];

        if (authority.Contains('@'))
            return Fail(UrlProblem.Credentials, out problem);
        int port = DefaultPort(scheme);
        int portColon = authority.LastIndexOf(':');
        if (portColon > authority.LastIndexOf(']'))
        {
            ReadOnlySpan<char> digits = authority[(portColon + 1)..];
            if (digits.Length > 0 && (!int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out port) || port is < 1 or > 65535))
                return Fail(UrlProblem.BadPort, out problem);
            authority = authority[..portColon];
        }

        // A lone word is no flagged URL: without a scheme only a dotted name or a bracketed address is taken for one.
        if (assumed && authority.IndexOfAny('.', '[', '\u3002') < 0)
            return Fail(UrlProblem.Malformed, out problem);
        if (!CanonicalUrlHost.TryParse(authority, out string? host, out string? display, out bool isAddress))
            return Fail(UrlProblem.BadHost, out problem);

        int hash = tail.IndexOf('#');
        ReadOnlySpan<char> fragment = hash < 0 ? [] : tail[(hash + 1)..];
        if (hash >= 0)
            tail = tail[..hash];
        int question = tail.IndexOf('?');
        ReadOnlySpan<char> query = question < 0 ? [] : tail[(question + 1)..];
        ReadOnlySpan<char> path = question < 0 ? tail : tail[..question];

        string canonicalFragment = fragment is ['!', ..] ? "#" + CanonicalUrlEscapes.Normalise(fragment, UrlPart.Query) : "";
        string canonicalPath = CanonicalUrlEscapes.RemoveDotSegments(CanonicalUrlEscapes.Normalise(path, UrlPart.Path));
        url = new CanonicalUrl(scheme, host, display, isAddress, port, canonicalPath, CanonicalQuery(query, options), canonicalFragment, assumed);
        if (url.Value.Length <= MaxLength)
        {
            problem = UrlProblem.None;
            return true;
        }

        url = null;
        return Fail(UrlProblem.TooLong, out problem);
    }

    private static string CanonicalQuery(ReadOnlySpan<char> query, CanonicalUrlOptions options)
    {
        string escaped = CanonicalUrlEscapes.Normalise(query, UrlPart.Query);
        if (escaped.Length == 0)
            return "";
        if (!options.DropsAny)
            return "?" + escaped;

        var kept = new StringBuilder(escaped.Length + 1);
        bool first = true;
        foreach (Range range in escaped.AsSpan().Split('&'))
        {
            ReadOnlySpan<char> parameter = escaped.AsSpan(range);
            int equals = parameter.IndexOf('=');
            if (options.Drops(CanonicalUrlEscapes.Decode(equals < 0 ? parameter : parameter[..equals])))
                continue;
            kept.Append(first ? '?' : '&').Append(parameter);
            first = false;
        }

        return kept.Length <= 1 ? "" : kept.ToString();
    }

    /// <summary>Index of the colon that ends a scheme (RFC 3986 section 3.1), or -1.</summary>
    private static int SchemeEnd(ReadOnlySpan<char> text)
    {
        if (!char.IsAsciiLetter(text[0]))
            return -1;
        for (int i = 1; i < text.Length; i++)
        {
            if (text[i] == ':')
                return i;
            if (!char.IsAsciiLetterOrDigit(text[i]) && text[i] is not ('+' or '-' or '.'))
                return -1;
        }

        return -1;
    }

    /// <summary>"example.vn:8080/x" reads as a scheme by the grammar; people mean a host and a port.</summary>
    private static bool LooksLikeHostAndPort(ReadOnlySpan<char> text, int colon)
    {
        if (!text[..colon].Contains('.'))
            return false;
        ReadOnlySpan<char> after = text[(colon + 1)..];
        int end = after.IndexOfAny("/\\?#");
        return !(end < 0 ? after : after[..end]).ContainsAnyExceptInRange('0', '9');
    }

    private static bool TryScheme(ReadOnlySpan<char> text, [NotNullWhen(true)] out string? scheme)
    {
        scheme = text.Equals("https", StringComparison.OrdinalIgnoreCase) ? "https"
            : text.Equals("http", StringComparison.OrdinalIgnoreCase) ? "http"
            : null;
        return scheme is not null;
    }

    private static bool StartsWithSlashes(ReadOnlySpan<char> text, int count) => text.Length >= count && !text[..count].ContainsAnyExcept('/', '\\');

    private static ReadOnlySpan<char> TrimSlashes(ReadOnlySpan<char> text) => text.TrimStart("/\\");

    private static int DefaultPort(string scheme) => scheme == "http" ? 80 : 443;

    private static bool Fail(UrlProblem reason, out UrlProblem problem)
    {
        problem = reason;
        return false;
    }
}
