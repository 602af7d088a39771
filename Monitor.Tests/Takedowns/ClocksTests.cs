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

    [Fact]
    public void A_relay_runs_the_authoritys_clock_and_no_platforms()
    {
        var relay = Request with { SentAt = At(3), DeliveredAt = At(4), DeliveryLabel = "dsn", RelayTo = "bo-tttt", RelayHours = 48 };
        Assert.DoesNotContain(Clocks.Of(Verified, relay), clock => clock.Kind == ClockKind.LegalDeadline);
        Assert.Equal(new Clock(ClockKind.RelayToAcknowledged, "delivery (dsn)", At(4), null, At(52)), Clock(ClockKind.RelayToAcknowledged, relay));
        Assert.Equal(At(9), Clock(ClockKind.RelayToAcknowledged, relay with { ReplyAt = At(9) }).StoppedAt);
        Assert.Equal(At(8), Clock(ClockKind.RelayToAcknowledged, relay with { ReplyAt = At(9), FirstGoneAt = At(8) }).StoppedAt);
        Assert.DoesNotContain(Clocks.Of(Verified, Request with { DeliveredAt = At(4) }), clock => clock.Kind == ClockKind.RelayToAcknowledged);
    }

    [Fact]
    public void A_pause_belongs_to_its_clock_alone()
    {
        var pause = new ClockPause(ClockKind.LegalDeadline, By("an", 5), By("an", 6));
        var clocks = Clocks.Of(Verified with { Pauses = [pause] }, Request with { DeliveredAt = At(4) });
        Assert.Equal([pause], Assert.Single(clocks, clock => clock.Kind == ClockKind.LegalDeadline).Pauses);
        Assert.All(clocks.Where(clock => clock.Kind != ClockKind.LegalDeadline), clock => Assert.Empty(clock.Pauses));
    }

    [Fact]
    public void Time_that_counts_is_without_the_pauses_within_it()
    {
        var clock = new Clock(ClockKind.LegalDeadline, "delivery", At(10), null, At(34));
        Assert.Equal(TimeSpan.FromHours(5), clock.Elapsed(At(15)));
        Assert.Equal(TimeSpan.Zero, clock.Elapsed(At(10)));
        Assert.Equal(TimeSpan.Zero, clock.Elapsed(At(9)));
        Assert.Equal(TimeSpan.FromHours(2), (clock with { StoppedAt = At(12) }).Elapsed(At(50)));
        Clock Paused(double from, double? to) => clock with { Pauses = [new ClockPause(ClockKind.LegalDeadline, By("an", from), to is { } end ? By("an", end) : null)] };
        Assert.Equal(TimeSpan.FromHours(8), Paused(12, 14).Elapsed(At(20)));
        // Of a pause that began before the clock, or lasts beyond what is asked for, only the part within counts.
        Assert.Equal(TimeSpan.FromHours(6), Paused(5, 14).Elapsed(At(20)));
        Assert.Equal(TimeSpan.FromHours(2), Paused(12, 40).Elapsed(At(20)));
        Assert.Equal(TimeSpan.FromHours(2), Paused(12, null).Elapsed(At(20)));
        Assert.Equal(TimeSpan.FromHours(10), Paused(2, 5).Elapsed(At(20)));
        Assert.Equal(TimeSpan.FromHours(10), Paused(25, 30).Elapsed(At(20)));
        var twice = clock with { Pauses = [.. Paused(12, 13).Pauses, .. Paused(15, 17).Pauses] };
        Assert.Equal(TimeSpan.FromHours(7), twice.Elapsed(At(20)));
    }

    [Fact]
    public void While_a_clock_stands_still_somebody_answers_for_it_and_nothing_runs_out()
    {
        var clock = new Clock(ClockKind.LegalDeadline, "delivery", At(10), null, At(34)) { Pauses = [new ClockPause(ClockKind.LegalDeadline, By("an", 12), By("binh", 13)), new ClockPause(ClockKind.LegalDeadline, By("chi", 20))] };
        Assert.Equal(By("chi", 20), clock.PausedBy);
        Assert.False(clock.IsOverdue(At(1000)));
        Assert.Null((clock with { StoppedAt = At(30) }).PausedBy);
        Assert.Null((clock with { Pauses = [clock.Pauses[0]] }).PausedBy);
        Assert.True((clock with { Pauses = [clock.Pauses[0]] }).IsOverdue(At(34.001)));
        // Stopped after it had run out: a pause that came later excuses nothing.
        Assert.True((clock with { Pauses = [new ClockPause(ClockKind.LegalDeadline, By("an", 40))] }).IsOverdue(At(41)));
    }

    private static Clock Clock(ClockKind kind, TakedownRequest request) => Assert.Single(Clocks.Of(Verified, request), clock => clock.Kind == kind);

    private static DateTimeOffset At(double hours) => Start.AddHours(hours);

    private static Decision By(string person, double hours) => new(person, At(hours), "as seen");
}
