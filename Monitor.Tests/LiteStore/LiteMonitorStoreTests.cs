using System.Collections.Concurrent;
using LiteDB;
using Monitor.Rules.WatchLists;
using Monitor.Tests.Contracts;
using Monitor.Worker.LiteStore;
using Monitor.Worker.Ports;

namespace Monitor.Tests.LiteStore;

public sealed class LiteMonitorStoreTests : IDisposable
{
    private static readonly CancellationToken None = CancellationToken.None;

    private readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    private static async Task<LiteMonitorStore> OpenAsync(string directory, LiteStoreOptions? options = null) =>
        Assert.IsType<StoreOpening.Opened>(await LiteMonitorStore.OpenAsync(directory, options)).Store;

    [Fact]
    public async Task A_directory_has_one_owner_at_a_time()
    {
        await using (await OpenAsync(_scratch.Path))
            Assert.Equal(new StoreOpening.AlreadyOwned(_scratch.Path), await LiteMonitorStore.OpenAsync(_scratch.Path));
        await using var next = await OpenAsync(_scratch.Path);
        Assert.Equal(0, await next.CountTargetsAsync(None));
    }

    private const int Now = LiteMonitorStore.Format;

    [Fact]
    public async Task Requests_of_the_first_format_are_found_by_account_and_keep_what_they_stood_at()
    {
        await using (var old = await OpenAsync(_scratch.Path))
            await old.CommitAsync(new ChangeSet().Put(Rows.Request(1, 1, Rows.Noon) with { Account = "hoa.mai", DeliveredAt = Rows.Noon, FirstGoneAt = Rows.Noon }).Log(Rows.Act("R000001-1")), None);
        using (var file = LiteFile.TryOpen(_scratch.At(LiteMonitorStore.FileName), out _))
        {
            // As the first format wrote it: no key for the account.
            var requests = file!.Database.GetCollection("requests");
            var document = requests.FindById("R000001-1");
            document["k"] = new BsonArray(document["k"].AsArray.Where(key => !key.AsString.StartsWith('C')));
            requests.Update(document);
            file.Database.GetCollection("meta").Update(new BsonDocument { ["_id"] = "format", ["n"] = 1 });
        }

        await using var store = await OpenAsync(_scratch.Path);
        var found = Assert.Single(await store.RequestsOfAccountAsync("generic", "hoa.mai", None));
        Assert.Equal((1, true, Rows.Noon, Rows.Noon), (found.Version, found.AppearsGone, found.LadderSince, found.NextReminderAt));
        Assert.IsType<SaveResult.Saved>(await store.CommitAsync(new ChangeSet().Put(found).Log(Rows.Act("R000001-1")), None));
    }

    [Fact]
    public async Task After_a_downtime_the_oldest_legal_deadline_goes_first()
    {
        await using var store = await OpenAsync(_scratch.Path);
        await store.CommitAsync(new ChangeSet()
            .Put(Rows.Target(1, Rows.Noon))
            .Put(Rows.Target(2, Rows.Noon.AddMinutes(1)) with { LegalDeadline = Rows.Noon.AddHours(20) })
            .Put(Rows.Target(3, Rows.Noon.AddMinutes(2)) with { LegalDeadline = Rows.Noon.AddHours(10) })
            .Put(Rows.Target(4, Rows.Noon.AddMinutes(3)))
            .Log(Rows.Act("x")), None);
        Assert.Equal(["T000001", "T000002"], (await store.ClaimDueTargetsAsync(Rows.Noon.AddMinutes(10), TimeSpan.FromSeconds(1), 2, None)).Select(claimed => claimed.Row.Id));
        Assert.Equal(["T000003", "T000002"], (await store.ClaimDueTargetsAsync(Rows.Noon.AddHours(3), TimeSpan.FromMinutes(1), 2, None)).Select(claimed => claimed.Row.Id));
        Assert.Equal(["T000004", "T000001"], (await store.ClaimDueTargetsAsync(Rows.Noon.AddHours(3), TimeSpan.FromMinutes(1), 2, None)).Select(claimed => claimed.Row.Id).OrderDescending());
    }

    [Fact]
    public async Task A_newer_format_is_left_alone()
    {
        await (await OpenAsync(_scratch.Path)).DisposeAsync();
        var newer = new[] { new StoreMigration(Now, _ => { }) };
        var opened = await LiteMonitorStore.OpenAsync(_scratch.Path, new LiteStoreOptions(), Now + 1, newer);
        await Assert.IsType<StoreOpening.Opened>(opened).Store.DisposeAsync();
        Assert.Equal(new StoreOpening.TooNew(Now + 1, Now), await LiteMonitorStore.OpenAsync(_scratch.Path));
    }

    [Fact]
    public async Task An_older_format_is_brought_forward_step_by_step_and_keeps_its_rows()
    {
        await using (var old = await OpenAsync(_scratch.Path))
            await old.CommitAsync(new ChangeSet().Put(Rows.Target(1)).Log(Rows.Act("T000001")), None);
        var steps = new List<int>();
        var migrations = new[]
        {
            new StoreMigration(Now + 1, _ => steps.Add(2)),
            new StoreMigration(Now, database => { steps.Add(1); database.GetCollection("meta").Insert(new BsonDocument { ["_id"] = "added", ["n"] = 1 }); }),
        };
        for (var time = 0; time < 2; time++)
        {
            var opened = await LiteMonitorStore.OpenAsync(_scratch.Path, new LiteStoreOptions(), Now + 2, migrations);
            await using var store = Assert.IsType<StoreOpening.Opened>(opened).Store;
            Assert.Equal("T000001", (await store.FindTargetAsync("T000001", AgencyScope.All, None))!.Id);
        }

        Assert.Equal([1, 2], steps);
    }

    [Fact]
    public async Task A_step_that_fails_leaves_the_format_it_found()
    {
        await (await OpenAsync(_scratch.Path)).DisposeAsync();
        var failing = new[] { new StoreMigration(Now, database => { database.GetCollection("meta").Insert(new BsonDocument { ["_id"] = "half" }); throw new InvalidCastException("no"); }) };
        Assert.IsType<StoreOpening.Damaged>(await LiteMonitorStore.OpenAsync(_scratch.Path, new LiteStoreOptions(), Now + 1, failing));
        Assert.IsType<StoreOpening.Damaged>(await LiteMonitorStore.OpenAsync(_scratch.Path, new LiteStoreOptions(), Now + 2, [new StoreMigration(Now + 1, _ => { })]));
        await (await OpenAsync(_scratch.Path)).DisposeAsync();
        using var file = LiteFile.TryOpen(_scratch.At(LiteMonitorStore.FileName), out _);
        Assert.Null(file!.Database.GetCollection("meta").FindById("half"));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(8192)]
    public async Task Bytes_that_are_no_store_are_damaged(int start)
    {
        await (await OpenAsync(_scratch.Path)).DisposeAsync();
        await using (var file = File.OpenWrite(_scratch.At(LiteMonitorStore.FileName)))
        {
            file.Position = start;
            file.Write(Enumerable.Range(0, 3 * 8192).Select(i => (byte)((i * 31) + 7)).ToArray());
        }

        Assert.NotEqual("", Assert.IsType<StoreOpening.Damaged>(await LiteMonitorStore.OpenAsync(_scratch.Path)).Reason);
        Assert.NotNull(DataDirectory.TryLock(_scratch.Path));
    }

    [Fact]
    public async Task After_it_is_closed_it_says_so()
    {
        var store = await OpenAsync(_scratch.Path);
        await store.DisposeAsync();
        await store.DisposeAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => store.CommitAsync(new ChangeSet().Log(Rows.Act("x")), None));
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await store.FindTargetAsync("T000001", AgencyScope.All, None));
    }

    [Fact]
    public async Task Ids_that_cannot_be_kept_are_refused()
    {
        await using var store = await OpenAsync(_scratch.Path);
        foreach (var id in new[] { "", new string('x', 401), new string('ồ', 200) })
            await Assert.ThrowsAsync<ArgumentException>(() => store.CommitAsync(new ChangeSet().Put(Rows.Case(1) with { Id = id }).Log(Rows.Act("x")), None));
        await Assert.ThrowsAsync<ArgumentException>(() => store.CommitAsync(new ChangeSet().Append(Rows.Observation(1, 1) with { Number = 2 }).Log(Rows.Act("x")), None));
        Assert.Equal(0, await store.CustodyLengthAsync(None));
    }

    [Fact]
    public async Task Values_longer_than_an_index_key_are_found_all_the_same()
    {
        await using var store = await OpenAsync(_scratch.Path);
        var list = new string('ồ', 700);
        await store.CommitAsync(new ChangeSet().Put(Rows.Target(1, list: list)).Put(Rows.Target(2, list: list + "!")).Log(Rows.Act(list)), None);
        Assert.Equal(["T000001"], (await store.ListTargetsAsync(new TargetQuery(list), AgencyScope.All, new Paging(), None)).Select(row => row.Id));
        Assert.Single(await store.CustodyOfAsync(list, None));
    }

    [Fact]
    public async Task Copies_of_the_files_taken_in_mid_flight_hold_every_commit_acknowledged_before()
    {
        // No checkpoint: the data file stands still and the log only grows, as the disk would be found after a kill.
        var options = new LiteStoreOptions { CheckpointBytes = long.MaxValue, IdleCheckpoint = TimeSpan.FromHours(1) };
        await using var store = await OpenAsync(_scratch.At("live"), options);
        var acknowledged = new ConcurrentQueue<int>();
        using var stop = new CancellationTokenSource();
        var next = 0;
        var writers = Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                var number = Interlocked.Increment(ref next);
                await store.CommitAsync(new ChangeSet().Put(Rows.Target(number, Rows.Noon)).Append(Rows.Observation(number, 1)).Log(Rows.Act(Rows.TargetId(number))), None);
                acknowledged.Enqueue(number);
            }
        })).ToList();

        for (var round = 0; round < 4; round++)
        {
            var wanted = (round + 1) * 150;
            while (acknowledged.Count < wanted)
                await Task.Yield();
            var before = acknowledged.ToArray();
            var copy = Directory.CreateDirectory(_scratch.At($"copy{round}")).FullName;
            foreach (var name in new[] { LiteMonitorStore.FileName, "monitor-log.db" })
                File.Copy(_scratch.At("live", name), Path.Combine(copy, name));
            if (round == 3)
            {
                // A page cut in half, as a machine leaves it that lost power while writing.
                await using var log = File.OpenWrite(Path.Combine(copy, "monitor-log.db"));
                log.SetLength(log.Length / 8192 * 8192);
                log.Seek(0, SeekOrigin.End);
                log.Write(new byte[8192]);
            }

            await using var reopened = await OpenAsync(copy);
            foreach (var number in before)
            {
                Assert.NotNull(await reopened.FindTargetAsync(Rows.TargetId(number), AgencyScope.All, None));
                Assert.Single(await reopened.ObservationsAsync(Rows.TargetId(number), 1, 2, None));
            }

            var length = await reopened.CustodyLengthAsync(None);
            Assert.True(length >= before.Length);
            Assert.Equal(length, await reopened.CountTargetsAsync(None));
            var chain = Rules.Custody.CustodyChain.Verify(await reopened.CustodyAsync(1, int.MaxValue, None));
            Assert.Equal(length, Assert.IsType<Rules.Custody.ChainVerdict.Intact>(chain).Count);
        }

        await stop.CancelAsync();
        await Task.WhenAll(writers);
    }

    [Fact]
    public async Task The_log_stays_short_under_load()
    {
        await using var store = await OpenAsync(_scratch.Path, new LiteStoreOptions { CheckpointBytes = 256 * 1024, GroupSize = 8 });
        await Parallel.ForEachAsync(Enumerable.Range(1, 500), new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (i, _) =>
            await store.CommitAsync(new ChangeSet().Put(Rows.Target(i, Rows.Noon)).Log(Rows.Act("x")), None));
        Assert.True(new FileInfo(_scratch.At("monitor-log.db")).Length <= 2 * 1024 * 1024);
        await store.MaintainAsync(None);
        Assert.Equal(0, new FileInfo(_scratch.At("monitor-log.db")).Length);
        Assert.Equal(500, (await store.ClaimDueTargetsAsync(Rows.Noon, TimeSpan.FromMinutes(1), 1000, None)).Count);
    }
}
