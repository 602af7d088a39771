using System.Globalization;
using Monitor.Rules.Assessing;
using Monitor.Rules.Cases;
using Monitor.Rules.Takedowns;
using Monitor.Rules.WatchLists;
using Monitor.Worker.Demo;
using Monitor.Worker.Notices;
using Monitor.Worker.Operations;
using Monitor.Worker.Ports;

namespace Monitor.Worker.Bench;

/// <summary>
/// Notices from their facts to a mail server on 127.0.0.1: rendered in all forms, sealed, approved, claimed, sent, recorded. Once with
/// nothing else in the outbox, once behind very many that wait for another hour.
/// </summary>
public sealed class NoticeBench(NoticeBenchOptions options, BenchProgress progress)
{
    private const string Platform = "bench";
    private const string Address = "phap-ly@bench.example";
    private const string Basis = "decree-147-2024";
    private const int SaveBatch = 100;
    private const int FillBatch = 500;
    private const int ClaimCount = 64;

    private static readonly string[] Kept = ["agencies.yaml", "legal-bases.yaml", "platforms/generic.yaml"];

    private readonly NoticeDrafter _drafter = new();
    private int _number;

    public async Task<BenchEnd> RunAsync(CancellationToken cancellation)
    {
        using var home = new BenchHome(options.WorkingDirectory);
        await using var sink = SmtpSink.Start(TimeProvider.System, new SmtpSinkOptions { MaxMessages = (2 * options.Notices) + options.WarmUp });
        var config = home.Folder("notices-config");
        Configure(options.Shipped, config, sink.Port);
        var opening = await House.OpenAsync(new HouseOptions { ConfigDirectory = config, DataDirectory = home.Folder("notices-data") }, cancellation);
        if (opening is not HouseOpening.Opened { House: var house })
        {
            throw new InvalidOperationException($"the bench's house did not open: {opening}");
        }

        await using (house)
        {
            await PrepareAsync(house, options.WarmUp, cancellation);
            await SendAsync(house, cancellation);

            var alone = await MeasureAsync(house, cancellation);
            var claimsAlone = await ClaimsAsync(house, cancellation);
            await FillAsync(house, cancellation);
            await house.Store.MaintainAsync(cancellation);
            var behind = await MeasureAsync(house, cancellation);
            var claimsBehind = await ClaimsAsync(house, cancellation);

            var queue = string.Create(CultureInfo.InvariantCulture, $"behind {options.Queued} notices that wait for another hour");
            return new BenchEnd(
                [
                    Rate("notices.rendered", alone.Rendering, "facts to all forms, one thread"),
                    Rate("notices.prepared", alone.Preparing, $"rendered, sealed in the vault, saved {SaveBatch} at a time, durable"),
                    Rate("notices.delivered", alone.Sending, "claimed, intent saved, sent over SMTP on loopback, fate saved"),
                    Rate("notices.whole", alone.Preparing + alone.Sending, "rendered to delivered, one after the other"),
                    Rate("notices.delivered-behind", behind.Sending, "the same, " + queue),
                    Rate("notices.whole-behind", behind.Preparing + behind.Sending, "the same, " + queue),
                    new BenchFigure("notices.claim-p50", claimsAlone.Median, "ms", claimsAlone.Count, $"looking for {ClaimCount} due when none is, nothing else waiting"),
                    new BenchFigure("notices.claim-behind-p50", claimsBehind.Median, "ms", claimsBehind.Count, "the same, " + queue),
                    new BenchFigure("notices.claim-behind-p95", claimsBehind.Percentile(95), "ms", claimsBehind.Count, "the same"),
                ],
                [await CheckAsync(house, sink, cancellation)]);
        }
    }

    private async Task<Times> MeasureAsync(House house, CancellationToken cancellation)
    {
        var (rendering, preparing) = await PrepareAsync(house, options.Notices, cancellation);
        var from = TimeProvider.System.GetTimestamp();
        await SendAsync(house, cancellation);
        return new Times(rendering, preparing, TimeProvider.System.GetElapsedTime(from));
    }

    /// <summary>Drafts, seals and queues so many; the time of drafting and rendering alone, and of all of it.</summary>
    private async Task<(TimeSpan Rendering, TimeSpan Whole)> PrepareAsync(House house, int count, CancellationToken cancellation)
    {
        var rendering = TimeSpan.Zero;
        var from = TimeProvider.System.GetTimestamp();
        for (var done = 0; done < count;)
        {
            var changes = new ChangeSet().Log(Actor.System.Log(house.Desk.Now, "import", "bench"));
            var batch = new List<(Notice Notice, NoticeContent Content)>();
            for (var i = 0; i < SaveBatch && done < count; i++, done++)
            {
                var start = TimeProvider.System.GetTimestamp();
                var (request, notice, content) = Make(house, changes);
                rendering += TimeProvider.System.GetElapsedTime(start);
                batch.Add((notice, content));
                changes.Put(request);
            }

            foreach (var (notice, content) in batch)
            {
                var approved = await NoticeContents.SealAsync(house.Desk, notice with { Dispatch = DispatchState.Approved, ApprovedBy = "chi.le", ApprovedAt = house.Desk.Now }, content, cancellation);
                changes.Put(approved).Put(SendGuard.Outgoing(approved, house.Desk.Now)!);
            }

            await CommitAsync(house, changes, cancellation);
            progress("notices", done, count);
        }

        return (rendering, TimeProvider.System.GetElapsedTime(from));
    }

    /// <summary>Puts a case with its target into the changes and renders its notice in all forms.</summary>
    private (TakedownRequest Request, Notice Notice, NoticeContent Content) Make(House house, ChangeSet changes)
    {
        var desk = house.Desk;
        var (now, number) = (desk.Now, ++_number);
        var target = new Target
        {
            Id = Ids.Target(number),
            Url = string.Create(CultureInfo.InvariantCulture, $"https://bench.example/u/nguoi-dung-{number % 97}/bai/{number}"),
            Host = "bench.example",
            WatchListId = "bench",
            OwnerAgency = "ict",
            Category = Category.AbuseOrViolence,
            PlatformId = Platform,
            CreatedAt = now,
        };
        var @case = new Case { Id = Ids.CaseOf(target.Id), OwnerAgency = "ict", TargetId = target.Id, Category = Category.AbuseOrViolence, Severity = Severity.High, OpenedAt = now, State = CaseState.Verified, Requests = 1 };
        var basis = desk.Configuration.LegalBases[Basis];
        var request = new TakedownRequest
        {
            Id = Ids.Request(@case.Id, 1),
            CaseId = @case.Id,
            TargetId = target.Id,
            OwnerAgency = "ict",
            PlatformId = Platform,
            Category = Category.AbuseOrViolence,
            LegalBasisId = Basis,
            LegalBasisValidFrom = basis.ValidFrom,
            DeadlineHours = basis.DeadlineHours,
            VerifiedBy = "binh.tran",
            CreatedAt = now,
        };
        var drafted = _drafter.Draft(new DraftOrder
        {
            Configuration = desk.Configuration,
            Subjects = [new DraftSubject(request, @case, target)],
            Kind = NoticeKind.Takedown,
            Series = new NumberSeries("bench", 0, number - 1),
            By = "binh.tran",
            Now = now,
        });
        if (drafted is not DraftResult.Drafted done || NoticeDrafter.Render(done.Notice, desk.Configuration) is not { } content)
        {
            throw new InvalidOperationException("the bench's notice is incomplete");
        }

        changes.Put(target).Put(@case);
        return (done.Request, done.Notice, content);
    }

    private static async Task SendAsync(House house, CancellationToken cancellation) => await house.Sweeps.DispatchAsync(cancellation);

    /// <summary>Notices that an addressee has deferred: rows as the store really holds them, due in an hour.</summary>
    private async Task FillAsync(House house, CancellationToken cancellation)
    {
        var later = house.Desk.Now.AddHours(1);
        for (var done = 0; done < options.Queued;)
        {
            var changes = new ChangeSet().Log(Actor.System.Log(house.Desk.Now, "import", "bench"));
            var (request, notice, _) = Make(house, changes);
            changes.Put(request);
            for (var i = 0; i < FillBatch && done < options.Queued; i++, done++)
            {
                var queued = notice with { Id = string.Create(CultureInfo.InvariantCulture, $"SKHCN-2025-{done + 1:D6}"), Dispatch = DispatchState.Approved, ApprovedBy = "chi.le" };
                changes.Put(queued).Put(SendGuard.Outgoing(queued, later)!);
            }

            await CommitAsync(house, changes, cancellation);
            progress("queue", done, options.Queued);
        }
    }

    private async Task<BenchSample> ClaimsAsync(House house, CancellationToken cancellation)
    {
        var sample = new BenchSample();
        for (var i = 0; i < options.Claims; i++)
        {
            var from = TimeProvider.System.GetTimestamp();
            var claimed = await house.Store.ClaimDueMessagesAsync(house.Desk.Now, TimeSpan.FromMinutes(1), ClaimCount, cancellation);
            sample.Add(TimeProvider.System.GetElapsedTime(from).TotalMilliseconds);
            if (claimed.Count > 0)
            {
                throw new InvalidDataException("something was due that should not be");
            }
        }

        return sample;
    }

    /// <summary>Every notice arrived once, with the bytes that were approved.</summary>
    private async Task<BenchCheck> CheckAsync(House house, SmtpSink sink, CancellationToken cancellation)
    {
        var expected = (2 * options.Notices) + options.WarmUp;
        var arrived = sink.Messages.ToLookup(mail => mail.MessageId, StringComparer.Ordinal);
        var wrong = Math.Abs(expected - sink.Messages.Count);
        for (var number = 1; number <= _number; number++)
        {
            foreach (var notice in await house.Store.NoticesOfRequestAsync(Ids.Request(Ids.CaseOf(Ids.Target(number)), 1), AgencyScope.All, cancellation))
            {
                if (notice.Dispatch == DispatchState.Approved)
                {
                    continue;
                }

                wrong += notice.Dispatch == DispatchState.Sent && arrived[notice.MessageId].Count() == 1 && arrived[notice.MessageId].First().Subject == notice.Subject ? 0 : 1;
            }
        }

        return new BenchCheck("notices.check", wrong, expected, "notices recorded as sent that arrived exactly once under their own Message-ID and subject");
    }

    private static async Task CommitAsync(House house, ChangeSet changes, CancellationToken cancellation)
    {
        if (await house.Store.CommitAsync(changes, cancellation) is not SaveResult.Saved)
        {
            throw new InvalidDataException("the bench's rows were refused");
        }
    }

    private BenchFigure Rate(string name, TimeSpan time, string method) => new(name, options.Notices / time.TotalSeconds, "notices/s", options.Notices, method);

    private static void Configure(string shipped, string directory, int port)
    {
        foreach (var file in Kept.Concat(Directory.EnumerateFiles(Path.Combine(shipped, "notices")).Select(file => Path.GetRelativePath(shipped, file))))
        {
            var to = Path.Combine(directory, file);
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            File.Copy(Path.Combine(shipped, file), to);
        }

        File.WriteAllText(Path.Combine(directory, "monitor.yaml"), string.Create(CultureInfo.InvariantCulture, $"""
            name: Phép đo / bench
            contact: monitor@bench.example
            smtp:
              host: 127.0.0.1
              port: {port}
              security: none
              from: so@bench.example
            rendering:
              enabled: off

            """));
        File.WriteAllText(Path.Combine(directory, "platforms", Platform + ".yaml"), $"""
            id: {Platform}
            name: Phép đo
            hosts: [bench.example]
            channels:
              - kind: smtp
                address: {Address}
                addressee: Bộ phận pháp lý
            language: vi
            required-vantages: [direct]

            """);
    }

    private sealed record Times(TimeSpan Rendering, TimeSpan Preparing, TimeSpan Sending);
}

/// <summary>Sizes of the bench of notices.</summary>
public sealed record NoticeBenchOptions
{
    /// <summary>Measured, once alone and once behind the queue.</summary>
    public int Notices { get; init; } = 2000;

    public int WarmUp { get; init; } = 200;

    /// <summary>Notices that wait in the outbox meanwhile.</summary>
    public int Queued { get; init; } = 100_000;

    public int Claims { get; init; } = 200;

    /// <summary>Shipped configuration directory.</summary>
    public required string Shipped { get; init; }

    /// <summary>Null: the system's temporary directory.</summary>
    public string? WorkingDirectory { get; init; }
}
