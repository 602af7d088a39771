using System.Text;
using System.Text.Json;
using Monitor.Rules.Removal;
using Monitor.Rules.WatchLists;
using Monitor.Worker.Cli;

namespace Monitor.Tests.Pipeline;

/// <summary>An inspection judges by the same facts as `removal classify`.</summary>
public sealed class ClassifiedInspectionTests
{
    [Theory]
    [InlineData("application/json", 403, "{\"data\":{\"reasonCode\":\"ADMINISTRATOR_DELETE_VIDEO\"}}", Liveness.ProbablyGone)]
    [InlineData("application/json", 200, "{\"title\":\"Chợ hoa\",\"text\":\"Gian hàng số một\"}", Liveness.Live)]
    [InlineData("text/plain", 404, "Trang không tồn tại hoặc bạn không có quyền xem.", Liveness.Inconclusive)]
    [InlineData("text/html", 200, "<html><body><div id=app></div><script>{\"playability\":{\"status\":\"ERROR\",\"reason\":\"VIDEO_DELETED\"}}</script></body></html>", Liveness.ProbablyGone)]
    public async Task Data_and_plain_text_are_judged_too(string type, int status, string body, Liveness expected)
    {
        await using VantageHouse house = await VantageHouse.OpenAsync("", "direct");
        house.Site.OnText("/bai/1001", body, status, type);
        await house.InspectAsync();

        LivenessVerdict verdict = Assert.Single(await house.ObservationsAsync()).Page;
        Assert.Equal(expected, verdict.Liveness);
        using var line = JsonDocument.Parse(JsonSerializer.Serialize(new { requestedUrl = $"http://{VantageHouse.Host}/bai/1001", status, headers = new Dictionary<string, string> { ["content-type"] = type }, body }));
        (PageObservation page, _, _) = ClassifyInput.Read(line.RootElement);
        LivenessVerdict alone = LivenessClassifier.Classify(page);
        Assert.Equal((alone.Liveness, alone.Reason), (verdict.Liveness, verdict.Reason));
        Assert.Equal(alone.Signals, verdict.Signals);
    }

    [Fact]
    public async Task A_page_that_was_not_read_whole_waits_for_a_person()
    {
        await using VantageHouse house = await VantageHouse.OpenAsync("", "direct");
        house.Site.OnText("/bai/1001", VantageHouse.Page);
        Assert.Null((await house.InspectAsync()).Attention);

        house.Site.On("/bai/1001", exchange => exchange.RespondAsync(200, Encoding.UTF8.GetBytes("<p>Bài viết này đã bị xóa.</p>" + new string(' ', 5 * 1024 * 1024)), ("Content-Type", "text/html")));
        Target target = await house.InspectAsync();
        Assert.Equal("truncated", target.Attention);
        Assert.Equal(RemovalState.Live, target.Progress.State);

        house.Site.OnText("/bai/1001", VantageHouse.Page);
        Assert.Null((await house.InspectAsync()).Attention);
    }
}
