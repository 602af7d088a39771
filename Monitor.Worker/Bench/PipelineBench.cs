using System.Globalization;
using System.Security.Cryptography;
using Monitor.Rules.Hashing;
using Monitor.Rules.Removal;
using Monitor.Rules.Text;
using Monitor.Rules.WatchLists;
using Monitor.Worker.Evidence;
using Monitor.Worker.Extracting;
using Monitor.Worker.LiteStore;
using Monitor.Worker.Pipeline;
using Monitor.Worker.Ports;
using Monitor.Worker.Warc;

namespace Monitor.Worker.Bench;

/// <summary>
/// Whole inspections as the worker does them: claimed by the sweep, fetched over loopback, read, matched, judged, captures sealed, saved.
/// A first round meets pages never seen before; a second one the same pages a day later.
/// </summary>
public sealed class PipelineBench(PipelineOptions options, BenchProgress progress)
{
    private static readonly PageReader Reader = new();

    private readonly List<BenchFigure> _figures = [];
    private readonly List<BenchCheck> _checks = [];

    public async Task<BenchEnd> RunAsync(CancellationToken cancellation)
    {
        using var home = new BenchHome(options.WorkingDirectory);
        var content = new BenchContent();
        var keywords = BenchContent.Keywords(options.Rules);
        var pages = options.WarmUp + options.Targets;
        await using var bench = await BenchHouse.OpenAsync(options, home, "pipeline", content, keywords, cancellation);
        var known = await bench.ImportBankAsync(home, content, pages, options.Digests, cancellation);
        using var watch = new InspectionWatch(bench.House.Sweeps, count => progress("inspections", count, options.Targets));

        await bench.FlagAsync(0, options.WarmUp, progress, cancellation);
        await RoundAsync(bench, cancellation);
        watch.Take();

        var from = TimeProvider.System.GetTimestamp();
        await bench.FlagAsync(options.WarmUp, options.Targets, progress, cancellation);
        var imported = TimeProvider.System.GetElapsedTime(from);
        Add("pipeline.import", options.Targets / imported.TotalSeconds, "targets/s", options.Targets, "flagged pages taken in, 200 a save, each with its report, case and custody entry, durable");
        await bench.House.Store.MaintainAsync(cancellation);

        var (storeBefore, vaultBefore) = Sizes(bench);
        ProcessUse.ResetPeak();
        await MeasureAsync(bench, watch, "inspections", "first look: page and pictures never seen, captures sealed, one durable save", cancellation);
        var (first, firstCount) = (await bench.TargetsAsync(cancellation), _figures[^1].N);
        await bench.House.Store.MaintainAsync(cancellation);
        var (store, vault) = Sizes(bench);
        Add("pipeline.store-bytes", (store - storeBefore) / (double)firstCount, "bytes", firstCount, "growth of the store file per first look, after its checkpoint");
        Add("pipeline.vault-bytes", (vault - vaultBefore) / (double)firstCount, "bytes", firstCount, "growth of the vault per first look: page, text and the pictures no bank knows");

        bench.Clock.MoveTo(bench.Clock.GetUtcNow().AddHours(31));
        await MeasureAsync(bench, watch, "rechecks", "the same pages a day later, unchanged: nothing to seal, one durable save", cancellation);
        await CheckAsync(bench, content, keywords, known, first, cancellation);
        return new BenchEnd(_figures, _checks);
    }

    private async Task MeasureAsync(BenchHouse bench, InspectionWatch watch, string name, string method, CancellationToken cancellation)
    {
        watch.Take();
        var use = ProcessUse.Start();
        await RoundAsync(bench, cancellation);
        var seconds = use.Elapsed.TotalSeconds;
        var (processor, paused, allocated) = (use.Processor.TotalSeconds, use.Paused.TotalSeconds, use.Allocated);
        var sample = watch.Take();
        var n = sample.Count;
        var served = string.Create(CultureInfo.InvariantCulture, $"{options.Parallelism} at once, {options.Hosts} hosts served by this process, {options.Rules} rules, {options.Digests} digests");
        Add($"pipeline.{name}-p50", sample.Median, "ms", n, "one inspection from the claim in hand to its save");
        Add($"pipeline.{name}-p95", sample.Percentile(95), "ms", n, "the same");
        Add($"pipeline.{name}-cpu", processor * 1000 / n, "ms", n, "processor time of the process, its web server included, per inspection");
        Add($"pipeline.{name}-cores", processor / seconds, "cores", n, "processors in use on average");
        Add($"pipeline.{name}-allocated", allocated / 1024.0 / n, "KB", n, "managed memory allocated per inspection, web server included");
        Add($"pipeline.{name}-gc", paused / seconds * 100, "%", n, "share of the time in which the collector held everything up");
        Add($"pipeline.{name}-rss", ProcessUse.PeakResident() / 1048576.0, "MB", n, "peak resident memory of the process");
        Add($"pipeline.{name}", n / seconds, "inspections/s", n, method + "; " + served);
    }

    /// <summary>Everything due, or what the time allows.</summary>
    private async Task RoundAsync(BenchHouse bench, CancellationToken cancellation)
    {
        using var bounded = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        bounded.CancelAfter(options.Time);
        await bench.House.Sweeps.InspectDueAsync(bounded.Token);
    }

    private async Task CheckAsync(BenchHouse bench, BenchContent content, string[] keywords, IReadOnlySet<string> known, Dictionary<int, Target> afterFirst, CancellationToken cancellation)
    {
        var targets = await bench.TargetsAsync(cancellation);
        var folded = keywords.Select(TextFolding.FoldKeyword).ToArray();
        int observations = 0, wrongNumber = 0, hits = 0, wrongHits = 0, digests = 0, wrongDigests = 0, words = 0, wrongWords = 0;
        int searched = 0, wrongSearched = 0, opened = 0, wrongOpened = 0;
        foreach (var (number, target) in targets)
        {
            var rows = await bench.House.Store.ObservationsAsync(target.Id, 1, int.MaxValue, cancellation);
            observations++;
            wrongNumber += rows.Count == target.Observations && rows.Count >= afterFirst[number].Observations && rows.All(row => row.Fact.Liveness == Liveness.Live) ? 0 : 1;
            if (rows.Count == 0)
            {
                continue;
            }

            var row = rows[0];
            var expected = BenchContent.KnownPicture(number) is var index and >= 0 ? BenchContent.PicturePath(number, index) : null;
            hits++;
            wrongHits += expected is null ? row.Matches.Count : row.Matches is [var match] && match.Bank == BenchConfiguration.Bank && match.MediaUrl.EndsWith(expected, StringComparison.Ordinal) ? 0 : 1;
            // The simple method of a bank: every recorded digest looked up in a set of its lines.
            foreach (var media in row.Media)
            {
                digests++;
                wrongDigests += known.Contains(media.Digests[0].ToString()) == row.Matches.Any(one => one.MediaUrl == media.Url) ? 0 : 1;
            }

            words++;
            wrongWords += row.Findings.Any(finding => finding.Keyword == BenchContent.WatchWord) == BenchContent.HasWatchWord(number) ? 0 : 1;
            if (searched < options.Checked || BenchContent.HasWatchWord(number))
            {
                searched++;
                wrongSearched += Same(content, number, row, folded) ? 0 : 1;
            }

            if (opened < options.Checked)
            {
                opened++;
                wrongOpened += await IsSealedAsync(bench, content, number, row, cancellation) ? 0 : 1;
            }
        }

        Check("recorded", wrongNumber, observations, "targets whose stored observations are as many as counted and all live");
        Check("bank-hits", wrongHits, hits, "first observations with exactly the bank hits that the pages were made with");
        Check("digests", wrongDigests, digests, "pictures whose hit or miss equals a look-up in a plain set of the bank's lines");
        Check("watch-word", wrongWords, words, "first observations with the watch word exactly where pages were made with it");
        Check("findings", wrongSearched, searched, "pages whose findings equal a search keyword by keyword, places included");
        Check("captures", wrongOpened, opened, "first observations whose sealed page and pictures opened to the bytes served");
    }

    private static bool Same(BenchContent content, int number, Observation row, string[] folded)
    {
        var outline = Reader.Read(new PageSource(content.Page(number), "text/html; charset=utf-8", row.FinalUrl ?? "http://bench.example/"), CancellationToken.None).Outline;
        var simple = SimpleSearch.Find(PageText.Of(outline!), folded).Select(one => (BenchConfiguration.RuleId(one.Keyword), one.Start)).ToHashSet();
        return simple.SetEquals(row.Findings.Select(finding => (finding.Rule, finding.Start)));
    }

    private static async Task<bool> IsSealedAsync(BenchHouse bench, BenchContent content, int number, Observation row, CancellationToken cancellation)
    {
        var pictures = Enumerable.Range(0, BenchContent.PicturesPerPage).Where(index => index != BenchContent.KnownPicture(number)).Select(index => content.Picture(number, index)).ToList();
        var (page, found) = (0, 0);
        foreach (var item in row.Records)
        {
            if (await bench.House.Vault.OpenAsync(item, cancellation) is not OpenResult.Opened opened)
            {
                return false;
            }

            if (opened.Kind == VaultKinds.Exchanges)
            {
                page += await SealedAnswers.ContentAsync(opened.Content, row.PageDigest!.Value, cancellation) is { } bytes && bytes.AsSpan().SequenceEqual(content.Page(number)) ? 1 : 0;
            }
            else
            {
                foreach (var picture in pictures)
                {
                    found += await SealedAnswers.ContentAsync(opened.Content, Digest.FromBytes(DigestKind.Sha256, SHA256.HashData(picture)), cancellation) is not null ? 1 : 0;
                }
            }
        }

        return page == 1 && found == pictures.Count && row.Records.Count == 1 + found;
    }

    private static (long Store, long Vault) Sizes(BenchHouse bench) =>
        (new FileInfo(Path.Combine(bench.Data, LiteMonitorStore.FileName)).Length, BenchHome.Bytes(Path.Combine(bench.Data, SealedVault.Folder)));

    private void Add(string name, double value, string unit, int n, string method) => _figures.Add(new BenchFigure(name, value, unit, n, method));

    private void Check(string name, int wrong, int n, string method) => _checks.Add(new BenchCheck("pipeline.check-" + name, wrong, n, method));
}
