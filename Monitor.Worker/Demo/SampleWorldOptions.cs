namespace Monitor.Worker.Demo;

public sealed record SampleWorldOptions
{
    /// <summary>Time, by <see cref="Timer"/>, that each answer is held back; makes overlapping requests visible to <see cref="HostTraffic.MostAtOnce"/>.</summary>
    public TimeSpan Latency { get; init; } = TimeSpan.Zero;

    /// <summary>Real time by default, even when the world's clock is accelerated.</summary>
    public TimeProvider Timer { get; init; } = TimeProvider.System;
}
