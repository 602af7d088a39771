namespace Monitor.Worker.Bench;

/// <summary>What a bench measured, and whether what it measured was right.</summary>
public sealed record BenchEnd(IReadOnlyList<BenchFigure> Figures, IReadOnlyList<BenchCheck> Checks)
{
    public bool Good => Checks.Count > 0 && Checks.All(check => check.Good);

    public static BenchEnd Of(IEnumerable<BenchEnd> ends)
    {
        var all = ends.ToList();
        return new BenchEnd([.. all.SelectMany(end => end.Figures)], [.. all.SelectMany(end => end.Checks)]);
    }
}
