namespace Monitor.Worker.Simulation;

/// <summary>Hours. All null when there is nothing to count.</summary>
internal sealed record Quantiles(int Count, double? Median, double? P90, double? P99, double? Most)
{
    public static Quantiles Of(IEnumerable<float> values)
    {
        var sorted = values.Where(value => !float.IsNaN(value)).Order().ToArray();
        return new Quantiles(sorted.Length, At(sorted, 0.5), At(sorted, 0.9), At(sorted, 0.99), At(sorted, 1));
    }

    /// <summary>The smallest value that at least this share does not exceed.</summary>
    private static double? At(float[] sorted, double share) =>
        sorted.Length == 0 ? null : Math.Round(sorted[Math.Max(0, (int)Math.Ceiling(share * sorted.Length) - 1)], 2);
}
