namespace Monitor.Worker.Bench;

/// <summary>Sizes of the benches of single rooms; small ones make them tests.</summary>
public sealed record SizesOptions
{
    /// <summary>Rows in the store while due ones are chosen.</summary>
    public int DueTargets { get; init; } = 1_000_000;

    public int Claims { get; init; } = 500;

    public int StoreTargets { get; init; } = 20_000;

    public int StoreSaves { get; init; } = 5000;

    public int VaultItems { get; init; } = 3000;

    public int VaultBytes { get; init; } = BenchContent.PictureBytes;

    public int Pages { get; init; } = 2000;

    public int Rules { get; init; } = 1000;

    public int Texts { get; init; } = 2000;

    public int Digests { get; init; } = 1_000_000;

    public int LookUps { get; init; } = 4_000_000;

    /// <summary>Target counts whose memory is compared, in this order.</summary>
    public IReadOnlyList<int> MemoryTargets { get; init; } = [1000, 10_000, 100_000];

    /// <summary>Inspections for each of them.</summary>
    public int MemoryInspections { get; init; } = 1000;

    /// <summary>Where temporary homes are made; null: the system's temporary directory.</summary>
    public string? WorkingDirectory { get; init; }
}
