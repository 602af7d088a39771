using System.Globalization;
using System.Text;
using Monitor.Rules.Removal;

namespace Monitor.Worker.Bench;

/// <summary>
/// Pages as sites write them, a pure function of a number: head with metadata, navigation, main part, comments, related items, a script with data; of a wanted size.
/// Every fourth is a notice that the item is gone, in the same surroundings; every fourth of those shows a log-in instead.
/// </summary>
internal sealed class ClassifyPages
{
    private static readonly string[] Notices = ["Trang bạn yêu cầu không tồn tại.", "This video has been removed by its owner.", "Bài viết này đã bị xóa.", "The requested thread could not be found."];

    private readonly BenchContent _content;
    private readonly int _pageBytes;

    public ClassifyPages(int pageBytes)
    {
        _pageBytes = pageBytes;
        _content = new BenchContent(pageBytes: 2048);
    }

    public static string Url(int number) => string.Create(CultureInfo.InvariantCulture, $"https://bench.example/bai/{number}");

    public static Liveness Expected(int number) => number % 4 != 3 ? Liveness.Live : number % 16 == 15 ? Liveness.Inconclusive : Liveness.ProbablyGone;

    public byte[] Page(int number)
    {
        var name = number.ToString(CultureInfo.InvariantCulture);
        var live = Expected(number) == Liveness.Live;
        var title = live ? $"Ghi chép bên bờ sông số {name} | Bến Nước" : "Bến Nước";
        var html = new StringBuilder(_pageBytes + 4096);
        html.Append("<!doctype html>\n<html lang=\"vi\"><head><meta charset=\"utf-8\"><title>").Append(title).Append("</title>\n<meta name=\"viewport\" content=\"width=device-width\"><meta property=\"og:site_name\" content=\"Bến Nước\">")
            .Append("<link rel=\"stylesheet\" href=\"/a.css\"><style>.menu{display:flex}.hidden{display:none}</style></head>\n<body class=\"page theme-light\"><header class=\"site-header\"><nav class=\"navbar\"><ul>");
        for (var i = 0; i < 20; i++)
        {
            html.Append("<li class=\"nav-item\"><a class=\"nav-link\" href=\"/muc/").Append(i).Append("\"><span>Mục ").Append(i).Append("</span></a></li>");
        }

        html.Append("</ul></nav></header>\n<main id=\"content\" class=\"container\">");
        if (live)
        {
            html.Append("<article><h1 class=\"title\">Ghi chép bên bờ sông số ").Append(name).Append("</h1><div class=\"byline\"><span class=\"author\">benxua</span> · <time>12/5</time></div>");
            html.Append(Paragraphs(number)).Append("</article>\n<section class=\"comments\">");
            for (var i = 0; html.Length < _pageBytes / 2; i++)
            {
                html.Append("<div class=\"comment\" id=\"c").Append(i).Append("\"><a class=\"user\" href=\"/u/").Append(i).Append("\">nguoi").Append(i).Append("</a><p>Bài hay quá, mình cũng từng ngồi ở bến ấy một chiều.</p><span class=\"meta\">").Append(i).Append(" thích · trả lời</span></div>\n");
            }

            html.Append("</section>");
        }
        else if (Expected(number) == Liveness.Inconclusive)
        {
            html.Append("<form action=\"/dang-nhap\"><p>Vui lòng đăng nhập để xem nội dung này.</p><input name=\"u\"><input type=\"password\" name=\"p\"></form>");
        }
        else
        {
            html.Append("<div class=\"box\"><p>").Append(Notices[number / 4 % Notices.Length]).Append("</p></div>");
        }

        html.Append("</main>\n<aside class=\"sidebar\"><h3>Có thể bạn quan tâm</h3>");
        for (var i = 0; html.Length < _pageBytes * 4 / 5; i++)
        {
            html.Append("<div class=\"card\"><a href=\"/bai/").Append(i + 7000).Append("\"><img class=\"thumb\" src=\"/nho/").Append(i).Append(".jpg\" alt=\"\" loading=\"lazy\"><span class=\"card-title\">Chuyện làng nghề kỳ ").Append(i).Append("</span></a></div>\n");
        }

        html.Append("</aside>\n<footer class=\"site-footer\"><p>Điều khoản · Bảo mật · Liên hệ</p></footer>\n<script>window.__data={\"items\":[");
        for (var i = 0; html.Length < _pageBytes - 200; i++)
        {
            html.Append(i > 0 ? "," : "").Append("{\"id\":").Append(i).Append(",\"state\":\"shown\",\"name\":\"kỳ ").Append(i).Append("\"}");
        }

        return Encoding.UTF8.GetBytes(html.Append("]};</script></body></html>\n").ToString());
    }

    private string Paragraphs(int number)
    {
        var page = Encoding.UTF8.GetString(_content.Page(number * 100));
        var from = page.IndexOf("<p>", StringComparison.Ordinal);
        return page[from..page.LastIndexOf("</p>", page.IndexOf("</article>", StringComparison.Ordinal), StringComparison.Ordinal)] + "</p>";
    }
}
