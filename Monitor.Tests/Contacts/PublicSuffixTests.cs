using Monitor.Worker.Contacts;

namespace Monitor.Tests.Contacts;

public sealed class PublicSuffixTests
{
    // From the list's own test data (publicsuffix.org, test_psl.txt: public domain), and the names of Việt Nam.
    [Theory]
    [InlineData("com", null)]
    [InlineData("example.com", "example.com")]
    [InlineData("b.example.com", "example.com")]
    [InlineData("A.B.Example.COM.", "example.com")]
    [InlineData("example", null)]
    [InlineData("b.example.example", "example.example")]
    [InlineData("uk.com", "uk.com")]
    [InlineData("test.ac", "test.ac")]
    [InlineData("c.mm", null)]
    [InlineData("b.c.mm", "b.c.mm")]
    [InlineData("a.b.c.mm", "b.c.mm")]
    [InlineData("test.jp", "test.jp")]
    [InlineData("www.test.ac.jp", "test.ac.jp")]
    [InlineData("kyoto.jp", null)]
    [InlineData("b.ide.kyoto.jp", "b.ide.kyoto.jp")]
    [InlineData("c.kobe.jp", null)]
    [InlineData("a.b.c.kobe.jp", "b.c.kobe.jp")]
    [InlineData("city.kobe.jp", "city.kobe.jp")]
    [InlineData("www.city.kobe.jp", "city.kobe.jp")]
    [InlineData("www.ck", "www.ck")]
    [InlineData("www.www.ck", "www.ck")]
    [InlineData("k12.ak.us", null)]
    [InlineData("www.test.k12.ak.us", "test.k12.ak.us")]
    [InlineData("xn--55qx5d.cn", null)]
    [InlineData("www.xn--85x722f.xn--55qx5d.cn", "xn--85x722f.xn--55qx5d.cn")]
    [InlineData("com.vn", null)]
    [InlineData("a.b.mau.com.vn", "mau.com.vn")]
    [InlineData("mau.vn", "mau.vn")]
    [InlineData("cdn.mau.id.vn", "mau.id.vn")]
    [InlineData("a..vn", null)]
    [InlineData("", null)]
    public void The_registered_name_is_one_label_more_than_the_suffix(string host, string? registered) => Assert.Equal(registered, PublicSuffixes.RegistrableDomain(host));

    [Fact]
    public void Of_a_host_with_many_labels_the_registered_name_is_always_among_those_asked_about()
    {
        Assert.Equal(["e.f.g.h.mau.com.vn", "f.g.h.mau.com.vn", "g.h.mau.com.vn", "h.mau.com.vn", "mau.com.vn"], ContactFinder.Climb("a.b.c.d.e.f.g.h.mau.com.vn"));
        Assert.Empty(ContactFinder.Climb("com.vn"));
    }
}
