namespace Monitor.Worker.Scoring;

/// <summary>How the loading of a model ended. Whatever is not a whole, known model means that there are no scores.</summary>
public abstract record ScorerLoading
{
    private ScorerLoading()
    {
    }

    public sealed record Loaded(TextScorer Scorer) : ScorerLoading;

    /// <param name="File">What is not there, or cannot be read.</param>
    public sealed record Missing(string File) : ScorerLoading;

    /// <summary>Not the bytes that the card, or the act that put it in force, pins.</summary>
    public sealed record Damaged(string File) : ScorerLoading;

    /// <summary>Whole, but not a model of this program: another format, other features, another library.</summary>
    /// <param name="Why">A technical word or two.</param>
    public sealed record Foreign(string Why) : ScorerLoading;
}
