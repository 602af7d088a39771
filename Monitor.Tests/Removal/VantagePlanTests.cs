using Monitor.Rules.Removal;

namespace Monitor.Tests.Removal;

public sealed class VantagePlanTests
{
    private static readonly string[] Required = ["direct", "abroad", "tor"];

    [Theory]
    [InlineData(RemovalState.Live, Liveness.Live, null, "")]
    [InlineData(RemovalState.Live, Liveness.Gone, null, "abroad tor")]
    [InlineData(RemovalState.Live, Liveness.ProbablyGone, null, "abroad tor")]
    [InlineData(RemovalState.Live, Liveness.Restricted, null, "abroad tor")]
    [InlineData(RemovalState.Live, Liveness.Inconclusive, null, "abroad tor")]
    [InlineData(RemovalState.Live, Liveness.Inconclusive, TransportError.Timeout, "")]
    [InlineData(RemovalState.Live, Liveness.Inconclusive, TransportError.DnsServfail, "")]
    [InlineData(RemovalState.ApparentlyGone, Liveness.Inconclusive, TransportError.ConnectionReset, "")]
    [InlineData(RemovalState.Live, Liveness.Inconclusive, TransportError.DnsNxdomain, "abroad tor")]
    [InlineData(RemovalState.ApparentlyGone, Liveness.Live, null, "abroad tor")]
    [InlineData(RemovalState.Restricted, Liveness.Live, null, "abroad tor")]
    [InlineData(RemovalState.ConfirmedRemoved, Liveness.Gone, null, "abroad tor")]
    [InlineData(RemovalState.DurablyRemoved, Liveness.Gone, null, "abroad tor")]
    public void Others_look_when_it_matters(RemovalState state, Liveness first, TransportError? trouble, string others) =>
        Assert.Equal(others, string.Join(' ', VantagePlan.Others(Required, state, Verdict(first), trouble, Required)));

    [Fact]
    public void A_line_that_has_not_looked_for_a_while_looks_while_alive()
    {
        Assert.Equal(["abroad", "tor"], VantagePlan.Others(Required, RemovalState.Live, Verdict(Liveness.Live), null, []));
        Assert.Equal(["tor"], VantagePlan.Others(Required, RemovalState.Live, Verdict(Liveness.Live), null, ["direct", "abroad"]));
        Assert.Empty(VantagePlan.Others(Required, RemovalState.Live, Verdict(Liveness.Inconclusive), TransportError.Timeout, []));
    }

    [Fact]
    public void One_vantage_is_never_more_than_one_look()
    {
        foreach (RemovalState state in Enum.GetValues<RemovalState>())
        {
            foreach (Liveness liveness in Enum.GetValues<Liveness>())
                Assert.Empty(VantagePlan.Others(["direct"], state, Verdict(liveness), null, []));
        }

        Assert.Empty(VantagePlan.Others(["direct", "direct"], RemovalState.ApparentlyGone, Verdict(Liveness.Gone), null, []));
    }

    private static LivenessVerdict Verdict(Liveness liveness) => new(liveness, LivenessReason.Alive, []);
}
