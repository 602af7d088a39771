namespace Monitor.Rules.Removal;

/// <summary>One observation of a target as the proof needs it: page and every media URL taken together.</summary>
public sealed record ProofFact
{
    public required DateTimeOffset At { get; init; }

    public required string Vantage { get; init; }

    public required Liveness Liveness { get; init; }

    public required LivenessReason Reason { get; init; }

    /// <summary>A valid control probe looked the same (soft kinds only).</summary>
    public bool ControlAgrees { get; init; }
}
