namespace Monitor.Rules.Replies;

/// <summary>Which of the notice's pages an answer names, however it writes their addresses (hxxps, [.], without scheme).</summary>
internal static class NamedUrls
{
    public static IReadOnlyList<string> In(string text, IReadOnlyList<string> urls)
    {
        var plain = Plain(text);
        return [.. urls.Where(url => Names(plain, Plain(url)))];
    }

    private static bool Names(string text, string url)
    {
        for (var at = text.IndexOf(url, StringComparison.Ordinal); at >= 0; at = text.IndexOf(url, at + 1, StringComparison.Ordinal))
        {
            // "…/p/7" does not name "…/p/71".
            var end = at + url.Length;
            if (end >= text.Length || !(char.IsLetterOrDigit(text[end]) || text[end] is '-' or '_' or '%' or '&' or '=' || (text[end] is '/' or '?' or '#' && end + 1 < text.Length && char.IsLetterOrDigit(text[end + 1]))))
            {
                return true;
            }
        }

        return false;
    }

    private static string Plain(string text)
    {
        var plain = text.ToLowerInvariant().Replace("hxxp", "http", StringComparison.Ordinal).Replace("[.]", ".", StringComparison.Ordinal).Replace("(.)", ".", StringComparison.Ordinal).Replace("[dot]", ".", StringComparison.Ordinal).Replace("[:]", ":", StringComparison.Ordinal);
        return plain.Replace("https://", "", StringComparison.Ordinal).Replace("http://", "", StringComparison.Ordinal).Replace("www.", "", StringComparison.Ordinal).TrimEnd('/');
    }
}
