namespace Monitor.Worker.Scoring;

/// <param name="Now">Stands in the card.</param>
/// <param name="By">Who trains; stands in the card.</param>
/// <param name="Source">Where the texts are from; stands in the card.</param>
/// <param name="Folds">From 2 to 20; each holds out whole families.</param>
public sealed record TrainingOptions(DateTimeOffset Now, string By, string Source, int Seed = 1, int Folds = 5);

/// <summary>How a training ended.</summary>
public abstract record TrainingEnd
{
    private TrainingEnd()
    {
    }

    /// <param name="Model">Bytes of the model file that the card pins.</param>
    public sealed record Trained(byte[] Model, ModelCard Card) : TrainingEnd;

    public sealed record Refused(TrainingProblem Problem) : TrainingEnd;
}

/// <summary>How a cross-validation ended.</summary>
public abstract record EvaluationEnd
{
    private EvaluationEnd()
    {
    }

    /// <param name="Calibration">Fitted on all held-out scores: for the model that is trained on everything.</param>
    /// <param name="Scores">Probability of each text, in the order given.</param>
    public sealed record Evaluated(ScorerMetrics Metrics, Calibration Calibration, IReadOnlyList<double> Scores) : EvaluationEnd;

    public sealed record Refused(TrainingProblem Problem) : EvaluationEnd;
}

/// <summary>Why texts cannot be learned from.</summary>
public abstract record TrainingProblem
{
    private TrainingProblem()
    {
    }

    /// <summary>Not every fold can hold out and learn families of both labels.</summary>
    public sealed record TooFewFamilies(int Folds) : TrainingProblem;

    public sealed record TooMany(int Most) : TrainingProblem;

    public sealed record SameId(string Id) : TrainingProblem;

    public sealed record BadFolds(int Given) : TrainingProblem;
}
