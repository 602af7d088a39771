using System.CommandLine;

namespace Monitor.Worker.Cli.Verbs;

public static class BenchVerb
{
    public static Command Build(VerbSet verbs) => verbs.Group("bench", "Đo", "Measure");
}
