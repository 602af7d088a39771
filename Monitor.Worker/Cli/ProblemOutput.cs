using Monitor.Worker.Diagnostics;
using Monitor.Worker.Settings;
using Monitor.Worker.Settings.Problems;

namespace Monitor.Worker.Cli;

/// <summary>Configuration problems on the caller's streams.</summary>
public static class ProblemOutput
{
    public static void Write(CliContext context, IReadOnlyList<ConfigurationProblem> problems)
    {
        if (context.Json)
        {
            foreach (var problem in problems)
            {
                context.Out.WriteLine(ProblemRenderer.ToJson(problem));
            }
        }
        else if (problems.Count > 0)
        {
            context.Err.WriteLine(ProblemRenderer.RenderAll(problems, context.Language == Language.English ? "en" : "vi"));
        }
    }
}
