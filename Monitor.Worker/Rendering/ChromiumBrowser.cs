using Monitor.Worker.Ports;
using Monitor.Worker.Settings;

namespace Monitor.Worker.Rendering;

/// <summary>One running browser; it shows one page at a time.</summary>
internal sealed class ChromiumBrowser : IDisposable
{
    private static readonly TimeSpan StartTime = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan CloseTime = TimeSpan.FromSeconds(5);

    private readonly ChromiumProcess _process;
    private readonly CdpPipe _pipe;
    private readonly TimeProvider _time;
    private volatile PageVisit? _visit;

    private ChromiumBrowser(string program, ChromiumProcess process, TimeProvider time)
    {
        (Program, _process, _time) = (program, process, time);
        _pipe = new CdpPipe(process.Commands, process.Answers, happened => _visit?.On(happened));
    }

    public string Program { get; }

    /// <summary>Pages shown so far.</summary>
    public int Pages { get; private set; }

    /// <summary>False once a page has left it in doubt.</summary>
    public bool Usable { get; private set; } = true;

    public bool WalledByKernel => _process.WalledByKernel;

    public int ProcessId => _process.Id;

    public long Resident => _process.Resident;

    /// <summary>When it went idle, as a timestamp of the time provider.</summary>
    public long IdleSince { get; set; }

    /// <exception cref="IOException">It did not start.</exception>
    public static async Task<ChromiumBrowser> StartAsync(string program, bool kernelWall, TimeProvider time, CancellationToken cancellation)
    {
        var browser = new ChromiumBrowser(program, ChromiumProcess.Start(program, kernelWall), time);
        using var limit = new CancellationTokenSource(StartTime, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        try
        {
            var spoken = browser._pipe.CallAsync("Browser.getVersion", null, null, both.Token);
            if (await Task.WhenAny(spoken, browser._process.Exited) != spoken)
            {
                // Its call is given up with it.
                _ = spoken.ContinueWith(static given => given.Exception, TaskScheduler.Default);
                throw new CdpException("it ended at once");
            }

            await spoken;
            browser._process.HasSpoken();
            await browser._pipe.CallAsync("Target.setAutoAttach", PageVisit.AutoAttach(), null, both.Token);
            await browser._pipe.CallAsync("Fetch.enable", PageVisit.Everything(), null, both.Token);
            return browser;
        }
        catch (CdpException fault)
        {
            browser.Dispose();
            throw new IOException(fault.Message, fault);
        }
        catch (OperationCanceledException late) when (!cancellation.IsCancellationRequested)
        {
            browser.Dispose();
            throw new IOException("it did not answer in time", late);
        }
        catch (OperationCanceledException)
        {
            browser.Dispose();
            throw;
        }
    }

    /// <exception cref="OperationCanceledException">Only for <paramref name="cancellation"/>; the browser is of no more use then.</exception>
    public async Task<RenderOutcome> ShowAsync(RenderRequest request, IPartSource parts, RenderingSettings settings, CancellationToken cancellation)
    {
        Pages++;
        Usable = false;
        using var visit = new PageVisit(_pipe, request, parts, settings, _time, cancellation);
        _visit = visit;
        try
        {
            var outcome = await visit.RunAsync(() => _process.Resident > settings.MaxMemoryMegabytes * 1024L * 1024, cancellation);
            if (outcome is RenderOutcome.Rendered)
            {
                using var limit = new CancellationTokenSource(CloseTime, _time);
                await visit.CloseAsync(limit.Token);
                Usable = true;
            }

            return outcome;
        }
        catch (Exception fault) when (fault is CdpException or TimeoutException || (fault is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            return new RenderOutcome.Failed("the browser ended");
        }
        finally
        {
            _visit = null;
        }
    }

    /// <summary>One that is in order is asked to end first; then whatever is left is ended.</summary>
    public void Dispose()
    {
        if (Usable)
        {
            _pipe.Post("Browser.close", null, null);
            _process.EndsByItself();
        }

        _process.Dispose();
    }
}
