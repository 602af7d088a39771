using System.CommandLine;
using Monitor.Worker.Settings;
using Monitor.Worker.Settings.Problems;

namespace Monitor.Worker.Cli.Verbs;

public static class CheckVerb
{
    public static Command Build(VerbSet verbs) => verbs.Plain("check", "Kiểm tra toàn bộ cấu hình", "Check the whole configuration", [], (_, _) =>
    {
        var context = verbs.Context;
        var reading = new ConfigurationLoader(TimeProvider.System, lint: true).Load(context.ConfigDirectory);
        ProblemOutput.Write(context, reading.Problems);
        var errors = reading.Problems.Count(problem => problem.Severity == ProblemSeverity.Error);
        var warnings = reading.Problems.Count - errors;
        if (reading.Value is { } value)
        {
            context.Tell(new { ok = true, warnings, fingerprint = value.Fingerprint, watchLists = value.WatchLists.Count, ruleSets = value.RuleSets.Count, platforms = value.Platforms.Count, people = value.People.Count },
                $"Cấu hình dùng được: {value.WatchLists.Count} danh sách theo dõi, {value.RuleSets.Count} bộ quy tắc, {value.Platforms.Count} nền tảng, {value.People.Count} người; {warnings} cảnh báo.",
                $"Configuration is good: {value.WatchLists.Count} watch lists, {value.RuleSets.Count} rule sets, {value.Platforms.Count} platforms, {value.People.Count} people; {warnings} warnings.");
            return Task.FromResult(ExitCodes.Done);
        }

        context.Tell(new { ok = false, errors, warnings }, $"Có {errors} lỗi và {warnings} cảnh báo; cấu hình chưa dùng được.", $"{errors} errors and {warnings} warnings; the configuration cannot be used.");
        return Task.FromResult(ExitCodes.Configuration);
    });
}
