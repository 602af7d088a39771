using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using Monitor.Rules.Assessing;
using Monitor.Rules.Custody;
using Monitor.Rules.Removal;
using Monitor.Rules.WatchLists;
using Monitor.Worker.Evidence;
using Monitor.Worker.Ports;

namespace Monitor.Worker.LiteStore;

/// <summary>
/// Measures the embedded store and the vault through the same calls the worker makes, on rows shaped like an inspection's.
/// What is measured is checked too: a fast wrong answer is an exception.
/// </summary>
public static class StoreBench
{
    private const int ShinglesOfBaseline = PageSketch.Size;

    /// <summary>Fills <paramref name="store"/> with due targets, claims, commits inspections; one measure after the other.</summary>
    /// <param name="store">Empty, and of no further use afterwards.</param>
    /// <param name="targets">Rows to fill in, each due one second after the one before.</param>
    /// <param name="saves">Inspections to commit: an observation and a target of about 2 KB each, one custody entry, under a lease.</param>
    /// <param name="parallel">Commits in flight.</param>
    public static async Task<IReadOnlyList<StoreMeasure>> MeasureStoreAsync(LiteMonitorStore store, int targets, int saves, int parallel, TimeProvider time, CancellationToken cancellation)
    {
        const int Batch = 500, ClaimCount = 32, Claims = 50;
        var measures = new List<StoreMeasure>();
        var start = DateTimeOffset.UnixEpoch.AddYears(50);

        var from = time.GetTimestamp();
        for (var first = 0; first < targets; first += Batch)
        {
            var changes = new ChangeSet().Log(Act("import", start));
            for (var i = first; i < Math.Min(first + Batch, targets); i++)
                changes.Put(Row(i, start));
            await SaveAsync(store, changes, cancellation);
        }

        measures.Add(Rate("store.import", targets, time.GetElapsedTime(from), "targets/s", $"{Batch} targets a commit"));

        var elapsed = new List<double>(Claims);
        var now = start.AddSeconds(targets + 1);
        var next = 0;
        var leased = new List<Claimed<Target>>();
        for (var i = 0; i < Claims && next + ClaimCount <= targets; i++)
        {
            from = time.GetTimestamp();
            var claimed = await store.ClaimDueTargetsAsync(now, TimeSpan.FromHours(1), ClaimCount, cancellation);
            elapsed.Add(time.GetElapsedTime(from).TotalMilliseconds);
            foreach (var one in claimed)
            {
                if (one.Row.Id != Id(next++))
                    throw new InvalidDataException($"claimed {one.Row.Id} before {Id(next - 1)}");
            }

            leased.AddRange(claimed);
        }

        elapsed.Sort();
        measures.Add(new StoreMeasure("store.claim", elapsed[elapsed.Count / 2], "ms", elapsed.Count, $"median of claims of {ClaimCount} among {targets} targets, durable"));
        measures.Add(new StoreMeasure("store.claim-p95", elapsed[elapsed.Count * 95 / 100], "ms", elapsed.Count, "95th percentile of the same"));

        var work = new ConcurrentQueue<Claimed<Target>>(leased);
        for (var left = saves - leased.Count; left > 0; left -= 1000)
        {
            foreach (var claimed in await store.ClaimDueTargetsAsync(now, TimeSpan.FromHours(1), Math.Min(left, 1000), cancellation))
                work.Enqueue(claimed);
        }

        var count = work.Count;
        var before = await store.CustodyLengthAsync(cancellation);
        from = time.GetTimestamp();
        await Parallel.ForEachAsync(Enumerable.Range(0, parallel), new ParallelOptions { MaxDegreeOfParallelism = parallel, CancellationToken = cancellation }, async (_, stop) =>
        {
            while (work.TryDequeue(out var claimed))
                await SaveAsync(store, Inspection(claimed, now), stop);
        });
        measures.Add(Rate("store.inspections", count, time.GetElapsedTime(from), "commits/s", $"durable, {parallel} in flight: target, observation, custody entry, lease"));
        if (await store.CustodyLengthAsync(cancellation) != before + count)
            throw new InvalidDataException("the custody log did not grow by the commits");

        from = time.GetTimestamp();
        var verdict = CustodyChain.Verify(await store.CustodyAsync(1, int.MaxValue, cancellation));
        if (verdict is not ChainVerdict.Intact intact)
            throw new InvalidDataException("the custody chain is broken");
        measures.Add(Rate("store.custody-verify", (int)intact.Count, time.GetElapsedTime(from), "entries/s", "read and verified"));
        return measures;
    }

    /// <summary>Seals and opens items of one size.</summary>
    public static async Task<IReadOnlyList<StoreMeasure>> MeasureVaultAsync(SealedVault vault, int items, int bytes, int parallel, TimeProvider time, CancellationToken cancellation)
    {
        var content = RandomNumberGenerator.GetBytes(bytes);
        var ids = new ConcurrentQueue<string>();
        var options = new ParallelOptions { MaxDegreeOfParallelism = parallel, CancellationToken = cancellation };
        var from = time.GetTimestamp();
        await Parallel.ForEachAsync(Enumerable.Range(0, items), options, async (_, stop) =>
            ids.Enqueue((await vault.SealAsync([new SealRequest("T000001", "page", content)], stop))[0]));
        var sealing = Rate("vault.seal", items, time.GetElapsedTime(from), "items/s", $"durable, {bytes} bytes each, {parallel} in flight");

        from = time.GetTimestamp();
        await Parallel.ForEachAsync(ids, options, async (id, stop) =>
        {
            if (await vault.OpenAsync(id, stop) is not OpenResult.Opened opened || !opened.Content.AsSpan().SequenceEqual(content))
                throw new InvalidDataException($"{id} did not come back");
        });
        return [sealing, Rate("vault.open", items, time.GetElapsedTime(from), "items/s", $"{bytes} bytes each, {parallel} in flight")];
    }

    private static async Task SaveAsync(LiteMonitorStore store, ChangeSet changes, CancellationToken cancellation)
    {
        if (await store.CommitAsync(changes, cancellation) is SaveResult.Conflict conflict)
            throw new InvalidDataException($"conflict over {conflict.Item}");
    }

    private static StoreMeasure Rate(string name, int count, TimeSpan elapsed, string unit, string method) => new(name, count / elapsed.TotalSeconds, unit, count, method);

    private static string Id(int number) => string.Create(CultureInfo.InvariantCulture, $"T{number:D7}");

    private static Target Row(int number, DateTimeOffset start) => new()
    {
        Id = Id(number),
        Url = string.Create(CultureInfo.InvariantCulture, $"https://host{number % 977}.example/section/page-{number}"),
        Host = string.Create(CultureInfo.InvariantCulture, $"host{number % 977}.example"),
        WatchListId = "bench",
        OwnerAgency = "bench",
        Category = Category.SexualAbuseMaterial,
        PlatformId = "generic",
        CreatedAt = start,
        NextCheckAt = start.AddSeconds(number),
    };

    private static ChangeSet Inspection(Claimed<Target> claimed, DateTimeOffset now)
    {
        var target = claimed.Row;
        var number = target.Observations + 1;
        var fact = new ProofFact { At = now, Vantage = "direct", Liveness = Liveness.Live, Reason = LivenessReason.Alive };
        var observation = new Observation
        {
            Id = string.Create(CultureInfo.InvariantCulture, $"{target.Id}/{number:D8}"),
            TargetId = target.Id,
            Number = number,
            At = now,
            Vantage = "direct",
            Outcome = "fetched",
            Status = 200,
            FinalUrl = target.Url,
            RemoteAddress = "127.0.0.1",
            ElapsedMilliseconds = 321,
            BodyLength = 70_000,
            Page = new LivenessVerdict(Liveness.Live, LivenessReason.Alive, [new Signal("status", -20, "200"), new Signal("baseline-same", -80, "0.93")]),
            Media = [.. Enumerable.Range(0, 8).Select(i => new MediaObservation { Url = $"{target.Url}/media-{i}.jpg", Status = 200, Liveness = Liveness.Live, Reason = LivenessReason.Alive, Length = 12345 })],
            Fact = fact,
            Captures = ["V" + new string('0', 26), "V" + new string('1', 26)],
            Configuration = new string('c', 64),
            ToolVersion = "0.1.0",
        };
        var sketch = new PageSketch { Title = 1, Structure = 2, TextLength = 4000, Shingles = [.. Enumerable.Range(1, ShinglesOfBaseline).Select(i => (ulong)i * 0x9E3779B97F4A7C15)] };
        return new ChangeSet()
            .Put(target with
            {
                Observations = number,
                Last = new LastObservation(observation.Id, now, Liveness.Live, LivenessReason.Alive),
                Baseline = new PageBaseline { CapturedAt = now, Observation = observation.Id, Sketch = sketch },
                NextCheckAt = now.AddHours(24),
            })
            .Append(observation)
            .Log(Act(target.Id, now))
            .Holding(claimed.Lease);
    }

    private static CustodyDraft Act(string item, DateTimeOffset now) => new()
    {
        At = now,
        Actor = "system",
        Role = "system",
        Agency = "bench",
        Act = "inspect",
        Item = item,
    };
}

/// <param name="N">How many were measured.</param>
public sealed record StoreMeasure(string Name, double Value, string Unit, int N, string Method);
