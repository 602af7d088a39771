using System.Net;
using Monitor.Rules.Takedowns;
using Monitor.Tests.Operations;

namespace Monitor.Tests.Console;

public sealed class BoardTests
{
    private const string Other = $"http://{DeskHouse.Host}/u/hoa.mai/bai/1002";

    [Fact]
    public async Task A_draft_is_seen_as_it_will_be_sent_and_approved_by_the_second_person_alone()
    {
        await using var house = await ConsoleHouse.OpenAsync();
        var draft = await house.Desk.DraftAsync(DeskHouse.Url);
        using var approver = await house.VisitAsync("chi.le");
        Assert.Contains(draft.Id, (await approver.GetAsync("/board?show=drafts")).Text, StringComparison.Ordinal);
        var shown = await approver.GetAsync("/notices/" + draft.Id);
        Assert.Contains("Lê Thị Chi", shown.Document.QuerySelector("pre")!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain(shown.Document.QuerySelectorAll("a"), link => link.GetAttribute("href")!.Contains("trang-mau", StringComparison.Ordinal));

        // The digest of what was looked at goes along: another one is refused.
        var wrong = await approver.SubmitAsync(shown, $"/notices/{draft.Id}?handler=approve", ("digest", new string('0', 64)));
        Assert.NotNull((await approver.GetAsync(wrong.To!)).Alert);
        Assert.Equal(DispatchState.Drafted, (await house.Desk.NoticesAsync(draft.RequestId)).Single().Dispatch);

        var done = await approver.SubmitAsync("/notices/" + draft.Id, $"/notices/{draft.Id}?handler=approve");
        Assert.Equal((HttpStatusCode.Redirect, "/notices/" + draft.Id), (done.Status, done.To));
        var approved = (await house.Desk.NoticesAsync(draft.RequestId)).Single();
        Assert.Equal(("chi.le", DispatchState.Approved), (approved.ApprovedBy, approved.Dispatch));
        Assert.Contains("Lê Thị Chi", (await approver.GetAsync("/notices/" + draft.Id)).Document.QuerySelector("pre")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_request_shows_its_deadline_takes_an_answer_and_is_hidden_from_other_agencies()
    {
        await using var house = await ConsoleHouse.OpenAsync();
        var request = await house.Desk.DemandAsync();
        using var analyst = await house.VisitAsync("binh.tran");
        var board = await analyst.GetAsync("/board");
        Assert.Contains(request.Id, board.Text, StringComparison.Ordinal);
        Assert.Single(board.Document.QuerySelectorAll("svg[role=img]"));
        var path = "/requests/" + request.Id;
        Assert.Equal(path, (await analyst.SubmitAsync(path, path + "?handler=reply", ("code", "Removed"))).To);
        Assert.Equal("Removed", (await house.Desk.RequestAsync(request.Id)).ReplyCode);
        Assert.Contains("nói đã gỡ", (await analyst.GetAsync(path)).Text, StringComparison.Ordinal);

        using var other = await house.VisitAsync("giang.vo");
        Assert.Equal(HttpStatusCode.NotFound, (await other.GetAsync(path)).Status);
        Assert.DoesNotContain(request.Id, (await other.GetAsync("/board")).Text, StringComparison.Ordinal);

        // Late: the bar is full and says so.
        house.Desk.Later(30);
        using var later = await house.VisitAsync("chi.le");
        Assert.NotNull((await later.GetAsync("/board")).Document.QuerySelector("svg .late"));
    }

    [Fact]
    public async Task Police_hold_a_request_and_let_it_go()
    {
        await using var house = await ConsoleHouse.OpenAsync();
        var request = await house.Desk.DemandAsync();
        using var police = await house.VisitAsync("dung.pham");
        var path = "/requests/" + request.Id;
        await police.SubmitAsync(path, path + "?handler=hold", ("reason", "đang điều tra"));
        Assert.Equal(DemandState.OnHold, (await house.Desk.RequestAsync(request.Id)).Demand);
        await police.SubmitAsync(path, path + "?handler=release", ("reason", "xong"));
        Assert.Equal(DemandState.Open, (await house.Desk.RequestAsync(request.Id)).Demand);
        using var analyst = await house.VisitAsync("binh.tran");
        Assert.Empty((await analyst.GetAsync(path)).Document.QuerySelectorAll("form[action$='handler=hold']"));
    }

    [Fact]
    public async Task Many_are_approved_by_one_act_after_a_review_and_nothing_when_the_list_changed()
    {
        await using var house = await ConsoleHouse.OpenAsync();
        var one = await house.Desk.DraftAsync(DeskHouse.Url);
        var two = await house.Desk.DraftAsync(Other);
        using var approver = await house.VisitAsync("chi.le");
        var review = await approver.GetAsync($"/board/review?what=approve&id={one.Id}&id={two.Id}");
        Assert.Contains(Other, review.Text, StringComparison.Ordinal);
        var code = review.Document.QuerySelector("input[name=code]")!.GetAttribute("value")!;

        var changed = await approver.SubmitAsync($"/board/review?what=approve&id={one.Id}", "/board/review", ("code", code));
        Assert.NotNull((await approver.GetAsync(changed.To!)).Alert);
        Assert.Equal(DispatchState.Drafted, (await house.Desk.NoticesAsync(one.RequestId)).Single().Dispatch);

        var done = await approver.SubmitAsync(review, "/board/review");
        Assert.Equal(HttpStatusCode.OK, done.Status);
        Assert.Equal(2, done.Document.QuerySelectorAll(".tag.good").Length);
        Assert.Equal(DispatchState.Approved, (await house.Desk.NoticesAsync(one.RequestId)).Single().Dispatch);
        Assert.Equal(DispatchState.Approved, (await house.Desk.NoticesAsync(two.RequestId)).Single().Dispatch);
    }
}
