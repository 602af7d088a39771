using System.Text;
using Monitor.Rules.Removal;
using Monitor.Tests.Loopback;
using Monitor.Worker.Extracting;
using Monitor.Worker.Ports;
using Monitor.Worker.Rendering;

namespace Monitor.Tests.Rendering;

/// <summary>A real browser shows loopback pages; what it shows, and what it asked for.</summary>
public sealed class ChromiumRendererTests(SharedRenderer shared) : IClassFixture<SharedRenderer>
{
    [Fact]
    public async Task A_shell_shows_what_its_script_fetched_later_and_its_host_is_not_asked_for_the_page_again()
    {
        await using var site = ScriptedHttpServer.Start()
            .OnText("/app.js", "setTimeout(async () => { const r = await fetch('/api/bai'); const j = await r.json(); document.title = j.t; document.getElementById('root').innerHTML = '<main><h1>' + j.t + '</h1><p>' + j.p + '</p><img src=\"/anh.jpg\"></main>'; history.replaceState(null, '', '/bai/cho-hoa'); }, 2500)", contentType: "text/javascript")
            .OnText("/api/bai", "{\"t\":\"Chợ hoa ngày Tết\",\"p\":\"Gian hàng bán hoa mai\"}", contentType: "application/json");
        await using var parts = new CountedParts();

        RenderOutcome outcome = await shared.Renderer.ShowAsync(site.Url("/bai/1"), Shell("<div id=root></div><script src=/app.js></script>"), parts);

        var rendered = Assert.IsType<RenderOutcome.Rendered>(outcome);
        Assert.True(rendered.Settled);
        Assert.Equal(site.Url("/bai/cho-hoa"), rendered.FinalUrl);
        PageOutline outline = Read(rendered);
        Assert.Equal("Chợ hoa ngày Tết", outline.Title);
        Assert.Contains(outline.Blocks, block => block is { Visible: true, Text: "Gian hàng bán hoa mai" });
        // The picture's address is what is wanted; the picture is fetched by whoever wants it.
        Assert.Equal(site.Url("/anh.jpg"), Assert.Single(outline.Media).Url);
        Assert.Equal(["/app.js", "/api/bai"], site.Requests.Select(request => request.Target));
        Assert.Equal([PartEnd.Answered, PartEnd.Answered], rendered.Parts.Select(part => part.End));
    }

    [Fact]
    public async Task What_styles_hide_is_hidden_shadow_trees_and_slots_are_read_templates_and_noscript_are_not()
    {
        await using var site = ScriptedHttpServer.Start().OnText("/hide.css", ".off { display: none } #gone { visibility: hidden }", contentType: "text/css");
        await using var parts = new CountedParts();
        const string Page = """
            <link rel=stylesheet href=/hide.css><p class=off>ẩn một</p><p id=gone>ẩn hai</p><p hidden style="display:block">hiện lại</p>
            <noscript>hãy bật JavaScript</noscript><template><p>mẫu</p></template><x-hop><b>trong khe</b></x-hop>
            <script>customElements.define('x-hop', class extends HTMLElement { constructor() { super(); this.attachShadow({ mode: 'open' }).innerHTML = '<section><h2>bóng</h2><slot></slot></section>'; } })</script>
            """;

        var rendered = Assert.IsType<RenderOutcome.Rendered>(await shared.Renderer.ShowAsync(site.Url("/"), Shell(Page), parts));

        PageOutline outline = Read(rendered);
        string seen = string.Join('|', outline.Blocks.Where(block => block.Visible).Select(block => block.Text));
        Assert.Equal("hiện lại|bóng|trong khe", seen);
        Assert.Contains(outline.Blocks, block => block is { Visible: false, Text: "ẩn một" });
        Assert.DoesNotContain("JavaScript", rendered.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_hosts_data_may_be_read_and_asking_leave_is_answered_here()
    {
        await using var api = ScriptedHttpServer.Start().OnText("/v1/bai", "nội dung", contentType: "text/plain; charset=utf-8");
        await using var site = ScriptedHttpServer.Start();
        await using var parts = new CountedParts();
        string script = $"fetch('{api.Url("/v1/bai")}', {{ headers: {{ 'X-App': '1', Authorization: 'Bearer x' }}, credentials: 'include' }}).then(r => r.text()).then(t => document.body.append(t))";

        var rendered = Assert.IsType<RenderOutcome.Rendered>(await shared.Renderer.ShowAsync(site.Url("/"), Shell($"<script>{script}</script>"), parts));

        Assert.Contains("nội dung", rendered.Html, StringComparison.Ordinal);
        Assert.Equal(["GET"], api.Requests.Select(request => request.Method));
        Assert.DoesNotContain(api.Requests, request => request.Headers.ContainsKey("authorization") || request.Headers.ContainsKey("x-app") || request.Headers.ContainsKey("cookie"));
    }

    [Fact]
    public async Task Redirects_of_parts_are_followed_by_asking_again()
    {
        await using var site = ScriptedHttpServer.Start().OnRedirect("/cu", "/moi").OnText("/moi", "mới", contentType: "text/plain; charset=utf-8");
        await using var parts = new CountedParts();

        var rendered = Assert.IsType<RenderOutcome.Rendered>(await shared.Renderer.ShowAsync(site.Url("/"), Shell("<script>fetch('/cu').then(r => r.text()).then(t => document.body.append(t))</script>"), parts));

        Assert.Contains("mới", rendered.Html, StringComparison.Ordinal);
        Assert.Equal(["/cu", "/moi"], site.Requests.Select(request => request.Target));
    }

    [Theory]
    [InlineData("fetch('/api/report', { method: 'POST' })", "method")]
    [InlineData("fetch('/post/delete')", "refused-actinglink")]
    [InlineData("fetch('http://169.254.169.254/latest/meta-data/')", "unsafe-metadata")]
    [InlineData("fetch('http://10.1.2.3/')", "unsafe-private")]
    public async Task What_acts_or_leads_inside_is_refused_and_leaves_a_gap(string script, string reason)
    {
        await using var site = ScriptedHttpServer.Start();
        await using var parts = new CountedParts();

        RenderOutcome outcome = await shared.Renderer.ShowAsync(site.Url("/"), Shell($"<p>một</p><script>{script}.catch(() => document.body.append('bị chặn'))</script>"), parts);

        Assert.Contains("bị chặn", Assert.IsType<RenderOutcome.Rendered>(outcome).Html, StringComparison.Ordinal);
        RenderedPart part = Assert.Single(outcome.Parts);
        Assert.Equal((PartEnd.Refused, reason, true), (part.End, part.Reason, part.LeavesGap));
        Assert.Empty(site.Requests);
    }

    [Fact]
    public async Task Measuring_services_are_told_nothing_and_missed_by_nobody()
    {
        await using var site = ScriptedHttpServer.Start();
        await using var parts = new CountedParts();

        RenderOutcome outcome = await shared.Renderer.ShowAsync(site.Url("/"), Shell("<p>một</p><script>fetch('https://region1.google-analytics.com/g/collect', { method: 'POST', mode: 'no-cors' }).catch(() => 0)</script>"), parts);

        RenderedPart part = Assert.Single(outcome.Parts);
        Assert.Equal((PartEnd.NeverAsked, false), (part.End, part.LeavesGap));
        Assert.Empty(parts.Asked);
    }

    [Fact]
    public async Task A_page_that_moves_on_is_judged_where_it_ends()
    {
        await using var site = ScriptedHttpServer.Start().OnText("/dang-nhap", Shell("<form><input type=password></form><p>Đăng nhập để xem</p>"));
        await using var parts = new CountedParts();

        var rendered = Assert.IsType<RenderOutcome.Rendered>(await shared.Renderer.ShowAsync(site.Url("/bai/1"), Shell("<script>location.href = '/dang-nhap'</script>"), parts));

        Assert.Equal(site.Url("/dang-nhap"), rendered.FinalUrl);
        Assert.Contains("Đăng nhập để xem", rendered.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_page_leaves_nothing_for_the_next()
    {
        await using var site = ScriptedHttpServer.Start();
        await using var parts = new CountedParts();
        const string Page = "<script>document.body.append('[' + (localStorage.getItem('a') ?? '') + document.cookie + ']'); localStorage.setItem('a', '1'); document.cookie = 'b=2'</script>";

        await shared.Renderer.ShowAsync(site.Url("/"), Shell(Page), parts);
        var second = Assert.IsType<RenderOutcome.Rendered>(await shared.Renderer.ShowAsync(site.Url("/"), Shell(Page), parts));

        Assert.Contains("[]", second.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_page_holds_is_not_written_down()
    {
        await using ChromiumRenderer renderer = Chromium.Renderer();
        await using var site = ScriptedHttpServer.Start().OnText("/api", "chuông gió dấu vết", contentType: "text/plain; charset=utf-8");
        await using var parts = new CountedParts();
        const string Page = "<p>chuông gió dấu vết</p><script>fetch('/api').then(r => r.text()).then(t => { localStorage.setItem('a', t); document.cookie = 'a=' + encodeURIComponent(t); indexedDB.open('d').onupgradeneeded = e => e.target.result.createObjectStore('s').put(t, 1); caches.open('c').then(c => c.put('/x', new Response(t))); document.body.append(URL.createObjectURL(new Blob([t.repeat(100000)]))) })</script>";
        Assert.IsType<RenderOutcome.Rendered>(await renderer.ShowAsync(site.Url("/dau-vet-trong-dia-chi"), Shell(Page), parts));

        string[] marks = ["chuông gió dấu vết", "dau-vet-trong-dia-chi", Uri.EscapeDataString("chuông gió dấu vết")];
        string[] files = [.. new[] { "/dev/shm", Path.GetTempPath() }.Where(Directory.Exists)
            .SelectMany(root => Directory.EnumerateDirectories(root, $"monitor-render-{Environment.ProcessId}-*"))
            .SelectMany(directory => Directory.EnumerateFiles(Path.Combine(directory, "profile"), "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint }))];
        Assert.NotEmpty(files);
        foreach (string file in files)
        {
            byte[] bytes = await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);
            Assert.All(marks, mark => Assert.False(bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(mark)) >= 0 || bytes.AsSpan().IndexOf(Encoding.Unicode.GetBytes(mark)) >= 0, $"{file} holds '{mark}'"));
        }
    }

    [Fact]
    public async Task Without_a_browser_there_is_a_reason_and_no_exception()
    {
        await using var parts = new CountedParts();
        await using var missing = new ChromiumRenderer(() => Chromium.Settings with { Chromium = "/usr/bin/khong-co" }, Serilog.Core.Logger.None);
        await using var off = new ChromiumRenderer(() => Chromium.Settings with { Enabled = Worker.Settings.RenderingUse.Off }, Serilog.Core.Logger.None);
        await using var broken = new ChromiumRenderer(() => Chromium.Settings with { Chromium = "/bin/false" }, Serilog.Core.Logger.None);

        Assert.IsType<RenderOutcome.Unavailable>(await missing.ShowAsync("http://127.0.0.1/", "", parts));
        Assert.Contains("off", Assert.IsType<RenderOutcome.Unavailable>(await off.ShowAsync("http://127.0.0.1/", "", parts)).Reason, StringComparison.Ordinal);
        Assert.StartsWith("the browser did not start", Assert.IsType<RenderOutcome.Failed>(await broken.ShowAsync("http://127.0.0.1/", "", parts)).Reason, StringComparison.Ordinal);
    }

    internal static string Shell(string body) => $"<!doctype html><html><head><meta charset=utf-8><title>Mẫu</title></head><body>{body}</body></html>";

    private static PageOutline Read(RenderOutcome.Rendered rendered) =>
        new PageReader().Read(new PageSource(Encoding.UTF8.GetBytes(rendered.Html), "text/html; charset=utf-8", rendered.FinalUrl), TestContext.Current.CancellationToken).Outline!;
}
