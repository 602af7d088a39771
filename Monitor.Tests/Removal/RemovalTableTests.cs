using FsCheck.Xunit;
using Monitor.Rules.Removal;
using Monitor.Rules.Takedowns;
using Monitor.Tests.Takedowns;

namespace Monitor.Tests.Removal;

public sealed class RemovalTableTests
{
    [Fact]
    public void Every_pair_is_as_intended() => TableWalk.Matches(
        RemovalTable.Instance,
        """
                         SeenLive   SeenPartial SeenRestricted SeenGone       SeenNothing SeenBack   ProofComplete    CleanPeriodComplete
        Live             .          Partial     Restricted     ApparentlyGone .           x          x                x
        Partial          Live       .           Restricted     ApparentlyGone .           x          x                x
        Restricted       Live       Partial     .              ApparentlyGone .           Reappeared x                x
        ApparentlyGone   Live       Partial     Restricted     .              .           Reappeared ConfirmedRemoved x
        ConfirmedRemoved Reappeared Reappeared  Restricted     .              .           x          x                DurablyRemoved
        DurablyRemoved   Reappeared Reappeared  Restricted     .              .           x          x                x
        Reappeared       .          .           Restricted     ApparentlyGone .           x          x                x
        """,
        """
        Live SeenPartial: DraftMediaNotice
        Live SeenGone: PauseReminders
        Partial SeenGone: PauseReminders
        Restricted SeenPartial: DraftMediaNotice
        Restricted SeenGone: PauseReminders
        Restricted SeenBack: DraftReappearanceNotice, AlertPerson
        ApparentlyGone SeenLive: ResumeReminders
        ApparentlyGone SeenPartial: ResumeReminders, DraftMediaNotice
        ApparentlyGone SeenRestricted: ResumeReminders
        ApparentlyGone SeenBack: ResumeReminders, DraftReappearanceNotice, AlertPerson
        ApparentlyGone ProofComplete: CloseDemand
        ConfirmedRemoved SeenLive: ReopenDemand, DraftReappearanceNotice, AlertPerson
        ConfirmedRemoved SeenPartial: ReopenDemand, DraftReappearanceNotice, AlertPerson
        ConfirmedRemoved SeenRestricted: ReopenDemand, AlertPerson
        DurablyRemoved SeenLive: ReopenDemand, DraftReappearanceNotice, AlertPerson
        DurablyRemoved SeenPartial: ReopenDemand, DraftReappearanceNotice, AlertPerson
        DurablyRemoved SeenRestricted: ReopenDemand, AlertPerson
        Reappeared SeenGone: PauseReminders
        """);

    [Fact]
    public void Every_state_is_reached_from_a_live_target() =>
        Assert.Equal(Enum.GetValues<RemovalState>().ToHashSet(), TableWalk.Reachable(RemovalTable.Instance, RemovalState.Live));

    [Fact]
    public void Nothing_is_ever_removed_for_good() => Assert.Empty(TableWalk.Ends(RemovalTable.Instance));

    [Fact]
    public void A_look_is_never_refused_whatever_the_state()
    {
        foreach (var state in Enum.GetValues<RemovalState>())
        {
            Assert.All(
                (RemovalTrigger[])[RemovalTrigger.SeenLive, RemovalTrigger.SeenPartial, RemovalTrigger.SeenRestricted, RemovalTrigger.SeenGone, RemovalTrigger.SeenNothing],
                look => Assert.IsNotType<Transition<RemovalState, RemovalEffect>.Illegal>(RemovalTable.Instance.Apply(state, look)));
        }
    }

    [Property(MaxTest = 2000 / Effort.Share)]
    public void Confirmed_comes_only_from_a_complete_proof_and_durable_only_from_confirmed(byte[] sequence)
    {
        foreach (var (from, trigger, to) in TableWalk.Play(RemovalTable.Instance, RemovalState.Live, sequence))
        {
            Assert.True(to != RemovalState.ConfirmedRemoved || from == to || (from == RemovalState.ApparentlyGone && trigger == RemovalTrigger.ProofComplete));
            Assert.True(to != RemovalState.DurablyRemoved || from == to || (from == RemovalState.ConfirmedRemoved && trigger == RemovalTrigger.CleanPeriodComplete));
        }
    }

    [Property(MaxTest = 2000 / Effort.Share)]
    public void Reminders_that_were_paused_are_resumed_before_anything_is_asked_for_again(byte[] sequence)
    {
        // Walks the effects: paused exactly while apparently gone or removed, so that nobody is reminded of what is gone, nor let off what is not.
        var paused = false;
        foreach (var (from, trigger, to) in TableWalk.Play(RemovalTable.Instance, RemovalState.Live, sequence))
        {
            if (RemovalTable.Instance.Apply(from, trigger) is Transition<RemovalState, RemovalEffect>.Moved moved)
            {
                paused = moved.Effects.Contains(RemovalEffect.PauseReminders)
                    || (paused && !moved.Effects.Contains(RemovalEffect.ResumeReminders) && !moved.Effects.Contains(RemovalEffect.ReopenDemand));
            }

            Assert.Equal(to is RemovalState.ApparentlyGone or RemovalState.ConfirmedRemoved or RemovalState.DurablyRemoved, paused);
        }
    }
}
