using Monitor.Rules.Removal;

namespace Monitor.Tests.Removal;

public sealed class RemovalPhrasesTests
{
    [Theory]
    [InlineData("The lantern you asked for could not be found.", NoticeKinds.Missing)]
    [InlineData("This lantern isn’t here", NoticeKinds.Missing)]
    [InlineData("BÀI ĐĂNG ĐÃ BỊ XOÁ", NoticeKinds.Removed)]
    [InlineData("bai dang da bi xoa", NoticeKinds.Removed)]
    [InlineData("Lỗi 404", NoticeKinds.Numeral)]
    [InlineData("Konto zostało usunięte", NoticeKinds.Removed)]
    [InlineData("Die Seite existiert leider nicht", NoticeKinds.Missing)]
    [InlineData("該当するページが見つかりません", NoticeKinds.Missing)]
    [InlineData("not available in your country", NoticeKinds.Geo)]
    [InlineData("You must log in to see this", NoticeKinds.Login)]
    public void Finds_what_is_said(string text, NoticeKinds kind) => Assert.True((RemovalPhrases.Find(text) & kind) == kind, RemovalPhrases.Find(text).ToString());

    [Theory]
    [InlineData("404 followers")]
    [InlineData("1404 lanterns in 410 boxes")]
    [InlineData("It was not removed")]
    [InlineData("Found at the market, available in blue")]
    [InlineData("Giấy dó, nan tre, hồ nếp")]
    public void Finds_nothing_where_nothing_is_said(string text) => Assert.Equal(NoticeKinds.None, RemovalPhrases.Find(text));

    [Theory]
    [InlineData("Xóa – XOÁ", "xoa xoa")]
    [InlineData("can't  isn’t", "ca not is not")]
    [InlineData("Straße, Łódź", "strasse, lodz")]
    public void Folds(string text, string folded) => Assert.Equal(folded, RemovalPhrases.Fold(text));
}
