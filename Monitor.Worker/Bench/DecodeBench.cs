using System.Globalization;
using Monitor.Rules.Hashing;
using Monitor.Worker.Media;
using SkiaSharp;

namespace Monitor.Worker.Bench;

/// <summary>Bytes of a picture to its perceptual hash.</summary>
public sealed class DecodeBench(PdqOptions options, BenchProgress progress)
{
    public async Task<BenchEnd> RunAsync(CancellationToken cancellation)
    {
        var (width, height) = (options.Width, options.Height);
        var rgba = BenchPictures.Pixels(width, height, PixelLayout.Rgba, seed: 5);
        var stored = PdqHasher.Compute(new PixelView(rgba, width, height, width * 4, PixelLayout.Rgba));
        var figures = new List<BenchFigure>();
        var (wrong, compared) = (0, 0);
        foreach (var (name, format) in new[] { ("jpeg", SKEncodedImageFormat.Jpeg), ("png", SKEncodedImageFormat.Png), ("webp", SKEncodedImageFormat.Webp) })
        {
            var bytes = BenchPictures.Encode(rgba, width, height, format, 85);
            var sniffed = MediaFormats.Sniff(bytes);
            var size = string.Create(CultureInfo.InvariantCulture, $"{width} × {height}, {bytes.Length / 1024} KB of {name}");

            PdqResult skia = default;
            var simple = await RoundsAsync(name + " skia", () =>
            {
                SkiaDecoder.Decode(bytes, sniffed, MediaLimits.Default, (in PixelView pixels, int _) => skia = PdqHasher.Compute(pixels), static (_, decode) => decode());
                return Task.CompletedTask;
            }, cancellation);
            figures.Add(Figure($"decode.{name}-skia", simple, $"{size} decoded by Skia and hashed, one thread"));

            PdqFingerprint? product = null;
            var times = await RoundsAsync(name, async () => product = (await MediaHasher.HashAsync(bytes, MediaDecoder.Default, dihedrals: false, cancellation)).Fingerprint, cancellation);
            figures.Add(Figure($"decode.{name}", times, $"{size} decoded as the product does ({(sniffed == MediaFormat.Jpeg && TurboJpeg.Fits ? "libjpeg-turbo" : "Skia")}) and hashed, one thread"));
            compared += 2;
            wrong += product == skia.Fingerprint ? 0 : 1;

            // A lossless file must give back the hash of the pixels it was made of; a lossy one stays near.
            wrong += product?.Hash.Distance(stored.Hash) <= (format == SKEncodedImageFormat.Png ? 0 : 16) ? 0 : 1;
        }

        return new BenchEnd(figures, [new BenchCheck("decode.check", wrong, compared, "hashes equal between decoders, and equal (PNG) or near (JPEG, WebP) to that of the pixels the file was made of")]);
    }

    private BenchFigure Figure(string name, List<double> milliseconds, string method) =>
        new(name, milliseconds.Min(), "ms", Math.Max(1, options.Pictures / 10), string.Create(CultureInfo.InvariantCulture, $"{method}, best of {milliseconds.Count} rounds (median {milliseconds.Order().ElementAt(milliseconds.Count / 2):0.##})"));

    private async Task<List<double>> RoundsAsync(string what, Func<Task> act, CancellationToken cancellation)
    {
        var rounds = new List<double>();
        var acts = Math.Max(1, options.Pictures / 10);
        for (var round = -1; round < options.Rounds; round++)
        {
            cancellation.ThrowIfCancellationRequested();
            var from = TimeProvider.System.GetTimestamp();
            for (var k = 0; k < acts; k++)
            {
                await act();
            }

            if (round >= 0)
            {
                rounds.Add(TimeProvider.System.GetElapsedTime(from).TotalMilliseconds / acts);
            }

            progress(what, round + 1, options.Rounds);
        }

        return rounds;
    }
}
