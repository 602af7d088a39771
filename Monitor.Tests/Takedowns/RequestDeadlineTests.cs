using Monitor.Rules.Takedowns;
using Monitor.Tests.Contracts;

namespace Monitor.Tests.Takedowns;

public sealed class RequestDeadlineTests
{
    private static DateTimeOffset At(double hours) => Rows.Noon.AddHours(hours);

    private static TakedownRequest Request => Rows.Request(1, 1) with { DeliveredAt = At(0), DeadlineHours = 24, RelayTo = null, DeadlineShift = TimeSpan.Zero, NextReminderAt = null, NextRungAt = null, DraftDueAt = null };

    [Fact]
    public void A_deadline_runs_from_delivery_and_pauses_move_it_later()
    {
        Assert.Equal(At(24), Request.LegalDeadline);
        Assert.Equal(At(27), (Request with { DeadlineShift = TimeSpan.FromHours(3) }).LegalDeadline);
        Assert.Null((Request with { DeliveredAt = null }).LegalDeadline);
        Assert.Null(Request.RelayDeadline);
    }

    [Fact]
    public void A_relay_binds_no_platform_and_has_the_authoritys_own_term()
    {
        var relay = Request with { RelayTo = "bo-tttt", RelayHours = 48 };
        Assert.Equal((null, At(48)), (relay.LegalDeadline, relay.RelayDeadline));
        Assert.Null((relay with { DeliveredAt = null }).RelayDeadline);
    }

    [Fact]
    public void Whatever_is_due_first_is_due()
    {
        Assert.Null(Request.NextActAt);
        Assert.Equal(At(3), (Request with { NextReminderAt = At(3) }).NextActAt);
        Assert.Equal(At(3), (Request with { NextRungAt = At(3) }).NextActAt);
        Assert.Equal(At(3), (Request with { DraftDueAt = At(3) }).NextActAt);
        Assert.Equal(At(1), (Request with { NextReminderAt = At(1), NextRungAt = At(2), DraftDueAt = At(3) }).NextActAt);
        Assert.Equal(At(1), (Request with { NextReminderAt = At(3), NextRungAt = At(1), DraftDueAt = At(2) }).NextActAt);
        Assert.Equal(At(1), (Request with { NextReminderAt = At(2), NextRungAt = At(3), DraftDueAt = At(1) }).NextActAt);
    }
}
