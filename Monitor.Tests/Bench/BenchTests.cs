using System.Text.Json;
using Monitor.Tests.Contracts;
using Monitor.Worker.Bench;
using Monitor.Worker.Cli;

namespace Monitor.Tests.Bench;

/// <summary>Every bench once, tiny: what it checks is right, what it measured is there, and it leaves nothing behind. No time is asserted.</summary>
public sealed class BenchTests : IDisposable
{
    private readonly Scratch _scratch = new();

    private static string Shipped => Path.Combine(AppContext.BaseDirectory, "config");

    private SizesOptions Tiny => new()
    {
        DueTargets = 2000,
        Claims = 10,
        StoreTargets = 1200,
        StoreSaves = 200,
        VaultItems = 20,
        VaultBytes = 3000,
        Pages = 20,
        Rules = 60,
        Texts = 20,
        Digests = 5000,
        LookUps = 4096,
        MemoryTargets = [20, 60],
        MemoryInspections = 30,
        WorkingDirectory = _scratch.Path,
    };

    private PipelineOptions TinyPipeline => new()
    {
        Shipped = Shipped,
        Targets = 120,
        WarmUp = 20,
        Hosts = 5,
        Rules = 50,
        Digests = 500,
        Parallelism = 8,
        Batch = 16,
        Checked = 30,
        WorkingDirectory = _scratch.Path,
    };

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public async Task Whole_inspections_are_recorded_and_found_as_the_simple_methods_find_them()
    {
        var end = await new PipelineBench(TinyPipeline, Quiet).RunAsync(CancellationToken.None);

        Good(end);
        Assert.Equal(120, end.Figures.Single(figure => figure.Name == "pipeline.inspections").N);
        Assert.Equal(140, end.Figures.Single(figure => figure.Name == "pipeline.rechecks").N);
        Assert.Equal(140, end.Checks.Single(check => check.Name == "pipeline.check-recorded").N);
        Assert.True(end.Figures.Single(figure => figure.Name == "pipeline.vault-bytes").Value > 60_000, "captures are sealed");
    }

    [Fact]
    public async Task Memory_is_compared_for_each_count_of_targets()
    {
        var end = await new MemoryBench(Tiny, TinyPipeline, Quiet).RunAsync(CancellationToken.None);

        Good(end);
        Assert.Equal(["memory.20-heap", "memory.20-rss", "memory.60-heap", "memory.60-rss"], end.Figures.Select(figure => figure.Name));
    }

    [Fact]
    public async Task Notices_arrive_once_each_with_others_waiting_behind()
    {
        var end = await new NoticeBench(new NoticeBenchOptions { Shipped = Shipped, Notices = 30, WarmUp = 5, Queued = 1200, Claims = 5, WorkingDirectory = _scratch.Path }, Quiet).RunAsync(CancellationToken.None);

        Good(end);
        Assert.Equal(65, end.Checks.Single().N);
    }

    [Fact]
    public async Task Due_targets_are_claimed_in_order()
    {
        var end = await StoreRooms.DueAsync(Tiny, Quiet, CancellationToken.None);

        Good(end);
        Assert.Equal(10 * 33, end.Checks.Single().N);
    }

    [Fact]
    public async Task Store_and_vault_are_measured() => Good(BenchEnd.Of([await StoreRooms.StoreAsync(Tiny, Quiet, CancellationToken.None), await StoreRooms.VaultAsync(Tiny, Quiet, CancellationToken.None)]));

    [Fact]
    public void Reading_judging_and_rules_equal_the_simple_methods() =>
        Good(BenchEnd.Of([RuleRooms.Read(Tiny, Quiet, CancellationToken.None), ClassifyRoom.Classify(Tiny, Quiet, CancellationToken.None), RuleRooms.Rules(Tiny, Quiet, CancellationToken.None)]));

    [Fact]
    public async Task Hash_banks_answer_as_a_plain_set_does() => Good(await HashRooms.RunAsync(Tiny, Shipped, Quiet, CancellationToken.None));

    [Fact]
    public async Task Perceptual_hashes_and_decoding_equal_the_simple_methods()
    {
        var tiny = new PdqOptions { Entries = 3000, LookUps = 200, Checked = 80, Rounds = 2, Pictures = 2, Width = 640, Height = 480, WorkingDirectory = _scratch.Path };
        Good(BenchEnd.Of([new PdqBench(tiny, Quiet).Run(CancellationToken.None), await new DecodeBench(tiny, Quiet).RunAsync(CancellationToken.None)]));
    }

    [Fact]
    public void Text_is_measured_and_equals_the_simple_method() =>
        Good(TextRooms.Text(new TextOptions { Keywords = 200, Patterns = 40, Kilobytes = 12, Rounds = 2, Checked = 40 }, Quiet, CancellationToken.None));

    [Fact]
    public async Task A_bench_that_is_interrupted_leaves_nothing_behind()
    {
        using var stop = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => StoreRooms.DueAsync(Tiny, (_, _, _) => stop.Cancel(), stop.Token));
        Assert.Empty(Directory.EnumerateFileSystemEntries(_scratch.Path));
    }

    [Fact]
    public async Task The_verb_writes_one_figure_a_line()
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        var context = new CliContext { Out = output, Err = errors, WorkingDirectory = _scratch.Path };

        var code = await CommandLine.RunAsync(context, ["bench", "due", "--targets", "1500", "--json"], CancellationToken.None);

        Assert.Equal(ExitCodes.Done, code);
        var lines = output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonSerializer.Deserialize<JsonElement>(line)).ToList();
        Assert.All(lines, line => Assert.Equal(["name", "value", "unit", "n", "method"], line.EnumerateObject().Select(property => property.Name)));
        Assert.Contains(lines, line => line.GetProperty("name").GetString() == "due.claim-p99");
        Assert.Contains(lines, line => line.GetProperty("unit").GetString() == "wrong" && line.GetProperty("value").GetDouble() == 0);
    }

    [Theory]
    [InlineData("--targets", "0")]
    [InlineData("--seconds", "-1")]
    [InlineData("--parallelism", "1000")]
    public async Task Sizes_out_of_range_are_a_usage_error(string option, string value)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        var context = new CliContext { Out = output, Err = errors, WorkingDirectory = _scratch.Path };

        Assert.Equal(ExitCodes.Usage, await CommandLine.RunAsync(context, ["bench", "pipeline", option, value], CancellationToken.None));
    }

    private void Good(BenchEnd end)
    {
        Assert.All(end.Checks, check => Assert.True(check.Good, $"{check.Name}: {check.Wrong} of {check.N}"));
        Assert.True(end.Good);
        Assert.All(end.Figures, figure => Assert.True(figure.N > 0 && double.IsFinite(figure.Value) && figure.Value >= 0 && figure.Method.Length > 0, figure.Name));
        Assert.Equal(end.Figures.Count, end.Figures.Select(figure => figure.Name).Distinct().Count());
        Assert.Empty(Directory.EnumerateFileSystemEntries(_scratch.Path));
    }

    private static void Quiet(string what, long done, long total)
    {
    }
}
