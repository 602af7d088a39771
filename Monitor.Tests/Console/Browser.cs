using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;
using Monitor.Tests.Rendering;

namespace Monitor.Tests.Console;

/// <summary>Debian's Chromium, driven over its debugging protocol on loopback. Each <see cref="BrowserPage"/> has cookies of its own. Skipped where there is none, which fails in CI.</summary>
internal sealed class Browser : IAsyncDisposable
{
    private readonly System.Diagnostics.Process _process;
    private readonly string _directory;
    private readonly ClientWebSocket _socket;
    private readonly SemaphoreSlim _sending = new(1);
    private readonly ConcurrentDictionary<int, TaskCompletionSource<JsonElement>> _waiting = new();
    private readonly ConcurrentDictionary<string, BrowserPage> _pages = new();
    private int _last;

    private Browser(System.Diagnostics.Process process, string directory, ClientWebSocket socket)
    {
        (_process, _directory, _socket) = (process, directory, socket);
        _ = ReadAsync();
    }

    public static async Task<Browser> StartAsync()
    {
        Assert.SkipWhen(Chromium.Path is null && Environment.GetEnvironmentVariable("CI") is not { Length: > 0 }, "needs Chromium: apt install chromium");
        Assert.NotNull(Chromium.Path);
        var directory = Directory.CreateTempSubdirectory("monitor-browser-").FullName;
        var start = new ProcessStartInfo(Chromium.Path) { UseShellExecute = false, RedirectStandardError = true, RedirectStandardOutput = true };
        foreach (var argument in (string[])["--headless=new", "--remote-debugging-port=0", "--remote-debugging-address=127.0.0.1", $"--user-data-dir={directory}", "--no-first-run", "--disable-gpu", "--disable-dev-shm-usage",
            "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-extensions", "--hide-scrollbars", "--no-proxy-server", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
            .. Environment.IsPrivilegedProcess ? (string[])["--no-sandbox"] : [], "about:blank"])
            start.ArgumentList.Add(argument);
        var process = System.Diagnostics.Process.Start(start)!;
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
        var file = Path.Combine(directory, "DevToolsActivePort");
        for (var attempt = 0; ; attempt++)
        {
            if (File.Exists(file) && await File.ReadAllLinesAsync(file) is [var port, var path, ..])
            {
                var socket = new ClientWebSocket();
                await socket.ConnectAsync(new Uri($"ws://127.0.0.1:{port}{path}"), CancellationToken.None);
                return new Browser(process, directory, socket);
            }

            Assert.True(attempt < 300 && !process.HasExited, "Chromium did not start");
            await Task.Delay(100);
        }
    }

    /// <summary>A new window with nobody signed in.</summary>
    public async Task<BrowserPage> OpenAsync(int width = 1280, int height = 720)
    {
        var context = (await CallAsync("Target.createBrowserContext", [], null)).GetProperty("browserContextId").GetString()!;
        var target = (await CallAsync("Target.createTarget", new JsonObject { ["url"] = "about:blank", ["browserContextId"] = context }, null)).GetProperty("targetId").GetString()!;
        var session = (await CallAsync("Target.attachToTarget", new JsonObject { ["targetId"] = target, ["flatten"] = true }, null)).GetProperty("sessionId").GetString()!;
        var page = new BrowserPage(this, session);
        _pages[session] = page;
        await CallAsync("Page.enable", [], session);
        await CallAsync("Runtime.enable", [], session);
        await CallAsync("Log.enable", [], session);
        await page.SizeAsync(width, height);
        return page;
    }

    public async ValueTask DisposeAsync()
    {
        _socket.Dispose();
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        _sending.Dispose();
        for (var attempt = 0; attempt < 20 && Directory.Exists(_directory); attempt++)
        {
            try
            {
                Directory.Delete(_directory, recursive: true);
            }
            catch (Exception busy) when (busy is IOException or UnauthorizedAccessException)
            {
                await Task.Delay(50);
            }
        }
    }

    internal async Task<JsonElement> CallAsync(string method, JsonObject parameters, string? session)
    {
        var id = Interlocked.Increment(ref _last);
        var answer = _waiting[id] = new TaskCompletionSource<JsonElement>(TaskCreationOptions.RunContinuationsAsynchronously);
        var message = new JsonObject { ["id"] = id, ["method"] = method, ["params"] = parameters };
        if (session is not null)
            message["sessionId"] = session;
        await _sending.WaitAsync();
        try
        {
            await _socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(message), WebSocketMessageType.Text, true, CancellationToken.None);
        }
        finally
        {
            _sending.Release();
        }

        return await answer.Task.WaitAsync(TimeSpan.FromSeconds(60));
    }

    private async Task ReadAsync()
    {
        var buffer = new byte[64 * 1024];
        try
        {
            while (true)
            {
                using var whole = new MemoryStream();
                WebSocketReceiveResult part;
                do
                {
                    part = await _socket.ReceiveAsync(buffer, CancellationToken.None);
                    whole.Write(buffer, 0, part.Count);
                }
                while (!part.EndOfMessage);
                using var document = JsonDocument.Parse(whole.ToArray());
                var root = document.RootElement;
                if (root.TryGetProperty("id", out var id))
                {
                    if (_waiting.TryRemove(id.GetInt32(), out var waiting))
                    {
                        if (root.TryGetProperty("error", out var error))
                            waiting.TrySetException(new InvalidOperationException(error.ToString()));
                        else
                            waiting.TrySetResult(root.GetProperty("result").Clone());
                    }
                }
                else if (root.TryGetProperty("sessionId", out var session) && _pages.TryGetValue(session.GetString()!, out var page))
                {
                    page.Take(root.GetProperty("method").GetString()!, root.GetProperty("params"));
                }
            }
        }
        catch (Exception ended) when (ended is WebSocketException or ObjectDisposedException or OperationCanceledException or JsonException)
        {
            foreach (var waiting in _waiting.Values)
                waiting.TrySetException(new InvalidOperationException("the browser ended"));
        }
    }
}

/// <summary>One window. Selectors are CSS; what is not found fails the test.</summary>
internal sealed class BrowserPage(Browser browser, string session)
{
    private static readonly Lazy<string?> Axe = new(() =>
        Environment.GetEnvironmentVariable("MONITOR_NPM_TOOLS") is { Length: > 0 } tools && Path.Combine(tools, "node_modules", "axe-core", "axe.min.js") is var file && File.Exists(file) ? File.ReadAllText(file) : null);

    private readonly ConcurrentQueue<string> _complaints = new();
    private TaskCompletionSource _loaded = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>What the page's scripts and the content security policy complained of.</summary>
    public IReadOnlyCollection<string> Complaints => _complaints;

    public async Task GoAsync(string url) => await LoadingAsync(() => browser.CallAsync("Page.navigate", new JsonObject { ["url"] = url }, session));

    /// <summary>Clicks, and waits for the page that it leads to.</summary>
    public Task ClickAsync(string selector) => LoadingAsync(() => EvaluateAsync($"{Find(selector)}.click()"));

    /// <summary>Clicks what leads nowhere.</summary>
    public Task PushAsync(string selector) => EvaluateAsync($"{Find(selector)}.click()");

    public Task FillAsync(string selector, string text) => EvaluateAsync($"(e => {{ e.focus(); e.value = {JsonSerializer.Serialize(text)}; e.dispatchEvent(new Event('input', {{ bubbles: true }})); e.dispatchEvent(new Event('change', {{ bubbles: true }})); }})({Find(selector)})");

    /// <summary>A real key press where the focus is. <paramref name="loads"/>: it leads to another page.</summary>
    public Task PressAsync(string key, bool loads = false)
    {
        async Task Press()
        {
            var text = key.Length == 1 ? key : key == "Enter" ? "\r" : null;
            foreach (var type in (string[])["keyDown", "keyUp"])
            {
                var parameters = new JsonObject { ["type"] = type, ["key"] = key, ["code"] = key.Length == 1 && char.IsAsciiLetter(key[0]) ? "Key" + char.ToUpperInvariant(key[0]) : key, ["windowsVirtualKeyCode"] = VirtualKey(key) };
                if (type == "keyDown" && text is not null)
                    parameters["text"] = text;
                await browser.CallAsync("Input.dispatchKeyEvent", parameters, session);
            }
        }

        return loads ? LoadingAsync(Press) : Press();
    }

    public Task TypeAsync(string text) => browser.CallAsync("Input.insertText", new JsonObject { ["text"] = text }, session);

    /// <summary>Text of what a selector finds; null: nothing.</summary>
    public async Task<string?> TextAsync(string selector = "main") =>
        await EvaluateAsync($"document.querySelector({JsonSerializer.Serialize(selector)})?.innerText ?? null") is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    public async Task<string> PathAsync() => (await EvaluateAsync("location.pathname + location.search")).GetString()!;

    public async Task<JsonElement> EvaluateAsync(string script)
    {
        var result = await browser.CallAsync("Runtime.evaluate", new JsonObject { ["expression"] = script, ["returnByValue"] = true, ["awaitPromise"] = true }, session);
        Assert.False(result.TryGetProperty("exceptionDetails", out var fault), fault.ValueKind == JsonValueKind.Undefined ? "" : fault.ToString());
        return result.GetProperty("result").TryGetProperty("value", out var value) ? value : default;
    }

    public Task SizeAsync(int width, int height) => browser.CallAsync("Emulation.setDeviceMetricsOverride", new JsonObject { ["width"] = width, ["height"] = height, ["deviceScaleFactor"] = 1, ["mobile"] = false }, session);

    /// <summary>Language ("vi", "en") and theme ("light", "dark") as the console's own buttons set them.</summary>
    public async Task LookAsync(string origin, string language, string theme)
    {
        foreach (var (name, value) in new[] { ("monitor-lang", language), ("monitor-theme", theme) })
            await browser.CallAsync("Network.setCookie", new JsonObject { ["name"] = name, ["value"] = value, ["url"] = origin }, session);
    }

    public async Task SignInAsync(ConsoleHouse house, string person)
    {
        if (await house.Desk.Store.FindAccountAsync(person, CancellationToken.None) is not { PasswordHash: not null })
            await house.AccountAsync(person);
        await GoAsync(house.Url + "/sign-in");
        await FillAsync("#name", person);
        await FillAsync("#password", ConsoleHouse.Password);
        await ClickAsync("main form.sheet button[type=submit]");
        Assert.NotEqual("/sign-in", await PathAsync());
    }

    /// <summary>The whole page as PNG.</summary>
    public async Task<byte[]> PictureAsync(bool whole = true)
    {
        var picture = await browser.CallAsync("Page.captureScreenshot", new JsonObject { ["format"] = "png", ["captureBeyondViewport"] = whole }, session);
        return picture.GetProperty("data").GetBytesFromBase64();
    }

    /// <summary>What axe finds that is serious or critical, one line each. Needs axe-core of npm (MONITOR_NPM_TOOLS).</summary>
    public async Task<IReadOnlyList<string>> AxeAsync()
    {
        Assert.SkipWhen(Axe.Value is null && Environment.GetEnvironmentVariable("CI") is not { Length: > 0 }, "needs npm axe-core (MONITOR_NPM_TOOLS)");
        await EvaluateAsync(Axe.Value! + ";true");
        var found = await EvaluateAsync("axe.run(document, { resultTypes: ['violations'] }).then(r => r.violations.filter(v => v.impact === 'serious' || v.impact === 'critical').flatMap(v => v.nodes.map(n => v.id + ' ' + n.target.join(' ') + ' ' + n.failureSummary)))");
        return [.. found.EnumerateArray().Select(one => one.GetString()!)];
    }

    internal void Take(string method, JsonElement parameters)
    {
        switch (method)
        {
            case "Page.loadEventFired":
                _loaded.TrySetResult();
                break;
            case "Runtime.exceptionThrown":
                _complaints.Enqueue(parameters.ToString());
                break;
            // Violations of the content security policy come this way; so do answers of 4xx and 5xx, which tests ask for.
            case "Log.entryAdded" when parameters.GetProperty("entry") is var entry && entry.GetProperty("level").GetString() == "error" && entry.GetProperty("source").GetString() != "network":
                _complaints.Enqueue(entry.ToString());
                break;
            case "Runtime.consoleAPICalled" when parameters.GetProperty("type").GetString() is "error" or "assert":
                _complaints.Enqueue(parameters.ToString());
                break;
        }
    }

    private async Task LoadingAsync(Func<Task> act)
    {
        _loaded = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await act();
        await _loaded.Task.WaitAsync(TimeSpan.FromSeconds(30));
    }

    private static string Find(string selector) => string.Create(CultureInfo.InvariantCulture, $"(document.querySelector({JsonSerializer.Serialize(selector)}) ?? (() => {{ throw new Error('nothing is ' + {JsonSerializer.Serialize(selector)}); }})())");

    private static int VirtualKey(string key) => key switch
    {
        "Enter" => 13,
        "Tab" => 9,
        "Escape" => 27,
        "ArrowDown" => 40,
        "ArrowUp" => 38,
        [var one] => char.ToUpperInvariant(one),
        _ => 0,
    };
}
