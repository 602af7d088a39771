using System.CommandLine;
using System.Diagnostics;
using Monitor.Worker.Simulation;

namespace Monitor.Worker.Cli.Verbs;

public static class SimulateVerb
{
    private const int MostTargets = 1_000_000;
    private const int MostDays = 730;

    public static Command Build(VerbSet verbs)
    {
        var targets = new Option<int>("--targets") { Description = verbs.Say("số địa chỉ (1 … 1.000.000)", "how many targets (1 … 1,000,000)"), DefaultValueFactory = _ => 100_000 };
        var days = new Option<int>("--days") { Description = verbs.Say("số ngày ảo (1 … 730)", "virtual days (1 … 730)"), DefaultValueFactory = _ => 90 };
        var seed = new Option<int>("--seed") { Description = verbs.Say("quần thể khác nhau theo số này", "the population varies with it"), DefaultValueFactory = _ => 1 };
        var svg = new Option<string?>("--svg") { Description = verbs.Say("thư mục để ghi các đường cong (SVG)", "directory to write the curves to (SVG)") };
        var weaken = new Option<string?>("--weaken") { Description = verbs.Say("bỏ đúng một quy tắc, trên quần thể cần đến nó: ", "go without this one rule, on the population that needs it: ") + string.Join(" | ", Weakenings.Names) };
        weaken.AcceptOnlyFromAmong([.. Weakenings.Names]);
        var stress = new Option<string?>("--stress") { Description = verbs.Say("quần thể của quy tắc này, không bỏ quy tắc nào", "the population of this rule, with nothing weakened") };
        stress.AcceptOnlyFromAmong([.. Weakenings.Names]);
        return verbs.Plain("simulate", "Mô phỏng: thời gian ảo, quần thể giả định, quy tắc thật", "Simulate: virtual time, a modelled population, the real rules", [targets, days, seed, svg, weaken, stress], (parsed, token) =>
        {
            var order = new SimulationOrder
            {
                Targets = parsed.GetValue(targets),
                Days = parsed.GetValue(days),
                Seed = parsed.GetValue(seed),
                Weakening = parsed.GetValue(weaken) is { } rule ? Weakenings.Parse(rule)!.Value : Weakening.None,
            };
            if (order.Targets is < 1 or > MostTargets || order.Days is < 1 or > MostDays)
            {
                return Task.FromResult(verbs.Context.Usage($"--targets phải từ 1 đến {MostTargets}, --days từ 1 đến {MostDays}.", $"--targets must be 1 to {MostTargets}, --days 1 to {MostDays}."));
            }

            var leaning = parsed.GetValue(stress) is { } name ? Weakenings.Parse(name)!.Value : order.Weakening;
            if (leaning != Weakening.None)
            {
                order = order with { Population = Population.Stress[leaning] };
            }

            return RunAsync(verbs.Context, order, parsed.GetValue(svg), token);
        });
    }

    private static async Task<int> RunAsync(CliContext context, SimulationOrder order, string? directory, CancellationToken cancellation)
    {
        var started = TimeProvider.System.GetTimestamp();
        SimulationReport report;
        using (var bar = new ProgressLine(context, context.Say("Mô phỏng", "Simulating")))
        {
            report = RemovalSimulation.Run(order, done => bar.Report(done, order.Targets), cancellation);
        }

        var seconds = TimeProvider.System.GetElapsedTime(started).TotalSeconds;
        using var process = Process.GetCurrentProcess();
        var megabytes = process.PeakWorkingSet64 / 1048576.0;
        if (context.Json)
        {
            SimulationOutput.Lines(context, report, seconds, megabytes);
        }
        else
        {
            SimulationOutput.Tables(context, report, seconds, megabytes);
        }

        if (directory is not null)
        {
            try
            {
                var into = Directory.CreateDirectory(context.PathOf(directory)).FullName;
                foreach (var (name, text) in SimulationCharts.Draw(report))
                {
                    await File.WriteAllTextAsync(Path.Combine(into, name), text, cancellation);
                    context.Tell(new { kind = "chart", file = name }, $"Đã vẽ {name}", $"Drew {name}");
                }
            }
            catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
            {
                context.Err.WriteLine(context.Say($"Không ghi được vào '{directory}': {problem.Message}", $"Cannot write to '{directory}': {problem.Message}"));
                return ExitCodes.Infrastructure;
            }
        }

        // Without a rule false confirmations are the point; with all of them one is a defect.
        return order.Weakening == Weakening.None && report.Totals.All.FalseConfirmations > 0 ? ExitCodes.Problems : ExitCodes.Done;
    }
}
