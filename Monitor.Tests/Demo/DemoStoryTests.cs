using System.Globalization;
using Monitor.Tests.Settings;
using Monitor.Worker.Cli;
using Monitor.Worker.Demo;

namespace Monitor.Tests.Demo;

/// <summary>The whole story on twenty different worlds: what the world says must be found is found, every row of it.</summary>
public sealed class DemoStoryTests(ITestOutputHelper output)
{
    public static TheoryData<int> Seeds { get; } = [.. Enumerable.Range(1, 20)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Everything_expected_is_found(int seed)
    {
        using var told = new StringWriter(CultureInfo.InvariantCulture);
        var context = new CliContext { Out = told, Err = told, WorkingDirectory = ConfigFolder.Root };

        // A story is thousands of small durable commits: on a file system in memory they cost what they are meant to cost here, nothing.
        var end = await new DemoStory(context, seed, ConfigFolder.Shipped, Directory.Exists("/dev/shm") ? "/dev/shm" : null).RunAsync(TestContext.Current.CancellationToken);

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{end.Rows.Count} rows, {end.Inspections} inspections, {end.Mails} mails, {end.StoryTime.TotalDays:0} days in {end.RealTime.TotalSeconds:0.0} s"));
        Assert.Empty(end.Rows.Where(row => !row.Equal).Select(row => $"{row.Platform} ({row.Behaviour}) {row.What}: expected {row.Expected}, found {row.Found}"));
        // A story in which nothing happened would be equal, too.
        Assert.InRange(end.Inspections, 100, int.MaxValue);
        Assert.InRange(end.Mails, 5, int.MaxValue);
        Assert.InRange(end.Rows.Count, 50, int.MaxValue);
    }
}
