using System.Globalization;
using System.Runtime.InteropServices;
using Monitor.Rules.Hashing;
using Monitor.Rules.Matching;
using Monitor.Worker.Matching;

namespace Monitor.Worker.Bench;

/// <summary>Perceptual hashing and look-ups in a mapped index, by the ways the product takes.</summary>
public sealed unsafe class PdqBench(PdqOptions options, BenchProgress progress)
{
    private const int Radius = PdqIndex.MaximumRadius;

    private readonly List<BenchFigure> _figures = [];
    private readonly List<BenchCheck> _checks = [];

    public BenchEnd Run(CancellationToken cancellation)
    {
        Hashing(cancellation);
        Listed("random", PdqLists.Random(options.Entries, 1), cancellation);
        Listed("skewed", PdqLists.Skewed(options.Entries, 2), cancellation);
        return new BenchEnd(_figures, _checks);
    }

    private void Hashing(CancellationToken cancellation)
    {
        var wrong = 0;
        foreach (var (layout, name) in new[] { (PixelLayout.Rgb, "rgb"), (PixelLayout.Rgba, "rgba"), (PixelLayout.Gray, "gray") })
        {
            var (width, height) = (options.Width, options.Height);
            var pixels = BenchPictures.Pixels(width, height, layout, seed: 5);
            var stride = width * layout.Channels();
            wrong += SimplePdq.Hash(new PixelView(pixels, width, height, stride, layout)).Distance(PdqHasher.Compute(new PixelView(pixels, width, height, stride, layout)).Hash) <= 2 ? 0 : 1;
            var rounds = Rounds("hash", options.Pictures, _ => PdqHasher.Compute(new PixelView(pixels, width, height, stride, layout)), cancellation);
            Add($"pdq.hash-{name}", rounds, 0.001, "ms", options.Pictures, string.Create(CultureInfo.InvariantCulture, $"one picture of {width} × {height} in memory to hash and quality, one thread"));
        }

        _checks.Add(new BenchCheck("pdq.check-hash", wrong, 3, "pictures whose hash is within 2 bits of the definition computed step by step in double precision"));
    }

    private void Listed(string kind, PdqHash[] hashes, CancellationToken cancellation)
    {
        using var home = new BenchHome(options.WorkingDirectory);
        var path = home.Folder(kind + ".index");
        Build(kind, hashes, cancellation);
        progress(kind + " write", 0, 1);
        var from = TimeProvider.System.GetTimestamp();
        var written = PdqIndexFile.Write(path, hashes);
        _figures.Add(new BenchFigure($"pdq.{kind}-write", TimeProvider.System.GetElapsedTime(from).TotalMilliseconds, "ms", hashes.Length, "the index built into its file and flushed to the disk"));
        _figures.Add(new BenchFigure($"pdq.{kind}-size", written.Bytes / (double)Math.Max(1, written.Entries), "bytes/entry", written.Entries, "the whole file, digests and directories too"));

        from = TimeProvider.System.GetTimestamp();
        using var first = Open(path, PdqIndexCheck.Everything);
        _figures.Add(new BenchFigure($"pdq.{kind}-verify", TimeProvider.System.GetElapsedTime(from).TotalMilliseconds, "ms", hashes.Length, "the file mapped and every digest in it checked"));
        from = TimeProvider.System.GetTimestamp();
        var second = Open(path, PdqIndexCheck.Structure);
        _figures.Add(new BenchFigure($"pdq.{kind}-open", TimeProvider.System.GetElapsedTime(from).TotalMilliseconds, "ms", hashes.Length, "the file mapped and its structure checked"));

        // From here on the slot owns the second file.
        using var slot = new PdqIndexSlot<int>(0);
        slot.Swap(second, 1);
        var asked = PdqLists.Asked(hashes, options.LookUps, 3);
        Check(kind, hashes, slot, asked, cancellation);
        Times(kind, slot, asked, cancellation);
        Rate(kind, slot, asked, cancellation);
        Swaps(kind, path, slot, hashes, cancellation);
    }

    private void Build(string kind, PdqHash[] hashes, CancellationToken cancellation)
    {
        var (times, used) = (new List<double>(), new List<double>());
        for (var round = 0; round < Math.Min(3, options.Rounds); round++)
        {
            cancellation.ThrowIfCancellationRequested();
            progress(kind + " build", round, 3);
            var before = Environment.CpuUsage.TotalTime;
            var from = TimeProvider.System.GetTimestamp();
            var builder = new PdqIndexBuilder(hashes, default, PdqIndexFile.Parallelly);
            var memory = NativeMemory.AllocZeroed((nuint)builder.Length + 64);
            builder.Write(((nint)memory + 63) & -64, builder.Length, PdqIndexFile.Parallelly);
            times.Add(TimeProvider.System.GetElapsedTime(from).TotalMicroseconds);
            used.Add((Environment.CpuUsage.TotalTime - before).TotalMicroseconds / Environment.ProcessorCount);
            NativeMemory.Free(memory);
        }

        Add($"pdq.{kind}-build", times, 0.001, "ms", hashes.Length, "the index with its digests from a list in memory into memory, all processors");
        Add($"pdq.{kind}-build-cpu", used, 0.001, "ms", hashes.Length, "the same in processor time, divided by the number of processors: what it takes when nothing else runs");
    }

    private void Check(string kind, PdqHash[] hashes, PdqIndexSlot<int> slot, PdqHash[] asked, CancellationToken cancellation)
    {
        var (wrong, found) = (0, 0);
        var count = Math.Min(options.Checked, asked.Length);
        var simple = new List<double>();
        List<PdqHit> hits = [];
        for (var k = 0; k < count; k++)
        {
            cancellation.ThrowIfCancellationRequested();
            var from = TimeProvider.System.GetTimestamp();
            var expected = new List<PdqHit>();
            for (var ordinal = 0; ordinal < hashes.Length; ordinal++)
            {
                if (hashes[ordinal].Distance(asked[k]) is var distance && distance <= Radius && PdqGates.Of(hashes[ordinal], null) == PdqGate.Open)
                {
                    expected.Add(new PdqHit(ordinal, distance));
                }
            }

            simple.Add(TimeProvider.System.GetElapsedTime(from).TotalMicroseconds);
            hits.Clear();
            using var lease = slot.Take();
            if (lease.Index.Find(asked[k], null, Radius, hits) != PdqGate.Open)
            {
                expected.Clear();
            }

            wrong += hits.OrderBy(hit => hit.Ordinal).SequenceEqual(expected) ? 0 : 1;
            found += hits.Count;
            progress(kind + " check", k, count);
        }

        Add($"pdq.{kind}-linear", simple, 1, "µs", count, "the same look-up by comparing with every entry, one thread");
        _checks.Add(new BenchCheck($"pdq.check-{kind}", found == 0 ? 1 : wrong, count, string.Create(CultureInfo.InvariantCulture, $"look-ups at 0…39 bits that found exactly what a linear scan finds within {Radius} ({found} entries)")));
    }

    private void Times(string kind, PdqIndexSlot<int> slot, PdqHash[] asked, CancellationToken cancellation)
    {
        List<PdqHit> hits = [];
        var (p50, p99) = (new List<double>(), new List<double>());
        for (var round = -1; round < options.Rounds; round++)
        {
            cancellation.ThrowIfCancellationRequested();
            var sample = new BenchSample();
            foreach (var hash in asked)
            {
                hits.Clear();
                var from = TimeProvider.System.GetTimestamp();
                using (var lease = slot.Take())
                {
                    lease.Index.Find(hash, null, Radius, hits);
                }

                sample.Add(TimeProvider.System.GetElapsedTime(from).TotalMicroseconds);
            }

            if (round >= 0)
            {
                p50.Add(sample.Median);
                p99.Add(sample.Percentile(99));
            }

            progress(kind + " look-ups", round + 1, options.Rounds);
        }

        const string Method = "one look-up within 31 bits in the mapped file, lease included, one thread; four in five asked for are in the list";
        Add($"pdq.{kind}-p50", p50, 1, "µs", asked.Length, Method);
        Add($"pdq.{kind}-p99", p99, 1, "µs", asked.Length, Method);
    }

    private void Rate(string kind, PdqIndexSlot<int> slot, PdqHash[] asked, CancellationToken cancellation)
    {
        var (rates, undisturbed) = (new List<double>(), new List<double>());
        var threads = Environment.ProcessorCount;
        for (var round = 0; round < options.Rounds; round++)
        {
            cancellation.ThrowIfCancellationRequested();
            var before = Environment.CpuUsage.TotalTime;
            var from = TimeProvider.System.GetTimestamp();
            PdqIndexFile.Parallelly(threads, thread =>
            {
                List<PdqHit> hits = [];
                for (var k = thread; k < asked.Length; k += threads)
                {
                    hits.Clear();
                    using var lease = slot.Take();
                    lease.Index.Find(asked[k], null, Radius, hits);
                }
            });
            rates.Add(asked.Length / TimeProvider.System.GetElapsedTime(from).TotalSeconds);
            undisturbed.Add(asked.Length * threads / (Environment.CpuUsage.TotalTime - before).TotalSeconds);
            progress(kind + " rate", round, options.Rounds);
        }

        _figures.Add(new BenchFigure($"pdq.{kind}-rate", rates.Max(), "look-ups/s", asked.Length, string.Create(CultureInfo.InvariantCulture, $"the same on {threads} threads at once, best of {rates.Count} rounds (median {Median(rates):0})")));
        _figures.Add(new BenchFigure($"pdq.{kind}-rate-cpu", undisturbed.Max(), "look-ups/s", asked.Length, string.Create(CultureInfo.InvariantCulture, $"the same by processor time: what {threads} threads do when nothing else runs, best of {undisturbed.Count} rounds (median {Median(undisturbed):0})")));
    }

    /// <summary>The file is swapped for itself while look-ups run: every one of them must find its own entry.</summary>
    private void Swaps(string kind, string path, PdqIndexSlot<int> slot, PdqHash[] hashes, CancellationToken cancellation)
    {
        var (failed, done, stop) = (0, 0, false);
        var asker = new Thread(() =>
        {
            List<PdqHit> hits = [];
            for (var k = 0; !Volatile.Read(ref stop); k = (k + 7919) % hashes.Length)
            {
                hits.Clear();
                using var lease = slot.Take();
                var open = lease.Index.Find(hashes[k], null, 0, hits) == PdqGate.Open;
                failed += open && !hits.Contains(new PdqHit(k, 0)) ? 1 : 0;
                done++;
            }
        });
        asker.Start();
        var times = new List<double>();
        try
        {
            for (var swap = 0; swap < 10; swap++)
            {
                cancellation.ThrowIfCancellationRequested();
                var from = TimeProvider.System.GetTimestamp();
                slot.Swap(Open(path, PdqIndexCheck.Structure), swap);
                times.Add(TimeProvider.System.GetElapsedTime(from).TotalMicroseconds);
            }

            // Few look-ups fit between swaps; they go on for a moment on the last one.
            SpinWait.SpinUntil(() => Volatile.Read(ref done) > 100, TimeSpan.FromSeconds(10));
        }
        finally
        {
            Volatile.Write(ref stop, true);
            asker.Join();
        }

        Add($"pdq.{kind}-swap", times, 0.001, "ms", times.Count, "a file mapped, its structure checked and put into force while look-ups run");
        _checks.Add(new BenchCheck($"pdq.check-{kind}-swap", failed, done, "look-ups during the swaps that found their entry"));
    }

    private static PdqIndexFile Open(string path, PdqIndexCheck check) => PdqIndexFile.Open(path, check) switch
    {
        PdqIndexFileOpening.Opened opened => opened.File,
        var other => throw new InvalidOperationException($"the bench's own index does not open: {other}"),
    };

    private List<double> Rounds(string what, int acts, Action<int> act, CancellationToken cancellation)
    {
        var rounds = new List<double>();
        for (var round = -1; round < options.Rounds; round++)
        {
            cancellation.ThrowIfCancellationRequested();
            var from = TimeProvider.System.GetTimestamp();
            for (var k = 0; k < acts; k++)
            {
                act(k);
            }

            if (round >= 0)
            {
                rounds.Add(TimeProvider.System.GetElapsedTime(from).TotalMicroseconds / acts);
            }

            progress(what, round + 1, options.Rounds);
        }

        return rounds;
    }

    /// <summary>The best round is the figure: other work on the machine only ever adds. The median is told beside it.</summary>
    private void Add(string name, List<double> microseconds, double factor, string unit, int n, string method) =>
        _figures.Add(new BenchFigure(name, microseconds.Min() * factor, unit, n, string.Create(CultureInfo.InvariantCulture, $"{method}, best of {microseconds.Count} rounds (median {Median(microseconds) * factor:0.###})")));

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
