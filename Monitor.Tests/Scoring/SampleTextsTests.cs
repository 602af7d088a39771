using System.Text;
using Monitor.Tests.Architecture;
using Monitor.Worker.Scoring;
using Monitor.Worker.Scoring.Samples;

namespace Monitor.Tests.Scoring;

public sealed class SampleTextsTests
{
    private static readonly string Committed = SourceTree.Of("samples", "scoring", "texts.jsonl");

    /// <summary>To renew it set MONITOR_WRITE_SAMPLES=1.</summary>
    [Fact]
    public async Task The_committed_file_is_what_the_code_makes_and_reads_back()
    {
        var texts = SampleTexts.Create(1);
        var expected = Encoding.UTF8.GetBytes(SampleTexts.Jsonl(texts));
        if (Environment.GetEnvironmentVariable("MONITOR_WRITE_SAMPLES") == "1")
        {
            await File.WriteAllBytesAsync(Committed, expected, TestContext.Current.CancellationToken);
        }

        var committed = await File.ReadAllBytesAsync(Committed, TestContext.Current.CancellationToken);
        Assert.True(committed.SequenceEqual(expected), "samples/scoring/texts.jsonl differs");
        Assert.InRange(expected.Length, 1, 1024 * 1024);
        var read = Assert.IsType<TrainingReading.Read>(await TrainingFile.ReadAsync(Committed, TestContext.Current.CancellationToken)).Texts;
        Assert.Equal(texts, read);
        Assert.Equal(ScorerTraining.DigestOf(texts), ScorerTraining.DigestOf(read));
    }

    [Fact]
    public void There_are_enough_families_and_the_watch_word_alone_does_not_tell_them_apart()
    {
        var texts = SampleTexts.Create(1);
        foreach (var label in (bool[])[true, false])
        {
            Assert.True(texts.Where(text => text.Relevant == label).Select(text => text.Family).Distinct().Count() >= 12);
            var watched = texts.Where(text => text.Relevant == label).Average(text => text.Text.Contains("đèn lồng", StringComparison.OrdinalIgnoreCase) ? 1.0 : 0);
            Assert.InRange(watched, 0.15, 0.7);
        }

        Assert.All(texts, text => Assert.DoesNotContain("{", text.Text, StringComparison.Ordinal));
        Assert.Equal(texts.Count, texts.Select(text => text.Id).Distinct().Count());
    }

    [Fact]
    public async Task Bad_lines_are_told_by_number_and_nothing_is_read()
    {
        const string Lines = """
            {"id":"1","family":"a","label":"relevant","text":"x","unknown":1}
            {"id":"2","family":"a","label":"maybe","text":"x"}

            {"id":"","family":"a","label":"other","text":"x"}
            not json
            {"id":"5","label":"other","text":"x"}
            {"id":"6","family":"a","label":"other"}
            """;
        using var reader = new StringReader(Lines);
        var bad = Assert.IsType<TrainingReading.Bad>(await TrainingFile.ReadAsync(reader, TestContext.Current.CancellationToken)).Lines;
        Assert.Equal([(2, "label"), (4, "id"), (5, "JSON"), (6, "family"), (7, "text")], bad.Select(line => (line.Number, line.Problem)));
        Assert.IsType<TrainingReading.Unreadable>(await TrainingFile.ReadAsync("/nowhere.jsonl", TestContext.Current.CancellationToken));
    }
}
