using BenchmarkDotNet.Attributes;
using Monitor.Rules.Hashing;
using Monitor.Worker.Bench;

namespace Monitor.Tests.Benchmarks;

[MemoryDiagnoser]
public class PdqHasherBenchmarks
{
    private const int Width = 1280;
    private const int Height = 960;

    private byte[] _pixels = [];

    [Params(PixelLayout.Gray, PixelLayout.Rgb, PixelLayout.Rgba)]
    public PixelLayout Layout { get; set; }

    private PixelView View => new(_pixels, Width, Height, Width * Layout.Channels(), Layout);

    [GlobalSetup]
    public void Setup() => _pixels = BenchPictures.Pixels(Width, Height, Layout, seed: 5);

    [Benchmark]
    public PdqResult Hash() => PdqHasher.Compute(View);

    [Benchmark]
    public PdqDihedrals Dihedrals() => PdqHasher.ComputeDihedrals(View);
}
