using System.Text.Json;
using System.Xml.Linq;
using Monitor.Worker.Cli;
using Monitor.Worker.Simulation;

namespace Monitor.Tests.Simulation;

public sealed class SimulateVerbTests
{
    [Fact]
    public async Task Lines_end_with_a_summary_and_the_charts_are_written()
    {
        var folder = Directory.CreateTempSubdirectory("simulate").FullName;
        try
        {
            var (code, output, _) = await RunAsync(folder, "removal", "simulate", "--targets", "300", "--days", "20", "--seed", "3", "--json", "--svg", "curves");

            Assert.Equal(ExitCodes.Done, code);
            var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement).ToList();
            var summary = Assert.Single(lines, line => line.GetProperty("kind").GetString() == "summary").GetProperty("totals");
            Assert.Equal(300, summary.GetProperty("targets").GetInt32());
            Assert.Equal(0, summary.GetProperty("all").GetProperty("falseConfirmations").GetInt32());
            Assert.Equal(JsonValueKind.Null, summary.GetProperty("weakened").ValueKind);
            Assert.Equal(20, lines.Count(line => line.GetProperty("kind").GetString() == "probes"));
            Assert.Equal(summary.GetProperty("probes").GetInt64(),
                lines.Where(line => line.GetProperty("kind").GetString() == "probes").Sum(line => line.GetProperty("perHour").EnumerateArray().Sum(hour => hour.GetInt64())));
            Assert.Equal(["confirmation-delay.svg", "probes-per-hour.svg", "survival.svg"], Directory.GetFiles(Path.Combine(folder, "curves")).Select(Path.GetFileName).Order());
        }
        finally
        {
            Directory.Delete(folder, true);
        }
    }

    [Fact]
    public async Task Tables_speak_the_language_asked_for_and_a_weakened_run_says_so()
    {
        var (code, output, _) = await RunAsync(".", "removal", "simulate", "--targets", "300", "--days", "20", "--weaken", "media-included", "--lang", "en");

        Assert.Equal(ExitCodes.Done, code);
        Assert.Contains("WITHOUT the rule media-included", output, StringComparison.Ordinal);
        Assert.DoesNotContain("False confirmations: 0;", output, StringComparison.Ordinal);
        Assert.Contains("Quần thể", (await RunAsync(".", "removal", "simulate", "--targets", "20", "--days", "3")).Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--targets", "0")]
    [InlineData("--days", "-1")]
    [InlineData("--targets", "2000000")]
    [InlineData("--weaken", "gravity")]
    public async Task What_makes_no_sense_is_refused(string option, string value)
    {
        var (code, _, problems) = await RunAsync(".", "removal", "simulate", option, value);

        Assert.Equal(ExitCodes.Usage, code);
        Assert.NotEmpty(problems);
    }

    [Fact]
    public async Task A_directory_that_cannot_be_written_is_told()
    {
        var file = Path.GetTempFileName();
        try
        {
            var (code, _, problems) = await RunAsync(".", "removal", "simulate", "--targets", "5", "--days", "2", "--svg", Path.Combine(file, "below"));

            Assert.Equal(ExitCodes.Infrastructure, code);
            Assert.NotEmpty(problems);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void Charts_are_well_formed_labelled_in_both_languages_and_within_their_frame()
    {
        var report = RemovalSimulation.Run(new SimulationOrder { Targets = 300, Days = 20 });
        foreach (var (name, svg) in SimulationCharts.Draw(report))
        {
            var root = XDocument.Parse(svg).Root!;
            XNamespace space = "http://www.w3.org/2000/svg";
            Assert.Equal(space + "svg", root.Name);
            Assert.All(root.Elements(space + "title"), title => Assert.Contains(" / ", title.Value, StringComparison.Ordinal));
            Assert.DoesNotContain("NaN", svg, StringComparison.Ordinal);
            Assert.NotEmpty(name == "confirmation-delay.svg" ? root.Elements(space + "rect") : root.Elements(space + "polyline"));
            foreach (var point in root.Elements(space + "polyline").SelectMany(line => line.Attribute("points")!.Value.Split(' ', StringSplitOptions.RemoveEmptyEntries)))
            {
                var parts = point.Split(',');
                Assert.InRange(double.Parse(parts[0]), 84, 930);
                Assert.InRange(double.Parse(parts[1]), 104, 478);
            }
        }
    }

    [Fact]
    public void An_empty_run_draws_empty_charts()
    {
        var report = RemovalSimulation.Run(new SimulationOrder { Targets = 1, Days = 1, Population = Population.Quiet(Behaviour.NeverRemoves) });

        Assert.All(SimulationCharts.Draw(report), chart => Assert.NotNull(XDocument.Parse(chart.Svg).Root));
    }

    [Theory]
    [InlineData(10, 1)]
    [InlineData(90, 10)]
    [InlineData(34_526, 5_000)]
    [InlineData(1.05, 0.2)]
    public void Ticks_are_round(double most, double step) => Assert.Equal(step, SvgChart.Step(most), 9);

    private static async Task<(int Code, string Out, string Err)> RunAsync(string folder, params string[] arguments)
    {
        var output = new StringWriter();
        var problems = new StringWriter();
        var context = new CliContext { Out = output, Err = problems, WorkingDirectory = Path.GetFullPath(folder) };
        var code = await CommandLine.RunAsync(context, arguments, TestContext.Current.CancellationToken);
        return (code, output.ToString(), problems.ToString());
    }
}
