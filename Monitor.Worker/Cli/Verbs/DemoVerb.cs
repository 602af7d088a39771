using System.CommandLine;
using System.Globalization;
using Monitor.Worker.Demo;

namespace Monitor.Worker.Cli.Verbs;

public static class DemoVerb
{
    public static Command Build(VerbSet verbs)
    {
        var seed = new Option<int>("--seed") { Description = verbs.Say("thế giới mẫu khác nhau theo số này", "the sample world varies with it"), DefaultValueFactory = _ => 1 };
        return verbs.Plain("demo", "Toàn bộ câu chuyện trên thế giới mẫu, thời gian ảo", "The whole story on the sample world, in virtual time", [seed], async (parsed, token) =>
        {
            var context = verbs.Context;
            if (Shipped(context) is not { } shipped)
            {
                context.Err.WriteLine(context.Say($"Không thấy thư mục cấu hình '{context.ConfigDirectory}'. Hãy chạy từ thư mục gốc của dự án hoặc dùng --config.", $"There is no config directory '{context.ConfigDirectory}'. Run from the project's root or use --config."));
                return ExitCodes.Configuration;
            }

            var end = await new DemoStory(context, parsed.GetValue(seed), shipped).RunAsync(token);
            if (context.Json)
            {
                foreach (var row in end.Rows)
                {
                    context.Line(new { platform = row.Platform, behaviour = row.Behaviour, what = row.What, expected = row.Expected, found = row.Found, equal = row.Equal });
                }
            }
            else
            {
                context.Out.WriteLine();
                context.Table([context.Say("Nền tảng", "Platform"), context.Say("Cách cư xử", "Behaviour"), context.Say("Điều", "What"), context.Say("Mong đợi", "Expected"), context.Say("Thấy", "Found"), ""],
                    end.Rows.Where(row => row.What == "removal" || row.Platform == "–" || !row.Equal).Select(row => (IReadOnlyList<string>)[row.Platform, row.Behaviour, row.What, row.Expected, row.Found, row.Equal ? "=" : "≠"]));
            }

            var wrong = end.Rows.Count(row => !row.Equal);
            var days = end.StoryTime.TotalDays.ToString("0", CultureInfo.InvariantCulture);
            var seconds = end.RealTime.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture);
            context.Tell(new { seed = parsed.GetValue(seed), compared = end.Rows.Count, wrong, inspections = end.Inspections, mails = end.Mails, storyDays = end.StoryTime.TotalDays, seconds = end.RealTime.TotalSeconds },
                $"{end.Rows.Count} điều đã so, {wrong} sai; {days} ngày ảo, {end.Inspections} lượt kiểm tra, {end.Mails} thư trong {seconds} giây.",
                $"{end.Rows.Count} facts compared, {wrong} wrong; {days} virtual days, {end.Inspections} inspections, {end.Mails} mails in {seconds} s.");
            return end.Equal ? ExitCodes.Done : ExitCodes.Problems;
        });
    }

    private static string? Shipped(CliContext context) =>
        new[] { context.ConfigDirectory, Path.Combine(AppContext.BaseDirectory, "config") }.FirstOrDefault(directory => File.Exists(Path.Combine(directory, "monitor.yaml")));
}
