using Monitor.Rules.Removal;
using Monitor.Tests.Removal.Pages;

namespace Monitor.Tests.Removal;

public sealed class LivenessClassifierTests
{
    public static TheoryData<string> Names => [.. InventedPages.All.Select(static page => page.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Says_what_a_person_would_say(string name)
    {
        var page = InventedPages.All.Single(one => one.Name == name);

        var verdict = page.Classify();

        var account = string.Join("; ", verdict.Signals.Select(static signal => $"{signal.Name}={signal.Detail}"));
        Assert.True(page.Expected == verdict.Liveness, $"{name}: {verdict.Liveness} {verdict.Reason.Name()} ({account})");
        Assert.True(page.Reason is null || page.Reason == verdict.Reason, $"{name}: {verdict.Reason.Name()} ({account})");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Signals_hold_no_page_text(string name)
    {
        var page = InventedPages.All.Single(one => one.Name == name);
        var words = page.Observe().Outline?.Blocks.SelectMany(static block => block.Text.Split(' ')).Where(static word => word.Length >= 9).ToHashSet(StringComparer.OrdinalIgnoreCase) ?? [];

        foreach (var signal in page.Classify().Signals)
        {
            Assert.InRange(signal.Weight, -100, 100);
            Assert.DoesNotContain(signal.Detail.Split(' ', ','), word => words.Contains(word) && !Vocabulary.Contains(word));
        }
    }

    [Fact]
    public void A_control_that_differed_while_alive_proves_a_soft_404_in_any_language()
    {
        var gone = new InventedPage("mt", Liveness.ProbablyGone, "https://suq.example/u/ab", "<html><head><title>Suq</title></head><body><main><p>Il-membru li qed tfittex ma jeżistix hawnhekk illum.</p></main></body></html>");
        var alive = PageSketcher.Sketch(Observed("<html><head><title>ab - Suq</title></head><body><main><h1>ab</h1><p>Ritratti tal-baħar u tax-xemx fil-għodu, kull nhar ta' Ħadd.</p></main></body></html>"));
        var control = PageSketcher.Sketch(gone.Observe().Outline!);
        var baseline = new PageBaseline { CapturedAt = DateTimeOffset.UnixEpoch, Observation = "T1/1", Sketch = alive, Control = control };

        Assert.Equal(Liveness.Inconclusive, gone.Classify().Liveness);
        Assert.Equal(Liveness.ProbablyGone, gone.Classify(baseline, control).Liveness);

        // A shell that looked like its control while alive proves nothing by looking like it now.
        Assert.Equal(Liveness.Inconclusive, gone.Classify(baseline with { Sketch = control }, control).Liveness);
    }

    [Fact]
    public void The_captured_text_still_served_beats_every_word_on_the_page()
    {
        const string Text = "<p>Chợ hoa họp từ bốn giờ sáng bên bến sông, người bán thắp đèn dầu, kẻ mua soi từng bông, mặc cả khe khẽ cho khỏi động giấc phố.</p>";
        var alive = PageSketcher.Sketch(Observed("<html><body><main>" + Text + "</main></body></html>"));
        var baseline = new PageBaseline { CapturedAt = DateTimeOffset.UnixEpoch, Observation = "T1/1", Sketch = alive };
        var page = new InventedPage("still", Liveness.Live, "https://bao.example.vn/x/1", "<html><head><title>Không tìm thấy trang</title></head><body><main><p>Bài viết đã bị xóa.</p>" + Text + "</main></body></html>");

        Assert.Equal(Liveness.Live, page.Classify(baseline).Liveness);
        Assert.NotEqual(Liveness.Gone, (page with { Status = 404 }).Classify(baseline).Liveness);
    }

    [Fact]
    public void Hostile_outlines_end_in_a_verdict()
    {
        var quotes = string.Concat(Enumerable.Repeat("\"not found ", 20_000));
        var page = new PageObservation
        {
            RequestedUrl = "::::",
            FinalUrl = "http://[",
            Status = 200,
            Outline = new PageOutline
            {
                Title = new string('|', 50_000) + new string('\uD800', 10),
                Blocks = [.. Enumerable.Range(0, 20_000).Select(i => new OutlineBlock(BlockRole.Main, true, "không tồn tại")), new OutlineBlock(BlockRole.Main, true, quotes), new OutlineBlock(BlockRole.Comment, true, new string('\u0301', 90_000))],
                Facts = new Dictionary<string, string>(StringComparer.Ordinal) { ["state:reason"] = new string('X', 2048), ["og:site_name"] = "" },
                Truncated = true,
            },
        };

        var verdict = LivenessClassifier.Classify(page);

        Assert.NotEqual(Liveness.Gone, verdict.Liveness);
        Assert.NotEmpty(verdict.Signals);
        foreach (var status in new int?[] { null, 0, 99, 100, 204, 302, 418, 503, 999 })
        {
            Assert.Equal(Liveness.Inconclusive, LivenessClassifier.Classify(new PageObservation { RequestedUrl = "", Status = status }).Liveness);
        }
    }

    /// <summary>Names that signals themselves use: kinds and relations.</summary>
    private static readonly HashSet<string> Vocabulary = new(Enum.GetNames<NoticeKinds>().Concat(Enum.GetNames<FinalUrlRelation>()), StringComparer.OrdinalIgnoreCase);

    private static PageOutline Observed(string html) => new InventedPage("page", Liveness.Live, "https://x.example/", html).Observe().Outline!;
}
