using System.Globalization;
using System.Text;
using Monitor.Rules.Assessing;
using Monitor.Rules.RuleSets;
using Monitor.Rules.RuleSets.Conditions;
using Monitor.Rules.Text;
using Monitor.Worker.Extracting;
using Monitor.Worker.Pipeline;

namespace Monitor.Worker.Bench;

/// <summary>What an inspection computes, each part by itself on one thread: reading a page, rules.</summary>
public static class RuleRooms
{
    internal const int Rounds = 5;

    /// <summary>PageReader on 10 KB pages.</summary>
    public static BenchEnd Read(SizesOptions options, BenchProgress progress, CancellationToken cancellation)
    {
        var content = new BenchContent();
        var pages = Enumerable.Range(0, Math.Min(options.Pages, 200)).Select(content.Page).ToArray();
        var reader = new PageReader();
        PageReading At(int i) => reader.Read(new PageSource(pages[i % pages.Length], "text/html; charset=utf-8", "http://bench.example/bai"), cancellation);
        var wrong = 0;
        for (var i = 0; i < pages.Length; i++)
        {
            // The simple method: what stands between tags, in order, without its spaces. The outline's blocks must hold it all.
            var outline = At(i).Outline;
            var expected = Bare(Between(Encoding.UTF8.GetString(pages[i])));
            var found = outline is null ? "" : Bare(outline.Title + string.Concat(outline.Blocks.Select(block => block.Text)));
            wrong += found == expected && outline!.Media.Count == BenchContent.PicturesPerPage && !outline.Truncated ? 0 : 1;
        }

        var sample = Rated(options.Pages, "read", progress, i => _ = At(i), cancellation);
        var kilobytes = pages.Average(page => page.Length) / 1024;
        return new BenchEnd(
            [new BenchFigure("read.page", sample.Median, "µs", options.Pages, string.Create(CultureInfo.InvariantCulture, $"bytes of a page ({kilobytes:0.0} KB) to its outline, one thread, median of {Rounds} rounds"))],
            [new BenchCheck("read.check", wrong, pages.Length, "pages whose outline holds the text between the tags, all of it and in order, and three pictures")]);
    }

    /// <summary>RuleEvaluator with many rules on texts of about 5 KB.</summary>
    public static BenchEnd Rules(SizesOptions options, BenchProgress progress, CancellationToken cancellation)
    {
        var keywords = BenchContent.Keywords(options.Rules);
        var set = new RuleSet
        {
            Name = BenchConfiguration.RuleSet,
            Version = "1",
            Rules = [.. keywords.Select((keyword, i) => new Rule { Id = BenchConfiguration.RuleId(i), Title = "bench", Category = Category.AbuseOrViolence, Status = RuleStatus.Stable, Condition = new Condition.Keywords([keyword]) })],
        };
        if (RuleCompiler.Compile([set]) is not RuleCompilation.Compiled compiled)
        {
            throw new InvalidOperationException("the bench's rules do not compile");
        }

        // About 5 KB in UTF-8; every tenth text is given one of the keywords.
        var content = new BenchContent(pageBytes: 5 * 1024);
        var reader = new PageReader();
        var texts = Enumerable.Range(1, Math.Min(options.Texts, 200)).Select(i =>
        {
            var text = PageText.Of(reader.Read(new PageSource(content.Page(i), "text/html; charset=utf-8", "http://bench.example/bai"), cancellation).Outline!);
            return i % 10 == 0 ? text + "\n" + keywords[i * 31 % keywords.Length].ToUpper(CultureInfo.InvariantCulture) : text;
        }).ToArray();
        var folded = keywords.Select(TextFolding.FoldKeyword).ToArray();
        var (wrong, found) = (0, 0);
        foreach (var text in texts)
        {
            var simple = SimpleSearch.Find(text, folded).Select(one => (BenchConfiguration.RuleId(one.Keyword), one.Start)).ToHashSet();
            var findings = RuleEvaluator.Evaluate(compiled.Rules, text);
            wrong += simple.SetEquals(findings.Select(finding => (finding.RuleId, finding.Start))) ? 0 : 1;
            found += simple.Count;
        }

        var sample = Rated(options.Texts, "rules", progress, i => _ = RuleEvaluator.Evaluate(compiled.Rules, texts[i % texts.Length]), cancellation);
        var simpleSample = Rated(Math.Min(options.Texts, 50), "simple", progress, i => _ = SimpleSearch.Find(texts[i % texts.Length], folded), cancellation);
        var size = texts.Average(text => Encoding.UTF8.GetByteCount(text)) / 1024.0;
        return new BenchEnd(
            [
                new BenchFigure("rules.text", sample.Median, "µs", options.Texts, string.Create(CultureInfo.InvariantCulture, $"a text of {size:0.0} KB against {keywords.Length} rules, one thread, median of {Rounds} rounds")),
                new BenchFigure("rules.simple", simpleSample.Median, "µs", Math.Min(options.Texts, 50), "the same, keyword by keyword"),
            ],
            [new BenchCheck("rules.check", found == 0 ? 1 : wrong, texts.Length, string.Create(CultureInfo.InvariantCulture, $"texts with the findings ({found}) of a search keyword by keyword, places included"))]);
    }

    /// <summary>Microseconds an act, one value a round; a first round is not counted.</summary>
    private static BenchSample Rated(int acts, string what, BenchProgress progress, Action<int> act, CancellationToken cancellation)
    {
        var sample = new BenchSample();
        for (var round = -1; round < Rounds; round++)
        {
            var microseconds = Round(acts, act, cancellation);
            if (round >= 0)
            {
                sample.Add(microseconds);
            }

            progress(what, round + 1, Rounds);
        }

        return sample;
    }

    /// <summary>Microseconds an act of one round.</summary>
    internal static double Round(int acts, Action<int> act, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var from = TimeProvider.System.GetTimestamp();
        for (var i = 0; i < acts; i++)
        {
            act(i);
        }

        return TimeProvider.System.GetElapsedTime(from).TotalMicroseconds / acts;
    }

    private static string Between(string html)
    {
        var text = new StringBuilder(html.Length);
        var inTag = false;
        foreach (var c in html)
        {
            if (c is '<' or '>')
            {
                inTag = c == '<';
            }
            else if (!inTag)
            {
                text.Append(c);
            }
        }

        return text.ToString();
    }

    private static string Bare(string text) => string.Concat(text.Where(c => !char.IsWhiteSpace(c)));
}
