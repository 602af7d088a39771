using Monitor.Worker.Scoring;
using Monitor.Worker.Scoring.Samples;

namespace Monitor.Tests.Scoring;

public sealed class ScorerTrainingTests
{
    private static readonly TrainingOptions Options = new(TrainedModel.Day, "", "samples", Folds: 3);

    [Fact]
    public void The_same_seed_gives_the_same_scores_and_another_another()
    {
        var texts = SampleTexts.Create(1, perFamily: 6);
        var (first, again) = (Evaluate(texts, Options), Evaluate(texts, Options));
        Assert.Equal(first.Scores, again.Scores);
        Assert.Equal(first.Calibration, again.Calibration);
        Assert.NotEqual(first.Scores, Evaluate(texts, Options with { Seed = 2 }).Scores);
    }

    /// <summary>Families never learned from. Measured on the whole sample with three seeds: AUC 0.86–0.88, Brier 0.14–0.15, ECE 0.05–0.07; the floors leave room for a smaller sample.</summary>
    [Fact]
    public void Held_out_families_are_ranked_far_better_than_by_chance()
    {
        var metrics = Evaluate(SampleTexts.Create(1, perFamily: 20), Options with { Folds = 5 }).Metrics;
        Assert.True(metrics.Auc >= 0.78, $"AUC {metrics.Auc}");
        Assert.True(metrics.Brier <= 0.19 && metrics.Brier < metrics.BrierOfBaseRate, $"Brier {metrics.Brier}");
        Assert.True(metrics.Ece <= 0.15, $"ECE {metrics.Ece}");
        Assert.Equal(metrics.Texts, metrics.Reliability.Sum(bin => bin.Texts));
        Assert.Equal(33, metrics.Families.Count);
    }

    /// <summary>The measure measures: labels drawn by lot per family are not learned.</summary>
    [Fact]
    public void Labels_without_meaning_are_not_learned()
    {
        var texts = SampleTexts.Create(1, perFamily: 8);
        var families = texts.Select(text => text.Family).Distinct().Order(StringComparer.Ordinal).ToList();
        var metrics = Evaluate([.. texts.Select(text => text with { Relevant = families.IndexOf(text.Family) % 2 == 0 })], Options).Metrics;
        Assert.InRange(metrics.Auc, 0.2, 0.75);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    public void Folds_hold_out_whole_families_of_both_labels(int folds)
    {
        var texts = SampleTexts.Create(1, perFamily: 3);
        var assigned = FamilyFolds.Assign(texts, folds, 1)!;
        Assert.All(texts.Zip(assigned).GroupBy(one => one.First.Family), family => Assert.Single(family.Select(one => one.Second).Distinct()));
        Assert.All(texts.Zip(assigned).GroupBy(one => one.Second), fold => Assert.Equal(2, fold.Select(one => one.First.Relevant).Distinct().Count()));
        Assert.Equal(folds, assigned.Distinct().Count());
    }

    [Fact]
    public void Texts_that_cannot_be_learned_from_are_refused()
    {
        TrainingText Text(int i, string family, bool relevant) => new($"t{i}", family, relevant, "đèn lồng xanh");
        Assert.IsType<TrainingProblem.TooFewFamilies>(Refused([Text(1, "a", true), Text(2, "b", false), Text(3, "c", false)], Options));
        Assert.IsType<TrainingProblem.TooFewFamilies>(Refused([], Options));
        Assert.IsType<TrainingProblem.SameId>(Refused([Text(1, "a", true), Text(1, "b", false)], Options));
        Assert.IsType<TrainingProblem.BadFolds>(Refused([], Options with { Folds = 1 }));
    }

    [Fact]
    public void Metrics_are_what_they_say_on_a_case_counted_by_hand()
    {
        var metrics = ScorerMetrics.Of([(0.9, true, "a"), (0.8, false, "b"), (0.6, true, "a"), (0.2, false, "b")]);
        Assert.Equal((2 / 3.0, 1.0, 0.8), (metrics.Precision, metrics.Recall, Math.Round(metrics.F1, 12)));
        Assert.Equal(0.75, metrics.Auc);
        Assert.Equal((1 + (2 / 3.0)) / 2, metrics.AveragePrecision, 12);
        Assert.Equal((0.01 + 0.64 + 0.16 + 0.04) / 4, metrics.Brier, 12);
        Assert.Equal((0.1 + 0.8 + 0.4 + 0.2) / 4, metrics.Ece, 12);
        Assert.Equal(0.25, metrics.BrierOfBaseRate);
        Assert.Equal(0.5, ScorerMetrics.Of([(0.4, true, "a"), (0.4, false, "b")]).Auc);
        Assert.Equal(("b", 0.5), (metrics.Families[0].Family, metrics.Families[0].ShareRight));
    }

    [Fact]
    public void Calibration_finds_the_sigmoid_that_made_the_labels()
    {
        // At each score, as many of a hundred are relevant as sigmoid(2·score − 1) says.
        var scores = new List<double>();
        var truth = new List<bool>();
        for (var score = -2.0; score <= 3; score += 0.25)
        {
            for (var i = 0; i < 100; i++)
            {
                scores.Add(score);
                truth.Add(i < Math.Round(100 / (1 + Math.Exp(-((2 * score) - 1)))));
            }
        }

        var fitted = Calibration.Fit(scores, truth);
        Assert.InRange(fitted.Slope, 1.85, 2.15);
        Assert.InRange(fitted.Offset, -1.15, -0.85);
        // Perfectly parted scores: certain, but never more than the counts allow, and finite.
        var parted = Calibration.Fit([-1, -1, 1, 1], [false, false, true, true]);
        Assert.InRange(parted.Probability(1), 0.7, 0.999);
        Assert.True(double.IsFinite(parted.Probability(1e9)));
    }

    private static EvaluationEnd.Evaluated Evaluate(IReadOnlyList<TrainingText> texts, TrainingOptions options) =>
        Assert.IsType<EvaluationEnd.Evaluated>(ScorerTraining.Evaluate(texts, options, null, TestContext.Current.CancellationToken));

    private static TrainingProblem Refused(IReadOnlyList<TrainingText> texts, TrainingOptions options) =>
        Assert.IsType<EvaluationEnd.Refused>(ScorerTraining.Evaluate(texts, options, null, TestContext.Current.CancellationToken)).Problem;
}
