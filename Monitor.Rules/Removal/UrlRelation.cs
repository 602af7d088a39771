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

        var home = to.AbsolutePath is "/" or "/index.html" or "/index.php" or "/home" || (segments.Length == 1 && segments[0].Length == 2);
        return home && from.AbsolutePath.Length > 1 ? FinalUrlRelation.Home : FinalUrlRelation.OtherPath;
    }

    private static string Key(Uri url) => Bare(url.Host) + url.PathAndQuery.TrimEnd('/');

    private static string Bare(string host) =>
        host.StartsWith("www.", StringComparison.OrdinalIgnoreCase) ? host[4..] : host.StartsWith("m.", StringComparison.OrdinalIgnoreCase) ? host[2..] : host;

    private static bool Any(string[] segments, string[] words) =>
        segments.Any(segment => words.Any(word => segment.Equals(word, StringComparison.OrdinalIgnoreCase) || segment.StartsWith(word + ".", StringComparison.OrdinalIgnoreCase)));
}
