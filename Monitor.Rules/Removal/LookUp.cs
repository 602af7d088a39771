namespace Monitor.Rules.Removal;

/// <summary>Tells look-ups (APIs, oEmbed) from pages.</summary>
internal static class LookUp
{
    public static bool IsOne(PageObservation page, string text)
    {
        var start = text.AsSpan().TrimStart();
        return page.Headers.GetValueOrDefault("content-type", "").Contains("json", StringComparison.OrdinalIgnoreCase) || (start.Length > 1 && start[0] is '{' or '[') || IsAddress(page.RequestedUrl);
    }

    public static bool IsEmbed(string url) => Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.AbsolutePath.Contains("oembed", StringComparison.OrdinalIgnoreCase);

    /// <summary>A search, whose empty answer is about the words asked for.</summary>
    public static bool IsSearch(string url)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri))
        {
            return false;
        }

        foreach (var segment in uri.AbsolutePath.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (segment.Equals("search", StringComparison.OrdinalIgnoreCase) || segment.StartsWith("search.", StringComparison.OrdinalIgnoreCase) || segment.Equals("tim-kiem", StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return uri.Query.Length > 1 && Array.Exists(uri.Query[1..].Split('&'), static pair => pair.StartsWith("q=", StringComparison.OrdinalIgnoreCase) || pair.StartsWith("query=", StringComparison.OrdinalIgnoreCase)
            || pair.StartsWith("keyword=", StringComparison.OrdinalIgnoreCase) || pair.StartsWith("search=", StringComparison.OrdinalIgnoreCase));
    }

    public static bool IsAddress(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var uri)
        && (uri.Host.StartsWith("api.", StringComparison.OrdinalIgnoreCase) || uri.Host.StartsWith("graph.", StringComparison.OrdinalIgnoreCase)
            || uri.AbsolutePath.Contains("/api/", StringComparison.OrdinalIgnoreCase) || uri.AbsolutePath.Contains("oembed", StringComparison.OrdinalIgnoreCase)
            || uri.AbsolutePath.Contains("/graphql", StringComparison.OrdinalIgnoreCase) || uri.AbsolutePath.EndsWith(".json", StringComparison.OrdinalIgnoreCase));
}
