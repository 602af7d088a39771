using Monitor.Rules.Removal;
using Monitor.Worker.Storage;

namespace Monitor.Tests.Removal;

/// <summary>What a browser adds to a verdict, and what it must not.</summary>
public sealed class RenderedVerdictTests
{
    private static readonly RenderedPart Data = new("https://api.mau.example/v1/bai?id=1", "GET", PartKind.Data, PartEnd.Answered, 200);

    [Theory]
    [InlineData(PartKind.Data, PartEnd.Answered, 200, false)]
    [InlineData(PartKind.Data, PartEnd.Answered, 404, false)]
    [InlineData(PartKind.Data, PartEnd.Answered, 410, false)]
    [InlineData(PartKind.Data, PartEnd.Answered, 400, true)]
    [InlineData(PartKind.Data, PartEnd.Answered, 401, true)]
    [InlineData(PartKind.Data, PartEnd.Answered, 403, true)]
    [InlineData(PartKind.Data, PartEnd.Answered, 429, true)]
    [InlineData(PartKind.Data, PartEnd.Answered, 503, true)]
    [InlineData(PartKind.Data, PartEnd.Failed, null, true)]
    [InlineData(PartKind.Data, PartEnd.Refused, null, true)]
    [InlineData(PartKind.Data, PartEnd.NeverAsked, null, false)]
    [InlineData(PartKind.Document, PartEnd.Answered, 404, false)]
    [InlineData(PartKind.Document, PartEnd.Refused, null, true)]
    [InlineData(PartKind.Script, PartEnd.Answered, 404, true)]
    [InlineData(PartKind.Style, PartEnd.Failed, null, true)]
    [InlineData(PartKind.Media, PartEnd.Refused, null, true)]
    [InlineData(PartKind.Stream, PartEnd.Refused, null, true)]
    [InlineData(PartKind.Other, PartEnd.Failed, null, true)]
    [InlineData(PartKind.Image, PartEnd.Failed, null, false)]
    [InlineData(PartKind.Font, PartEnd.Refused, null, false)]
    [InlineData(PartKind.Frame, PartEnd.Failed, null, false)]
    [InlineData(PartKind.Ping, PartEnd.Refused, null, false)]
    public void A_gap_is_what_could_have_changed_what_the_page_says(PartKind kind, PartEnd end, int? status, bool gap) =>
        Assert.Equal(gap, (Data with { Kind = kind, End = end, Status = status }).LeavesGap);

    [Theory]
    [InlineData(PartEnd.Answered, 404, true, Liveness.ProbablyGone)]
    [InlineData(PartEnd.Answered, 500, true, Liveness.Inconclusive)]
    [InlineData(PartEnd.Refused, null, true, Liveness.Inconclusive)]
    [InlineData(PartEnd.Answered, 404, false, Liveness.Inconclusive)]
    public void A_notice_counts_only_on_a_page_that_was_shown_whole(PartEnd end, int? status, bool settled, Liveness expected)
    {
        PageObservation page = Page(Notice) with { Render = RenderFacts.Of(RenderEnd.Rendered, "", settled, [Data with { End = end, Status = status }], TimeSpan.FromSeconds(1)) };

        LivenessVerdict verdict = LivenessClassifier.Classify(page);

        Assert.Equal(expected, verdict.Liveness);
        Assert.Contains(verdict.Signals, signal => signal.Name == "rendered");
        if (expected == Liveness.Inconclusive)
        {
            Assert.Equal(("render-gaps", LivenessReason.JavaScriptShell), (verdict.Signals[0].Name, verdict.Reason));
            Assert.Contains(verdict.Signals, signal => signal is { Name: "would-be", Detail: "probably-gone (tombstone)" or "probably-gone (soft-404)" });
        }
    }

    [Fact]
    public void What_is_there_is_there_however_much_of_it_is_missing()
    {
        PageObservation page = Page(Article) with { Render = RenderFacts.Of(RenderEnd.Rendered, "", settled: false, [Data with { End = PartEnd.Failed, Status = null, Reason = "timed-out" }], TimeSpan.Zero) };
        Assert.Equal(Liveness.Live, LivenessClassifier.Classify(page).Liveness);
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void A_control_of_the_other_kind_than_the_capture_says_nothing(bool captured, bool seen)
    {
        // Captured different from its control, and now the same as it: the sign of a soft 404, were all of one kind.
        PageOutline bare = new() { Title = "Chia sẻ mẫu", Blocks = [new OutlineBlock(BlockRole.Main, true, "Chia sẻ cùng bạn bè những khoảnh khắc đẹp trong ngày")], ScriptCount = 1 };
        PageSketch control = PageSketcher.Sketch(bare, 200);
        PageBaseline Baseline(bool rendered) => new() { CapturedAt = DateTimeOffset.UnixEpoch, Observation = "T000001/1", Sketch = PageSketcher.Sketch(Article), Control = PageSketcher.Sketch(new PageOutline()), Rendered = rendered };
        PageObservation page = Page(bare) with { Render = seen ? RenderFacts.Of(RenderEnd.Rendered, "", true, [Data], TimeSpan.Zero) : null };

        Assert.Equal(Liveness.ProbablyGone, LivenessClassifier.Classify(page, Baseline(seen), control).Liveness);
        Assert.Equal(Liveness.Inconclusive, LivenessClassifier.Classify(page, Baseline(captured), control).Liveness);
    }

    [Fact]
    public void Captured_through_a_browser_and_seen_without_one_never_counts_as_gone()
    {
        PageBaseline baseline = new() { CapturedAt = DateTimeOffset.UnixEpoch, Observation = "T000001/1", Sketch = PageSketcher.Sketch(Article), Rendered = true };
        LivenessVerdict verdict = LivenessClassifier.Classify(Page(Notice), baseline);
        Assert.Equal((Liveness.Inconclusive, LivenessReason.JavaScriptShell, "unlike-baseline"), (verdict.Liveness, verdict.Reason, verdict.Signals[0].Name));

        // Nor does the shell's title make it alive.
        verdict = LivenessClassifier.Classify(Page(new PageOutline { Title = "Chợ hoa ngày Tết", ScriptCount = 1, Blocks = [new OutlineBlock(BlockRole.Main, true, "Đang tải")] }), baseline);
        Assert.Equal(Liveness.Inconclusive, verdict.Liveness);

        // The server's own word is no comparison, and what is still there is still there.
        Assert.Equal(Liveness.Gone, LivenessClassifier.Classify(Page(Notice) with { Status = 404 }, baseline).Liveness);
        Assert.Equal(Liveness.Live, LivenessClassifier.Classify(Page(Article), baseline).Liveness);
    }

    [Fact]
    public void A_browser_is_asked_for_shells_and_for_what_it_captured()
    {
        PageBaseline rendered = new() { CapturedAt = DateTimeOffset.UnixEpoch, Observation = "T000001/1", Sketch = PageSketcher.Sketch(Article), Rendered = true };
        PageOutline shell = new() { Title = "Mẫu", ScriptCount = 2 };
        Assert.True(Wants(Page(shell), null));
        Assert.True(Wants(Page(shell with { Blocks = [new OutlineBlock(BlockRole.Main, true, "Đang tải")] }), null));
        Assert.True(Wants(Page(shell with { Title = "Chợ hoa ngày Tết", Blocks = [new OutlineBlock(BlockRole.Main, true, "Đang tải")] }), null));
        Assert.False(Wants(Page(shell with { Title = "Chợ hoa ngày Tết", Blocks = [new OutlineBlock(BlockRole.Main, true, "Chợ hoa")], Media = [new OutlineMedia("https://chia-se-mau.example/1.jpg", MediaKind.Image, "img")] }), null));
        Assert.False(Wants(Page(shell with { ScriptCount = 0 }), null));
        Assert.False(Wants(Page(shell) with { Status = 404 }, null));
        Assert.False(Wants(Page(shell) with { Cut = true }, null));
        Assert.False(Wants(Page(Article with { ScriptCount = 2 }), rendered));
        Assert.False(Wants(Page(Notice with { ScriptCount = 2 }), null));
        Assert.True(Wants(Page(Notice with { ScriptCount = 2 }), rendered));

        static bool Wants(PageObservation page, PageBaseline? baseline) => RenderPlan.Wants(page, LivenessClassifier.Classify(page, baseline), baseline);
    }

    [Fact]
    public void Rows_of_before_there_was_a_browser_read_as_not_rendered()
    {
        var baseline = new PageBaseline { CapturedAt = DateTimeOffset.UnixEpoch, Observation = "T000001/1", Sketch = PageSketcher.Sketch(Article) };
        string row = System.Text.Encoding.UTF8.GetString(RowJson.Write(baseline));
        Assert.DoesNotContain("rendered", row, StringComparison.Ordinal);
        Assert.False(RowJson.Read<PageBaseline>(System.Text.Encoding.UTF8.GetBytes(row)).Rendered);

        RenderFacts facts = RenderFacts.Of(RenderEnd.Rendered, "", true, [Data with { Status = 500 }, Data], TimeSpan.FromSeconds(2));
        Assert.Equivalent(facts, RowJson.Read<RenderFacts>(RowJson.Write(facts)), strict: true);
        Assert.Equal("Data api.mau.example 500", Assert.Single(facts.Gaps));
    }

    private static PageObservation Page(PageOutline outline) => new() { RequestedUrl = "https://chia-se-mau.example/bai/1001", FinalUrl = "https://chia-se-mau.example/bai/1001", Status = 200, Outline = outline };

    private static PageOutline Notice { get; } = new()
    {
        Title = "Không tìm thấy",
        Blocks = [new OutlineBlock(BlockRole.Main, true, "Không tìm thấy trang", Heading: 1), new OutlineBlock(BlockRole.Main, true, "Bài viết này không tồn tại hoặc đã bị xoá.")],
    };

    private static PageOutline Article { get; } = new()
    {
        Title = "Chợ hoa ngày Tết",
        Blocks = [.. Enumerable.Range(0, 20).Select(at => new OutlineBlock(BlockRole.Main, true, $"Gian hàng số {at} bán hoa mai, hoa đào và cây quất cảnh cho người dân thành phố, mở cửa từ sáng sớm đến tối muộn."))],
    };
}
