using System.Globalization;
using System.Text;

namespace Monitor.Worker.Demo;

/// <summary>Writes the platforms' HTML.</summary>
internal static class SamplePages
{
    /// <summary>First path segments of links that would act on something. Whoever follows one has done harm.</summary>
    public static IReadOnlyList<string> ActingSegments { get; } =
        ["bao-cao", "report", "xoa", "delete", "dang-xuat", "logout", "tim-bang-hinh-anh", "search-by-image"];

    public static string Target(SamplePlatform platform, DateTimeOffset now)
    {
        var (words, look, target) = (SampleWords.In(platform.Language), platform.Look, platform.Target);
        return Page(platform, look.Title, now, html =>
        {
            html.Append(CultureInfo.InvariantCulture, $"<h1>{Escape(look.Title)}</h1>\n");
            var pictures = string.Concat(target.MediaUrls.Select((url, index) => Picture(platform, url, index)));
            if (target.DeadMediaUrl is { } dead)
                pictures += Picture(platform, dead, target.MediaUrls.Count);
            var text = string.Concat(look.Paragraphs.Select(paragraph => $"<p>{Escape(paragraph)}</p>\n"));
            // A counter that moves: two visits are never byte for byte the same.
            var views = look.Views + (int)Math.Clamp((now - DateTimeOffset.UnixEpoch).TotalHours % 100_000, 0, 100_000);
            var meta = string.Create(CultureInfo.InvariantCulture, $"<p class=\"meta\">{Escape(look.Author)} · {views} {words.Views}</p>\n");
            switch (look.Layout)
            {
                case SampleLayout.Article:
                    html.Append(meta).Append("<article>\n").Append(text).Append("<figure>\n").Append(pictures).Append("</figure>\n</article>\n");
                    break;
                case SampleLayout.Forum:
                    html.Append("<div class=\"post first\">\n").Append(meta).Append(text).Append(pictures).Append("</div>\n");
                    break;
                case SampleLayout.Profile:
                    html.Append(CultureInfo.InvariantCulture, $"<div class=\"profile\"><h2>{Escape(look.Author)}</h2>\n").Append(meta).Append("<div class=\"wall\">\n").Append(pictures).Append(text).Append("</div></div>\n");
                    break;
                case SampleLayout.Product:
                    html.Append("<div class=\"item\"><div class=\"photos\">\n").Append(pictures).Append("</div>\n<table><tr><td>#</td><td>").Append(Escape(look.ItemId))
                        .Append("</td></tr></table>\n").Append(text).Append(meta).Append("</div>\n");
                    break;
                case SampleLayout.Gallery:
                    html.Append("<ul class=\"gallery\">\n").Append(pictures.Replace("<img", "<li><img", StringComparison.Ordinal)).Append("</ul>\n").Append(text).Append(meta);
                    break;
            }

            html.Append(CultureInfo.InvariantCulture, $"<section class=\"comments\" id=\"binh-luan\"><h2>{words.Comment}</h2>\n");
            foreach (var (who, what) in look.Comments)
                html.Append(CultureInfo.InvariantCulture, $"<div class=\"comment\"><b>{Escape(who)}</b>: <span>{Escape(what)}</span></div>\n");
            html.Append("</section>\n");
            Acting(html, platform, words);
        });
    }

    public static string Home(SamplePlatform platform, bool listed, DateTimeOffset now)
    {
        var words = SampleWords.In(platform.Language);
        return Page(platform, platform.Name, now, html =>
        {
            html.Append(CultureInfo.InvariantCulture, $"<h1>{Escape(platform.Name)}</h1>\n<ul>\n");
            if (listed)
                html.Append(CultureInfo.InvariantCulture, $"<li><a href=\"{Escape(platform.Target.PageUrl)}\">{Escape(platform.Look.Title)}</a></li>\n");
            foreach (var related in words.Related)
                html.Append(CultureInfo.InvariantCulture, $"<li>{Escape(related)}</li>\n");
            html.Append("</ul>\n");
        });
    }

    public static string Missing(SamplePlatform platform, bool soft, DateTimeOffset now)
    {
        var words = SampleWords.In(platform.Language);
        return Message(platform, soft ? words.SoftMissingTitle : words.MissingTitle, soft ? words.SoftMissing : words.Missing, now);
    }

    public static string Outage(SamplePlatform platform, DateTimeOffset now)
    {
        var words = SampleWords.In(platform.Language);
        return Message(platform, words.OutageTitle, words.Outage, now);
    }

    public static string Restricted(SamplePlatform platform, DateTimeOffset now)
    {
        var words = SampleWords.In(platform.Language);
        return Message(platform, words.RestrictedTitle, words.Restricted, now);
    }

    public static string Login(SamplePlatform platform, DateTimeOffset now)
    {
        var words = SampleWords.In(platform.Language);
        return Page(platform, words.LoginTitle, now, html => html.Append(CultureInfo.InvariantCulture, $"""
            <h1>{words.LoginTitle}</h1>
            <p>{words.Login}</p>
            <form method="post" action="/login">
            <label>{words.Account} <input type="text" name="account"></label>
            <label>{words.Password} <input type="password" name="password"></label>
            <button>{words.LoginTitle}</button>
            </form>

            """));
    }

    private static string Message(SamplePlatform platform, string title, string text, DateTimeOffset now) =>
        Page(platform, title, now, html => html.Append(CultureInfo.InvariantCulture, $"<h1>{Escape(title)}</h1>\n<p>{Escape(text)}</p>\n<p><a href=\"/\">{Escape(platform.Name)}</a></p>\n"));

    private static string Page(SamplePlatform platform, string title, DateTimeOffset now, Action<StringBuilder> main)
    {
        var (words, look) = (SampleWords.In(platform.Language), platform.Look);
        var html = new StringBuilder(6 * 1024);
        html.Append(CultureInfo.InvariantCulture, $"<!DOCTYPE html>\n<html lang=\"{platform.Language}\">\n<head>\n");
        if (!look.CharsetInHeader)
            html.Append("<meta charset=\"utf-8\">\n");
        html.Append(CultureInfo.InvariantCulture, $"<title>{Escape(title)} | {Escape(platform.Name)}</title>\n")
            .Append(CultureInfo.InvariantCulture, $"<meta name=\"csrf-token\" content=\"{now.ToUnixTimeSeconds() / 3600:x}\">\n</head>\n<body>\n");
        Open(html, look, "header", "site-header");
        html.Append(CultureInfo.InvariantCulture, $"<a href=\"/\">{Escape(platform.Name)}</a>\n");
        Open(html, look, "nav", "menu");
        html.Append(CultureInfo.InvariantCulture, $"<a href=\"/\">{words.Navigation[0]}</a> <a href=\"/?moi\">{words.Navigation[1]}</a> <a href=\"/gioi-thieu\">{words.Navigation[2]}</a> <a href=\"/{(platform.Language == "vi" ? "dang-xuat" : "logout")}\">{words.Logout}</a>\n");
        Close(html, look, "nav");
        Close(html, look, "header");
        Open(html, look, "main", "content");
        main(html);
        Close(html, look, "main");
        Open(html, look, "aside", "sidebar");
        html.Append(CultureInfo.InvariantCulture, $"<h3>{words.RelatedHead}</h3>\n<ul>\n");
        foreach (var related in look.Related)
            html.Append(CultureInfo.InvariantCulture, $"<li>{Escape(related)}</li>\n");
        if (platform.Behaviour.Name == "talks-about-removal")
            html.Append(CultureInfo.InvariantCulture, $"<li>{Escape(words.RemovedTalk[0])}</li>\n");
        html.Append("</ul>\n");
        Close(html, look, "aside");
        Open(html, look, "footer", "site-footer");
        html.Append(CultureInfo.InvariantCulture, $"<p>{words.Footer}</p>\n");
        Close(html, look, "footer");
        return html.Append("</body>\n</html>\n").ToString();
    }

    private static void Acting(StringBuilder html, SamplePlatform platform, SampleWords words)
    {
        var vietnamese = platform.Language == "vi";
        var id = platform.Look.ItemId;
        var picture = platform.Target.MediaUrls.Count > 0 ? platform.Target.MediaUrls[0] : platform.Target.PageUrl;
        html.Append("<p class=\"tools\">")
            .Append(CultureInfo.InvariantCulture, $"<a href=\"/{(vietnamese ? "bao-cao" : "report")}?id={id}\">{words.Report}</a> ")
            .Append(CultureInfo.InvariantCulture, $"<a href=\"/{(vietnamese ? "xoa" : "delete")}/{id}\">{words.Delete}</a> ")
            .Append(CultureInfo.InvariantCulture, $"<a href=\"/{(vietnamese ? "tim-bang-hinh-anh?anh" : "search-by-image?url")}={Uri.EscapeDataString(picture)}\">{words.SearchByPicture}</a>")
            .Append("</p>\n");
    }

    private static string Picture(SamplePlatform platform, string url, int index) =>
        string.Create(CultureInfo.InvariantCulture, $"<img src=\"{Escape(platform.Host == platform.MediaHost ? new Uri(url).PathAndQuery : url)}\" alt=\"{index + 1}\">\n");

    private static void Open(StringBuilder html, SampleLook look, string element, string name) =>
        html.Append(CultureInfo.InvariantCulture, $"<{(look.Landmarks ? element : $"div class=\"{name}\"")}>\n");

    private static void Close(StringBuilder html, SampleLook look, string element) =>
        html.Append(CultureInfo.InvariantCulture, $"</{(look.Landmarks ? element : "div")}>\n");

    private static string Escape(string text) =>
        text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace("\"", "&quot;", StringComparison.Ordinal);
}
