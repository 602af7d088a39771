using System.CommandLine;
using System.Globalization;
using Monitor.Worker.Bench;
using Monitor.Worker.Settings;

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

        var targets = Count("--targets", 5000, 1_000_000, "số trang đo", "pages measured");
        var seconds = Count("--seconds", 60, 3600, "thời gian tối đa mỗi vòng", "most seconds a round");
        var parallelism = Count("--parallelism", 64, 256, "số lượt kiểm tra cùng lúc", "inspections at once");
        var dueTargets = Count("--targets", 1_000_000, 10_000_000, "số mục tiêu trong kho", "targets in the store");
        var memoryTargets = Count("--targets", 100_000, 1_000_000, "số mục tiêu nhiều nhất; đo cả một phần mười và một phần trăm", "most targets; a tenth and a hundredth are measured too");
        var listed = Count("--entries", 1_000_000, 50_000_000, "số mã trong danh sách", "entries of the list");
        var entries = Count("--entries", 1_000_000, 16_000_000, "số mã băm trong chỉ mục", "hashes in the index");
        var lookUps = Count("--look-ups", 20_000, 10_000_000, "số lần tra mỗi vòng", "look-ups a round");
        var pictures = Count("--pictures", 200, 100_000, "số ảnh mỗi vòng", "pictures a round");
        PdqOptions Sizes(ParseResult parsed) => new() { Entries = parsed.GetValue(entries), LookUps = parsed.GetValue(lookUps), Pictures = parsed.GetValue(pictures) };
        var chromium = new Option<string>("--chromium") { Description = verbs.Say("đường dẫn trình duyệt; để trống: tự tìm", "path of the browser; empty: looked for"), DefaultValueFactory = _ => "" };
        var notices = Count("--notices", 2000, 20_000, "số thông báo mỗi vòng", "notices a round");
        var queued = Count("--queued", 100_000, 1_000_000, "số thông báo đang chờ", "notices waiting meanwhile");
        var textKeywords = Count("--keywords", 10_000, 1_000_000, "số từ khoá", "keywords");
        var textPatterns = Count("--patterns", 1000, 100_000, "số mẫu", "patterns");
        var kilobytes = Count("--kilobytes", 200, 100_000, "cỡ mỗi văn bản (nghìn ký tự)", "size of each text (thousand characters)");
        return verbs.Group("bench", "Đo tốc độ trên máy này, chỉ trong thư mục tạm và 127.0.0.1", "Measure on this machine, in a temporary directory and on 127.0.0.1 only",
            verbs.Plain("pipeline", "Lượt kiểm tra trọn vẹn mỗi giây", "Whole inspections a second", [targets, seconds, parallelism], (parsed, token) =>
                RunAsync(verbs, (shipped, progress) => new PipelineBench(new PipelineOptions
                {
                    Shipped = shipped,
                    Targets = parsed.GetValue(targets),
                    Time = TimeSpan.FromSeconds(parsed.GetValue(seconds)),
                    Parallelism = parsed.GetValue(parallelism),
                }, progress).RunAsync(token))),
            verbs.Plain("memory", "Bộ nhớ khi số mục tiêu tăng", "Memory while targets become many", [memoryTargets], (parsed, token) =>
                RunAsync(verbs, (shipped, progress) =>
                {
                    var most = parsed.GetValue(memoryTargets);
                    var sizes = new SizesOptions { MemoryTargets = [.. new[] { most / 100, most / 10, most }.Where(count => count > 0)] };
                    return new MemoryBench(sizes, new PipelineOptions { Shipped = shipped }, progress).RunAsync(token);
                })),
            verbs.Plain("notices", "Thông báo: soạn, gửi qua SMTP nội bộ", "Notices: rendered, delivered over loopback SMTP", [notices, queued], (parsed, token) =>
                RunAsync(verbs, (shipped, progress) => new NoticeBench(new NoticeBenchOptions { Shipped = shipped, Notices = parsed.GetValue(notices), Queued = parsed.GetValue(queued) }, progress).RunAsync(token))),
            verbs.Plain("due", "Chọn mục tiêu đến hạn", "Choosing what is due", [dueTargets], (parsed, token) =>
                RunAsync(verbs, (_, progress) => StoreRooms.DueAsync(new SizesOptions { DueTargets = parsed.GetValue(dueTargets) }, progress, token))),
            verbs.Plain("store", "Kho dữ liệu", "The store", [], (_, token) => RunAsync(verbs, (_, progress) => StoreRooms.StoreAsync(new SizesOptions(), progress, token))),
            verbs.Plain("vault", "Kho niêm phong", "The vault", [], (_, token) => RunAsync(verbs, (_, progress) => StoreRooms.VaultAsync(new SizesOptions(), progress, token))),
            verbs.Plain("render", "Mở trang JavaScript bằng Chromium", "Showing pages of scripts to Chromium", [chromium], (parsed, token) =>
                RunAsync(verbs, (_, progress) => RenderBench.MeasureAsync(new RenderingSettings { Chromium = parsed.GetValue(chromium)! }, progress, token))),
            verbs.Plain("read", "Đọc trang", "Reading pages", [], (_, token) => RunAsync(verbs, (_, progress) => Task.FromResult(RuleRooms.Read(new SizesOptions(), progress, token)))),
            verbs.Plain("classify", "Kết luận còn hay đã gỡ", "Judging whether a page is live or gone", [], (_, token) => RunAsync(verbs, (_, progress) => Task.FromResult(ClassifyRoom.Classify(new SizesOptions(), progress, token)))),
            verbs.Plain("rules", "Quy tắc", "Rules", [], (_, token) => RunAsync(verbs, (_, progress) => Task.FromResult(RuleRooms.Rules(new SizesOptions(), progress, token)))),
            verbs.Plain("pdq", "Mã băm tri giác", "Perceptual hashes", [entries, lookUps, pictures], (parsed, token) => RunAsync(verbs, (_, progress) => Task.FromResult(new PdqBench(Sizes(parsed), progress).Run(token)))),
            verbs.Plain("decode", "Giải mã ảnh", "Decoding pictures", [pictures], (parsed, token) => RunAsync(verbs, (_, progress) => new DecodeBench(new PdqOptions { Pictures = parsed.GetValue(pictures) }, progress).RunAsync(token))),
            verbs.Plain("hashes", "Ngân hàng băm: nhập, cập nhật, mở, tra", "Hash banks: import, update, open, look up", [listed], (parsed, token) =>
                RunAsync(verbs, (shipped, progress) => HashRooms.RunAsync(new SizesOptions { Digests = parsed.GetValue(listed) }, shipped, progress, token))),
            verbs.Plain("text", "Tìm từ khoá và mẫu trong văn bản", "Keywords and patterns in texts", [textKeywords, textPatterns, kilobytes], (parsed, token) =>
                RunAsync(verbs, (_, progress) => Task.FromResult(TextRooms.Text(new TextOptions { Keywords = parsed.GetValue(textKeywords), Patterns = parsed.GetValue(textPatterns), Kilobytes = parsed.GetValue(kilobytes) }, progress, token)))));
    }

    private static async Task<int> RunAsync(VerbSet verbs, Func<string, BenchProgress, Task<BenchEnd>> bench)
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
            end = await bench(shipped, line.Report);
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
