using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Monitor.Rules.Text;

namespace Monitor.Worker.Bench;

/// <summary>TextScanner with every fold on, one thread: keywords, patterns and both, on texts in which little and in which everything is suspicious.</summary>
public static class TextRooms
{
    public static BenchEnd Text(TextOptions options, BenchProgress progress, CancellationToken cancellation)
    {
        var content = new TextContent();
        var keywords = content.Keywords(options.Keywords);
        var patterns = content.Patterns(options.Patterns);
        var loading = new BenchSample();
        TextScanner? scanner = null;
        for (var round = 0; round < 3; round++)
        {
            var from = TimeProvider.System.GetTimestamp();
            scanner = TextScanner.Build(keywords, patterns);
            // The first one warms up.
            if (round > 0)
            {
                loading.Add(TimeProvider.System.GetElapsedTime(from).TotalMilliseconds);
            }

            progress("load", round + 1, 3);
        }

        var only = TextScanner.Build(keywords, []);
        var rules = TextScanner.Build([], patterns);
        var length = options.Kilobytes * 1000;
        (string Name, string Text)[] texts =
        [
            ("normal", content.Normal(length, keywords)),
            ("english", TextContent.Foreign(length)),
            ("evasive", content.Evasive(length, keywords)),
        ];
        (string Name, TextScanner Scanner)[] scanners = [("keywords", only), ("patterns", rules), ("both", scanner!)];
        var figures = new List<BenchFigure>
        {
            new("text.load", loading.Percentile(0), "ms", keywords.Length + patterns.Length, string.Create(CultureInfo.InvariantCulture, $"{keywords.Length} keywords ({scanner!.Spellings} spellings) and {patterns.Length} patterns made ready, warm, best of 2")),
        };
        var limits = new ScanLimits { MaxTextLength = int.MaxValue, MaxOccurrences = int.MaxValue / 4, MaxOccurrencesPerKeyword = int.MaxValue / 4, MaxMatchesPerPattern = int.MaxValue, MaxPatternWork = long.MaxValue, MaxJudgements = int.MaxValue };
        foreach (var (name, text) in texts)
        {
            var bytes = Encoding.UTF8.GetByteCount(text);
            foreach (var (what, one) in scanners)
            {
                var sample = new BenchSample();
                var found = 0;
                for (var round = -2; round < options.Rounds; round++)
                {
                    cancellation.ThrowIfCancellationRequested();
                    var from = TimeProvider.System.GetTimestamp();
                    found = one.Scan(text, limits).Occurrences.Count;
                    if (round >= 0)
                    {
                        sample.Add(TimeProvider.System.GetElapsedTime(from).TotalSeconds);
                    }

                    progress($"{name} {what}", round + 3, options.Rounds + 2);
                }

                var method = string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:0.00} MB as UTF-8 ({text.Length} UTF-16 units), every fold on, {found} found, one thread, of {options.Rounds} rounds");
                figures.Add(new BenchFigure($"text.{name}-{what}", bytes / 1e6 / sample.Percentile(0), "MB/s", options.Rounds, method + " the best"));
                figures.Add(new BenchFigure($"text.{name}-{what}-median", bytes / 1e6 / sample.Median, "MB/s", options.Rounds, method + " the median"));
            }
        }

        return new BenchEnd(figures, [.. texts.Select(text => Check(text.Name, text.Text, keywords, patterns, options))]);
    }

    /// <summary>Some of the keywords, those that are there among them, and some of the patterns, on a part of the text.</summary>
    private static BenchCheck Check(string name, string text, string[] keywords, Regex[] patterns, TextOptions options)
    {
        var part = text[..Math.Min(text.Length, 10_000)];
        var there = TextScanner.Build(keywords, []).Scan(part).Occurrences.Select(one => one.Ordinal).Distinct().ToHashSet();
        string[] some = [.. keywords.Where((_, i) => there.Contains(i)).Concat(keywords.Where((_, i) => !there.Contains(i))).Take(options.Checked)];
        Regex[] few = [.. patterns.Take(Math.Max(1, options.Checked / 10))];
        var simple = SimpleTextSearch.Find(part, some, few);
        var fast = TextScanner.Build(some, few).Scan(part).Occurrences;
        var wrong = simple.ToHashSet();
        wrong.SymmetricExceptWith(fast);
        return new BenchCheck($"text.{name}-check", wrong.Count, some.Length + few.Length, string.Create(CultureInfo.InvariantCulture, $"keywords and patterns on {part.Length} characters: {simple.Count} places, techniques and strengths equal to those of a search one by one"));
    }
}
