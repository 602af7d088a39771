using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;

namespace Monitor.Worker.Scoring;

/// <summary>Says in words what moved a score. The model is linear: what each feature adds to the log-odds is its weight times its value.</summary>
internal sealed class ScoreExplainer(MLContext context, ITransformer model, LinearBinaryModelParameters linear, DataViewSchema.Column features, Calibration calibration)
{
    /// <summary>The library names the n-gram of two words "Ngrams.đèn|lồng", after its column.</summary>
    private const string NgramPrefix = ScorerTraining.NgramColumn + ".";

    private readonly Lock _gate = new();
    private readonly PredictionEngine<ScorerRow, ExplainedOutput> _engine = context.Model.CreatePredictionEngine<ScorerRow, ExplainedOutput>(model);
    private readonly string[] _names = Names(features);

    public ScoreExplanation Explain(ScorerRow row, int most)
    {
        ExplainedOutput output;
        // People ask for explanations one at a time.
        lock (_gate)
        {
            output = _engine.Predict(row);
        }

        var contributions = output.Features.Items()
            .Select(item => Contribution(item.Key, calibration.Slope * linear.Weights[item.Key] * item.Value))
            .Where(one => Math.Abs(one.LogOdds) > 1e-4)
            .ToList();
        return new ScoreExplanation(
            calibration.Probability(output.Score),
            (calibration.Slope * linear.Bias) + calibration.Offset,
            Strongest(contributions.Where(one => one.LogOdds > 0), most),
            Strongest(contributions.Where(one => one.LogOdds < 0), most));
    }

    private Contribution Contribution(int index, double logOdds) => index < StructuralFeatures.Count
        ? new Contribution(ContributionKind.Structure, StructuralFeatures.All[index].Id, logOdds)
        : new Contribution(ContributionKind.Words, _names[index], logOdds);

    private static List<Contribution> Strongest(IEnumerable<Contribution> contributions, int most) =>
        [.. contributions.OrderByDescending(one => Math.Abs(one.LogOdds)).ThenBy(one => one.Name, StringComparer.Ordinal).Take(most)];

    private static string[] Names(DataViewSchema.Column features)
    {
        VBuffer<ReadOnlyMemory<char>> slots = default;
        features.GetSlotNames(ref slots);
        return [.. slots.DenseValues().Select(slot => slot.Span.StartsWith(NgramPrefix) ? slot[NgramPrefix.Length..].ToString().Replace('|', ' ') : slot.ToString())];
    }
}

/// <param name="Base">Log-odds before anything of the page counts.</param>
/// <param name="Raising">Strongest first.</param>
/// <param name="Lowering">Strongest first.</param>
public sealed record ScoreExplanation(double Probability, double Base, IReadOnlyList<Contribution> Raising, IReadOnlyList<Contribution> Lowering);

/// <param name="Name">One or two words of the text, folded; or the id of a structural feature.</param>
/// <param name="LogOdds">What it adds to the log-odds of the score.</param>
public sealed record Contribution(ContributionKind Kind, string Name, double LogOdds);

public enum ContributionKind
{
    Words,
    Structure,
}
