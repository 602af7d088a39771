using System.Text;
using System.Text.RegularExpressions;
using AngleSharp.Html.Parser;
using Monitor.Rules.Takedowns;
using Monitor.Tests.Operations;
using Monitor.Worker.Notices;
using Monitor.Worker.Printing;
using UglyToad.PdfPig;

namespace Monitor.Tests.Notices;

/// <summary>The same statement as text, HTML and PDF: nothing more, nothing less, and the same bytes each time.</summary>
public sealed partial class NoticeFormsTests
{
    private const string Hostile = "\"><script>alert(1)</script><img src=http://x.example/>";

    /// <summary>
    /// What a notice must say for a provider to have actual knowledge (Regulation (EU) 2022/2065, Art. 16(2)) and what an order must contain (Art. 9(2)), as far as a notice can:
    /// the reasons, the exact place, who speaks, good faith by the verification, legal basis, territory and redress go into the addressee's own words.
    /// </summary>
    public static TheoryData<string, int> Cases()
    {
        var data = new TheoryData<string, int>();
        foreach (var kind in NoticeKinds.TemplateNames)
        {
            for (var size = 0; size < 3; size++)
                data.Add(kind, size);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Every_field_stands_in_every_form(string template, int size)
    {
        var (notice, model) = Make(template, size);
        var blocks = NoticeDocument.Of(notice, model);
        var html = NoticeHtml.Of(notice, blocks);
        var document = new HtmlParser().ParseDocument(html);
        var shown = Plain(document.Body!.TextContent);
        var printed = Printed(NoticePdf.Of(blocks, OfficialFonts.Find()!));
        var vi = notice.Language == "vi";
        List<string> fields =
        [
            notice.Id,                                                         // 9(2)(a)(iv): reference
            vi ? model.Agency.Name : model.Agency.NameEnglish,                 // 16(2)(c), 9(2)(a)(v): who speaks
            model.Addressee,
            model.ReplyTo.Length > 0 && template.StartsWith("retraction", StringComparison.Ordinal) ? model.Addressee : model.ReplyTo,
            model.Signer.Name,
            .. model.Items.Select(item => item.Url),                           // 16(2)(b), 9(2)(a)(iii): exact location
        ];
        if (template.StartsWith("takedown", StringComparison.Ordinal))
        {
            fields.Add(vi ? model.CategoryVietnamese : model.CategoryEnglish);     // 16(2)(a): why it is illegal
            fields.Add(vi ? model.Basis.Citation : model.Basis.CitationEnglish);   // 9(2)(a)(i): legal basis
            fields.Add(model.DeadlineHours.ToString(System.Globalization.CultureInfo.InvariantCulture));
            fields.AddRange(model.Items.SelectMany(item => item.Media));
            fields.AddRange(model.Items.SelectMany(item => item.Digests).Select(digest => digest.Value));
            fields.AddRange(model.Items.Select(item => item.Account).OfType<string>());
        }

        foreach (var field in fields)
        {
            Assert.Contains(Plain(field), Plain(notice.Body), StringComparison.OrdinalIgnoreCase);
            Assert.Contains(Plain(field), shown, StringComparison.OrdinalIgnoreCase);
            Assert.Contains(Letters(field), printed, StringComparison.OrdinalIgnoreCase);
        }

        // Every word of the text stands in the other two, in whatever order the official form wants it.
        foreach (var line in notice.Body.Split('\n').Select(line => line.Trim(' ', '-')).Where(line => line.Any(char.IsLetterOrDigit)))
        {
            Assert.Contains(Plain(line), shown, StringComparison.OrdinalIgnoreCase);
            Assert.Contains(Letters(line), printed, StringComparison.OrdinalIgnoreCase);
        }

        Assert.Empty(document.QuerySelectorAll("a, img, script, link, iframe, form, object"));
        Assert.DoesNotContain("http", string.Concat(document.QuerySelectorAll("*").SelectMany(one => one.Attributes).Select(one => one.Value)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("takedown.vi", 0)]
    [InlineData("takedown.vi", 1)]
    [InlineData("takedown.vi", 2)]
    [InlineData("takedown.en", 0)]
    [InlineData("takedown.en", 1)]
    [InlineData("takedown.en", 2)]
    public void Every_field_stands_in_the_machines_form_too(string template, int size)
    {
        var (notice, model) = Make(template, size);
        notice = notice with
        {
            Category = Monitor.Rules.Assessing.Category.SexualAbuseMaterial,
            Items = [.. model.Items.Select(item => new Monitor.Rules.Takedowns.NoticeItem
            {
                Url = item.Url,
                Media = item.Media,
                Digests = [.. item.Digests.Select(digest => Monitor.Rules.Hashing.Digest.TryParse(digest.Value, out var read) ? read : throw new InvalidOperationException(digest.Value))],
                FirstSeenAt = Contracts.Rows.Noon,
                LastSeenAt = Contracts.Rows.Noon,
            })],
        };
        var bytes = XarfReport.Of(notice, model);
        Assert.Empty(XarfRules.Check(bytes));
        using var json = System.Text.Json.JsonDocument.Parse(bytes);
        var reports = json.RootElement.ValueKind == System.Text.Json.JsonValueKind.Array ? json.RootElement.EnumerateArray().ToList() : [json.RootElement];
        Assert.Equal(notice.Items.Count, reports.Count);
        foreach (var (report, item) in reports.Zip(notice.Items))
        {
            string Text(string name) => report.GetProperty(name).GetString()!;
            Assert.Equal((item.Url, "content", "csam", notice.Id), (Text("url"), Text("category"), Text("type"), Text("reference")));     // 16(2)(a), (b); 9(2)(a)(iii), (iv)
            Assert.Equal(model.Basis.CitationEnglish, Text("legal_basis"));                                                              // 9(2)(a)(i)
            Assert.Equal(model.DeadlineHours, report.GetProperty("deadline_hours").GetInt32());
            Assert.Equal((model.Agency.NameEnglish, model.Agency.Email), (report.GetProperty("reporter").GetProperty("org").GetString(), report.GetProperty("reporter").GetProperty("contact").GetString()));   // 16(2)(c), 9(2)(a)(v)
            Assert.Equal(model.RequestedActions, report.GetProperty("requested_actions").EnumerateArray().Select(one => one.GetString()));
            Assert.Equal(item.Media, report.TryGetProperty("media_urls", out var media) ? media.EnumerateArray().Select(one => one.GetString()) : []);
            Assert.Equal(item.Digests.Count > 0 ? item.Digests[0].ToString() : null, report.TryGetProperty("hash_values", out var hashes) ? hashes.GetProperty("sha256").GetString() : null);
            Assert.Equal(model.Checkpoint, report.TryGetProperty("custody_checkpoint", out var checkpoint) ? checkpoint.GetString() : null);
            Assert.False(report.TryGetProperty("evidence", out _));
        }
    }

    [Fact]
    public async Task One_mail_carries_every_form_with_the_same_fields()
    {
        // A category that X-ARF has a type for.
        await using var desk = await DeskHouse.OpenAsync(configure: config => config.Replace("watchlists/sample.yaml", "category: abuse-violence", "category: sexual-abuse-material"));
        var request = await desk.DemandAsync();
        var notice = (await desk.NoticesAsync(request.Id))[0];
        var mail = Assert.Single(desk.Mail.Mails);
        Assert.Null(Monitor.Worker.Channels.MailComposer.TryCompose(mail, Contracts.Rows.Noon, out var message));
        using (message)
        {
            byte[] Attached(string type)
            {
                using var stream = new MemoryStream();
                Assert.IsType<MimeKit.MimePart>(message.Attachments.Single(one => one.ContentType.IsMimeType("application", type))).Content!.DecodeTo(stream);
                return stream.ToArray();
            }

            var forms = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["text"] = Plain(message.TextBody!),
                ["html"] = Plain(new HtmlParser().ParseDocument(message.HtmlBody!).Body!.TextContent),
                ["pdf"] = Printed(Attached("pdf")),
                ["x-arf"] = Encoding.UTF8.GetString(Attached("json")),
            };
            Assert.Contains(notice.Id, message.Subject, StringComparison.Ordinal);
            foreach (var (form, said) in forms)
            {
                foreach (var field in new[] { notice.Id, DeskHouse.Url }.Concat(notice.Items[0].Media))
                    Assert.True(said.Contains(form == "pdf" ? Letters(field) : field, StringComparison.OrdinalIgnoreCase), $"{form} lacks {field}");
            }
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n\n\n")]
    [InlineData("\0\u0001\u001b[2J\ud800\u202e\ufeff")]
    [InlineData("một dòng")]
    [InlineData("--- \n- \n- - -\n1.\n")]
    [InlineData("<table><tr><td>{{ x }}</td></tr>")]
    public void Whatever_a_template_says_becomes_a_page_or_a_clear_refusal(string text)
    {
        var (notice, model) = Make("takedown.vi", 1);
        foreach (var body in new[] { text, string.Concat(Enumerable.Repeat(text + "x", 2000)), notice.Body + text, text + notice.Body })
        {
            var odd = notice with { Body = body };
            var blocks = NoticeDocument.Of(odd, model);
            var html = new HtmlParser().ParseDocument(NoticeHtml.Of(odd, blocks));
            Assert.Empty(html.QuerySelectorAll("script, img, iframe, link"));
            using var pdf = PdfDocument.Open(NoticePdf.Of(blocks, OfficialFonts.Find()!));
            Assert.InRange(pdf.NumberOfPages, 1, 500);
        }
    }

    [Fact]
    public async Task What_is_approved_is_what_was_drafted_and_what_is_sent()
    {
        await using var desk = await DeskHouse.OpenAsync();
        await desk.House.Sweeps.HeartbeatAsync(DeskHouse.Token);
        await desk.House.Checkpoints.WorkAsync(DeskHouse.Token);
        var notice = await desk.DraftAsync(DeskHouse.Url);
        var content = NoticeDrafter.Render(notice, desk.House.Desk.Configuration)!;
        Assert.Equal((notice.ContentDigest, NoticeDrafter.Render(notice, desk.House.Desk.Configuration)!.Digest), (content.Digest, content.Digest));
        DeskHouse.Done(await desk.House.Takedowns.ApproveAsync(desk.As("chi.le"), notice.Id, DeskHouse.Token));
        await desk.House.Sweeps.DispatchAsync(DeskHouse.Token);
        var mail = Assert.Single(desk.Mail.Mails);
        Assert.Equal((content.Text, content.Html), (mail.Text, mail.Html));
        Assert.Equal(content.Pdf, mail.Attachments.Single(one => one.Name.EndsWith(".pdf", StringComparison.Ordinal)).Content);

        // The newest signed checkpoint travels with it: whoever keeps the mail can show what our log was.
        var checkpoint = (await desk.Store.LatestCheckpointAsync(DeskHouse.Token))!;
        Assert.Contains(checkpoint.Note.Trim('\n'), mail.Text, StringComparison.Ordinal);
        Assert.Contains(checkpoint.Root is { } root ? Convert.ToBase64String(Convert.FromHexString(root.ToString())) : "", mail.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_draft_of_before_there_were_forms_is_sent_as_it_was_drafted()
    {
        await using var desk = await DeskHouse.OpenAsync();
        var notice = (await desk.DraftAsync(DeskHouse.Url)) with { Typeset = false };
        var content = NoticeDrafter.Render(notice, desk.House.Desk.Configuration)!;
        Assert.Equal(("", 0), (content.Html, content.Pdf.Length));
    }

    [Fact]
    public void What_pages_say_of_themselves_is_text_and_nothing_else()
    {
        var (notice, model) = Make("takedown.vi", 1);
        model = model with { Addressee = "Bộ phận " + Hostile, Items = [model.Items[0] with { Url = "http://x.example/" + Hostile }] };
        notice = notice with { Body = notice.Body.Replace("Bộ phận pháp lý Nền tảng Mẫu", model.Addressee, StringComparison.Ordinal).Replace("https://mau.example/bai/1", model.Items[0].Url, StringComparison.Ordinal) };
        var html = NoticeHtml.Of(notice, NoticeDocument.Of(notice, model));
        Assert.Empty(new HtmlParser().ParseDocument(html).QuerySelectorAll("script, img"));
        Assert.Contains("<script>", new HtmlParser().ParseDocument(html).Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void A_hundred_pages_and_endless_addresses_fit_on_paper_with_the_signature_whole()
    {
        var (notice, model) = Make("takedown.vi", 2);
        var pdf = NoticePdf.Of(NoticeDocument.Of(notice, model), OfficialFonts.Find()!);
        using var file = PdfDocument.Open(pdf);
        Assert.InRange(file.NumberOfPages, 3, 60);
        var last = Letters(string.Concat(file.GetPages().Where(page => page.Text.Contains("Nơi nhận", StringComparison.Ordinal)).Select(page => page.Text)));
        Assert.Contains(Letters(model.Signer.Name), last, StringComparison.Ordinal);
        if (Environment.GetEnvironmentVariable("MONITOR_PICTURES") is { Length: > 0 } pictures)
            File.WriteAllBytes(Path.Combine(Directory.CreateDirectory(pictures).FullName, "notice-many.pdf"), pdf);
    }

    /// <param name="size">0: as little as there can be; 1: everything once; 2: a hundred pages with addresses of 2,000 characters.</param>
    private static (Notice Notice, NoticeModel Model) Make(string template, int size)
    {
        var parts = template.Split('.');
        var model = size == 0 ? SampleNotices.Least(parts[0]) : SampleNotices.Full(parts[0]);
        if (size == 2)
        {
            model = model with
            {
                Addressee = "Bộ phận tiếp nhận yêu cầu của cơ quan có thẩm quyền, Công ty cổ phần nền tảng chia sẻ hình ảnh và âm thanh Mẫu Việt Nam",
                Items = [.. Enumerable.Range(1, 100).Select(i => model.Items[0] with { Url = $"https://mau.example/bai/{i}?q=" + new string('a', i == 50 ? 2000 : 20), Account = "tai.khoan." + i })],
            };
        }

        var sources = Monitor.Tests.Architecture.SourceTree.Of("config", "notices", template + ".liquid");
        var text = File.ReadAllText(sources).ReplaceLineEndings("\n");
        var rendered = Assert.IsType<NoticeRendering.Rendered>(NoticeTemplates.Compile([new Monitor.Worker.Settings.NoticeTemplateSource(template, parts[1], "[{{ notice.reference }}]", text[(text.IndexOf("\n\n", StringComparison.Ordinal) + 2)..])]).Render(template, model));
        var notice = Contracts.Rows.Notice(1, "R000001-1") with { Id = model.Notice.Reference, Language = parts[1], Subject = rendered.Subject, Body = rendered.Body, Typeset = true };
        return (notice, model);
    }

    private static string Plain(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    /// <summary>Lines of a page are broken where they must be: only what is printed counts.</summary>
    private static string Letters(string text) => Blank().Replace(text.Normalize(NormalizationForm.FormC), "");

    private static string Printed(byte[] pdf)
    {
        using var file = PdfDocument.Open(pdf);
        // Page numbers stand between the lines of an item that goes over.
        return Letters(string.Concat(file.GetPages().Select((page, i) => i > 0 ? page.Text[(i + 1).ToString(System.Globalization.CultureInfo.InvariantCulture).Length..] : page.Text)));
    }

    [GeneratedRegex(@"[\s–-]+", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Blank();
}
