using System.Net;
using Monitor.Tests.Operations;
using Monitor.Worker.Operations;

namespace Monitor.Tests.Console;

public sealed class IntakeAndCustodyTests
{
    [Fact]
    public async Task A_report_is_taken_in_and_what_was_typed_stays_when_it_is_refused()
    {
        await using var house = await ConsoleHouse.OpenAsync();
        using var hotline = await house.VisitAsync("giang.vo");
        var refused = await hotline.SubmitAsync("/intake", "/intake", ("url", "khong phai dia chi"), ("source", "111"), ("note", "người báo thấy đèn lồng xanh"), ("list", "sample"));
        Assert.Equal(HttpStatusCode.OK, refused.Status);
        Assert.NotNull(refused.Alert);
        Assert.Equal("người báo thấy đèn lồng xanh", refused.Document.QuerySelector("textarea[name=note]")!.TextContent);
        Assert.Equal("khong phai dia chi", refused.Document.QuerySelector("input[name=url]")!.GetAttribute("value"));
        Assert.Equal(0, await house.Desk.Store.CountTargetsAsync(DeskHouse.Token));

        var taken = await hotline.SubmitAsync("/intake", "/intake", ("url", DeskHouse.Url), ("source", "111"), ("channel", "điện thoại"), ("note", "ghi chú"), ("list", "sample"));
        Assert.Equal("/intake", taken.To);
        Assert.Contains("T000001", (await hotline.GetAsync("/intake")).Text, StringComparison.Ordinal);
        var report = Assert.Single(await house.Desk.Store.ReportsOfTargetAsync("T000001", DeskHouse.Token));
        Assert.Equal(("111 / điện thoại", "giang.vo"), (report.Source, report.By));
        Assert.NotNull(report.NoteItem);
    }

    [Fact]
    public async Task Danger_alerts_the_police_before_the_page_answers()
    {
        await using var house = await ConsoleHouse.OpenAsync();
        using var hotline = await house.VisitAsync("giang.vo");
        var taken = await hotline.SubmitAsync("/intake", "/intake", ("url", DeskHouse.Url), ("source", "111"), ("list", "sample"), ("danger", "true"));
        Assert.StartsWith("/intake?alert=A", taken.To, StringComparison.Ordinal);
        Assert.Contains(house.Desk.Mail.Mails, mail => mail.To.Contains("truc-ban", StringComparison.Ordinal));
        Assert.Contains("Đã báo công an trực", (await hotline.GetAsync(taken.To!)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Inspectors_read_the_log_check_it_and_take_proofs_away()
    {
        await using var house = await ConsoleHouse.OpenAsync();
        await house.Desk.DraftAsync(DeskHouse.Url);
        using var inspector = await house.VisitAsync("hanh.dang");
        DeskHouse.Done(await house.Desk.House.Checkpoints.PublishAsync(Actor.System, "", DeskHouse.Token));
        var log = await inspector.GetAsync("/custody");
        var numbers = log.Document.QuerySelectorAll("td.number a").Select(link => int.Parse(link.TextContent, System.Globalization.CultureInfo.InvariantCulture)).ToList();
        Assert.True(numbers.Count > 5);
        Assert.Equal(numbers.OrderDescending(), numbers);
        var verified = await inspector.GetAsync("/custody?person=binh.tran");
        Assert.All(verified.Document.QuerySelectorAll("tbody tr td:nth-child(3)"), cell => Assert.Equal("binh.tran", cell.TextContent));
        Assert.Contains("xác minh", verified.Text, StringComparison.Ordinal);
        Assert.NotEmpty((await inspector.GetAsync("/custody?item=T000001")).Document.QuerySelectorAll("tbody tr"));

        Assert.Contains("#1", (await inspector.GetAsync("/custody/1")).Text, StringComparison.Ordinal);
        Assert.StartsWith("c2sp.org/tlog-proof@v1\nindex 0\n", (await inspector.GetAsync("/custody/1?handler=proof")).Html, StringComparison.Ordinal);
        Assert.Equal("{\"act\":", (await inspector.GetAsync("/custody/1?handler=bytes")).Html[..7]);
        Assert.Equal(HttpStatusCode.OK, (await inspector.GetAsync("/custody?handler=checkpoint")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await inspector.GetAsync("/custody/999999")).Status);

        await inspector.SubmitAsync("/custody", "/custody?handler=check");
        var checkedAt = await inspector.GetAsync("/custody");
        while (checkedAt.Document.QuerySelector("progress") is not null)
        {
            await Task.Delay(50, DeskHouse.Token);
            checkedAt = await inspector.GetAsync("/custody");
        }

        Assert.Contains("Nguyên vẹn", checkedAt.Text, StringComparison.Ordinal);
    }
}
