using System.Text;
using Monitor.Rules.Removal;
using Monitor.Worker.Ports;
using Monitor.Worker.Rendering;
using Monitor.Worker.Settings;

namespace Monitor.Worker.Bench;

/// <summary>The browser by itself: an application of one page whose parts come from memory, so that no network is measured.</summary>
public static class RenderBench
{
    private const int Starts = 5;
    private const int Pages = 40;

    /// <param name="settings">The shipped ones, but for the path of the browser.</param>
    public static async Task<BenchEnd> MeasureAsync(RenderingSettings settings, BenchProgress progress, CancellationToken cancellation)
    {
        var (cold, warm) = (new BenchSample(), new BenchSample());
        var (wrong, shown) = (0, 0);
        double memory = 0;
        for (var i = 0; i < Starts; i++)
        {
            await using var renderer = new ChromiumRenderer(() => settings, Serilog.Core.Logger.None);
            for (var page = 0; page <= Pages / Starts; page++)
            {
                var from = TimeProvider.System.GetTimestamp();
                var outcome = await renderer.RenderAsync(Shell(page), Parts.Instance, cancellation);
                (page == 0 ? cold : warm).Add(TimeProvider.System.GetElapsedTime(from).TotalMilliseconds);
                shown++;
                wrong += outcome is RenderOutcome.Rendered { Settled: true } rendered && rendered.Html.Contains($"<h1>Bài số {page}</h1>", StringComparison.Ordinal) ? 0 : 1;
                progress("render", shown, Starts * ((Pages / Starts) + 1));
            }

            memory = Math.Max(memory, renderer.IdleMemory / 1048576.0);
        }

        const string Method = "a shell of one script and one question for data, which shows itself after 500 ms of its own time; parts from memory";
        return new BenchEnd(
            [
                new BenchFigure("render.cold", cold.Median, "ms", cold.Count, "median; the browser is started for it; " + Method),
                new BenchFigure("render.warm", warm.Median, "ms", warm.Count, "median; the browser runs already; " + Method),
                new BenchFigure("render.warm.best", warm.Percentile(0), "ms", warm.Count, "minimum; " + Method),
                new BenchFigure("render.memory", memory, "MB", Starts, "greatest memory of a browser that has shown some pages: anonymous and shared, all its processes"),
            ],
            [new BenchCheck("render.check", wrong, shown, "each page shows what its data say, and comes to rest")]);
    }

    private static RenderRequest Shell(int page) => new()
    {
        Url = $"https://do.example/bai/{page}",
        Status = 200,
        Headers = new Dictionary<string, string>(StringComparer.Ordinal) { ["content-type"] = "text/html; charset=utf-8" },
        Body = Encoding.UTF8.GetBytes("<!doctype html><html><head><title>Đo</title></head><body><div id=root></div><script src=/app.js></script></body></html>"),
    };

    private sealed class Parts : IPartSource
    {
        private const string Script = "setTimeout(async () => { const r = await fetch('/api' + location.pathname); document.getElementById('root').innerHTML = '<main><h1>' + await r.text() + '</h1>' + '<p>Gian hàng bán hoa mai</p>'.repeat(100) + '</main>'; }, 500)";

        public static Parts Instance { get; } = new();

        public Task<PartAnswer> AskAsync(PartAsk ask, CancellationToken cancellation)
        {
            var path = new Uri(ask.Url).AbsolutePath;
            var (type, body) = ask.Kind == PartKind.Script ? ("text/javascript", Script) : ("text/plain; charset=utf-8", $"Bài số {path[(path.LastIndexOf('/') + 1)..]}");
            return Task.FromResult(new PartAnswer { Status = 200, Headers = new Dictionary<string, string>(StringComparer.Ordinal) { ["content-type"] = type }, Body = Encoding.UTF8.GetBytes(body) });
        }
    }
}
