using Monitor.Rules.Takedowns;
using Monitor.Tests.Cli;
using Monitor.Worker;
using Monitor.Worker.Channels;
using Monitor.Worker.Diagnostics;
using Monitor.Worker.Fetching;
using Monitor.Worker.Fetching.Names;
using Monitor.Worker.Fetching.Vantages;
using Monitor.Worker.Jobs;
using Monitor.Worker.Notices;
using Monitor.Worker.Operations;
using Monitor.Worker.Pipeline;
using Monitor.Worker.Ports;
using Monitor.Worker.Settings;
using Serilog;

namespace Monitor.Tests.Logging;

/// <summary>Logs hold ids, counts and codes. No address, no host, no text of a page, no watch word, no name of a person: not even in exceptions.</summary>
public sealed class LogHygieneTests
{
    private const string Canary = "canary-7f3a";

    private static readonly string[] Secrets =
    [
        "lantern-forum", "/t/7", "http:", "đèn lồng", "đèn", "Cửa hàng", Canary, "Nguyễn", "Trần", "Lê Thị", "an.nguyen", "binh.tran", "chi.le",
        "@", "Người Báo Tin", "ghi chú kín", "127.0.0.1",
    ];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nothing_that_must_stay_inside_is_logged()
    {
        await using var home = new CliHome();
        var captured = new CapturedLog();
        var files = LogSetup.ForRun(new LogSettings { Level = "Verbose" }, home.DataDirectory);
        await using (var log = new LoggerConfiguration().MinimumLevel.Verbose().WriteTo.Sink(captured).WriteTo.Logger(files.Logger).CreateLogger())
        {
            await StoryAsync(home, log);
        }

        await files.DisposeAsync();
        // Silence would be clean, too.
        Assert.Contains(captured.Events, one => one.StartsWith("Inspected T000001/", StringComparison.Ordinal));
        Assert.Contains(captured.Events, one => one.StartsWith("Inspection of T000001 failed", StringComparison.Ordinal));
        Assert.Contains(captured.Events, one => one.StartsWith("Dispatch of ", StringComparison.Ordinal));
        var written = string.Concat(Directory.EnumerateFiles(Path.Combine(home.DataDirectory, "logs")).Select(File.ReadAllText));
        Assert.Contains("T000001", written, StringComparison.Ordinal);
        foreach (var text in captured.Events.Append(written.Replace("\"@", "\"", StringComparison.Ordinal)))
        {
            Assert.DoesNotContain(Secrets, secret => text.Contains(secret, StringComparison.OrdinalIgnoreCase));
        }
    }

    private static async Task StoryAsync(CliHome home, ILogger log)
    {
        var clock = new StoryClock(TimeProvider.System.GetUtcNow());
        var mail = new FailingTransport();
        var opening = await House.OpenAsync(new HouseOptions
        {
            ConfigDirectory = home.Folder.Path,
            DataDirectory = home.DataDirectory,
            AllowLoopbackTargets = true,
            Time = clock,
            Transport = mail,
            Log = log,
            Fetcher = options => options with { Retries = 0 },
        }, Token);
        await using var house = Assert.IsType<HouseOpening.Opened>(opening).House;
        var runner = new SweepRunner(house.Sweeps, log);
        Assert.IsType<OperationResult<IntakeReceipt>.Done>(await house.Intake.AddAsync(Who(house, "an.nguyen"), new IntakeItem { Url = CliHome.Page, Note = "ghi chú kín", Reporter = "Người Báo Tin" }, Token));
        await runner.InspectAsync(Token);
        var verified = Assert.IsType<OperationResult<VerifiedCase>.Done>(await house.Cases.VerifyAsync(Who(house, "binh.tran"), "C000001", new Verification("đã xem " + Canary), Token)).Value;
        Assert.IsType<OperationResult<Notice>.Done>(await house.Takedowns.ApproveAsync(Who(house, "chi.le"), verified.Notice.Id, Token));
        foreach (var fate in (Func<SendResult>[])
        [
            () => new SendResult.NotSent(NotSentReason.CannotConnect, $"no route to {Canary} for {CliHome.Page}"),
            () => new SendResult.Deferred(451, $"try later abuse@lantern-forum.example {Canary}"),
            () => new SendResult.NotSent(NotSentReason.UnsafeHeader, Canary),
            () => throw new InvalidOperationException($"{Canary} {CliHome.Page}"),
            () => new SendResult.Unknown(UnknownReason.ConnectionLost, Canary),
            () => new SendResult.Rejected(550, $"no such user abuse@lantern-forum.example {Canary}"),
        ])
        {
            mail.Fate = fate;
            await runner.DispatchAsync(Token);
            clock.MoveTo(clock.GetUtcNow() + TimeSpan.FromHours(7));
        }

        Assert.InRange(mail.Sends, 4, 6);
        // A bug in an inspection whose exception carries what must not be told.
        var thrower = new ThrowingFetcher();
        await using var ways = new VantageSet(() => house.Desk.Configuration.Installation.Vantages, thrower, new FetcherOptions(), clock);
        using var broken = new Sweeps(house.Desk, new InspectTarget(house.Desk, ways, new ResolverPanel(() => house.Desk.Configuration.Installation.Dns), new ShellRendering(house.Renderer), new RuleEngine(house.RuleSets), house.Matcher, new NoticeDrafter(), house.PageScoring), house.Outbox, new FollowUpOperations(house.Desk, new NoticeDrafter()), house.Intake, log);
        clock.MoveTo(clock.GetUtcNow() + TimeSpan.FromDays(2));
        await new SweepRunner(broken, log).InspectAsync(Token);
        clock.MoveTo(clock.GetUtcNow() + TimeSpan.FromDays(2));
        // And the ordinary ways in which hosts fail.
        home.Site.OnRaw("/t/7", $"HTTP/1.1 200 OK\r\nContent-Length: -1\r\nX: {Canary}\r\n\r\n");
        await runner.InspectAsync(Token);
        clock.MoveTo(clock.GetUtcNow() + TimeSpan.FromDays(2));
        home.Site.On("/t/7", exchange =>
        {
            exchange.Reset();
            return Task.CompletedTask;
        });
        await runner.InspectAsync(Token);
        await runner.RemindAsync(Token);
        await runner.SyncAsync(Token);
        await runner.HeartbeatAsync(Token);
        await runner.MaintainAsync(Token);
    }

    private static Actor Who(House house, string id) => Assert.IsType<OperationResult<Actor>.Done>(Actor.Resolve(id, house.Desk.Configuration, house.Desk.Today)).Value;

    private sealed class FailingTransport : IMailTransport
    {
        public Func<SendResult> Fate { get; set; } = () => new SendResult.Accepted("250 ok", DateTimeOffset.UnixEpoch);

        public int Sends { get; private set; }

        public Task<SendResult> SendAsync(OutgoingMail mail, CancellationToken cancellation)
        {
            Sends++;
            return Task.FromResult(Fate());
        }
    }

    private sealed class ThrowingFetcher : IFetcher
    {
        public Task<FetchOutcome> FetchAsync(FetchRequest request, CancellationToken cancellation) =>
            throw new InvalidOperationException($"cannot {Canary} {request.Url}", new IOException(CliHome.Words));
    }
}
