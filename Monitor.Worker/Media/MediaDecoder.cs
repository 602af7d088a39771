using Monitor.Rules.Hashing;

namespace Monitor.Worker.Media;

/// <summary>
/// Bytes to pixels, whoever made the bytes. What they are is told by their first bytes alone; common kinds are decoded here, rare ones in a
/// process of their own with limits on memory and time; documents that draw (SVG) are not rendered at all. Never writes to the disk.
/// </summary>
public sealed class MediaDecoder(MediaLimits limits)
{
    /// <summary>Pictures from this size on are decoded one at a time: several would take the machine's memory.</summary>
    private const long LargePixels = 16_000_000;

    private static readonly Lock Large = new();

    // More at once than there are processors would be no sooner, and each holds a whole picture in memory.
    private static readonly SemaphoreSlim Places = new(Environment.ProcessorCount);

    public static MediaDecoder Default { get; } = new(MediaLimits.Default);

    public MediaLimits Limits => limits;

    /// <summary>Decodes and hands over the frames, the first frame first.</summary>
    public async Task<MediaDecoding> DecodeAsync(ReadOnlyMemory<byte> bytes, FrameSeen seen, CancellationToken cancellation)
    {
        var format = MediaFormats.Sniff(bytes.Span[..Math.Min(bytes.Length, MediaFormats.HeadBytes)]);
        if (bytes.Length > limits.MaxBytes && format != MediaFormat.Unknown)
        {
            return new MediaDecoding.TooLarge(0, 0);
        }

        switch (format)
        {
            case MediaFormat.Jpeg or MediaFormat.Png or MediaFormat.Gif or MediaFormat.Webp or MediaFormat.Bmp or MediaFormat.Ico:
                return await HereAsync(bytes, format, seen, cancellation);
            case MediaFormat.Avif or MediaFormat.Heic or MediaFormat.Tiff:
                return await MediaChild.DecodeAsync(bytes, format, limits, seen, cancellation);
            case MediaFormat.Svg or MediaFormat.Video:
                return new MediaDecoding.Unsupported(format);
            default:
                return new MediaDecoding.NotAnImage();
        }
    }

    /// <summary>Decodes a still or animation in this process.</summary>
    private async Task<MediaDecoding> HereAsync(ReadOnlyMemory<byte> bytes, MediaFormat format, FrameSeen seen, CancellationToken cancellation)
    {
        await Places.WaitAsync(cancellation);
        try
        {
            var done = format == MediaFormat.Jpeg && TurboJpeg.Fits ? TurboJpeg.Decode(bytes, limits, seen, Sized) : null;
            return done ?? SkiaDecoder.Decode(bytes, format, limits, seen, Sized);
        }
        finally
        {
            Places.Release();
        }
    }

    /// <summary>Runs what needs memory for so many pixels.</summary>
    private static MediaDecoding Sized(long pixels, Func<MediaDecoding> decode)
    {
        if (pixels < LargePixels)
        {
            return decode();
        }

        lock (Large)
        {
            return decode();
        }
    }
}
