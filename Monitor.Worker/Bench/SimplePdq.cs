using Monitor.Rules.Hashing;

namespace Monitor.Worker.Bench;

/// <summary>PDQ as it is defined, step by step in double precision: luminance, a box along rows, a box along columns, both again, one pixel in so many, the cosine transform, the median.</summary>
public static class SimplePdq
{
    private const int Side = 64;

    /// <summary>The 64 × 64 samples.</summary>
    public static double[] Samples(in PixelView picture)
    {
        var (width, height, channels) = (picture.Width, picture.Height, picture.Layout.Channels());
        var (red, blue) = picture.Layout == PixelLayout.Bgra ? (2, 0) : (0, 2);
        var values = new double[width * height];
        for (var y = 0; y < height; y++)
        {
            var row = picture.Row(y);
            for (var x = 0; x < width; x++)
            {
                var pixel = row.Slice(x * channels, channels);
                values[(y * width) + x] = channels == 1 ? pixel[0] : (0.299 * pixel[red]) + (0.587 * pixel[1]) + (0.114 * pixel[blue]);
            }
        }

        for (var pass = 0; pass < 2; pass++)
        {
            values = Box(values, width, height, step: 1, lineStep: width);
            values = Box(values, height, width, step: width, lineStep: 1);
        }

        var samples = new double[Side * Side];
        for (var i = 0; i < Side; i++)
        {
            for (var j = 0; j < Side; j++)
            {
                samples[(i * Side) + j] = values[((int)((i + 0.5) * height / Side) * width) + (int)((j + 0.5) * width / Side)];
            }
        }

        return samples;
    }

    public static PdqHash Hash(in PixelView picture)
    {
        var samples = Samples(picture);
        var terms = new double[256];
        for (var i = 0; i < 16; i++)
        {
            for (var j = 0; j < 16; j++)
            {
                double sum = 0;
                for (var y = 0; y < Side; y++)
                {
                    var down = Math.Cos(Math.PI / 2 / Side * (i + 1) * ((2 * y) + 1));
                    for (var x = 0; x < Side; x++)
                    {
                        sum += samples[(y * Side) + x] * down * Math.Cos(Math.PI / 2 / Side * (j + 1) * ((2 * x) + 1));
                    }
                }

                terms[(i * 16) + j] = sum;
            }
        }

        var median = terms.Order().ElementAt(127);
        var hash = default(PdqHash);
        for (var k = 0; k < terms.Length; k++)
        {
            hash = terms[k] > median ? hash.Flip(k) : hash;
        }

        return hash;
    }

    private static double[] Box(double[] values, int length, int lines, int step, int lineStep)
    {
        var box = (length + 127) / 128;
        var right = ((box + 2) / 2) - 1;
        var left = box - 1 - right;
        var means = new double[values.Length];
        for (var line = 0; line < lines; line++)
        {
            for (var k = 0; k < length; k++)
            {
                var (from, to) = (Math.Max(0, k - left), Math.Min(length - 1, k + right));
                double sum = 0;
                for (var at = from; at <= to; at++)
                {
                    sum += values[(line * lineStep) + (at * step)];
                }

                means[(line * lineStep) + (k * step)] = sum / (to - from + 1);
            }
        }

        return means;
    }
}
