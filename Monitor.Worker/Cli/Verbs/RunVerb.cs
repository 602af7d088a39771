using System.CommandLine;
using System.Diagnostics;
using System.Net;
using System.Runtime.InteropServices;
using Monitor.Worker.Console;
using Monitor.Worker.Diagnostics;
using Monitor.Worker.Jobs;
using Monitor.Worker.Ports;
using Monitor.Worker.Settings;
using Monitor.Worker.Settings.Problems;
using Serilog;

namespace Monitor.Worker.Cli.Verbs;

/// <summary>The worker: owns the data directory, ticks the sweeps, answers health questions and forwarded verbs until it is told to stop.</summary>
public static class RunVerb
{
    public static Command Build(VerbSet verbs)
    {
        var listen = new Option<string>("--listen") { Description = verbs.Say("địa chỉ phục vụ (chỉ trên máy này)", "where to serve (this machine only)"), DefaultValueFactory = _ => "127.0.0.1:8780" };
        var allow = new Option<bool>("--allow-loopback-targets") { Description = verbs.Say("chỉ để thử nghiệm: cho phép danh sách loopback-targets", "tests only: lets the loopback-targets list count") };
        var scale = new Option<double>("--time-scale") { Description = "tests only, with --allow-loopback-targets", Hidden = true, DefaultValueFactory = _ => 1 };
        var origin = new Option<DateTimeOffset?>("--time-origin") { Description = "tests only, with --time-scale: the instant since which time runs faster; the same for every start, or time would go back", Hidden = true };
        return verbs.Plain("run", "Chạy (mặc định): theo dõi, gửi, kiểm tra lại", "Run (default): watch, send, re-check", [listen, allow, scale, origin], (parsed, token) =>
            RunAsync(verbs.Context, parsed.GetValue(listen)!, parsed.GetValue(allow), Clock(parsed.GetValue(scale), parsed.GetValue(origin)), token));
    }

    private static async Task<int> RunAsync(CliContext context, string listen, bool allowLoopback, TimeProvider time, CancellationToken cancellation)
    {
        if (context.House is not null)
        {
            return context.Usage("Tiến trình đã chạy.", "It is running already.");
        }

        if (!IPEndPoint.TryParse(listen, out var endpoint))
        {
            return context.Usage($"--listen '{listen}' không phải địa chỉ và cổng, ví dụ 127.0.0.1:8780.", $"--listen '{listen}' is not an address and a port such as 127.0.0.1:8780.");
        }

        var reading = new ConfigurationLoader(TimeProvider.System).Load(context.ConfigDirectory);
        if (reading.Value is not { } configuration)
        {
            ProblemOutput.Write(context, reading.Problems);
            return ExitCodes.Configuration;
        }

        if (!IPAddress.IsLoopback(endpoint.Address) && configuration.Installation.Console is { Enabled: false } or { Certificate: "" })
        {
            return context.Usage(
                $"--listen '{listen}' chỉ được là địa chỉ của chính máy này (127.0.0.1:8780), trừ khi có chứng thư TLS: console.certificate trong monitor.yaml.",
                $"--listen '{listen}' must be an address of this machine (127.0.0.1:8780) unless there is a TLS certificate: console.certificate in monitor.yaml.");
        }

        if (configuration.Installation.Fetch.LoopbackTargets.Count > 0 && !allowLoopback)
        {
            context.Err.WriteLine(context.Say(
                "fetch.loopback-targets không trống: danh sách này chỉ để thử nghiệm. Hãy xoá nó trong monitor.yaml, hoặc thêm --allow-loopback-targets nếu đây là máy thử nghiệm.",
                "fetch.loopback-targets is not empty: that list is for tests only. Empty it in monitor.yaml, or add --allow-loopback-targets on a test machine."));
            return ExitCodes.Configuration;
        }

        if (time != TimeProvider.System && !allowLoopback)
        {
            return context.Usage("--time-scale chỉ dùng cùng --allow-loopback-targets.", "--time-scale needs --allow-loopback-targets.");
        }

        if (!OwnerProtocol.Fits(context.DataDirectory))
        {
            return context.Usage(
                $"Đường dẫn thư mục dữ liệu '{context.DataDirectory}' quá dài cho một Unix socket ({OwnerProtocol.MaxSocketPath} byte): hãy chọn --data ngắn hơn.",
                $"The path of the data directory '{context.DataDirectory}' is too long for a Unix socket ({OwnerProtocol.MaxSocketPath} bytes): choose a shorter --data.");
        }

        await using var logs = LogSetup.ForRun(configuration.Installation.Logs, context.DataDirectory);
        var log = logs.Logger;
        var opening = await House.OpenAsync(new HouseOptions
        {
            ConfigDirectory = context.ConfigDirectory,
            DataDirectory = context.DataDirectory,
            AllowLoopbackTargets = allowLoopback,
            Time = time,
            Log = log,
        }, cancellation);
        if (opening is not HouseOpening.Opened opened)
        {
            return Owner.Explain(context, opening);
        }

        await using var house = opened.House;
        Owner.WarnKey(context, opened.VaultKeyCreated);
        context.Out.WriteLine(house.Renderer.State switch
        {
            RendererState.Ready ready => context.Say($"Trang JavaScript được mở bằng {ready.Program}.", $"Pages of scripts are shown to {ready.Program}."),
            RendererState.Unavailable unavailable => context.Say(
                $"Trang JavaScript không được mở ({unavailable.Reason}): chúng sẽ là 'chưa kết luận được', không bao giờ là 'đã gỡ'. Cài đặt: apt install chromium, mục rendering trong monitor.yaml.",
                $"Pages of scripts are not rendered ({unavailable.Reason}): they stay inconclusive, never gone. To have them rendered: apt install chromium; see rendering in monitor.yaml."),
            _ => throw new InvalidOperationException("unknown renderer state"),
        });
        if (Printing.OfficialFonts.Find() is null)
        {
            context.Out.WriteLine(context.Say(
                "Máy thiếu phông chữ: văn bản sẽ gửi không kèm bản PDF. Cài đặt: apt install fonts-noto-core.",
                "This machine lacks a font: notices go out without their PDF. Install one: apt install fonts-noto-core."));
        }

        if (configuration.Installation.Smtp.Host.Length > 0 && configuration.Installation.Inbox.Host.Length == 0)
        {
            context.Out.WriteLine(context.Say(
                "Chưa cấu hình hộp thư nhận trả lời (inbox trong monitor.yaml): thư bị trả lại và trả lời của nền tảng phải do người nhập.",
                "No mailbox of answers is configured (inbox in monitor.yaml): bounces and answers of platforms are for people to enter."));
        }

        ProblemOutput.Write(context, reading.Problems);
        house.Configuration.Changed += (_, change) =>
        {
            log.Information("Configuration changed: {Fingerprint}", change.New.Fingerprint);
            _ = house.Sweeps.LogConfigurationAsync(change.New.Fingerprint, CancellationToken.None);
            _ = house.RuleSets.RecordAsync(change.New, CancellationToken.None);
            if (NeedsRestart(change.Old.Installation, change.New.Installation))
            {
                log.Warning("fetch.delay, fetch.loopback-targets, contact, sweeps.interval, sweeps.maintenance, inbox.interval, rendering.parallel, logs and console (enabled, behind-proxy, certificate, idle) take effect after a restart");
            }
        };
        house.Configuration.Rejected += (_, rejected) =>
        {
            log.Error("Configuration change rejected, the last good one stays in force: {Errors} errors", rejected.Problems.Count(problem => problem.Severity == ProblemSeverity.Error));
            ProblemOutput.Write(context, rejected.Problems);
        };

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using var term = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => Stop(signal, stop));
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => Stop(signal, stop));
        await house.Sweeps.SyncWatchListsAsync(stop.Token);
        await house.Sweeps.LogConfigurationAsync(configuration.Fingerprint, stop.Token);
        await house.RuleSets.RecordAsync(house.Desk.Configuration, stop.Token);
        WarnOfRules(house, log);
        await house.Sweeps.HeartbeatAsync(stop.Token);
        WebApplication web;
        try
        {
            web = await ConsoleHost.StartAsync(house, endpoint, stop.Token);
        }
        catch (Exception problem) when (problem is System.Security.Cryptography.CryptographicException or ArgumentException or FileNotFoundException or DirectoryNotFoundException or UnauthorizedAccessException)
        {
            context.Err.WriteLine(context.Say($"Không dùng được console.certificate, console.certificate-key: {problem.Message}", $"console.certificate, console.certificate-key cannot be used: {problem.Message}"));
            return ExitCodes.Configuration;
        }
        catch (IOException problem)
        {
            context.Err.WriteLine(context.Say($"Không mở được {endpoint}: {problem.Message} Chọn cổng khác: --listen 127.0.0.1:CỔNG.", $"Cannot listen on {endpoint}: {problem.Message} Choose another port: --listen 127.0.0.1:PORT."));
            return ExitCodes.Infrastructure;
        }

        await using (web)
        {
            await TellOfConsoleAsync(context, house, endpoint, stop.Token);
            await using var calls = new OwnerServer(house, log);
            calls.Start();
            using (SweepJobs.Start(house.Sweeps, configuration.Installation.Sweeps, configuration.Installation.Inbox.Interval, log))
            {
                context.Out.WriteLine(context.Say($"Monitor đang chạy: http://{endpoint}/healthz · dữ liệu {context.DataDirectory} · dừng bằng Ctrl+C.", $"Monitor is running: http://{endpoint}/healthz · data {context.DataDirectory} · stop with Ctrl+C."));
                log.Information("Started {Version} in {Elapsed} ms", typeof(RunVerb).Assembly.GetName().Version?.ToString(3), (long)(TimeProvider.System.GetUtcNow() - new DateTimeOffset(Process.GetCurrentProcess().StartTime)).TotalMilliseconds);
                try
                {
                    await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stop.Token);
                }
                catch (OperationCanceledException)
                {
                    log.Information("Stopping");
                }
            }
        }

        log.Information("Stopped");
        return ExitCodes.Done;
    }

    /// <summary>Where people work, and how the first of them gets in.</summary>
    private static async Task TellOfConsoleAsync(CliContext context, House house, IPEndPoint endpoint, CancellationToken cancellation)
    {
        var settings = house.Desk.Configuration.Installation.Console;
        if (!settings.Enabled)
        {
            return;
        }

        var url = settings.PublicUrl is { Length: > 0 } told ? told : $"{(settings.Certificate.Length > 0 ? "https" : "http")}://{endpoint}";
        context.Out.WriteLine(context.Say($"Trang làm việc: {url}/", $"Console: {url}/"));
        if (await house.Accounts.FirstAsync(cancellation) is { } first)
        {
            context.Out.WriteLine(context.Say(
                $"Chưa có quản trị viên nào đăng nhập được. Liên kết dùng một lần cho '{first.Account.Id}' (ba ngày): {url}/setup/{first.Token}",
                $"No administrator can sign in yet. One-time link for '{first.Account.Id}' (three days): {url}/setup/{first.Token}"));
        }
    }

    /// <summary>Where two people put rules into force, a list may name a set that nobody has activated: somebody should know.</summary>
    private static void WarnOfRules(House house, Serilog.ILogger log)
    {
        var inForce = house.RuleSets.InForce.Of(house.Desk.Configuration);
        foreach (var name in house.Desk.Configuration.WatchLists.Values.SelectMany(list => list.RuleSets).Distinct(StringComparer.Ordinal).Where(name => !inForce.ContainsKey(name)))
        {
            log.Warning("Rule set {Set} is named by a watch list and not activated: monitor rules propose, then rules activate by somebody else", name);
        }
    }

    private static bool NeedsRestart(InstallationSettings old, InstallationSettings changed) =>
        old.Contact != changed.Contact || old.Fetch.Delay != changed.Fetch.Delay || !old.Fetch.LoopbackTargets.SequenceEqual(changed.Fetch.LoopbackTargets)
        || old.Sweeps.Interval != changed.Sweeps.Interval || old.Sweeps.Maintenance != changed.Sweeps.Maintenance || old.Inbox.Interval != changed.Inbox.Interval || old.Rendering.Parallel != changed.Rendering.Parallel || old.Logs != changed.Logs
        || AtStart(old.Console) != AtStart(changed.Console);

    /// <summary>What the web server reads once.</summary>
    private static ConsoleSettings AtStart(ConsoleSettings settings) => new() { Enabled = settings.Enabled, BehindProxy = settings.BehindProxy, Certificate = settings.Certificate, CertificateKey = settings.CertificateKey, Idle = settings.Idle };

    private static TimeProvider Clock(double scale, DateTimeOffset? origin)
    {
        if (scale == 1)
        {
            return TimeProvider.System;
        }

        var now = TimeProvider.System.GetUtcNow();
        return new StoryClock(origin is { } since && since < now ? since + ((now - since) * scale) : now, scale);
    }

    private static void Stop(PosixSignalContext signal, CancellationTokenSource stop)
    {
        signal.Cancel = true;
        stop.Cancel();
    }
}
