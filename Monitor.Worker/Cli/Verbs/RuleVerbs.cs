using System.CommandLine;
using Monitor.Rules.RuleSets;
using Monitor.Worker.Ports;
using Monitor.Worker.Settings;
using Monitor.Worker.Settings.Problems;

namespace Monitor.Worker.Cli.Verbs;

/// <summary>Rule sets while they are written: linted, tested, shown. What is done with finished ones is in the verbs beside this.</summary>
public static class RuleVerbs
{
    public static Command Build(VerbSet verbs) => verbs.Group(
        "rules", "Bộ quy tắc", "Rule sets",
        Lint(verbs), Test(verbs), RuleMatchVerb.Build(verbs), RuleShowVerbs.Show(verbs), RuleShowVerbs.Explain(verbs), RuleBacktestVerb.Build(verbs),
        RuleVersionVerbs.Versions(verbs), RuleVersionVerbs.Diff(verbs), RuleVersionVerbs.Propose(verbs), RuleVersionVerbs.Activate(verbs), RuleVersionVerbs.Withdraw(verbs));

    private static Command Lint(VerbSet verbs)
    {
        var file = File(verbs);
        return verbs.Plain("lint", "Kiểm tra bộ quy tắc: lỗi và cảnh báo, kèm vị trí", "Check rule sets: errors and warnings with their places", [file], async (parsed, token) =>
        {
            var context = verbs.Context;
            if (parsed.GetValue(file) is { } path)
            {
                return System.IO.File.Exists(context.PathOf(path))
                    ? Tell(context, RuleSetReader.File(context.PathOf(path), RuleFiles.Today, lint: true).Problems)
                    : context.Usage($"Không có tệp '{path}'.", $"There is no file '{path}'.");
            }

            var reading = new ConfigurationLoader(TimeProvider.System, lint: true).Load(context.ConfigDirectory);
            var problems = reading.Problems.Where(problem => problem.File.StartsWith("rulesets", StringComparison.Ordinal)).ToList();
            // What was stored before can only be compared where there is a store; the owner of it does that.
            return reading.Value is { } configuration && (context.House is not null || House.IsIn(context.DataDirectory))
                ? await Owner.RunAsync(context, async house => Tell(context, [.. problems, .. await AgainstStoredAsync(house, configuration, token)]), token)
                : Tell(context, problems);
        });
    }

    private static Command Test(VerbSet verbs)
    {
        var file = File(verbs);
        return verbs.Plain("test", "Chạy các ví dụ phải khớp / không được khớp", "Run the must-match / must-not-match examples", [file], (parsed, _) =>
        {
            var context = verbs.Context;
            var files = parsed.GetValue(file) is { } path ? [context.PathOf(path)] : Files(context);
            if (files.Count == 0 || files.Any(one => !System.IO.File.Exists(one)))
            {
                return Task.FromResult(context.Usage($"Không có tệp quy tắc: {string.Join(", ", files.DefaultIfEmpty(context.ConfigDirectory))}.", $"There is no rule file: {string.Join(", ", files.DefaultIfEmpty(context.ConfigDirectory))}."));
            }

            var failed = 0;
            foreach (var one in files)
            {
                var reading = RuleSetReader.File(one, RuleFiles.Today, lint: false);
                var errors = reading.Problems.Count(problem => problem.Severity == ProblemSeverity.Error);
                failed += errors;
                var rules = reading.Read?.Rules ?? [];
                var tests = rules.Sum(rule => rule.MustMatch.Count + rule.MustNotMatch.Count);
                var name = reading.Read?.Name ?? Path.GetFileNameWithoutExtension(one);
                context.Tell(
                    new
                    {
                        ruleSet = name,
                        version = reading.Read?.Version,
                        rules = rules.Count,
                        tests,
                        failed = errors,
                        diagnostics = reading.Problems.Select(problem => new { code = problem.Code, line = problem.Line, column = problem.Column, message = problem.Message.In(context.English ? "en" : "vi"), subject = problem.SourceLine?.Trim() }),
                    },
                    $"{name} {reading.Read?.Version}: {rules.Count} quy tắc, {tests} ví dụ, {errors} sai",
                    $"{name} {reading.Read?.Version}: {rules.Count} rules, {tests} examples, {errors} wrong");
                if (!context.Json)
                {
                    ProblemOutput.Write(context, reading.Problems);
                    TellWhy(context, reading);
                }
            }

            return Task.FromResult(failed == 0 ? ExitCodes.Done : ExitCodes.Problems);
        });
    }

    /// <summary>For each example that fails, why.</summary>
    private static void TellWhy(CliContext context, RuleSetReading reading)
    {
        if (reading.Read is not { } set || RuleCompiler.Compile([set]) is not RuleCompilation.Compiled compiled)
        {
            return;
        }

        foreach (var rule in set.Rules)
        {
            foreach (var (example, must) in rule.MustMatch.Select(one => (one, true)).Concat(rule.MustNotMatch.Select(one => (one, false))))
            {
                if (RuleEvaluator.Explain(compiled.Rules, rule.Id, example.Subject) is { } trace && trace.Holds != must)
                {
                    context.Out.WriteLine(CliContext.Clean($"{(must ? "must-match" : "must-not-match")}: {example.Shown}"));
                    foreach (var line in RuleText.Trace(trace.Condition, context.English, 1))
                    {
                        context.Out.WriteLine(CliContext.Clean(line));
                    }
                }
            }
        }
    }

    /// <summary>Warnings that only the versions stored before can give.</summary>
    private static async Task<IReadOnlyList<ConfigurationProblem>> AgainstStoredAsync(House house, MonitorConfiguration configuration, CancellationToken cancellation)
    {
        var problems = new List<ConfigurationProblem>();
        foreach (var (name, source) in configuration.RuleSources)
        {
            var stored = (await house.Store.RuleSetVersionsAsync(name, cancellation)).Where(version => version.State is RuleSetState.Active or RuleSetState.Superseded).ToList();
            // The version before this content, whether this content is stored already or not.
            var before = stored.LastOrDefault(version => version.Digest != configuration.RuleSets[name].Digest && version.Number < stored.LastOrDefault(one => one.Digest == configuration.RuleSets[name].Digest, stored[^1] with { Number = int.MaxValue }).Number);
            if (before is not null && house.RuleSets.Read(before).Set is { } former)
            {
                problems.AddRange(RuleSetReader.Against(source, former, house.Desk.Today));
            }
        }

        return problems;
    }

    private static int Tell(CliContext context, IReadOnlyList<ConfigurationProblem> problems)
    {
        ProblemOutput.Write(context, problems);
        if (problems.Count == 0)
        {
            context.Tell(new { ok = true }, "Không có vấn đề.", "No problems.");
        }

        return problems.Any(problem => problem.Severity == ProblemSeverity.Error) ? ExitCodes.Problems : ExitCodes.Done;
    }

    private static List<string> Files(CliContext context)
    {
        var folder = Path.Combine(context.ConfigDirectory, "rulesets");
        return Directory.Exists(folder) ? [.. Directory.EnumerateFiles(folder, "*.yaml").Order(StringComparer.Ordinal)] : [];
    }

    private static Option<string?> File(VerbSet verbs) => new("--file") { Description = verbs.Say("chỉ tệp này (không cần cấu hình)", "this file only (needs no configuration)") };
}
