using Monitor.Rules.Takedowns;

namespace Monitor.Tests.Takedowns;

public sealed class PlatformProfileTests
{
    private static PlatformProfile Profile(params string[] hosts) => new() { Id = "sample", Name = "Sample", Hosts = hosts, Channels = [] };

    [Theory]
    [InlineData("example.vn", true)]
    [InlineData("EXAMPLE.vn", true)]
    [InlineData("www.example.vn", true)]
    [InlineData("a.b.Example.VN", true)]
    [InlineData("evil-example.vn", false)]
    [InlineData("evilexample.vn", false)]
    [InlineData("example.vn.evil.test", false)]
    [InlineData("example.vn.", false)]
    [InlineData("xample.vn", false)]
    [InlineData("vn", false)]
    [InlineData("axample.vn", false)]
    [InlineData("", false)]
    [InlineData("example.com", false)]
    [InlineData("example.vn:8080", false)]
    public void A_profile_answers_for_its_hosts_and_what_stands_under_them(string host, bool answers) => Assert.Equal(answers, Profile("example.vn").AnswersFor(host));

    [Fact]
    public void The_generic_profile_answers_for_no_host_by_name()
    {
        Assert.True(Profile("*").IsGeneric);
        Assert.False(Profile("*").AnswersFor("example.vn"));
        Assert.False(Profile("*").AnswersFor("*"));
        Assert.False(Profile("example.vn").IsGeneric);
    }

    [Fact]
    public void What_a_profile_does_not_say_is_Vietnamese_and_seen_from_here()
    {
        Assert.Equal("vi", Profile().Language);
        Assert.Equal(["direct"], Profile().RequiredVantages);
    }

    [Fact]
    public void A_host_must_be_longer_than_what_it_stands_under() => Assert.False(Profile(".example.vn").AnswersFor("example.vn."));

    [Fact]
    public void Any_of_several_hosts_is_enough()
    {
        Assert.True(Profile("example.vn", "lantern.test").AnswersFor("m.lantern.test"));
        Assert.False(Profile().AnswersFor("lantern.test"));
    }
}
