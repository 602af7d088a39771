using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Monitor.Rules.Matching;

namespace Monitor.Tests.Matching;

public sealed class CanonicalUrlTests
{
    [Theory]
    [InlineData("HTTP://Example.VN", "http://example.vn/")]
    [InlineData("https://example.vn:443/a", "https://example.vn/a")]
    [InlineData("http://example.vn:80/a", "http://example.vn/a")]
    [InlineData("http://example.vn:8080/a", "http://example.vn:8080/a")]
    [InlineData("http://example.vn:/a", "http://example.vn/a")]
    [InlineData("https://example.vn./a", "https://example.vn/a")]
    [InlineData("https://example.vn/a#part", "https://example.vn/a")]
    [InlineData("https://example.vn/a#!/album/7", "https://example.vn/a#!/album/7")]
    [InlineData("https://example.vn/a/./b/../c", "https://example.vn/a/c")]
    [InlineData("https://example.vn/a/%2E%2e/c", "https://example.vn/c")]
    [InlineData("https://example.vn/../../x", "https://example.vn/x")]
    [InlineData("https://example.vn/a/..", "https://example.vn/")]
    [InlineData("https://example.vn/a//b", "https://example.vn/a//b")]
    [InlineData("https://example.vn?x=1", "https://example.vn/?x=1")]
    [InlineData("https://example.vn/?", "https://example.vn/")]
    [InlineData("https://example.vn/%7euser/%c3%a9%2f", "https://example.vn/~user/%C3%A9%2F")]
    [InlineData("https://example.vn/đèn lồng", "https://example.vn/%C4%91%C3%A8n%20l%E1%BB%93ng")]
    [InlineData("https://example.vn/100%", "https://example.vn/100%25")]
    [InlineData("https://example.vn/%%34%31", "https://example.vn/%2541")]
    [InlineData("https://example.vn\\a\\b", "https://example.vn/a/b")]
    [InlineData("https:example.vn/a", "https://example.vn/a")]
    [InlineData("https:///example.vn/a", "https://example.vn/a")]
    [InlineData("https://đènlồng.vn/", "https://xn--nlng-4oa9vr81q.vn/")]
    [InlineData("https://ＥＸＡＭＰＬＥ.vn/", "https://example.vn/")]
    [InlineData("https://example。vn/", "https://example.vn/")]
    [InlineData("https://ex%61mple.vn/", "https://example.vn/")]
    [InlineData("https://[2001:DB8:0:0:1::1]/", "https://[2001:db8::1:0:0:1]/")]
    [InlineData("https://[::ffff:127.0.0.1]/", "https://[::ffff:7f00:1]/")]
    [InlineData("  https://example.vn/a  ", "https://example.vn/a")]
    public void One_spelling(string input, string expected)
    {
        Assert.True(CanonicalUrl.TryCreate(input, CanonicalUrlOptions.Default, out CanonicalUrl? url, out UrlProblem problem), problem.ToString());
        Assert.Equal(expected, url.Value);
        Assert.False(url.SchemeAssumed);
    }

    [Theory]
    [InlineData("http://0x7f.1/", "127.0.0.1")]
    [InlineData("http://2130706433/", "127.0.0.1")]
    [InlineData("http://017700000001/", "127.0.0.1")]
    [InlineData("http://0177.0.0.01/", "127.0.0.1")]
    [InlineData("http://127.1/", "127.0.0.1")]
    [InlineData("http://127.0.0.1./", "127.0.0.1")]
    [InlineData("http://0x7F.0X0.0x0.0x1/", "127.0.0.1")]
    [InlineData("http://１２７.0.0.1/", "127.0.0.1")]
    [InlineData("http://127。0。0。1/", "127.0.0.1")]
    [InlineData("http://%31%32%37.0.0.1/", "127.0.0.1")]
    [InlineData("http://0/", "0.0.0.0")]
    [InlineData("http://0xA9FEA9FE/", "169.254.169.254")]
    public void Odd_ipv4_notations_end_as_the_address_they_mean(string input, string host)
    {
        Assert.True(CanonicalUrl.TryCreate(input, CanonicalUrlOptions.Default, out CanonicalUrl? url, out _));
        Assert.Equal(host, url.Host);
        Assert.True(url.IsAddress);
    }

    [Theory]
    [InlineData("", UrlProblem.Empty)]
    [InlineData("   ", UrlProblem.Empty)]
    [InlineData(null, UrlProblem.Empty)]
    [InlineData("file:///etc/hosts", UrlProblem.UnsupportedScheme)]
    [InlineData("gopher://example.vn/", UrlProblem.UnsupportedScheme)]
    [InlineData("javascript:alert(1)", UrlProblem.UnsupportedScheme)]
    [InlineData("data:text/html,x", UrlProblem.UnsupportedScheme)]
    [InlineData("mailto:a@example.vn", UrlProblem.UnsupportedScheme)]
    [InlineData("https://user:secret@example.vn/", UrlProblem.Credentials)]
    [InlineData("https://example.vn@other.example/", UrlProblem.Credentials)]
    [InlineData("https://@example.vn/", UrlProblem.Credentials)]
    [InlineData("user@example.vn", UrlProblem.Credentials)]
    [InlineData("https://example.vn/a\r\nHost: x", UrlProblem.ControlCharacters)]
    [InlineData("https://example.vn/\t", UrlProblem.ControlCharacters)]
    [InlineData("https://example.vn/\u0085", UrlProblem.ControlCharacters)]
    [InlineData("https://", UrlProblem.BadHost)]
    [InlineData("https:///", UrlProblem.BadHost)]
    [InlineData("https://a..b/", UrlProblem.BadHost)]
    [InlineData("https://exa mple.vn/", UrlProblem.BadHost)]
    [InlineData("https://exa%00mple.vn/", UrlProblem.BadHost)]
    [InlineData("https://exa%0Ample.vn/", UrlProblem.BadHost)]
    [InlineData("https://1.2.3.4.5/", UrlProblem.BadHost)]
    [InlineData("https://256.0.0.1/", UrlProblem.BadHost)]
    [InlineData("https://0xfffffffffff/", UrlProblem.BadHost)]
    [InlineData("https://example.0x/..", UrlProblem.BadHost)]
    [InlineData("https://[fe80::1%25eth0]/", UrlProblem.BadHost)]
    [InlineData("https://[::1", UrlProblem.BadHost)]
    [InlineData("https://[1.2.3.4]/", UrlProblem.BadHost)]
    [InlineData("https://example.vn:0/", UrlProblem.BadPort)]
    [InlineData("https://example.vn:65536/", UrlProblem.BadPort)]
    [InlineData("https://example.vn:8a/", UrlProblem.BadPort)]
    [InlineData("hello", UrlProblem.Malformed)]
    [InlineData("/path/only", UrlProblem.Malformed)]
    public void What_is_no_url_says_why(string? input, UrlProblem expected)
    {
        Assert.False(CanonicalUrl.TryCreate(input, CanonicalUrlOptions.Default, out CanonicalUrl? url, out UrlProblem problem));
        Assert.Null(url);
        Assert.Equal(expected, problem);
    }

    [Theory]
    [InlineData("example.vn/x", "https://example.vn/x")]
    [InlineData("example.vn:8080/x", "https://example.vn:8080/x")]
    [InlineData("//example.vn/x", "https://example.vn/x")]
    [InlineData("127.0.0.1:81", "https://127.0.0.1:81/")]
    public void Without_a_scheme_https_is_assumed_and_said_so(string input, string expected)
    {
        Assert.True(CanonicalUrl.TryCreate(input, CanonicalUrlOptions.Default, out CanonicalUrl? url, out _));
        Assert.Equal(expected, url.Value);
        Assert.True(url.SchemeAssumed);
    }

    [Theory]
    [InlineData("https://a.vn/?utm_source=x&id=7&FBCLID=1&z=2", "https://a.vn/?id=7&z=2")]
    [InlineData("https://a.vn/?utm_source=x", "https://a.vn/")]
    [InlineData("https://a.vn/?%75tm_medium=x&b", "https://a.vn/?b")]
    [InlineData("https://a.vn/?__cft__%5B0%5D=x&v=1", "https://a.vn/?v=1")]
    [InlineData("https://a.vn/?z=1&a=2&a=1", "https://a.vn/?z=1&a=2&a=1")]
    [InlineData("https://a.vn/?autm_x=1", "https://a.vn/?autm_x=1")]
    public void Tracking_parameters_go_and_order_stays(string input, string expected)
    {
        Assert.True(CanonicalUrl.TryCreate(input, CanonicalUrlOptions.Default, out CanonicalUrl? url, out _));
        Assert.Equal(expected, url.Value);
    }

    [Fact]
    public void The_tracking_list_is_the_callers()
    {
        var options = new CanonicalUrlOptions(["ref", "x_*", "*"]);
        Assert.True(CanonicalUrl.TryCreate("https://a.vn/?ref=1&x_y=2&utm_source=3", options, out CanonicalUrl? url, out _));
        Assert.Equal("https://a.vn/?utm_source=3", url.Value);
    }

    [Fact]
    public void Too_long_as_written_or_once_escaped()
    {
        Assert.False(CanonicalUrl.TryCreate("https://a.vn/" + new string('a', 8192), CanonicalUrlOptions.Default, out _, out UrlProblem written));
        Assert.False(CanonicalUrl.TryCreate("https://a.vn/" + new string('đ', 4000), CanonicalUrlOptions.Default, out _, out UrlProblem escaped));
        Assert.Equal((UrlProblem.TooLong, UrlProblem.TooLong), (written, escaped));
    }

    [Fact]
    public void Parts_and_display_form()
    {
        Assert.True(CanonicalUrl.TryCreate("http://Bücher.example:8080/a/b?q=1", CanonicalUrlOptions.Default, out CanonicalUrl? url, out _));
        Assert.Equal("xn--bcher-kva.example", url.Host);
        Assert.Equal("bücher.example", url.DisplayHost);
        Assert.Equal("xn--bcher-kva.example:8080", url.Authority);
        Assert.Equal("/a/b?q=1", url.PathAndQuery);
        Assert.Equal("http://xn--bcher-kva.example:8080/a/b", url.WithoutQuery.Value);
    }

    [Theory]
    [InlineData("https://a.vn/forum/12?x=1", "/forum", true)]
    [InlineData("https://a.vn/forum", "/forum", true)]
    [InlineData("https://a.vn/forum?x=1", "/forum", true)]
    [InlineData("https://a.vn/forums", "/forum", false)]
    [InlineData("https://a.vn/forum", "/forum/", false)]
    [InlineData("https://a.vn/forum/1", "a.vn/forum", true)]
    [InlineData("http://a.vn/forum/1", "https://a.vn/forum", true)]
    [InlineData("https://b.vn/forum/1", "a.vn/forum", false)]
    [InlineData("https://x.a.vn/forum/1", "a.vn/forum", false)]
    [InlineData("https://a.vn:8443/forum/1", "a.vn/forum", false)]
    [InlineData("https://a.vn/forum/../admin", "/forum", false)]
    [InlineData("https://a.vn/đèn/1", "/đèn", true)]
    [InlineData("https://a.vn/x", "", false)]
    [InlineData("https://a.vn/x", "javascript:x", false)]
    public void Sections_end_at_segment_borders(string input, string scope, bool inside)
    {
        Assert.True(CanonicalUrl.TryCreate(input, CanonicalUrlOptions.Default, out CanonicalUrl? url, out _));
        Assert.Equal(inside, url.SameSection(scope));
    }

    [Theory]
    [InlineData("b", "https://a.vn/x/b")]
    [InlineData("../b?y", "https://a.vn/b?y")]
    [InlineData("/b", "https://a.vn/b")]
    [InlineData("?q=2", "https://a.vn/x/y?q=2")]
    [InlineData("#top", "https://a.vn/x/y?q=1")]
    [InlineData("//b.vn/c", "https://b.vn/c")]
    [InlineData("\\\\b.vn\\c", "https://b.vn/c")]
    [InlineData("http://c.vn", "http://c.vn/")]
    public void References_resolve(string reference, string expected)
    {
        Assert.True(CanonicalUrl.TryCreate("https://a.vn/x/y?q=1", CanonicalUrlOptions.Default, out CanonicalUrl? origin, out _));
        Assert.True(CanonicalUrl.TryResolve(origin, reference, CanonicalUrlOptions.Default, out CanonicalUrl? url, out _));
        Assert.Equal(expected, url.Value);
    }

    [Property(MaxTest = 2000)]
    public bool Any_text_at_all_ends_without_an_exception_and_canonical_values_stay(string? text) => StaysOrFails(text);

    [Property(MaxTest = 5000)]
    public Property Urls_of_hostile_pieces_stay_once_canonical()
    {
        Gen<string> piece = Gen.Elements(
            "a", "B", "vn", ".", "..", "/", "//", "\\", "%", "%2", "%2e", "%2F", "%41", "%%34%31", "%C4%91", "đ", "ß", "\u200d", "İ", "Σ", "\ud800", "[", "]", ":", ":80", "@", "?", "&", "=", "+", "#", "#!",
            "utm_x=1", "xn--", "xn--a", "0x7f", "1", "08", "。", "１", " ", "|", "\"", "-", "_", "~", ";", "*", "example", "[::1]", "\u0000", "\u202e");
        Gen<string> urls = from prefix in Gen.Elements("https://", "http://", "https://a.vn/", "http://a.vn/?", "https://a.vn/#!", "")
                           from pieces in Gen.ListOf(piece)
                           select prefix + string.Concat(pieces);
        return Prop.ForAll(urls.ToArbitrary(), StaysOrFails);
    }

    private static bool StaysOrFails(string? text)
    {
        if (!CanonicalUrl.TryCreate(text, CanonicalUrlOptions.Default, out CanonicalUrl? once, out UrlProblem problem))
            return problem != UrlProblem.None;
        return problem == UrlProblem.None
            && CanonicalUrl.TryCreate(once.Value, CanonicalUrlOptions.Default, out CanonicalUrl? twice, out _)
            && twice.Value == once.Value
            && twice.Host == once.Host
            && twice.Equals(once)
            && once.Value.All(c => c is > ' ' and < '\u007f');
    }
}
