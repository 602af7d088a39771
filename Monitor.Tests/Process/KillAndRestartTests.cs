using System.Globalization;
using Monitor.Rules.Custody;
using Monitor.Rules.Takedowns;
using Monitor.Worker.Channels;
using Monitor.Worker.LiteStore;
using Monitor.Worker.Operations;
using Monitor.Worker.Ports;

namespace Monitor.Tests.Process;

/// <summary>
/// The real program is killed again and again, at random and at the points that matter, and started again. Whatever it acknowledged must
/// be there, nothing may go out twice unmarked, and the work must go on by itself.
/// </summary>
[Collection(ProcessCollection.Name)]
public sealed class KillAndRestartTests(ITestOutputHelper output)
{
    private const int Seed = 20260302;

    /// <summary>Half an hour a second: the hourly looks, the resend after half an hour and a day's reminders all happen while it is being killed.</summary>
    private const double Scale = 1800;

    private static readonly KillPoint[] Kinds = Enum.GetValues<KillPoint>();

    private readonly Dictionary<KillPoint, int> _struck = [];
    private readonly Random _dice = new(Seed);
    private bool _danger;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>25 in CI, 1,000 in the nightly run (MONITOR_NIGHTLY=1), or as many as MONITOR_NIGHTLY says.</summary>
    private static int Points => Nightly.Points(25, 1000);

    [Fact]
    public async Task Nothing_acknowledged_is_lost_and_nothing_goes_out_twice_unmarked()
    {
        await using var installation = await Installation.CreateAsync(3, Scale, TimeSpan.FromMilliseconds(5), Token);
        var people = new PeopleAtTheCommandLine(installation, _dice);
        // Nobody owns the directory yet: these run in their own process.
        Assert.True(await people.ImportBankAsync(Token));
        Assert.True(await people.ImportAsync(Token));
        for (var life = 0; life < Points; life++)
        {
            // Every kind in turn, so that each is struck whatever the number of points.
            await LiveAndDieAsync(installation, people, Kinds[life % Kinds.Length], life);
            if ((life + 1) % 50 == 0)
            {
                // A long run that is ended has said how far it came.
                output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{life + 1} of {Points} lives, {installation.Sink.Messages.Count} mails"));
            }
        }

        output.WriteLine("killed at: " + string.Join(", ", _struck.OrderBy(pair => pair.Key).Select(pair => $"{pair.Key} {pair.Value}")));
        var before = Requests(installation);
        await using (var process = installation.Start())
        {
            Assert.True(await installation.HealthyAsync(process, Token), process.Error);
            if (_danger)
            {
                Assert.True(await people.AcknowledgeAsync("A000001", Token));
            }

            // It goes on by itself.
            while (Requests(installation) < before + 20)
            {
                Assert.False(process.HasExited, process.Error);
                await Task.Delay(50, Token);
            }

            process.Terminate();
            Assert.Equal(0, await process.ExitAsync(Token));
        }

        output.WriteLine($"{people.Reports.Count} reports, {people.Verified.Count} verified, {people.Approved.Count} approved, {people.Observations.Count} observations acknowledged; {people.Refused} calls not acknowledged; {installation.Sink.Messages.Count} mails");
        await JudgeAsync(installation, people);
    }

    private async Task LiveAndDieAsync(Installation installation, PeopleAtTheCommandLine people, KillPoint point, int life)
    {
        await using var process = installation.Start();
        if (point == KillPoint.Starting)
        {
            await Task.Delay(_dice.Next(50, 1300), Token);
            await StrikeAsync(process, point);
            return;
        }

        Assert.True(await installation.HealthyAsync(process, Token), process.Error);
        switch (point)
        {
            case KillPoint.Anywhen:
                if (life > Kinds.Length && !_danger)
                {
                    _danger = await people.DangerAsync(Token) is not null;
                }

                await Task.Delay(_dice.Next(10, 1500), Token);
                await StrikeAsync(process, point);
                break;
            case KillPoint.Inspecting:
                var before = Requests(installation);
                for (var waited = 0; Requests(installation) == before && waited < 4000; waited++)
                {
                    await Task.Delay(1, Token);
                }

                await Task.Delay(_dice.Next(0, 20), Token);
                await StrikeAsync(process, point);
                break;
            case KillPoint.AfterAcknowledgement:
                for (var tries = 0; tries < 3 && !await people.ActAsync(Token); tries++)
                {
                }

                await StrikeAsync(process, point);
                break;
            case KillPoint.DuringAct:
                var acts = Task.Run(() => BusyAsync(people, process), Token);
                await Task.Delay(_dice.Next(50, 600), Token);
                await StrikeAsync(process, point);
                await acts;
                break;
            case KillPoint.MailUnanswered or KillPoint.MailAnswered:
                await DieAtMailAsync(installation, people, process, point);
                break;
        }
    }

    /// <summary>One act after the other without a pause, until the one that was under way when the owner died has been answered.</summary>
    private static async Task BusyAsync(PeopleAtTheCommandLine people, MonitorProcess process)
    {
        while (!process.HasExited)
        {
            await people.ImportAsync(Token, quickly: true);
        }
    }

    private async Task DieAtMailAsync(Installation installation, PeopleAtTheCommandLine people, MonitorProcess process, KillPoint point)
    {
        var pause = point == KillPoint.MailUnanswered ? 0 : _dice.Next(0, 25);
        var armed = 1;
        var killed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        installation.OnMail = mail =>
        {
            if (Interlocked.Exchange(ref armed, 0) == 0)
            {
                return;
            }

            if (point == KillPoint.MailUnanswered)
            {
                // The sink answers after this returns, into a connection nobody holds any more.
                process.Kill();
                killed.SetResult();
            }
            else
            {
                _ = Task.Delay(pause, CancellationToken.None).ContinueWith(_ =>
                {
                    process.Kill();
                    killed.SetResult();
                }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            }
        };
        for (var tries = 0; tries < 3 && !killed.Task.IsCompleted; tries++)
        {
            _ = await people.ApproveAsync(Token) || await people.VerifyAsync(Token) || await people.ImportAsync(Token);
        }

        // Resent copies and reminders are mails, too; when none is due within a while, this life ends without one.
        await Task.WhenAny(killed.Task, Task.Delay(TimeSpan.FromSeconds(3), Token));
        var mailed = Interlocked.Exchange(ref armed, 0) == 0;
        if (mailed)
        {
            await killed.Task;
        }

        installation.OnMail = null;
        await StrikeAsync(process, mailed ? point : KillPoint.Anywhen);
    }

    private async Task StrikeAsync(MonitorProcess process, KillPoint point)
    {
        process.Kill();
        Assert.Equal(128 + 9, await process.ExitAsync(Token));
        _struck[point] = _struck.GetValueOrDefault(point) + 1;
    }

    private static long Requests(Installation installation) => installation.World.Traffic.Values.Sum(host => host.Requests);

    private async Task JudgeAsync(Installation installation, PeopleAtTheCommandLine people)
    {
        await using var store = Assert.IsType<StoreOpening.Opened>(await LiteMonitorStore.OpenAsync(installation.Data)).Store;
        var custody = await store.CustodyAsync(1, int.MaxValue, Token);
        Assert.Equal(await store.CustodyLengthAsync(Token), Assert.IsType<ChainVerdict.Intact>(CustodyChain.Verify(custody)).Count);

        var observations = await ObservationsAsync(store);
        Assert.Subset(observations, people.Observations);
        Assert.Equal(observations.Count, custody.Count(entry => entry.Act.Act == "inspect"));
        await ReportsAsync(store, people);

        var notices = await NoticesAsync(store);
        foreach (var (id, notice) in people.Verified)
        {
            Assert.True(notices.ContainsKey(notice), $"{id} was verified and {notice} acknowledged");
            Assert.Contains(custody, entry => entry.Act.Act == "verify" && entry.Act.Item == id);
        }

        foreach (var id in people.Approved)
        {
            Assert.Equal("chi.le", notices[id].ApprovedBy);
            Assert.Contains(notices[id].Dispatch, (DispatchState[])[DispatchState.Approved, DispatchState.Sending, DispatchState.Sent, DispatchState.DeliveryUnknown]);
        }

        foreach (var alert in people.Acknowledged)
        {
            Assert.Equal("dung.pham", (await store.FindMessageAsync(alert, Token))!.AcknowledgedBy);
        }

        await GaplessAsync(store, notices.Values);
        await MailsAsync(installation, store, notices, custody);
    }

    private async Task<HashSet<string>> ObservationsAsync(LiteMonitorStore store)
    {
        var all = new HashSet<string>();
        foreach (var target in await store.ListTargetsAsync(new TargetQuery(), AgencyScope.All, new Paging(null, 1000), Token))
        {
            var observations = await store.ObservationsAsync(target.Id, 1, int.MaxValue, Token);
            Assert.Equal(Enumerable.Range(1, target.Observations), observations.Select(one => one.Number));
            Assert.Equal(target.Last?.Id, observations.Count == 0 ? null : observations[^1].Id);
            all.UnionWith(observations.Select(one => one.Id));
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{all.Count} observations"));
        Assert.NotEmpty(all);
        return all;
    }

    private static async Task ReportsAsync(LiteMonitorStore store, PeopleAtTheCommandLine people)
    {
        var found = new HashSet<string>();
        var series = await store.SeriesAsync(Ids.ReportSeries, Token);
        foreach (var target in await store.ListTargetsAsync(new TargetQuery(), AgencyScope.All, new Paging(null, 1000), Token))
        {
            found.UnionWith((await store.ReportsOfTargetAsync(target.Id, Token)).Select(report => report.Id + " " + report.TargetId));
        }

        Assert.Subset(found, people.Reports.Select(pair => pair.Key + " " + pair.Value).ToHashSet());
        Assert.Equal(Enumerable.Range(1, (int)series.Last).Select(number => Ids.Report(number)), found.Select(one => one[..7]).Order(StringComparer.Ordinal));
    }

    private static async Task<Dictionary<string, Notice>> NoticesAsync(LiteMonitorStore store)
    {
        var notices = new Dictionary<string, Notice>();
        foreach (var state in Enum.GetValues<DispatchState>())
        {
            foreach (var notice in await store.NoticesInAsync(state, AgencyScope.All, new Paging(null, int.MaxValue), Token))
            {
                notices.Add(notice.Id, notice);
            }
        }

        return notices;
    }

    /// <summary>Per agency and year the references run from 1 to the series' last without a gap.</summary>
    private static async Task GaplessAsync(LiteMonitorStore store, IEnumerable<Notice> notices)
    {
        var series = notices.GroupBy(notice => notice.Id[..notice.Id.LastIndexOf('-')]).ToList();
        Assert.NotEmpty(series);
        foreach (var one in series)
        {
            var last = (await store.SeriesAsync("notices/" + one.Key, Token)).Last;
            Assert.Equal(Enumerable.Range(1, (int)last), one.Select(notice => int.Parse(notice.Id[(one.Key.Length + 1)..], CultureInfo.InvariantCulture)).Order());
        }
    }

    private async Task MailsAsync(Installation installation, LiteMonitorStore store, Dictionary<string, Notice> notices, IReadOnlyList<CustodyEntry> custody)
    {
        var copies = 0;
        Assert.NotEmpty(installation.Sink.Messages);
        foreach (var mails in installation.Sink.Messages.GroupBy(mail => mail.MessageId))
        {
            var (first, rest) = (mails.First(), mails.Skip(1).ToList());
            Assert.True(rest.Count <= 1, $"{mails.Key} arrived {rest.Count + 1} times");
            Assert.All(rest, mail =>
            {
                Assert.Equal("yes", mail.Header(MailComposer.ResentCopyField));
                Assert.StartsWith(MailComposer.ResentMark, mail.Subject, StringComparison.Ordinal);
            });
            copies += rest.Count;
            var reference = first.Header("X-Monitor-Reference")!;
            if (reference.StartsWith('A'))
            {
                Assert.Empty(rest);
                continue;
            }

            var notice = notices[reference];
            Assert.Equal(notice.MessageId, mails.Key);
            var request = (await store.FindRequestAsync(notice.RequestId, AgencyScope.All, Token))!;
            Assert.NotNull(notice.ApprovedBy);
            Assert.NotEqual(request.VerifiedBy, notice.ApprovedBy);
            Assert.Contains(custody, entry => entry.Act.Act == "verify" && entry.Act.Item == notice.CaseId && entry.Act.Actor == request.VerifiedBy);
            Assert.Contains(custody, entry => entry.Act.Act == "approve" && entry.Act.Item == (notice.CoveredBy ?? notice.Id) && entry.Act.Actor == notice.ApprovedBy);
        }

        // What is "sent" did arrive.
        var arrived = installation.Sink.Messages.Select(mail => mail.MessageId).ToHashSet();
        Assert.All(notices.Values.Where(notice => notice.SentAt is not null), notice => Assert.Contains(notice.MessageId, arrived));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{copies} marked copies; notices: {string.Join(", ", notices.Values.GroupBy(notice => notice.Dispatch).Select(group => $"{group.Key} {group.Count()}"))}"));
    }
}
