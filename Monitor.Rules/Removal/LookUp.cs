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

    public static bool IsAddress(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var uri)
        && (uri.Host.StartsWith("api.", StringComparison.OrdinalIgnoreCase) || uri.Host.StartsWith("graph.", StringComparison.OrdinalIgnoreCase)
            || uri.AbsolutePath.Contains("/api/", StringComparison.OrdinalIgnoreCase) || uri.AbsolutePath.Contains("oembed", StringComparison.OrdinalIgnoreCase)
            || uri.AbsolutePath.Contains("/graphql", StringComparison.OrdinalIgnoreCase) || uri.AbsolutePath.EndsWith(".json", StringComparison.OrdinalIgnoreCase));
}
