using Monitor.Rules.Hashing;

namespace Monitor.Tests.Media;

/// <summary>Pictures made by arithmetic.</summary>
internal sealed record Picture(byte[] Pixels, int Width, int Height, PixelLayout Layout)
{
    public PixelView View => new(Pixels, Width, Height, Width * Layout.Channels(), Layout);

    /// <summary>Triangle waves of three periods, one a channel.</summary>
    public static Picture Waves(int width, int height, PixelLayout layout)
    {
        static byte Wave(int t, int period)
        {
            var m = t % (2 * period);
            return (byte)((m > period ? (2 * period) - m : m) * 255 / period);
        }

        return Make(width, height, layout, (x, y) => (Wave((3 * x) + y, 97), Wave(x + (2 * y), 151), Wave((x * x / 64) + y, 211)));
    }

    /// <summary>Random values; <paramref name="smooth"/> is the side of the squares between which they are blended, 1 for none.</summary>
    public static Picture Noise(int width, int height, PixelLayout layout, int seed, int smooth = 1)
    {
        var random = new Random(seed);
        var (columns, rows) = ((width / smooth) + 2, (height / smooth) + 2);
        var grid = new byte[3 * columns * rows];
        random.NextBytes(grid);
        byte At(int channel, int x, int y)
        {
            var (gx, gy, fx, fy) = (x / smooth, y / smooth, x % smooth / (double)smooth, y % smooth / (double)smooth);
            double Grid(int cx, int cy) => grid[(((cy * columns) + cx) * 3) + channel];
            return (byte)((((Grid(gx, gy) * (1 - fx)) + (Grid(gx + 1, gy) * fx)) * (1 - fy)) + (((Grid(gx, gy + 1) * (1 - fx)) + (Grid(gx + 1, gy + 1) * fx)) * fy));
        }

        return Make(width, height, layout, (x, y) => (At(0, x, y), At(1, x, y), At(2, x, y)));
    }

    public static Picture Make(int width, int height, PixelLayout layout, Func<int, int, (byte R, byte G, byte B)> colour)
    {
        var channels = layout.Channels();
        var pixels = new byte[width * height * channels];
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var (r, g, b) = colour(x, y);
                var pixel = pixels.AsSpan(((y * width) + x) * channels, channels);
                switch (layout)
                {
                    case PixelLayout.Gray:
                        pixel[0] = r;
                        break;
                    case PixelLayout.Bgra:
                        (pixel[0], pixel[1], pixel[2], pixel[3]) = (b, g, r, 255);
                        break;
                    case PixelLayout.Rgb:
                    case PixelLayout.Rgba:
                        (pixel[0], pixel[1], pixel[2]) = (r, g, b);
                        if (channels == 4)
                        {
                            pixel[3] = 255;
                        }

                        break;
                }
            }
        }

        return new Picture(pixels, width, height, layout);
    }

    /// <summary>A square picture whose pixel (x, y) is this one's at <paramref name="from"/>(x, y).</summary>
    public Picture Turned(Func<int, int, (int X, int Y)> from)
    {
        var channels = Layout.Channels();
        var pixels = new byte[Pixels.Length];
        for (var y = 0; y < Height; y++)
        {
            for (var x = 0; x < Width; x++)
            {
                var (sx, sy) = from(x, y);
                Pixels.AsSpan(((sy * Width) + sx) * channels, channels).CopyTo(pixels.AsSpan(((y * Width) + x) * channels));
            }
        }

        return this with { Pixels = pixels };
    }
}
