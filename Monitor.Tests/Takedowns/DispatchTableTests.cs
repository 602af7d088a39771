using FsCheck.Xunit;
using Monitor.Rules.Takedowns;

namespace Monitor.Tests.Takedowns;

public sealed class DispatchTableTests
{
    private static readonly DispatchState[] Left = [DispatchState.Sent, DispatchState.Delivered];

    [Fact]
    public void Every_pair_is_as_intended() => TableWalk.Matches(
        DispatchTable.Instance,
        """
                           Approve  ApproveUnsigned   SignatureUploaded BeginSend Accepted NotAccepted Rejected FateUnknown     BeginResend DeliveryConfirmed BounceReceived DeliveredByHand NeverArrived Cancel
        Drafted            Approved AwaitingSignature x                 x         x        x           x        x               x           x                 x              x               x            Cancelled
        AwaitingSignature  x        x                 Approved          x         x        x           x        x               x           x                 x              x               x            Cancelled
        Approved           x        x                 x                 Sending   x        x           x        x               x           x                 x              Delivered       x            Cancelled
        Sending            x        x                 x                 x         Sent     Approved    Bounced  DeliveryUnknown x           x                 x              x               x            x
        DeliveryUnknown    x        x                 x                 x         Sent     x           x        .               Sending     Delivered         Bounced        x               Approved     x
        Sent               x        x                 x                 x         .        x           x        x               x           Delivered         Bounced        x               x            x
        Delivered          x        x                 x                 x         .        x           x        x               x           .                 x              x               x            x
        Bounced            x        x                 x                 x         x        x           x        x               x           x                 .              x               x            x
        Cancelled          x        x                 x                 x         x        x           x        x               x           x                 x              x               x            .
        """,
        """
        Drafted Approve: Enqueue
        AwaitingSignature SignatureUploaded: Enqueue
        Sending Accepted: StartLegalClock
        Sending NotAccepted: Retry
        Sending Rejected: AlertPerson
        Approved DeliveredByHand: StartLegalClock
        DeliveryUnknown NeverArrived: Retry
        DeliveryUnknown BeginResend: MarkResentCopy, AlertPerson
        DeliveryUnknown Accepted: StartLegalClock
        DeliveryUnknown DeliveryConfirmed: StartLegalClock
        DeliveryUnknown BounceReceived: AlertPerson
        Sent DeliveryConfirmed: StartLegalClock
        Sent BounceReceived: AlertPerson
        """);

    [Fact]
    public void It_is_known_by_its_name() => Assert.Equal("Dispatch", DispatchTable.Instance.Name);

    [Fact]
    public void Every_state_is_reached_from_a_draft() =>
        Assert.Equal(Enum.GetValues<DispatchState>().ToHashSet(), TableWalk.Reachable(DispatchTable.Instance, DispatchState.Drafted));

    [Fact]
    public void It_ends_delivered_bounced_or_cancelled_and_nowhere_else() =>
        Assert.Equal([DispatchState.Delivered, DispatchState.Bounced, DispatchState.Cancelled], TableWalk.Ends(DispatchTable.Instance));

    [Fact]
    public void Every_state_can_still_come_to_an_end() =>
        Assert.All(Enum.GetValues<DispatchState>(), state => Assert.Contains(TableWalk.Reachable(DispatchTable.Instance, state), TableWalk.Ends(DispatchTable.Instance).Contains));

    [Property(MaxTest = 2000 / Effort.Share)]
    public void What_left_never_returns_to_approved(byte[] sequence)
    {
        var steps = TableWalk.Play(DispatchTable.Instance, DispatchState.Drafted, sequence);
        var first = steps.ToList().FindIndex(step => Left.Contains(step.To));
        Assert.All(steps.Skip(first < 0 ? steps.Count : first), step => Assert.Contains(step.To, (DispatchState[])[.. Left, DispatchState.Bounced]));
    }

    [Property(MaxTest = 2000 / Effort.Share)]
    public void Nothing_is_taken_by_a_server_that_was_not_being_sent(byte[] sequence)
    {
        var steps = TableWalk.Play(DispatchTable.Instance, DispatchState.Drafted, sequence);
        var sending = false;
        var approved = false;
        foreach (var (from, trigger, to) in steps)
        {
            approved |= trigger is DispatchTrigger.Approve or DispatchTrigger.SignatureUploaded && from != to;
            Assert.True(to is not (DispatchState.Sending or DispatchState.Delivered) || approved, "sent without an approval");
            // Carried by a person, it never was in a machine's hands.
            sending |= to == DispatchState.Sending || trigger == DispatchTrigger.DeliveredByHand;
            Assert.True(sending || to is not (DispatchState.Sent or DispatchState.Delivered or DispatchState.DeliveryUnknown or DispatchState.Bounced), $"{from} → {to} without sending");
            if (from != to && to is DispatchState.Sent)
            {
                Assert.Contains(from, (DispatchState[])[DispatchState.Sending, DispatchState.DeliveryUnknown]);
            }
        }
    }

    [Fact]
    public void Sending_begins_only_with_the_intent_to_send()
    {
        foreach (var state in Enum.GetValues<DispatchState>())
        {
            foreach (var trigger in Enum.GetValues<DispatchTrigger>())
            {
                if (DispatchTable.Instance.Apply(state, trigger) is Transition<DispatchState, DispatchEffect>.Moved { Next: DispatchState.Sending })
                {
                    Assert.Contains((state, trigger), ((DispatchState, DispatchTrigger)[])[(DispatchState.Approved, DispatchTrigger.BeginSend), (DispatchState.DeliveryUnknown, DispatchTrigger.BeginResend)]);
                }
            }
        }
    }

    [Fact]
    public void A_cancelled_notice_can_only_have_been_cancelled_before_it_was_being_sent() => Assert.All(
        Enum.GetValues<DispatchState>().Where(state => DispatchTable.Instance.Apply(state, DispatchTrigger.Cancel) is Transition<DispatchState, DispatchEffect>.Moved),
        state => Assert.Contains(state, (DispatchState[])[DispatchState.Drafted, DispatchState.AwaitingSignature, DispatchState.Approved]));
}
