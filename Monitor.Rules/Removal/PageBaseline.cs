namespace Monitor.Rules.Removal;

/// <summary>
/// What the page looked like when it was last captured alive, without holding its text: sketches that can be compared but not read.
/// </summary>
public sealed record PageBaseline
{
    public required DateTimeOffset CapturedAt { get; init; }

    /// <summary>Observation that it was taken from.</summary>
    public required string Observation { get; init; }

    public required PageSketch Sketch { get; init; }

    /// <summary>Captured as a browser showed it, and so its control; false also for what was captured before there was one.</summary>
    public bool Rendered { get; init; }

    /// <summary>The control probe's sketch of that time, or null when none could be had.</summary>
    public PageSketch? Control { get; init; }
}
