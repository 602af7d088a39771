using System.Globalization;
using Monitor.Rules.Takedowns;
using Monitor.Worker.LiteStore;
using Monitor.Worker.Ports;

namespace Monitor.Tests.Process;

/// <summary>
/// The real program is killed while a platform's API has a report and has not answered, or has answered, and at random; the API itself takes
/// reports whose answers never arrive. No notice is lost, and none is ever sent under a second key.
/// </summary>
[Collection(ProcessCollection.Name)]
public sealed class KillAtTheApiTests(ITestOutputHelper output)
{
    private const int Seed = 20260717;

    /// <summary>Half an hour a second: the look-ups and a day's reminders happen while it is being killed.</summary>
    private const double Scale = 1800;

    private readonly Random _dice = new(Seed);
    private int _unanswered;
    private int _answered;
    private int _anywhen;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>8 in CI, 200 in the nightly run (MONITOR_NIGHTLY=1), or as many as MONITOR_NIGHTLY says.</summary>
    private static int Points => Nightly.Points(8, 200);

    [Fact]
    public async Task No_notice_is_lost_and_none_goes_out_under_a_second_key()
    {
        await using var api = new ApiPlatform(Seed);
        await using var installation = await Installation.CreateAsync(5, Scale, TimeSpan.FromMilliseconds(5), Token, api.Address);
        var people = new PeopleAtTheCommandLine(installation, _dice);
        Assert.True(await people.ImportBankAsync(Token));
        Assert.True(await people.ImportAsync(Token));
        for (var life = 0; life < Points; life++)
        {
            await LiveAndDieAsync(installation, people, api, life);
        }

        await SettleAsync(installation, api);
        await JudgeAsync(installation, people, api);
    }

    private async Task LiveAndDieAsync(Installation installation, PeopleAtTheCommandLine people, ApiPlatform api, int life)
    {
        await using var process = installation.Start();
        Assert.True(await installation.HealthyAsync(process, Token), process.Error);
        var killed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var armed = life % 4 == 3 ? 0 : 1;
        var pause = life % 4 == 1 ? _dice.Next(0, 25) : 0;
        api.OnTaken = () =>
        {
            if (Interlocked.Exchange(ref armed, 0) == 0)
            {
                return;
            }

            if (pause == 0)
            {
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
        for (var tries = 0; tries < 4 && !killed.Task.IsCompleted; tries++)
        {
            _ = await people.ApproveAsync(Token) || await people.VerifyAsync(Token) || await people.ImportAsync(Token);
        }

        await Task.WhenAny(killed.Task, Task.Delay(TimeSpan.FromSeconds(life % 4 == 3 ? 1 : 3), Token));
        var struck = Interlocked.Exchange(ref armed, 0) == 0 && life % 4 != 3;
        if (struck)
        {
            await killed.Task;
        }

        api.OnTaken = null;
        process.Kill();
        Assert.Equal(128 + 9, await process.ExitAsync(Token));
        _ = !struck ? _anywhen++ : pause == 0 ? _unanswered++ : _answered++;
    }

    /// <summary>Left alone for a while, it finds out by itself what became of every report.</summary>
    private static async Task SettleAsync(Installation installation, ApiPlatform api)
    {
        await installation.WhileRunningAsync(async process =>
        {
            // Ten hours of story: look-ups come after 1, 10 and 30 minutes, and nothing waits longer than an hour.
            await Task.Delay(TimeSpan.FromSeconds(20), Token);
            Assert.False(process.HasExited, process.Error);
        }, Token);
        Assert.NotEmpty(api.Posts);
    }

    private async Task JudgeAsync(Installation installation, PeopleAtTheCommandLine people, ApiPlatform api)
    {
        await using var store = Assert.IsType<StoreOpening.Opened>(await LiteMonitorStore.OpenAsync(installation.Data)).Store;
        var notices = new Dictionary<string, Notice>();
        foreach (var state in Enum.GetValues<DispatchState>())
        {
            foreach (var notice in await store.NoticesInAsync(state, AgencyScope.All, new Paging(null, int.MaxValue), Token))
            {
                notices.Add(notice.Id, notice);
            }
        }

        var posts = api.Posts;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"killed with a report unanswered {_unanswered}, answered {_answered}, at random {_anywhen}; {people.Approved.Count} approvals acknowledged; {posts.Count} posts of {api.Taken.Count} reports, {posts.Count(post => post.How != ApiPlatform.Answering.Given)} never answered, {api.LookUps} look-ups"));
        output.WriteLine("notices: " + string.Join(", ", notices.Values.GroupBy(notice => notice.Dispatch).Select(group => $"{group.Key} {group.Count()}")));
        // None twice: of one notice there is one key, and of one key one notice.
        Assert.All(posts.GroupBy(post => post.Reference), group => Assert.Single(group.Select(post => post.Key).Distinct(StringComparer.Ordinal)));
        Assert.All(posts.GroupBy(post => post.Key), group => Assert.Single(group.Select(post => post.Reference).Distinct(StringComparer.Ordinal)));
        // None lost: whatever a person's approval was acknowledged for is there, and arrived; what arrived is known to have arrived.
        var arrived = posts.ToLookup(post => post.Reference, post => post.Key);
        foreach (var id in people.Approved)
        {
            Assert.Equal("chi.le", notices[id].ApprovedBy);
            Assert.NotEmpty(arrived[id]);
        }

        foreach (var reference in posts.Select(post => post.Reference).Distinct(StringComparer.Ordinal))
        {
            var notice = notices[reference];
            Assert.Equal(DispatchState.Delivered, notice.Dispatch);
            Assert.Equal(api.Taken[arrived[reference].First()], notice.Receipt);
            Assert.False(notice.ResentCopy);
        }

        Assert.All(notices.Values.Where(notice => notice.SentAt is not null && notice.Channel == ChannelKind.Api), notice => Assert.Contains(notice.Id, (IEnumerable<string>)[.. posts.Select(post => post.Reference)]));
    }
}
