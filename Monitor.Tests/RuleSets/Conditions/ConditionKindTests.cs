using Monitor.Rules.Hashing;
using Monitor.Rules.Matching;
using Monitor.Rules.Removal;
using Monitor.Rules.RuleSets;
using Monitor.Rules.RuleSets.Conditions;
using Monitor.Rules.Text;

namespace Monitor.Tests.RuleSets.Conditions;

/// <summary>Each kind of condition by itself: met, not met, and what is said when nobody knows.</summary>
public sealed class ConditionKindTests
{
    private static readonly RuleSubject Page = new()
    {
        Text = "đèn lồng xanh, đèn dầu; nến và đèn lồng đỏ",
        Url = "https://moi.lantern.example/t/bài-7?ref=a&id=3",
        Page = new PageOutline
        {
            Title = "Chợ đèn",
            Blocks = [new OutlineBlock(BlockRole.Main, true, "Chợ đèn", Heading: 1), new OutlineBlock(BlockRole.Comment, true, "hay quá"), new OutlineBlock(BlockRole.Main, false, "ẩn")],
            Links =
            [
                new OutlineLink("https://moi.lantern.example/t/8", "tiếp", "", BlockRole.Main),
                new OutlineLink("https://kenh.example/vao/nhom", "vào nhóm", "nofollow ugc", BlockRole.Main),
                new OutlineLink("https://quang-cao.example/", "quảng cáo", "", BlockRole.Footer),
            ],
            Media =
            [
                new OutlineMedia("https://moi.lantern.example/a.jpg", MediaKind.Image, "img"),
                new OutlineMedia("https://cdn.example/b.mp4", MediaKind.Video, "video"),
                new OutlineMedia("https://cdn.example/c.jpg", MediaKind.Image, "img", BlockRole.Complementary),
            ],
            FormInputs = ["text", "password"],
            Frames = ["https://frame.example/x"],
            Facts = new Dictionary<string, string>(StringComparer.Ordinal) { ["og:type"] = "video.other" },
            Canonical = "https://moi.lantern.example/t/7",
        },
        Matches = [Hit("north", 0, Opinion.Positive), Hit("north", 12, Opinion.Positive), Hit("south", 0, Opinion.Disputed)],
        Scores = new Dictionary<string, double>(StringComparer.Ordinal) { ["text"] = 0.7 },
    };

    public static TheoryData<Condition, bool> Cases => new()
    {
        { Samples.Any("đèn dầu", "bếp"), true },
        { Samples.Any("bếp"), false },
        { Samples.All("đèn dầu", "nến"), true },
        { Samples.All("đèn dầu", "bếp"), false },
        { new Condition.Keywords(["đèn dầu", "nến", "bếp"]) { Need = 2 }, true },
        { new Condition.Keywords(["đèn dầu", "bếp", "than"]) { Need = 2 }, false },
        { new Condition.Keywords(["đèn lồng"]) { Times = new CountRange(2) }, true },
        { new Condition.Keywords(["đèn lồng"]) { Times = new CountRange(3) }, false },
        { new Condition.Keywords(["đèn lồng"]) { Times = new CountRange(1, 1) }, false },
        { new Condition.Keywords(["đèn dầu", "nến"]) { Times = new CountRange(2, 2) }, true },
        { new Condition.Keywords(["đèn lồng"]) { Least = Strength.Strong }, true },
        { Samples.Pattern("đèn (dầu|cầy)"), true },
        { Samples.Pattern("đèn cầy"), false },
        { new Condition.Patterns(["đèn (lồng|dầu)"]) { Times = new CountRange(3) }, true },
        { new Condition.Patterns(["đèn dầu", "bếp ga"]) { Need = Condition.Every }, false },
        { new Condition.AtLeast(2, [Samples.Any("nến"), Samples.Any("bếp"), Samples.Any("đèn dầu")]), true },
        { new Condition.AtLeast(3, [Samples.Any("nến"), Samples.Any("bếp"), Samples.Any("đèn dầu")]), false },
        { new Condition.Url { Domains = ["lantern.example"] }, true },
        { new Condition.Url { Domains = ["tern.example"] }, false },
        { new Condition.Url { Hosts = ["MOI.lantern.example"] }, true },
        { new Condition.Url { Hosts = ["lantern.example"] }, false },
        { new Condition.Url { PathStarts = ["/t/"], PathEnds = ["-7"], PathContains = ["BÀI"] }, true },
        { new Condition.Url { PathStarts = ["/t/"], PathEnds = ["-8"] }, false },
        { new Condition.Url { QueryNames = ["id"] }, true },
        { new Condition.Url { QueryNames = ["page"] }, false },
        { new Condition.Element(Samples.Selector("h1[text*='đèn']")), true },
        { new Condition.Element(Samples.Selector("main a[href*='kenh.example']")), true },
        { new Condition.Element(Samples.Selector("footer a[href*='kenh.example']")), false },
        { new Condition.Element(Samples.Selector("a[rel~=ugc]")), true },
        { new Condition.Element(Samples.Selector("input[type=password], iframe")) { Count = new CountRange(2, 2) }, true },
        { new Condition.Element(Samples.Selector("meta[name=\"og:type\"][content^=video]")), true },
        { new Condition.Element(Samples.Selector("video[src$='.mp4']")), true },
        { new Condition.Element(Samples.Selector("p[hidden]")), true },
        { new Condition.Element(Samples.Selector(".comment p")), true },
        { new Condition.Element(Samples.Selector("link[rel=canonical]")), true },
        { new Condition.Element(Samples.Selector("title[text='chợ đèn']")), true },
        { new Condition.Element(Samples.Selector("audio")), false },
        { new Condition.Media(), true },
        { new Condition.Media { Count = new CountRange(4) }, false },
        { new Condition.Media { Kinds = [MediaKind.Video], Domains = ["cdn.example"], External = true }, true },
        { new Condition.Media { External = false, Count = new CountRange(1, 1) }, true },
        { new Condition.Media { Parts = [BlockRole.Complementary], Count = new CountRange(1, 1) }, true },
        { new Condition.Links { Domains = ["kenh.example"], PathContains = ["nhom"], Rels = ["nofollow"] }, true },
        { new Condition.Links { Domains = ["kenh.example"], Rels = ["sponsored"] }, false },
        { new Condition.Links { External = true, Count = new CountRange(2, 2) }, true },
        { new Condition.Links { Parts = [BlockRole.Footer] }, true },
        { new Condition.Hash(), true },
        { new Condition.Hash { Banks = ["south"] }, false },
        { new Condition.Hash { Banks = ["south"], Opinions = [Opinion.Disputed] }, true },
        { new Condition.Hash { Count = new CountRange(2) }, false },
        { new Condition.Hash { MaxDistance = 12, Count = new CountRange(2) }, true },
        { new Condition.Score("text") { Least = 0.7 }, true },
        { new Condition.Score("text") { Least = 0.71 }, false },
        { new Condition.Score("text") { Most = 0.5 }, false },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void It_is_met_or_not(Condition condition, bool met)
    {
        ConditionTrace trace = Samples.Judge(condition, Page);
        Assert.Equal(met ? Truth.Met : Truth.NotMet, trace.Truth);
        Assert.Equal(MissingFact.None, trace.Missing);
        Assert.NotEmpty(ConditionText.Short(condition));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Of_an_empty_subject_nobody_knows_and_not_is_no_way_around_that(Condition condition, bool met)
    {
        _ = met;
        foreach (Condition one in (Condition[])[condition, Samples.Not(condition)])
        {
            ConditionTrace trace = Samples.Judge(one, new RuleSubject());
            Assert.Equal(Truth.Unknown, trace.Truth);
            Assert.NotEqual(MissingFact.None, trace.Missing);
        }
    }

    [Theory]
    [InlineData("đèn a b c nến", 3, false, true)]
    [InlineData("đèn a b c d nến", 3, false, false)]
    [InlineData("nến a b c đèn", 3, false, true)]
    [InlineData("nến a b c đèn", 3, true, false)]
    [InlineData("nến đèn nến", 0, true, true)]
    [InlineData("đèn, — nến", 0, false, true)]
    [InlineData("đèn", 10, false, false)]
    [InlineData("nến x x x x x đèn x nến", 1, true, true)]
    public void Near_counts_the_words_between(string text, int within, bool ordered, bool met)
    {
        var near = new Condition.Near(new TermSet(["đèn"], []), new TermSet(["nến"], [])) { Within = within, Ordered = ordered };
        Assert.Equal(met ? Truth.Met : Truth.NotMet, Samples.Judge(near, RuleSubject.OfText(text)).Truth);
    }

    [Theory]
    [InlineData("đèn lồng", 0, true)]
    [InlineData("đèn  nến", 2, true)]
    [InlineData("đèn   nến", 2, false)]
    public void Near_counts_characters_and_a_place_is_not_near_itself(string text, int within, bool met)
    {
        var near = new Condition.Near(new TermSet(["đèn"], []), new TermSet(["đèn lồng", "nến"], ["đèn$"])) { Within = within, Unit = ProximityUnit.Characters };
        Assert.Equal(met ? Truth.Met : Truth.NotMet, Samples.Judge(near, RuleSubject.OfText(text)).Truth);
        Assert.Equal(Truth.NotMet, Samples.Judge(near, RuleSubject.OfText("đèn")).Truth);
    }

    [Fact]
    public void A_page_that_was_read_in_part_proves_presence_and_not_absence()
    {
        RuleSubject cut = Page with { Page = Page.Page! with { Truncated = true } };
        Assert.Equal(Truth.Met, Samples.Judge(new Condition.Links(), cut).Truth);
        Assert.Equal(Truth.Unknown, Samples.Judge(new Condition.Links { Domains = ["nowhere.example"] }, cut).Truth);
        Assert.Equal(Truth.Unknown, Samples.Judge(new Condition.Links { Count = new CountRange(3, 5) }, cut).Truth);
        Assert.Equal(Truth.NotMet, Samples.Judge(new Condition.Links { Count = new CountRange(1, 2) }, cut).Truth);
    }

    [Fact]
    public void The_trace_says_where_and_how_far_it_can_be_trusted()
    {
        ConditionTrace trace = Samples.Judge(Samples.And(Samples.Any("đèn lồng", "nến"), new Condition.Score("text") { Least = 0.5 }, new Condition.Hash { MaxDistance = 12 }), Page);
        Assert.Equal((Truth.Met, Strength.Weak, 3), (trace.Truth, trace.Strength, trace.Found));
        Assert.Equal([("đèn lồng", 0), ("nến", 24), ("đèn lồng", 31)], trace.Children[0].Places.Select(place => (place.Term, place.Start)));
        Assert.Equal((0.7, Strength.Weak), (trace.Children[1].Value, trace.Children[1].Strength));
        Assert.Equal((2, Strength.Strong), (trace.Children[2].Found, trace.Children[2].Strength));
    }

    private static Match Hit(string bank, int distance, Opinion opinion) => new() { Bank = bank, BankVersion = "1", Entry = "#1", Kind = HashKind.Sha256, Distance = distance, Opinion = opinion };
}
