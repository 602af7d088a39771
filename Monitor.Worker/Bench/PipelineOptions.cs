namespace Monitor.Worker.Bench;

/// <summary>Sizes of the pipeline bench.</summary>
public sealed record PipelineOptions
{
    /// <summary>Targets measured, each inspected once and then once more.</summary>
    public int Targets { get; init; } = 5000;

    /// <summary>Targets inspected before measuring begins.</summary>
    public int WarmUp { get; init; } = 1500;

    /// <summary>Most time for each of the two measured rounds.</summary>
    public TimeSpan Time { get; init; } = TimeSpan.FromSeconds(60);

    public int Hosts { get; init; } = 50;

    public int Rules { get; init; } = 1000;

    public int Digests { get; init; } = 100_000;

    /// <summary>Inspections at once, as fetch.parallelism would say.</summary>
    public int Parallelism { get; init; } = 64;

    /// <summary>Targets a claim, as sweeps.batch would say.</summary>
    public int Batch { get; init; } = 256;

    /// <summary>Pages whose text is searched keyword by keyword, and whose captures are opened, to check what was recorded.</summary>
    public int Checked { get; init; } = 200;

    /// <summary>Shipped configuration directory.</summary>
    public required string Shipped { get; init; }

    /// <summary>Where its temporary home is made; null: the system's temporary directory.</summary>
    public string? WorkingDirectory { get; init; }
}
