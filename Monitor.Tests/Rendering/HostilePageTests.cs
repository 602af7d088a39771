using System.Net;
using System.Net.Sockets;
using Monitor.Rules.Removal;
using Monitor.Tests.Loopback;
using Monitor.Worker.Ports;
using Monitor.Worker.Rendering;

namespace Monitor.Tests.Rendering;

/// <summary>Pages that try to reach the network past the fetcher, to never end, or to eat the machine.</summary>
public sealed class HostilePageTests(SharedRenderer shared) : IClassFixture<SharedRenderer>
{
    /// <summary>What a page may try; {site} and {other} are two origins on loopback, {udp} a port that listens.</summary>
    public static TheoryData<string, string> Ways => new()
    {
        { "websocket", "try { const s = new WebSocket('ws://{other}/ws'); s.onopen = () => document.body.append('SOCKET') } catch { }" },
        { "eventsource", "new EventSource('http://{other}/es')" },
        { "beacon", "navigator.sendBeacon('http://{other}/beacon', 'x'); fetch('http://{other}/keep', { keepalive: true, method: 'POST', body: 'x', mode: 'no-cors' })" },
        { "worker", "const w = new Worker(URL.createObjectURL(new Blob([`fetch('http://{other}/w1'); importScripts('http://{other}/w2.js'); new WebSocket('ws://{other}/w3'); new Worker(URL.createObjectURL(new Blob([\"fetch('http://{other}/w4')\"])))`])))" },
        { "script-worker", "new Worker('/worker.js'); new Worker('/module.js', { type: 'module' })" },
        { "shared-worker", "new SharedWorker('/worker.js')" },
        { "service-worker", "navigator.serviceWorker.register('/sw.js').then(() => document.body.append('REGISTERED'), () => 0); document.createElement('iframe').contentWindow" },
        { "service-worker-of-a-frame", "const f = document.createElement('iframe'); f.src = '/frame'; document.body.append(f)" },
        { "frames", "for (let i = 0; i < 5; i++) { const f = document.createElement('iframe'); f.src = 'http://{other}/frame' + i; document.body.append(f) }" },
        { "webrtc", "const f = document.createElement('iframe'); document.body.append(f); for (const w of [window, f.contentWindow]) { try { const p = new w.RTCPeerConnection({ iceServers: [{ urls: 'stun:{udp}' }] }); p.createDataChannel('x'); p.createOffer().then(o => p.setLocalDescription(o)) } catch { } }" },
        { "windows", "open('http://{other}/popup'); const a = document.createElement('a'); a.href = 'http://{other}/blank'; a.target = '_blank'; document.body.append(a); a.click()" },
        { "download", "const a = document.createElement('a'); a.href = '/file.bin'; a.download = 'x'; document.body.append(a); a.click()" },
        { "form", "const f = document.createElement('form'); f.method = 'post'; f.action = 'http://{other}/form'; document.body.append(f); f.submit()" },
        { "preload", "document.head.insertAdjacentHTML('beforeend', `<link rel=preload as=fetch href='http://{other}/pre'><link rel=prefetch href='http://{other}/fetch'><link rel=dns-prefetch href='//{other}'><link rel=preconnect href='http://{other}'><link rel=modulepreload href='http://{other}/m.js'><link rel=manifest href='/app.webmanifest'><link rel=icon href='/icon'>`)" },
        { "speculation", "document.head.insertAdjacentHTML('beforeend', `<script type=speculationrules>{\"prerender\":[{\"source\":\"list\",\"urls\":[\"/pr\"]}],\"prefetch\":[{\"source\":\"list\",\"urls\":[\"/pf\"]}]}<\\/script>`); const s = document.createElement('script'); s.type = 'speculationrules'; s.textContent = JSON.stringify({ prerender: [{ source: 'list', urls: ['/pr2'] }] }); document.head.append(s)" },
        { "media", "document.body.insertAdjacentHTML('beforeend', `<video autoplay muted src='http://{other}/v.mp4'></video><audio src='http://{other}/a.mp3' preload=auto></audio><img src='http://{other}/i.png'><object data='http://{other}/o'></object><embed src='http://{other}/e'>`)" },
        { "alerts", "for (let i = 0; i < 300; i++) alert(i); confirm('x'); prompt('y'); onbeforeunload = () => 'no'" },
    };

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Servers_see_what_the_fetcher_sent_and_nothing_else(string way, string script) => await TryAsync(shared.Renderer, way, script);

    /// <summary>Where the kernel gives no empty network, the browser's own switches must do.</summary>
    [Fact]
    public async Task The_browsers_own_switches_hold_without_the_kernels_wall()
    {
        await using ChromiumRenderer renderer = Chromium.Renderer(kernelWall: false);
        foreach ((string way, string script) in Ways.Select(row => row.Data))
            await TryAsync(renderer, way, script);
    }

    [Theory]
    [InlineData("endless loop", "document.body.append('trước'); while (true) { }")]
    [InlineData("endless loop later", "setTimeout(() => { while (true) { } }, 100)")]
    [InlineData("endless timers", "const again = () => { document.body.append('x'.repeat(10)); setTimeout(again, 0) }; again()")]
    [InlineData("endless alerts", "while (true) alert(1)")]
    [InlineData("endless requests", "const again = () => { for (let i = 0; i < 50; i++) fetch('/x' + Math.random()).catch(() => 0); setTimeout(again, 1) }; again()")]
    [InlineData("endless reloads", "location.reload()")]
    [InlineData("endless moving", "location.href = '/chuyen?' + Math.random()")]
    [InlineData("endless frames", "const again = () => { const f = document.createElement('iframe'); f.srcdoc = '<script>parent.again()<' + '/script>'; document.body.append(f) }; again()")]
    public async Task Nothing_goes_on_for_ever(string _, string script)
    {
        await using ChromiumRenderer renderer = Chromium.Renderer(Chromium.Settings with { Timeout = TimeSpan.FromSeconds(2), MaxRequests = 20 });
        string page = ChromiumRendererTests.Shell($"<p>một</p><script>{script}</script>");
        await using var site = ScriptedHttpServer.Start().On("*", exchange => exchange.RespondAsync(200, System.Text.Encoding.UTF8.GetBytes(page), ("Content-Type", "text/html; charset=utf-8")));
        await using var parts = new CountedParts();

        RenderOutcome outcome = await renderer.ShowAsync(site.Url("/"), page, parts);

        Assert.True(outcome is RenderOutcome.Rendered or RenderOutcome.Failed);
        // The limit, its fourfold for waiting at most, two readings of four seconds, and a slow machine.
        Assert.InRange(outcome.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(30));
        Assert.InRange(site.Requests.Count, 0, 20);
        // Nothing reaches the site that was not asked for; what was asked for when the time ended may not have left any more.
        Assert.InRange(site.Requests.Count, 0, parts.Asked.Count);

        // The browser, or the next one, is of use again; its start has two seconds here, which a machine at work may need more than once.
        RenderOutcome again = await renderer.ShowAsync(site.Url("/"), ChromiumRendererTests.Shell("<p>hai</p>"), parts);
        for (int tries = 1; again is RenderOutcome.Failed && tries < 4; tries++)
            again = await renderer.ShowAsync(site.Url("/"), ChromiumRendererTests.Shell("<p>hai</p>"), parts);
        Assert.IsType<RenderOutcome.Rendered>(again);
    }

    [Theory]
    [InlineData("arrays", "const a = []; while (true) a.push(new Array(1e6).fill(Math.random()))")]
    [InlineData("buffers", "const a = []; const again = () => { for (let i = 0; i < 8; i++) { const b = new Uint8Array(16 << 20); b.fill(7); a.push(b) } setTimeout(again, 1) }; again()")]
    [InlineData("nodes", "const again = () => { for (let i = 0; i < 20000; i++) document.body.append(document.createElement('p')); setTimeout(again, 0) }; again()")]
    public async Task Memory_is_bounded_and_the_observation_goes_on(string _, string script)
    {
        await using ChromiumRenderer renderer = Chromium.Renderer(Chromium.Settings with { Timeout = TimeSpan.FromSeconds(3), MaxMemoryMegabytes = 500 });
        await using var parts = new CountedParts();

        RenderOutcome outcome = await renderer.ShowAsync("http://127.0.0.1:1/", ChromiumRendererTests.Shell($"<p>một</p><script>{script}</script>"), parts);

        Assert.True(outcome is RenderOutcome.Failed or RenderOutcome.Rendered { Settled: false }, outcome.ToString());
        Assert.IsType<RenderOutcome.Rendered>(await renderer.ShowAsync("http://127.0.0.1:1/", ChromiumRendererTests.Shell("<p>hai</p>"), parts));
    }

    [Fact]
    public async Task A_browser_that_is_killed_costs_one_rendering_and_nothing_is_left_at_the_end()
    {
        ChromiumRenderer renderer = Chromium.Renderer();
        await using var parts = new CountedParts();
        Assert.IsType<RenderOutcome.Rendered>(await renderer.ShowAsync("http://127.0.0.1:1/", ChromiumRendererTests.Shell("<p>một</p>"), parts));
        int browser = Assert.Single(renderer.IdleProcesses);
        Assert.True(ProcessGroup.Count(browser) > 1);

        ProcessGroup.End(browser, "monitor-render-none");
        Assert.IsType<RenderOutcome.Failed>(await renderer.ShowAsync("http://127.0.0.1:1/", ChromiumRendererTests.Shell("<p>hai</p>"), parts));
        Assert.IsType<RenderOutcome.Rendered>(await renderer.ShowAsync("http://127.0.0.1:1/", ChromiumRendererTests.Shell("<p>ba</p>"), parts));

        // A page under way when the program stops does not hold it up.
        Task<RenderOutcome> last = renderer.ShowAsync("http://127.0.0.1:1/", ChromiumRendererTests.Shell("<script>while (true) { }</script>"), parts);
        await renderer.DisposeAsync();
        Assert.IsType<RenderOutcome.Failed>(await last);
        Assert.Empty(renderer.IdleProcesses);
        Assert.Equal(0, ProcessGroup.Count(browser));
    }

    /// <summary>What the pages' workers, service workers and frames are made of.</summary>
    internal static ScriptedHttpServer WithWorkers(ScriptedHttpServer site)
    {
        const string Worker = "fetch('/from-worker'); try { new WebSocket('ws://' + location.host + '/ws-worker') } catch { } try { navigator.serviceWorker.register('/sw.js') } catch { }";
        return site
            .OnText("/worker.js", Worker, contentType: "text/javascript").OnText("/module.js", Worker + "; export default 1", contentType: "text/javascript")
            .OnText("/sw.js", "fetch('/from-service-worker'); onfetch = e => e.respondWith(fetch('/through-service-worker'))", contentType: "text/javascript")
            .OnText("/frame", "<script>navigator.serviceWorker.register('/sw.js'); fetch('/from-frame')</script>");
    }

    private static async Task TryAsync(ChromiumRenderer renderer, string way, string script)
    {
        await using var other = ScriptedHttpServer.Start().On("*", exchange => exchange.RespondAsync(200, "khác"u8.ToArray(), ("Content-Type", "text/html")));
        await using var site = WithWorkers(ScriptedHttpServer.Start())
            .On("*", exchange => exchange.RespondAsync(200, "được"u8.ToArray(), ("Content-Type", "text/plain")));
        using var udp = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        await using var parts = new CountedParts();
        string written = script.Replace("{other}", other.Endpoint.ToString(), StringComparison.Ordinal).Replace("{udp}", udp.Client.LocalEndPoint!.ToString(), StringComparison.Ordinal);

        RenderOutcome outcome = await renderer.ShowAsync(site.Url("/"), ChromiumRendererTests.Shell($"<p>một</p><script>{written}</script>"), parts);

        Assert.True(outcome is RenderOutcome.Rendered, $"{way}: {outcome}");
        string html = ((RenderOutcome.Rendered)outcome).Html;
        Assert.DoesNotContain("<body><p>một</p>SOCKET", html, StringComparison.Ordinal);
        string[] seen = [.. site.Requests.Select(request => $"{request.Method} {site.Url(request.Target)}").Concat(other.Requests.Select(request => $"{request.Method} {other.Url(request.Target)}")).Order(StringComparer.Ordinal)];
        string[] asked = [.. parts.Asked.Select(ask => $"{(ask.Head ? "HEAD" : "GET")} {ask.Url}").Order(StringComparer.Ordinal)];
        Assert.Equal((way, string.Join('\n', asked)), (way, string.Join('\n', seen)));
        // Connections that never became a request are traffic too: each fetcher connection carries one.
        Assert.InRange(other.Connections + site.Connections, 0, asked.Length);
        Assert.Equal((way, 0), (way, udp.Available));
        Assert.All(outcome.Parts.Where(part => part.Kind is PartKind.Stream or PartKind.Media or PartKind.Ping), part => Assert.NotEqual(PartEnd.Answered, part.End));
    }
}
