using Monitor.Rules.Takedowns;
using Monitor.Tests.Contracts;

namespace Monitor.Tests.Takedowns;

public sealed class EscalationPolicyTests
{
    private static readonly LadderStep[] Ladder =
    [
        new(TimeSpan.FromHours(24), LadderAction.Reminder),
        new(TimeSpan.FromHours(24), LadderAction.SecondChannel),
        new(TimeSpan.FromHours(48), LadderAction.Reminder),
        new(TimeSpan.FromHours(72), LadderAction.Authority, "police"),
    ];

    private static TakedownRequest Delivered => Rows.Request(1, 1) with { DeliveredAt = Rows.Noon, LadderSince = Rows.Noon };

    private static Rung Climbed(LadderAction action) => new(action, Rows.Noon, null);

    [Fact]
    public void Rungs_come_in_order_counted_from_delivery_and_reminders_are_none()
    {
        Assert.Equal([LadderAction.SecondChannel, LadderAction.Authority], EscalationPolicy.Rungs(Ladder).Select(step => step.Action));
        Assert.Equal(Rows.Noon.AddHours(24), EscalationPolicy.NextAt(Delivered, Ladder, Rows.Noon));
        var one = Delivered with { Rungs = [Climbed(LadderAction.SecondChannel)] };
        Assert.Equal(Rows.Noon.AddHours(72), EscalationPolicy.NextAt(one, Ladder, Rows.Noon.AddHours(30)));
        Assert.Null(EscalationPolicy.NextAt(one with { Rungs = [.. one.Rungs, Climbed(LadderAction.Authority)] }, Ladder, Rows.Noon));
        Assert.Null(EscalationPolicy.NextAt(Delivered, [], Rows.Noon));
    }

    [Fact]
    public void What_came_due_while_the_ladder_stood_still_is_due_now() =>
        Assert.Equal(Rows.Noon.AddHours(100), EscalationPolicy.NextAt(Delivered, Ladder, Rows.Noon.AddHours(100)));

    [Theory]
    [InlineData(DemandState.Open, true)]
    [InlineData(DemandState.Acknowledged, true)]
    [InlineData(DemandState.Refused, true)]
    [InlineData(DemandState.OnHold, false)]
    [InlineData(DemandState.Withdrawn, false)]
    [InlineData(DemandState.Closed, false)]
    public void It_climbs_while_the_demand_stands(DemandState demand, bool climbs)
    {
        Assert.Equal(climbs, EscalationPolicy.NextAt(Delivered with { Demand = demand }, Ladder, Rows.Noon) is not null);
        Assert.Null(EscalationPolicy.NextAt(Delivered with { Demand = demand, AppearsGone = true }, Ladder, Rows.Noon));
        Assert.Null(EscalationPolicy.NextAt(Delivered with { Demand = demand, LadderSince = null }, Ladder, Rows.Noon));
    }

    [Fact]
    public void A_restart_forgets_what_was_climbed_and_waits_for_the_new_demand()
    {
        var again = EscalationPolicy.Restarted(Delivered with { Rungs = [Climbed(LadderAction.SecondChannel)], NextRungAt = Rows.Noon });
        Assert.Equal((null, 0, null), (again.LadderSince, again.Rungs.Count, again.NextRungAt));
        Assert.Same(again, EscalationPolicy.Scheduled(again, Ladder, Rows.Noon));
    }
}
