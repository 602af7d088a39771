using Monitor.Rules.Removal;
using static Monitor.Tests.Removal.Looks;

namespace Monitor.Tests.Removal;

/// <summary>The lines of the proof, one by one. Hours count from the first sign of removal.</summary>
public sealed class RemovalProofTests
{
    private static readonly RemovalRules Rules = new();
    private static readonly RemovalRules Two = new() { RequiredVantages = ["direct", "proxy"] };
    private static readonly RemovalRules Walled = new() { Walled = true };

    // Hard signs ---------------------------------------------------------------------------------------------------------------

    [Theory]
    [InlineData(RemovalState.ApparentlyGone, new double[] { 0 })]
    [InlineData(RemovalState.ApparentlyGone, new double[] { 0, 24 })]
    [InlineData(RemovalState.ApparentlyGone, new double[] { 0, 30 })]
    [InlineData(RemovalState.ApparentlyGone, new double[] { 0, 12, 23.99 })]
    [InlineData(RemovalState.ApparentlyGone, new double[] { 0, 1, 2, 3, 4, 5, 6, 7 })]
    [InlineData(RemovalState.ConfirmedRemoved, new double[] { 0, 12, 24 })]
    [InlineData(RemovalState.ConfirmedRemoved, new double[] { 0, 0.1, 24 })]
    [InlineData(RemovalState.ConfirmedRemoved, new double[] { 0, 48, 96 })]
    [InlineData(RemovalState.ApparentlyGone, new double[] { 0, 12, 60.01 })]
    [InlineData(RemovalState.ApparentlyGone, new double[] { 0, 48.01, 96 })]
    [InlineData(RemovalState.ConfirmedRemoved, new double[] { 0, 48.01, 96, 96.01 })]
    public void Hard_signs_need_three_looks_over_a_day_without_a_gap(RemovalState state, double[] hours) =>
        Assert.Equal(state, After([.. hours.Select(hour => (object)Hard(hour))]).State);

    [Fact]
    public void What_is_missing_is_said()
    {
        var gap = Assert.Single(Play(Rules, [Hard(0), Hard(6)])[^1].Missing);
        Assert.Equal(new ProofGap(ProofGapKind.Observations, 1, TimeSpan.FromHours(18), "direct"), gap);
        Assert.Empty(Play(Rules, Removed)[^1].Missing);
    }

    [Fact]
    public void Confirmation_closes_the_demand_and_the_first_sign_pauses_reminders()
    {
        var steps = Play(Rules, Removed);
        Assert.Equal([RemovalEffect.PauseReminders], steps[1].Effects);
        Assert.Empty(steps[2].Effects);
        Assert.Equal([RemovalEffect.CloseDemand], steps[3].Effects);
    }

    // Soft signs ---------------------------------------------------------------------------------------------------------------

    [Fact]
    public void Soft_signs_need_five_looks_over_three_days_and_one_person_when_the_control_agrees()
    {
        object[] five = [Soft(0), Soft(18), Soft(36), Soft(54), Soft(72)];
        Assert.Equal(RemovalState.ApparentlyGone, After(five).State);
        Assert.Equal([new ProofGap(ProofGapKind.People, 1, TimeSpan.Zero, null)], Play(Rules, five)[^1].Missing);
        Assert.Equal(RemovalState.ConfirmedRemoved, After([.. five, Person("an", 73)]).State);
        Assert.Equal(RemovalState.ConfirmedRemoved, After([Soft(0), Person("an", 1), .. five[1..]]).State);
    }

    [Fact]
    public void Four_soft_looks_or_less_than_three_days_are_not_enough_for_anybody()
    {
        Assert.Equal(RemovalState.ApparentlyGone, After(Soft(0), Soft(36), Soft(54), Soft(72), Person("an", 73), Person("binh", 74)).State);
        Assert.Equal(RemovalState.ApparentlyGone, After(Soft(0), Soft(18), Soft(36), Soft(54), Soft(71.9), Person("an", 72), Person("binh", 73)).State);
    }

    [Fact]
    public void One_soft_look_without_a_valid_control_asks_for_a_second_person()
    {
        object[] five = [Soft(0), Soft(18), Bare(36), Soft(54), Soft(72), Person("an", 73)];
        Assert.Equal(RemovalState.ApparentlyGone, After(five).State);
        Assert.Equal(RemovalState.ApparentlyGone, After([.. five, Person("an", 74)]).State);
        Assert.Equal(RemovalState.ApparentlyGone, After([.. five, Person("AN", 74)]).State);
        Assert.Equal(RemovalState.ConfirmedRemoved, After([.. five, Person("binh", 74)]).State);
    }

    [Fact]
    public void One_soft_look_among_hard_ones_asks_for_the_longer_proof_until_three_hard_ones_follow()
    {
        object[] mixed = [Hard(0), Hard(1), Soft(12), Hard(24), Hard(36)];
        Assert.Equal(RemovalState.ApparentlyGone, After(mixed).State);
        Assert.Equal(RemovalState.ApparentlyGone, After([.. mixed, Hard(47)]).State);
        Assert.Equal(RemovalState.ConfirmedRemoved, After([.. mixed, Hard(48)]).State);
    }

    [Fact]
    public void A_person_adds_nothing_to_what_is_not_gone_and_says_so_by_the_same_progress()
    {
        var live = After(Live(0));
        Assert.Same(live, RemovalProof.Confirm(live, Person("an", 1), Rules).Progress);
        var once = After(Soft(0), Person("an", 1));
        Assert.Same(once, RemovalProof.Confirm(once, Person("An", 2), Rules).Progress);
    }

    [Fact]
    public void A_person_cannot_complete_a_run_that_nobody_has_looked_at_since()
    {
        object[] five = [Soft(0), Soft(18), Soft(36), Soft(54), Soft(72)];
        Assert.Equal(RemovalState.ConfirmedRemoved, After([.. five, Person("an", 120)]).State);
        Assert.Equal(RemovalState.ApparentlyGone, After([.. five, Nothing(96), Nothing(120), Person("an", 120.1)]).State);
    }

    [Fact]
    public void People_vouch_for_one_run_only()
    {
        var broken = After(Soft(0), Person("an", 1), Soft(49));
        Assert.Empty(broken.People);
        Assert.Empty(After(Soft(0), Person("an", 1), Live(2)).People);
    }

    // What resets, what says nothing ------------------------------------------------------------------------------------------

    [Theory]
    [InlineData(Liveness.Live, RemovalState.Live)]
    [InlineData(Liveness.Partial, RemovalState.Partial)]
    [InlineData(Liveness.Restricted, RemovalState.Restricted)]
    public void Content_seen_in_whole_in_part_or_by_place_resets_every_count(Liveness seen, RemovalState state)
    {
        var reset = After(Hard(0), Hard(12), Fact(13, seen));
        Assert.Equal(state, reset.State);
        Assert.Empty(reset.Runs);
        Assert.Null(reset.FirstGoneAt);
        Assert.Equal(RemovalState.ApparentlyGone, After(Hard(0), Hard(12), Fact(13, seen), Hard(24), Hard(36)).State);
        Assert.Equal(RemovalState.ConfirmedRemoved, After(Hard(0), Hard(12), Fact(13, seen), Hard(24), Hard(36), Hard(48)).State);
    }

    [Fact]
    public void An_inconclusive_look_neither_counts_nor_resets()
    {
        Assert.Equal(RemovalState.ApparentlyGone, After(Hard(0), Nothing(12), Hard(24)).State);
        Assert.Equal(RemovalState.ConfirmedRemoved, After(Hard(0), Nothing(6), Hard(12), Nothing(18), Hard(24)).State);
        Assert.Equal(RemovalState.ApparentlyGone, After(Hard(0), Nothing(24), Hard(48.5), Hard(50)).State);
    }

    [Fact]
    public void Inconclusive_looks_in_a_row_are_counted_until_one_says_something()
    {
        Assert.Equal(3, After(Nothing(0), Nothing(1), Nothing(2)).InconclusiveStreak);
        Assert.Equal(0, After(Nothing(0), Nothing(1), Live(2)).InconclusiveStreak);
        Assert.Equal(1, After(Nothing(0), Hard(1), Nothing(2)).InconclusiveStreak);
    }

    [Fact]
    public void An_inconclusive_look_completes_nothing_even_after_the_rules_were_eased()
    {
        var two = After(Hard(0), Hard(24));
        var eased = Rules with { HardConfirmations = 2 };
        Assert.Equal(RemovalState.ApparentlyGone, RemovalProof.Observe(two, Nothing(25), eased).Progress.State);
        Assert.Equal(RemovalState.ConfirmedRemoved, RemovalProof.Observe(two, Hard(25), eased).Progress.State);
    }

    // Vantages -----------------------------------------------------------------------------------------------------------------

    [Fact]
    public void Every_required_vantage_must_have_its_own_proof()
    {
        object[] direct = [Hard(0), Hard(12), Hard(24)];
        Assert.Equal(RemovalState.ApparentlyGone, After(Two, direct).State);
        Assert.Equal("proxy", Play(Two, direct)[^1].Missing.Single().Vantage);
        Assert.Equal(RemovalState.ApparentlyGone, After(Two, [.. direct, Hard(25, "proxy"), Hard(37, "proxy")]).State);
        Assert.Equal(RemovalState.ApparentlyGone, After(Two, [.. direct, Hard(24, "tor"), Hard(36, "tor"), Hard(48, "tor")]).State);
        Assert.Equal(RemovalState.ConfirmedRemoved, After(Two, [Hard(0), Hard(0, "proxy"), Hard(12), Hard(12, "proxy"), Hard(24), Hard(24, "proxy")]).State);
    }

    [Fact]
    public void A_required_vantage_that_stopped_looking_is_not_taken_at_its_old_word()
    {
        object[] events = [Hard(0), Hard(12), Hard(24), Hard(50, "proxy"), Hard(62, "proxy"), Hard(74, "proxy")];
        Assert.Equal(RemovalState.ApparentlyGone, After(Two, events).State);
        Assert.Equal(RemovalState.ConfirmedRemoved, After(Two, [.. events[..3], Hard(48), .. events[3..]]).State);
    }

    [Fact]
    public void A_vantage_nobody_asks_for_does_not_break_what_the_required_one_saw()
    {
        var progress = After(Soft(0), Soft(0, "tor"), Soft(18), Soft(36), Person("an", 40), Soft(54), Soft(54, "tor"), Soft(72));
        Assert.Equal(RemovalState.ConfirmedRemoved, progress.State);
    }

    [Fact]
    public void Gone_here_and_served_there_is_withheld_by_place()
    {
        object[] split = [Live(-1), Live(-1, "proxy"), Hard(0), Live(1, "proxy")];
        Assert.Equal(RemovalState.Restricted, After(split).State);
        Assert.Equal([RemovalEffect.ResumeReminders], Play(Rules, split)[^1].Effects);
        var still = After([.. split, Hard(2), Hard(14), Live(20, "proxy"), Hard(26), Hard(28)]);
        Assert.Equal(RemovalState.Restricted, still.State);
        Assert.Equal(At(20), still.LastLiveAt);
        Assert.Equal(RemovalState.ApparentlyGone, After([.. split, Hard(2), Hard(3, "proxy")]).State);
    }

    [Fact]
    public void A_line_that_has_not_looked_again_does_not_contradict_the_first_sign() =>
        Assert.Equal(RemovalState.ApparentlyGone, After(Live(-1), Live(-1, "proxy"), Hard(0)).State);

    [Fact]
    public void What_another_line_saw_too_long_ago_contradicts_nothing()
    {
        object[] split = [Hard(0), Live(1, "proxy")];
        Assert.Equal(RemovalState.Restricted, After([.. split, Hard(49)]).State);
        Assert.Equal(RemovalState.ApparentlyGone, After([.. split, Hard(49.1)]).State);
    }

    [Fact]
    public void Without_a_list_of_required_vantages_all_that_looked_must_agree()
    {
        var none = Rules with { RequiredVantages = [] };
        Assert.Equal(RemovalState.ApparentlyGone, After(none, Hard(0)).State);
        Assert.Equal(RemovalState.ApparentlyGone, After(none, Hard(0), Hard(12), Hard(20, "proxy"), Hard(24)).State);
        Assert.Equal(RemovalState.ConfirmedRemoved, After(none, Hard(0), Hard(12), Hard(24)).State);
    }

    // Walled platforms ---------------------------------------------------------------------------------------------------------

    [Fact]
    public void Machines_alone_never_confirm_a_walled_platform() =>
        Assert.Equal(RemovalState.ApparentlyGone, After(Walled, [Hard(0), .. Clean(0, 24 * 60)]).State);

    [Fact]
    public void Two_people_on_different_days_confirm_a_walled_platform_though_machines_see_only_the_wall()
    {
        object[] seen = [Nothing(0), Person("an", 1), Nothing(12)];
        Assert.Equal(RemovalState.ApparentlyGone, After(Walled, seen).State);
        var done = After(Walled, [.. seen, Person("binh", 25)]);
        Assert.Equal(RemovalState.ConfirmedRemoved, done.State);
        Assert.Equal(At(1), done.FirstGoneAt);
    }

    [Fact]
    public void The_same_day_or_the_same_person_does_not_confirm_a_walled_platform()
    {
        Assert.Equal(RemovalState.ApparentlyGone, After(Walled, Person("an", 1), Person("binh", 2)).State);
        Assert.Equal(RemovalState.ApparentlyGone, After(Walled, Person("an", 1), Person("an", 25), Person("AN", 30)).State);
        Assert.Equal(RemovalState.ConfirmedRemoved, After(Walled, Person("an", 1), Person("binh", 2), Person("an", 25)).State);
    }

    [Fact]
    public void Days_are_days_in_Viet_Nam()
    {
        // Hour 0 is 08:00 there: hour 15 is 23:00, hour 16 midnight.
        Assert.Equal(RemovalState.ApparentlyGone, After(Walled, Person("an", 1), Person("binh", 15.9)).State);
        Assert.Equal(RemovalState.ConfirmedRemoved, After(Walled, Person("an", 15.9), Person("binh", 16)).State);
    }

    [Fact]
    public void Looks_of_people_are_consecutive_as_well()
    {
        Assert.Equal(RemovalState.ApparentlyGone, After(Walled, Person("an", 1), Person("binh", 49.1)).State);
        Assert.Equal(RemovalState.Live, After(Walled, Person("an", 1), Live(10)).State);
        Assert.Equal(RemovalState.ApparentlyGone, After(Walled, Person("an", 1), Live(10), Person("binh", 25)).State);
    }

    // Durable, and coming back -------------------------------------------------------------------------------------------------

    [Fact]
    public void Fourteen_clean_days_after_confirmation_make_it_durable()
    {
        Assert.Equal(RemovalState.ConfirmedRemoved, After([.. Removed, .. Clean(24, 24 + (14 * 24) - 0.1)]).State);
        var durable = After([.. Removed, .. Clean(24, 24 + (14 * 24))]);
        Assert.Equal(RemovalState.DurablyRemoved, durable.State);
        Assert.Equal(At(24 * 15), durable.DurableAt);
        Assert.Equal(At(24), durable.ConfirmedAt);
    }

    [Fact]
    public void A_gap_in_the_clean_period_starts_it_anew()
    {
        object[] gap = [.. Removed, .. Clean(24, 240), .. Clean(289, 360)];
        Assert.Equal(At(313), After(gap).CleanSince);
        Assert.Equal(RemovalState.ConfirmedRemoved, After([.. gap, .. Clean(360, 313 + (14 * 24) - 1)]).State);
        Assert.Equal(RemovalState.DurablyRemoved, After([.. gap, .. Clean(360, 313 + (14 * 24))]).State);
    }

    [Fact]
    public void A_clean_period_from_one_line_is_none_while_the_other_does_not_look()
    {
        object[] both = [Hard(0), Hard(0, "proxy"), Hard(12), Hard(12, "proxy"), Hard(24), Hard(24, "proxy")];
        Assert.Equal(RemovalState.ConfirmedRemoved, After(Two, [.. both, .. Clean(24, 24 * 20)]).State);
    }

    [Fact]
    public void A_single_look_long_after_people_confirmed_is_no_clean_period()
    {
        object[] confirmed = [Person("an", 1), Person("binh", 25)];
        Assert.Equal(RemovalState.ConfirmedRemoved, After(Walled, [.. confirmed, Hard(24 * 40)]).State);
        Assert.Equal(RemovalState.DurablyRemoved, After(Walled, [.. confirmed, Hard(48), .. Clean(48, 48 + (24 * 14))]).State);
    }

    [Fact]
    public void Looks_that_saw_nothing_do_not_make_a_period_clean()
    {
        object[] quiet = [.. Enumerable.Range(2, 20).Select(day => (object)Nothing(day * 24))];
        Assert.Equal(RemovalState.ConfirmedRemoved, After([.. Removed, .. quiet]).State);
        Assert.Equal(RemovalState.ConfirmedRemoved, After([.. Removed, .. quiet, Hard(24 * 22)]).State);
    }

    [Theory]
    [InlineData(Liveness.Live, false)]
    [InlineData(Liveness.Partial, false)]
    [InlineData(Liveness.Live, true)]
    [InlineData(Liveness.Partial, true)]
    public void What_comes_back_has_reappeared_and_is_put_before_a_person(Liveness seen, bool durable)
    {
        var hours = durable ? 24 * 15 : 30;
        var step = Play(Rules, [.. Removed, .. Clean(24, hours), Fact(hours + 24, seen)])[^1];
        Assert.Equal(RemovalState.Reappeared, step.Progress.State);
        Assert.Equal(1, step.Progress.Reappearances);
        Assert.Equal([RemovalEffect.ReopenDemand, RemovalEffect.DraftReappearanceNotice, RemovalEffect.AlertPerson], step.Effects);
        Assert.Null(step.Progress.ConfirmedAt);
        Assert.Null(step.Progress.DurableAt);
    }

    [Fact]
    public void What_reappeared_needs_the_whole_proof_again()
    {
        object[] back = [.. Removed, Live(48), Live(54)];
        Assert.Equal(1, After(back).Reappearances);
        Assert.Equal(RemovalState.ApparentlyGone, After([.. back, Hard(60), Hard(72)]).State);
        Assert.Equal(RemovalState.ConfirmedRemoved, After([.. back, Hard(60), Hard(72), Hard(84)]).State);
        Assert.Equal(2, After([.. back, Hard(60), Hard(72), Hard(84), Live(85)]).Reappearances);
    }

    [Fact]
    public void A_page_that_comes_and_goes_before_confirmation_has_not_reappeared() =>
        Assert.Equal(0, After(Hard(0), Live(1), Hard(2), Live(3)).Reappearances);

    [Fact]
    public void Removed_at_is_the_time_between_the_last_live_and_the_first_gone_look()
    {
        var progress = After(Live(-5), Live(-1), Nothing(-0.5), Hard(0), Hard(49), Hard(60), Hard(73));
        Assert.Equal((At(-1), At(0)), (progress.LastLiveAt, progress.FirstGoneAt));
        Assert.Equal(RemovalState.ConfirmedRemoved, progress.State);
        Assert.Equal((At(1), At(2)), After(Hard(0), Fact(1, Liveness.Partial), Hard(2)) is var later ? (later.LastLiveAt, later.FirstGoneAt) : default);
    }

    // Time that does not run straight ------------------------------------------------------------------------------------------

    [Fact]
    public void The_same_look_told_twice_counts_once()
    {
        Assert.Equal(RemovalState.ApparentlyGone, After(Hard(0), Hard(24), Hard(24), Hard(24)).State);
        Assert.Equal(RemovalState.ApparentlyGone, After(Hard(0), Hard(0), Hard(24)).State);
        Assert.Equal(RemovalState.ConfirmedRemoved, After(Hard(0), Hard(0), Hard(24), Hard(24.1)).State);
    }

    [Fact]
    public void A_look_told_again_as_soft_is_soft() => Assert.Equal(RemovalState.ApparentlyGone, After(Hard(0), Hard(12), Hard(20), Soft(20), Hard(24)).State);

    [Fact]
    public void A_look_from_before_the_last_live_one_counts_no_more_when_it_comes_in_late()
    {
        Assert.Equal(RemovalState.Live, After(Live(11), Hard(0)).State);
        Assert.Equal(RemovalState.ApparentlyGone, After(Live(11), Hard(0), Hard(12), Hard(24)).State);
        Assert.Equal(RemovalState.ApparentlyGone, After(Fact(11, Liveness.Restricted), Hard(0), Hard(12), Hard(24)).State);
    }

    [Fact]
    public void A_live_look_resets_even_when_it_comes_in_late_and_never_moves_the_last_one_back()
    {
        var late = After(Live(8), Hard(10), Hard(20), Live(5));
        Assert.Equal(RemovalState.Live, late.State);
        Assert.Equal(At(8), late.LastLiveAt);
    }

    [Fact]
    public void A_clock_that_jumps_back_starts_the_run_anew()
    {
        Assert.Equal(RemovalState.ApparentlyGone, After(Hard(0), Hard(12), Hard(11), Hard(24)).State);
        Assert.Equal(RemovalState.ConfirmedRemoved, After(Hard(0), Hard(12), Hard(11), Hard(24), Hard(35)).State);
    }

    [Fact]
    public void A_clock_that_jumps_back_never_brings_durable_removal_forward()
    {
        var back = After([.. Removed, .. Clean(24, 72), Hard(30)]);
        Assert.True(back.CleanSince >= At(24));
        Assert.Equal(RemovalState.ConfirmedRemoved, After([.. Removed, .. Clean(24, 72), Hard(20), .. Clean(72, (14 * 24) + 23)]).State);
    }
}
