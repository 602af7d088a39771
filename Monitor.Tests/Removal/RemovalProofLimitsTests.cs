using Monitor.Rules.Removal;
using static Monitor.Tests.Removal.Looks;

namespace Monitor.Tests.Removal;

/// <summary>The limits of the proof from both sides, and what it keeps of every look: a limit that is off by one instant decides a case.</summary>
public sealed class RemovalProofLimitsTests
{
    private static readonly RemovalRules Rules = new();
    private static readonly RemovalRules Two = new() { RequiredVantages = ["direct", "proxy"] };
    private static readonly RemovalRules Walled = new() { Walled = true };

    // What came in late ---------------------------------------------------------------------------------------------------------

    [Fact]
    public void A_sign_from_the_instant_of_the_last_live_look_counts_no_more_and_the_next_one_does()
    {
        Assert.Equal(RemovalState.Live, After(Live(0), Hard(0, "proxy")).State);
        Assert.Equal(RemovalState.ApparentlyGone, After(Live(0), Hard(0.001)).State);
    }

    [Fact]
    public void A_late_sign_ends_the_silence_of_its_line_and_a_persons_late_word_changes_nothing_at_all()
    {
        var silent = After(Nothing(1), Nothing(2), Live(3, "proxy"));
        Assert.Equal(2, silent.InconclusiveStreak);
        var spoken = RemovalProof.Observe(silent, Hard(2.5), Rules).Progress;
        Assert.Equal((0, RemovalState.Live), (spoken.InconclusiveStreak, spoken.State));
        Assert.Same(silent, RemovalProof.Observe(silent, Person("an", 2.5), Rules).Progress);
    }

    [Fact]
    public void What_is_still_missing_is_said_with_a_look_that_changes_nothing_too_but_only_while_something_is_gone()
    {
        var gone = After(Live(0), Hard(2));
        Assert.NotEmpty(RemovalProof.Observe(gone, Hard(-1), Rules).Missing);
        Assert.Empty(RemovalProof.Observe(After(Live(0)), Hard(-1), Rules).Missing);
        Assert.Empty(Play(Rules, [Live(0)])[^1].Missing);
        Assert.Empty(Play(Rules, Removed)[^1].Missing);
        Assert.Empty(Play(Rules, [.. Removed, Hard(28)])[^1].Missing);
    }

    [Fact]
    public void A_late_look_does_not_turn_back_what_its_line_saw_later()
    {
        var progress = After(Hard(5), Live(2));
        Assert.Equal(new VantageSighting("direct", true, At(5), At(5)), Assert.Single(progress.Sightings));
        // At the very same instant the one that says "there" is believed.
        Assert.False(Assert.Single(After(Hard(5), Live(5)).Sightings).Gone);
    }

    [Fact]
    public void A_line_that_was_kept_out_by_place_no_longer_says_what_it_saw_before()
    {
        Assert.Empty(After(Hard(0), Fact(1, Liveness.Restricted)).Sightings);
        Assert.Equal(["proxy"], After(Hard(0), Live(0.5, "proxy"), Fact(1, Liveness.Restricted)).Sightings.Select(one => one.Vantage));
    }

    [Fact]
    public void Gone_here_and_served_there_at_the_same_instant_is_withheld_by_place()
    {
        Assert.Equal(RemovalState.Restricted, After(Two, Hard(1, "proxy"), Live(1)).State);
        Assert.Equal(RemovalState.Live, After(Two, Live(0.999), Hard(1, "proxy"), Live(0.999)).State);
        // A contradiction between lines is no live look: what came in before it stays too late, what comes after it counts.
        Assert.Equal(At(0), After(Two, Live(0), Hard(1, "proxy"), Hard(2)).LastResetAt);
    }

    [Fact]
    public void A_line_that_turns_gone_while_another_serves_it_resets_the_counts_but_not_the_last_live_instant()
    {
        var progress = After(Two, Live(0), Live(0.5, "proxy"), Hard(1), Live(1.5, "proxy"), Hard(2));
        Assert.Equal((RemovalState.Restricted, At(1.5), At(1.5)), (progress.State, progress.LastResetAt, progress.LastLiveAt));
        Assert.Empty(progress.Runs);
    }

    // Two days without a look, to the instant ----------------------------------------------------------------------------------

    [Fact]
    public void A_line_that_looked_two_days_ago_to_the_instant_is_asked_for_a_look_and_not_for_a_whole_proof()
    {
        var progress = After([.. Watch(0, 24)]);
        static ProofGapKind[] Kinds(IEnumerable<ProofGap> gaps) => [.. gaps.Select(gap => gap.Kind)];
        Assert.Equal([ProofGapKind.Look], Kinds(RemovalProof.Missing(progress, Rules, At(24) + Rules.LargestGap)));
        Assert.Equal([ProofGapKind.Vantage], Kinds(RemovalProof.Missing(progress, Rules, At(24) + Rules.LargestGap + TimeSpan.FromMilliseconds(1)))[..1]);
        Assert.Empty(RemovalProof.Missing(progress, Rules, At(24) + Rules.BlindAfter));
    }

    [Fact]
    public void A_persons_word_lasts_two_days_to_the_instant()
    {
        var spoken = At(60);
        var progress = After([.. Watch(0, 72, 4, hour => Soft(hour)).Where(fact => fact.At <= spoken), Person("an", 60), .. Watch(64, 108, 4, hour => Soft(hour))]) with { State = RemovalState.ApparentlyGone };
        Assert.DoesNotContain(RemovalProof.Missing(progress, Rules, spoken + Rules.LargestGap), gap => gap.Kind == ProofGapKind.People);
        Assert.Contains(RemovalProof.Missing(progress, Rules, spoken + Rules.LargestGap + TimeSpan.FromMilliseconds(1)), gap => gap.Kind == ProofGapKind.People);
    }

    [Fact]
    public void Two_people_may_look_two_days_apart_to_the_instant()
    {
        Assert.Equal(RemovalState.ConfirmedRemoved, After(Walled, Person("an", 1), Person("binh", 49)).State);
        Assert.Equal(RemovalState.ApparentlyGone, After(Walled, Person("an", 1), Person("binh", 49.001)).State);
    }

    [Fact]
    public void Where_people_decide_looks_count_from_the_instant_the_clean_period_ends()
    {
        var end = 25 + (24 * 14);
        ProofFact[] confirmed = [Person("an", 1), Person("binh", 25)];
        Assert.Equal(RemovalState.DurablyRemoved, After(Walled, [.. confirmed, Person("an", end), Person("binh", end + 24)]).State);
        Assert.Equal(RemovalState.ConfirmedRemoved, After(Walled, [.. confirmed, Person("an", end - 0.001), Person("binh", end + 24)]).State);
    }

    [Fact]
    public void A_clean_period_ends_while_the_other_line_looked_two_days_ago_to_the_instant()
    {
        var end = 24 + (24 * 14);
        ProofFact[] days = [.. Enumerable.Range(0, 7).SelectMany(step => new[] { Hard(step * 4), Hard(step * 4, "proxy") })];
        ProofFact[] clean = [.. Enumerable.Range(2, 13).SelectMany(day => new[] { Hard(day * 24), Hard(day * 24, "proxy") }).Where(fact => fact.At <= At(end - 48))];
        Assert.Equal(RemovalState.DurablyRemoved, After(Two, [.. days, .. clean, Hard(end - 24), Hard(end)]).State);
        Assert.Equal(RemovalState.ConfirmedRemoved, After(Two, [.. days, .. clean, Hard(end - 24), Hard(end + 0.001)]).State);
    }

    // What is kept of the looks ------------------------------------------------------------------------------------------------

    [Fact]
    public void A_soft_sign_is_no_hard_one()
    {
        Assert.Equal((0, 1), (After(Soft(0)).Runs.Single().Hard, After(Soft(0)).Runs.Single().Counting));
        Assert.Equal((0, 3), (After(Hard(0), Hard(6), Soft(12)).Runs.Single().Hard, After(Hard(0), Hard(6), Soft(12)).Runs.Single().Counting));
        // The first hard look begins the hard run however close it is to the soft one.
        Assert.Equal((1, 1), (After(Soft(0), Hard(1)).Runs.Single().Hard, After(Soft(0), Hard(1)).Runs.Single().Counting));
        Assert.Equal(1, After(Soft(0), Hard(1), Hard(1.5)).Runs.Single().Hard);
    }

    [Fact]
    public void Lines_are_kept_in_the_order_of_their_names_whichever_spoke_first()
    {
        Assert.Equal(["a", "b", "c"], After(Hard(0, "c"), Hard(0, "a"), Hard(0, "b")).Runs.Select(run => run.Vantage));
        Assert.Equal(["a", "b", "c"], After(Hard(0, "c"), Hard(0, "a"), Hard(0, "b")).Sightings.Select(one => one.Vantage));
        Assert.Equal(["a", "b", "c"], After(Nothing(0, "c"), Nothing(0, "a"), Nothing(0, "b")).Silences.Select(one => one.Vantage));
    }

    // What is said to be missing -----------------------------------------------------------------------------------------------

    [Fact]
    public void Missing_people_looks_and_hours_are_told_to_the_number()
    {
        Assert.Equal(1, Assert.Single(RemovalProof.Missing(After(Walled, Person("an", 1)), Walled, At(1))).Count);
        Assert.Equal(2, Assert.Single(RemovalProof.Missing(After(Walled, Live(0)), Walled, At(1))).Count);
        var bare = After([.. Watch(0, 72, 4, hour => Bare(hour)), Person("an", 72)]);
        Assert.Equal(new ProofGap(ProofGapKind.People, 1, TimeSpan.Zero, null), Assert.Single(RemovalProof.Missing(bare, Rules, At(72))));
        // Enough looks, too few hours; then enough hours, too few looks: what there is enough of is not told as less than nothing.
        var short1 = After([.. Watch(0, 40, 4, hour => Soft(hour))]);
        Assert.Contains(new ProofGap(ProofGapKind.Observations, 0, TimeSpan.FromHours(32), "direct"), RemovalProof.Missing(short1, Rules, At(40)));
        Assert.Contains(new ProofGap(ProofGapKind.Observations, 1, TimeSpan.Zero, "direct"), RemovalProof.Missing(After(Hard(0), Hard(40)), Rules, At(40)));
        Assert.Contains(new ProofGap(ProofGapKind.Observations, 0, TimeSpan.FromHours(4), "direct"), RemovalProof.Missing(After([.. Watch(0, 20)]), Rules, At(20)));
    }

    [Fact]
    public void It_waits_for_people_only_when_nothing_else_is_missing()
    {
        var people = new ProofGap(ProofGapKind.People, 1, TimeSpan.Zero, null);
        var look = new ProofGap(ProofGapKind.Look, 1, TimeSpan.Zero, "direct");
        ProofStep Step(params ProofGap[] missing) => new(new RemovalProgress(), [], missing);
        Assert.True(Step(people).WaitsForPeople);
        Assert.False(Step().WaitsForPeople);
        Assert.False(Step(look).WaitsForPeople);
        Assert.False(Step(people, look).WaitsForPeople);
    }

    [Fact]
    public void A_person_is_due_only_where_people_decide_and_only_for_what_is_proven()
    {
        var confirmed = new RemovalProgress { State = RemovalState.ConfirmedRemoved, CleanSince = At(0) };
        var late = At(24 * 30);
        Assert.True(RemovalProof.PersonDue(confirmed, Walled, late));
        Assert.False(RemovalProof.PersonDue(confirmed, Rules, late));
        Assert.False(RemovalProof.PersonDue(confirmed with { State = RemovalState.ApparentlyGone }, Walled, late));
        Assert.False(RemovalProof.PersonDue(new RemovalProgress(), Walled, late));
        // Whoever looked at the very instant of the day has looked.
        var durable = new RemovalProgress { State = RemovalState.DurablyRemoved, DurableAt = At(0), People = [new NamedConfirmation("an", At(24 * 30), true)] };
        Assert.False(RemovalProof.PersonDue(durable, Walled, At(24 * 31)));
        Assert.True(RemovalProof.PersonDue(durable with { People = [new NamedConfirmation("an", At((24 * 30) - 0.001), true)] }, Walled, At(24 * 31)));
    }

    [Fact]
    public void The_table_says_whose_it_is() =>
        Assert.Equal(("Removal", "Demand", "Dispatch"), (RemovalTable.Instance.Name, Monitor.Rules.Takedowns.DemandTable.Instance.Name, Monitor.Rules.Takedowns.DispatchTable.Instance.Name));
}
