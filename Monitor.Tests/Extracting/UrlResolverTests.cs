using FsCheck.Xunit;
using Monitor.Worker.Extracting;

namespace Monitor.Tests.Extracting;

public sealed class UrlResolverTests
{
    [Theory]
    [InlineData("b.html", "https://lantern.example:8443/a/b.html")]
    [InlineData("/b?c=1", "https://lantern.example:8443/b?c=1")]
    [InlineData("../b", "https://lantern.example:8443/b")]
    [InlineData("?q", "https://lantern.example:8443/a/page.html?q")]
    [InlineData("x y", "https://lantern.example:8443/a/x%20y")]
    [InlineData("//cdn.example/x", "https://cdn.example/x")]
    [InlineData("HTTP://Other.Example/%7e/đ", "HTTP://Other.Example/%7e/đ")]
    [InlineData("mailto:a@b.example", null)]
    [InlineData("file:///etc/hosts", null)]
    [InlineData("https://", null)]
    [InlineData("http:///x", null)]
    [InlineData("", null)]
    public void Resolving(string url, string? expected) =>
        Assert.Equal(expected, new UrlResolver("https://lantern.example:8443/a/page.html?x=/y/#z", null).Resolve(url));

    [Theory]
    [InlineData("https://lantern.example")]
    [InlineData("https://user@lantern.example/a/b")]
    [InlineData("file:///a/b")]
    [InlineData("nothing")]
    public void Unusual_bases(string final)
    {
        var urls = new UrlResolver(final, null);
        Assert.Equal("https://x.example/", urls.Resolve("https://x.example/"));
        string? relative = urls.Resolve("y");
        Assert.Equal(Uri.TryCreate(final, UriKind.Absolute, out Uri? root) && root.Scheme == "https" ? new Uri(root, "y").AbsoluteUri : null, relative);
    }

    [Property(MaxTest = 1000)]
    public void The_short_way_leads_where_the_long_way_does(byte[] seed)
    {
        const string letters = "aZ09-_.~/?=&+,;!$'()*@/../.";
        string url = string.Concat((seed ?? []).Select(b => letters[b % letters.Length])).Trim();
        if (url.Length == 0 || url.StartsWith("//", StringComparison.Ordinal))
            return;

        var final = new Uri("http://lantern.example/a/b/c?d");
        Assert.Equal(new Uri(final, url).AbsoluteUri, new UrlResolver(final.OriginalString, null).Resolve(url));
    }
}
