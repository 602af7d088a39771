using Monitor.Rules.Removal;
using Monitor.Rules.WatchLists;
using Monitor.Tests.Pipeline;

namespace Monitor.Tests.Rendering;

/// <summary>Whole inspections of a page that is nothing without its scripts, with a real browser.</summary>
public sealed class ShellInspectionTests
{
    [Theory]
    [InlineData("")]
    [InlineData(ShellHouse.Words)]
    public async Task A_shell_is_judged_by_what_a_browser_shows(string loading)
    {
        await using ShellHouse house = await ShellHouse.OpenAsync(loading);

        Target target = await house.Inner.InspectAsync();

        Observation seen = await LastAsync(house);
        Assert.Equal((Liveness.Live, 200), (seen.Fact.Liveness, seen.Status));
        Assert.True(seen.Render is { End: RenderEnd.Rendered, Whole: true, Asked: 2 }, seen.Render?.ToString());
        Assert.True(target.Baseline is { Rendered: true, Control: not null, Sketch.Shingles.Count: > 20 });
        // Media that only the browser found are the page's own: checked and remembered.
        Assert.Equal($"http://{VantageHouse.Host}/anh/1.jpg", Assert.Single(target.Media).Url);
        Assert.Contains(seen.Media, media => media.Liveness == Liveness.Live);
        Assert.Equal(1, house.Inner.Site.CountOf("/bai/1001"));
        // What was shown and its text; what went over the wire, and the picture.
        Assert.Equal((2, 2), (seen.Captures.Count, seen.Records.Count));

        await house.Inner.InspectAsync();
        Assert.Empty((await LastAsync(house)).Captures);
        house.Title = "Chợ hoa rằm tháng Giêng";
        await house.Inner.InspectAsync();
        // The bytes are the same as ever; what is shown is new.
        Assert.Equal(2, (await LastAsync(house)).Captures.Count);
    }

    [Fact]
    public async Task A_shell_that_says_not_found_after_its_question_is_probably_gone()
    {
        await using ShellHouse house = await ShellHouse.OpenAsync();
        await house.Inner.InspectAsync();
        house.Api = 404;
        house.Inner.Site.OnText("/anh/1.jpg", "", 404);
        house.Inner.Clock.MoveTo(house.Inner.Clock.GetUtcNow().AddHours(6));

        Target target = await house.Inner.InspectAsync();

        Observation seen = await LastAsync(house);
        Assert.Equal((Liveness.ProbablyGone, 200), (seen.Page.Liveness, seen.Status));
        Assert.True(seen.Control is { Valid: true, LooksSame: true }, seen.Control?.ToString());
        Assert.Equal(RemovalState.ApparentlyGone, target.Progress.State);
        Assert.True(target.Baseline is { Rendered: true });

        house.Api = 200;
        Assert.Equal(RemovalState.Live, (await house.Inner.InspectAsync()).Progress.State);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(403)]
    [InlineData(429)]
    public async Task A_shell_whose_own_server_fails_says_not_found_too_and_proves_nothing(int api)
    {
        await using ShellHouse house = await ShellHouse.OpenAsync();
        await house.Inner.InspectAsync();
        house.Api = api;

        Target target = await house.Inner.InspectAsync();

        Observation seen = await LastAsync(house);
        Assert.Equal((Liveness.Inconclusive, LivenessReason.JavaScriptShell), (seen.Page.Liveness, seen.Page.Reason));
        Assert.Contains(seen.Page.Signals, signal => signal.Name == "render-gaps" && signal.Detail.Contains($"Data {VantageHouse.Host} {api}", StringComparison.Ordinal));
        Assert.Equal(RemovalState.Live, target.Progress.State);
    }

    [Fact]
    public async Task Without_a_browser_a_shell_is_inconclusive_and_says_why_and_a_capture_is_not_compared_with_it()
    {
        await using ShellHouse house = await ShellHouse.OpenAsync("");
        house.Renderer.Off = true;
        await house.Inner.InspectAsync();
        Observation seen = await LastAsync(house);
        Assert.Equal(Liveness.Inconclusive, seen.Page.Liveness);
        Assert.Contains(seen.Page.Signals, signal => signal is { Name: "not-rendered", Detail: "shell not rendered: Chromium is not configured" });
        Assert.True(seen.Render is { End: RenderEnd.Unavailable });
        Assert.Null((await house.Inner.TargetAsync()).Baseline);

        house.Renderer.Off = false;
        PageBaseline? baseline = (await house.Inner.InspectAsync()).Baseline;
        Assert.True(baseline is { Rendered: true });

        // Looked at without a browser the shell is the very picture of its control: that is what shells are.
        house.Renderer.Off = true;
        foreach (int api in new[] { 200, 404 })
        {
            house.Api = api;
            Target target = await house.Inner.InspectAsync();
            seen = await LastAsync(house);
            Assert.Equal(Liveness.Inconclusive, seen.Page.Liveness);
            Assert.NotEqual(true, seen.Control?.Valid);
            Assert.Equal(RemovalState.Live, target.Progress.State);
            Assert.Equal(baseline!.Observation, target.Baseline?.Observation);
        }
    }

    private static async Task<Observation> LastAsync(ShellHouse house) => (await house.Inner.ObservationsAsync())[^1];
}
