using System.Globalization;

namespace Monitor.Tests.Process;

[Collection(ProcessCollection.Name)]
public sealed class StartAndStopTests(ITestOutputHelper output)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_serves_and_rests()
    {
        await using var installation = await Installation.CreateAsync(1, 1, TimeSpan.Zero, Token);
        await using var process = installation.Start();
        Assert.True(await installation.HealthyAsync(process, Token), process.Error);
        var serving = process.Age;
        await Task.Delay(TimeSpan.FromSeconds(5), Token);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"serves after {serving.TotalMilliseconds:0} ms; {process.ResidentMegabytes:0} MB resident after 5 s of idling"));

        process.Terminate();
        Assert.Equal(0, await process.ExitAsync(Token));
        output.WriteLine(process.Output + process.Error);
    }
}
