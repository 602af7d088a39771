using System.IO.Compression;
using System.Text;
using Monitor.Rules.Evidence;
using Monitor.Tests.Operations;
using Monitor.Tests.Pipeline;
using Monitor.Tests.Rendering;
using Monitor.Worker.Pipeline;
using Monitor.Worker.Ports;
using SkiaSharp;
using UglyToad.PdfPig;

namespace Monitor.Tests.Evidence;

/// <summary>Pictures of pages in evidence packages: made from the sealed records alone, greyed, the same each time, and never in the way of a package.</summary>
public sealed class RenderingTests
{
    [Fact]
    public async Task A_package_shows_how_the_page_looked_with_its_pictures_grey()
    {
        Assert.SkipWhen(Chromium.Path is null, "needs Chromium: apt install chromium");
        await using var house = await PackageHouse.OpenAsync(browser: true);
        // The site is gone by now: everything comes from the records.
        house.Inner.Site.On("/u/hoa.mai/bai/1001", exchange => exchange.RespondAsync(410, "gone"u8.ToArray(), ("Content-Type", "text/html")));
        var (request, file) = await house.BuildAsync();
        var made = Assert.Single(request.Renderings);
        Assert.Equal(("", 3), (made.Problem, made.Items.Count));
        Assert.StartsWith("Chrome/", made.Browser, StringComparison.Ordinal);

        using var zip = new ZipArchive(new MemoryStream(PackageHouse.Decrypt(file)));
        byte[] Read(string ending)
        {
            using var stream = zip.Entries.Single(entry => entry.FullName.Contains("/render/", StringComparison.Ordinal) && entry.FullName.EndsWith(ending, StringComparison.Ordinal)).Open();
            using var bytes = new MemoryStream();
            stream.CopyTo(bytes);
            return bytes.ToArray();
        }

        var png = Read(".png");
        if (Environment.GetEnvironmentVariable("MONITOR_PICTURES") is { Length: > 0 } pictures)
            File.WriteAllBytes(Path.Combine(Directory.CreateDirectory(pictures).FullName, "evidence-page.png"), png);
        using (var picture = SKBitmap.Decode(png))
        {
            Assert.Equal(1280, picture.Width);
            Assert.InRange(picture.Height, 200, PagePictures.MostPixels);
            // The page's picture is a grey field of its size, and nothing of it is shown.
            Assert.True(picture.Pixels.Count(pixel => pixel is { Red: 0x99, Green: 0x99, Blue: 0x99 }) >= 400 * 300 * 9 / 10);
        }

        using (var pdf = PdfDocument.Open(Read(".pdf")))
            Assert.Contains("Gian hàng", string.Concat(pdf.GetPages().Select(page => page.Text)), StringComparison.Ordinal);
        var saved = Encoding.UTF8.GetString(Read(".mhtml"));
        Assert.Contains("multipart/related", saved, StringComparison.Ordinal);
        Assert.DoesNotContain(Convert.ToBase64String(PackageHouse.Picture)[..40], saved.ReplaceLineEndings(""), StringComparison.Ordinal);
        var said = Encoding.UTF8.GetString(Read("renderings.jsonl"));
        Assert.Contains("\"mediaGreyed\":true", said, StringComparison.Ordinal);
        Assert.Contains(made.Observation, said, StringComparison.Ordinal);
        using (var report = PdfDocument.Open(Bytes(zip, "bao-cao.pdf")))
            Assert.Contains("Hình chụp trang", string.Concat(report.GetPages().Select(page => page.Text)), StringComparison.Ordinal);
        Assert.Contains("evidence-rendered", (await house.Inner.Store.CustodyOfAsync(request.Id, DeskHouse.Token)).Select(entry => entry.Act.Act));
    }

    [Fact]
    public async Task Shown_again_from_the_records_it_is_the_same_picture()
    {
        Assert.SkipWhen(Chromium.Path is null, "needs Chromium: apt install chromium");
        // Clocks, chance and movement: what would differ from one moment to the next.
        const string Moving = "<style>@keyframes m{to{transform:translateX(300px)}} #m{width:50px;height:50px;background:#0a0;animation:m 1s infinite}</style><div id=m></div><p id=t></p><script>setInterval(()=>t.textContent=[Date.now(),new Date().getFullYear(),performance.now()|0].join(),50);document.body.append(Math.random())</script>";
        await using var house = await PackageHouse.OpenAsync(site => site.OnText("/u/hoa.mai/bai/1001", VantageHouse.Page.Replace("<p>Gian hàng số 0", Moving + "<p>Gian hàng số 0", StringComparison.Ordinal)), browser: true);
        var look = (await house.Inner.Store.ObservationsAsync("T000001", 1, 10, DeskHouse.Token))[0];
        var page = (await new SealedPages(house.Inner.House.Vault).PageAsync(await house.Inner.TargetAsync(), look, DeskHouse.Token))!;
        await using var renderer = Chromium.Renderer();
        var pictures = new List<byte[]>();
        for (var i = 0; i < 3; i++)
            pictures.Add(Assert.IsType<RenderOutcome.Rendered>(await renderer.RenderAsync(page.Page, page.Parts, DeskHouse.Token)).Pictures!.Png);
        Assert.Equal(Pixels(pictures[0]), Pixels(pictures[1]));
        Assert.Equal(Pixels(pictures[0]), Pixels(pictures[2]));
    }

    [Fact]
    public async Task A_page_shown_from_its_records_reaches_nothing_that_was_not_recorded()
    {
        Assert.SkipWhen(Chromium.Path is null, "needs Chromium: apt install chromium");
        const string Reaching = "<link rel=stylesheet href=/x.css><script src=/x.js></script><script>fetch('/data');navigator.sendBeacon('/b','x');new WebSocket('ws://'+location.host+'/s');new Worker('/w.js');new Image().src='/i.gif'</script><iframe src=/f></iframe><link rel=prefetch href=/p>";
        await using var house = await PackageHouse.OpenAsync(site => site.OnText("/u/hoa.mai/bai/1001", VantageHouse.Page.Replace("<p>Gian hàng số 0", Reaching + "<p>Gian hàng số 0", StringComparison.Ordinal)), browser: true);
        var look = (await house.Inner.Store.ObservationsAsync("T000001", 1, 10, DeskHouse.Token))[0];
        var page = (await new SealedPages(house.Inner.House.Vault).PageAsync(await house.Inner.TargetAsync(), look, DeskHouse.Token))!;
        var before = house.Inner.Site.Requests.Count;
        await using var renderer = Chromium.Renderer();
        var rendered = Assert.IsType<RenderOutcome.Rendered>(await renderer.RenderAsync(page.Page, page.Parts, DeskHouse.Token));
        Assert.NotNull(rendered.Pictures);
        Assert.Equal(before, house.Inner.Site.Requests.Count);
        Assert.Contains(rendered.Parts, part => part.Reason == "not-recorded");
        Assert.DoesNotContain(rendered.Parts, part => part.Status == 200);
    }

    public static TheoryData<string, string> Ends => new()
    {
        { "absent", "unavailable: Chromium is not configured, and not installed" },
        { "crashed", "the page crashed the browser" },
        { "without pictures", "the browser took too long to take pictures" },
    };

    [Theory]
    [MemberData(nameof(Ends))]
    public async Task Whatever_the_browser_does_the_package_is_built_and_says_so(string end, string problem)
    {
        await using var house = await PackageHouse.OpenAsync(renderer: new EndingRenderer(end));
        var (request, file) = await house.BuildAsync();
        Assert.All(request.Renderings, one => Assert.Equal((problem, 0), (one.Problem, one.Items.Count)));
        using var zip = new ZipArchive(new MemoryStream(PackageHouse.Decrypt(file)));
        Assert.Contains(problem, Encoding.UTF8.GetString(Bytes(zip, "renderings.jsonl")), StringComparison.Ordinal);
        Assert.DoesNotContain(zip.Entries, entry => entry.FullName.EndsWith(".png", StringComparison.Ordinal));
        using var report = PdfDocument.Open(Bytes(zip, "bao-cao.pdf"));
        Assert.Contains(end == "absent" ? "máykhôngcótrìnhduyệt" : "khôngdựngđược", string.Concat(report.GetPages().Select(page => page.Text)).Replace(" ", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    private static byte[] Bytes(ZipArchive zip, string name)
    {
        using var stream = zip.Entries.Single(entry => entry.FullName.EndsWith("/" + name, StringComparison.Ordinal)).Open();
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }

    private static byte[] Pixels(byte[] png)
    {
        using var picture = SKBitmap.Decode(png);
        return picture.Bytes;
    }

    private sealed class EndingRenderer(string end) : IPageRenderer
    {
        public RendererState State => new RendererState.Unavailable("test");

        public Task<RenderOutcome> RenderAsync(RenderRequest request, IPartSource parts, CancellationToken cancellation) => Task.FromResult<RenderOutcome>(end switch
        {
            "absent" => new RenderOutcome.Unavailable("Chromium is not configured, and not installed"),
            "crashed" => new RenderOutcome.Failed("the page crashed the browser"),
            _ => new RenderOutcome.Rendered { Html = "<p>x", FinalUrl = request.Url, Settled = true, PicturesProblem = "the browser took too long to take pictures" },
        });
    }
}
