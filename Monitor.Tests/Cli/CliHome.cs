using System.Globalization;
using System.Text;
using Monitor.Tests.Contracts;
using Monitor.Tests.Loopback;
using Monitor.Tests.Process;
using Monitor.Tests.Settings;
using Monitor.Worker;
using Monitor.Worker.Cli;

namespace Monitor.Tests.Cli;

/// <summary>The command line with a configuration and a data directory of its own, and a small site on loopback behind one host name.</summary>
internal sealed class CliHome : IAsyncDisposable
{
    public const string Page = "http://lantern-forum.example/t/7";
    public const string Words = "Cửa hàng bán đèn lồng xanh ở đầu phố, mua một tặng một, giao hàng tận nhà trong ngày cho khách ở gần.";

    private readonly Scratch _scratch = new();

    public CliHome()
    {
        Site.OnText("/t/7", $"<!doctype html><html><head><title>Đèn lồng</title></head><body><main><h1>Đèn lồng</h1><p>{Words}</p></main></body></html>");
        Folder.Replace("watchlists/sample.yaml", "expires-on: 2027-12-31", "expires-on: " + TimeProvider.System.GetUtcNow().AddDays(300).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        Folder.Replace("monitor.yaml", "loopback-targets: []", $"loopback-targets: [\"lantern-forum.example=127.0.0.1:{Site.Port}\"]");
        Folder.Replace("monitor.yaml", "  delay: 2s", "  delay: 0s");
        Folder.Replace("monitor.yaml", "  from: \"\"", "  from: thong-bao@so-mau.example");
    }

    public ConfigFolder Folder { get; } = new();

    public ScriptedHttpServer Site { get; } = ScriptedHttpServer.Start();

    public string Data { get; init; } = "data";

    public string At(params ReadOnlySpan<string> names) => _scratch.At(names);

    public string DataDirectory => At(Data);

    public string File(string name, string text) => File(name, Encoding.UTF8.GetBytes(text));

    public string File(string name, byte[] bytes)
    {
        System.IO.File.WriteAllBytes(At(name), bytes);
        return At(name);
    }

    /// <summary>Runs a verb with this configuration and data directory.</summary>
    public Task<Answer> AskAsync(params IEnumerable<string> words) => AskAsync(null, words);

    public Task<Answer> AskAsync(Stream? input, IEnumerable<string> words) => SayAsync(input, [.. words, "--config", Folder.Path, "--data", DataDirectory]);

    /// <summary>Runs exactly these words.</summary>
    public async Task<Answer> SayAsync(Stream? input, IReadOnlyList<string> words)
    {
        using var output = new StringWriter(CultureInfo.InvariantCulture);
        using var error = new StringWriter(CultureInfo.InvariantCulture);
        var context = new CliContext { Out = output, Err = error, In = input, WorkingDirectory = _scratch.Path, Arguments = words };
        return new Answer(await CommandLine.RunAsync(context, words, TestContext.Current.CancellationToken), output.ToString(), error.ToString());
    }

    /// <summary>An answer that must be 0; its JSON lines.</summary>
    public async Task<IReadOnlyList<System.Text.Json.JsonElement>> LinesAsync(params IEnumerable<string> words)
    {
        var answer = await AskAsync([.. words, "--json"]);
        Assert.True(answer.Exit == ExitCodes.Done, $"exit {answer.Exit}: {answer.Output}{answer.Error}");
        return answer.Lines;
    }

    public async Task<House> OpenAsync() => Assert.IsType<HouseOpening.Opened>(await House.OpenAsync(
        new HouseOptions { ConfigDirectory = Folder.Path, DataDirectory = DataDirectory, AllowLoopbackTargets = true }, TestContext.Current.CancellationToken)).House;

    /// <summary>A case that was seen live and verified: its notice waits for approval.</summary>
    public async Task<string> DraftAsync()
    {
        await LinesAsync("intake", "add", Page, "--as", "an.nguyen");
        await LinesAsync("targets", "inspect", "T000001", "--allow-loopback-targets");
        var verified = Assert.Single(await LinesAsync("cases", "verify", "C000001", "--reason", "đã xem", "--as", "binh.tran"));
        return verified.GetProperty("notice").GetString()!;
    }

    public async ValueTask DisposeAsync()
    {
        await Site.DisposeAsync();
        Folder.Dispose();
        _scratch.Dispose();
    }
}
