using System.Text;
using System.Text.Json.Nodes;
using Monitor.Rules.Assessing;
using Monitor.Rules.Takedowns;
using Monitor.Tests.Channels;
using Monitor.Tests.Operations;
using Monitor.Worker.Notices;

namespace Monitor.Tests.Notices;

/// <summary>The machine's form of a notice: valid by the published schemas' rules, and refused when it is not.</summary>
public sealed class XarfTests
{
    private const string Good = """
        {"xarf_version":"4.0.0","report_id":"550e8400-e29b-41d4-a716-446655440000","timestamp":"2026-03-01T12:00:00Z","reporter":{"org":"Sở Mẫu","contact":"a@mau.example","domain":"mau.example"},
        "sender":{"org":"Sở Mẫu","contact":"a@mau.example","domain":"mau.example"},"source_identifier":"trang-mau.example","category":"content","type":"csam","url":"https://trang-mau.example/bai/1","classification":"baseline","detection_method":"manual_review"}
        """;

    private static async Task<(Notice Notice, NoticeContent Content)> DraftAsync(string category)
    {
        await using var house = await DeskHouse.OpenAsync(configure: config => config.Replace("watchlists/sample.yaml", "category: abuse-violence", "category: " + category));
        var notice = await house.DraftAsync(DeskHouse.Url);
        return (notice, NoticeDrafter.Render(notice, house.House.Desk.Configuration)!);
    }

    [Theory]
    [InlineData("sexual-abuse-material", "csam", "classification", "baseline")]
    [InlineData("self-generated-coerced", "csam", "classification", "baseline")]
    [InlineData("sexual-exploitation", "csem", "exploitation_type", "grooming")]
    [InlineData("trafficking-sale", "csem", "exploitation_type", "trafficking")]
    public async Task A_notice_has_its_report_and_the_report_holds(string category, string type, string field, string value)
    {
        var (notice, content) = await DraftAsync(category);
        Assert.Empty(XarfRules.Check(content.Xarf));
        var report = JsonNode.Parse(content.Xarf)!;
        Assert.Equal((type, value, DeskHouse.Url, notice.Id), ((string?)report["type"], (string?)report[field], (string?)report["url"], (string?)report["reference"]));
        Assert.Null(report["evidence"]);
        Assert.Equal(notice.ContentDigest, content.Digest);
    }

    [Theory]
    [InlineData("abuse-violence")]
    [InlineData("victim-identity-exposure")]
    public async Task What_the_format_has_no_type_for_has_no_report(string category) => Assert.Empty((await DraftAsync(category)).Content.Xarf);

    [Fact]
    public void Several_pages_are_an_array_and_a_retraction_is_nothing()
    {
        var notice = SampleNotice.Outgoing().Notice with { Category = Category.SexualAbuseMaterial };
        var model = SampleNotices.Full("takedown");
        var item = new Rules.Takedowns.NoticeItem { Url = "https://a.example/1", FirstSeenAt = notice.DraftedAt, LastSeenAt = notice.DraftedAt };
        var two = XarfReport.Of(notice with { Items = [item, item with { Url = "https://a.example/2" }] }, model);
        Assert.Empty(XarfRules.Check(two));
        Assert.Equal(2, JsonNode.Parse(two)!.AsArray().Select(report => (string?)report!["report_id"]).Distinct().Count());
        Assert.Empty(XarfReport.Of(notice with { Kind = NoticeKind.Retraction, Items = [item] }, model));
    }

    [Fact]
    public void The_sample_of_the_rules_holds() => Assert.Empty(XarfRules.Check(Encoding.UTF8.GetBytes(Good)));

    [Theory]
    [InlineData("\"4.0.0\"", "\"3\"", "xarf_version: format")]
    [InlineData("550e8400-e29b-41d4-a716-446655440000", "1", "report_id: format")]
    [InlineData("2026-03-01T12:00:00Z", "hôm qua", "timestamp: format")]
    [InlineData("\"source_identifier\":\"trang-mau.example\",", "", "source_identifier: missing")]
    [InlineData("\"csam\"", "\"spam\"", "type: not-one-of")]
    [InlineData("\"csam\"", "\"csem\"", "exploitation_type: missing")]
    [InlineData("\"baseline\"", "\"C9\"", "classification: not-one-of")]
    [InlineData("\"manual_review\"", "7", "detection_method: not-text")]
    [InlineData("https://trang-mau.example/bai/1", "không phải địa chỉ", "url: format")]
    [InlineData("\"url\"", "\"evidence\":[],\"url\"", "evidence: never-with-media")]
    [InlineData("\"url\"", "\"hash_values\":{\"sha256\":\"12\"},\"url\"", "hash_values.sha256: format")]
    public void What_does_not_hold_is_told_by_field(string old, string put, string problem) =>
        Assert.Contains(problem, XarfRules.Check(Encoding.UTF8.GetBytes(Good.Replace(old, put, StringComparison.Ordinal))).Select(one => one.ToString()));

    [Fact]
    public void What_is_no_json_is_told() => Assert.Equal("not-json", Assert.Single(XarfRules.Check("{"u8.ToArray())).Code);
}
