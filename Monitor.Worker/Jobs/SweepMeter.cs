using System.Diagnostics.Metrics;

namespace Monitor.Worker.Jobs;

/// <summary>What the sweeps measure of themselves, for whoever listens (System.Diagnostics.Metrics); nobody listening costs nothing.</summary>
public static class SweepMeter
{
    public const string Name = "Monitor.Worker";

    /// <summary>From the claim in hand to the end of its save, in milliseconds, one value an inspection that was recorded.</summary>
    public const string InspectionDuration = "monitor.inspection.duration";

    /// <summary>Tag of every value: which of the houses of this process made it.</summary>
    public const string House = "house";

    private static readonly Meter Meter = new(Name);

    internal static Histogram<double> Inspections { get; } = Meter.CreateHistogram<double>(InspectionDuration, "ms");
}
