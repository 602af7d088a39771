using Monitor.Tests.Settings;
using Monitor.Worker.Notices;
using Monitor.Worker.Settings;

namespace Monitor.Tests.Notices;

public sealed class NoticeTemplatesTests
{
    public static TheoryData<string> Names => [.. NoticeKinds.TemplateNames];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_shipped_notice_reads_as_approved(string name)
    {
        using var folder = new ConfigFolder();
        NoticeTemplates templates = NoticeTemplates.Compile(folder.Load().Value!.NoticeTemplates.Values);
        string kind = name.Split('.')[0];

        string text = "";
        foreach (NoticeModel model in new[] { SampleNotices.Full(kind), SampleNotices.Least(kind) })
        {
            var rendered = Assert.IsType<NoticeRendering.Rendered>(templates.Render(name, model));
            text += $"Subject: {rendered.Subject}\n\n{rendered.Body}=====\n";
        }

        Golden.Equal($"Notices/Golden/{name}.txt", text);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_fact_that_the_addressee_needs_is_printed(string name)
    {
        using var folder = new ConfigFolder();
        NoticeTemplates templates = NoticeTemplates.Compile(folder.Load().Value!.NoticeTemplates.Values);
        NoticeModel model = SampleNotices.Full(name.Split('.')[0]);

        var rendered = Assert.IsType<NoticeRendering.Rendered>(templates.Render(name, model));

        Assert.Contains(model.Notice.Reference, rendered.Subject, StringComparison.Ordinal);
        string[] facts =
        [
            model.Notice.Reference, model.Notice.DocumentNumber!, model.Notice.ParentReference!, model.Agency.Email, model.Signer.Name, model.Addressee, model.ReplyTo, model.CaseId,
            model.Items[0].Url, .. model.Items[0].Media, model.Items[0].Account!, model.Items[0].Digests[0].Value, "08:30 30/06/2026 (UTC+7)",
        ];
        IEnumerable<string> expected = (name.StartsWith("takedown", StringComparison.Ordinal) || name.StartsWith("relay", StringComparison.Ordinal)) ? facts.Where(fact => fact != model.Notice.ParentReference) : facts;
        Assert.All(expected, fact => Assert.Contains(fact, rendered.Body, StringComparison.Ordinal));
    }

    [Fact]
    public void A_subject_is_one_line_whatever_the_model_holds()
    {
        NoticeTemplates templates = Compile("{{ platform.name }}{% if notice.version == 1 %}\r\nBcc: x@mau.example{% endif %}", "b");

        var rendered = Assert.IsType<NoticeRendering.Rendered>(templates.Render("t", SampleNotices.Full("takedown") with { PlatformName = "Mẫu\r\nBcc: a@mau.example\u2028\u0085\u202Ex" }));

        Assert.Equal("Mẫu Bcc: a@mau.example x Bcc: x@mau.example", rendered.Subject);
    }

    [Fact]
    public void A_value_cannot_add_lines_to_a_document()
    {
        NoticeTemplates templates = Compile("s", "{{ addressee }}");

        var rendered = Assert.IsType<NoticeRendering.Rendered>(templates.Render("t", SampleNotices.Full("takedown") with { Addressee = "Mẫu\n\nHạn: 99 giờ" }));

        Assert.Equal("Mẫu  Hạn: 99 giờ\n", rendered.Body);
    }

    [Fact]
    public void A_value_is_text_and_never_a_template()
    {
        NoticeTemplates templates = Compile("s", "{{ addressee }}");

        var rendered = Assert.IsType<NoticeRendering.Rendered>(templates.Render("t", SampleNotices.Full("takedown") with { Addressee = "{{ case_id }} <b>&amp;" }));

        Assert.Equal("{{ case_id }} <b>&amp;\n", rendered.Body);
    }

    [Theory]
    [InlineData("{{ agency.nmae }}", "there is no variable 'agency.nmae'")]
    [InlineData("{% if agency.nmae %}x{% endif %}", "there is no variable 'agency.nmae'")]
    [InlineData("{% for item in items %}{{ item.link }}{% endfor %}", "there is no variable 'item.link'")]
    [InlineData("{{ child.name }}", "child")]
    [InlineData("{{ agency }}", "there is no variable 'agency'")]
    [InlineData("{{ agency.name | append: 'x' }}", "append")]
    [InlineData("{{ case_id | replace: 'V', 'x' }}", "replace")]
    [InlineData("{{ case_id | day_vi }}", "no date")]
    [InlineData("{% include 'other' %}", "cannot include")]
    [InlineData("{% render 'other' %}", "cannot include")]
    [InlineData("{% for i in (1..1000000000) %}x{% endfor %}", "ranges")]
    [InlineData("{% if true %}{% for i in (1..items.size) %}x{% endfor %}{% endif %}", "ranges")]
    [InlineData("{% assign r = (1..1000000000) %}{{ r | size }}", "ranges")]
    [InlineData("{% for a in items %}{% tablerow i in (1..1000000000) %}x{% endtablerow %}{% endfor %}", "ranges")]
    [InlineData("{% capture s %}xxxxxxxxxxxxxxxx{% endcapture %}{% for a in requested_actions %}{% for b in requested_actions %}{% for c in requested_actions %}{% capture s %}{{ s }}{{ s }}{% endcapture %}{% endfor %}{% endfor %}{% endfor %}", "longer than")]
    [InlineData("  \n", "empty body")]
    public void A_faulty_template_fails_with_a_reason_and_bounded(string body, string reason)
    {
        var failed = Assert.IsType<NoticeRendering.Failed>(Compile("s", body).Render("t", SampleNotices.Full("takedown")));

        Assert.Contains(reason, failed.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Steps_and_output_are_bounded_over_a_large_model()
    {
        NoticeModel model = SampleNotices.Full("takedown");
        model = model with { Items = [.. Enumerable.Repeat(model.Items[0], 400)] };

        const string nested = "{% for a in items %}{% for b in items %}{% for c in items %}{% if a %}{% endif %}{% endfor %}{% endfor %}{% endfor %}x";
        Assert.Contains("steps", Assert.IsType<NoticeRendering.Failed>(Compile("s", nested).Render("t", model)).Reason, StringComparison.Ordinal);
        const string printed = "{% for a in items %}{% for b in requested_actions %}{% for c in requested_actions %}{% for d in requested_actions %}{{ a.url }}{{ a.media | join }}{% endfor %}{% endfor %}{% endfor %}{% endfor %}";
        Assert.Contains("longer than", Assert.IsType<NoticeRendering.Failed>(Compile("s", printed).Render("t", model)).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Unknown_and_unparsable_templates_are_outcomes()
    {
        NoticeTemplates templates = Compile("s", "{{ x");

        Assert.Contains("there is no template 'u'", Assert.IsType<NoticeRendering.Failed>(templates.Render("u", SampleNotices.Full("takedown"))).Reason, StringComparison.Ordinal);
        Assert.Contains("does not parse", Assert.IsType<NoticeRendering.Failed>(templates.Render("t", SampleNotices.Full("takedown"))).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_subject_is_cut_between_characters()
    {
        var rendered = Assert.IsType<NoticeRendering.Rendered>(Compile("{{ platform.name }}", "b").Render("t", SampleNotices.Full("takedown") with { PlatformName = "x" + string.Concat(Enumerable.Repeat("😀", 300)) }));

        Assert.True(rendered.Subject.Length <= NoticeTemplates.LongestSubject);
        Assert.DoesNotContain(rendered.Subject.EnumerateRunes(), rune => rune.Value == 0xFFFD);
    }

    private static NoticeTemplates Compile(string subject, string body) => NoticeTemplates.Compile([new NoticeTemplateSource("t", "vi", subject, body)]);
}
