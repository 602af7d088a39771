using System.CommandLine;
using System.Globalization;
using Monitor.Worker.Bench;

namespace Monitor.Worker.Cli.Verbs;

/// <summary>Measures the house through its own entry points, in a temporary directory and on 127.0.0.1 alone, and checks what it measured.</summary>
public static class BenchVerb
{
    public static Command Build(VerbSet verbs)
    {
        Option<int> Count(string name, int usual, int most, string vietnamese, string english)
        {
            var option = new Option<int>(name) { Description = $"{verbs.Say(vietnamese, english)} ({usual})", DefaultValueFactory = _ => usual };
            option.Validators.Add(result =>
            {
                if (result.GetValueOrDefault<int>() is var value && (value < 1 || value > most))
                {
                    result.AddError(string.Create(CultureInfo.InvariantCulture, $"{name}: 1…{most}"));
                }
            });
            return option;
        }

        var pipelineTargets = Count("--targets", 5000, 1_000_000, "số trang đo", "pages measured");
        var pipelineSeconds = Count("--seconds", 60, 3600, "thời gian tối đa mỗi vòng", "most seconds a round");
        var parallelism = Count("--parallelism", 64, 256, "số lượt kiểm tra cùng lúc", "inspections at once");
        return verbs.Group("bench", "Đo tốc độ trên máy này, chỉ trong thư mục tạm và 127.0.0.1", "Measure on this machine, in a temporary directory and on 127.0.0.1 only",
            verbs.Plain("pipeline", "Lượt kiểm tra trọn vẹn mỗi giây", "Whole inspections a second", [pipelineTargets, pipelineSeconds, parallelism], (parsed, token) =>
                RunAsync(verbs, (shipped, progress, stop) => new PipelineBench(new PipelineOptions
                {
                    Shipped = shipped,
                    Targets = parsed.GetValue(pipelineTargets),
                    Time = TimeSpan.FromSeconds(parsed.GetValue(pipelineSeconds)),
                    Parallelism = parsed.GetValue(parallelism),
                }, progress).RunAsync(stop), token)));
    }

    private static async Task<int> RunAsync(VerbSet verbs, Func<string, BenchProgress, CancellationToken, Task<BenchEnd>> bench, CancellationToken cancellation)
    {
        var context = verbs.Context;
        var shipped = new[] { Path.Combine(AppContext.BaseDirectory, "config"), context.ConfigDirectory }.FirstOrDefault(directory => File.Exists(Path.Combine(directory, "monitor.yaml")));
        if (shipped is null)
        {
            context.Err.WriteLine(context.Say("Không thấy cấu hình đi kèm chương trình. Hãy dùng --config.", "The configuration shipped with the program is not there. Use --config."));
            return ExitCodes.Configuration;
        }

        BenchEnd end;
        using (var line = new BenchProgressLine(context))
        {
            end = await bench(shipped, line.Report, cancellation);
        }

        var figures = end.Figures.Concat(end.Checks.Select(check => check.Figure)).ToList();
        if (context.Json)
        {
            foreach (var figure in figures)
            {
                context.Line(new { name = figure.Name, value = double.IsFinite(figure.Value) ? Math.Round(figure.Value, 4) : (double?)null, unit = figure.Unit, n = figure.N, method = figure.Method });
            }
        }
        else
        {
            context.Table([context.Say("Phép đo", "Figure"), context.Say("Giá trị", "Value"), context.Say("Đơn vị", "Unit"), "n", context.Say("Cách đo", "Method")],
                figures.Select(figure => (IReadOnlyList<string>)[figure.Name, Number(figure.Value), figure.Unit, figure.N.ToString(CultureInfo.InvariantCulture), figure.Method]));
        }

        foreach (var check in end.Checks.Where(check => !check.Good))
        {
            context.Err.WriteLine(context.Say($"{check.Name}: {check.Wrong} sai trong {check.N}", $"{check.Name}: {check.Wrong} wrong of {check.N}"));
        }

        return end.Good ? ExitCodes.Done : ExitCodes.Problems;
    }

    private static string Number(double value) => !double.IsFinite(value) ? "–"
        : Math.Abs(value) >= 100 || value == Math.Floor(value) ? value.ToString("N0", CultureInfo.InvariantCulture)
        : value.ToString("0.###", CultureInfo.InvariantCulture);
}
