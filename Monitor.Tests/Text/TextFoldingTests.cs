using System.Text;
using FsCheck.Xunit;
using Monitor.Rules.Text;

namespace Monitor.Tests.Text;

public sealed class TextFoldingTests
{
    [Theory]
    [InlineData("ĐÈN LỒNG XANH", "đèn lồng xanh")]
    [InlineData("đe\u0300n lo\u0302\u0300ng", "đèn lồng")]
    [InlineData("lô\u0300ng", "lồng")]
    [InlineData("đèn\u00A0 \r\n\tlồng", "đèn lồng")]
    [InlineData("đ\u200Bè\u00ADn\uFEFF l\u2060ồng", "đèn lồng")]
    [InlineData("lo\u200B\u0302\u0300ng", "lồng")]
    [InlineData("a\0b\u0007c", "abc")]
    [InlineData("hòa khỏe thủy", "hoà khoẻ thuỷ")]
    [InlineData("của mùa quý", "của mùa quý")]
    [InlineData("\uD83D\uDE00\uFE0F a", "\uD83D\uDE00 a")]
    [InlineData("\u1112\u1161\u11AB", "\uD55C")]
    [InlineData("\u212B", "å")]
    [InlineData("", "")]
    public void Folding(string text, string folded) => Assert.Equal(folded, TextFolding.Fold(text).Text);

    [Fact]
    public void Lone_surrogates_are_replaced() => Assert.Equal("x\uFFFDy\uFFFD", TextFolding.Fold("x\uD83Dy\uDE00").Text);

    /// <summary>The base library refuses to compose text that holds U+FFFE.</summary>
    [Fact]
    public void Noncharacters_are_no_fault() => Assert.Equal("x\uFFFE\uFFFFy", TextFolding.Fold("x\uFFFE\uFFFFy").Text);

    [Fact]
    public void Legacy_tone_places_fold_to_the_same_word_and_diacritics_still_tell_words_apart()
    {
        Assert.Equal(TextFolding.FoldKeyword("hoà"), TextFolding.FoldKeyword(" Hòa "));
        Assert.NotEqual(TextFolding.FoldKeyword("lồng"), TextFolding.FoldKeyword("lòng"));
    }

    [Fact]
    public void Spans_lead_back_to_whole_letters_of_the_original()
    {
        const string text = "\u200B Xem ĐE\u0300N  LO\u0302\u0300NG nhé";
        FoldedText folded = TextFolding.Fold(text);
        int at = folded.Text.IndexOf("đèn lồng", StringComparison.Ordinal);
        (int start, int length) = folded.ToOriginal(at, "đèn lồng".Length);
        Assert.Equal("ĐE\u0300N  LO\u0302\u0300NG", text.Substring(start, length));
        Assert.Throws<ArgumentOutOfRangeException>(() => folded.ToOriginal(0, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => folded.ToOriginal(0, folded.Text.Length + 1));
    }

    [Fact]
    public void A_letter_under_a_heap_of_marks_costs_no_more_than_its_length()
    {
        string text = "a" + new string('\u0301', 200_000) + "b";
        FoldedText folded = TextFolding.Fold(text);
        Assert.StartsWith("á", folded.Text, StringComparison.Ordinal);
        Assert.EndsWith("b", folded.Text, StringComparison.Ordinal);
    }

    [Property(MaxTest = 500)]
    public void Offsets_always_point_at_the_original(char[] characters)
    {
        string text = new(characters ?? []);
        FoldedText folded = TextFolding.Fold(text);
        Assert.Equal(folded.Text.Length, folded.AsTyped.Length);
        int lastStart = 0;
        int lastEnd = 0;
        for (int i = 0; i < folded.Text.Length; i++)
        {
            (int start, int length) = folded.ToOriginal(i, 1);
            Assert.True(length > 0 && start >= lastStart && start + length >= lastEnd && start + length <= text.Length);

            // What stands there folds to something that holds this character.
            Assert.Contains(folded.AsTyped[i], TextFolding.Fold(text.Substring(start, length)).AsTyped);
            (lastStart, lastEnd) = (start, start + length);
        }
    }

    [Property(MaxTest = 300)]
    public void Folding_twice_changes_nothing_and_composition_does_not_matter(byte[] seed)
    {
        const string letters = "aăâđeêioôơuưybcnghtAĐÊ \u0300\u0301\u0309\u0303\u0323";
        string text = string.Concat((seed ?? []).Select(b => letters[b % letters.Length]));
        string once = TextFolding.Fold(text).Text;
        Assert.Equal(once, TextFolding.Fold(once).Text);
        Assert.Equal(once, TextFolding.Fold(text.Normalize(NormalizationForm.FormC)).Text);
        Assert.Equal(once, TextFolding.Fold(text.Normalize(NormalizationForm.FormD)).Text);
    }
}
