using Monitor.Rules.Hashing;
using SkiaSharp;

namespace Monitor.Worker.Media;

/// <summary>
/// Decodes with Skia. No colour space is asked for: the stored values are what the reference hashes, a conversion would change them. Colours are not multiplied by alpha.
/// </summary>
internal static unsafe class SkiaDecoder
{
    public static MediaDecoding Decode(ReadOnlyMemory<byte> bytes, MediaFormat format, MediaLimits limits, FrameSeen seen, Func<long, Func<MediaDecoding>, MediaDecoding> sized)
    {
        using var pinned = bytes.Pin();
        using var data = SKData.Create((nint)pinned.Pointer, bytes.Length);
        using var codec = SKCodec.Create(data);
        if (codec is null)
        {
            return new MediaDecoding.Damaged(format);
        }

        var (width, height) = (codec.Info.Width, codec.Info.Height);
        if (width <= 0 || height <= 0)
        {
            return new MediaDecoding.Damaged(format);
        }

        var pixels = (long)width * height;
        if (pixels > limits.MaxPixels || (format == MediaFormat.Jpeg && JpegScans.Count(bytes.Span) * pixels > limits.MaxScannedPixels))
        {
            return new MediaDecoding.TooLarge(width, height);
        }

        return sized(pixels, () => Frames(codec, format, width, height, limits, seen));
    }

    private static MediaDecoding Frames(SKCodec codec, MediaFormat format, int width, int height, MediaLimits limits, FrameSeen seen)
    {
        var info = new SKImageInfo(width, height, SKColorType.Rgba8888, codec.Info.AlphaType == SKAlphaType.Opaque ? SKAlphaType.Opaque : SKAlphaType.Unpremul);
        using var buffer = new PixelBuffer(width, height, PixelLayout.Rgba);

        // A still has no frames or one; only an animation is asked for a certain frame.
        var frames = format is MediaFormat.Gif or MediaFormat.Webp or MediaFormat.Png ? Math.Max(1, codec.FrameCount) : 1;
        var sampled = 0;
        var partial = false;
        foreach (var frame in FrameSampling.Choose(frames, (long)width * height, limits, index => codec.GetFrameInfo(index, out var about) ? about.RequiredFrame : -1))
        {
            if (sampled > 0)
            {
                buffer.Bytes.Clear();
            }

            var result = frames == 1 ? codec.GetPixels(info, buffer.Address, buffer.Stride, SKCodecOptions.Default) : codec.GetPixels(info, buffer.Address, buffer.Stride, new SKCodecOptions(frame));
            switch (result)
            {
                case SKCodecResult.Success:
                    break;
                case SKCodecResult.IncompleteInput or SKCodecResult.ErrorInInput when Any(buffer):
                    partial = true;
                    break;
                default:
                    return sampled == 0 ? new MediaDecoding.Damaged(format) : new MediaDecoding.Decoded(format, width, height, frames, sampled, Partial: true);
            }

            seen(buffer.View, frame);
            sampled++;
            if (partial)
            {
                break;
            }
        }

        return new MediaDecoding.Decoded(format, width, height, frames, sampled, partial);
    }

    /// <summary>Whether anything was drawn at all: a header without a single row is no picture.</summary>
    private static bool Any(PixelBuffer buffer)
    {
        var bytes = buffer.Bytes;
        for (var at = 0; at + 4 <= bytes.Length; at += 4)
        {
            // A row that is not there is black, opaque or not.
            if ((bytes[at] | bytes[at + 1] | bytes[at + 2]) != 0)
            {
                return true;
            }
        }

        return false;
    }
}
