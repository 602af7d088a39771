using System.Globalization;

namespace Monitor.Worker.Bench;

/// <summary>Whether memory stays flat while targets become many: the due loop over stores of several sizes, the same number of inspections each.</summary>
public sealed class MemoryBench(SizesOptions sizes, PipelineOptions options, BenchProgress progress)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);

    public async Task<BenchEnd> RunAsync(CancellationToken cancellation)
    {
        var figures = new List<BenchFigure>();
        var checks = new List<BenchCheck>();
        var keywords = BenchContent.Keywords(options.Rules);
        foreach (var targets in sizes.MemoryTargets)
        {
            var (heap, resident, recorded, stored) = await OneAsync(targets, keywords, cancellation);
            var name = targets.ToString(CultureInfo.InvariantCulture);
            figures.Add(new BenchFigure($"memory.{name}-heap", heap / 1048576.0, "MB", recorded, $"peak managed heap while {recorded} of {name} due targets are inspected (pages of 1 KB)"));
            figures.Add(new BenchFigure($"memory.{name}-rss", resident / 1048576.0, "MB", recorded, "peak resident memory meanwhile"));
            checks.Add(new BenchCheck($"memory.check-{name}", stored >= Math.Min(recorded, targets) && recorded > 0 ? 0 : 1, recorded, "inspections counted and found again as observed targets"));
        }

        return new BenchEnd(figures, checks);
    }

    private async Task<(long Heap, long Resident, int Recorded, int Stored)> OneAsync(int targets, string[] keywords, CancellationToken cancellation)
    {
        using var home = new BenchHome(options.WorkingDirectory);
        await using var bench = await BenchHouse.OpenAsync(options, home, "memory", new BenchContent(pageBytes: 1024, pictureBytes: 256), keywords, cancellation);
        await bench.FlagAsync(0, targets, progress, cancellation);
        await bench.House.Store.MaintainAsync(cancellation);

        // What filling the store left behind is not what is asked for.
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        ProcessUse.ResetPeak();
        var wanted = Math.Min(sizes.MemoryInspections, targets);
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        enough.CancelAfter(options.Time);
        long heap = 0;
        using var watch = new InspectionWatch(bench.House.Sweeps, count =>
        {
            heap = Math.Max(heap, GC.GetTotalMemory(forceFullCollection: false));
            progress("inspections", count, wanted);
            if (count >= wanted)
            {
                enough.CancelAfter(Interval);
            }
        });
        await bench.House.Sweeps.InspectDueAsync(enough.Token);
        var resident = ProcessUse.PeakResident();
        var stored = (await bench.TargetsAsync(cancellation)).Values.Count(target => target.Observations > 0);
        return (heap, resident, watch.Take().Count, stored);
    }
}
