using System.Globalization;
using System.Text;
using Monitor.Rules.Matching;
using Monitor.Rules.WatchLists;
using Monitor.Worker.Banks;
using Monitor.Worker.Jobs;
using Monitor.Worker.Operations;
using Monitor.Worker.Ports;

namespace Monitor.Worker.Bench;

/// <summary>A whole house on a bench site: opened, fed and run as an installation is. The clock is real time that can be moved ahead.</summary>
public sealed class BenchHouse : IAsyncDisposable
{
    private const int ImportBatch = 200;

    private BenchHouse(House house, StoryClock clock, BenchSite site, string data)
    {
        House = house;
        Clock = clock;
        Site = site;
        Data = data;
    }

    public House House { get; }

    public StoryClock Clock { get; }

    public BenchSite Site { get; }

    /// <summary>The data directory.</summary>
    public string Data { get; }

    /// <exception cref="InvalidOperationException">The shipped configuration, or this bench, has a fault.</exception>
    public static async Task<BenchHouse> OpenAsync(PipelineOptions options, BenchHome home, string name, BenchContent content, IReadOnlyList<string> keywords, CancellationToken cancellation)
    {
        var config = home.Folder(name + "-config");
        var clock = new StoryClock(TimeProvider.System.GetUtcNow(), scale: 1);
        BenchConfiguration.Write(options.Shipped, config, keywords, options.Parallelism, options.Batch, Desk.DayOf(clock.GetUtcNow()));
        var site = await BenchSite.StartAsync(content, options.Hosts, cancellation);
        var data = home.Folder(name + "-data");
        var opening = await House.OpenAsync(new HouseOptions { ConfigDirectory = config, DataDirectory = data, Time = clock, AllowList = site.AllowList }, cancellation);
        switch (opening)
        {
            case HouseOpening.Opened opened:
                return new BenchHouse(opened.House, clock, site, data);
            case HouseOpening.ConfigurationInvalid invalid:
                await site.DisposeAsync();
                throw new InvalidOperationException("the bench's configuration: " + string.Join("; ", invalid.Problems.Take(3).Select(problem => $"{problem.Code} {problem.Message.English}")));
            default:
                await site.DisposeAsync();
                throw new InvalidOperationException($"the bench's house did not open: {opening}");
        }
    }

    /// <summary>Imports a bank of made-up digests among which stand those of the known pictures of pages below <paramref name="pages"/>.</summary>
    public async Task<IReadOnlySet<string>> ImportBankAsync(BenchHome home, BenchContent content, int pages, int digests, CancellationToken cancellation)
    {
        var known = new HashSet<string>(StringComparer.Ordinal);
        for (var number = 0; number < pages; number++)
        {
            if (BenchContent.KnownPicture(number) is var index and >= 0)
            {
                known.Add(content.PictureDigest(number, index));
            }
        }

        var random = new Random(4242);
        Span<byte> made = stackalloc byte[32];
        while (known.Count < digests)
        {
            random.NextBytes(made);
            known.Add(Convert.ToHexStringLower(made));
        }

        var file = home.Folder("bank.txt");
        await File.WriteAllTextAsync(file, string.Join('\n', known), Encoding.ASCII, cancellation);
        var result = await House.Banks.ImportAsync(Actor(), new BankImportOrder { Bank = BenchConfiguration.Bank, Kind = HashKind.Sha256 }, file, _ => { }, cancellation);
        return result is OperationResult<BankImport>.Done ? known : throw new InvalidOperationException($"the bank was not imported: {result}");
    }

    /// <summary>Flags pages as an import of a file does.</summary>
    public async Task FlagAsync(int from, int count, BenchProgress progress, CancellationToken cancellation)
    {
        var actor = Actor();
        for (var first = from; first < from + count; first += ImportBatch)
        {
            var items = Enumerable.Range(first, Math.Min(ImportBatch, from + count - first))
                .Select(number => new IntakeItem { Url = Site.PageUrl(number), WatchListId = BenchConfiguration.WatchList, Source = "bench" })
                .ToList();
            if (await House.Intake.AddManyAsync(actor, items, cancellation) is not OperationResult<IReadOnlyList<IntakeAnswer>>.Done done || done.Value.Any(answer => answer.Receipt is null))
            {
                throw new InvalidOperationException("the bench's pages were refused");
            }

            progress("import", first - from + items.Count, count);
        }
    }

    /// <summary>Every target, by page number.</summary>
    public async Task<Dictionary<int, Target>> TargetsAsync(CancellationToken cancellation)
    {
        var targets = new Dictionary<int, Target>();
        string? after = null;
        while (true)
        {
            var page = await House.Store.ListTargetsAsync(new TargetQuery(), AgencyScope.All, new Paging(after, 1000), cancellation);
            foreach (var target in page)
            {
                targets[BenchSite.NumberOf(target.Url)] = target;
            }

            if (page.Count < 1000)
            {
                return targets;
            }

            after = page[^1].Id;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await House.DisposeAsync();
        await Site.DisposeAsync();
    }

    private Actor Actor() => Operations.Actor.Resolve(BenchConfiguration.Person, House.Desk.Configuration, House.Desk.Today) is OperationResult<Actor>.Done done
        ? done.Value
        : throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"{BenchConfiguration.Person} is nobody in the shipped configuration"));
}
