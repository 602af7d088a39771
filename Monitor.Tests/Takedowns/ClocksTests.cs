using Monitor.Rules.Cases;
using Monitor.Rules.Takedowns;
using Monitor.Tests.Contracts;

namespace Monitor.Tests.Takedowns;

public sealed class ClocksTests
{
    private static readonly DateTimeOffset Start = Rows.Noon;

    private static Case Opened => Rows.Case(1) with { OpenedAt = Start, Triage = null, Verification = null, Dismissal = null };

    private static Case Verified => Opened with { Triage = By("an", 1), Verification = By("binh", 2) };

    private static TakedownRequest Request => Rows.Request(1, 1) with
    {
        SentAt = null,
        DeliveredAt = null,
        DeliveryLabel = null,
        FirstGoneAt = null,
        ConfirmedAt = null,
        Withdrawal = null,
        DeadlineHours = 24,
    };

    [Fact]
    public void A_new_case_runs_one_clock() => Assert.Equal([new Clock(ClockKind.ReceiptToTriage, "receipt", Start, null, null)], Clocks.Of(Opened, null));

    [Fact]
    public void Every_clock_begins_where_the_one_before_ended()
    {
        var request = Request with { SentAt = At(3), DeliveredAt = At(4), DeliveryLabel = "dsn", FirstGoneAt = At(10), ConfirmedAt = At(34) };
        Assert.Equal(
            [
                new Clock(ClockKind.ReceiptToTriage, "receipt", Start, At(1), null),
                new Clock(ClockKind.TriageToVerified, "triage", At(1), At(2), null),
                new Clock(ClockKind.VerifiedToSent, "verification", At(2), At(3), null),
                new Clock(ClockKind.LegalDeadline, "delivery (dsn)", At(4), At(10), At(28)),
                new Clock(ClockKind.DeliveredToFirstGone, "delivery (dsn)", At(4), At(10), null),
                new Clock(ClockKind.FirstGoneToConfirmed, "first gone", At(10), At(34), null),
            ],
            Clocks.Of(Verified, request));
    }

    [Fact]
    public void A_dismissal_stops_the_clock_that_runs()
    {
        Assert.Equal(At(5), Assert.Single(Clocks.Of(Opened with { Dismissal = By("an", 5) }, null)).StoppedAt);
        Assert.Equal([At(1), At(5)], Clocks.Of(Opened with { Triage = By("an", 1), Dismissal = By("an", 5) }, null).Select(clock => clock.StoppedAt));
    }

    [Fact]
    public void A_case_dismissed_after_it_was_verified_was_verified_first() =>
        Assert.Equal(At(2), Clocks.Of(Verified with { Dismissal = By("an", 5) }, null).Single(clock => clock.Kind == ClockKind.TriageToVerified).StoppedAt);

    [Fact]
    public void A_withdrawal_stops_the_clocks_of_the_demand()
    {
        Assert.Equal(At(5), Clock(ClockKind.VerifiedToSent, Request with { Withdrawal = By("an", 5) }).StoppedAt);
        var delivered = Request with { SentAt = At(3), DeliveredAt = At(4), Withdrawal = By("an", 5) };
        Assert.Equal(At(3), Clock(ClockKind.VerifiedToSent, delivered).StoppedAt);
        Assert.False(Clock(ClockKind.LegalDeadline, delivered).IsOverdue(At(1000)));
        Assert.Equal(At(4.5), Clock(ClockKind.LegalDeadline, delivered with { FirstGoneAt = At(4.5) }).StoppedAt);
        Assert.Equal(At(5), Clock(ClockKind.LegalDeadline, delivered with { FirstGoneAt = At(9) }).StoppedAt);
    }

    [Fact]
    public void The_legal_deadline_runs_from_delivery_and_not_from_sending()
    {
        Assert.DoesNotContain(Clocks.Of(Verified, Request with { SentAt = At(3) }), clock => clock.Kind == ClockKind.LegalDeadline);
        var clock = Clock(ClockKind.LegalDeadline, Request with { SentAt = At(3), DeliveredAt = At(4), DeadlineHours = 48 });
        Assert.Equal(At(52), clock.DueAt);
        Assert.False(clock.IsOverdue(At(52)));
        Assert.True(clock.IsOverdue(At(52.001)));
    }

    [Fact]
    public void What_stopped_in_time_is_never_overdue_and_what_stopped_late_always_is()
    {
        var delivered = Request with { DeliveredAt = At(4) };
        Assert.False(Clock(ClockKind.LegalDeadline, delivered with { FirstGoneAt = At(28) }).IsOverdue(At(1000)));
        Assert.True(Clock(ClockKind.LegalDeadline, delivered with { FirstGoneAt = At(28.1) }).IsOverdue(At(5)));
        Assert.False(Clock(ClockKind.DeliveredToFirstGone, delivered).IsOverdue(At(1000)));
    }

    private static Clock Clock(ClockKind kind, TakedownRequest request) => Assert.Single(Clocks.Of(Verified, request), clock => clock.Kind == kind);

    private static DateTimeOffset At(double hours) => Start.AddHours(hours);

    private static Decision By(string person, double hours) => new(person, At(hours), "as seen");
}
