using Monitor.Rules.Evidence;
using Monitor.Tests.Takedowns;

namespace Monitor.Tests.Evidence;

public sealed class EvidenceRequestTableTests
{
    [Fact]
    public void Every_pair_is_as_intended() => TableWalk.Matches(
        EvidenceRequestTable.Instance,
        """
                   AcceptBasis Refuse  Approve  PackageBuilt HandOver  ConfirmReceipt LiftHold
        Received   Checked     Refused x        x            x         x              x
        Checked    x           Refused Approved x            x         x              x
        Approved   x           Refused x        Built        x         x              Closed
        Built      x           Refused x        Built        Delivered x              x
        Delivered  x           x       x        x            x         Receipted      x
        Receipted  x           x       x        x            x         .              Closed
        Refused    x           .       x        x            x         x              x
        Closed     x           x       x        x            x         x              .
        """,
        """
        Received Refuse: ReleaseHold
        Checked Refuse: ReleaseHold
        Approved Refuse: ReleaseHold
        Approved LiftHold: ReleaseHold
        Built Refuse: ReleaseHold
        Delivered ConfirmReceipt: StartRetention
        Receipted LiftHold: ReleaseHold
        """);

    [Fact]
    public void A_hold_ends_with_a_refusal_or_with_two_people_and_nowhere_else() =>
        Assert.Equal([EvidenceRequestState.Refused, EvidenceRequestState.Closed], TableWalk.Ends(EvidenceRequestTable.Instance));
}
