using System.Buffers.Binary;
using ImageMagick;

namespace Monitor.Worker.Media;

/// <summary>The work of the decoding process: one picture from standard input, its first frame's pixels to standard output.</summary>
internal static class PictureChild
{
    private const ulong MagickMemory = 1024UL * 1024 * 1024;

    /// <param name="format">"avif", "heic" or "tiff": nothing else is decoded, whatever the bytes look like.</param>
    public static int Run(Stream input, Stream output, string format, long maxPixels)
    {
        using var bytes = new MemoryStream();
        input.CopyTo(bytes);
        Decode(bytes.ToArray(), format, maxPixels, output);
        output.Flush();
        return 0;
    }

    private static void Decode(byte[] bytes, string format, long maxPixels, Stream output)
    {
        MagickFormat? coder = format switch
        {
            "avif" => MagickFormat.Avif,
            "heic" => MagickFormat.Heic,
            "tiff" => MagickFormat.Tiff,
            _ => null,
        };
        if (coder is null)
        {
            Answer(output, MediaChildOutcome.Damaged, 0, 0, partial: false, 0);
            return;
        }

        // No disk: what does not fit into memory is refused, not swapped to a file.
        ResourceLimits.Disk = 0;
        ResourceLimits.Memory = MagickMemory;
        ResourceLimits.MaxMemoryRequest = MagickMemory;
        ResourceLimits.Thread = 1;
        ResourceLimits.ListLength = 1024;
        var settings = new MagickReadSettings { Format = coder.Value, FrameIndex = 0, FrameCount = 1 };
        try
        {
            using var image = new MagickImage();
            image.Ping(bytes, settings);
            if ((long)image.Width * image.Height is var pixels && (pixels <= 0 || pixels > maxPixels))
            {
                Answer(output, pixels <= 0 ? MediaChildOutcome.Damaged : MediaChildOutcome.TooLarge, (int)image.Width, (int)image.Height, partial: false, 0);
                return;
            }

            // A file that is cut short gives what it has and a warning.
            var partial = false;
            image.Warning += (_, _) => partial = true;
            image.Read(bytes, settings);
            var (width, height) = ((int)image.Width, (int)image.Height);
            if ((long)width * height > maxPixels)
            {
                Answer(output, MediaChildOutcome.TooLarge, width, height, partial: false, 0);
                return;
            }

            using var all = image.GetPixelsUnsafe();
            var rgb = all.ToByteArray(PixelMapping.RGB);
            if (rgb is null || rgb.Length != (long)width * height * 3)
            {
                Answer(output, MediaChildOutcome.Damaged, 0, 0, partial: false, 0);
                return;
            }

            Answer(output, MediaChildOutcome.Decoded, width, height, partial, 1);
            output.Write(rgb);
        }
        catch (MagickException)
        {
            Answer(output, MediaChildOutcome.Damaged, 0, 0, partial: false, 0);
        }
    }

    private static void Answer(Stream output, MediaChildOutcome outcome, int width, int height, bool partial, int frames)
    {
        Span<byte> header = stackalloc byte[MediaChild.HeaderBytes];
        BinaryPrimitives.WriteInt32LittleEndian(header, (int)outcome);
        BinaryPrimitives.WriteInt32LittleEndian(header[4..], width);
        BinaryPrimitives.WriteInt32LittleEndian(header[8..], height);
        BinaryPrimitives.WriteInt32LittleEndian(header[12..], partial ? 1 : 0);
        BinaryPrimitives.WriteInt32LittleEndian(header[16..], frames);
        output.Write(header);
    }
}
