namespace Monitor.Worker.Bench;

/// <summary>Sizes of the text bench; small ones make it a test.</summary>
public sealed record TextOptions
{
    public int Keywords { get; init; } = 10_000;

    public int Patterns { get; init; } = 1000;

    /// <summary>Thousands of UTF-16 units of each text.</summary>
    public int Kilobytes { get; init; } = 200;

    public int Rounds { get; init; } = 9;

    /// <summary>Keywords and patterns that are held against the simple method, which would take hours for all.</summary>
    public int Checked { get; init; } = 60;
}
