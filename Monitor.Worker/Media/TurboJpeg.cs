using System.Runtime.InteropServices;
using Monitor.Rules.Hashing;
using SkiaSharp;

namespace Monitor.Worker.Media;

/// <summary>
/// libjpeg-turbo where the system has it: the same pixels as Skia's, sooner. It is used only if a probe at its first use finds both to be true.
/// Anything but a whole, plain picture is left to Skia.
/// </summary>
internal static unsafe partial class TurboJpeg
{
    private const string Library = "libturbojpeg.so.0";
    private const int PixelFormatRgb = 0;
    private const int ColourSpaceGray = 2;
    private const int ColourSpaceYcbcr = 1;
    private const int ColourSpaceRgb = 0;
    private const int FlagStopOnWarning = 8192;
    private const int ProbeSide = 768;
    private const int ProbeRounds = 5;

    private static readonly Lazy<bool> Probed = new(Probe);

    /// <summary>False where the library is missing, differs or is no faster.</summary>
    public static bool Fits => Probed.Value;

    /// <summary>Null: not for this decoder.</summary>
    public static MediaDecoding? Decode(ReadOnlyMemory<byte> bytes, MediaLimits limits, FrameSeen seen, Func<long, Func<MediaDecoding>, MediaDecoding> sized)
    {
        using var pinned = bytes.Pin();
        var start = (nint)pinned.Pointer;
        var handle = InitDecompress();
        if (handle == 0)
        {
            return null;
        }

        try
        {
            if (DecompressHeader(handle, start, (nuint)bytes.Length, out var width, out var height, out _, out var colours) != 0
                || width <= 0 || height <= 0 || colours is not (ColourSpaceGray or ColourSpaceYcbcr or ColourSpaceRgb))
            {
                return null;
            }

            var pixels = (long)width * height;
            if (pixels > limits.MaxPixels || JpegScans.Count(bytes.Span) * pixels > limits.MaxScannedPixels)
            {
                return new MediaDecoding.TooLarge(width, height);
            }

            return sized(pixels, () =>
            {
                using var buffer = new PixelBuffer(width, height, PixelLayout.Rgb);
                if (Decompress(handle, start, (nuint)bytes.Length, buffer.Address, width, buffer.Stride, height, PixelFormatRgb, FlagStopOnWarning) != 0)
                {
                    return new MediaDecoding.Damaged(MediaFormat.Jpeg);
                }

                seen(buffer.View, 0);
                return new MediaDecoding.Decoded(MediaFormat.Jpeg, width, height, 1, 1, Partial: false);
            }) is var end and not MediaDecoding.Damaged ? end : null;
        }
        finally
        {
            _ = Destroy(handle);
        }
    }

    private static bool Probe()
    {
        if (!NativeLibrary.TryLoad(Library, out _))
        {
            return false;
        }

        var picture = ProbePicture();
        PdqResult mine = default, skias = default;
        var (best, bestSkia) = (TimeSpan.MaxValue, TimeSpan.MaxValue);
        for (var round = 0; round < ProbeRounds; round++)
        {
            var from = TimeProvider.System.GetTimestamp();
            _ = Decode(picture, MediaLimits.Default, (in PixelView pixels, int _) => mine = PdqHasher.Compute(pixels), static (_, decode) => decode());
            var between = TimeProvider.System.GetTimestamp();
            SkiaDecoder.Decode(picture, MediaFormat.Jpeg, MediaLimits.Default, (in PixelView pixels, int _) => skias = PdqHasher.Compute(pixels), static (_, decode) => decode());
            best = TimeSpan.FromTicks(Math.Min(best.Ticks, TimeProvider.System.GetElapsedTime(from, between).Ticks));
            bestSkia = TimeSpan.FromTicks(Math.Min(bestSkia.Ticks, TimeProvider.System.GetElapsedTime(between).Ticks));
        }

        return mine == skias && mine.Gate == PdqGate.Open && best < bestSkia;
    }

    /// <summary>Rings of slowly changing colour, with chroma at half resolution as cameras store it.</summary>
    private static byte[] ProbePicture()
    {
        using var bitmap = new SKBitmap(new SKImageInfo(ProbeSide, ProbeSide, SKColorType.Rgba8888, SKAlphaType.Opaque));
        var pixels = new Span<byte>((void*)bitmap.GetPixels(), bitmap.ByteCount);
        for (var y = 0; y < ProbeSide; y++)
        {
            for (var x = 0; x < ProbeSide; x++)
            {
                var at = ((y * ProbeSide) + x) * 4;
                pixels[at] = (byte)((x * x) + (y * y) >> 9);
                pixels[at + 1] = (byte)((x * y >> 8) + x);
                pixels[at + 2] = (byte)((x * 3) - (y * 2) >> 2);
                pixels[at + 3] = 255;
            }
        }

        using var data = bitmap.Encode(SKEncodedImageFormat.Jpeg, 90);
        return data.ToArray();
    }

    [LibraryImport(Library, EntryPoint = "tjInitDecompress")]
    private static partial nint InitDecompress();

    [LibraryImport(Library, EntryPoint = "tjDecompressHeader3")]
    private static partial int DecompressHeader(nint handle, nint bytes, nuint length, out int width, out int height, out int subsampling, out int colours);

    [LibraryImport(Library, EntryPoint = "tjDecompress2")]
    private static partial int Decompress(nint handle, nint bytes, nuint length, nint target, int width, int pitch, int height, int pixelFormat, int flags);

    [LibraryImport(Library, EntryPoint = "tjDestroy")]
    private static partial int Destroy(nint handle);
}
