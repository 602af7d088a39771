using System.Globalization;
using System.Net;
using System.Text;
using Monitor.Rules.Custody;
using Monitor.Rules.Matching;
using Monitor.Rules.Removal;
using Monitor.Rules.Takedowns;
using Monitor.Rules.WatchLists;
using Monitor.Worker.Banks;
using Monitor.Worker.Cli;
using Monitor.Worker.Diagnostics;
using Monitor.Worker.Fetching;
using Monitor.Worker.Jobs;
using Monitor.Worker.Operations;
using Monitor.Worker.Ports;

namespace Monitor.Worker.Demo;

/// <summary>One row of the end: what the world says should be found, and what was.</summary>
public sealed record DemoRow(string Platform, string Behaviour, string What, string Expected, string Found)
{
    public bool Equal => Expected == Found;
}

public sealed record DemoEnd(IReadOnlyList<DemoRow> Rows, int Inspections, int Mails, TimeSpan StoryTime, TimeSpan RealTime)
{
    public bool Equal => Rows.All(row => row.Equal);
}

/// <summary>
/// The whole story on the sample world in virtual time: intake by CSV, a hash bank, inspections, people, notices by real SMTP, re-checks,
/// reminders, confirmation. It drives the operations and sweeps of the product; the world reacts to the mails it receives and to nothing else.
/// </summary>
/// <param name="workingDirectory">Where its temporary home is made; null: the system's temporary directory.</param>
public sealed class DemoStory(CliContext context, int seed, string shippedConfiguration, string? workingDirectory = null)
{
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 1, 0, 0, TimeSpan.Zero);

    /// <summary>Long enough for a return after forty days, a second removal and two more clean weeks.</summary>
    private static readonly TimeSpan Length = TimeSpan.FromDays(80);

    private readonly Dictionary<string, RemovalState> _states = new(StringComparer.Ordinal);

    public async Task<DemoEnd> RunAsync(CancellationToken cancellation)
    {
        var began = TimeProvider.System.GetTimestamp();
        var clock = new StoryClock(Start);
        var home = Directory.CreateDirectory(Path.Combine(workingDirectory ?? Roomy("/dev/shm") ?? Path.GetTempPath(), $"monitor-demo-{Environment.ProcessId}-{seed}"));
        try
        {
            await using var world = await SampleWorld.StartAsync(seed, clock, null, cancellation);
            await using var sink = SmtpSink.Start(clock);
            sink.OnMessage = mail => world.NoticeArrived(mail.Recipients[0], mail.Subject, mail.Text, mail.ReceivedAt);
            var config = Path.Combine(home.FullName, "config");
            DemoConfiguration.Write(shippedConfiguration, config, world, sink.Port, Desk.DayOf(Start));
            var opening = await House.OpenAsync(new HouseOptions
            {
                ConfigDirectory = config,
                DataDirectory = Path.Combine(home.FullName, "data"),
                Time = clock,
                AllowList = new LoopbackAllowList(null, world.Hosts.ToDictionary(host => host.Host, host => new IPEndPoint(IPAddress.Loopback, host.Port), StringComparer.OrdinalIgnoreCase)),
                // The hosts' pauses are story time; retries within a fetch would be real time spent on a scripted error.
                Fetcher = options => options with { Retries = 0, BreakerMinimumAttempts = 1_000_000 },
            }, cancellation);
            if (opening is not HouseOpening.Opened opened)
            {
                Owner.Explain(context, opening);
                throw new InvalidOperationException("the demo's house did not open");
            }

            await using var house = opened.House;
            var people = new DemoPeople(house, (who, vietnamese, english) => Tell(clock, who, context.Say(vietnamese, english)));
            await IntakeAsync(house, world, home.FullName, clock, cancellation);
            var inspections = await LiveAsync(house, people, clock, cancellation);
            var rows = await CompareAsync(house, world, sink, people, cancellation);
            return new DemoEnd(rows, inspections, sink.Messages.Count, clock.GetUtcNow() - Start, TimeProvider.System.GetElapsedTime(began));
        }
        finally
        {
            home.Delete(recursive: true);
        }
    }

    /// <summary>Nothing of the story outlives it, so it need not wait for a disk where there is room in memory.</summary>
    private static string? Roomy(string path) =>
        Directory.Exists(path) && new DriveInfo(path).AvailableFreeSpace > 512L * 1024 * 1024 ? path : null;

    private async Task IntakeAsync(House house, SampleWorld world, string home, StoryClock clock, CancellationToken cancellation)
    {
        var actor = ((OperationResult<Actor>.Done)Actor.Resolve("an.nguyen", house.Desk.Configuration, house.Desk.Today)).Value;
        var list = Path.Combine(home, "known.sha256.txt");
        await File.WriteAllTextAsync(list, SampleFiles.HashList(world.Internet, "sha256", hash => hash.Sha256), cancellation);
        if (await house.Banks.ImportAsync(actor, new BankImportOrder { Bank = DemoConfiguration.Bank, Kind = HashKind.Sha256 }, list, _ => { }, cancellation) is OperationResult<BankImport>.Done bank)
        {
            Tell(clock, actor.Id, context.Say($"nhập ngân hàng băm {DemoConfiguration.Bank}: {bank.Value.Entries} mã", $"imports hash bank {DemoConfiguration.Bank}: {bank.Value.Entries} entries"));
        }

        var csv = Path.Combine(home, "flagged.csv");
        var text = SampleFiles.FlaggedCsv(world.Internet);
        // Half of the worlds come from an older office program.
        await File.WriteAllBytesAsync(csv, seed % 2 == 0 ? SampleFiles.Windows1258(text) : Encoding.UTF8.GetBytes(text), cancellation);
        using var quiet = new StringWriter(CultureInfo.InvariantCulture);
        await ImportFile.RunAsync(new CliContext { Out = quiet, Err = quiet, WorkingDirectory = home, Language = context.Language }, house, actor, csv, DemoConfiguration.WatchList, 200, cancellation);
        Tell(clock, actor.Id, quiet.ToString().Trim().Split('\n')[^1]);
    }

    private async Task<int> LiveAsync(House house, DemoPeople people, StoryClock clock, CancellationToken cancellation)
    {
        var inspections = 0;
        var end = Start + Length;
        while (clock.GetUtcNow() < end)
        {
            cancellation.ThrowIfCancellationRequested();
            inspections += await house.Sweeps.InspectDueAsync(cancellation);
            await ReportAsync(house, clock, cancellation);
            while (await people.WorkAsync(cancellation) > 0)
            {
                await ReportAsync(house, clock, cancellation);
            }

            await house.Sweeps.RemindAsync(cancellation);
            await house.Sweeps.DispatchAsync(cancellation);
            var next = await house.Sweeps.NextDueAsync(cancellation) ?? end;
            clock.MoveTo(next > clock.GetUtcNow() ? next : clock.GetUtcNow().AddMinutes(1));
        }

        return inspections;
    }

    private async Task ReportAsync(House house, StoryClock clock, CancellationToken cancellation)
    {
        foreach (var target in await house.Store.ListTargetsAsync(new TargetQuery(), AgencyScope.All, new Paging(null, 1000), cancellation))
        {
            if (target.Last is { } last && (!_states.TryGetValue(target.Id, out var before) || before != target.Progress.State))
            {
                _states[target.Id] = target.Progress.State;
                Tell(clock, "monitor", $"{target.Id} {target.PlatformId}: {context.StateName(target.Progress.State)} ({last.Reason.Name()})");
            }
        }
    }

    private static async Task<IReadOnlyList<DemoRow>> CompareAsync(House house, SampleWorld world, SmtpSink sink, DemoPeople people, CancellationToken cancellation)
    {
        var rows = new List<DemoRow>();
        var targets = await house.Store.ListTargetsAsync(new TargetQuery(), AgencyScope.All, new Paging(null, 1000), cancellation);
        foreach (var platform in world.Platforms)
        {
            void Row(string what, string expected, string found) => rows.Add(new DemoRow(platform.Name, platform.Behaviour.Name, what, expected, found));
            var expected = platform.Expected;
            var mine = targets.Where(target => target.Host == platform.Host).ToList();
            Row("targets", "1", mine.Count.ToString(CultureInfo.InvariantCulture));
            if (mine.Count == 0)
            {
                continue;
            }

            var target = mine[0];
            var observations = await house.Store.ObservationsAsync(target.Id, 1, int.MaxValue, cancellation);
            var requests = await house.Store.RequestsOfTargetAsync(target.Id, AgencyScope.All, cancellation);
            var notices = new List<Notice>();
            foreach (var request in requests)
            {
                notices.AddRange(await house.Store.NoticesOfRequestAsync(request.Id, AgencyScope.All, cancellation));
            }

            var demands = notices.Count(notice => notice.SentAt is not null && notice.Kind is NoticeKind.Takedown or NoticeKind.Media or NoticeKind.Reappearance);
            Row("removal", expected.FinalRemoval, target.Progress.State.ToString());
            Row("bank hit", Yes(expected.BankHit), Yes(observations.Any(one => one.Matches.Count > 0)));
            Row("rule hit", Yes(expected.RuleHit), Yes(observations.Any(one => one.Findings.Count > 0)));
            Row("demands sent", expected.DemandsNeeded.ToString(CultureInfo.InvariantCulture), demands.ToString(CultureInfo.InvariantCulture));
            Row("mail received", Yes(expected.Noticed), Yes(sink.Messages.Any(mail => mail.Recipients.Contains(platform.AbuseMailbox, StringComparer.OrdinalIgnoreCase))));
            Row("demand", expected.FinalRemoval == "DurablyRemoved" ? "Closed" : expected.Noticed ? "Open" : "–", requests.Count == 0 ? "–" : requests[^1].Demand.ToString());
            // Nobody else is written to about what the platform had taken down by then.
            Row("escalated though gone", "0", requests.SelectMany(request => request.Rungs).Count(rung => world.StateAt(platform, rung.At) is SampleState.Gone or SampleState.SoftGone).ToString(CultureInfo.InvariantCulture));
            // The truth of the world against every verdict: never "removed" while the content was served.
            Row("false removals", "0", FalseRemovals(world, platform, observations).ToString(CultureInfo.InvariantCulture));
        }

        void All(string what, string expected, string found) => rows.Add(new DemoRow("–", "–", what, expected, found));
        var sent = await house.Store.NoticesInAsync(DispatchState.Sent, AgencyScope.All, new Paging(null, int.MaxValue), cancellation);
        All("mails of sent notices", sent.Count.ToString(CultureInfo.InvariantCulture), sink.Messages.Count.ToString(CultureInfo.InvariantCulture));
        All("mails to the hosting company", sent.Count(notice => notice.Kind == NoticeKind.Escalation).ToString(CultureInfo.InvariantCulture), sink.Messages.Count(mail => mail.Recipients.Contains(DemoConfiguration.HostingMailbox, StringComparer.OrdinalIgnoreCase)).ToString(CultureInfo.InvariantCulture));
        All("notices not sent in the end", "0", (await UnsentAsync(house, cancellation)).ToString(CultureInfo.InvariantCulture));
        All("rule violations seen by hosts", "0", world.ViolationCount.ToString(CultureInfo.InvariantCulture));
        All("most requests at once per host", "1", world.Traffic.Values.Select(traffic => traffic.MostAtOnce).DefaultIfEmpty(0).Max().ToString(CultureInfo.InvariantCulture));
        All("mails sent twice", "0", (sink.Messages.Count - sink.Messages.Select(mail => mail.MessageId).Distinct(StringComparer.Ordinal).Count()).ToString(CultureInfo.InvariantCulture));
        All("same person refused", "1", people.RightlyRefused.ToString(CultureInfo.InvariantCulture));
        var custody = await house.Store.CustodyAsync(1, int.MaxValue, cancellation);
        All("custody chain", "intact", CustodyChain.Verify(custody) is ChainVerdict.Intact ? "intact" : "broken");
        return rows;
    }

    private static async Task<int> UnsentAsync(House house, CancellationToken cancellation)
    {
        var unsent = 0;
        foreach (var state in Enum.GetValues<DispatchState>().Where(state => state is not (DispatchState.Sent or DispatchState.Delivered or DispatchState.Cancelled)))
        {
            unsent += (await house.Store.NoticesInAsync(state, AgencyScope.All, new Paging(null, int.MaxValue), cancellation)).Count;
        }

        return unsent;
    }

    /// <summary>Observations judged gone at an instant when the world still served the page.</summary>
    private static int FalseRemovals(SampleWorld world, SamplePlatform platform, IReadOnlyList<Observation> observations) =>
        observations.Count(one => one.Fact.Liveness is Liveness.Gone or Liveness.ProbablyGone
            && world.StateAt(platform, one.At) is not (SampleState.Gone or SampleState.SoftGone));

    private static string Yes(bool value) => value ? "yes" : "no";

    private void Tell(StoryClock clock, string who, string what)
    {
        if (context.Json)
        {
            context.Line(new { at = clock.GetUtcNow(), who, what });
        }
        else
        {
            context.Out.WriteLine($"{clock.GetUtcNow().ToOffset(Desk.LocalOffset).ToString("dd/MM HH:mm", CultureInfo.InvariantCulture)}  {who,-10}  {what}");
        }
    }
}
