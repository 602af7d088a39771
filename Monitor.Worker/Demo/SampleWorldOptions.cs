namespace Monitor.Worker.Demo;

public sealed record SampleWorldOptions
{
    /// <summary>Real time each answer is held back; makes overlapping requests visible to <see cref="HostTraffic.MostAtOnce"/>.</summary>
    public TimeSpan Latency { get; init; } = TimeSpan.Zero;
}
