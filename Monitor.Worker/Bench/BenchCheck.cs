namespace Monitor.Worker.Bench;

/// <summary>What was measured held against the simple method: a fast wrong answer is no answer.</summary>
/// <param name="Wrong">How many differed; 0 is good.</param>
/// <param name="N">How many were compared; 0 is not good either.</param>
public sealed record BenchCheck(string Name, int Wrong, int N, string Method)
{
    public bool Good => Wrong == 0 && N > 0;

    /// <summary>The same shape as a measured number.</summary>
    public BenchFigure Figure => new(Name, Wrong, "wrong", N, Method);
}
