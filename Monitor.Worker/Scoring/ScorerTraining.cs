using System.Buffers.Binary;
using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;
using Microsoft.ML.Transforms.Text;
using LinearChain = Microsoft.ML.Data.TransformerChain<Microsoft.ML.Data.BinaryPredictionTransformer<Microsoft.ML.Calibrators.CalibratedModelParametersBase<Microsoft.ML.Trainers.LinearBinaryModelParameters, Microsoft.ML.Calibrators.PlattCalibrator>>>;

namespace Monitor.Worker.Scoring;

/// <summary>
/// Texts with labels → a scorer and what it is worth. Held-out scores come from models that saw no text of the same family; the calibration is
/// fitted on held-out scores, for the metrics each time without the fold it is measured on. Logistic regression with one thread and a
/// fixed seed: the same data give the same scores.
/// </summary>
public static class ScorerTraining
{
    public const int MostTexts = 200_000;

    internal const string NgramColumn = "Ngrams";

    private const int MostNgrams = 50_000;

    /// <summary>Cross-validates and trains on everything.</summary>
    /// <param name="progress">Models trained so far.</param>
    public static TrainingEnd Train(IReadOnlyList<TrainingText> texts, TrainingOptions options, Action<int>? progress, CancellationToken cancellation)
    {
        switch (Evaluate(texts, options, progress, cancellation))
        {
            case EvaluationEnd.Refused refused:
                return new TrainingEnd.Refused(refused.Problem);
            case EvaluationEnd.Evaluated evaluated:
                var context = new MLContext(options.Seed);
                var (model, schema) = Fit(context, [.. texts.Select(Row)]);
                progress?.Invoke(options.Folds + 1);
                using (var stream = new MemoryStream())
                {
                    context.Model.Save(model, schema, stream);
                    return new TrainingEnd.Trained(stream.ToArray(), Card(texts, options, evaluated, model, schema, stream.ToArray()));
                }

            default:
                throw new InvalidOperationException("unknown end");
        }
    }

    /// <summary>Scores every text by a model and a calibration that saw none of its family.</summary>
    public static EvaluationEnd Evaluate(IReadOnlyList<TrainingText> texts, TrainingOptions options, Action<int>? progress, CancellationToken cancellation)
    {
        if (Problem(texts, options) is { } problem)
        {
            return new EvaluationEnd.Refused(problem);
        }

        if (FamilyFolds.Assign(texts, options.Folds, options.Seed) is not { } folds)
        {
            return new EvaluationEnd.Refused(new TrainingProblem.TooFewFamilies(options.Folds));
        }

        var rows = texts.Select(Row).ToList();
        var raw = new double[texts.Count];
        for (var fold = 0; fold < options.Folds; fold++)
        {
            cancellation.ThrowIfCancellationRequested();
            var context = new MLContext(options.Seed);
            var (model, _) = Fit(context, [.. rows.Where((_, i) => folds[i] != fold)]);
            var at = Enumerable.Range(0, texts.Count).Where(i => folds[i] == fold).ToList();
            var scores = model.Transform(context.Data.LoadFromEnumerable(at.Select(i => rows[i]))).GetColumn<float>("Score").ToList();
            for (var i = 0; i < at.Count; i++)
            {
                raw[at[i]] = scores[i];
            }

            progress?.Invoke(fold + 1);
        }

        var truth = texts.Select(text => text.Relevant).ToList();
        var scored = new (double Probability, bool Relevant, string Family)[texts.Count];
        for (var fold = 0; fold < options.Folds; fold++)
        {
            var others = Enumerable.Range(0, texts.Count).Where(i => folds[i] != fold).ToList();
            var calibration = Calibration.Fit([.. others.Select(i => raw[i])], [.. others.Select(i => truth[i])]);
            for (var i = 0; i < texts.Count; i++)
            {
                if (folds[i] == fold)
                {
                    scored[i] = (calibration.Probability(raw[i]), truth[i], texts[i].Family);
                }
            }
        }

        return new EvaluationEnd.Evaluated(ScorerMetrics.Of(scored), Calibration.Fit(raw, truth), [.. scored.Select(one => one.Probability)]);
    }

    /// <summary>SHA-256 over id, family, label, text and structure of every text, in id order.</summary>
    public static string DigestOf(IReadOnlyList<TrainingText> texts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var text in texts.OrderBy(text => text.Id, StringComparer.Ordinal))
        {
            hash.AppendData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{text.Id}\0{text.Family}\0{text.Relevant}\0{text.Text}\0{text.Structure}\0{text.At:yyyy-MM-dd}\n")));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static TrainingProblem? Problem(IReadOnlyList<TrainingText> texts, TrainingOptions options)
    {
        if (texts.Count > MostTexts)
        {
            return new TrainingProblem.TooMany(MostTexts);
        }

        var ids = new HashSet<string>(StringComparer.Ordinal);
        return texts.FirstOrDefault(text => !ids.Add(text.Id)) is { } twice ? new TrainingProblem.SameId(twice.Id)
            : options.Folds is < 2 or > 20 ? new TrainingProblem.BadFolds(options.Folds)
            : null;
    }

    private static ScorerRow Row(TrainingText text) => ScorerRow.Of(text.Text, text.Structure, text.Relevant);

    private static (LinearChain Model, DataViewSchema Schema) Fit(MLContext context, IReadOnlyList<ScorerRow> rows)
    {
        var view = context.Data.LoadFromEnumerable(rows);
        var pipeline = context.Transforms.Text.FeaturizeText(NgramColumn, new TextFeaturizingEstimator.Options
        {
            // Folding has done what is right for Vietnamese; the library would drop diacritics, which are letters.
            CaseMode = TextNormalizingEstimator.CaseMode.None,
            KeepDiacritics = true,
            KeepNumbers = true,
            KeepPunctuations = false,
            StopWordsRemoverOptions = null,
            WordFeatureExtractor = new WordBagEstimator.Options { NgramLength = 2, UseAllLengths = true, MaximumNgramsCount = [MostNgrams, MostNgrams], Weighting = NgramExtractingEstimator.WeightingCriteria.TfIdf },
            // Character n-grams gave nothing beyond chance on held-out families, and nobody can read them in an explanation.
            CharFeatureExtractor = null,
            Norm = TextFeaturizingEstimator.NormFunction.L2,
        }, "Text")
            .Append(context.Transforms.Concatenate("Features", "Structure", NgramColumn))
            .Append(context.BinaryClassification.Trainers.LbfgsLogisticRegression(new LbfgsLogisticRegressionBinaryTrainer.Options
            {
                NumberOfThreads = 1,
                L1Regularization = 0.03f,
                L2Regularization = 0.1f,
                HistorySize = 20,
            }));
        return (pipeline.Fit(view), view.Schema);
    }

    private static ModelCard Card(IReadOnlyList<TrainingText> texts, TrainingOptions options, EvaluationEnd.Evaluated evaluated, LinearChain model, DataViewSchema schema, byte[] bytes)
    {
        var features = ((VectorDataViewType)model.GetOutputSchema(schema)["Features"].Type).Size;
        var days = texts.Select(text => text.At).OfType<DateOnly>().ToList();
        return new ModelCard
        {
            Format = ModelCard.CurrentFormat,
            ModelSha256 = Convert.ToHexStringLower(SHA256.HashData(bytes)),
            CreatedAt = options.Now,
            CreatedBy = options.By,
            ToolVersion = typeof(ScorerTraining).Assembly.GetName().Version?.ToString(3) ?? "0",
            Library = "Microsoft.ML " + (typeof(MLContext).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "?"),
            Data = new TrainingData
            {
                Source = options.Source,
                Sha256 = DigestOf(texts),
                Texts = texts.Count,
                Relevant = texts.Count(text => text.Relevant),
                WithStructure = texts.Count(text => text.Structure is not null),
                Families = [.. texts.Select(text => text.Family).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
                From = days.Count == 0 ? null : days.Min(),
                To = days.Count == 0 ? null : days.Max(),
            },
            Seed = options.Seed,
            Folds = options.Folds,
            Structure = StructuralFeatures.Ids,
            Ngrams = features - StructuralFeatures.Count,
            Calibration = evaluated.Calibration,
            HeldOut = evaluated.Metrics,
            ScoresSha256 = DigestOf(evaluated.Scores),
        };
    }

    private static string DigestOf(IReadOnlyList<double> scores)
    {
        var bytes = new byte[scores.Count * sizeof(int)];
        for (var i = 0; i < scores.Count; i++)
        {
            // To the sixth digit: what is beyond may differ between processors.
            BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(i * sizeof(int)), (int)Math.Round(scores[i] * 1_000_000));
        }

        return Convert.ToHexStringLower(SHA256.HashData(bytes));
    }
}
