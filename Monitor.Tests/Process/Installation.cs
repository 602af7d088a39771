using System.Globalization;
using Monitor.Tests.Loopback;
using Monitor.Tests.Settings;
using Monitor.Worker.Cli;
using Monitor.Worker.Demo;
using Monitor.Worker.Jobs;
using Monitor.Worker.Operations;

namespace Monitor.Tests.Process;

/// <summary>
/// A made-up internet, a mail server and a configuration for real processes, all in one accelerated time: the program is told the same
/// origin and scale as the world, at every start.
/// </summary>
internal sealed class Installation : IAsyncDisposable
{
    private readonly DirectoryInfo _home;
    private readonly DateTimeOffset _origin;
    private readonly double _scale;
    private readonly int _port;

    private Installation(DirectoryInfo home, DateTimeOffset origin, double scale, StoryClock clock, SampleWorld world, SmtpSink sink)
    {
        (_home, _origin, _scale, Clock, World, Sink) = (home, origin, scale, clock, world, sink);
        _port = FreePort.Take();
        sink.OnMessage = Arrived;
    }

    public StoryClock Clock { get; }

    public SampleWorld World { get; }

    public SmtpSink Sink { get; }

    public string Config => Path.Combine(_home.FullName, "config");

    public string Data => Path.Combine(_home.FullName, "data");

    /// <summary>Runs before a kept mail is answered, after the world has read it.</summary>
    public Action<SinkMessage>? OnMail { get; set; }

    public Uri Health => new($"http://127.0.0.1:{_port}/healthz");

    /// <param name="scale">Story time per real time.</param>
    /// <param name="api">Where the platforms take notices by their API ("http://127.0.0.1:1234"); null: they take them by mail.</param>
    /// <param name="more">Further sections of monitor.yaml.</param>
    public static async Task<Installation> CreateAsync(int seed, double scale, TimeSpan latency, CancellationToken cancellation, string? api = null, string more = "")
    {
        // Nothing here outlives a process in memory only, so a file system in memory tests the same and spares the disk.
        var home = Directory.Exists("/dev/shm") ? Directory.CreateDirectory($"/dev/shm/monitor-test-{Guid.NewGuid():N}") : Directory.CreateTempSubdirectory("monitor-test-");
        var origin = TimeProvider.System.GetUtcNow();
        var clock = new StoryClock(origin, scale);
        var world = await SampleWorld.StartAsync(seed, clock, new SampleWorldOptions { Latency = latency }, cancellation);
        var installation = new Installation(home, origin, scale, clock, world, SmtpSink.Start(clock));
        installation.Configure();
        await File.AppendAllTextAsync(Path.Combine(installation.Config, "monitor.yaml"), more, cancellation);
        if (api is not null)
        {
            installation.ByApi(api);
        }

        return installation;
    }

    public string At(string name) => Path.Combine(_home.FullName, name);

    /// <summary>Starts `run`. It is not healthy yet.</summary>
    public MonitorProcess Start() => MonitorProcess.Start(
    [
        "run", "--allow-loopback-targets",
        "--time-scale", _scale.ToString(CultureInfo.InvariantCulture), "--time-origin", _origin.ToString("O", CultureInfo.InvariantCulture),
        "--listen", $"127.0.0.1:{_port}", .. Common,
    ], _home.FullName);

    /// <summary>Starts `run`, does something while it serves, and stops it as it is stopped in peace.</summary>
    public async Task WhileRunningAsync(Func<MonitorProcess, Task> work, CancellationToken cancellation)
    {
        await using var process = Start();
        Assert.True(await HealthyAsync(process, cancellation), process.Error);
        await work(process);
        process.Terminate();
        Assert.Equal(0, await process.ExitAsync(cancellation));
    }

    /// <summary>Runs a verb as a process of its own; while `run` is up it forwards.</summary>
    public Task<Answer> CliAsync(CancellationToken cancellation, params IEnumerable<string> words) => MonitorProcess.RunAsync([.. words, .. Common], _home.FullName, cancellation);

    /// <summary>The same verb by the same code from within the tests' process: much faster, for what is asked often.</summary>
    public async Task<Answer> CallAsync(CancellationToken cancellation, params IEnumerable<string> words)
    {
        string[] arguments = [.. words, .. Common];
        using var output = new StringWriter(CultureInfo.InvariantCulture);
        using var error = new StringWriter(CultureInfo.InvariantCulture);
        var exit = await CommandLine.RunAsync(new CliContext { Out = output, Err = error, WorkingDirectory = _home.FullName, Arguments = arguments }, arguments, cancellation);
        return new Answer(exit, output.ToString(), error.ToString());
    }

    /// <summary>Waits until the process serves; false when it ended before it did.</summary>
    public async Task<bool> HealthyAsync(MonitorProcess process, CancellationToken cancellation)
    {
        using var client = new HttpClient();
        while (!process.HasExited)
        {
            try
            {
                if (await client.GetStringAsync(Health, cancellation) == "ok")
                {
                    return true;
                }
            }
            catch (HttpRequestException)
            {
                await Task.Delay(10, cancellation);
            }
        }

        return false;
    }

    public async ValueTask DisposeAsync()
    {
        await World.DisposeAsync();
        await Sink.DisposeAsync();
        _home.Delete(recursive: true);
    }

    private IEnumerable<string> Common => ["--config", Config, "--data", Data];

    private void Arrived(SinkMessage mail)
    {
        World.NoticeArrived(mail.Recipients[0], mail.Subject, mail.Text, mail.ReceivedAt);
        OnMail?.Invoke(mail);
    }

    private void Configure()
    {
        DemoConfiguration.Write(ConfigFolder.Shipped, Config, World, Sink.Port, Desk.DayOf(_origin));
        File.AppendAllText(Path.Combine(Config, "monitor.yaml"), """
            sweeps:
              interval: 1s
              lease: 20m
              batch: 4

            """);
        var yaml = File.ReadAllText(Path.Combine(Config, "monitor.yaml"));
        var targets = string.Join(", ", World.Hosts.Select(host => string.Create(CultureInfo.InvariantCulture, $"\"{host.Host}=127.0.0.1:{host.Port}\"")));
        File.WriteAllText(Path.Combine(Config, "monitor.yaml"), yaml.Replace("  parallelism: 8\n", $"  parallelism: 4\n  loopback-targets: [{targets}]\n", StringComparison.Ordinal));
        File.WriteAllText(At("known.txt"), SampleFiles.HashList(World.Internet, "sha256", hash => hash.Sha256));
    }

    private void ByApi(string api)
    {
        foreach (var platform in World.Platforms)
        {
            var file = Path.Combine(Config, "platforms", platform.Id + ".yaml");
            var mail = $"  - kind: smtp\n    address: {platform.AbuseMailbox}\n    addressee: \"{platform.Name}\"\n";
            var yaml = File.ReadAllText(file);
            Assert.Contains(mail, yaml, StringComparison.Ordinal);
            File.WriteAllText(file, yaml.Replace(mail, $$$"""
                  - kind: api
                    address: {{{api}}}/r
                    addressee: "{{{platform.Name}}}"
                    api:
                      format: json
                      idempotency-header: Idempotency-Key
                      lookup-url: {{{api}}}/look/{key}
                      receipt-field: id
                      fields:
                        - name: ref
                          value: "{{ notice.reference }}"
                        - name: url
                          value: "{{ items[0].url }}"

                """, StringComparison.Ordinal));
        }
    }
}
