using FsCheck.Xunit;
using Monitor.Rules.Takedowns;

namespace Monitor.Tests.Takedowns;

public sealed class PlatformChoiceTests
{
    private static readonly PlatformProfile[] Profiles =
    [
        Profile("generic", "*"),
        Profile("wide", "example.vn") with { MediaHosts = ["cdn.example"] },
        Profile("video", "video.example.vn"),
        Profile("clips", "video.example.vn") with { UrlPatterns = ["^/clips/", @"^/c\?"] },
        Profile("shared", "cdn.example") with { UrlPatterns = ["^/app/"] },
        Profile("letters", "xn--in-lng-8ya0k.example"),
        Profile("twin-b", "twin.example") with { UrlPatterns = ["^/t"] },
        Profile("twin-a", "twin.example") with { UrlPatterns = ["^/t"] },
    ];

    [Theory]
    [InlineData("example.vn", "/", "wide", HostClaim.Exact)]
    [InlineData("EXAMPLE.VN.", "/", "wide", HostClaim.Exact)]
    [InlineData("Example.vn:8443", "/", "wide", HostClaim.Exact)]
    [InlineData("m.example.vn", "/", "wide", HostClaim.Parent)]
    [InlineData("video.example.vn", "/x", "video", HostClaim.Exact)]
    [InlineData("a.video.example.vn", "/x", "video", HostClaim.Parent)]
    [InlineData("video.example.vn", "/clips/7", "clips", HostClaim.Exact)]
    [InlineData("video.example.vn", "/c?id=7", "clips", HostClaim.Exact)]
    [InlineData("cdn.example", "/1.jpg", "wide", HostClaim.Media)]
    [InlineData("eu.cdn.example", "/1.jpg", "wide", HostClaim.Media)]
    [InlineData("cdn.example", "/app/1", "shared", HostClaim.Exact)]
    [InlineData("evil-example.vn", "/", "generic", HostClaim.Generic)]
    [InlineData("example.vn.evil.test", "/", "generic", HostClaim.Generic)]
    [InlineData("", "/", "generic", HostClaim.Generic)]
    [InlineData("127.0.0.1:80", "/", "generic", HostClaim.Generic)]
    [InlineData("[::1]:80", "/", "generic", HostClaim.Generic)]
    [InlineData("twin.example", "/t", "twin-a", HostClaim.Exact)]
    [InlineData("twin.example", "/u", "generic", HostClaim.Generic)]
    public void The_nearest_profile_answers(string host, string path, string id, HostClaim claim)
    {
        var choice = PlatformChoice.Of(host, path, Profiles);
        Assert.Equal((id, claim, ClaimEnd.Chosen), (choice.Chosen!.Id, choice.Claims[0].Claim, choice.Claims[0].End));
        Assert.Equal(Profiles.Length, choice.Claims.Count);
        Assert.Single(choice.Claims, one => one.End == ClaimEnd.Chosen);
    }

    [Fact]
    public void A_name_in_letters_and_its_ASCII_form_are_one()
    {
        var ascii = new System.Globalization.IdnMapping().GetAscii("đèn-lồng.example");
        var letters = Profile("letters", ascii);
        Assert.Equal("letters", PlatformChoice.Of("Đèn-Lồng.example", "/", [letters]).Chosen!.Id);
        Assert.Equal("letters", PlatformChoice.Of("m." + ascii.ToUpperInvariant(), "/", [letters]).Chosen!.Id);
    }

    [Fact]
    public void Each_profile_that_was_not_chosen_says_why()
    {
        Assert.Equal("clips:Chosen video:LessParticular wide:Farther generic:Farther", Ends("video.example.vn", "/clips/1"));
        Assert.Equal("video:Chosen clips:PatternMissed wide:Farther generic:Farther", Ends("video.example.vn", "/"));
        Assert.Equal("twin-a:Chosen twin-b:Tied generic:Farther", Ends("twin.example", "/t"));
        Assert.Equal("wide:Chosen shared:PatternMissed generic:Farther", Ends("cdn.example", "/"));

        static string Ends(string host, string path) => string.Join(' ', PlatformChoice.Of(host, path, Profiles).Claims.Where(claim => claim.End != ClaimEnd.OtherHost).Select(claim => $"{claim.Profile.Id}:{claim.End}"));
    }

    [Fact]
    public void The_longest_of_a_profiles_names_is_the_nearer_claim_and_a_shorter_one_is_farther()
    {
        PlatformProfile[] two = [Profile("a", "example.vn"), Profile("b", "m.example.vn", "x.test")];
        var choice = PlatformChoice.Of("k.m.example.vn", "/", two);
        Assert.Equal(("b", "m.example.vn"), (choice.Chosen!.Id, choice.Claims[0].Host));
        // Both are parents: the other one is not tied, it is farther.
        Assert.Equal(ClaimEnd.Farther, choice.Claims[1].End);
        Assert.Equal(("b", "m.example.vn"), (PlatformChoice.Of("k.m.example.vn", "/", [Profile("b", "example.vn", "m.example.vn")]).Chosen!.Id, PlatformChoice.Of("k.m.example.vn", "/", [Profile("b", "example.vn", "m.example.vn")]).Claims[0].Host));
    }

    [Fact]
    public void Names_that_are_none_claim_nothing()
    {
        Assert.Null(PlatformChoice.Of("x.example", "/", [Profile("a", "", "."), Profile("b", " ")]).Chosen);
        Assert.Null(PlatformChoice.Of("", "/", [Profile("a", "", ".")]).Chosen);
        Assert.Null(PlatformChoice.Of("*", "/", [Profile("media", "other.example") with { MediaHosts = ["*"] }]).Chosen);
    }

    [Fact]
    public void Letters_of_other_scripts_become_what_the_names_are_stored_as() => Assert.Equal(new System.Globalization.IdnMapping().GetAscii("đèn.example"), PlatformChoice.Normal("ĐÈN.example"));

    [Fact]
    public void Without_a_generic_profile_nobody_may_answer() => Assert.Null(PlatformChoice.Of("other.example", "/", Profiles[1..]).Chosen);

    [Property(MaxTest = 300 / Effort.Share)]
    public bool The_order_of_the_profiles_and_the_spelling_of_the_host_decide_nothing(int seed, byte labels, bool dot, bool upper)
    {
        string[] names = ["example.vn", "video.example.vn", "m.example.vn", "cdn.example", "twin.example", "nobody.example", "a.b.video.example.vn"];
        string[] paths = ["/", "/clips/1", "/t", "/app/1"];
        var host = names[labels % names.Length];
        var path = paths[(labels / names.Length) % paths.Length];
        var shuffled = Profiles.OrderBy(profile => unchecked((profile.Id.Length * 31 + profile.Id[0] + profile.Id[^1] * 7) * (seed | 1))).ToList();
        var spelt = (upper ? host.ToUpperInvariant() : host) + (dot ? "." : "");
        var one = PlatformChoice.Of(host, path, Profiles);
        var other = PlatformChoice.Of(spelt, path, shuffled);
        return one.Chosen == other.Chosen && one.Claims.SequenceEqual(other.Claims);
    }

    [Property(MaxTest = 300 / Effort.Share)]
    public bool Whatever_the_host_somebody_answers(string? host, string? path)
    {
        var choice = PlatformChoice.Of(host ?? "", "/" + path, Profiles);
        return choice.Chosen is not null && choice.Claims.Count == Profiles.Length;
    }

    private static PlatformProfile Profile(string id, params string[] hosts) => new() { Id = id, Name = id, Hosts = hosts, Channels = [] };
}
