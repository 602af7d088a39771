using Monitor.Worker.Settings;
using Monitor.Worker.Settings.Problems;

namespace Monitor.Tests.Settings;

public sealed class RenderingConfigurationTests
{
    private const string Bare = "name: Mẫu\ncontact: a@mau.example\n";

    [Fact]
    public void Without_a_word_a_browser_is_used_where_there_is_one()
    {
        using var folder = new ConfigFolder();
        folder.Write("monitor.yaml", Bare);
        RenderingSettings settings = folder.Load().Value!.Installation.Rendering;
        Assert.Equal((RenderingUse.Auto, "", 1), (settings.Enabled, settings.Chromium, settings.Parallel));
        Assert.NotEmpty(settings.NeverAsk);
    }

    [Fact]
    public void What_is_written_is_what_is_read()
    {
        using var folder = new ConfigFolder();
        folder.Write("monitor.yaml", Bare + "rendering:\n  enabled: off\n  chromium: /bin/sh\n  timeout: 12s\n  max-requests: 9\n  max-megabytes: 3\n  max-memory-megabytes: 800\n  parallel: 2\n  never-ask: [do-dem.example]\n");
        ConfigurationReading reading = folder.Load();
        Assert.Empty(reading.Problems);
        Assert.Equivalent(
            new RenderingSettings { Enabled = RenderingUse.Off, Chromium = "/bin/sh", Timeout = TimeSpan.FromSeconds(12), MaxRequests = 9, MaxMegabytes = 3, MaxMemoryMegabytes = 800, Parallel = 2, NeverAsk = ["do-dem.example"] },
            reading.Value!.Installation.Rendering,
            strict: true);
    }

    [Theory]
    [InlineData("  chromium: /usr/bin/khong-co", ProblemCodes.ProgramMissing)]
    [InlineData("  chromium: /etc/passwd", ProblemCodes.ProgramMissing)]
    [InlineData("  chromium: chromium", ProblemCodes.ProgramMissing)]
    [InlineData("  enabled: on", ProblemCodes.NotOneOf)]
    [InlineData("  timeout: 1s", ProblemCodes.BadDuration)]
    [InlineData("  max-requests: 0", ProblemCodes.BadNumber)]
    [InlineData("  parallel: 40", ProblemCodes.BadNumber)]
    [InlineData("  never-ask: [\"http://a.example/\"]", ProblemCodes.BadHost)]
    [InlineData("  paralel: 2", ProblemCodes.UnknownKey)]
    public void One_fault_is_one_problem(string line, string code)
    {
        using var folder = new ConfigFolder();
        folder.Write("monitor.yaml", Bare + "rendering:\n" + line + "\n");
        ConfigurationProblem problem = Assert.Single(folder.Load().Problems);
        Assert.Equal((code, 4), (problem.Code, problem.Span.Line));
        Assert.NotEqual(problem.Message.Vietnamese, problem.Message.English);
    }
}
