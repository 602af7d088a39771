using System.Text;
using Monitor.Tests.Loopback;
using Monitor.Tests.Pipeline;
using Monitor.Worker.Ports;
using Monitor.Worker.Rendering;

namespace Monitor.Tests.Rendering;

/// <summary>A house that watches an application of one page: every address gives the same shell, which asks its API what to show.</summary>
internal sealed class ShellHouse : IAsyncDisposable
{
    public const string Words = "Đang tải";

    private ShellHouse(VantageHouse inner, SwitchedRenderer renderer) => (Inner, Renderer) = (inner, renderer);

    public VantageHouse Inner { get; }

    public SwitchedRenderer Renderer { get; }

    /// <summary>What the API says of the item: its status.</summary>
    public int Api { get; set; } = 200;

    public string Title { get; set; } = "Chợ hoa ngày Tết";

    public static async Task<ShellHouse> OpenAsync(string loading = Words)
    {
        var renderer = new SwitchedRenderer(Chromium.Renderer());
        ShellHouse? house = null;
        ScriptedHttpServer site = ScriptedHttpServer.Start()
            .OnText("/app.js", Script, contentType: "text/javascript")
            .OnText("/anh/1.jpg", "anh", contentType: "image/jpeg")
            .OnText("/robots.txt", "", 404)
            .On("/api/bai/1001", exchange => exchange.RespondAsync(
                house!.Api, Encoding.UTF8.GetBytes(house.Api == 200 ? $"{{\"t\":\"{house.Title}\"}}" : "{}"), ("Content-Type", "application/json")))
            .On("*", exchange => exchange.Request.Target.StartsWith("/api/", StringComparison.Ordinal)
                ? exchange.RespondAsync(404, "{}"u8.ToArray(), ("Content-Type", "application/json"))
                : exchange.RespondAsync(200, Encoding.UTF8.GetBytes($"<!doctype html><html><head><meta charset=utf-8><title>Chia sẻ mẫu</title></head><body><div id=root>{loading}</div><script src=/app.js></script></body></html>"), ("Content-Type", "text/html")));
        house = new ShellHouse(await VantageHouse.OpenAsync("", "direct", site: site, renderer: renderer), renderer);
        return house;
    }

    public async ValueTask DisposeAsync()
    {
        await Inner.DisposeAsync();
        await Renderer.DisposeAsync();
    }

    /// <summary>Like many an application, it takes any trouble for "not found".</summary>
    private const string Script = """
        setTimeout(async () => {
          const show = html => { document.getElementById('root').innerHTML = html; };
          const answer = await fetch('/api' + location.pathname);
          if (!answer.ok) { document.title = 'Không tìm thấy'; show('<main><h1>Không tìm thấy trang</h1><p>Bài viết này không tồn tại hoặc đã bị xoá.</p></main>'); return; }
          const item = await answer.json();
          document.title = item.t;
          let html = '<main><article><h1>' + item.t + '</h1><img src="/anh/1.jpg">';
          for (let i = 0; i < 20; i++) { html += '<p>Gian hàng số ' + i + ' bán hoa mai, hoa đào và cây quất cảnh cho người dân thành phố, mở cửa từ sáng sớm đến tối muộn.</p>'; }
          show(html + '</article></main>');
        }, 800);
        """;
}

/// <summary>A browser that can be taken away.</summary>
internal sealed class SwitchedRenderer(ChromiumRenderer inner) : IPageRenderer, IAsyncDisposable
{
    public bool Off { get; set; }

    public RendererState State => Off ? new RendererState.Unavailable("Chromium is not configured") : inner.State;

    public Task<RenderOutcome> RenderAsync(RenderRequest request, IPartSource parts, CancellationToken cancellation) =>
        Off ? Task.FromResult<RenderOutcome>(new RenderOutcome.Unavailable("Chromium is not configured")) : inner.RenderAsync(request, parts, cancellation);

    public ValueTask DisposeAsync() => inner.DisposeAsync();
}
