using Monitor.Rules.Takedowns;

namespace Monitor.Tests.Takedowns;

public sealed class TransitionTableTests
{
    private static readonly TransitionTable<DemandState, DemandTrigger, DemandEffect> Small = new TransitionTable<DemandState, DemandTrigger, DemandEffect>.Builder("Small")
        .On(DemandState.Open, DemandTrigger.PlaceHold, DemandState.OnHold, DemandEffect.StopReminders, DemandEffect.AlertPerson)
        .On(DemandState.OnHold, DemandTrigger.ReleaseHold, DemandState.Open)
        .Ignore(DemandState.OnHold, DemandTrigger.PlaceHold)
        .Build();

    [Fact]
    public void What_is_not_listed_is_illegal_and_says_why() =>
        Assert.Equal("Small: Retract is not possible while Open", Assert.IsType<Transition<DemandState, DemandEffect>.Illegal>(Small.Apply(DemandState.Open, DemandTrigger.Retract)).Reason);

    [Fact]
    public void The_picture_is_drawn_from_the_rows_that_decide() => Assert.Equal(
        "stateDiagram-v2\n    [*] --> Open\n    Open --> OnHold: PlaceHold / StopReminders, AlertPerson\n    OnHold --> Open: ReleaseHold\n",
        Small.ToMermaid());

    [Fact]
    public void The_picture_is_the_same_every_time() => Assert.Equal(DispatchTable.Instance.ToMermaid(), DispatchTable.Instance.ToMermaid());

    [Fact]
    public void A_pair_listed_twice_is_found_when_the_table_is_built() => Assert.Throws<ArgumentException>(() =>
        new TransitionTable<DemandState, DemandTrigger, DemandEffect>.Builder("Twice")
            .On(DemandState.Open, DemandTrigger.Retract, DemandState.Withdrawn)
            .Ignore(DemandState.Open, DemandTrigger.Retract)
            .Build());
}
