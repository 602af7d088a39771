using System.Runtime.InteropServices;
using Monitor.Rules.Hashing;
using SkiaSharp;

namespace Monitor.Worker.Bench;

/// <summary>Pictures made by arithmetic that look enough like photographs to be decoded and hashed as such: soft colours, edges and some grain.</summary>
public static class BenchPictures
{
    private const int Cell = 80;

    public static byte[] Pixels(int width, int height, PixelLayout layout, int seed)
    {
        var random = new Random(seed);
        var (columns, rows) = ((width / Cell) + 2, (height / Cell) + 2);
        var grid = new byte[3 * columns * rows];
        random.NextBytes(grid);
        var channels = layout.Channels();
        var pixels = new byte[width * height * channels];
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var pixel = pixels.AsSpan(((y * width) + x) * channels, channels);
                var edge = ((x / 97) + (y / 61)) % 5 == 0 ? 40 : 0;
                for (var c = 0; c < Math.Min(3, channels); c++)
                {
                    var (fx, fy) = (x % Cell, y % Cell);
                    var at = ((((y / Cell) * columns) + (x / Cell)) * 3) + c;
                    var top = (grid[at] * (Cell - fx)) + (grid[at + 3] * fx);
                    var bottom = (grid[at + (columns * 3)] * (Cell - fx)) + (grid[at + (columns * 3) + 3] * fx);
                    pixel[c] = (byte)Math.Clamp((((top * (Cell - fy)) + (bottom * fy)) / (Cell * Cell)) + edge + random.Next(-6, 7), 0, 255);
                }

                if (channels == 4)
                {
                    pixel[3] = 255;
                }
            }
        }

        return pixels;
    }

    /// <param name="rgba">Four channels a pixel.</param>
    public static byte[] Encode(byte[] rgba, int width, int height, SKEncodedImageFormat format, int quality)
    {
        using var bitmap = new SKBitmap(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Unpremul));
        Marshal.Copy(rgba, 0, bitmap.GetPixels(), rgba.Length);
        using var data = bitmap.Encode(format, quality);
        return data.ToArray();
    }
}
