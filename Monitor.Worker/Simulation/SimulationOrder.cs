namespace Monitor.Worker.Simulation;

internal sealed record SimulationOrder
{
    public int Targets { get; init; } = 100_000;

    public int Days { get; init; } = 90;

    public int Seed { get; init; } = 1;

    public Weakening Weakening { get; init; }

    public Population Population { get; init; } = Population.Default;

    /// <summary>How many targets at a time; the result does not depend on it. -1: as many as there are cores.</summary>
    public int Parallelism { get; init; } = -1;
}
