using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Monitor.Rules.Removal;

namespace Monitor.Tests.Removal;

public sealed class VantageVerdictTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly RemovalRules Rules = new() { RequiredVantages = ["direct", "abroad", "tor"] };

    [Theory]
    [InlineData(Liveness.Gone, Liveness.Live, RemovalState.Restricted)]
    [InlineData(Liveness.ProbablyGone, Liveness.Live, RemovalState.Restricted)]
    [InlineData(Liveness.Partial, Liveness.Live, RemovalState.Restricted)]
    [InlineData(Liveness.Restricted, Liveness.Live, RemovalState.Restricted)]
    [InlineData(Liveness.Gone, Liveness.Restricted, RemovalState.Restricted)]
    [InlineData(Liveness.Gone, Liveness.Partial, RemovalState.Partial)]
    [InlineData(Liveness.Gone, Liveness.Gone, RemovalState.ApparentlyGone)]
    [InlineData(Liveness.Gone, Liveness.ProbablyGone, RemovalState.ApparentlyGone)]
    [InlineData(Liveness.Gone, Liveness.Inconclusive, RemovalState.ApparentlyGone)]
    [InlineData(Liveness.Live, Liveness.Inconclusive, RemovalState.Live)]
    [InlineData(Liveness.Live, Liveness.Live, RemovalState.Live)]
    public void Two_lines_together(Liveness one, Liveness other, RemovalState state)
    {
        Assert.Equal(state, Fold([[Look("direct", one), Look("abroad", other)]]).Progress.State);
        Assert.Equal(state, Fold([[Look("direct", other), Look("abroad", one)]]).Progress.State);
        Assert.Equal(state, Fold([[Look("abroad", one), Look("direct", other)]]).Progress.State);
    }

    [Fact]
    public void Withheld_by_place_neither_pauses_reminders_nor_drafts_anything_round_after_round()
    {
        var rounds = Enumerable.Range(0, 50).Select(hour => new[] { Look("direct", Liveness.Gone, hour), Look("abroad", Liveness.Live, hour) });

        (RemovalProgress progress, IReadOnlyList<RemovalEffect> effects) = Fold(rounds);

        Assert.Equal((RemovalState.Restricted, Start.AddHours(49)), (progress.State, progress.LastLiveAt!.Value));
        Assert.Empty(effects);
        Assert.Empty(progress.Runs);
    }

    [Fact]
    public void A_line_that_is_down_neither_breaks_the_others_run_nor_stands_in_for_it()
    {
        var rounds = Enumerable.Range(0, 60).Select(hour => new[]
        {
            Look("direct", Liveness.Gone, hour),
            Look("abroad", hour is > 5 and < 20 ? Liveness.Inconclusive : Liveness.Gone, hour),
            Look("tor", hour < 30 ? Liveness.Inconclusive : Liveness.Gone, hour),
        }).ToList();

        Assert.Equal(RemovalState.ApparentlyGone, Fold(rounds.Take(54)).Progress.State);
        Assert.Equal(Start.AddHours(54), Fold(rounds).Progress.ConfirmedAt);
    }

    [Fact]
    public void Served_again_anywhere_after_confirmation_reopens_once()
    {
        var rounds = Enumerable.Range(0, 30).Select(hour => new[] { Look("direct", Liveness.Gone, hour), Look("abroad", Liveness.Gone, hour), Look("tor", Liveness.Gone, hour) }).ToList();
        Assert.Equal(RemovalState.ConfirmedRemoved, Fold(rounds).Progress.State);
        rounds.Add([Look("direct", Liveness.Gone, 30), Look("abroad", Liveness.Live, 30), Look("tor", Liveness.Gone, 30)]);
        rounds.Add([Look("direct", Liveness.Gone, 31), Look("abroad", Liveness.Live, 31), Look("tor", Liveness.Gone, 31)]);

        (RemovalProgress progress, IReadOnlyList<RemovalEffect> effects) = Fold(rounds);

        Assert.Equal((RemovalState.Restricted, 1), (progress.State, progress.Reappearances));
        Assert.Single(effects, RemovalEffect.ReopenDemand);
        Assert.Single(effects, RemovalEffect.DraftReappearanceNotice);
    }

    [Property(MaxTest = 500)]
    public Property Neither_the_order_of_the_vantages_nor_who_was_first_matters()
    {
        Gen<Liveness> seen = Gen.Elements(Enum.GetValues<Liveness>());
        Gen<Liveness[][]> rounds = Gen.ArrayOf(Gen.ArrayOf(seen, 3));
        return Prop.ForAll(rounds.ToArbitrary(), Gen.Shuffle(new[] { 0, 1, 2 }).ToArbitrary(), (story, order) =>
        {
            string[] names = ["direct", "abroad", "tor"];
            var told = story.Select((round, hour) => round.Select((liveness, at) => Look(names[at], liveness, hour)).ToArray()).ToList();
            var shuffled = told.Select(round => order.Select(at => round[at]).ToArray()).ToList();
            (RemovalProgress one, IReadOnlyList<RemovalEffect> effects) = Fold(told);
            (RemovalProgress other, IReadOnlyList<RemovalEffect> same) = Fold(shuffled);
            Assert.Equal(Plain(one), Plain(other));
            Assert.Equal(effects, same);

            // And no round in which somebody saw it can leave it apparently gone or better.
            if (told.Count > 0 && told[^1].Any(look => look.Liveness is Liveness.Live or Liveness.Partial or Liveness.Restricted))
                Assert.DoesNotContain(one.State, new[] { RemovalState.ApparentlyGone, RemovalState.ConfirmedRemoved, RemovalState.DurablyRemoved });
        });
    }

    private static string Plain(RemovalProgress progress) => System.Text.Json.JsonSerializer.Serialize(progress);

    private static (RemovalProgress Progress, IReadOnlyList<RemovalEffect> Effects) Fold(IEnumerable<ProofFact[]> rounds)
    {
        var progress = new RemovalProgress();
        var effects = new List<RemovalEffect>();
        foreach (ProofFact[] round in rounds)
        {
            foreach (ProofFact fact in VantageVerdict.Together(round))
            {
                ProofStep step = RemovalProof.Observe(progress, fact, Rules);
                progress = step.Progress;
                effects.AddRange(step.Effects);
            }
        }

        return (progress, effects);
    }

    private static ProofFact Look(string vantage, Liveness liveness, int hour = 0) => new()
    {
        At = Start.AddHours(hour),
        Vantage = vantage,
        Liveness = liveness,
        Reason = liveness == Liveness.Gone ? LivenessReason.NotFound404 : LivenessReason.Alive,
    };
}
