using FsCheck.Xunit;
using Monitor.Rules.Takedowns;

namespace Monitor.Tests.Takedowns;

public sealed class DemandTableTests
{
    [Fact]
    public void Every_pair_is_as_intended() => TableWalk.Matches(
        DemandTable.Instance,
        """
                      PlatformAcknowledged PlatformRefused PlatformSaysRemoved PlaceHold ReleaseHold Retract   RemovalConfirmed ContentReappeared
        Open          Acknowledged         Refused         Acknowledged        OnHold    .           Withdrawn Closed           .
        Acknowledged  .                    Refused         Acknowledged        OnHold    .           Withdrawn Closed           .
        Refused       Acknowledged         .               Acknowledged        OnHold    .           Withdrawn Closed           .
        OnHold        .                    .               .                   .         Open        Withdrawn Closed           .
        Withdrawn     .                    .               .                   x         x           .         .                .
        Closed        .                    .               .                   x         .           Withdrawn .                Open
        """,
        """
        Open PlatformRefused: AlertPerson
        Open PlatformSaysRemoved: ProbeNow
        Open PlaceHold: StopReminders
        Open Retract: StopReminders, DraftRetraction
        Open RemovalConfirmed: StopReminders
        Acknowledged PlatformRefused: AlertPerson
        Acknowledged PlatformSaysRemoved: ProbeNow
        Acknowledged PlaceHold: StopReminders
        Acknowledged Retract: StopReminders, DraftRetraction
        Acknowledged RemovalConfirmed: StopReminders
        Refused PlatformSaysRemoved: ProbeNow
        Refused PlaceHold: StopReminders
        Refused Retract: StopReminders, DraftRetraction
        Refused RemovalConfirmed: StopReminders
        OnHold ReleaseHold: ResumeReminders
        OnHold Retract: DraftRetraction
        Closed ContentReappeared: AlertPerson
        Closed Retract: DraftRetraction
        """);

    [Fact]
    public void Every_state_is_reached_from_an_open_demand() =>
        Assert.Equal(Enum.GetValues<DemandState>().ToHashSet(), TableWalk.Reachable(DemandTable.Instance, DemandState.Open));

    [Fact]
    public void Only_a_withdrawal_is_final() => Assert.Equal([DemandState.Withdrawn], TableWalk.Ends(DemandTable.Instance));

    [Fact]
    public void Every_demand_can_be_withdrawn() => Assert.All(
        Enum.GetValues<DemandState>().Where(state => state != DemandState.Withdrawn),
        state => Assert.Equal(DemandState.Withdrawn, Assert.IsType<Transition<DemandState, DemandEffect>.Moved>(DemandTable.Instance.Apply(state, DemandTrigger.Retract)).Next));

    [Fact]
    public void A_platforms_word_never_closes_a_demand() => Assert.All(
        Enum.GetValues<DemandState>().Where(state => state != DemandState.Closed),
        state => Assert.False(DemandTable.Instance.Apply(state, DemandTrigger.PlatformSaysRemoved) is Transition<DemandState, DemandEffect>.Moved { Next: DemandState.Closed }));

    [Fact]
    public void A_platforms_word_brings_the_next_look_forward_while_the_demand_stands() => Assert.All(
        (DemandState[])[DemandState.Open, DemandState.Acknowledged, DemandState.Refused],
        state => Assert.Contains(DemandEffect.ProbeNow, Assert.IsType<Transition<DemandState, DemandEffect>.Moved>(DemandTable.Instance.Apply(state, DemandTrigger.PlatformSaysRemoved)).Effects));

    [Property(MaxTest = 2000 / Effort.Share)]
    public void A_withdrawn_demand_stays_withdrawn_and_asks_for_nothing(byte[] sequence)
    {
        var withdrawn = false;
        foreach (var (from, trigger, to) in TableWalk.Play(DemandTable.Instance, DemandState.Open, sequence))
        {
            Assert.True(!withdrawn || to == DemandState.Withdrawn);
            Assert.True(!withdrawn || DemandTable.Instance.Apply(from, trigger) is not Transition<DemandState, DemandEffect>.Moved);
            withdrawn |= to == DemandState.Withdrawn;
        }
    }

    [Property(MaxTest = 2000 / Effort.Share)]
    public void A_closed_demand_was_closed_by_the_proof_and_opens_by_reappearance_alone(byte[] sequence)
    {
        foreach (var (from, trigger, to) in TableWalk.Play(DemandTable.Instance, DemandState.Open, sequence))
        {
            Assert.True(to != DemandState.Closed || from == DemandState.Closed || trigger == DemandTrigger.RemovalConfirmed);
            Assert.True(from != DemandState.Closed || to != DemandState.Open || trigger == DemandTrigger.ContentReappeared);
        }
    }
}
