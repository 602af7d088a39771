using Monitor.Rules.Removal;

namespace Monitor.Worker.Scoring;

/// <summary>The model in force, as inspections ask it. Without one there are no scores, and nothing else is different.</summary>
public sealed class PageScoring
{
    private readonly Lock _gate = new();
    private volatile ScoringState _state = new ScoringState.Absent();
    private long _sequence = -1;

    public ScoringState State => _state;

    /// <summary>Null: there is no score. It orders queues; severity, category and sending never depend on it.</summary>
    /// <param name="text">As rules see the page.</param>
    public PageScore? Score(PageOutline outline, string text, string url) => _state is ScoringState.InForce { Scorer: var scorer }
        ? new PageScore(Math.Round(scorer.Score(text, PageStructure.Of(outline, url)), 4), scorer.Card.Name)
        : null;

    /// <param name="sequence">Of the custody entry that decided it: a later one is never replaced by an earlier one.</param>
    public void Replace(long sequence, ScoringState state)
    {
        lock (_gate)
        {
            if (sequence >= _sequence)
            {
                (_sequence, _state) = (sequence, state);
            }
        }
    }
}

/// <param name="Value">From 0 to 1, four digits.</param>
/// <param name="Model">Name of the model (<see cref="ModelCard.Name"/>): scores of different models do not compare.</param>
public sealed record PageScore(double Value, string Model);

/// <summary>Whether there are scores.</summary>
public abstract record ScoringState
{
    private ScoringState()
    {
    }

    /// <summary>No model was put in force, or the last one was taken out.</summary>
    public sealed record Absent : ScoringState;

    /// <param name="By">Who put it in force, and when.</param>
    public sealed record InForce(TextScorer Scorer, string By, DateTimeOffset At) : ScoringState;

    /// <summary>A model was put in force, but what lies in the data directory is not it: there are no scores until somebody acts.</summary>
    /// <param name="Why">Never <see cref="ScorerLoading.Loaded"/>.</param>
    public sealed record Unusable(ScorerLoading Why, string By, DateTimeOffset At) : ScoringState;
}
