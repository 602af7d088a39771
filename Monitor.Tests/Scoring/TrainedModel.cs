using Monitor.Tests.Contracts;
using Monitor.Worker.Scoring;
using Monitor.Worker.Scoring.Samples;

namespace Monitor.Tests.Scoring;

/// <summary>A small model, trained once for all tests that only read it.</summary>
public sealed class TrainedModel : IDisposable
{
    public static readonly DateTimeOffset Day = new(2026, 7, 1, 3, 0, 0, TimeSpan.Zero);

    private readonly Scratch _scratch = new();

    public TrainedModel()
    {
        Texts = SampleTexts.Create(1, perFamily: 12);
        Trained = Assert.IsType<TrainingEnd.Trained>(ScorerTraining.Train(Texts, new TrainingOptions(Day, "quan.tri", "samples", Folds: 3), null, CancellationToken.None));
        Write(Directory);
        Scorer = Assert.IsType<ScorerLoading.Loaded>(TextScorer.Load(Directory)).Scorer;
    }

    public IReadOnlyList<TrainingText> Texts { get; }

    public TrainingEnd.Trained Trained { get; }

    public string Directory => _scratch.At("model");

    public TextScorer Scorer { get; }

    /// <summary>A copy of its own, to be spoilt.</summary>
    public string Copy() => Write(_scratch.At(Guid.NewGuid().ToString("N")));

    public void Dispose() => _scratch.Dispose();

    private string Write(string directory)
    {
        System.IO.Directory.CreateDirectory(directory);
        File.WriteAllBytes(Path.Combine(directory, ModelCard.ModelFileName), Trained.Model);
        File.WriteAllBytes(Path.Combine(directory, ModelCard.FileName), Trained.Card.Write());
        return directory;
    }
}
