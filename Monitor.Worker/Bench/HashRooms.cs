using System.Globalization;
using System.Text;
using Monitor.Rules.Hashing;
using Monitor.Rules.Matching;
using Monitor.Worker.Banks;
using Monitor.Worker.Operations;

namespace Monitor.Worker.Bench;

/// <summary>Hash banks through the house's own doors: a list imported, changed by a delta, opened again after a restart, and asked.</summary>
public static class HashRooms
{
    private const string Bank = "bench-hashes";
    private const int Rounds = 7;

    /// <summary>Questions a round: so few that most rounds run through on a busy machine too.</summary>
    private const int Block = 4096;

    /// <summary>Distinct questions at most: what they touch does not fit into any cache.</summary>
    private const int MostQuestions = 1 << 20;

    public static async Task<BenchEnd> RunAsync(SizesOptions options, string shipped, BenchProgress progress, CancellationToken cancellation)
    {
        using var home = new BenchHome(options.WorkingDirectory);
        var random = new Random(99);
        var known = new HashSet<Digest>(options.Digests);
        while (known.Count < options.Digests)
        {
            known.Add(Made(random));
        }

        var list = home.Folder("list.txt");
        await WriteAsync(list, known.Select(digest => digest.ToString()), cancellation);
        var figures = new List<BenchFigure>();
        var wrong = 0;
        await using (var house = await OpenAsync(shipped, home, cancellation))
        {
            var imported = await TimedAsync(() => ImportAsync(house, new BankImportOrder { Bank = Bank, Kind = HashKind.Sha256, Checkpoint = "1" }, list, cancellation));
            progress("import", 1, 2);
            figures.Add(new BenchFigure("hashes.import", imported.Milliseconds, "ms", options.Digests, "a plain SHA-256 list read, sorted, written, indexed, forced to disk and swapped in, once"));
            wrong += imported.Value.Entries == options.Digests ? 0 : 1;

            // One in a hundred goes, as many come.
            var change = Math.Max(1, options.Digests / 100);
            var gone = known.Take(change).ToList();
            var come = Enumerable.Range(0, change).Select(_ => Made(random)).ToList();
            known.ExceptWith(gone);
            known.UnionWith(come);
            var delta = home.Folder("delta.txt");
            await WriteAsync(delta, ["# base: 1", "# checkpoint: 2", .. gone.Select(digest => "-" + digest), .. come.Select(digest => "+" + digest)], cancellation);
            var updated = await TimedAsync(() => ImportAsync(house, new BankImportOrder { Bank = Bank, Kind = HashKind.Sha256, Delta = true }, delta, cancellation));
            progress("import", 2, 2);
            figures.Add(new BenchFigure("hashes.delta", updated.Milliseconds, "ms", 2 * change, string.Create(CultureInfo.InvariantCulture, $"a delta of that many lines laid over {options.Digests} entries, swap included, once")));
            wrong += updated.Value.Entries == known.Count ? 0 : 1;
        }

        await using var again = await OpenAsync(shipped, home, cancellation);
        var open = new BenchSample();
        for (var round = 0; round < Rounds; round++)
        {
            open.Add((await TimedAsync(async () => await again.Banks.LoadAsync(cancellation))).Milliseconds);
        }

        figures.Add(new BenchFigure("hashes.open", open.Median, "ms", Rounds, "rows read, bank and index mapped and their headers checked, swapped in, median"));
        var index = new DirectoryInfo(Path.Combine(home.Folder("data"), BankLibrary.FolderName)).EnumerateFiles("*.idx").Single();
        figures.Add(new BenchFigure("hashes.index-bytes", index.Length / (double)known.Count, "bytes", known.Count, "length of the index file an entry"));
        var questions = Math.Clamp(options.LookUps / Block * Block, Block, MostQuestions);
        var (asked, there) = Ask(known, questions, random, hitsInSixteen: 8);
        var found = new bool[questions];
        Look(figures, "hashes.look-up", "half of them hits", again.BankIndex, asked, found, options, progress, cancellation);
        wrong += asked.Where((_, i) => found[i] != there[i]).Count();
        var (rare, rareThere) = Ask(known, questions, random, hitsInSixteen: 1);
        Look(figures, "hashes.look-up-rare", "one in sixteen a hit", again.BankIndex, rare, found, options, progress, cancellation);
        wrong += rare.Where((_, i) => found[i] != rareThere[i]).Count();
        Single(figures, again.BankIndex, asked, there, ref wrong, options, progress, cancellation);
        return new BenchEnd(figures, [new BenchCheck("hashes.check", wrong, 3 * questions, "look-ups that differ from a plain set of the list after the delta, entries counted with them")]);
    }

    private static void Look(List<BenchFigure> figures, string name, string what, BankIndex index, Digest[] asked, bool[] found, SizesOptions options, BenchProgress progress, CancellationToken cancellation)
    {
        var sample = Timed(asked.Length / Block, Math.Max(1, options.LookUps / asked.Length), name, progress, block => index.Contains(asked.AsSpan(block * Block, Block), found.AsSpan(block * Block, Block)), cancellation);
        var n = sample.Count * Block;
        figures.Add(new BenchFigure(name, sample.Median, "ns", n, string.Create(CultureInfo.InvariantCulture, $"one SHA-256 among {options.Digests}, asked in batches as `hashes lookup` does, {what}, one thread, median of {sample.Count} rounds of {Block}")));
        figures.Add(new BenchFigure(name + "-best", sample.Percentile(0), "ns", n, "the same, best round"));
    }

    /// <summary>Nanoseconds a question, one value a round; a first pass is not counted.</summary>
    private static BenchSample Timed(int blocks, int passes, string name, BenchProgress progress, Action<int> ask, CancellationToken cancellation)
    {
        var sample = new BenchSample();
        for (var pass = -1; pass < passes; pass++)
        {
            for (var block = 0; block < blocks; block++)
            {
                cancellation.ThrowIfCancellationRequested();
                var from = TimeProvider.System.GetTimestamp();
                ask(block);
                if (pass >= 0)
                {
                    sample.Add(TimeProvider.System.GetElapsedTime(from).TotalNanoseconds / Block);
                }
            }

            progress(name, pass + 1, passes);
        }

        return sample;
    }

    private static void Single(List<BenchFigure> figures, BankIndex index, Digest[] asked, bool[] there, ref int wrong, SizesOptions options, BenchProgress progress, CancellationToken cancellation)
    {
        var misses = asked.Where((_, i) => !there[i]).ToArray();
        var matches = 0;
        var blocks = misses.Length / Block;
        if (blocks == 0)
        {
            (misses, blocks) = ([.. Enumerable.Range(0, Block).Select(i => misses[i % misses.Length])], 1);
        }

        var sample = Timed(blocks, Math.Max(1, options.LookUps / asked.Length), "hashes.match-miss", progress, block =>
        {
            foreach (ref readonly var digest in misses.AsSpan(block * Block, Block))
            {
                matches += index.Match(digest).Count;
            }
        }, cancellation);
        wrong += matches;
        wrong += asked.Where((digest, i) => (index.Match(digest) is [{ Bank: Bank, Distance: 0 } match] && match.Hash == digest.ToString()) != there[i]).Count();
        figures.Add(new BenchFigure("hashes.match-miss", sample.Median, "ns", sample.Count * Block, string.Create(CultureInfo.InvariantCulture, $"one digest that no bank has, asked alone as an inspection does, lease included, median of {sample.Count} rounds of {Block}")));
        figures.Add(new BenchFigure("hashes.match-miss-best", sample.Percentile(0), "ns", sample.Count * Block, "the same, best round"));
    }

    private static (Digest[] Asked, bool[] There) Ask(HashSet<Digest> known, int questions, Random random, int hitsInSixteen)
    {
        var hits = known.Count <= questions ? [.. known] : Sample(known, questions, random);
        var asked = new Digest[questions];
        for (var i = 0; i < asked.Length; i++)
        {
            asked[i] = i % 16 < hitsInSixteen ? hits[random.Next(hits.Length)] : Made(random);
        }

        random.Shuffle(asked);
        return (asked, [.. asked.Select(known.Contains)]);
    }

    private static Digest[] Sample(HashSet<Digest> known, int questions, Random random)
    {
        var step = known.Count / questions;
        var offset = random.Next(step);
        return [.. known.Where((_, i) => i % step == offset)];
    }

    private static Digest Made(Random random)
    {
        Span<byte> bytes = stackalloc byte[32];
        random.NextBytes(bytes);
        return Digest.FromBytes(DigestKind.Sha256, bytes);
    }

    private static async Task WriteAsync(string path, IEnumerable<string> lines, CancellationToken cancellation)
    {
        await using var writer = new StreamWriter(path, append: false, Encoding.ASCII, 1 << 16);
        foreach (var line in lines)
        {
            cancellation.ThrowIfCancellationRequested();
            await writer.WriteAsync(line);
            await writer.WriteAsync('\n');
        }
    }

    private static async Task<House> OpenAsync(string shipped, BenchHome home, CancellationToken cancellation) =>
        await House.OpenAsync(new HouseOptions { ConfigDirectory = shipped, DataDirectory = home.Folder("data") }, cancellation) is HouseOpening.Opened opened
            ? opened.House
            : throw new InvalidOperationException("the bench's house did not open");

    private static async Task<BankImport> ImportAsync(House house, BankImportOrder order, string file, CancellationToken cancellation)
    {
        var actor = Actor.Resolve(BenchConfiguration.Person, house.Desk.Configuration, house.Desk.Today) is OperationResult<Actor>.Done someone
            ? someone.Value
            : throw new InvalidOperationException($"{BenchConfiguration.Person} is nobody in the shipped configuration");
        return await house.Banks.ImportAsync(actor, order, file, _ => { }, cancellation) is OperationResult<BankImport>.Done done
            ? done.Value
            : throw new InvalidOperationException("the bench's list was refused");
    }

    private static async Task<(T Value, double Milliseconds)> TimedAsync<T>(Func<Task<T>> act)
    {
        var from = TimeProvider.System.GetTimestamp();
        var value = await act();
        return (value, TimeProvider.System.GetElapsedTime(from).TotalMilliseconds);
    }
}
