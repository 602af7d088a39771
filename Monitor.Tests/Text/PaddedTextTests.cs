using Monitor.Rules.Text;

namespace Monitor.Tests.Text;

/// <summary>Words pushed apart farther than anybody writes, escaped twice, or read wrongly twice; with a stand-in watch word.</summary>
public sealed class PaddedTextTests
{
    private const string Word = "đèn lồng xanh";
    private static readonly TextScanner Scanner = TextScanner.Build([Word, "cây tre"], []);

    private static IReadOnlyList<ScanOccurrence> Find(string text)
    {
        var found = Scanner.Scan(text).Occurrences;
        Assert.Equal(SimpleTextSearch.Find(text, [Word, "cây tre"], []), found);
        return found;
    }

    public static TheoryData<string, string> Padded()
    {
        var hidden = new string('\u200b', 40);
        var data = new TheoryData<string, string>();
        void Add(string name, string middle) => data.Add(name, $"Ai bán {middle} thì nhắn nhé");
        Add("invisible between letters", string.Join(hidden, Word.ToCharArray()));
        Add("blanks between words", Word.Replace(" ", new string(' ', 50), StringComparison.Ordinal));
        Add("tabs and blanks", Word.Replace(" ", "\t \t \t \t \t", StringComparison.Ordinal));
        Add("no-break blanks", Word.Replace(" ", new string('\u00a0', 12), StringComparison.Ordinal));
        Add("dots between words", Word.Replace(" ", new string('.', 12), StringComparison.Ordinal));
        Add("stars between letters", string.Join("*********", Word.Replace(" ", "", StringComparison.Ordinal).ToCharArray()));
        Add("spaced dashes", Word.Replace(" ", " - - - - - ", StringComparison.Ordinal));
        Add("hidden among blanks", Word.Replace(" ", " \u200b \u200b \u200b \u200b ", StringComparison.Ordinal));
        Add("line break tags", Word.Replace(" ", "<br>", StringComparison.Ordinal));
        Add("line break tags of XML", Word.Replace(" ", "<br />", StringComparison.Ordinal));
        Add("escaped twice", string.Concat(Word.Select(c => c > 127 ? $"&amp;#{(int)c};" : c.ToString())));
        Add("escaped three times", string.Concat(Word.Select(c => c > 127 ? $"&amp;amp;#{(int)c};" : c.ToString())));
        Add("percent of a reference", string.Concat(Word.Select(c => c > 127 ? $"%26%23{(int)c}%3B" : c.ToString())));
        Add("tags inside references", Word.Replace("ồ", "&#789<b></b>1;", StringComparison.Ordinal).Replace("&#789<b></b>1;", "<i>&#7891;</i>", StringComparison.Ordinal));
        Add("UTF-8 read twice as Latin-1", Latin(Latin(Word)));
        Add("a tied word with a digit", "đ.3.n l.0.n.g x.a.n.h");
        return data;

        static string Latin(string text) => System.Text.Encoding.Latin1.GetString(System.Text.Encoding.UTF8.GetBytes(text));
    }

    [Theory]
    [MemberData(nameof(Padded))]
    public void Pushed_apart_or_escaped_more_than_once_it_is_still_there_and_told_where(string name, string text)
    {
        var one = Assert.Single(Find(text));
        Assert.True(one.Target == ScanTarget.Keyword && one.Ordinal == 0, name);
        // The place reaches from the first to the last letter in the text as it came.
        Assert.Equal("Ai bán ".Length, one.Start);
        Assert.Equal(text.Length - " thì nhắn nhé".Length - one.Start, one.Length);
    }

    [Theory]
    [InlineData("Mục lục: đèn ............................ 12")]
    [InlineData("Cái đèn.........    Lồng xanh treo cao")]
    [InlineData("đèn<p>lồng xanh")]
    [InlineData("đèn</td><td>lồng xanh")]
    [InlineData("cay..........Tre")]
    [InlineData("c.4 1.2.3 t.0")]
    [InlineData("&amp;#1;&amp;amp;;")]
    public void A_table_of_contents_two_sentences_or_two_cells_are_no_keyword(string text) => Assert.Empty(Find(text));

    [Fact]
    public void A_text_that_can_be_read_in_every_way_at_once_costs_no_thousand_times_as_much()
    {
        var text = string.Concat(Enumerable.Repeat("&amp;amp;#7891; %C3%A1 <b>c.4</b> " + new string('.', 9) + new string('\u200b', 9) + "Ã¡Ã©\u202Etxet ", 2000));
        var readings = TextScanner.OtherReadings(text, uint.MaxValue).ToList();
        Assert.InRange(readings.Count, 2, 60);
        Assert.True(readings.Sum(view => (long)view.Text.Length) < 80L * text.Length);
        Assert.All(readings, view => Assert.All(Enumerable.Range(0, view.Text.Length).Where(i => i % 997 == 0), i => Assert.InRange(view.Ends![i], view.Starts![i], text.Length)));
    }
}
