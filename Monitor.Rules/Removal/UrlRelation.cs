namespace Monitor.Rules.Removal;

/// <summary>How the address that answered relates to the one asked for.</summary>
public enum FinalUrlRelation
{
    Same,

    /// <summary>Same host, another path that is neither of the named kinds: a canonical slug, usually.</summary>
    OtherPath,
    Home,
    Login,
    Consent,
    ErrorPage,
    OtherHost,
}

public static class UrlRelation
{
    private static readonly string[] LoginWords = ["login", "signin", "sign-in", "log-in", "dang-nhap", "dangnhap", "auth", "checkpoint", "accounts"];
    private static readonly string[] ConsentWords = ["consent", "cookie-wall", "privacy-gate"];
    private static readonly string[] ErrorWords = ["404", "error", "not-found", "notfound", "khong-tim-thay", "removed", "deleted", "unavailable"];

    public static FinalUrlRelation Between(string requested, string final)
    {
        if (!Uri.TryCreate(requested, UriKind.Absolute, out var from) || !Uri.TryCreate(final, UriKind.Absolute, out var to))
        {
            return FinalUrlRelation.Same;
        }

        if (string.Equals(Key(from), Key(to), StringComparison.OrdinalIgnoreCase))
        {
            return FinalUrlRelation.Same;
        }

        var segments = to.AbsolutePath.Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (Any(segments, LoginWords) || to.Host.StartsWith("login.", StringComparison.OrdinalIgnoreCase) || to.Host.StartsWith("accounts.", StringComparison.OrdinalIgnoreCase))
        {
            return FinalUrlRelation.Login;
        }

        if (Any(segments, ConsentWords) || to.Host.StartsWith("consent.", StringComparison.OrdinalIgnoreCase))
        {
            return FinalUrlRelation.Consent;
        }

        if (Any(segments, ErrorWords))
        {
            return FinalUrlRelation.ErrorPage;
        }

        if (!string.Equals(Bare(from.Host), Bare(to.Host), StringComparison.OrdinalIgnoreCase))
        {
            return FinalUrlRelation.OtherHost;
        }

        var home = to.AbsolutePath is "/" or "/index.html" or "/index.php" or "/home" || (segments.Length == 1 && segments[0].Length == 2);
        return home && from.AbsolutePath.Length > 1 ? FinalUrlRelation.Home : FinalUrlRelation.OtherPath;
    }

    private static string Key(Uri url) => Bare(url.Host) + url.PathAndQuery.TrimEnd('/');

    private static string Bare(string host) =>
        host.StartsWith("www.", StringComparison.OrdinalIgnoreCase) ? host[4..] : host.StartsWith("m.", StringComparison.OrdinalIgnoreCase) ? host[2..] : host;

    private static bool Any(string[] segments, string[] words) =>
        segments.Any(segment => words.Any(word => segment.Equals(word, StringComparison.OrdinalIgnoreCase) || segment.StartsWith(word + ".", StringComparison.OrdinalIgnoreCase)));
}
