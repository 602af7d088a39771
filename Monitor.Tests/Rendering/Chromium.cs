using System.Globalization;
using Monitor.Tests.Fetching;
using Monitor.Worker.Fetching;
using Monitor.Worker.Pipeline;
using Monitor.Worker.Ports;
using Monitor.Worker.Rendering;
using Monitor.Worker.Settings;
using Serilog.Core;

namespace Monitor.Tests.Rendering;

/// <summary>The browser of this machine, for tests that need a real one; without it they are skipped, which fails in CI.</summary>
internal static class Chromium
{
    public static string? Path { get; } = Environment.GetEnvironmentVariable("MONITOR_TEST_CHROMIUM") ?? RenderingSettings.UsualPlaces.FirstOrDefault(File.Exists);

    public static RenderingSettings Settings { get; } = new() { Chromium = Path ?? "", Timeout = TimeSpan.FromSeconds(8), MaxRequests = 60 };

    public static ChromiumRenderer Renderer(RenderingSettings? settings = null, bool kernelWall = true)
    {
        Assert.SkipWhen(Path is null, "needs Chromium: apt install chromium");
        return new ChromiumRenderer(() => settings ?? Settings, Logger.None, kernelWall: kernelWall);
    }

    /// <summary>Processes whose command line names a directory of a renderer of this process.</summary>
    public static int Processes()
    {
        string mark = string.Create(CultureInfo.InvariantCulture, $"monitor-render-{Environment.ProcessId}-");
        return Directory.EnumerateDirectories("/proc").Count(directory => CommandLine(directory).Contains(mark, StringComparison.Ordinal));
    }

    private static string CommandLine(string directory)
    {
        try
        {
            return File.ReadAllText(directory + "/cmdline");
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    public static Task<RenderOutcome> ShowAsync(this IPageRenderer renderer, string url, string html, IPartSource parts) => renderer.RenderAsync(
        new RenderRequest
        {
            Url = url,
            Status = 200,
            Headers = new Dictionary<string, string>(StringComparer.Ordinal) { ["content-type"] = "text/html; charset=utf-8" },
            Body = System.Text.Encoding.UTF8.GetBytes(html),
        },
        parts,
        TestContext.Current.CancellationToken);
}

/// <summary>The network through a real fetcher, and a record of what it was asked for.</summary>
internal sealed class CountedParts : IPartSource, IAsyncDisposable
{
    private readonly SafeFetcher _fetcher = Fetchers.Create();
    private readonly FetchedParts _parts;
    private readonly List<PartAsk> _asked = [];

    public CountedParts() => _parts = new FetchedParts(_fetcher, RobotsPolicy.Record);

    public IReadOnlyList<PartAsk> Asked
    {
        get
        {
            lock (_asked)
                return [.. _asked];
        }
    }

    public Task<PartAnswer> AskAsync(PartAsk ask, CancellationToken cancellation)
    {
        lock (_asked)
            _asked.Add(ask);
        return _parts.AskAsync(ask, cancellation);
    }

    public ValueTask DisposeAsync() => _fetcher.DisposeAsync();
}

/// <summary>One renderer for the tests of a class: a browser is started once.</summary>
public sealed class SharedRenderer : IAsyncDisposable
{
    private ChromiumRenderer? _renderer;

    public ChromiumRenderer Renderer => _renderer ??= Chromium.Renderer();

    public ValueTask DisposeAsync() => _renderer?.DisposeAsync() ?? ValueTask.CompletedTask;
}
