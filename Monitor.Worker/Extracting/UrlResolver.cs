using System.Buffers;
using System.Globalization;
using Monitor.Rules.Removal;

namespace Monitor.Worker.Extracting;

/// <summary>Makes addresses of a page absolute. Only http and https lead anywhere; an absolute address stays as it was written.</summary>
internal sealed class UrlResolver
{
    private const int MaxLength = 8192;

    // What needs neither escaping nor thought in a relative reference (RFC 3986, 2.2 and 2.3).
    private static readonly SearchValues<char> Plain =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~/?=&+,;!$'()*@");

    private readonly Uri? _base;
    private readonly string? _origin;
    private readonly string? _folder;

    /// <param name="baseHref">href of the base element, or null.</param>
    public UrlResolver(string finalUrl, string? baseHref)
    {
        _ = Uri.TryCreate(finalUrl, UriKind.Absolute, out _base);
        if (baseHref is not null && Resolve(baseHref) is { } resolved)
            _ = Uri.TryCreate(resolved, UriKind.Absolute, out _base);
        if (_base is null || !IsWeb(_base))
            return;

        _origin = _base.GetLeftPart(UriPartial.Authority);
        string path = _base.GetLeftPart(UriPartial.Path);
        _folder = path[..(path.LastIndexOf('/') + 1)];
        if (_folder.Length <= _origin.Length || _base.UserInfo.Length > 0)
            (_origin, _folder) = (null, null);
    }

    /// <summary>Null for what is empty, malformed, too long or not http(s).</summary>
    public string? Resolve(string raw)
    {
        string url = Clean(raw);
        if (url.Length is 0 or > MaxLength)
            return null;

        if (Joined(url) is { } joined)
            return joined;

        if (url.StartsWith("//", StringComparison.Ordinal) && _base is not null)
            url = _base.Scheme + ":" + url;
        if (Uri.TryCreate(url, UriKind.Absolute, out Uri? absolute) && !url.StartsWith('/'))
            return IsWeb(absolute) && absolute.Host.Length > 0 ? url : null;

        return _base is not null && Uri.TryCreate(_base, url, out Uri? combined) && IsWeb(combined) ? combined.AbsoluteUri : null;
    }

    /// <summary>Reads the content of a meta refresh ("5; url='/next'"); null when it only reloads the page.</summary>
    public MetaRefresh? Refresh(string content)
    {
        ReadOnlySpan<char> rest = content.AsSpan().Trim();
        int digits = 0;
        while (digits < rest.Length && (char.IsAsciiDigit(rest[digits]) || rest[digits] == '.'))
            digits++;
        _ = double.TryParse(rest[..digits], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double delay);
        rest = rest[digits..].TrimStart(" \t\r\n;,");
        if (rest.StartsWith("url", StringComparison.OrdinalIgnoreCase))
        {
            ReadOnlySpan<char> value = rest[3..].TrimStart();
            if (!value.IsEmpty && value[0] == '=')
                rest = value[1..].TrimStart();
        }

        if (!rest.IsEmpty && rest[0] is '"' or '\'')
        {
            int end = rest[1..].IndexOf(rest[0]);
            rest = end < 0 ? rest[1..] : rest.Slice(1, end);
        }

        return !rest.IsEmpty && Resolve(rest.ToString()) is { } url ? new MetaRefresh(url, delay) : null;
    }

    /// <summary>Most addresses of a page are plain paths: joined without building a Uri for each. Null for all others.</summary>
    private string? Joined(string url)
    {
        if (_origin is null || _folder is null || url.AsSpan().ContainsAnyExcept(Plain) || url[0] == '.' || url.Contains("/.", StringComparison.Ordinal))
            return null;

        if (url[0] == '/')
            return url.Length > 1 && url[1] == '/' ? null : _origin + url;
        return url[0] == '?' ? null : _folder + url;
    }

    /// <summary>As the URL standard has it: outer white space and inner tabs and line ends do not count.</summary>
    private static string Clean(string raw)
    {
        string trimmed = raw.Trim();
        return trimmed.AsSpan().ContainsAny('\t', '\n', '\r')
            ? trimmed.Replace("\t", "", StringComparison.Ordinal).Replace("\n", "", StringComparison.Ordinal).Replace("\r", "", StringComparison.Ordinal)
            : trimmed;
    }

    private static bool IsWeb(Uri uri) => uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps;
}
