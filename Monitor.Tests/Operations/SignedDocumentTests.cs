using Monitor.Rules.Takedowns;
using Monitor.Worker.Notices;
using Monitor.Worker.Operations;

namespace Monitor.Tests.Operations;

/// <summary>Platforms that ask for a signed and sealed document: nothing leaves before the clerk's own is there.</summary>
public sealed class SignedDocumentTests
{
    private static readonly byte[] Signed = "%PDF-1.7 bản đã ký, đóng dấu\n%%EOF\n"u8.ToArray();

    [Fact]
    public async Task The_notice_waits_for_the_signed_document_and_goes_with_it_alone()
    {
        await using var desk = await DeskHouse.OpenAsync(rest: "required-vantages: [direct]\nrequires-signed-document: true");
        var draft = await desk.DraftAsync(DeskHouse.Url);
        Assert.Equal(DispatchState.AwaitingSignature, DeskHouse.Done(await desk.House.Takedowns.ApproveAsync(desk.As("chi.le"), draft.Id, DeskHouse.Token)).Dispatch);
        await desk.House.Sweeps.DispatchAsync(DeskHouse.Token);
        Assert.Empty(desk.Mail.Mails);

        var approved = (await desk.Store.FindNoticeAsync(draft.Id, Worker.Ports.AgencyScope.All, DeskHouse.Token))!;
        var ours = (await NoticeContents.ReadAsync(desk.House.Desk, approved, DeskHouse.Token))!.Pdf;
        var before = (await desk.House.Vault.ItemsOfAsync(draft.Id, DeskHouse.Token)).Count;
        async Task<string> Why(byte[] file, string number = "12/SKHCN-CNS", string person = "chi.le", string? reference = null) =>
            DeskHouse.Refused(await desk.House.Takedowns.SignedAsync(desk.As(person), reference ?? draft.Id, number, file, DeskHouse.Token));
        Assert.Equal("not-a-pdf", await Why("tệp khác"u8.ToArray()));
        Assert.Equal("not-a-pdf", await Why(Signed[..12]));
        Assert.Equal("not-signed", await Why(ours));
        Assert.Equal("document-number", await Why(Signed, number: " "));
        Assert.Equal("role-needed", await Why(Signed, person: "an.nguyen"));
        Assert.Equal("not-found", await Why(Signed, reference: "SKHCN-2026-09999"));
        Assert.Equal(before, (await desk.House.Vault.ItemsOfAsync(draft.Id, DeskHouse.Token)).Count);

        var done = DeskHouse.Done(await desk.House.Takedowns.SignedAsync(desk.As("chi.le"), draft.Id, "12/SKHCN-CNS", Signed, DeskHouse.Token));
        Assert.Equal((DispatchState.Approved, "12/SKHCN-CNS"), (done.Dispatch, done.DocumentNumber));
        Assert.Equal("notice-state", await Why(Signed));
        await desk.House.Sweeps.DispatchAsync(DeskHouse.Token);
        var mail = Assert.Single(desk.Mail.Mails);
        Assert.Equal(Signed, mail.Attachments.Single(one => one.Name.EndsWith(".pdf", StringComparison.Ordinal)).Content);
    }

    /// <summary>Neither media nor what is known of a child has a place in any form: the model that they are made of has none.</summary>
    [Fact]
    public async Task No_form_carries_media_page_text_or_what_was_confided()
    {
        const string Confided = "dau-hieu-kin-5512";
        await using var desk = await DeskHouse.OpenAsync();
        desk.Site.OnText("/u/hoa.mai/bai/1003", $"<!doctype html><title>Tiêu đề {Confided}</title><main><h1>{Confided}</h1><p>{string.Concat(Enumerable.Repeat("Cửa hàng bán đèn lồng xanh ở đầu phố. ", 20))}{Confided}</p><img src='data:image/gif;base64,R0lGODlhAQABAAAAACw='></main>");
        var url = $"http://{DeskHouse.Host}/u/hoa.mai/bai/1003";
        await desk.House.Intake.AddManyAsync(desk.As("an.nguyen"), [new IntakeItem { Url = url, WatchListId = "sample", Source = "test", Note = $"em bé {Confided}", Reporter = Confided }], DeskHouse.Token);
        await desk.House.Sweeps.InspectDueAsync(DeskHouse.Token);
        var target = (await desk.Store.FindTargetByUrlAsync(url, DeskHouse.Token))!;
        var notice = DeskHouse.Done(await desk.House.Cases.VerifyAsync(desk.As("binh.tran"), Ids.CaseOf(target.Id), new Verification("đã xem"), DeskHouse.Token)).Notice;
        var content = NoticeDrafter.Render(notice, desk.House.Desk.Configuration)!;
        using var pdf = UglyToad.PdfPig.PdfDocument.Open(content.Pdf);
        foreach (var form in new[] { content.Subject, content.Text, content.Html, System.Text.Encoding.UTF8.GetString(content.Xarf), string.Concat(pdf.GetPages().Select(page => page.Text)), notice.Model })
            Assert.DoesNotContain(Confided, form, StringComparison.Ordinal);
        Assert.DoesNotContain("base64", content.Html + content.Text + System.Text.Encoding.UTF8.GetString(content.Xarf), StringComparison.Ordinal);
        Assert.Empty(pdf.GetPages().SelectMany(page => page.GetImages()));
    }
}
