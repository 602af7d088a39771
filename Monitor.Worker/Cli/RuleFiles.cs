using Monitor.Rules.RuleSets;
using Monitor.Worker.Operations;
using Monitor.Worker.Settings;
using Monitor.Worker.Settings.Problems;

namespace Monitor.Worker.Cli;

/// <summary>The rule sets that a verb was told of: files, or ids of configured sets.</summary>
internal static class RuleFiles
{
    public static DateOnly Today => Desk.DayOf(TimeProvider.System.GetUtcNow());

    /// <returns>The sets, or null after what is wrong was told.</returns>
    public static IReadOnlyList<RuleSet>? Read(CliContext context, IReadOnlyList<string> names)
    {
        var sets = new List<RuleSet>();
        var problems = new List<ConfigurationProblem>();
        MonitorConfiguration? configuration = null;
        foreach (var name in names)
        {
            if (File.Exists(context.PathOf(name)))
            {
                var reading = RuleSetReader.File(context.PathOf(name), Today, lint: false);
                problems.AddRange(reading.Problems);
                if (reading.Set is { } set)
                {
                    sets.Add(set);
                }

                continue;
            }

            configuration ??= new ConfigurationLoader(TimeProvider.System).Load(context.ConfigDirectory) is { Value: { } value } ? value : null;
            if (configuration?.RuleSets.GetValueOrDefault(name) is { } known)
            {
                sets.Add(known);
                continue;
            }

            context.Err.WriteLine(context.Say($"Không có tệp hay bộ quy tắc '{name}'.", $"There is no file or rule set '{name}'."));
            return null;
        }

        if (problems.Count > 0)
        {
            ProblemOutput.Write(context, problems);
        }

        return problems.Any(problem => problem.Severity == ProblemSeverity.Error) ? null : sets;
    }
}
