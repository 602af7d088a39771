using System.Net;
using Monitor.Rules.Cases;
using Monitor.Rules.Takedowns;
using Monitor.Tests.Operations;
using Monitor.Worker.Operations;

namespace Monitor.Tests.Console;

public sealed class CasePagesTests
{
    [Fact]
    public async Task From_the_queue_to_the_sent_notice_by_two_people()
    {
        await using var house = await ConsoleHouse.OpenAsync();
        await FlaggedAsync(house);
        using var analyst = await house.VisitAsync("binh.tran");
        var queue = await analyst.GetAsync("/triage");
        Assert.Contains("C000001", queue.Text, StringComparison.Ordinal);
        Assert.Null(queue.Document.QuerySelector("a[href^='http']"));
        var page = await analyst.GetAsync("/cases/C000001");
        Assert.Contains(DeskHouse.Url, page.Text, StringComparison.Ordinal);
        Assert.Contains("còn tồn tại", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(DeskHouse.Host, page.Document.Title, StringComparison.Ordinal);

        Assert.Equal("/cases/C000001", (await analyst.SubmitAsync("/cases/C000001", "/cases/C000001?handler=triage", ("reason", ""))).To);
        Assert.Contains("lý do", (await analyst.GetAsync("/cases/C000001")).Alert, StringComparison.OrdinalIgnoreCase);
        await analyst.SubmitAsync("/cases/C000001", "/cases/C000001?handler=triage", ("reason", "đáng xem"));
        Assert.Equal(CaseState.AwaitingVerification, (await house.Desk.Store.FindCaseAsync("C000001", house.Desk.As("binh.tran").Scope, DeskHouse.Token))!.State);
        await analyst.SubmitAsync("/cases/C000001", "/cases/C000001?handler=verify", ("reason", "đã xem"), ("category", "AbuseOrViolence"), ("basis", ""));
        var reference = Assert.Single(await house.Desk.NoticesAsync("R000001-1")).Id;
        Assert.Contains(reference, (await analyst.GetAsync("/cases/C000001")).Text, StringComparison.Ordinal);

        // Whoever verified may look and may not approve; another person does, after showing who they are.
        var own = await analyst.GetAsync("/notices/" + reference);
        Assert.Null(own.Document.QuerySelector("form[action*='approve']"));
        using var approver = await house.VisitAsync("chi.le");
        var shown = await approver.GetAsync("/notices/" + reference);
        Assert.Contains("Lê Thị Chi", shown.Text, StringComparison.Ordinal);
        Assert.Equal("%PDF"u8.ToArray(), (await approver.GetAsync($"/notices/{reference}?handler=pdf")).Body[..4]);
        house.Desk.Later(0.3);
        Assert.StartsWith("/confirm", (await approver.SubmitAsync(shown, $"/notices/{reference}?handler=approve")).To, StringComparison.Ordinal);
        await approver.SubmitAsync("/confirm?next=/notices/" + reference, null, ("password", ConsoleHouse.Password));
        await approver.SubmitAsync("/notices/" + reference, $"/notices/{reference}?handler=approve");
        await house.Desk.House.Sweeps.DispatchAsync(DeskHouse.Token);
        var sent = Assert.Single(house.Desk.Mail.Mails);
        Assert.Equal(shown.Document.QuerySelector("pre")!.TextContent.Trim(), sent.Text.Trim());
        Assert.Contains("R000001-1", (await approver.GetAsync("/board")).Text, StringComparison.Ordinal);
        Assert.Equal(DispatchState.Sent, Assert.Single(await house.Desk.NoticesAsync("R000001-1")).Dispatch);
    }

    [Fact]
    public async Task A_dismissal_and_a_cancelled_draft_are_told_and_kept()
    {
        await using var house = await ConsoleHouse.OpenAsync();
        await FlaggedAsync(house);
        using var analyst = await house.VisitAsync("binh.tran");
        Assert.Equal("/triage", (await analyst.SubmitAsync("/cases/C000001", "/cases/C000001?handler=dismiss", ("reason", "nhầm"))).To);
        Assert.Contains("C000001", (await analyst.GetAsync("/triage")).Document.QuerySelector("[role=status]")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("C000001", (await analyst.GetAsync("/triage?state=Dismissed")).Text, StringComparison.Ordinal);

        var draft = await house.Desk.DraftAsync($"http://{DeskHouse.Host}/u/hoa.mai/bai/1002");
        await analyst.SubmitAsync("/notices/" + draft.Id, $"/notices/{draft.Id}?handler=cancel", ("reason", "soạn nhầm"));
        Assert.Equal(DispatchState.Cancelled, (await house.Desk.Store.FindNoticeAsync(draft.Id, Worker.Ports.AgencyScope.All, DeskHouse.Token))!.Dispatch);
    }

    /// <summary>Pages × people: what is there for them is shown, what is not is not there.</summary>
    [Theory]
    [InlineData("an.nguyen", true)]
    [InlineData("binh.tran", true)]
    [InlineData("chi.le", true)]
    [InlineData("dung.pham", true)]
    [InlineData("hanh.dang", true)]
    [InlineData("giang.vo", false)]
    [InlineData("quan.tri", false)]
    public async Task Cases_are_for_those_who_work_on_them(string person, bool sees)
    {
        await using var house = await ConsoleHouse.OpenAsync();
        await house.Desk.DraftAsync(DeskHouse.Url);
        using var visitor = await house.VisitAsync(person);
        foreach (var path in new[] { "/triage", "/cases/C000001" })
            Assert.Equal((path, sees ? HttpStatusCode.OK : HttpStatusCode.NotFound), (path, (await visitor.GetAsync(path)).Status));
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.GetAsync("/cases/C000099")).Status);
        Assert.Equal(sees, (await visitor.GetAsync("/")).Document.QuerySelector(".rail a[href='/triage']") is not null);
    }

    [Fact]
    public async Task Pages_of_work_hold_in_a_browser_in_both_languages_and_themes()
    {
        await using var house = await ConsoleHouse.OpenAsync();
        var draft = await house.Desk.DraftAsync(DeskHouse.Url);
        await FlaggedAsync(house, "1002");
        await using var browser = await Browser.StartAsync();
        var page = await browser.OpenAsync();
        await page.SignInAsync(house, "binh.tran");
        foreach (var (language, theme) in new[] { ("vi", "light"), ("en", "dark") })
        {
            await page.LookAsync(house.Url, language, theme);
            foreach (var path in new[] { "/", "/triage", "/cases/C000001", "/cases/C000002", "/board", "/notices/" + draft.Id })
            {
                await page.GoAsync(house.Url + path);
                Assert.Empty((await page.AxeAsync()).Select(one => $"{path} {language} {theme}: {one}"));
                await Pictures.KeepAsync(page, path, language, theme);
                Assert.True((await page.EvaluateAsync("document.documentElement.scrollWidth <= innerWidth")).GetBoolean(), $"{path} is wider than the window");
            }
        }

        // Triage without a mouse.
        await page.LookAsync(house.Url, "vi", "light");
        await page.PressAsync("1", loads: true);
        await page.PressAsync("n", loads: true);
        await page.PressAsync("t");
        await page.TypeAsync("đáng xem");
        await page.PressAsync("Enter", loads: true);
        Assert.Contains("đã chuyển xác minh", await page.TextAsync("[role=status]"), StringComparison.Ordinal);
        Assert.Empty(page.Complaints);
    }

    private static async Task FlaggedAsync(ConsoleHouse house, string post = "1001")
    {
        var url = $"http://{DeskHouse.Host}/u/hoa.mai/bai/{post}";
        house.Desk.Site.OnText(new Uri(url).AbsolutePath, Pipeline.VantageHouse.Page);
        await house.Desk.House.Intake.AddManyAsync(house.Desk.As("an.nguyen"), [new IntakeItem { Url = url, WatchListId = "sample", Source = "test" }], DeskHouse.Token);
        await house.Desk.House.Sweeps.InspectDueAsync(DeskHouse.Token);
    }
}
