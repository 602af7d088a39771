using Monitor.Rules.Matching;
using Monitor.Worker.Fetching;

namespace Monitor.Tests.Fetching;

public sealed class ActingLinksTests
{
    [Theory]
    [InlineData("https://a.vn/report/123")]
    [InlineData("https://a.vn/post/7/delete")]
    [InlineData("https://a.vn/delete-post/7")]
    [InlineData("https://a.vn/deleteComment?id=3")]
    [InlineData("https://a.vn/post_report")]
    [InlineData("https://a.vn/logout.php")]
    [InlineData("https://a.vn/log-out")]
    [InlineData("https://a.vn/sign_out")]
    [InlineData("https://a.vn/unsubscribe?u=1")]
    [InlineData("https://a.vn/item?action=remove&id=2")]
    [InlineData("https://a.vn/index.php?do=delete")]
    [InlineData("https://a.vn/x?_method=DELETE")]
    [InlineData("https://a.vn/x?logout")]
    [InlineData("https://a.vn/x?vote=up")]
    [InlineData("https://a.vn/%64elete/7")]
    [InlineData("https://a.vn/#!/photo/7/delete")]
    [InlineData("https://a.vn/searchbyimage?image_url=x")]
    [InlineData("https://a.vn/search-by-image")]
    [InlineData("https://a.vn/search?tbs=1&imgurl=http://b.vn/x.jpg")]
    [InlineData("https://a.vn/bao-cao/9")]
    [InlineData("https://a.vn/dang-xuat")]
    [InlineData("https://a.vn/xoa-bai/9")]
    public void Links_that_act_are_recognised(string url) => Assert.True(ActingLinks.Matches(Canonical(url)));

    [Theory]
    [InlineData("https://a.vn/")]
    [InlineData("https://a.vn/news/annual-report-2024")]
    [InlineData("https://a.vn/report-of-the-year-in-education/")]
    [InlineData("https://a.vn/bao-cao-tai-chinh-2024")]
    [InlineData("https://a.vn/reports/2024")]
    [InlineData("https://a.vn/album/7/photo/8")]
    [InlineData("https://a.vn/img/like.png")]
    [InlineData("https://a.vn/blockchain")]
    [InlineData("https://a.vn/order-of-the-phoenix")]
    [InlineData("https://a.vn/search?q=delete")]
    [InlineData("https://a.vn/x?delete=0")]
    [InlineData("https://a.vn/x?title=how+to+delete")]
    [InlineData("https://a.vn/resize?imgurl=/x.jpg")]
    [InlineData("https://a.vn/deleted-scenes")]
    public void Links_that_only_show_are_left_in(string url) => Assert.False(ActingLinks.Matches(Canonical(url)));

    private static CanonicalUrl Canonical(string text)
    {
        Assert.True(CanonicalUrl.TryCreate(text, CanonicalUrlOptions.KeepAll, out CanonicalUrl? url, out _));
        return url;
    }
}
