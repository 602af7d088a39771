using System.Text;
using Monitor.Worker.Fetching;

namespace Monitor.Tests.Fetching;

public sealed class RobotsRulesTests
{
    [Theory]
    [InlineData("", "/x", true)]
    [InlineData("User-agent: *\nDisallow: /", "/x", false)]
    [InlineData("User-agent: *\nDisallow: /", "/robots.txt", true)]
    [InlineData("User-agent: *\nDisallow:", "/x", true)]
    [InlineData("User-agent: *\nDisallow: /a\nAllow: /a/b", "/a/b/c", true)]
    [InlineData("User-agent: *\nDisallow: /a\nAllow: /a/b", "/a/c", false)]
    [InlineData("User-agent: *\nAllow: /a/b\nDisallow: /a", "/a/b/c", true)]
    [InlineData("User-agent: *\nDisallow: /a\nAllow: /a", "/a", true)]
    [InlineData("User-agent: *\nDisallow: /*.gif$", "/x/y.gif", false)]
    [InlineData("User-agent: *\nDisallow: /*.gif$", "/x/y.gif?z", true)]
    [InlineData("User-agent: *\nDisallow: /*.gif", "/x/y.gif?z", false)]
    [InlineData("User-agent: *\nDisallow: /a*b*c", "/a1c2b3c", false)]
    [InlineData("User-agent: *\nDisallow: /a*b*c$", "/abcbd", true)]
    [InlineData("User-agent: *\nDisallow: /a*b*c$", "/abcbc", false)]
    [InlineData("User-agent: *\nDisallow: /ab*bc$", "/abc", true)]
    [InlineData("User-agent: *\nDisallow: /x$", "/x", false)]
    [InlineData("User-agent: *\nDisallow: /x$", "/xy", true)]
    [InlineData("User-agent: *\nDisallow: *", "/x", false)]
    [InlineData("User-agent: *\nDisallow: /?q=", "/?q=1", false)]
    [InlineData("User-agent: *\nDisallow: /X", "/x", true)]
    [InlineData("User-agent: *\nDisallow: /đèn", "/%C4%91%C3%A8n/1", false)]
    [InlineData("User-agent: *\nDisallow: /%7euser", "/~user", false)]
    [InlineData("User-agent: *\nDisallow: /a # why", "/a", false)]
    [InlineData("\uFEFFUser-agent: *\r\nDisallow: /a\r\n", "/a", false)]
    [InlineData("USER-AGENT : *\rDISALLOW : /a", "/a", false)]
    [InlineData("User-agent: *\nDisallow: /\n\nUser-agent: monitorvn\nDisallow: /b", "/a", true)]
    [InlineData("User-agent: *\nDisallow: /\n\nUser-agent: MonitorVN/2.0\nDisallow: /b", "/b", false)]
    [InlineData("User-agent: monitorvn\nUser-agent: other\nDisallow: /b", "/b", false)]
    [InlineData("User-agent: monitorvn\nDisallow: /a\nUser-agent: other\nDisallow: /b", "/b", true)]
    [InlineData("User-agent: monitorvn\nDisallow: /a\nUser-agent: x\nDisallow: /c\nUser-agent: MonitorVN\nDisallow: /b", "/b", false)]
    [InlineData("User-agent: monitorvnext\nDisallow: /", "/b", true)]
    [InlineData("User-agent: monitorvn\nSitemap: https://a.vn/s.xml\nDisallow: /b", "/b", false)]
    [InlineData("Disallow: /b", "/b", true)]
    [InlineData("User-agent: monitorvn\n\nUser-agent: *\nDisallow: /", "/b", false)]
    [InlineData("<html>Not found</html>", "/b", true)]
    public void What_a_file_says(string file, string path, bool allowed) =>
        Assert.Equal(allowed, RobotsRules.Parse(Encoding.UTF8.GetBytes(file), "MonitorVN").Allows(path));

    [Theory]
    [InlineData("User-agent: *\nCrawl-delay: 2.5", 2.5)]
    [InlineData("User-agent: *\nCrawl-delay: 9\nUser-agent: monitorvn\nCrawl-delay: 1\nDisallow: /x", 1.0)]
    [InlineData("User-agent: *\nCrawl-delay: -1", null)]
    [InlineData("User-agent: *\nCrawl-delay: 1e99", null)]
    [InlineData("User-agent: *\nCrawl-delay: soon", null)]
    [InlineData("User-agent: *\nDisallow: /x", null)]
    public void Crawl_delay(string file, double? seconds) =>
        Assert.Equal(seconds, RobotsRules.Parse(Encoding.UTF8.GetBytes(file), "MonitorVN").CrawlDelay?.TotalSeconds);

    [Fact]
    public void What_stands_beyond_500_KiB_is_ignored()
    {
        string padding = string.Concat(Enumerable.Repeat("# " + new string('x', 97) + "\n", 5200));
        var rules = RobotsRules.Parse(Encoding.UTF8.GetBytes("User-agent: *\nDisallow: /a\n" + padding + "Disallow: /b\n"), "MonitorVN");
        Assert.False(rules.Allows("/a"));
        Assert.True(rules.Allows("/b"));
    }

    [Fact]
    public void A_pattern_of_many_stars_needs_no_backtracking()
    {
        string pattern = "/" + string.Concat(Enumerable.Repeat("*a", 500)) + "$";
        var rules = RobotsRules.Parse(Encoding.UTF8.GetBytes($"User-agent: *\nDisallow: {pattern}"), "MonitorVN");
        Assert.True(rules.Allows("/" + new string('a', 8000) + "b"));
        Assert.False(rules.Allows("/" + new string('a', 8000)));
    }
}
