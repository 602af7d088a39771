using Monitor.Rules.Removal;
using Monitor.Tests.Loopback;
using Monitor.Worker.Fetching.Names;
using Monitor.Worker.Settings;

namespace Monitor.Tests.Fetching.Names;

public sealed class ResolverPanelTests
{
    private const int None = -1;

    [Theory]
    [InlineData(ScriptedDnsServer.NameError, ScriptedDnsServer.NameError, DnsAnswer.NoSuchName, 2, true)]
    [InlineData(ScriptedDnsServer.NameError, ScriptedDnsServer.NoError, DnsAnswer.Exists, 1, false)]
    [InlineData(ScriptedDnsServer.NoError, ScriptedDnsServer.NameError, DnsAnswer.Exists, 1, true)]
    [InlineData(ScriptedDnsServer.NameError, ScriptedDnsServer.ServerFailure, DnsAnswer.NoSuchName, 1, false)]
    [InlineData(ScriptedDnsServer.NameError, None, DnsAnswer.NoSuchName, 1, false)]
    [InlineData(ScriptedDnsServer.ServerFailure, None, DnsAnswer.Failed, 0, false)]
    public async Task Every_resolver_is_asked_by_itself(int home, int abroad, DnsAnswer answer, int agreeing, bool includesAbroad)
    {
        await using var first = ScriptedDnsServer.Start(home);
        await using var second = ScriptedDnsServer.Start(abroad == None ? null : abroad);

        DnsEvidence evidence = await Panel([first.Address], [second.Address]).AskAsync("khong-con.example", TestContext.Current.CancellationToken);

        Assert.Equal(new DnsEvidence { Answer = answer, ResolversAsked = 2, ResolversAgreeing = agreeing, IncludesAbroad = includesAbroad }, evidence);
        Assert.All(first.Asked.Concat(second.Asked), name => Assert.Equal("khong-con.example", name));
        Assert.NotEmpty(first.Asked);
        Assert.NotEmpty(second.Asked);
    }

    [Fact]
    public async Task A_name_without_an_address_exists_all_the_same()
    {
        await using var server = ScriptedDnsServer.Start(ScriptedDnsServer.NoError);
        server.HasAddress = false;

        Assert.Equal(DnsAnswer.Exists, (await Panel([server.Address], []).AskAsync("chi-co-thu.example", TestContext.Current.CancellationToken)).Answer);
    }

    [Fact]
    public async Task A_name_longer_than_dns_allows_is_no_evidence()
    {
        await using var server = ScriptedDnsServer.Start(ScriptedDnsServer.NameError);
        string host = string.Join('.', Enumerable.Repeat(new string('a', 63), 5)) + ".example";

        Assert.Equal(DnsAnswer.Failed, (await Panel([server.Address], []).AskAsync(host, TestContext.Current.CancellationToken)).Answer);
    }

    private static ResolverPanel Panel(IReadOnlyList<string> home, IReadOnlyList<string> abroad) =>
        new(() => new DnsSettings { Resolvers = home, AbroadResolvers = abroad, Timeout = TimeSpan.FromMilliseconds(300) });
}
