namespace Monitor.Worker.Bench;

/// <summary>Sizes of the perceptual-hash bench.</summary>
public sealed record PdqOptions
{
    /// <summary>Entries of each index.</summary>
    public int Entries { get; init; } = 1_000_000;

    /// <summary>Look-ups of one round.</summary>
    public int LookUps { get; init; } = 20_000;

    /// <summary>Look-ups that are held against a linear scan.</summary>
    public int Checked { get; init; } = 200;

    /// <summary>Each figure is measured so many times.</summary>
    public int Rounds { get; init; } = 5;

    /// <summary>Hashings of one round.</summary>
    public int Pictures { get; init; } = 200;

    public int Width { get; init; } = 1280;

    public int Height { get; init; } = 960;

    /// <summary>Where its temporary home is made; null: the system's temporary directory.</summary>
    public string? WorkingDirectory { get; init; }
}
