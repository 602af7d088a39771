using System.Text;
using FsCheck.Xunit;
using Microsoft.Extensions.Time.Testing;
using Monitor.Rules.Removal;
using Monitor.Worker.Extracting;

namespace Monitor.Tests.Extracting;

/// <summary>What keeps these quick are the limits, so the limits are asserted, not the clock.</summary>
public sealed class HostilePageTests
{
    [Theory]
    [InlineData("<div>")]
    [InlineData("<b><i>")]
    [InlineData("<svg>")]
    [InlineData("<template>")]
    [InlineData("<blockquote>")]
    [InlineData("<table><tr><td>")]
    public void Endless_nesting_is_read_flat(string tags)
    {
        PageOutline page = Pages.Outline("<title>t</title><p>first</p>" + Repeat(tags, 100_000) + "<img src=deep.jpg>");
        Assert.True(page.Truncated);
        Assert.Equal("t", page.Title);
        Assert.Equal("first", page.Blocks[0].Text);
        Assert.InRange(page.ElementCount, 1, 50_000);
    }

    [Fact]
    public void What_hides_below_the_depth_limit_is_still_seen()
    {
        PageOutline page = Pages.Outline(Repeat("<div>", 5000) + "<p>deep <a href=/x>link</a></p><script>x<y</script><img src=deep.jpg>");
        Assert.True(page.Truncated);
        Assert.Equal("https://lantern.example/a/deep.jpg", Assert.Single(page.Media).Url);
        Assert.Equal("deep link", string.Join(' ', page.Blocks.Select(b => b.Text)));
        Assert.Equal(1, page.ScriptCount);
    }

    [Fact]
    public void Too_many_elements()
    {
        PageOutline page = Pages.Outline("<ul>" + Repeat("<li>x", 60_000));
        Assert.True(page.Truncated);
        Assert.InRange(page.ElementCount, 49_000, 50_000);
        Assert.InRange(page.Blocks.Count, 49_000, 50_000);
    }

    [Fact]
    public void Fifty_megabytes_are_cut()
    {
        byte[] body = Encoding.ASCII.GetBytes("<p>first</p>" + new string('x', 50_000_000));
        PageOutline page = Pages.Read(body, "text/html").Outline!;
        Assert.True(page.Truncated);
        Assert.Equal("first", page.Blocks[0].Text);
        Assert.InRange(page.Blocks.Sum(b => b.Text.Length), 1, 4 * 1024 * 1024);
    }

    [Fact]
    public void A_million_attributes()
    {
        PageOutline page = Pages.Outline("<p>a<div " + string.Concat(Enumerable.Range(0, 1_000_000).Select(i => $"a{i} ")) + "><p>b", new PageReaderLimits { MaxBytes = 16 * 1024 * 1024 });
        Assert.Equal(["a", "b"], page.Blocks.Select(b => b.Text));
    }

    [Theory]
    [InlineData("<p>a</p><!-- ", "x", "a")]
    [InlineData("<p>a</p><script>", "<!--<script>", "a")]
    [InlineData("<p>a</p><style>", "a{b:url(", "a")]
    [InlineData("<p>a</p><div title='", "x ", "a")]
    [InlineData("<p>a</p><", "<", null)]
    [InlineData("<p>a</p>", "\0", "a")]
    [InlineData("<p>a</p>", "</p>", "a")]
    [InlineData("<p>a</p>", "&#0;&#xD800;&bogus;&#99999999999;", null)]
    [InlineData("<p>a</p>", "<!DOCTYPE x [", "a")]
    [InlineData("<p>a</p>", "<![CDATA[ ]]>", "a")]
    public void Unfinished_and_repeated_mark_up(string start, string repeated, string? only)
    {
        PageOutline page = Pages.Outline(start + Repeat(repeated, 100_000));
        Assert.Equal("a", page.Blocks[0].Text);
        if (only is not null)
            Assert.Equal([only], page.Blocks.Select(b => b.Text));
    }

    [Fact]
    public void Misnested_formatting_that_tree_building_multiplies()
    {
        PageOutline page = Pages.Outline("<p>a</p>" + string.Concat(Enumerable.Range(0, 20_000).Select(i => $"<font size={i}>")) + Repeat("<p>x</font>", 20_000));
        Assert.True(page.Truncated);
        Assert.Equal("a", page.Blocks[0].Text);
    }

    [Fact]
    public void Documents_within_documents_end_somewhere()
    {
        string inner = "<img src=last.jpg>";
        for (int i = 0; i < 6; i++)
            inner = $"<img src={i}.jpg><iframe srcdoc=\"{inner.Replace("&", "&amp;", StringComparison.Ordinal).Replace("\"", "&quot;", StringComparison.Ordinal)}\"></iframe>";
        PageOutline page = Pages.Outline(inner);
        Assert.True(page.Truncated);
        Assert.Equal(4, page.Media.Count);
    }

    [Fact]
    public void A_page_that_takes_too_long_is_read_flat()
    {
        // Every look at this clock is a minute after the one before.
        var clock = new FakeTimeProvider { AutoAdvanceAmount = TimeSpan.FromMinutes(1) };
        byte[] body = Encoding.UTF8.GetBytes("<title>t</title>" + Repeat("<p>x</p>", 500));
        PageOutline page = new PageReader(clock).Read(new PageSource(body, "text/html", Pages.Url), CancellationToken.None).Outline!;
        Assert.True(page.Truncated);
        Assert.Equal("t", page.Title);
        Assert.Equal(500, page.Blocks.Count);
    }

    [Fact]
    public void Cancelling_is_heard()
    {
        using var cancel = new CancellationTokenSource();
        cancel.Cancel();
        Assert.Throws<OperationCanceledException>(() => new PageReader().Read(new PageSource("<p>"u8.ToArray(), "text/html", Pages.Url), cancel.Token));
    }

    [Fact]
    public void Flat_reading_agrees_with_the_tree_on_well_formed_pages()
    {
        const string html = """
            <html lang=vi><head><title>t</title><meta name=a content=b><style>.gone{display:none}</style><script>if (a<b) c()</script></head>
            <body><header><a href=/h>h</a></header><main><h1>One &amp; two</h1><p class=gone>g</p><p>x <b>y</b> z</p><img src=i.jpg></main><noscript><p>n</p></noscript>
            <template><img src=t.jpg></template><iframe srcdoc="<p>s"></iframe><form><input type=password></form><footer>f</footer></body></html>
            """;
        PageOutline tree = Pages.Outline(html);
        var builder = new OutlineBuilder(PageReaderLimits.Default);
        FlatReader.Read(html, builder, PageReaderLimits.Default, level: 0, CancellationToken.None);
        PageOutline flat = builder.Build(Pages.Url);
        Assert.False(tree.Truncated);
        Assert.Equal(tree.Blocks, flat.Blocks);
        Assert.Equal(tree.Media, flat.Media);
        Assert.Equal(tree.Links, flat.Links);
    }

    [Property(MaxTest = 500)]
    public void Random_bytes_never_throw(byte[] bytes, byte header)
    {
        string?[] types = [null, "text/html", "text/html; charset=utf-16", "text/html; charset=shift_jis", "text/html;charset=iso-2022-jp", "text/html; charset=gb18030", "text/plain", "application/json"];
        PageReading reading = Pages.Read(bytes ?? [], types[header % types.Length]);
        Assert.Equal(reading.Kind == ContentKind.Html, reading.Outline is not null);
    }

    [Property(MaxTest = 500)]
    public void Random_mark_up_never_throws_in_tree_or_flat(byte[] seed)
    {
        string[] parts =
        [
            "<div>", "</div>", "<p class='a footer'>", "</p>", "<table>", "<td>", "</table>", "<b>", "</b>", "<a href='x'>", "</a>", "<svg>", "</svg>", "<math>", "<template>", "</template>", "<select>",
            "<option>", "<script>", "</script>", "<style>.a{display:none}", "</style>", "<!--", "-->", "<![CDATA[", "text", " ", "&amp", "<img srcset='a, b 2x'>", "<iframe srcdoc='<p>", "'>", "</iframe>",
            "<frameset>", "<body>", "<head>", "</html>", "<title>", "</title>", "<noscript>", "</noscript>", "<form>", "<input>", "\0", "<", ">", "\"", "<foreignObject>", "<annotation-xml>", "<ruby><rt>", "<plaintext>",
        ];
        string html = string.Concat((seed ?? []).Select(b => parts[b % parts.Length]));
        PageOutline tree = Pages.Outline(html + " ");
        PageOutline flat = Pages.Outline(html + " ", new PageReaderLimits { MaxElements = 2 });
        Assert.InRange(tree.ElementCount, 3, 50_000);
        Assert.True(flat.Truncated);
    }

    private static string Repeat(string text, int count) => new StringBuilder(text.Length * count).Insert(0, text, count).ToString();
}
