using FsCheck.Xunit;
using Monitor.Rules.Removal;
using Monitor.Tests.Takedowns;
using static Monitor.Tests.Removal.Looks;

namespace Monitor.Tests.Removal;

public sealed class RecheckScheduleTests
{
    private static readonly TimeSpan Weekly = TimeSpan.FromDays(7);

    private static TimeSpan Pause(RemovalState state, double? sentHoursAgo, TimeSpan cadence, int? inconclusive = null, string seed = "T000001/00000001") =>
        RecheckSchedule.Next(new RemovalProgress { State = state, Silences = Silence(inconclusive ?? 0) }, Rules, sentHoursAgo is { } hours ? At(-hours) : null, cadence, inconclusive is not null, Zero, seed) - Zero;

    private static readonly RemovalRules Rules = new();

    private static VantageSilence[] Silence(int looks) => looks == 0 ? [] : [new VantageSilence("direct", looks, looks, Zero, Zero)];

    /// <summary>Within a quarter of the pause (two fifths under proof), either way.</summary>
    private static void About(TimeSpan expected, TimeSpan pause, double spread = 0.25) => Assert.InRange(pause, expected * (1 - spread), expected * (1 + spread));

    [Theory]
    [InlineData(0, 1)]
    [InlineData(23.99, 1)]
    [InlineData(24, 6)]
    [InlineData(167.99, 6)]
    [InlineData(168, 24)]
    [InlineData(10_000, 24)]
    [InlineData(-5, 1)]
    public void Hourly_on_the_first_day_after_sending_then_six_hourly_for_a_week_then_daily(double sentHoursAgo, double hours)
    {
        Assert.Equal(TimeSpan.FromHours(hours), RecheckSchedule.AfterRequest(TimeSpan.FromHours(sentHoursAgo)));
        About(TimeSpan.FromHours(hours), Pause(RemovalState.Live, sentHoursAgo, Weekly));
    }

    [Fact]
    public void Without_a_request_the_watch_lists_own_rhythm_holds()
    {
        About(Weekly, Pause(RemovalState.Live, null, Weekly));
        About(TimeSpan.FromMinutes(5), Pause(RemovalState.Live, null, TimeSpan.FromMinutes(5)));
        Assert.InRange(Pause(RemovalState.Live, null, TimeSpan.Zero), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1.25));
        Assert.InRange(Pause(RemovalState.Live, null, TimeSpan.FromHours(-3)), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1.25));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(23, 1)]
    [InlineData(25, 2.5)]
    [InlineData(143, 2.5)]
    [InlineData(145, 6)]
    public void Under_proof_it_is_looked_at_hourly_for_a_day_and_then_often_enough_to_be_watched(double goneHoursAgo, double hours)
    {
        var progress = new RemovalProgress { State = RemovalState.ApparentlyGone, FirstGoneAt = At(-goneHoursAgo) };
        for (var at = 0; at < 200; at++)
        {
            var pause = RecheckSchedule.Next(progress, Rules, At(-1000), Weekly, false, Zero, $"T000001/{at:D8}") - Zero;
            About(TimeSpan.FromHours(hours), pause, 0.4);
            Assert.True(goneHoursAgo > 144 || pause < Rules.BlindAfter, "a pause that nobody watches");
        }

        // Where visitors are walled off people decide: the machine need not hurry.
        About(TimeSpan.FromHours(6), RecheckSchedule.Next(progress, Rules with { Walled = true }, At(-1000), Weekly, false, Zero, "seed") - Zero);
    }

    [Theory]
    [InlineData(RemovalState.Reappeared, 6)]
    [InlineData(RemovalState.ConfirmedRemoved, 24)]
    public void A_proof_under_way_is_looked_after_even_on_a_slow_list(RemovalState state, double hours)
    {
        About(TimeSpan.FromHours(hours), Pause(state, null, Weekly));
        About(TimeSpan.FromHours(hours), Pause(state, 1000, Weekly));
        About(TimeSpan.FromHours(1), Pause(state, 2, Weekly));
    }

    [Theory]
    [InlineData(1, 30)]
    [InlineData(2, 60)]
    [InlineData(3, 120)]
    [InlineData(6, 960)]
    [InlineData(7, 1440)]
    [InlineData(8, 1440)]
    [InlineData(1000, 1440)]
    [InlineData(0, 15)]
    [InlineData(-4, 15)]
    public void Looks_that_saw_nothing_are_repeated_soon_and_then_less_and_less_often(int streak, double minutes)
    {
        About(TimeSpan.FromMinutes(minutes), Pause(RemovalState.Live, 1000, Weekly, streak));
        About(TimeSpan.FromMinutes(minutes), Pause(RemovalState.ConfirmedRemoved, 1000, Weekly, streak));
    }

    [Fact]
    public void Repeating_never_makes_looks_rarer_than_the_rhythm() => About(TimeSpan.FromHours(1), Pause(RemovalState.Live, 2, Weekly, 50));

    [Fact]
    public void Durable_removal_is_looked_after_on_days_30_90_365_and_yearly()
    {
        var progress = new RemovalProgress { State = RemovalState.DurablyRemoved, DurableAt = Zero };
        var now = Zero;
        foreach (var day in (double[])[30, 90, 365])
        {
            var next = Next(progress, now);
            Assert.InRange(next, Zero.AddDays(day), Zero.AddDays(day).AddHours(12));
            now = next;
        }

        for (var year = 0; year < 3; year++)
        {
            var next = Next(progress, now);
            Assert.InRange(next, now.AddDays(365), now.AddDays(365).AddHours(12));
            now = next;
        }

        static DateTimeOffset Next(RemovalProgress progress, DateTimeOffset now) => RecheckSchedule.Next(progress, Rules, At(-900), TimeSpan.FromHours(1), false, now, "T000001/00000007");
    }

    [Fact]
    public void A_look_for_reappearance_that_saw_nothing_is_repeated_within_bounds()
    {
        var progress = new RemovalProgress { State = RemovalState.DurablyRemoved, DurableAt = Zero };
        var day = Zero.AddDays(30);
        for (var streak = 1; streak < 8; streak++)
        {
            About(TimeSpan.FromMinutes(15 * Math.Pow(2, streak)), RecheckSchedule.Next(progress with { Silences = Silence(streak) }, Rules, null, Weekly, true, day, "seed") - day);
        }

        Assert.InRange(RecheckSchedule.Next(progress with { Silences = Silence(8) }, Rules, null, Weekly, true, day, "seed"), Zero.AddDays(90), Zero.AddDays(91));
    }

    [Fact]
    public void The_spread_differs_between_targets_and_is_the_same_every_time()
    {
        var pauses = Enumerable.Range(0, 200).Select(at => Pause(RemovalState.Live, 2, Weekly, seed: $"T{at:D6}/00000001")).ToList();
        Assert.True(pauses.Distinct().Count() > 100);
        Assert.Equal(pauses, Enumerable.Range(0, 200).Select(at => Pause(RemovalState.Live, 2, Weekly, seed: $"T{at:D6}/00000001")));
    }

    [Property(MaxTest = 5000 / Effort.Share)]
    public void Always_ahead_and_never_two_days_away_while_a_proof_is_under_way(byte state, int? sentMinutesAgo, ushort cadenceMinutes, bool inconclusive, short streak, uint minute, string? seed)
    {
        var now = Zero.AddMinutes(minute % 2_000_000);
        var states = Enum.GetValues<RemovalState>();
        var progress = new RemovalProgress { State = states[state % states.Length], Silences = Silence(streak), DurableAt = Zero, ConfirmedAt = Zero };
        var next = RecheckSchedule.Next(progress, Rules, sentMinutesAgo is { } minutes ? now.AddMinutes(-(minutes % 1_000_000)) : null, TimeSpan.FromMinutes(cadenceMinutes), inconclusive, now, seed ?? "");
        Assert.True(next > now);
        if (progress.State is RemovalState.ApparentlyGone or RemovalState.ConfirmedRemoved)
        {
            Assert.True(next - now < new RemovalRules().LargestGap);
        }

        if (progress.State == RemovalState.DurablyRemoved)
        {
            Assert.True(next - now <= TimeSpan.FromDays(366));
        }
    }

    [Property(MaxTest = 3000 / Effort.Share)]
    public void Asked_later_it_never_answers_earlier(byte state, uint sentMinute, uint minute, ushort later, bool inconclusive, byte streak)
    {
        var states = Enum.GetValues<RemovalState>();
        var progress = new RemovalProgress { State = states[state % states.Length], Silences = Silence(streak), DurableAt = Zero };
        var sent = Zero.AddMinutes(sentMinute % 100_000);
        var now = Zero.AddMinutes(minute % 1_000_000);
        Assert.True(
            RecheckSchedule.Next(progress, Rules, sent, Weekly, inconclusive, now, "one seed") <= RecheckSchedule.Next(progress, Rules, sent, Weekly, inconclusive, now.AddMinutes(later), "one seed"));
    }
}
