using Monitor.Rules.Removal;
using Monitor.Worker.Extracting;

namespace Monitor.Tests.Extracting;

public sealed class PageMediaTests
{
    private const string Host = "https://lantern.example";

    [Theory]
    [InlineData("<img src=i.jpg>", "/a/i.jpg Image img")]
    [InlineData("<img src=i.jpg data-src='/l.jpg'>", "/a/i.jpg Image img;/l.jpg Image img")]
    [InlineData("<img data-original=//cdn.example/o.jpg>", "https://cdn.example/o.jpg Image img")]
    [InlineData("<img srcset='a.jpg 1x, b,c.jpg 2x,d.jpg'>", "/a/a.jpg Image srcset;/a/b,c.jpg Image srcset;/a/d.jpg Image srcset")]
    [InlineData("<img data-srcset='a.jpg 100w (x, y), b.jpg'>", "/a/a.jpg Image srcset;/a/b.jpg Image srcset")]
    [InlineData("<picture><source srcset='a.webp, b.webp 2x'><img src=c.jpg></picture>", "/a/a.webp Image picture;/a/b.webp Image picture;/a/c.jpg Image picture")]
    [InlineData("<video src=v.mp4 poster=p.jpg></video>", "/a/p.jpg Image poster;/a/v.mp4 Video video")]
    [InlineData("<video><source src=v.webm><source src=v.m3u8 type=application/vnd.apple.mpegurl></video>", "/a/v.webm Video source;/a/v.m3u8 Video source")]
    [InlineData("<audio src=s.mp3></audio><audio><source src=s2></audio>", "/a/s.mp3 Audio audio;/a/s2 Audio source")]
    [InlineData("<meta property=og:image content=/o.jpg><meta property=og:video:url content=/o.mp4>", "/o.jpg Image og;/o.mp4 Video og")]
    [InlineData("<meta name=twitter:image content=/t.jpg><meta name=twitter:player:stream content=/t.mp4>", "/t.jpg Image twitter;/t.mp4 Video twitter")]
    [InlineData("<script type=application/ld+json>{\"@type\":\"VideoObject\",\"contentUrl\":\"/v.bin\",\"thumbnailUrl\":[\"/1.jpg\",\"/2.jpg\"]}</script>", "/v.bin Video json-ld;/1.jpg Image json-ld;/2.jpg Image json-ld")]
    [InlineData("<script type=application/ld+json>{\"video\":{\"image\":{\"@type\":\"ImageObject\",\"url\":\"/3.jpg\"}}}</script>", "/3.jpg Image json-ld")]
    [InlineData("<div style=\"background: red url( 'b.png' ) no-repeat, URL(c.png)\">", "/a/b.png Image css-background;/a/c.png Image css-background")]
    [InlineData("<style>@import url(x.css);@font-face{src:url(f.woff)} @media (x){.a{background:url(\"s.png\")}}</style>", "/a/s.png Image css-background")]
    [InlineData("<div data-bg=/lazy.jpg data-background-image='url(/lazy2.jpg)'>", "/lazy.jpg Image css-background;/lazy2.jpg Image css-background")]
    [InlineData("<img src='data:image/png;base64,AAAA'>", "data:image/png;base64,AAAA Image data")]
    [InlineData("<img src='data:text/html,x'>", "")]
    [InlineData("<template><img src=t.jpg></template>", "/a/t.jpg Image template")]
    [InlineData("<iframe srcdoc='<img src=s.jpg><title>no</title><template><img src=u.jpg></template>'></iframe>", "/a/s.jpg Image srcdoc;/a/u.jpg Image srcdoc")]
    [InlineData("<iframe srcdoc='<iframe srcdoc=\"<img src=n.jpg>\"></iframe>'></iframe>", "/a/n.jpg Image srcdoc")]
    [InlineData("<noscript><img src=n.jpg></noscript>", "/a/n.jpg Image img")]
    [InlineData("<link rel=preload as=image href=p.jpg imagesrcset='q.jpg 2x'><link rel=image_src href=r.jpg><link rel='shortcut icon' href=fav.ico>", "/a/p.jpg Image link;/a/q.jpg Image link;/a/r.jpg Image link")]
    [InlineData("<object data=m.swf></object><object data=x type=video/mp4></object>", "/a/m.swf Other object;/a/x Video object")]
    [InlineData("<embed src=e.mp4>", "/a/e.mp4 Video embed")]
    [InlineData("<svg><image xlink:href=v.png /></svg>", "/a/v.png Image img")]
    [InlineData("<input type=image src=b.png>", "/a/b.png Image img")]
    [InlineData("<base href='https://cdn.example/x/'><img src=i.jpg>", "https://cdn.example/x/i.jpg Image img")]
    [InlineData("<base href=/y/><img src='i.jpg'>", "/y/i.jpg Image img")]
    [InlineData("<img src=i.jpg><img src=/a/i.jpg><img src=i.jpg>", "/a/i.jpg Image img")]
    [InlineData("<img src='javascript:x'><img src='#'><img src=' '><img src='about:blank'><img src='blob:https://x/1'>", "")]
    [InlineData("<img src=' ht\ntps://Other.example/Đ.jpg '>", "https://Other.example/Đ.jpg Image img")]
    public void Every_source(string html, string expected)
    {
        string[] wanted = [.. expected.Split(';', StringSplitOptions.RemoveEmptyEntries)];
        if (expected.StartsWith("data:", StringComparison.Ordinal))
            wanted = [expected];
        Assert.Equal(
            wanted.Select(w => w.StartsWith('/') ? Host + w : w),
            Pages.Outline("<!doctype html>" + html).Media.Select(m => $"{m.Url} {m.Kind} {m.Source}"));
    }

    [Fact]
    public void A_frame_with_its_own_document_keeps_the_title_to_itself()
    {
        PageOutline page = Pages.Outline("<iframe srcdoc='<title>inner</title><base href=//evil.example/><meta name=robots content=none>'></iframe><a href=x>y</a>");
        Assert.Equal("", page.Title);
        Assert.Empty(page.Facts);
        Assert.Equal("https://lantern.example/a/x", Assert.Single(page.Links).Url);
    }

    [Fact]
    public void Large_inline_pictures_are_dropped_and_said_to_be()
    {
        string page = "<p>x<img src='data:image/png;base64," + new string('A', 300_000) + "'><img src='data:image/png;base64,BBBB'>";
        PageOutline outline = Pages.Outline(page);
        Assert.Equal("data:image/png;base64,BBBB", Assert.Single(outline.Media).Url);
        Assert.True(outline.Truncated);
    }

    [Fact]
    public void The_number_of_media_is_capped()
    {
        PageOutline outline = Pages.Outline(string.Concat(Enumerable.Range(0, 600).Select(i => $"<img src={i}.jpg>")));
        Assert.Equal(512, outline.Media.Count);
        Assert.True(outline.Truncated);
    }

    [Fact]
    public void A_final_url_that_is_none_leaves_absolute_addresses_only()
    {
        PageReading reading = new PageReader().Read(new PageSource("<p><img src=a.jpg><img src=https://x.example/b.jpg>"u8.ToArray(), "text/html", "not a url"), CancellationToken.None);
        Assert.Equal("https://x.example/b.jpg", Assert.Single(reading.Outline!.Media).Url);
    }
}
