using System.Globalization;
using Monitor.Rules.Assessing;
using Monitor.Rules.Custody;
using Monitor.Rules.WatchLists;
using Monitor.Worker.Evidence;
using Monitor.Worker.LiteStore;
using Monitor.Worker.Ports;

namespace Monitor.Worker.Bench;

/// <summary>The store and the vault by themselves, on the disk that holds the temporary directory.</summary>
public static class StoreRooms
{
    private const int ImportBatch = 500;
    private const int ClaimCount = 32;

    public static async Task<BenchEnd> StoreAsync(SizesOptions options, BenchProgress progress, CancellationToken cancellation)
    {
        using var home = new BenchHome(options.WorkingDirectory);
        await using var store = await OpenAsync(home);
        return await CheckedAsync(
            "store", () => StoreBench.MeasureStoreAsync(store, options.StoreTargets, options.StoreSaves, parallel: 64, TimeProvider.System, cancellation),
            "claims in order, the custody log as long as the commits, its chain verified", progress);
    }

    public static async Task<BenchEnd> VaultAsync(SizesOptions options, BenchProgress progress, CancellationToken cancellation)
    {
        using var home = new BenchHome(options.WorkingDirectory);
        if (await SealedVault.OpenAsync(home.Path, TimeProvider.System) is not VaultOpening.Opened opened)
        {
            throw new InvalidOperationException("an empty directory took no vault");
        }

        await using var vault = opened.Vault;
        return await CheckedAsync(
            "vault", () => StoreBench.MeasureVaultAsync(vault, options.VaultItems, options.VaultBytes, parallel: 64, TimeProvider.System, cancellation),
            "every item opened to the bytes that were sealed", progress);
    }

    /// <summary>Choosing what is due out of very many: claims of 32, each durable, the earliest first.</summary>
    public static async Task<BenchEnd> DueAsync(SizesOptions options, BenchProgress progress, CancellationToken cancellation)
    {
        using var home = new BenchHome(options.WorkingDirectory);
        await using var store = await OpenAsync(home);
        var start = DateTimeOffset.UnixEpoch.AddYears(56);
        var from = TimeProvider.System.GetTimestamp();
        await FillAsync(store, options.DueTargets, start, progress, cancellation);
        var imported = TimeProvider.System.GetElapsedTime(from);
        await store.MaintainAsync(cancellation);

        // Half of them are due; the simple method knows which: they were numbered in the order in which they come due, shuffled by a fixed step.
        var now = start.AddSeconds(options.DueTargets / 2);
        var (claims, looks) = (new BenchSample(), new BenchSample());
        int expected = 0, wrong = 0, compared = 0;
        for (var i = 0; i < options.Claims && expected + ClaimCount <= options.DueTargets / 2; i++)
        {
            from = TimeProvider.System.GetTimestamp();
            var next = await store.NextTargetDueAsync(cancellation);
            looks.Add(TimeProvider.System.GetElapsedTime(from).TotalMilliseconds);
            compared++;
            wrong += next == start.AddSeconds(expected) ? 0 : 1;

            from = TimeProvider.System.GetTimestamp();
            var claimed = await store.ClaimDueTargetsAsync(now, TimeSpan.FromHours(1), ClaimCount, cancellation);
            claims.Add(TimeProvider.System.GetElapsedTime(from).TotalMilliseconds);
            compared += ClaimCount;
            wrong += Math.Abs(ClaimCount - claimed.Count) + claimed.Count(one => one.Row.NextCheckAt != start.AddSeconds(expected++));
            progress("claims", i + 1, options.Claims);
        }

        var among = string.Create(CultureInfo.InvariantCulture, $"among {options.DueTargets} targets, half of them due");
        return new BenchEnd(
            [
                new BenchFigure("due.import", options.DueTargets / imported.TotalSeconds, "targets/s", options.DueTargets, $"{ImportBatch} targets a save, durable, shuffled"),
                new BenchFigure("due.file-bytes", new FileInfo(Path.Combine(home.Path, LiteMonitorStore.FileName)).Length / (double)options.DueTargets, "bytes", options.DueTargets, "store file per target"),
                new BenchFigure("due.look-p50", looks.Median, "ms", looks.Count, "when something comes due next, " + among),
                new BenchFigure("due.claim-p50", claims.Median, "ms", claims.Count, $"a claim of {ClaimCount}, on the disk when it ends, {among}"),
                new BenchFigure("due.claim-p95", claims.Percentile(95), "ms", claims.Count, "the same"),
                new BenchFigure("due.claim-p99", claims.Percentile(99), "ms", claims.Count, "the same"),
            ],
            [new BenchCheck("due.check", wrong, compared, "claimed targets in exactly the order in which they come due")]);
    }

    /// <summary>These measures check themselves and throw over a wrong answer.</summary>
    private static async Task<BenchEnd> CheckedAsync(string name, Func<Task<IReadOnlyList<StoreMeasure>>> measure, string method, BenchProgress progress)
    {
        progress(name, 0, 1);
        try
        {
            var measures = await measure();
            progress(name, 1, 1);
            return new BenchEnd([.. measures.Select(Figure)], [new BenchCheck(name + ".check", 0, measures.Sum(one => one.N), method)]);
        }
        catch (InvalidDataException wrong)
        {
            return new BenchEnd([], [new BenchCheck(name + ".check", 1, 1, $"{method}: {wrong.Message}")]);
        }
    }

    private static async Task<LiteMonitorStore> OpenAsync(BenchHome home) => await LiteMonitorStore.OpenAsync(home.Path) is StoreOpening.Opened opened
        ? opened.Store
        : throw new InvalidOperationException("an empty directory took no store");

    private static async Task FillAsync(LiteMonitorStore store, int targets, DateTimeOffset start, BenchProgress progress, CancellationToken cancellation)
    {
        var step = StepFor(targets);
        for (var first = 0; first < targets; first += ImportBatch)
        {
            var changes = new ChangeSet().Log(new CustodyDraft { At = start, Actor = "system", Role = "system", Agency = "bench", Act = "import", Item = "bench" });
            for (var i = first; i < Math.Min(first + ImportBatch, targets); i++)
            {
                changes.Put(Row(i, (int)((long)i * step % targets), start));
            }

            if (await store.CommitAsync(changes, cancellation) is not SaveResult.Saved)
            {
                throw new InvalidDataException("the bench's targets were refused");
            }

            progress("import", Math.Min(first + ImportBatch, targets), targets);
        }
    }

    /// <summary>Coprime with the count, so that every second is some target's.</summary>
    private static int StepFor(int count)
    {
        var step = 7919;
        while (Gcd(step, count) != 1)
        {
            step++;
        }

        return step;
    }

    private static int Gcd(int a, int b) => b == 0 ? a : Gcd(b, a % b);

    private static Target Row(int number, int dueSecond, DateTimeOffset start) => new()
    {
        Id = string.Create(CultureInfo.InvariantCulture, $"T{number:D7}"),
        Url = string.Create(CultureInfo.InvariantCulture, $"https://host{number % 997}.bench.example/bai/{number}"),
        Host = string.Create(CultureInfo.InvariantCulture, $"host{number % 997}.bench.example"),
        WatchListId = BenchConfiguration.WatchList,
        OwnerAgency = "ict",
        Category = Category.AbuseOrViolence,
        PlatformId = "generic",
        CreatedAt = start,
        NextCheckAt = start.AddSeconds(dueSecond),
    };

    private static BenchFigure Figure(StoreMeasure measure) => new(measure.Name, measure.Value, measure.Unit, measure.N, measure.Method);
}
