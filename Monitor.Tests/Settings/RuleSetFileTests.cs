using System.Globalization;
using System.Reflection;
using Monitor.Rules.Assessing;
using Monitor.Rules.Matching;
using Monitor.Rules.Removal;
using Monitor.Rules.RuleSets;
using Monitor.Rules.RuleSets.Conditions;
using Monitor.Rules.Text;
using Monitor.Worker.Settings;
using Monitor.Worker.Settings.Problems;
using Monitor.Worker.Settings.Schemas;

namespace Monitor.Tests.Settings;

public sealed class RuleSetFileTests
{
    private const string Id = "0b9c3a60-3f0d-4f6c-9a57-2f8b6f0a1c11";

    [Fact]
    public void Every_key_of_a_rule_and_every_kind_of_condition_is_read()
    {
        RuleSet set = Read($$"""
            id: all
            version: "3"
            title: Đủ mọi thứ
            rules:
              - id: {{Id.ToUpperInvariant()}}
                title: Đủ
                description: |
                  hai
                  dòng
                category: trafficking-sale
                level: informational
                status: deprecated
                author: An
                date: 2026-01-02
                modified: 2026-02-03
                references: [https://a.example/x]
                falsepositives: [chợ thật]
                related:
                  - { type: merged, id: OLD }
                guidance: shared
                condition:
                  all:
                    - at-least: 2
                      of:
                        - keywords: một
                        - { keywords: [a lô, b lô, c lô], need: 2, times: { at-least: 2, at-most: 9 }, strength: strong }
                        - { patterns: ['xin chào [0-9]+'], times: 3 }
                    - near: { first: [đèn], second: { keywords: [nến], patterns: ['l.ng'] }, within: 7, unit: characters, ordered: true }
                    - any:
                        - url: { domains: [lantern.example, vn], hosts: [a.example], path-starts: [/t], path-contains: [x], path-ends: [.html], query-names: [id] }
                        - { element: "footer a[rel~=nofollow]", count: 2 }
                        - media: { kinds: [video], domains: [cdn.example], parts: [main, comment], external: true, count: { at-most: 3 } }
                        - links: { domains: k.example, path-contains: [vao], rel: [ugc], parts: [footer], external: false, count: { at-least: 1, at-most: 2 } }
                        - hash: { banks: [north], max-distance: 12, opinions: [positive, disputed], count: 2 }
                        - score: { name: text, at-least: 0.25, at-most: 0.75 }
                    - not: { keywords: [nến], need: all }
                must-match:
                  - { text: x, title: T, url: 'https://a.example/', links: [{ url: 'https://b.example/', text: b, rel: UGC, part: footer }], media: ['https://c.example/i'], inputs: [password], frames: ['https://d.example/'], facts: { OG:type: video }, hashes: [{ bank: north, distance: 3, opinion: disputed }], scores: { text: 0.5 } }
                  - chỉ chữ
                must-not-match:
                  - url: https://a.example/
            """, new Dictionary<string, string> { ["shared"] = "trang chung", ["other"] = "không ai dùng" }).Set!;

        Rule rule = Assert.Single(set.Rules);
        Assert.Equal(("all", "3", "Đủ mọi thứ", 64), (set.Name, set.Version, set.Title, set.Digest.Length));
        Assert.Equal((Id, "hai\ndòng\n", Category.TraffickingOrSale, Severity.None, RuleStatus.Deprecated, "An"), (rule.Id, rule.Description, rule.Category, rule.Severity, rule.Status, rule.Author));
        Assert.Equal((new DateOnly(2026, 1, 2), new DateOnly(2026, 2, 3), "trang chung"), (rule.Date, rule.Modified, rule.Guidance));
        Assert.Equal(["https://a.example/x"], rule.References);
        Assert.Equal(["chợ thật"], rule.FalsePositives);
        Assert.Equal([new RelatedRule(RelationType.Merged, "old")], rule.Related);

        Condition.And all = Assert.IsType<Condition.And>(rule.Condition);
        Condition.AtLeast some = Assert.IsType<Condition.AtLeast>(all.Of[0]);
        Assert.Equal(2, some.Count);
        Assert.Equal(["một"], Assert.IsType<Condition.Keywords>(some.Of[0]).Words);
        Condition.Keywords words = Assert.IsType<Condition.Keywords>(some.Of[1]);
        Assert.Equal((2, new CountRange(2, 9), Strength.Strong), (words.Need, words.Times, words.Least));
        Assert.Equal(new CountRange(3), Assert.IsType<Condition.Patterns>(some.Of[2]).Times);
        Condition.Near near = Assert.IsType<Condition.Near>(all.Of[1]);
        Assert.Equal((7, ProximityUnit.Characters, true, "l.ng"), (near.Within, near.Unit, near.Ordered, Assert.Single(near.Second.Patterns)));
        Condition.Or any = Assert.IsType<Condition.Or>(all.Of[2]);
        Condition.Url url = Assert.IsType<Condition.Url>(any.Of[0]);
        Assert.Equal("lantern.example vn a.example /t x .html id", string.Join(' ', [.. url.Domains, .. url.Hosts, .. url.PathStarts, .. url.PathContains, .. url.PathEnds, .. url.QueryNames]));
        Assert.Equal(("footer a[rel~=nofollow]", new CountRange(2)), (Assert.IsType<Condition.Element>(any.Of[1]).Selector.Text, ((Condition.Element)any.Of[1]).Count));
        Condition.Media media = Assert.IsType<Condition.Media>(any.Of[2]);
        Assert.Equal((MediaKind.Video, "cdn.example", 2, true, new CountRange(0, 3)), (media.Kinds[0], media.Domains[0], media.Parts.Count, media.External, media.Count));
        Condition.Links links = Assert.IsType<Condition.Links>(any.Of[3]);
        Assert.Equal(("k.example", "vao", "ugc", BlockRole.Footer, false, new CountRange(1, 2)), (links.Domains[0], links.PathContains[0], links.Rels[0], links.Parts[0], links.External, links.Count));
        Condition.Hash hash = Assert.IsType<Condition.Hash>(any.Of[4]);
        Assert.Equal(("north", 12, 2, new CountRange(2)), (hash.Banks[0], hash.MaxDistance, hash.Opinions.Count, hash.Count));
        Condition.Score score = Assert.IsType<Condition.Score>(any.Of[5]);
        Assert.Equal(("text", 0.25, 0.75), (score.Name, score.Least, score.Most));
        Assert.Equal(Condition.Every, Assert.IsType<Condition.Keywords>(Assert.IsType<Condition.Not>(all.Of[3]).Of).Need);

        RuleSubject example = rule.MustMatch[0].Subject;
        Assert.Equal(("T\nx", "https://a.example/"), (example.Text, example.Url));
        Assert.Equal(new OutlineLink("https://b.example/", "b", "ugc", BlockRole.Footer), Assert.Single(example.Page!.Links));
        Assert.Equal(new OutlineMedia("https://c.example/i", MediaKind.Image, "img"), Assert.Single(example.Page.Media));
        Assert.Equal(("password", "https://d.example/", "video"), (example.Page.FormInputs[0], example.Page.Frames[0], example.Page.Facts["og:type"]));
        Assert.Equal(("north", 3, Opinion.Disputed, 0.5), (example.Matches![0].Bank, example.Matches[0].Distance, example.Matches[0].Opinion, example.Scores["text"]));
        Assert.Equal(("chỉ chữ", null, null), (rule.MustMatch[1].Subject.Text, rule.MustMatch[1].Subject.Url, rule.MustMatch[1].Subject.Page));
        Assert.Equal((null, "https://a.example/"), (rule.MustNotMatch[0].Subject.Text, rule.MustNotMatch[0].Shown));
    }

    [Fact]
    public void The_digest_follows_the_text_and_the_pages_that_are_named_and_nothing_else()
    {
        string text = Simple("keywords: [đèn lồng]");
        string Of(string yaml, string page, string other = "") => Read(yaml, new Dictionary<string, string> { [Id] = page, ["other"] = other }).Set!.Digest;
        Assert.Equal(Of(text, "a"), Of(text, "a", "b"));
        Assert.NotEqual(Of(text, "a"), Of(text, "b"));
        Assert.NotEqual(Of(text, "a"), Of(text + "\n", "a"));
    }

    [Fact]
    public void A_set_reads_back_from_its_source_as_it_was()
    {
        RuleSetReading first = Read(Simple("keywords: [đèn lồng]"), new Dictionary<string, string> { [Id] = "trang" });
        RuleSetReading again = RuleSetReader.Read(first.Source, new DateOnly(2030, 1, 1), lint: false);
        Assert.Equal(first.Set!.Digest, again.Set!.Digest);
        Assert.Empty(RuleSetDiff.Between(first.Set, again.Set));
    }

    [Fact]
    public void Everything_that_can_be_said_of_a_rule_file_is_said_at_its_place()
    {
        const string other = "5a3b6d52-6a0b-4a38-9f0c-0e5f6bb0a001";
        RuleSetReading reading = Read($$"""
            id: golden
            version: "1"
            rules:
              - id: {{Id}}
                title: Lỗi biên dịch và ví dụ
                category: abuse-violence
                status: stable
                modified: 2026-01-01
                date: 2026-02-01
                condition:
                  any:
                    - keywords: [đèn lồng, đèn lồng xanh, gai, "hòa bình", 'hoà bình', ""]
                    - patterns: ["[0-9]{3}", 'đèn(?!dầu)']
                    - patterns: 'mã (số'
                    - { keywords: [một, hai], need: 3 }
                must-match: [đèn lồng]
              - id: {{other}}
                title: Ví dụ sai và điều không thể có
                category: abuse-violence
                status: stable
                condition:
                  all:
                    - near: { first: [đèn dầu], second: { patterns: ['.{2}'] } }
                    - not: { keywords: [đèn dầu, bấc] }
                related: [{ type: similar, id: 11111111-2222-4333-8444-555555555555 }]
                must-match:
                  - Đèn dầu cũ.
                must-not-match:
                  - nến
              - id: 5a3b6d52-6a0b-4a38-9f0c-0e5f6bb0a002
                title: Bị che
                category: abuse-violence
                level: low
                status: experimental
                condition: { keywords: [bán nến thơm] }
                must-match: [bán nến thơm]
                must-not-match: [nến]
              - id: 5a3b6d52-6a0b-4a38-9f0c-0e5f6bb0a003
                title: Che quy tắc kia
                category: abuse-violence
                status: experimental
                condition: { keywords: [nến thơm] }
                must-match: [nến thơm]
                must-not-match: [nến]
              - id: 5a3b6d52-6a0b-4a38-9f0c-0e5f6bb0a004
                title: Khớp mọi trang
                category: abuse-violence
                status: experimental
                condition: { not: { keywords: [chợ đêm] } }
              - id: 5a3b6d52-6a0b-4a38-9f0c-0e5f6bb0a005
                title: Trùng điều kiện
                category: abuse-violence
                status: experimental
                condition: { any: [{ keywords: [NẾN THƠM] }] }
                must-match: [nến thơm]
            """.Replace(", \"\"]", "]", StringComparison.Ordinal), new Dictionary<string, string> { [other] = "# Trang\n## Ý nghĩa\n" });

        Golden.Equal("Settings/Golden/rules.en.txt", ProblemRenderer.RenderAll(reading.Problems, "en"));
        Golden.Equal("Settings/Golden/rules.vi.txt", ProblemRenderer.RenderAll(reading.Problems, "vi"));
        Assert.Null(reading.Set);
        Assert.Equal(6, reading.Read!.Rules.Count);
    }

    [Fact]
    public void Slips_of_the_pen_are_answered_with_what_was_probably_meant()
    {
        RuleSetReading reading = Read($$"""
            id: slips
            version: "1"
            rules:
              - id: lantern
                titel: Sai khoá
                title: Lỗi chính tả
                category: abuse-violence
                severity: high
                status: draft
                date: 01/02/2026
                falsepositive: [x]
                condition:
                  all:
                    - keyword: [đèn]
                    - { keywords: [đèn], patterns: ['x y z'] }
                    - element: 'imgg[src]'
                    - element: 'a[hreff^=x]'
                    - element: "a:hover"
                    - { keywords: [đèn], need: al }
                    - near: { first: [a], secnd: [b] }
                    - url: { domain: [a.example] }
                    - media: { kinds: [vidio] }
                    - score: { name: text }
                    - {}
                guidance: nowhere
            """, new Dictionary<string, string> { ["no-where"] = "x" });

        Golden.Equal("Settings/Golden/rule-slips.en.txt", ProblemRenderer.RenderAll(reading.Problems, "en"));
        Golden.Equal("Settings/Golden/rule-slips.vi.txt", ProblemRenderer.RenderAll(reading.Problems, "vi"));
    }

    [Fact]
    public void Hostile_files_get_a_typed_answer()
    {
        Assert.Equal(ProblemCodes.NestedTooDeep, Code(Simple(string.Concat(Enumerable.Repeat("{ not: ", 10_000)))));
        Assert.Equal(RuleDiagnosticCodes.TooLarge, Code(Simple(string.Concat(Enumerable.Repeat("{ not: ", 33)) + "{ keywords: [đèn lồng] }" + new string('}', 33))));
        Assert.Equal(ProblemCodes.TooLong, Code(Simple($"patterns: ['{new string('a', 900_000)}']")));
        Assert.Equal(ProblemCodes.TooLong, Code(Simple($"keywords: [{string.Join(", ", Enumerable.Range(0, 100_000).Select(i => "k" + i.ToString(CultureInfo.InvariantCulture)))}]")));
        Assert.Equal(6, Read("id: bomb\nversion: &a [x, x]\ntitle: &b [*a, *a]\nrules: [*b, *b]\n", []).Problems.Count(problem => problem.Code == ProblemCodes.AnchorOrTag));
        Assert.Equal(ProblemCodes.AnchorOrTag, Code(Simple("keywords: !!python/object:os.system [x]")));
        Assert.Equal(ProblemCodes.MalformedYaml, Code("id: [unclosed"));

        using var folder = new ConfigFolder();
        folder.Write("rulesets/big.yaml", new string('#', ConfigurationSnapshot.LargestFile + 1)).Write("rulesets/utf16.yaml", [0xFF, 0xFE, 0x41, 0]);
        Assert.Equal(ProblemCodes.FileTooLarge, Assert.Single(RuleSetReader.File(Path.Combine(folder.Path, "rulesets/big.yaml"), new DateOnly(2026, 1, 1), lint: true).Problems).Code);
        Assert.Equal(ProblemCodes.NotUtf8, Assert.Single(RuleSetReader.File(Path.Combine(folder.Path, "rulesets/utf16.yaml"), new DateOnly(2026, 1, 1), lint: true).Problems).Code);
        Assert.Equal(ProblemCodes.FileUnreadable, Assert.Single(RuleSetReader.File(Path.Combine(folder.Path, "rulesets/none.yaml"), new DateOnly(2026, 1, 1), lint: true).Problems).Code);
    }

    [Fact]
    public void A_page_of_guidance_that_no_rule_names_is_pointed_out_and_its_rule_guessed()
    {
        using var folder = new ConfigFolder();
        const string id = "3806f707-8e77-4189-8160-634a4227be37";
        string page = folder.Read($"rulesets/guidance/{id}.md");
        folder.Delete($"rulesets/guidance/{id}.md").Write($"rulesets/guidance/{id[..^1]}8.md", page);

        IReadOnlyList<ConfigurationProblem> problems = new ConfigurationLoader(folder.Clock, lint: true).Load(folder.Path).Problems;
        Assert.Equal([RuleDiagnosticCodes.GuidanceWithoutRule, RuleDiagnosticCodes.GuidanceMissing], problems.Select(problem => problem.Code).Order(StringComparer.Ordinal).Reverse());
        Assert.Equal(id, problems.Single(problem => problem.Code == RuleDiagnosticCodes.GuidanceWithoutRule).Suggestion);
    }

    [Fact]
    public void Every_code_has_a_sentence_in_both_languages_and_is_given_once()
    {
        string[] codes = [.. typeof(RuleDiagnosticCodes).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (string)field.GetValue(null)!)];
        Assert.Equal(codes.Length, codes.Distinct().Count());
        Assert.Equal(codes.Order(StringComparer.Ordinal), RuleDiagnosticText.Codes.Order(StringComparer.Ordinal));
        Assert.All(codes, code =>
        {
            BilingualText text = RuleDiagnosticText.Message(new RuleDiagnostic(code, "set", null, "English", "hint"));
            Assert.DoesNotContain("{", text.Vietnamese, StringComparison.Ordinal);
            Assert.NotEqual(text.English, text.Vietnamese);
        });
    }

    private static string Simple(string condition) => $"""
        id: simple
        version: "1"
        rules:
          - id: {Id}
            title: Đơn giản
            category: abuse-violence
            status: experimental
            condition: {(condition.StartsWith('{') ? condition : "{ " + condition + " }")}
            must-match: [đèn lồng]
            must-not-match: [nến]
        """;

    private static string Code(string yaml) => Read(yaml, new Dictionary<string, string>()).Problems.First(problem => problem.Severity == ProblemSeverity.Error).Code;

    private static RuleSetReading Read(string yaml, Dictionary<string, string> guidance) => RuleSetReader.Read(new RuleSetSource("rules.yaml", yaml, guidance), new DateOnly(2026, 7, 1), lint: true);
}
