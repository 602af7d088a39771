using System.Text;
using System.Text.RegularExpressions;
using FsCheck.Xunit;
using Monitor.Rules.Text;

namespace Monitor.Tests.Text;

public sealed class TextScannerTests
{
    private const RegexOptions Linear = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.IgnoreCase;

    private static readonly string[] Keywords = [.. EvasionCases.Keywords, "đèn", "a", "lớp 12", "con quay", "ma", "xem", "đèn lồng", "世界", "sex appeal"];

    private static readonly Regex[] Patterns =
    [
        .. new[]
        {
            @"\bđèn\s+lồng\b", @"lồng \w{1,3}", @"(?:quạt|gốm)\s+(?:điện|sứ)", @"\d{2,4}", @"vườn.{0,5}nhãn", @"^hôm qua", @"nhãn$", @"lồngxanh|khănquàng", @"[đd]ương+", @"giỏ\s*tre[s]?", "chong(?:chóng)?", @"mua\b.*\bchợ", @"bàng\b",
        }.Select(one => new Regex(one, Linear)),
    ];

    private static readonly TextScanner Scanner = TextScanner.Build(Keywords, Patterns);

    private static readonly ScanLimits Wide = new() { MaxOccurrences = 1_000_000, MaxOccurrencesPerKeyword = 1_000_000, MaxMatchesPerPattern = 1_000_000, MaxJudgements = int.MaxValue };

    /// <summary>
    /// Texts made of keywords in every disguise, of other words and of rubbish. The same ones each time, so that a fault shows where it was made; without Replay, and with a
    /// larger MaxTest, it looks for new ones.
    /// </summary>
    [Property(MaxTest = 150, Replay = "(12906278435465255760,14820796038767070973)")]
    public void The_scanner_finds_what_a_search_one_by_one_finds(byte[] shape, char[] rubbish)
    {
        var random = new Random((shape ?? []).Aggregate(17, (sum, one) => (sum * 31) + one));
        var text = new StringBuilder();
        foreach (byte one in (shape ?? []).Take(24))
        {
            string keyword = Keywords[random.Next(Keywords.Length)];
            text.Append((one % 8) switch
            {
                0 or 1 or 2 => keyword.Length < 3 ? keyword : Evasions.All[random.Next(Evasions.All.Length)].Write(keyword, random),
                3 => Evasions.Whole[random.Next(Evasions.Whole.Length)].Write(keyword) ?? keyword,
                4 => keyword,
                5 => new string(rubbish ?? []),
                6 => "hôm qua mua ở chợ",
                _ => random.Next(5000).ToString(System.Globalization.CultureInfo.InvariantCulture),
            });
            text.Append(random.Next(6) switch { 0 => ". ", 1 => "", 2 => "\n", _ => " " });
        }

        string whole = text.ToString();
        TextScan scan = Scanner.Scan(whole, Wide);
        Assert.True(scan.Complete);
        Assert.Equal(SimpleTextSearch.Find(whole, Keywords, Patterns), scan.Occurrences);
        Assert.All(scan.Occurrences, one => Assert.True(one.Length > 0 && one.Start >= 0 && one.Start + one.Length <= whole.Length));
    }

    /// <summary>Found by the property above: a mark of direction between a digit and a letter; a capital behind a word that could be a key of Telex.</summary>
    [Theory]
    [InlineData("4\u202eK")]
    [InlineData("aR")]
    [InlineData("maS đènX, aRb maX ma")]
    public void What_the_property_found_once_is_read_alike_by_both(string text)
    {
        Assert.Equal(SimpleTextSearch.Find(text, Keywords, Patterns), Scanner.Scan(text, Wide).Occurrences);
    }

    /// <summary>More keywords than spellings are kept of, so that they are thrown away while others read them.</summary>
    [Fact]
    public async Task Threads_that_share_a_scanner_find_what_one_finds_alone()
    {
        string[] syllables = ["đèn", "lồng", "xanh", "quạt", "giấy", "chợ", "hoa", "gốm", "sứ", "bàng", "nhãn", "vườn", "giỏ", "tre", "khăn", "quàng", "áo", "dài"];
        string[] keywords = [.. syllables.SelectMany(one => syllables.SelectMany(two => syllables.Select(three => $"{one} {two} {three}"))).Where((_, at) => at % 13 != 0)];
        Assert.InRange(keywords.Length, 4097, int.MaxValue);
        var random = new Random(11);
        string[] texts = [.. Enumerable.Range(0, 400).Select(_ => string.Join(". ", Enumerable.Range(0, 20).Select(_ => Evasions.All[random.Next(Evasions.All.Length)].Write(keywords[random.Next(keywords.Length)], random))))];
        var alone = TextScanner.Build(keywords, []);
        var expected = texts.Select(text => alone.Scan(text, Wide).Occurrences).ToList();
        Assert.All(expected, found => Assert.NotEmpty(found));

        var shared = TextScanner.Build(keywords, []);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(thread => Task.Run(
            () =>
            {
                for (int i = 0; i < texts.Length; i++)
                {
                    // Some go the same way a little apart, some the other way.
                    int at = thread % 2 == 0 ? (i + thread) % texts.Length : texts.Length - 1 - i;
                    Assert.Equal(expected[at], shared.Scan(texts[at], Wide).Occurrences);
                }
            },
            TestContext.Current.CancellationToken)));
    }

    [Fact]
    public void Invented_cases_are_found_alike_by_both()
    {
        var random = new Random(7);
        foreach ((string _, string _, string text) in EvasionCases.Positive().Where(_ => random.Next(12) == 0))
            Assert.Equal(SimpleTextSearch.Find(text, Keywords, Patterns), Scanner.Scan(text, Wide).Occurrences);
    }

    [Property(MaxTest = 300)]
    public void Patterns_on_windows_find_what_they_find_on_the_whole(byte[] shape)
    {
        string[] parts = ["đèn", " ", "  ", "lồng", "quạt", "điện", "gốm sứ", "vườn", "nhãn", "HÔM QUA", "\n", "x", "12", "dương", "giỏ tre", "\u0301", "\u200B", "chong", "chóng", "mua", "chợ", ".", "bàng"];
        string text = string.Concat((shape ?? []).Select(one => parts[one % parts.Length]));
        Assert.Equal(SimpleTextSearch.Find(text, [], Patterns), TextScanner.Build([], Patterns).Scan(text, Wide).Occurrences);
    }

    [Fact]
    public void A_pattern_that_may_backtrack_is_refused() =>
        Assert.Throws<ArgumentException>(() => TextScanner.Build([], [new Regex("a", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1))]));

    [Fact]
    public void Without_evasions_only_case_and_composition_are_folded()
    {
        TextScanner scanner = TextScanner.Build(["đèn lồng"], [], new TextScannerOptions { Evasions = false });
        Assert.Equal(Technique.Folded, Assert.Single(scanner.Scan("mua ĐÈN LỒNG, den long, đ.è.n lồng").Occurrences).Technique);
    }

    [Fact]
    public void Limits_count_work_and_say_so()
    {
        string many = string.Concat(Enumerable.Repeat("đèn lồng ", 5000));
        TextScan cut = Scanner.Scan(many, new ScanLimits { MaxOccurrences = 50 });
        Assert.False(cut.Complete);
        Assert.Equal(50, cut.Occurrences.Count);
        Assert.False(Scanner.Scan(many, new ScanLimits { MaxJudgements = 100 }).Complete);
        Assert.False(Scanner.Scan(many, new ScanLimits { MaxTextLength = 100 }).Complete);
        Assert.False(Scanner.Scan(many, new ScanLimits { MaxPatternWork = 10 }).Complete);
        Assert.False(TextScanner.Build([], [new Regex(".", Linear)]).Scan(many).Complete);
    }

    public static TheoryData<string> Hostile() =>
    [
        "a" + new string('\u0301', 1_000_000),
        new string('\uD800', 300_000),
        new string('\uDC00', 300_000),
        string.Concat(Enumerable.Repeat("đ\u0336\u0335\u0301", 200_000)),
        new string('*', 500_000),
        string.Concat(Enumerable.Repeat("b*", 300_000)),
        string.Concat(Enumerable.Repeat("a.", 400_000)),
        new string('a', 1_000_000),
        string.Concat(Enumerable.Repeat("&#7", 300_000)),
        string.Concat(Enumerable.Repeat("<b", 400_000)),
        string.Concat(Enumerable.Repeat("\u202E", 400_000)),
        string.Concat(Enumerable.Repeat("ø", 500_000)),
        string.Concat(Enumerable.Repeat("1a", 400_000)),
        string.Concat(Enumerable.Repeat("đèn lồng ", 100_000)),
        string.Concat(Enumerable.Repeat("den long ", 100_000)),
        string.Concat(Enumerable.Repeat("đ.è.n.", 150_000)),
        new string('đ', 500_000) + "èn lồng",
    ];

    /// <summary>Bounded work whatever comes; that it ends at all within the patience of a test run is what is asserted about time.</summary>
    [Theory]
    [MemberData(nameof(Hostile), DisableDiscoveryEnumeration = true)]
    public void Hostile_texts_end_as_an_answer(string text)
    {
        TextScan scan = Scanner.Scan(text);
        Assert.True(scan.Occurrences.Count <= ScanLimits.Default.MaxOccurrences);
    }

    [Fact]
    public void A_hundred_thousand_keywords_are_ready_and_found()
    {
        string[] keywords = [.. Enumerable.Range(0, 100_000).Select(i => $"t{Word(i % 317)} {Word(i / 317)}")];
        TextScanner scanner = TextScanner.Build(keywords, []);
        Assert.Contains(scanner.Scan($"xem {keywords[77_777]} nhé").Occurrences, one => one.Ordinal == 77_777 && one.Technique == Technique.Verbatim);

        static string Word(int number) => string.Concat(new[] { "a", "e", "i", "o", "u" }[number % 5], new[] { "n", "m", "ng", "nh", "p", "t", "c" }[number / 5 % 7], number / 35 % 2 == 0 ? "" : "h", new string('o', number / 70));
    }

    [Fact]
    public void One_letter_keywords_stand_alone()
    {
        TextScanner scanner = TextScanner.Build(["a", "đ"], []);
        Assert.Equal([(0, 0), (1, 7)], scanner.Scan("a b ca đ ab", Wide).Occurrences.Select(one => (one.Ordinal, one.Start)));
    }
}
