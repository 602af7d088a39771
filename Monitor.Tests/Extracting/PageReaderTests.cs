using System.Text;
using Monitor.Rules.Removal;
using Monitor.Worker.Extracting;

namespace Monitor.Tests.Extracting;

public sealed class PageReaderTests
{
    [Fact]
    public void A_whole_page()
    {
        PageOutline page = Pages.Outline("""
            <!doctype html><html lang="vi-VN"><head><title>
              Đèn  lồng &amp; nến </title>
            <meta name="Robots" content="noindex"><meta name="robots" content="all"><meta property="og:type" content="article">
            <meta http-equiv="refresh" content="5; URL='next.html'"><link rel="canonical" href="/c"><script src="x.js"></script><script> </script>
            <script>var t = "<p>not text</p>";</script></head>
            <body><header><nav><a href="/">Trang chủ</a></nav></header>
            <main><h1>Đèn</h1><p>Mua <b>đèn</b> ở <a href="shop?a=1&amp;b=2" rel="NoFollow">cửa hàng</a>.</p>
            <form><input name=a><input type=PASSWORD><input type=hidden><input type=email hidden></form></main>
            <iframe src="/f"></iframe><footer>Liên hệ</footer></body></html>
            """);

        Assert.Equal("Đèn lồng & nến", page.Title);
        Assert.Equal("vi-VN", page.Language);
        Assert.Equal(
            [
                new OutlineBlock(BlockRole.Navigation, true, "Trang chủ", 0, 9),
                new OutlineBlock(BlockRole.Main, true, "Đèn", 1),
                new OutlineBlock(BlockRole.Main, true, "Mua đèn ở cửa hàng.", 0, 8),
                new OutlineBlock(BlockRole.Footer, true, "Liên hệ"),
            ],
            page.Blocks);
        Assert.Equal(
            [
                new OutlineLink("https://lantern.example/", "Trang chủ", "", BlockRole.Navigation),
                new OutlineLink("https://lantern.example/a/shop?a=1&b=2", "cửa hàng", "nofollow", BlockRole.Main),
            ],
            page.Links);
        Assert.Equal(["text", "password"], page.FormInputs);
        Assert.Equal(
            [("http-equiv:refresh", "5; URL='next.html'"), ("og:type", "article"), ("robots", "noindex")],
            page.Facts.Select(f => (f.Key, f.Value)).Order());
        Assert.Equal("https://lantern.example/c", page.Canonical);
        Assert.Equal(new MetaRefresh("https://lantern.example/a/next.html", 5), page.Refresh);
        Assert.Equal(["https://lantern.example/f"], page.Frames);
        Assert.Equal(2, page.ScriptCount);
        Assert.False(page.Truncated);
        Assert.Equal(27, page.ElementCount);
    }

    [Theory]
    [InlineData("<div>a<div>b</div>c</div>", "a c|b")]
    [InlineData("<p>a<br>b&nbsp; c<span>d</span></p>", "a b cd")]
    [InlineData("<ul><li>a<li>b</ul>", "a|b")]
    [InlineData("<table><tr><td>a<td>b</table>", "a|b")]
    [InlineData("<button>a</button><button>b</button>", "a|b")]
    [InlineData("<p>lo\u0302\u0300ng</p>", "lồng")]
    [InlineData("<svg><title>t</title><text>s</text></svg>x", "sx")]
    [InlineData("<style>p{}</style><script>1</script><p>a", "a")]
    [InlineData("<head><noscript><p>b<img src=x></noscript><title>t</title></head><p>a", "b|a")]
    [InlineData("a", "a")]
    [InlineData("", "")]
    public void Blocks_hold_their_own_text_once(string html, string blocks) =>
        Assert.Equal(blocks, string.Join('|', Pages.Outline("<!doctype html>" + html).Blocks.Select(b => b.Text)));

    [Theory]
    [InlineData("<main>x</main>", BlockRole.Main)]
    [InlineData("<p>x</p>", BlockRole.Main)]
    [InlineData("<article>x</article>", BlockRole.Main)]
    [InlineData("<header>x</header>", BlockRole.Header)]
    [InlineData("<article><header>x</header></article>", BlockRole.Main)]
    [InlineData("<div class='site-header'>x</div>", BlockRole.Header)]
    [InlineData("<div class='post-header'>x</div>", BlockRole.Main)]
    [InlineData("<div role=banner>x</div>", BlockRole.Header)]
    [InlineData("<nav>x</nav>", BlockRole.Navigation)]
    [InlineData("<ul class='main_menu nav-menu'><li>x</ul>", BlockRole.Navigation)]
    [InlineData("<div role='navigation'>x</div>", BlockRole.Navigation)]
    [InlineData("<header><nav>x</nav></header>", BlockRole.Navigation)]
    [InlineData("<aside>x</aside>", BlockRole.Complementary)]
    [InlineData("<div id=sidebar>x</div>", BlockRole.Complementary)]
    [InlineData("<div class='wide left-sidebar'>x</div>", BlockRole.Complementary)]
    [InlineData("<div class='has-sidebar'>x</div>", BlockRole.Main)]
    [InlineData("<body class='modal-open sidebar'>x", BlockRole.Main)]
    [InlineData("<div class='relatedVideos'>x</div>", BlockRole.Complementary)]
    [InlineData("<div class='related-by-tag'>x</div>", BlockRole.Complementary)]
    [InlineData("<div class='unrelated'>x</div>", BlockRole.Main)]
    [InlineData("<aside><article>x</article></aside>", BlockRole.Complementary)]
    [InlineData("<footer>x</footer>", BlockRole.Footer)]
    [InlineData("<div role=contentinfo>x</div>", BlockRole.Footer)]
    [InlineData("<div class=page__footer>x</div>", BlockRole.Footer)]
    [InlineData("<div class=barefooter>x</div>", BlockRole.Main)]
    [InlineData("<div class=comments>x</div>", BlockRole.Comment)]
    [InlineData("<ol class=comment-list><li><article><header>x</header></article></ol>", BlockRole.Comment)]
    [InlineData("<div class=commentary>x</div>", BlockRole.Main)]
    [InlineData("<main><blockquote>x</blockquote></main>", BlockRole.Comment)]
    [InlineData("<dialog open>x</dialog>", BlockRole.Dialog)]
    [InlineData("<div role=alertdialog>x</div>", BlockRole.Dialog)]
    [InlineData("<div id=cookieBanner><footer>x</footer></div>", BlockRole.Dialog)]
    [InlineData("<div class='modal fade'>x</div>", BlockRole.Dialog)]
    [InlineData("<div class='multimodal'>x</div>", BlockRole.Main)]
    [InlineData("<template><main>x</main></template>", BlockRole.Template)]
    [InlineData("<noscript><p>x</p></noscript>", BlockRole.Template)]
    [InlineData("<iframe srcdoc='<p>x</p>'></iframe>", BlockRole.Template)]
    [InlineData("<div role=main class=sidebar>x</div>", BlockRole.Main)]
    public void Roles(string html, BlockRole role)
    {
        OutlineBlock block = Assert.Single(Pages.Outline("<!doctype html>" + html).Blocks);
        Assert.Equal("x", block.Text);
        Assert.Equal(role, block.Role);
    }

    [Theory]
    [InlineData("<p>x</p>", true)]
    [InlineData("<p hidden>x</p>", false)]
    [InlineData("<p style='color:red; DISPLAY : none !important'>x</p>", false)]
    [InlineData("<p style='visibility:hidden'>x</p>", false)]
    [InlineData("<p style='display:block'>x</p>", true)]
    [InlineData("<div aria-hidden=true><p>x</p></div>", false)]
    [InlineData("<p aria-hidden=false>x</p>", true)]
    [InlineData("<template><p>x</p></template>", false)]
    [InlineData("<noscript><p>x</p></noscript>", false)]
    [InlineData("<style>/* {} */ a, .gone , #b{color:red;display:none}</style><p class='x gone'>x</p>", false)]
    [InlineData("<style>#b{visibility:hidden}</style><p id=b>x</p>", false)]
    [InlineData("<style>@media print{.gone{display:none}}</style><p class=gone>x</p>", true)]
    [InlineData("<style>.a .gone{display:none}</style><p class=gone>x</p>", true)]
    [InlineData("<style>.gone{display:none", "<p class=gone>x</p>")]
    public void Visibility(string html, object expected)
    {
        if (expected is string rest)
            (html, expected) = (html + "</style>" + rest, true);
        Assert.Equal(expected, Assert.Single(Pages.Outline("<!doctype html>" + html).Blocks).Visible);
    }

    [Fact]
    public void Hidden_words_within_a_line_are_parted_from_it()
    {
        PageOutline page = Pages.Outline("<p>seen <span style='display:none'>unseen</span> again</p>");
        Assert.Equal([new OutlineBlock(BlockRole.Main, true, "seen again"), new OutlineBlock(BlockRole.Main, false, "unseen")], page.Blocks);
    }

    [Theory]
    [InlineData("0;url=/x", "https://lantern.example/x", 0)]
    [InlineData("1.5, http://other.example/", "http://other.example/", 1.5)]
    [InlineData(" 3 ; url = \"y\" z", "https://lantern.example/a/y", 3)]
    [InlineData("10", null, 0)]
    [InlineData("0;url=javascript:go()", null, 0)]
    [InlineData("", null, 0)]
    public void Refresh(string content, string? url, double delay) =>
        Assert.Equal(url is null ? null : new MetaRefresh(url, delay), Pages.Outline($"<meta http-equiv=Refresh content='{content}'>").Refresh);

    [Fact]
    public void Structured_data_is_flattened_and_broken_data_ignored()
    {
        PageOutline page = Pages.Outline("""
            <script type="application/ld+json">{"broken": </script>
            <script type="application/ld+json">{"@type":"VideoObject","name":"Đèn","isLive":false,"duration":12,"author":{"name":"no"},"keywords":["a","b"]}</script>
            <script type="application/ld+json">{"@graph":[{"@type":"WebPage","headline":"H"}]}</script><p>x
            """);
        Assert.Equal(
            [("ld:@type", "VideoObject"), ("ld:duration", "12"), ("ld:headline", "H"), ("ld:isLive".ToLowerInvariant(), "false"), ("ld:keywords", "a"), ("ld:name", "Đèn")],
            page.Facts.Select(f => (f.Key, f.Value)).Order());
    }

    [Theory]
    [InlineData("text/html", "<p>x", ContentKind.Html)]
    [InlineData("TEXT/HTML; charset=x", "x", ContentKind.Html)]
    [InlineData("application/xhtml+xml", "<html/>", ContentKind.Html)]
    [InlineData(null, "\n <!DOCTYPE html>", ContentKind.Html)]
    [InlineData("application/octet-stream", "<html>", ContentKind.Html)]
    [InlineData("image/jpeg", "<!doctype html><p>Not found", ContentKind.Html)]
    [InlineData("application/xml", "<?xml version='1.0'?><html>", ContentKind.Html)]
    [InlineData("application/json", "{}", ContentKind.Json)]
    [InlineData("application/problem+json", "{}", ContentKind.Json)]
    [InlineData(null, " [1]", ContentKind.Json)]
    [InlineData("text/plain", "<html>", ContentKind.Text)]
    [InlineData(null, "hello", ContentKind.Text)]
    [InlineData("text/xml", "<rss/>", ContentKind.Text)]
    [InlineData("text/html", "GIF89a..", ContentKind.Image)]
    [InlineData("text/html", "%PDF-1.7", ContentKind.Pdf)]
    [InlineData(null, "\0\0\0\u0018ftypisom", ContentKind.Video)]
    [InlineData(null, "RIFF....WEBPVP8 ", ContentKind.Image)]
    [InlineData("video/mp4", "xxxx", ContentKind.Video)]
    [InlineData(null, "ID3\u0003", ContentKind.Audio)]
    [InlineData("application/zip", "PK", ContentKind.Other)]
    [InlineData(null, "\u0001\u0002\u0003", ContentKind.Other)]
    [InlineData("text/html", "", ContentKind.Empty)]
    public void Kinds(string? contentType, string body, ContentKind kind)
    {
        PageReading reading = Pages.Read(Encoding.UTF8.GetBytes(body), contentType);
        Assert.Equal(kind, reading.Kind);
        Assert.Equal(kind == ContentKind.Html, reading.Outline is not null);
        Assert.Equal(kind is ContentKind.Json or ContentKind.Text ? body : null, reading.Text);
    }
}
