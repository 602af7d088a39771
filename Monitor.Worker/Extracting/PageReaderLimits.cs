namespace Monitor.Worker.Extracting;

/// <summary>Bounds of one reading. Whatever is met sets <see cref="Monitor.Rules.Removal.PageOutline.Truncated"/>.</summary>
public sealed record PageReaderLimits
{
    /// <summary>Bytes that are parsed; the rest is not looked at.</summary>
    public int MaxBytes { get; init; } = 4 * 1024 * 1024;

    public int MaxElements { get; init; } = 50_000;

    /// <summary>Nesting. Tree building is quadratic in it, so a deeper page is read flat.</summary>
    public int MaxDepth { get; init; } = 512;

    /// <summary>
    /// Tree building; a page that takes longer is read flat. By the clock on the wall, so it leaves room for a machine that is busy
    /// with other things: elements and nesting are what holds hostile pages down.
    /// </summary>
    public TimeSpan MaxTime { get; init; } = TimeSpan.FromSeconds(5);

    public int MaxMedia { get; init; } = 512;

    public int MaxLinks { get; init; } = 2000;

    public int MaxFacts { get; init; } = 256;

    /// <summary>Characters of a text or JSON body that are kept.</summary>
    public int MaxText { get; init; } = 1024 * 1024;

    /// <summary>Characters of a data: URL; a longer one is dropped.</summary>
    public int MaxDataUrl { get; init; } = 256 * 1024;

    public static PageReaderLimits Default { get; } = new();
}
