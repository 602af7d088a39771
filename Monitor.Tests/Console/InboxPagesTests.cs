using System.Net;
using Monitor.Rules.Replies;
using Monitor.Rules.Takedowns;
using Monitor.Tests.Mailbox;
using Monitor.Tests.Operations;
using Monitor.Worker.Ports;

namespace Monitor.Tests.Console;

public sealed class InboxPagesTests
{
    [Fact]
    public async Task An_answer_is_read_weighed_and_accepted_in_the_browser()
    {
        await using var house = await ConsoleHouse.OpenAsync();
        var request = await house.Desk.DemandAsync();
        var mail = await house.Desk.TakeInAsync(Messages.Answer("<b>Đã gỡ bỏ</b> nội dung.", $"In-Reply-To: <{(await house.Desk.NoticesAsync(request.Id))[0].MessageId}>"));
        using var analyst = await house.VisitAsync("an.nguyen");
        Assert.NotNull((await analyst.GetAsync("/")).Document.QuerySelector("a[href='/inbox'] .figure"));
        Assert.Contains(mail.Id, (await analyst.GetAsync("/inbox")).Text, StringComparison.Ordinal);
        var path = "/inbox/" + mail.Id;
        var shown = await analyst.GetAsync(path);
        Assert.Contains("nói đã gỡ", shown.Text, StringComparison.Ordinal);
        // The words stand nowhere before somebody asks for them, and that is written down.
        Assert.DoesNotContain("nội dung.", shown.Text, StringComparison.Ordinal);
        var read = await analyst.SubmitAsync(shown, path + "?handler=text");
        Assert.Contains("<b>Đã gỡ bỏ</b> nội dung.", read.Document.QuerySelector("pre")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("mail-read", (await house.Desk.Store.CustodyOfAsync(mail.Id, DeskHouse.Token)).Select(entry => entry.Act.Act));
        Assert.Equal("/inbox", (await analyst.SubmitAsync(path, path + "?handler=accept")).To);
        Assert.Equal((DemandState.Acknowledged, "Removed"), ((await house.Desk.RequestAsync(request.Id)).Demand, (await house.Desk.RequestAsync(request.Id)).ReplyCode));
        Assert.DoesNotContain(mail.Id, (await analyst.GetAsync("/inbox")).Document.QuerySelector("main table")?.TextContent ?? "", StringComparison.Ordinal);
        Assert.Contains(mail.Id, (await analyst.GetAsync("/inbox?all=true")).Text, StringComparison.Ordinal);

        using var other = await house.VisitAsync("giang.vo");
        Assert.Equal(HttpStatusCode.NotFound, (await other.GetAsync(path)).Status);
    }

    [Fact]
    public async Task What_belongs_to_nothing_is_matched_or_dismissed()
    {
        await using var house = await ConsoleHouse.OpenAsync();
        var request = await house.Desk.DemandAsync();
        var notice = (await house.Desk.NoticesAsync(request.Id))[0];
        var mail = await house.Desk.TakeInAsync(Messages.Answer("We removed it.", from: "x@khac.example"));
        var path = "/inbox/" + mail.Id;
        using var analyst = await house.VisitAsync("an.nguyen");
        Assert.Contains("chưa rõ trả lời văn bản nào", (await analyst.GetAsync(path)).Text, StringComparison.Ordinal);
        var wrong = await analyst.SubmitAsync(path, path + "?handler=match", ("notice", "KHONG-2026-00001"), ("reason", "thử"));
        Assert.NotNull((await analyst.GetAsync(wrong.To!)).Alert);
        await analyst.SubmitAsync(path, path + "?handler=match", ("notice", notice.Id), ("reason", "đúng địa chỉ trang"));
        Assert.Contains("KHÁC nơi nhận", (await analyst.GetAsync(path)).Text, StringComparison.Ordinal);
        await analyst.SubmitAsync(path, path + "?handler=dismiss", ("reason", "thư quảng cáo"));
        Assert.Equal(InboundState.Dismissed, (await house.Desk.Store.FindMailAsync(mail.Id, AgencyScope.All, DeskHouse.Token))!.State);
        Assert.Null((await analyst.GetAsync(path)).Document.QuerySelector("main form[action*=accept]"));
    }

    [Fact]
    public async Task The_pages_hold_in_both_languages_and_themes()
    {
        await using var house = await ConsoleHouse.OpenAsync();
        var request = await house.Desk.DemandAsync();
        var notice = (await house.Desk.NoticesAsync(request.Id))[0];
        var mail = await house.Desk.TakeInAsync(Messages.Answer("Một phần đã gỡ bỏ, phần còn lại không vi phạm. Mã yêu cầu: 778812", $"In-Reply-To: <{notice.MessageId}>"));
        var report = await house.Desk.TakeInAsync(Messages.Report("failed", "5.1.1", notice.To, null, notice.MessageId));
        await house.Desk.TakeInAsync(Messages.Answer("?", from: "rat-la-dai-dong-va-khong-co-cho-ngat@mot-ten-mien-rat-dai-khong-co-cho-ngat-o-dau-ca.example"));
        await using var browser = await Browser.StartAsync();
        var page = await browser.OpenAsync();
        await page.SignInAsync(house, "an.nguyen");
        foreach (var (language, theme) in new[] { ("vi", "light"), ("vi", "dark"), ("en", "light"), ("en", "dark") })
        {
            await page.LookAsync(house.Url, language, theme);
            foreach (var path in new[] { "/", "/inbox", "/inbox/" + mail.Id, "/inbox/" + report.Id, "/inbox/M000003" })
            {
                await page.GoAsync(house.Url + path);
                Assert.Empty((await page.AxeAsync()).Select(one => $"{path} {language} {theme}: {one}"));
                await Pictures.KeepAsync(page, path, language, theme);
            }
        }

        Assert.Empty(page.Complaints);
    }
}
