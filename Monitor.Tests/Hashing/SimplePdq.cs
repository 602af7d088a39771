using Monitor.Rules.Hashing;
using Monitor.Tests.Media;

namespace Monitor.Tests.Hashing;

/// <summary>The reduction as it is defined: luminance, a box along rows, a box along columns, both again, then one pixel in so many.</summary>
internal static class SimplePdq
{
    public static double[] Samples(Picture picture)
    {
        var (width, height, channels) = (picture.Width, picture.Height, picture.Layout.Channels());
        var values = new double[width * height];
        for (var k = 0; k < values.Length; k++)
        {
            var pixel = picture.Pixels.AsSpan(k * channels);
            values[k] = picture.Layout == PixelLayout.Gray ? pixel[0] : (0.299 * pixel[0]) + (0.587 * pixel[1]) + (0.114 * pixel[2]);
        }

        for (var pass = 0; pass < 2; pass++)
        {
            values = Box(values, width, height, along: width, step: 1, lineStep: width);
            values = Box(values, height, width, along: height, step: width, lineStep: 1);
        }

        var samples = new double[64 * 64];
        for (var i = 0; i < 64; i++)
        {
            for (var j = 0; j < 64; j++)
            {
                samples[(i * 64) + j] = values[((int)((i + 0.5) * height / 64) * width) + (int)((j + 0.5) * width / 64)];
            }
        }

        return samples;
    }

    private static double[] Box(double[] values, int length, int lines, int along, int step, int lineStep)
    {
        var box = (along + 127) / 128;
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
