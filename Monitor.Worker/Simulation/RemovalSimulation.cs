namespace Monitor.Worker.Simulation;

/// <summary>Runs a population through the real rules. Deterministic by seed, whatever the parallelism.</summary>
internal static class RemovalSimulation
{
    private const int Chunk = 256;

    /// <param name="progress">Called with targets done, from any thread, one call at a time.</param>
    public static SimulationReport Run(SimulationOrder order, Action<int>? progress = null, CancellationToken cancellation = default)
    {
        var world = new SimulationWorld(order);
        var outcomes = new TargetOutcome[order.Targets];
        var hours = new int[order.Days * 24];
        var gate = new Lock();
        var done = 0;
        var options = new ParallelOptions { MaxDegreeOfParallelism = order.Parallelism, CancellationToken = cancellation };
        Parallel.For(0, (order.Targets + Chunk - 1) / Chunk, options, () => new int[hours.Length], (chunk, _, own) =>
        {
            var last = Math.Min(order.Targets, (chunk + 1) * Chunk);
            for (var number = chunk * Chunk; number < last; number++)
            {
                outcomes[number] = TargetRun.Follow(world, number, own);
            }

            if (progress is not null)
            {
                lock (gate)
                {
                    done += last - (chunk * Chunk);
                    progress(done);
                }
            }

            return own;
        }, own =>
        {
            // Sums of whole numbers: in whatever order they come, they are the same.
            lock (gate)
            {
                for (var i = 0; i < own.Length; i++)
                {
                    hours[i] += own[i];
                }
            }
        });
        return SimulationReport.Of(order, world, outcomes, hours);
    }
}
