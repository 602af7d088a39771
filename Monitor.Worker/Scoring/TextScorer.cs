using System.Security.Cryptography;
using Microsoft.Extensions.ObjectPool;
using Microsoft.ML;
using Microsoft.ML.Calibrators;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;
using Monitor.Rules.Hashing;

namespace Monitor.Worker.Scoring;

/// <summary>
/// A trained model that says how likely a page is one that people should see early: from 0 to 1, calibrated. It orders queues and does nothing
/// else. Safe for use by many threads: the library's engines are not, so each call takes one from a pool.
/// </summary>
public sealed class TextScorer
{
    /// <summary>Bytes; also keeps out what only claims to be small.</summary>
    private const long MostModel = 128L * 1024 * 1024;

    private const long MostCard = 16L * 1024 * 1024;

    private readonly ObjectPool<PredictionEngine<ScorerRow, ScorerOutput>> _engines;
    private readonly Lazy<ScoreExplainer> _explainer;

    private TextScorer(ModelCard card, Digest cardDigest, MLContext context, ITransformer model, LinearBinaryModelParameters linear, DataViewSchema schema)
    {
        (Card, CardDigest) = (card, cardDigest);
        _engines = new DefaultObjectPoolProvider().Create(new Engines(context, model));
        _explainer = new Lazy<ScoreExplainer>(() => new ScoreExplainer(context, model, linear, model.GetOutputSchema(schema)["Features"], card.Calibration));
    }

    public ModelCard Card { get; }

    /// <summary>SHA-256 of the card's bytes: who pins it pins the model too.</summary>
    public Digest CardDigest { get; }

    public Digest ModelDigest => Digest.FromBytes(DigestKind.Sha256, Convert.FromHexString(Card.ModelSha256));

    /// <param name="directory">Holds card.json and model.zip.</param>
    /// <param name="pinned">Digest that the card must have; null: whatever is there is looked at.</param>
    public static ScorerLoading Load(string directory, Digest? pinned = null)
    {
        if (ReadAll(Path.Combine(directory, ModelCard.FileName), MostCard) is not { } cardBytes)
        {
            return new ScorerLoading.Missing(ModelCard.FileName);
        }

        var cardDigest = Digest.FromBytes(DigestKind.Sha256, SHA256.HashData(cardBytes));
        if ((pinned is { } digest && digest != cardDigest) || ModelCard.Read(cardBytes) is not { } card)
        {
            return new ScorerLoading.Damaged(ModelCard.FileName);
        }

        if (card.Format != ModelCard.CurrentFormat || !card.Structure.SequenceEqual(StructuralFeatures.Ids))
        {
            return new ScorerLoading.Foreign(card.Format);
        }

        if (ReadAll(Path.Combine(directory, ModelCard.ModelFileName), MostModel) is not { } modelBytes)
        {
            return new ScorerLoading.Missing(ModelCard.ModelFileName);
        }

        return Convert.ToHexStringLower(SHA256.HashData(modelBytes)) == card.ModelSha256
            ? Open(card, cardDigest, modelBytes)
            : new ScorerLoading.Damaged(ModelCard.ModelFileName);
    }

    /// <param name="text">Title and visible text as written; of a very long one the beginning and the end are looked at.</param>
    /// <param name="structure">Null: not known.</param>
    /// <returns>From 0 to 1.</returns>
    public double Score(string text, PageStructure? structure)
    {
        var engine = _engines.Get();
        var output = engine.Predict(ScorerRow.Of(text, structure));
        // Only an engine that came through goes back to the others.
        _engines.Return(engine);
        return Card.Calibration.Probability(output.Score);
    }

    /// <summary>What moved the score, strongest first.</summary>
    /// <param name="most">In each direction.</param>
    public ScoreExplanation Explain(string text, PageStructure? structure, int most = 8) => _explainer.Value.Explain(ScorerRow.Of(text, structure), most);

    private static ScorerLoading Open(ModelCard card, Digest cardDigest, byte[] bytes)
    {
        try
        {
            var context = new MLContext(card.Seed);
            using var stream = new MemoryStream(bytes);
            var model = context.Model.Load(stream, out var schema);
            if (schema is null || Linear(model) is not { } linear || schema.GetColumnOrNull("Text")?.Type is not TextDataViewType
                || (schema.GetColumnOrNull("Structure")?.Type as VectorDataViewType)?.Size != StructuralFeatures.Count)
            {
                return new ScorerLoading.Foreign("schema");
            }

            var scorer = new TextScorer(card, cardDigest, context, model, linear, schema);
            // A model that cannot score is found now, and not by an inspection.
            _ = scorer.Score("đèn lồng", null);
            return new ScorerLoading.Loaded(scorer);
        }
#pragma warning disable CA1031 // The library throws whatever it likes at bytes that are no model.
        catch (Exception problem)
#pragma warning restore CA1031
        {
            return new ScorerLoading.Foreign(problem.GetType().Name);
        }
    }

    private static LinearBinaryModelParameters? Linear(ITransformer model) => ((model as IEnumerable<ITransformer>)?.LastOrDefault() as ISingleFeaturePredictionTransformer<object>)?.Model switch
    {
        CalibratedModelParametersBase<LinearBinaryModelParameters, PlattCalibrator> calibrated => calibrated.SubModel,
        LinearBinaryModelParameters linear => linear,
        _ => null,
    };

    private static byte[]? ReadAll(string path, long most)
    {
        try
        {
            return new FileInfo(path) is { Exists: true, Length: > 0 } file && file.Length <= most ? File.ReadAllBytes(path) : null;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private sealed class Engines(MLContext context, ITransformer model) : PooledObjectPolicy<PredictionEngine<ScorerRow, ScorerOutput>>
    {
        private readonly Lock _gate = new();

        public override PredictionEngine<ScorerRow, ScorerOutput> Create()
        {
            // The context is not said to be safe while engines are made.
            lock (_gate)
            {
                return context.Model.CreatePredictionEngine<ScorerRow, ScorerOutput>(model);
            }
        }

        public override bool Return(PredictionEngine<ScorerRow, ScorerOutput> obj) => true;
    }
}
