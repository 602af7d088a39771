using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using Monitor.Worker.Ports;
using Monitor.Worker.Settings;

namespace Monitor.Worker.Rendering;

/// <summary>
/// One page in one browser: opened in a context of its own that keeps nothing, let run until it rests, read, closed. Its time is virtual: timers run as fast
/// as they can while no request is under way, so that a page that waits three seconds to show itself costs a fraction of one.
/// </summary>
internal sealed class PageVisit : IDisposable
{
    /// <summary>Virtual time that a page has to show itself, in milliseconds.</summary>
    private const int Budget = 6000;

    /// <summary>More of it where requests were still under way at its end, and how often at most.</summary>
    private const int More = 1000, MoreTimes = 20;

    /// <summary>As much as the browser may be silent before it counts as at rest, once its time is spent.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(150);

    /// <summary>As long as it may be silent at all.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(4);

    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(25);
    private static readonly TimeSpan LongestReading = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan LongestPictures = TimeSpan.FromSeconds(30);

    /// <summary>Of the window, in CSS pixels.</summary>
    private const int Width = 1280;

    private readonly CdpPipe _pipe;
    private readonly RenderingSettings _settings;
    private readonly RenderRequest _request;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _ended;
    private readonly PartGate _gate;
    private readonly ConcurrentDictionary<string, string> _sessions = new(StringComparer.Ordinal);
    private readonly TaskCompletionSource<string> _main = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private string? _context;
    private string _target = "";
    private int _more;
    private volatile bool _budgetSpent;
    private volatile bool _crashed;

    public PageVisit(CdpPipe pipe, RenderRequest request, IPartSource parts, RenderingSettings settings, TimeProvider time, CancellationToken cancellation)
    {
        (_pipe, _settings, _request, _time) = (pipe, settings, request, time);
        _ended = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        _gate = new PartGate(pipe, request, parts, settings, time, _ended.Token);
    }

    public void Dispose()
    {
        _ended.Dispose();
        _gate.Dispose();
    }

    /// <param name="tooLarge">True when the browser has outgrown its memory.</param>
    /// <exception cref="CdpException">The browser refused something it never should, or has gone.</exception>
    public async Task<RenderOutcome> RunAsync(Func<bool> tooLarge, CancellationToken cancellation)
    {
        var started = _time.GetTimestamp();
        try
        {
            var outcome = await ShowAsync(started, tooLarge, cancellation);
            return outcome with { Parts = _gate.Parts, Elapsed = _time.GetElapsedTime(started) };
        }
        catch (CdpException fault)
        {
            return new RenderOutcome.Failed(_crashed ? "the page crashed the browser" : fault.Message) { Parts = _gate.Parts, Elapsed = _time.GetElapsedTime(started) };
        }
        finally
        {
            await _ended.CancelAsync();
            await _gate.EndAsync();
        }
    }

    /// <summary>Closes the page with all it left.</summary>
    /// <exception cref="CdpException">The browser has gone.</exception>
    public async Task CloseAsync(CancellationToken cancellation)
    {
        if (_context is { } context)
        {
            await _pipe.CallAsync("Target.disposeBrowserContext", new JsonObject { ["browserContextId"] = context }, null, cancellation);
        }
    }

    /// <summary>On the reading thread.</summary>
    public void On(CdpEvent happened)
    {
        switch (happened.Method)
        {
            case "Fetch.requestPaused":
                Asked(happened);
                break;
            case "Target.attachedToTarget":
                Attached(happened);
                break;
            case "Page.javascriptDialogOpening":
                _pipe.Post("Page.handleJavaScriptDialog", new JsonObject { ["accept"] = false }, happened.Session);
                break;
            case "Network.webSocketCreated" or "Network.webTransportCreated":
                _gate.NoteStream(happened.Parameters.GetProperty("url").GetString() ?? "");
                break;
            case "Emulation.virtualTimeBudgetExpired":
                _budgetSpent = true;
                break;
            case "Inspector.targetCrashed" when IsMain(happened.Session):
                _crashed = true;
                break;
        }
    }

    private async Task<RenderOutcome> ShowAsync(long started, Func<bool> tooLarge, CancellationToken cancellation)
    {
        var context = await _pipe.CallAsync("Target.createBrowserContext", new JsonObject { ["disposeOnDetach"] = true }, null, cancellation);
        _context = context.GetProperty("browserContextId").GetString()!;
        await _pipe.CallAsync("Browser.setDownloadBehavior", new JsonObject { ["behavior"] = "deny", ["browserContextId"] = _context }, null, cancellation);
        var target = await _pipe.CallAsync("Target.createTarget", new JsonObject { ["url"] = "about:blank", ["browserContextId"] = _context }, null, cancellation);
        var session = await _main.Task.WaitAsync(_settings.Timeout, _time, cancellation);
        _target = target.GetProperty("targetId").GetString()!;
        await _pipe.CallAsync("Emulation.setDeviceMetricsOverride", new JsonObject { ["width"] = Width, ["height"] = 2400, ["deviceScaleFactor"] = 1, ["mobile"] = false }, session, cancellation);
        _pipe.Post("Page.navigate", new JsonObject { ["url"] = _request.Url }, session);

        var settled = false;
        for (var tick = 0; ; tick++)
        {
            if (_pipe.Closed.IsCompleted || _crashed)
            {
                return new RenderOutcome.Failed(_crashed ? "the page crashed the browser" : "the browser ended");
            }

            if (tick % 10 == 0 && tooLarge())
            {
                return new RenderOutcome.Failed("the page took too much memory");
            }

            if (_gate.Floods || _time.GetElapsedTime(started) > Deadline || (_gate.UnderWay == 0 && _gate.Quiet > Silence))
            {
                break;
            }

            if (_budgetSpent && _gate.UnderWay > 0 && _more < MoreTimes)
            {
                _more++;
                _budgetSpent = false;
                GiveTime(session, More);
            }
            else if (_budgetSpent && _gate.UnderWay == 0 && _gate.Quiet > Rest)
            {
                settled = true;
                break;
            }

            await Task.Delay(Tick, _time, cancellation);
        }

        // What is asked from here on would change nothing any more.
        await _ended.CancelAsync();
        return !_gate.PageServed ? new RenderOutcome.Failed("the page was never opened") : await ReadAsync(session, settled, cancellation);
    }

    private TimeSpan Deadline => _settings.Timeout + (_gate.Waited < _settings.Timeout * 3 ? _gate.Waited : _settings.Timeout * 3);

    private async Task<RenderOutcome> ReadAsync(string session, bool settled, CancellationToken cancellation)
    {
        var read = await TryReadAsync(session, cancellation);
        if (read is null)
        {
            // A script that never yields is made to; what stands there then is what it left.
            settled = false;
            _pipe.Post("Runtime.terminateExecution", null, session);
            read = await TryReadAsync(session, cancellation);
        }

        if (read is not { } page)
        {
            return new RenderOutcome.Failed("the page's scripts never ended");
        }

        if (!page.Url.StartsWith("http", StringComparison.Ordinal))
        {
            return new RenderOutcome.Failed("the browser shows a page of its own");
        }

        var rendered = new RenderOutcome.Rendered { Html = page.Html, FinalUrl = page.Url, Settled = settled && !page.Cut };
        if (!_request.Pictures)
        {
            return rendered;
        }

        var (pictures, problem) = await PicturesAsync(session, cancellation);
        return rendered with { Pictures = pictures, PicturesProblem = problem };
    }

    /// <summary>
    /// The page as it stands: picture, print, saved page. Movements are taken to their end first, and its scripts stopped: the browser needs its clock to paint,
    /// and nothing may change by it.
    /// </summary>
    private async Task<(PagePictures? Pictures, string Problem)> PicturesAsync(string session, CancellationToken cancellation)
    {
        using var limit = new CancellationTokenSource(LongestPictures, _time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        try
        {
            var world = await _pipe.CallAsync("Page.createIsolatedWorld", new JsonObject { ["frameId"] = _target, ["worldName"] = "monitor-pictures" }, session, both.Token);
            await _pipe.CallAsync("Runtime.evaluate", new JsonObject { ["expression"] = PageScripts.Still, ["contextId"] = world.GetProperty("executionContextId").GetInt32() }, session, both.Token);
            await _pipe.CallAsync("Emulation.setScriptExecutionDisabled", new JsonObject { ["value"] = true }, session, both.Token);
            _pipe.Post("Emulation.setVirtualTimePolicy", new JsonObject { ["policy"] = "advance" }, session);
            var browser = (await _pipe.CallAsync("Browser.getVersion", null, null, both.Token)).GetProperty("product").GetString() ?? "";
            var size = (await _pipe.CallAsync("Page.getLayoutMetrics", null, session, both.Token)).GetProperty("cssContentSize");
            var (width, height) = (Math.Clamp(size.GetProperty("width").GetDouble(), 1, 2 * Width), Math.Max(1, size.GetProperty("height").GetDouble()));
            var png = await DataAsync("Page.captureScreenshot", new JsonObject
            {
                ["format"] = "png",
                ["captureBeyondViewport"] = true,
                ["clip"] = new JsonObject { ["x"] = 0, ["y"] = 0, ["width"] = Math.Ceiling(width), ["height"] = Math.Min(Math.Ceiling(height), PagePictures.MostPixels), ["scale"] = 1 },
            });
            var mhtml = (await _pipe.CallAsync("Page.captureSnapshot", new JsonObject { ["format"] = "mhtml" }, session, both.Token)).GetProperty("data").GetString() ?? "";
            var pdf = await DataAsync("Page.printToPDF", new JsonObject { ["printBackground"] = true, ["paperWidth"] = 8.27, ["paperHeight"] = 11.69 });
            return (new PagePictures(browser, png, pdf, System.Text.Encoding.UTF8.GetBytes(mhtml), height > PagePictures.MostPixels), "");
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return (null, "the browser took too long to take pictures");
        }
        catch (CdpException fault)
        {
            return (null, fault.Message);
        }

        async Task<byte[]> DataAsync(string method, JsonObject parameters) => (await _pipe.CallAsync(method, parameters, session, both.Token)).GetProperty("data").GetBytesFromBase64();
    }

    private async Task<(string Url, string Html, bool Cut)?> TryReadAsync(string session, CancellationToken cancellation)
    {
        using var limit = new CancellationTokenSource(_settings.Timeout / 2 < LongestReading ? _settings.Timeout / 2 : LongestReading, _time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        try
        {
            var world = await _pipe.CallAsync("Page.createIsolatedWorld", new JsonObject { ["frameId"] = _target, ["worldName"] = "monitor" }, session, both.Token);
            var answer = await _pipe.CallAsync("Runtime.evaluate", new JsonObject
            {
                ["expression"] = PageScripts.Serialise,
                ["contextId"] = world.GetProperty("executionContextId").GetInt32(),
                ["returnByValue"] = true,
            }, session, both.Token);
            return answer.GetProperty("result").TryGetProperty("value", out var value) && value.ValueKind == JsonValueKind.Object
                ? (value.GetProperty("url").GetString() ?? "", value.GetProperty("html").GetString() ?? "", value.GetProperty("cut").GetBoolean())
                : null;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return null;
        }
    }

    private void Asked(CdpEvent paused)
    {
        var request = PartRequest.Read(paused, _target);
        var kind = paused.Session is { } session ? _sessions.GetValueOrDefault(session) : null;
        if (kind is null)
        {
            _pipe.Post("Fetch.failRequest", new JsonObject { ["requestId"] = request.Id, ["errorReason"] = "BlockedByClient" }, paused.Session);
            return;
        }

        if (!_gate.PageServed && kind == "main")
        {
            GiveTime(paused.Session!, Budget);
        }

        _gate.Take(request, refuse: kind == "worker");
    }

    private void GiveTime(string session, int milliseconds) =>
        _pipe.Post("Emulation.setVirtualTimePolicy", new JsonObject { ["policy"] = "pauseIfNetworkFetchesPending", ["budget"] = milliseconds, ["maxVirtualTimeTaskStarvationCount"] = 1000 }, session);

    private void Attached(CdpEvent attached)
    {
        var session = attached.Parameters.GetProperty("sessionId").GetString()!;
        var info = attached.Parameters.GetProperty("targetInfo");
        var id = info.GetProperty("targetId").GetString()!;
        var ours = info.TryGetProperty("browserContextId", out var context) && context.GetString() == _context;
        switch (info.GetProperty("type").GetString())
        {
            case "page" when ours && !_main.Task.IsCompleted:
                _target = id;
                _sessions[session] = "main";
                Prepare(session);
                _pipe.Post("Runtime.runIfWaitingForDebugger", null, session);
                _main.TrySetResult(session);
                break;
            case "page" when ours:
                // A window that was opened: its opener waits until it runs.
                _pipe.Post("Runtime.runIfWaitingForDebugger", null, session);
                _pipe.Post("Target.closeTarget", new JsonObject { ["targetId"] = id }, null);
                break;
            case "iframe":
                _sessions[session] = "frame";
                Prepare(session);
                _pipe.Post("Runtime.runIfWaitingForDebugger", null, session);
                break;
            case "service_worker" or "shared_worker":
                // Never let run: it would outlive the page.
                _sessions[session] = "worker";
                _pipe.Post("Fetch.enable", Everything(), session);
                _pipe.Post("Target.closeTarget", new JsonObject { ["targetId"] = id }, null);
                break;
            default:
                _pipe.Post("Target.setAutoAttach", AutoAttach(), session);
                _pipe.Post("Runtime.runIfWaitingForDebugger", null, session);
                break;
        }
    }

    private void Prepare(string session)
    {
        _pipe.Post("Fetch.enable", Everything(), session);
        _pipe.Post("Target.setAutoAttach", AutoAttach(), session);
        _pipe.Post("Network.enable", new JsonObject { ["maxTotalBufferSize"] = 0, ["maxResourceBufferSize"] = 0, ["maxPostDataSize"] = 0 }, session);
        _pipe.Post("Network.setBypassServiceWorker", new JsonObject { ["bypass"] = true }, session);
        _pipe.Post("Page.enable", null, session);
        _pipe.Post("Page.addScriptToEvaluateOnNewDocument", new JsonObject { ["source"] = PageScripts.Before, ["runImmediately"] = true }, session);
        if (_request.Pictures)
        {
            _pipe.Post("Page.addScriptToEvaluateOnNewDocument", new JsonObject { ["source"] = PageScripts.Frozen(_request.At), ["runImmediately"] = true }, session);
        }
    }

    private bool IsMain(string? session) => session is not null && _sessions.GetValueOrDefault(session) == "main";

    public static JsonObject Everything() => new() { ["patterns"] = new JsonArray(new JsonObject { ["urlPattern"] = "*" }) };

    public static JsonObject AutoAttach() => new()
    {
        ["autoAttach"] = true,
        ["waitForDebuggerOnStart"] = true,
        ["flatten"] = true,
        ["filter"] = new JsonArray(Not("browser"), Not("browser_ui"), Not("tab"), new JsonObject()),
    };

    private static JsonObject Not(string type) => new() { ["type"] = type, ["exclude"] = true };
}
