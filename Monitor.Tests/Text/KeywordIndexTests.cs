using Monitor.Rules.Text;

namespace Monitor.Tests.Text;

public sealed class KeywordIndexTests
{
    [Theory]
    [InlineData("Mua ĐÈN  LỒNG xanh đi", "đèn lồng xanh", "ĐÈN  LỒNG xanh")]
    [InlineData("đèn lồng xanh", "đèn lồng xanh", "đèn lồng xanh")]
    [InlineData("(đèn lồng xanh)", "đèn lồng xanh", "đèn lồng xanh")]
    [InlineData("quen lồng đèn", "đèn lồng", null)]
    [InlineData("đèn lồngs", "đèn lồng", null)]
    [InlineData("1đèn lồng", "đèn lồng", null)]
    [InlineData("đèn lồng2", "đèn lồng", null)]
    [InlineData("đèn lỏng", "đèn lồng", null)]
    [InlineData("\U0001D400đèn", "đèn", null)]
    [InlineData("😀đèn😀", "đèn", "đèn")]
    [InlineData("lớp 12A1", "lớp 12", null)]
    [InlineData("LỚP  12.", "lớp 12", "LỚP  12")]
    [InlineData("xem \u4E16\u754C ngay", "\u4E16\u754C", "\u4E16\u754C")]
    public void Whole_words_only(string text, string keyword, string? found)
    {
        IReadOnlyList<KeywordOccurrence> occurrences = KeywordIndex.Build([keyword]).Find(text);
        if (found is null)
        {
            Assert.Empty(occurrences);
            return;
        }

        KeywordOccurrence occurrence = Assert.Single(occurrences);
        Assert.Equal(found, text.Substring(occurrence.Start, occurrence.Length));
        Assert.Equal(found == keyword ? Technique.Verbatim : Technique.Folded, occurrence.Technique);
        Assert.Equal(Strength.Strong, occurrence.Strength);
    }

    [Fact]
    public void Every_keyword_reports_overlaps_only_with_others()
    {
        KeywordIndex index = KeywordIndex.Build(["a a", "a", "A", "", " \u200B ", "b a a"]);
        var found = index.Find("b a a a a").Select(o => (o.Keyword, o.Start)).Order().ToArray();
        Assert.Equal([(0, 2), (0, 6), (1, 2), (1, 4), (1, 6), (1, 8), (2, 2), (2, 4), (2, 6), (2, 8), (5, 0)], found);
    }

    [Fact]
    public void The_limit_stops_a_text_made_of_keywords()
    {
        KeywordIndex index = KeywordIndex.Build(["a"]);
        Assert.Equal(10, index.Find(TextFolding.Fold(string.Concat(Enumerable.Repeat("a ", 1000))), limit: 10).Count);
    }

    [Fact]
    public void Ten_thousand_keywords_with_many_first_letters()
    {
        string[] keywords = [.. Enumerable.Range(0, 10_000).Select(i => $"{(char)(0x4E00 + i)}{(char)(0x4E00 + (i * 7 % 9000))} {i}")];
        KeywordIndex index = KeywordIndex.Build(keywords);
        for (int i = 0; i < keywords.Length; i += 97)
            Assert.Equal(i, Assert.Single(index.Find("x " + keywords[i] + ".")).Keyword);
    }
}
