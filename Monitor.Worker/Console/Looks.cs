using Monitor.Worker.Diagnostics;

namespace Monitor.Worker.Console;

public enum Theme
{
    /// <summary>As the browser likes it.</summary>
    System,
    Light,
    Dark,
}

/// <summary>Language and theme that somebody chose; kept in their browser, as they say nothing about anybody.</summary>
internal static class Looks
{
    private const string LanguageCookie = "monitor-lang";
    private const string ThemeCookie = "monitor-theme";

    public static Language LanguageOf(HttpContext http) => http.Request.Cookies[LanguageCookie] == "en" ? Language.English : Language.Vietnamese;

    public static Theme ThemeOf(HttpContext http) => http.Request.Cookies[ThemeCookie] switch
    {
        "light" => Theme.Light,
        "dark" => Theme.Dark,
        _ => Theme.System,
    };

    public static void Choose(HttpContext http, Language? language, Theme? theme)
    {
        var options = new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = http.Request.IsHttps, MaxAge = TimeSpan.FromDays(400), IsEssential = true };
        if (language is { } spoken)
        {
            http.Response.Cookies.Append(LanguageCookie, spoken == Language.English ? "en" : "vi", options);
        }

        if (theme is { } chosen)
        {
            http.Response.Cookies.Append(ThemeCookie, chosen.ToString().ToLowerInvariant(), options);
        }
    }
}
