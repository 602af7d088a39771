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

    /// <summary>A check for humans: "/sorry/", "/captcha", "/cdn-cgi/challenge…".</summary>
    Challenge,

    /// <summary>A trader in domains, or a service that shows parked ones.</summary>
    Parking,
}

public static class UrlRelation
{
    private static readonly string[] LoginWords = ["login", "signin", "sign-in", "sign_in", "log-in", "log_in", "logon", "dang-nhap", "dangnhap", "auth", "authorize", "oauth", "sso", "checkpoint", "accounts", "uiserve", "servicelogin", "session", "authwall", "wp-login", "connexion", "anmelden", "iniciar-sesion", "loginpage"];
    private static readonly string[] ConsentWords = ["consent", "cookie-wall", "privacy-gate"];
    private static readonly string[] ChallengeWords = ["captcha", "sorry", "challenge", "are-you-human", "human-verification", "recaptcha", "cdn-cgi"];
    private static readonly string[] ErrorWords = ["404", "error", "errors", "error404", "404error", "err404", "error-404", "404-error", "not-found", "not_found", "notfound", "page-not-found", "pagenotfound", "khong-tim-thay", "khong-ton-tai", "loi-404", "trang-loi", "removed", "deleted", "unavailable", "missing", "gone", "oops"];

    private static readonly string[] ParkingHosts = ["hugedomains.com", "sedo.com", "sedoparking.com", "dan.com", "afternic.com", "bodis.com", "parkingcrew.net", "above.com", "undeveloped.com", "dynadot.com", "domainmarket.com", "buydomains.com", "sav.com", "atom.com", "parklogic.com"];

    /// <summary>The two addresses have a word or number of the item in common.</summary>
    public static bool SharesItem(string requested, string final)
    {
        if (!Uri.TryCreate(requested, UriKind.Absolute, out var from) || !Uri.TryCreate(final, UriKind.Absolute, out var to))
        {
            return true;
        }

        var answered = to.PathAndQuery;
        foreach (var word in from.PathAndQuery.Split(Separators, StringSplitOptions.RemoveEmptyEntries))
        {
            if ((word.Length >= 4 || word.Any(char.IsAsciiDigit)) && answered.Contains(word, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return from.PathAndQuery.Length <= 1;
    }

    private static readonly char[] Separators = ['/', '?', '&', '=', '-', '_', '.', '+', '%', '~', '@'];

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

        if (Any(segments, ChallengeWords))
        {
            return FinalUrlRelation.Challenge;
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
            var host = Bare(to.Host);
            return Array.Exists(ParkingHosts, known => host.Equals(known, StringComparison.OrdinalIgnoreCase) || host.EndsWith("." + known, StringComparison.OrdinalIgnoreCase)) ? FinalUrlRelation.Parking : FinalUrlRelation.OtherHost;
        }

        if (!IsFront(to))
        {
            return FinalUrlRelation.OtherPath;
        }

        // What was asked for was the front page itself, with words for the site's statistics.
        return IsFront(from) ? (from.AbsolutePath == to.AbsolutePath ? FinalUrlRelation.Same : FinalUrlRelation.OtherPath)
            : Query(to).Any(static pair => Array.Exists(LoginWords, word => pair.Key.Equals(word, StringComparison.OrdinalIgnoreCase))) ? FinalUrlRelation.Login
            : FinalUrlRelation.Home;
    }

    /// <summary>An address that holds nothing but a number leads to one that spells the page's title: the item's full address.</summary>
    public static bool Spells(string requested, string? final, string title)
    {
        if (!Uri.TryCreate(requested, UriKind.Absolute, out var from) || !Uri.TryCreate(final, UriKind.Absolute, out var to) || !string.Equals(Bare(from.Host), Bare(to.Host), StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        var asked = from.AbsolutePath.Split(Separators, StringSplitOptions.RemoveEmptyEntries).Concat(Query(from).Select(static pair => pair.Value)).ToList();
        if (!asked.Exists(static word => word.Any(char.IsAsciiDigit)) || asked.Exists(static word => word.Length >= 4 && word.All(char.IsAsciiLetter)))
        {
            return false;
        }

        var words = (to.AbsolutePath.Split('/', StringSplitOptions.RemoveEmptyEntries).LastOrDefault() ?? "").Split(Separators, StringSplitOptions.RemoveEmptyEntries);
        var named = NoticeText.Fold(title).Split(' ', ',');
        return words.Length >= 3 && words.All(word => named.Contains(word, StringComparer.OrdinalIgnoreCase));
    }

    /// <summary>The site's front page: its path, and no query that could name an item ("?p=123").</summary>
    private static bool IsFront(Uri url)
    {
        var segments = url.AbsolutePath.Split('/', StringSplitOptions.RemoveEmptyEntries);
        return (url.AbsolutePath is "/" or "/index.html" or "/index.php" or "/home" || (segments.Length == 1 && segments[0].Length == 2))
            && Query(url).All(static pair => pair.Key.StartsWith("utm_", StringComparison.OrdinalIgnoreCase)
                || Array.Exists(FrontKeys, key => pair.Key.Equals(key, StringComparison.OrdinalIgnoreCase))
                || Array.Exists(LoginWords, word => pair.Key.Equals(word, StringComparison.OrdinalIgnoreCase))
                || Array.Exists(ErrorWords, word => pair.Key.Equals(word, StringComparison.OrdinalIgnoreCase)));
    }

    private static IEnumerable<(string Key, string Value)> Query(Uri url)
    {
        foreach (var pair in url.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var at = pair.IndexOf('=', StringComparison.Ordinal);
            yield return at < 0 ? (pair, "") : (pair[..at], pair[(at + 1)..]);
        }
    }

    /// <summary>Keys of a front page's query that name no item: language, where the visitor came from, what went wrong.</summary>
    private static readonly string[] FrontKeys = ["lang", "language", "locale", "hl", "ref", "referrer", "src", "source", "from", "fbclid", "gclid", "err", "error_code", "msg", "message", "notice", "status", "redirect", "redirect_to", "redirected", "return", "returnurl", "return_to", "next", "continue"];

    private static string Key(Uri url) => Bare(url.Host) + url.PathAndQuery.TrimEnd('/');

    private static string Bare(string host) =>
        host.StartsWith("www.", StringComparison.OrdinalIgnoreCase) ? host[4..] : host.StartsWith("m.", StringComparison.OrdinalIgnoreCase) ? host[2..] : host;

    private static bool Any(string[] segments, string[] words) =>
        segments.Any(segment => words.Any(word => segment.Equals(word, StringComparison.OrdinalIgnoreCase) || segment.StartsWith(word + ".", StringComparison.OrdinalIgnoreCase)));
}
