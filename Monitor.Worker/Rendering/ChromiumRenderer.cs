using Monitor.Worker.Ports;
using Monitor.Worker.Settings;
using Serilog;

namespace Monitor.Worker.Rendering;

/// <summary>
/// Renders with Debian's Chromium. A browser is started when the first page asks for one, shows some pages, and is replaced; one that nobody needs is
/// ended, so that an installation without shells pays nothing. Each page has a browser for itself while it is shown.
/// </summary>
public sealed class ChromiumRenderer : IPageRenderer, IAsyncDisposable
{
    /// <summary>A browser grows with what it has shown.</summary>
    private const int PagesPerBrowser = 25;

    private static readonly TimeSpan IdleFor = TimeSpan.FromSeconds(60);

    /// <summary>Longest wait for a turn; an inspection must end within its lease.</summary>
    private static readonly TimeSpan TurnWithin = TimeSpan.FromMinutes(2);

    /// <summary>A browser that does not start is not started again for every page.</summary>
    private static readonly TimeSpan StartAgainAfter = TimeSpan.FromMinutes(5);

    private readonly Func<RenderingSettings> _settings;
    private readonly ILogger _log;
    private readonly TimeProvider _time;
    private readonly bool _kernelWall;
    private readonly SemaphoreSlim _turns;
    private readonly Lock _gate = new();
    private readonly Stack<ChromiumBrowser> _idle = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly ITimer _sweep;
    private (long At, string Reason)? _failedStart;
    private int _running;
    private bool _tidied;

    /// <param name="settings">In force at the moment; the number of pages at once is read once.</param>
    /// <param name="kernelWall">False: the browser is walled off by its own switches alone (tests).</param>
    public ChromiumRenderer(Func<RenderingSettings> settings, ILogger log, TimeProvider? time = null, bool kernelWall = true)
    {
        (_settings, _log, _time, _kernelWall) = (settings, log, time ?? TimeProvider.System, kernelWall);
        _turns = new SemaphoreSlim(settings().Parallel);
        _sweep = _time.CreateTimer(_ => EndIdle(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public RendererState State => StateOf(_settings());

    /// <summary>Process ids of the browsers that wait for a page; empty when nothing runs.</summary>
    public IReadOnlyList<int> IdleProcesses
    {
        get
        {
            lock (_gate)
            {
                return [.. _idle.Select(browser => browser.ProcessId)];
            }
        }
    }

    /// <summary>Memory of the browsers that wait for a page, in bytes.</summary>
    public long IdleMemory
    {
        get
        {
            lock (_gate)
            {
                return _idle.Sum(browser => browser.Resident);
            }
        }
    }

    public async Task<RenderOutcome> RenderAsync(RenderRequest request, IPartSource parts, CancellationToken cancellation)
    {
        var settings = _settings();
        if (StateOf(settings) is not RendererState.Ready ready)
        {
            return new RenderOutcome.Unavailable(((RendererState.Unavailable)StateOf(settings)).Reason);
        }

        if (_stopping.IsCancellationRequested)
        {
            return new RenderOutcome.Failed("the program is stopping");
        }

        if (!await _turns.WaitAsync(TurnWithin, cancellation))
        {
            return new RenderOutcome.Failed("the browser was busy for too long");
        }

        Interlocked.Increment(ref _running);
        try
        {
            return await RenderAsync(ready.Program, settings, request, parts, cancellation);
        }
        finally
        {
            Interlocked.Decrement(ref _running);
            _turns.Release();
        }
    }

    /// <summary>Ends every browser; pages under way end as failed. Takes seconds.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_stopping.IsCancellationRequested)
        {
            return;
        }

        await _stopping.CancelAsync();
        await _sweep.DisposeAsync();
        for (var i = 0; i < 200 && Volatile.Read(ref _running) > 0; i++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), _time, CancellationToken.None);
        }

        foreach (var browser in TakeIdle(_ => true))
        {
            browser.Dispose();
        }
    }

    private static RendererState StateOf(RenderingSettings settings)
    {
        if (settings.Enabled == RenderingUse.Off)
        {
            return new RendererState.Unavailable("Chromium is not configured (rendering.enabled: off)");
        }

        return settings.Chromium.Length > 0
            ? File.Exists(settings.Chromium) ? new RendererState.Ready(settings.Chromium) : new RendererState.Unavailable("the configured Chromium is not there")
            : RenderingSettings.UsualPlaces.FirstOrDefault(File.Exists) is { } found ? new RendererState.Ready(found) : new RendererState.Unavailable("Chromium is not configured, and not installed");
    }

    private async Task<RenderOutcome> RenderAsync(string program, RenderingSettings settings, RenderRequest request, IPartSource parts, CancellationToken cancellation)
    {
        using var both = CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token, cancellation);
        ChromiumBrowser? browser = null;
        try
        {
            browser = await BrowserAsync(program, both.Token);
            return await browser.ShowAsync(request, parts, settings, both.Token);
        }
        catch (IOException fault)
        {
            return new RenderOutcome.Failed($"the browser did not start: {fault.Message}");
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new RenderOutcome.Failed("the program is stopping");
        }
        finally
        {
            Return(browser);
        }
    }

    private async Task<ChromiumBrowser> BrowserAsync(string program, CancellationToken cancellation)
    {
        foreach (var other in TakeIdle(idle => idle.Program != program))
        {
            other.Dispose();
        }

        lock (_gate)
        {
            if (_idle.TryPop(out var waiting))
            {
                return waiting;
            }

            if (_failedStart is { } failed && _time.GetElapsedTime(failed.At) < StartAgainAfter)
            {
                throw new IOException(failed.Reason);
            }

            if (!_tidied)
            {
                _tidied = true;
                ChromiumProcess.RemoveLeftovers();
            }
        }

        try
        {
            var browser = await ChromiumBrowser.StartAsync(program, _kernelWall, _time, cancellation);
            _log.Debug("Browser started, walled off by {Wall}", browser.WalledByKernel ? "the kernel" : "its switches");
            return browser;
        }
        catch (IOException fault)
        {
            _log.Warning("The browser does not start; next attempt in {Minutes} minutes", StartAgainAfter.TotalMinutes);
            lock (_gate)
            {
                _failedStart = (_time.GetTimestamp(), fault.Message);
            }

            throw;
        }
    }

    private void Return(ChromiumBrowser? browser)
    {
        if (browser is null)
        {
            return;
        }

        if (browser is { Usable: true, Pages: < PagesPerBrowser } && !_stopping.IsCancellationRequested)
        {
            browser.IdleSince = _time.GetTimestamp();
            lock (_gate)
            {
                _idle.Push(browser);
            }

            Sweep(IdleFor);
            return;
        }

        browser.Dispose();
    }

    private void EndIdle()
    {
        foreach (var browser in TakeIdle(idle => _time.GetElapsedTime(idle.IdleSince) >= IdleFor))
        {
            browser.Dispose();
        }

        lock (_gate)
        {
            if (_idle.Count == 0)
            {
                return;
            }
        }

        Sweep(IdleFor / 4);
    }

    private void Sweep(TimeSpan after)
    {
        try
        {
            _sweep.Change(after, Timeout.InfiniteTimeSpan);
        }
        catch (ObjectDisposedException)
        {
            // Stopping: every browser is ended anyway.
        }
    }

    private List<ChromiumBrowser> TakeIdle(Func<ChromiumBrowser, bool> which)
    {
        lock (_gate)
        {
            var taken = _idle.Where(which).ToList();
            if (taken.Count > 0)
            {
                var kept = _idle.Where(browser => !taken.Contains(browser)).Reverse().ToList();
                _idle.Clear();
                kept.ForEach(_idle.Push);
            }

            return taken;
        }
    }
}
