using Monitor.Rules.Replies;

namespace Monitor.Tests.Replies;

public sealed class QuotedTextTests
{
    private const string Own = "Đề nghị Quý đơn vị gỡ bỏ ngay nội dung tại các địa chỉ dưới đây và khoá tài khoản đã đăng tải.\nPlease remove the content at the addresses below everywhere and lock the account that posted it.";

    [Theory]
    [InlineData("Thank you.\n\n> Please remove the content\n> at once", "Thank you.")]
    [InlineData("Đã nhận.\n\nVào Th 6, 27 thg 11, 2026 vào lúc 09:00 Sở <so@mau.example> đã viết:\nĐề nghị Quý đơn vị gỡ bỏ", "Đã nhận.")]
    [InlineData("Received.\n\nOn Fri, 27 Nov 2026 at 09:00, So Mau <so@mau.example> wrote:\nPlease remove", "Received.")]
    [InlineData("Received.\n\n-----Original Message-----\nFrom: so@mau.example\nremoved", "Received.")]
    [InlineData("Received.\n\nFrom: So Mau\nSent: Friday\nTo: abuse\n\nPlease remove", "Received.")]
    [InlineData("Đã nhận.\n\nTừ: Sở\nĐã gửi: Thứ Sáu\nĐến: abuse\n\nĐề nghị gỡ bỏ", "Đã nhận.")]
    public void What_stands_under_an_answer_is_not_its_authors(string text, string said) => Assert.Equal(said, QuotedText.Remove(text, ""));

    [Fact]
    public void Answers_written_beneath_and_between_the_quotation_are_kept()
    {
        var text = "On Fri So Mau wrote:\n> Please remove the content\n\nWe did, yesterday.\n> and lock the account\nLocked.";
        Assert.Equal("\nWe did, yesterday.\nLocked.".Trim(), QuotedText.Remove(text, ""));
    }

    [Fact]
    public void Our_own_words_are_ours_even_where_no_mark_says_so()
    {
        var text = "Received, thank you.\nPlease remove the content at the addresses below everywhere\nand lock the account that posted it.";
        Assert.Equal("Received, thank you.", QuotedText.Remove(text, Own));
        var reading = ReplyReader.Read(new MailFacts { Text = text }, Own, null, []);
        Assert.Equal(ReplyCode.Acknowledged, reading.Proposed);
    }

    [Fact]
    public void An_author_who_only_writes_from_something_is_not_cut_off() =>
        Assert.Equal("From: here on nothing is left of it.\nWe removed it.", QuotedText.Remove("From: here on nothing is left of it.\nWe removed it.", ""));

    [Fact]
    public void What_is_said_of_an_address_is_its_authors_though_the_address_was_in_our_notice()
    {
        const string Address = "http://trang-mau.example/u/hoa.mai/bai/1001?lang=vi";
        var text = $"{Address} has been removed.";
        Assert.Equal(text, QuotedText.Remove(text, $"Địa chỉ: {Address}\n{Address}"));
        Assert.Equal(ReplyCode.Removed, ReplyReader.Read(new MailFacts { Text = text }, $"Địa chỉ: {Address}", null, [Address]).Proposed);
    }
}
