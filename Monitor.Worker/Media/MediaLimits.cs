namespace Monitor.Worker.Media;

/// <summary>What decoding a picture may cost. All of it is known from the header before anything is allocated.</summary>
public sealed record MediaLimits
{
    public static MediaLimits Default { get; } = new();

    /// <summary>Bytes of the file.</summary>
    public int MaxBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>Width × height. 64 megapixels are 256 MB while they are hashed.</summary>
    public long MaxPixels { get; init; } = 64_000_000;

    /// <summary>Frames of an animation that are looked at, spread over it, the first among them.</summary>
    public int SampledFrames { get; init; } = 5;

    /// <summary>Pixels that may be drawn to reach the sampled frames: each is drawn over those before it.</summary>
    public long MaxDrawnPixels { get; init; } = 200_000_000;

    /// <summary>Scans × pixels of a progressive JPEG: each scan goes over the whole picture.</summary>
    public long MaxScannedPixels { get; init; } = 2_000_000_000;

    /// <summary>For a picture that is decoded in a process of its own.</summary>
    public TimeSpan ChildTime { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Memory of that process, in bytes.</summary>
    public long ChildMemory { get; init; } = 1536L * 1024 * 1024;
}
