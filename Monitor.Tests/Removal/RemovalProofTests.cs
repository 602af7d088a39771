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
    [InlineData(RemovalState.ApparentlyGone, new double[] { 0, 1, 2, 3, 4, 5, 6, 7 })]
    [InlineData(RemovalState.ApparentlyGone, new double[] { 0, 4, 8, 12, 16, 20, 23.99 })]
    [InlineData(RemovalState.ConfirmedRemoved, new double[] { 0, 4, 8, 12, 16, 20, 24 })]
    // Minutes apart, then a day later: nobody watched the day between.
    [InlineData(RemovalState.ApparentlyGone, new double[] { 0, 0.08, 24 })]
    [InlineData(RemovalState.ApparentlyGone, new double[] { 0, 12, 24, 36, 48, 60, 72 })]
    // Two watched stretches make a day together, the night between them does not.
    [InlineData(RemovalState.ApparentlyGone, new double[] { 0, 4, 8, 12, 24, 28, 32, 35.9 })]
    [InlineData(RemovalState.ConfirmedRemoved, new double[] { 0, 4, 8, 12, 24, 28, 32, 36 })]
    // Over two days without a look the run begins anew.
    [InlineData(RemovalState.ApparentlyGone, new double[] { 0, 4, 8, 12, 60.01, 64, 68, 72 })]
    [InlineData(RemovalState.ConfirmedRemoved, new double[] { 0, 4, 8, 12, 60, 64, 68, 72 })]
    public void Hard_signs_need_a_watched_day_without_a_gap(RemovalState state, double[] hours) =>
        Assert.Equal(state, After([.. hours.Select(hour => Hard(hour))]).State);

    [Fact]
    public void Looks_close_to_the_last_counted_one_are_not_counted()
    {
        var run = After(Hard(0), Hard(1), Hard(5.9), Hard(6), Hard(11.9), Hard(12.1)).Runs.Single();
        Assert.Equal((3, 3), (run.Hard, run.Counting));
        Assert.Equal(At(12.1), run.Last);
    }

    [Fact]
    public void What_is_missing_is_said()
    {
        var gap = Assert.Single(Play(Rules, [Hard(0), Hard(4), Hard(6)])[^1].Missing);
        Assert.Equal(new ProofGap(ProofGapKind.Observations, 1, TimeSpan.FromHours(18), "direct"), gap);
        Assert.Empty(Play(Rules, Removed)[^1].Missing);

        // Enough looks over enough time, but eight hours of it were not watched.
        var unwatched = Assert.Single(Play(Rules, [.. Watch(0, 8), .. Watch(16, 24)])[^1].Missing);
        Assert.Equal(new ProofGap(ProofGapKind.Watch, 0, TimeSpan.FromHours(8), null), unwatched);

        var old = RemovalProof.Missing(After([.. Watch(0, 20)]), Rules, At(25));
        Assert.Contains(new ProofGap(ProofGapKind.Look, 1, TimeSpan.Zero, "direct"), old);
    }

    [Fact]
    public void Confirmation_closes_the_demand_and_the_first_sign_pauses_reminders()
    {
        var steps = Play(Rules, Removed);
        Assert.Equal([RemovalEffect.PauseReminders], steps[1].Effects);
        Assert.All(steps.Skip(2).SkipLast(1), step => Assert.Empty(step.Effects));
        Assert.Equal([RemovalEffect.CloseDemand], steps[^1].Effects);
        Assert.Equal(["direct"], steps[^1].Progress.ConfirmedFrom);
    }

    // Soft signs ---------------------------------------------------------------------------------------------------------------

    private static IEnumerable<ProofFact> SoftDays(double to = 72, Func<double, ProofFact>? look = null) => Watch(0, to, 4, look ?? (hour => Soft(hour)));

    [Fact]
    public void Soft_signs_need_five_looks_over_three_watched_days_and_one_person_when_the_control_agrees()
    {
        ProofFact[] days = [.. SoftDays()];
        Assert.Equal(RemovalState.ApparentlyGone, After(days).State);
        Assert.Equal([new ProofGap(ProofGapKind.People, 1, TimeSpan.Zero, null)], Play(Rules, days)[^1].Missing);
        Assert.True(Play(Rules, days)[^1].WaitsForPeople);
        Assert.Equal(RemovalState.ConfirmedRemoved, After([.. days, Person("an", 73)]).State);
        Assert.Equal(RemovalState.ConfirmedRemoved, After([.. SoftDays(68), Person("an", 69), Soft(72)]).State);
    }

    [Fact]
    public void Less_than_three_days_or_a_night_that_nobody_watched_is_not_enough_for_anybody()
    {
        Assert.Equal(RemovalState.ApparentlyGone, After([.. SoftDays(71.9), Person("an", 72), Person("binh", 73)]).State);
        Assert.Equal(RemovalState.ApparentlyGone, After([.. Watch(0, 32, 4, hour => Soft(hour)), .. Watch(40, 72, 4, hour => Soft(hour)), Person("an", 73), Person("binh", 74)]).State);
        Assert.Equal(RemovalState.ApparentlyGone, After(Soft(0), Soft(18), Soft(36), Soft(54), Soft(72), Person("an", 73), Person("binh", 74)).State);
    }

    [Fact]
    public void A_word_given_early_in_a_soft_run_does_not_count_at_its_end()
    {
        var early = After([.. SoftDays(20), Person("an", 21), .. Watch(24, 72, 4, hour => Soft(hour))]);
        Assert.Equal(RemovalState.ApparentlyGone, early.State);
        Assert.Equal(ProofGapKind.People, Assert.Single(RemovalProof.Missing(early, Rules, At(73))).Kind);
        Assert.Equal(RemovalState.ConfirmedRemoved, After([.. SoftDays(20), Person("an", 21), .. Watch(24, 72, 4, hour => Soft(hour)), Person("an", 73)]).State);
        Assert.Equal(RemovalState.ConfirmedRemoved, After([.. SoftDays(24), Person("an", 24.5), .. Watch(28, 72, 4, hour => Soft(hour))]).State);
    }

    [Fact]
    public void One_soft_look_without_a_valid_control_asks_for_a_second_person()
    {
        ProofFact[] days = [.. SoftDays(look: hour => hour == 36 ? Bare(hour) : Soft(hour)), Person("an", 73)];
        Assert.Equal(RemovalState.ApparentlyGone, After(days).State);
        Assert.Equal(RemovalState.ApparentlyGone, After([.. days, Person("an", 74)]).State);
        Assert.Equal(RemovalState.ApparentlyGone, After([.. days, Person("AN", 74)]).State);
        Assert.Equal(RemovalState.ConfirmedRemoved, After([.. days, Person("binh", 74)]).State);
    }

    [Fact]
    public void One_soft_look_among_hard_ones_asks_for_the_longer_proof_until_a_hard_day_follows()
    {
        ProofFact[] mixed = [.. Watch(0, 8), Soft(12), .. Watch(16, 36)];
        Assert.Equal(RemovalState.ApparentlyGone, After(mixed).State);
        Assert.Equal(RemovalState.ApparentlyGone, After([.. mixed, Hard(39.9)]).State);
        Assert.Equal(RemovalState.ConfirmedRemoved, After([.. mixed, Hard(40)]).State);
    }

    [Fact]
    public void A_soft_look_too_close_to_count_makes_a_hard_run_soft_all_the_same() =>
        Assert.Equal(RemovalState.ApparentlyGone, After([.. Watch(0, 20), Soft(20.1), Hard(24)]).State);

    [Fact]
    public void A_person_adds_nothing_to_what_is_not_gone_and_says_so_by_the_same_progress()
    {
        var live = After(Live(0));
        Assert.Same(live, RemovalProof.Observe(live, Person("an", 1), Rules).Progress);
        var once = After(Soft(0), Person("an", 1));
        Assert.Same(once, RemovalProof.Observe(once, Person("An", 1), Rules).Progress);
        var confirmed = After(Removed);
        Assert.Same(confirmed, RemovalProof.Observe(confirmed, Person("an", 30), Rules).Progress);
        Assert.Same(live, RemovalProof.Observe(live, Person("an", 1) with { Liveness = Liveness.Inconclusive }, Rules).Progress);
    }

    [Fact]
    public void A_person_cannot_complete_a_run_that_the_machine_has_not_looked_at_lately()
    {
        ProofFact[] days = [.. SoftDays()];
        Assert.Equal(RemovalState.ConfirmedRemoved, After([.. days, Person("an", 76)]).State);
        var late = Play(Rules, [.. days, Person("an", 76.1)])[^1];
        Assert.Equal(RemovalState.ApparentlyGone, late.Progress.State);
        Assert.Equal([new ProofGap(ProofGapKind.Look, 1, TimeSpan.Zero, "direct")], late.Missing);
        // One more look of the machine, and the word of yesterday counts.
        Assert.Equal(RemovalState.ConfirmedRemoved, After([.. days, Person("an", 90), Soft(91)]).State);
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
        var reset = After([.. Watch(0, 12), Fact(13, seen)]);
        Assert.Equal(state, reset.State);
        Assert.Empty(reset.Runs);
        Assert.Null(reset.FirstGoneAt);
        Assert.Equal(RemovalState.ApparentlyGone, After([.. Watch(0, 12), Fact(13, seen), .. Watch(14, 37.9)]).State);
        Assert.Equal(RemovalState.ConfirmedRemoved, After([.. Watch(0, 12), Fact(13, seen), .. Watch(14, 38)]).State);
    }

    [Fact]
    public void An_inconclusive_look_neither_counts_nor_resets()
    {
        Assert.Equal(RemovalState.ApparentlyGone, After(Hard(0), Nothing(12), Hard(24)).State);
        Assert.Equal(RemovalState.ConfirmedRemoved, After([.. Watch(0, 12), Nothing(13), Nothing(15), .. Watch(16, 24)]).State);
        Assert.Equal(RemovalState.ApparentlyGone, After([.. Watch(0, 12), Nothing(14), Nothing(16), .. Watch(17, 24)]).State);
    }

    [Fact]
    public void Inconclusive_looks_in_a_row_are_counted_for_each_line_until_it_says_something()
    {
        Assert.Equal(3, After(Nothing(0), Nothing(1), Nothing(2)).InconclusiveStreak);
        Assert.Equal(0, After(Nothing(0), Nothing(1), Live(2)).InconclusiveStreak);
        Assert.Equal(1, After(Nothing(0), Hard(1), Nothing(2)).InconclusiveStreak);
        Assert.Equal([new VantageSilence("proxy", 3, 3, At(0), At(2))], After(Nothing(0, "proxy"), Live(0), Nothing(1, "proxy"), Live(1), Nothing(2, "proxy"), Live(2)).Silences);
    }

    [Fact]
    public void An_inconclusive_look_completes_nothing_even_after_the_rules_were_eased()
    {
        var short_ = After([.. Watch(0, 20)]);
        var eased = Rules with { HardSpan = TimeSpan.FromHours(20) };
        Assert.Equal(RemovalState.ApparentlyGone, RemovalProof.Observe(short_, Nothing(21), eased).Progress.State);
        Assert.Equal(RemovalState.ConfirmedRemoved, RemovalProof.Observe(short_, Hard(21), eased).Progress.State);
    }

    // Vantages -----------------------------------------------------------------------------------------------------------------

    private static IEnumerable<ProofFact> Both(double from, double to) => Watch(from, to).SelectMany(look => (ProofFact[])[look, look with { Vantage = "proxy" }]);

    [Fact]
    public void Every_required_vantage_must_have_its_own_proof()
    {
        ProofFact[] direct = [.. Watch(0, 24)];
        Assert.Equal(RemovalState.ApparentlyGone, After(Two, direct).State);
        Assert.Equal("proxy", Play(Two, direct)[^1].Missing.Single().Vantage);
        Assert.Equal(RemovalState.ApparentlyGone, After(Two, [.. direct, Hard(25, "proxy"), Hard(28, "proxy")]).State);
        Assert.Equal(RemovalState.ApparentlyGone, After(Two, [.. Watch(0, 24).SelectMany(look => (ProofFact[])[look, look with { Vantage = "tor" }])]).State);
        var done = After(Two, [.. Both(0, 24)]);
        Assert.Equal(RemovalState.ConfirmedRemoved, done.State);
        Assert.Equal(["direct", "proxy"], done.ConfirmedFrom);
    }

    [Fact]
    public void One_line_may_watch_for_all_but_each_must_have_looked_often_enough()
    {
        // The other line looks three times over the day, the last time together with the first.
        ProofFact[] day = [.. Watch(0, 24)];
        Assert.Equal(RemovalState.ConfirmedRemoved, After(Two, [Hard(0, "proxy"), .. day[..4], Hard(12, "proxy"), .. day[4..^1], Hard(24, "proxy"), day[^1]]).State);
        Assert.Equal(RemovalState.ApparentlyGone, After(Two, [Hard(0, "proxy"), .. day[..^1], Hard(24, "proxy"), day[^1]]).State);
        Assert.Equal(RemovalState.ApparentlyGone, After(Two, [Hard(0, "proxy"), Hard(1, "proxy"), .. day[1..^1], Hard(24, "proxy"), day[^1]]).State);
    }

    [Fact]
    public void A_required_vantage_that_stopped_looking_is_not_taken_at_its_old_word()
    {
        ProofFact[] events = [.. Watch(0, 24), .. Watch(2, 26, 4, hour => Hard(hour, "proxy")), Hard(28.1, "proxy")];
        Assert.Equal(RemovalState.ApparentlyGone, After(Two, [.. events[..7], .. events[14..], Hard(28.1, "proxy")]).State);
        var step = Play(Two, events.Where(one => !(one.Vantage == "direct" && one.At > At(20))).OrderBy(one => one.At))[^1];
        Assert.Contains(step.Missing, gap => gap is { Kind: ProofGapKind.Look, Vantage: "direct" });
    }

    [Fact]
    public void A_vantage_nobody_asks_for_does_not_break_what_the_required_one_saw()
    {
        var progress = After([Soft(0, "tor"), .. SoftDays(60), Person("an", 61), Soft(62, "tor"), .. Watch(64, 72, 4, hour => Soft(hour))]);
        Assert.Equal(RemovalState.ConfirmedRemoved, progress.State);
    }

    [Fact]
    public void Gone_here_and_served_there_is_withheld_by_place()
    {
        ProofFact[] split = [Live(-1), Live(-1, "proxy"), Hard(0), Live(1, "proxy")];
        Assert.Equal(RemovalState.Restricted, After(split).State);
        Assert.Equal([RemovalEffect.ResumeReminders], Play(Rules, split)[^1].Effects);
        var still = After([.. split, .. Watch(2, 18), Live(20, "proxy"), Hard(22), Hard(26)]);
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
        ProofFact[] split = [Hard(0), Live(1, "proxy")];
        Assert.Equal(RemovalState.Restricted, After([.. split, Hard(49)]).State);
        Assert.Equal(RemovalState.ApparentlyGone, After([.. split, Hard(49.1)]).State);
    }

    [Fact]
    public void Without_a_list_of_required_vantages_all_that_looked_must_agree()
    {
        var none = Rules with { RequiredVantages = [] };
        Assert.Equal(RemovalState.ApparentlyGone, After(none, Hard(0)).State);
        Assert.Equal(RemovalState.ApparentlyGone, After(none, [.. Watch(0, 20), Hard(21, "proxy"), Hard(24)]).State);
        Assert.Equal(RemovalState.ConfirmedRemoved, After(none, [.. Watch(0, 24)]).State);
    }

    // Walled platforms ---------------------------------------------------------------------------------------------------------

    [Fact]
    public void Machines_alone_never_confirm_a_walled_platform() =>
        Assert.Equal(RemovalState.ApparentlyGone, After(Walled, [.. Watch(0, 24 * 60)]).State);

    [Fact]
    public void Two_people_on_different_days_confirm_a_walled_platform_though_machines_see_only_the_wall()
    {
        ProofFact[] seen = [Nothing(0), Person("an", 1), Nothing(12)];
        Assert.Equal(RemovalState.ApparentlyGone, After(Walled, seen).State);
        var done = After(Walled, [.. seen, Person("binh", 25)]);
        Assert.Equal(RemovalState.ConfirmedRemoved, done.State);
        Assert.Equal(At(1), done.FirstGoneAt);
        Assert.Equal([ProofFact.Human], done.ConfirmedFrom);
    }

    [Fact]
    public void The_same_day_or_the_same_person_does_not_confirm_a_walled_platform()
    {
        Assert.Equal(RemovalState.ApparentlyGone, After(Walled, Person("an", 1), Person("binh", 14)).State);
        Assert.Equal(RemovalState.ApparentlyGone, After(Walled, Person("an", 1), Person("an", 25), Person("AN", 30)).State);
        Assert.Equal(RemovalState.ConfirmedRemoved, After(Walled, Person("an", 1), Person("binh", 2), Person("an", 25)).State);
    }

    [Fact]
    public void Days_are_days_in_Viet_Nam_and_midnight_alone_is_not_enough()
    {
        // Hour 0 is 08:00 there: hour 15 is 23:00, hour 16 midnight.
        Assert.Equal(RemovalState.ApparentlyGone, After(Walled, Person("an", 1), Person("binh", 15.9)).State);
        Assert.Equal(RemovalState.ConfirmedRemoved, After(Walled, Person("an", 3.9), Person("binh", 16)).State);
        Assert.Equal(RemovalState.ApparentlyGone, After(Walled, Person("an", 15.9), Person("binh", 16)).State);
        Assert.Equal(RemovalState.ApparentlyGone, After(Walled, Person("an", 15.9), Person("binh", 27.8)).State);
        Assert.Equal(RemovalState.ConfirmedRemoved, After(Walled, Person("an", 15.9), Person("binh", 27.9)).State);
    }

    [Fact]
    public void Looks_of_people_are_consecutive_as_well()
    {
        Assert.Equal(RemovalState.ApparentlyGone, After(Walled, Person("an", 1), Person("binh", 49.1)).State);
        Assert.Equal(RemovalState.Live, After(Walled, Person("an", 1), Live(10)).State);
        Assert.Equal(RemovalState.ApparentlyGone, After(Walled, Person("an", 1), Live(10), Person("binh", 25)).State);
        Assert.Equal(RemovalState.ApparentlyGone, After(Walled, Person("an", 1), ProofFact.SeenLiveBy("chi", At(10)), Person("binh", 25)).State);
    }

    [Fact]
    public void A_wall_that_comes_later_lets_people_decide_and_speaks_for_nobody_once_it_is_gone()
    {
        ProofFact[] shut = [Live(0), Nothing(6), Nothing(12), Nothing(18)];
        Assert.False(RemovalProof.PeopleDecide(After(shut[..3]), Rules));
        Assert.True(RemovalProof.PeopleDecide(After(shut), Rules));
        Assert.False(RemovalProof.PeopleDecide(After(Two, shut), Two));
        Assert.Equal(RemovalState.ConfirmedRemoved, After([.. shut, Person("an", 24), Nothing(30), Person("binh", 48)]).State);
        Assert.Equal(RemovalState.ApparentlyGone, After([.. shut, Person("an", 24), Person("an", 48)]).State);
        Assert.Equal(RemovalState.Live, After([.. shut, Person("an", 24), Live(30), Person("binh", 48)]).State);
        // Once the machine sees again its own proof is asked for, and one word is not enough.
        Assert.Equal(RemovalState.ApparentlyGone, After([.. shut, Person("an", 24), Hard(30), Person("binh", 48)]).State);
    }

    [Fact]
    public void Walls_within_a_minute_or_a_word_without_a_capture_decide_nothing()
    {
        ProofFact[] hasty = [Live(0), Nothing(6), Nothing(6.01), Nothing(6.02), Nothing(17.9)];
        Assert.False(RemovalProof.PeopleDecide(After(hasty), Rules));
        Assert.True(RemovalProof.PeopleDecide(After([.. hasty, Nothing(18)]), Rules));
        Assert.Equal(RemovalState.Live, After([.. hasty, Person("an", 17.95)]).State);

        ProofFact[] shut = [Live(0), Nothing(6), Nothing(12), Nothing(18)];
        Assert.Equal(RemovalState.ApparentlyGone, After([.. shut, Word("an", 24), Person("binh", 48)]).State);
        // A word given for soft signs, before the wall, is no look behind it.
        Assert.Equal(RemovalState.ApparentlyGone, After([Live(0), Soft(1), Word("an", 2), Nothing(6), Nothing(12), Nothing(18), Person("binh", 24)]).State);
        Assert.Equal(RemovalState.ApparentlyGone, After(Walled, Word("an", 1), Person("binh", 25)).State);
    }

    [Fact]
    public void What_a_person_saw_is_live_and_not_withheld_by_place_whatever_a_line_was_told()
    {
        Assert.Equal(RemovalState.Live, After(Live(0), Hard(1), ProofFact.SeenLiveBy("an", At(2))).State);
        // The line that goes on being told otherwise is contradicted for a while: the request stays open.
        Assert.Equal(RemovalState.Restricted, After(Live(0), Hard(1), ProofFact.SeenLiveBy("an", At(2)), Hard(3)).State);
    }

    [Fact]
    public void A_site_that_is_down_is_for_nobody_to_call_removed()
    {
        ProofFact[] down = [Live(0), Down(6), Down(12), Down(18), Down(24)];
        Assert.False(RemovalProof.PeopleDecide(After(down), Rules));
        Assert.Equal(RemovalState.Live, After([.. down, Person("an", 25), Person("binh", 48)]).State);
        var noName = down.Select(one => one.Liveness == Liveness.Inconclusive ? one with { Reason = LivenessReason.DnsNxdomain } : one).ToArray();
        Assert.Equal(RemovalState.Live, After([.. noName, Person("an", 25), Person("binh", 48)]).State);
        // A time-out between two walls takes nothing away from them.
        Assert.True(RemovalProof.PeopleDecide(After(Live(0), Nothing(6), Down(7), Nothing(12), Nothing(18)), Rules));
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
        ProofFact[] gap = [.. Removed, .. Clean(24, 240), .. Clean(289, 360)];
        Assert.Equal(At(313), After(gap).CleanSince);
        Assert.Equal(RemovalState.ConfirmedRemoved, After([.. gap, .. Clean(360, 313 + (14 * 24) - 1)]).State);
        Assert.Equal(RemovalState.DurablyRemoved, After([.. gap, .. Clean(360, 313 + (14 * 24))]).State);
    }

    [Fact]
    public void A_clean_period_from_one_line_is_none_while_the_other_does_not_look() =>
        Assert.Equal(RemovalState.ConfirmedRemoved, After(Two, [.. Both(0, 24), .. Clean(24, 24 * 20)]).State);

    [Fact]
    public void Where_people_decide_two_of_them_look_again_after_the_clean_period()
    {
        ProofFact[] confirmed = [Person("an", 1), Person("binh", 25)];
        var due = At(25 + (24 * 14));
        Assert.False(RemovalProof.PersonDue(After(Walled, confirmed), Walled, due.AddMinutes(-1)));
        Assert.True(RemovalProof.PersonDue(After(Walled, confirmed), Walled, due));
        // What machines are told on such a platform says nothing, however long.
        Assert.Equal(RemovalState.ConfirmedRemoved, After(Walled, [.. confirmed, .. Clean(25, 24 * 40)]).State);
        Assert.Equal(RemovalState.ConfirmedRemoved, After(Walled, [.. confirmed, Person("an", 24 * 14), Person("binh", 24 * 15)]).State);
        Assert.Equal(RemovalState.ConfirmedRemoved, After(Walled, [.. confirmed, Person("an", 24 * 16), Person("an", 24 * 17)]).State);
        Assert.Equal(RemovalState.ConfirmedRemoved, After(Walled, [.. confirmed, Person("an", 24 * 16), Person("chi", (24 * 16) + 1)]).State);
        var durable = After(Walled, [.. confirmed, Person("an", 24 * 16), Person("chi", 24 * 17)]);
        Assert.Equal(RemovalState.DurablyRemoved, durable.State);
        Assert.Equal(RemovalState.Reappeared, After(Walled, [.. confirmed, Person("an", 24 * 16), Person("chi", 24 * 17), ProofFact.SeenLiveBy("an", At(24 * 50))]).State);
        // Thirty days later somebody should look, until somebody has.
        Assert.False(RemovalProof.PersonDue(durable, Walled, At(24 * (17 + 29))));
        Assert.True(RemovalProof.PersonDue(durable, Walled, At(24 * (17 + 30.1))));
        Assert.False(RemovalProof.PersonDue(RemovalProof.Observe(durable, Person("an", 24 * (17 + 30.1)), Walled).Progress, Walled, At(24 * (17 + 31))));
    }

    [Fact]
    public void Looks_that_saw_nothing_do_not_make_a_period_clean()
    {
        ProofFact[] quiet = [.. Enumerable.Range(2, 20).Select(day => Nothing(day * 24))];
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
        Assert.Empty(step.Progress.ConfirmedFrom);
    }

    [Theory]
    [InlineData(Liveness.Live)]
    [InlineData(Liveness.Partial)]
    public void What_was_confirmed_then_withheld_by_place_and_then_seen_has_reappeared(Liveness seen)
    {
        ProofFact[] aside = [.. Removed, Fact(30, Liveness.Restricted)];
        var restricted = Play(Rules, aside)[^1];
        Assert.Equal((RemovalState.Restricted, true), (restricted.Progress.State, restricted.Progress.SetAside));
        Assert.Equal([RemovalEffect.ReopenDemand, RemovalEffect.AlertPerson], restricted.Effects);

        var back = Play(Rules, [.. aside, Fact(31, seen)])[^1];
        Assert.Equal((RemovalState.Reappeared, 1, false), (back.Progress.State, back.Progress.Reappearances, back.Progress.SetAside));
        Assert.Equal([RemovalEffect.DraftReappearanceNotice, RemovalEffect.AlertPerson], back.Effects);

        // The same after it was gone for a while without a new proof.
        var later = Play(Rules, [.. aside, Hard(31), Fact(32, seen)])[^1];
        Assert.Equal((RemovalState.Reappeared, 1), (later.Progress.State, later.Progress.Reappearances));
        Assert.Equal([RemovalEffect.ResumeReminders, RemovalEffect.DraftReappearanceNotice, RemovalEffect.AlertPerson], later.Effects);

        // A new confirmation settles it.
        Assert.False(After([.. aside, .. Watch(31, 55)]).SetAside);
    }

    [Fact]
    public void What_reappeared_needs_the_whole_proof_again()
    {
        ProofFact[] back = [.. Removed, Live(48), Live(54)];
        Assert.Equal(1, After(back).Reappearances);
        Assert.Equal(RemovalState.ApparentlyGone, After([.. back, .. Watch(60, 83.9)]).State);
        Assert.Equal(RemovalState.ConfirmedRemoved, After([.. back, .. Watch(60, 84)]).State);
        Assert.Equal(2, After([.. back, .. Watch(60, 84), Live(85)]).Reappearances);
    }

    [Fact]
    public void A_page_that_comes_and_goes_before_confirmation_has_not_reappeared() =>
        Assert.Equal(0, After(Hard(0), Live(1), Hard(2), Live(3)).Reappearances);

    [Fact]
    public void Removed_at_is_the_time_between_the_last_live_and_the_first_gone_look()
    {
        var progress = After([Live(-5), Live(-1), Nothing(-0.5), Hard(0), .. Watch(49, 73)]);
        Assert.Equal((At(-1), At(0)), (progress.LastLiveAt, progress.FirstGoneAt));
        Assert.Equal(RemovalState.ConfirmedRemoved, progress.State);
        Assert.Equal((At(1), At(2)), After(Hard(0), Fact(1, Liveness.Partial), Hard(2)) is var later ? (later.LastLiveAt, later.FirstGoneAt) : default);
    }

    // Time that does not run straight ------------------------------------------------------------------------------------------

    [Fact]
    public void The_same_look_told_twice_counts_once()
    {
        var eager = Rules with { CountingPause = TimeSpan.Zero };
        Assert.Equal(2, After(eager, Hard(0), Hard(24), Hard(24), Hard(24)).Runs.Single().Hard);
        Assert.Equal(2, After(eager, Hard(0), Hard(0), Hard(24)).Runs.Single().Hard);
        Assert.Equal(3, After(eager, Hard(0), Hard(0), Hard(24), Hard(24.1)).Runs.Single().Hard);
    }

    [Fact]
    public void A_look_told_again_as_soft_is_soft() => Assert.Equal(RemovalState.ApparentlyGone, After([.. Watch(0, 20), Soft(20), Hard(24)]).State);

    [Fact]
    public void A_look_from_before_the_last_live_one_counts_no_more_when_it_comes_in_late()
    {
        Assert.Equal(RemovalState.Live, After(Live(11), Hard(0)).State);
        Assert.Equal(RemovalState.ApparentlyGone, After([Live(11), .. Watch(0, 24)]).State);
        Assert.Equal(RemovalState.ApparentlyGone, After([Fact(11, Liveness.Restricted), .. Watch(0, 24)]).State);
        Assert.Equal(RemovalState.Live, After(Walled, Live(11), Person("an", 1)).State);
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
        Assert.Equal(RemovalState.ApparentlyGone, After([.. Watch(0, 12), Hard(11), .. Watch(15, 34.9)]).State);
        Assert.Equal(RemovalState.ConfirmedRemoved, After([.. Watch(0, 12), Hard(11), .. Watch(15, 35)]).State);
    }

    [Fact]
    public void A_clock_that_jumps_back_never_brings_durable_removal_forward()
    {
        var back = After([.. Removed, .. Clean(24, 72), Hard(30)]);
        Assert.True(back.CleanSince >= At(24));
        Assert.Equal(RemovalState.ConfirmedRemoved, After([.. Removed, .. Clean(24, 72), Hard(20), .. Clean(72, (14 * 24) + 23)]).State);
    }
}
