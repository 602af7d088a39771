using System.Globalization;
using Monitor.Rules.Removal;
using Monitor.Worker.Extracting;

namespace Monitor.Worker.Bench;

/// <summary>Judging liveness on one thread: from a page's bytes as an inspection has them, and from its outline alone.</summary>
public static class ClassifyRoom
{
    private const int PageBytes = 50 * 1024;

    public static BenchEnd Classify(SizesOptions options, BenchProgress progress, CancellationToken cancellation)
    {
        var made = new ClassifyPages(PageBytes);
        var pages = Enumerable.Range(0, Math.Min(options.Pages, 64)).Select(made.Page).ToArray();
        var reader = new PageReader();
        PageObservation Read(int i)
        {
            var url = ClassifyPages.Url(i);
            var reading = reader.Read(new PageSource(pages[i], "text/html; charset=utf-8", url), cancellation);
            return new PageObservation { RequestedUrl = url, FinalUrl = url, Status = 200, Outline = reading.Outline, Text = reading.Text, BodyLength = pages[i].Length };
        }

        var observations = Enumerable.Range(0, pages.Length).Select(Read).ToArray();
        var wrong = observations.Where((page, i) => LivenessClassifier.Classify(page).Liveness != ClassifyPages.Expected(i)).Count();
        var (fromBytes, bytesUse) = Measured(options.Pages, "classify.html", progress, i => _ = LivenessClassifier.Classify(Read(i % pages.Length)), cancellation);
        var (onlyRead, _) = Measured(options.Pages, "classify.read", progress, i => _ = Read(i % pages.Length), cancellation);
        var outlines = options.Pages * 5;
        var (fromOutlines, outlineUse) = Measured(outlines, "classify.outline", progress, i => _ = LivenessClassifier.Classify(observations[i % observations.Length]), cancellation);
        var kilobytes = pages.Average(page => page.Length) / 1024;
        var size = string.Create(CultureInfo.InvariantCulture, $"{kilobytes:0} KB, {observations.Average(page => page.Outline!.ElementCount):0} elements");
        return new BenchEnd(
            [
                new BenchFigure("classify.html", bytesUse, "pages/CPU-s", options.Pages * RuleRooms.Rounds, $"bytes of a page ({size}) to its verdict, a processor second of the whole process"),
                new BenchFigure("classify.html.time", fromBytes.Median, "µs", options.Pages, $"the same, one thread, median of {RuleRooms.Rounds} rounds"),
                new BenchFigure("classify.read.time", onlyRead.Median, "µs", options.Pages, "of it reading the page to its outline"),
                new BenchFigure("classify.outline", outlineUse, "pages/CPU-s", outlines * RuleRooms.Rounds, "outline of the same pages to its verdict, a processor second of the whole process"),
                new BenchFigure("classify.outline.time", fromOutlines.Median, "µs", outlines, $"the same, one thread, median of {RuleRooms.Rounds} rounds"),
            ],
            [new BenchCheck("classify.check", wrong, pages.Length, "pages found live, gone or walled as they were made")]);
    }

    /// <summary>Microseconds an act, and acts a processor second over all counted rounds.</summary>
    private static (BenchSample Time, double Rate) Measured(int acts, string what, BenchProgress progress, Action<int> act, CancellationToken cancellation)
    {
        // The first round is not counted here either: the compiler works in it.
        RuleRooms.Round(acts, act, cancellation);
        var use = ProcessUse.Start();
        var sample = new BenchSample();
        for (var round = 0; round < RuleRooms.Rounds; round++)
        {
            sample.Add(RuleRooms.Round(acts, act, cancellation));
            progress(what, round + 1, RuleRooms.Rounds);
        }

        return (sample, acts * RuleRooms.Rounds / use.Processor.TotalSeconds);
    }
}
