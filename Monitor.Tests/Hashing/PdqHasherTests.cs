using Monitor.Rules.Hashing;
using Monitor.Tests.Media;
using Monitor.Worker.Bench;

namespace Monitor.Tests.Hashing;

public sealed class PdqHasherTests
{
    /// <summary>Computed with the C++ reference, full resolution, from pictures made of triangle waves.</summary>
    [Theory]
    [InlineData(640, 480, 100, "0adaa3f00bda07f00a5a0ff00b5a1ff00d5afff00aa5aa0fdfe50f8f7c05e00f")]
    [InlineData(333, 517, 100, "5c34f668fc3c5628fc145628fc1456a8fc545ea9fc03a95703ab5b7292e1a9c7")]
    [InlineData(100, 80, 73, "dcac81fbaa4d8af9ff88102a5fc8801bbbf4820deff882122b7c7e0154ad29fa")]
    [InlineData(64, 64, 35, "63678adc75230e4ca2b74548e6978aec64530ae4a6abcb645eadb5e25157b89c")]
    public void Bits_and_quality_are_the_references(int width, int height, int quality, string hash)
    {
        foreach (var layout in (PixelLayout[])[PixelLayout.Rgb, PixelLayout.Rgba, PixelLayout.Bgra])
        {
            var picture = Picture.Waves(width, height, layout);
            var result = PdqHasher.Compute(picture.View);
            Assert.Equal((hash, quality), (result.Hash.ToString(), result.Quality));
        }
    }

    [Fact]
    public void A_stride_longer_than_the_row_changes_nothing()
    {
        var picture = Picture.Waves(333, 517, PixelLayout.Rgb);
        var padded = new byte[517 * 1024];
        Array.Fill(padded, (byte)77);
        for (var y = 0; y < 517; y++)
        {
            picture.Pixels.AsSpan(y * 999, 999).CopyTo(padded.AsSpan(y * 1024));
        }

        Assert.Equal(PdqHasher.Compute(picture.View), PdqHasher.Compute(new PixelView(padded, 333, 517, 1024, PixelLayout.Rgb)));
    }

    /// <summary>All sizes take one of three ways (small, narrow sums, wide sums); each must be the two box passes and the choosing of samples, done one after the other.</summary>
    [Theory]
    [InlineData(5, 5)]
    [InlineData(7, 200)]
    [InlineData(129, 128)]
    [InlineData(257, 300)]
    [InlineData(1280, 960)]
    [InlineData(640, 2050)]
    [InlineData(2305, 2177)]
    public void The_samples_are_those_of_two_box_passes(int width, int height)
    {
        foreach (var layout in (PixelLayout[])[PixelLayout.Rgb, PixelLayout.Gray])
        {
            var picture = Picture.Noise(width, height, layout, seed: width + height);
            var samples = new float[64 * 64];
            PdqReduction.Reduce(picture.View, samples);
            var simple = SimplePdq.Samples(picture.View);
            for (var k = 0; k < samples.Length; k++)
            {
                Assert.True(Math.Abs(simple[k] - samples[k]) < 1e-3, $"{layout} sample {k}: {samples[k]}, should be {simple[k]}");
            }
        }
    }

    [Fact]
    public void Each_dihedral_hash_is_that_of_the_turned_picture()
    {
        // 64 pixels a side are the samples themselves. Terms that are equal but for rounding may fall on either side of the median.
        var picture = Picture.Noise(64, 64, PixelLayout.Gray, seed: 3);
        var dihedrals = PdqHasher.ComputeDihedrals(picture.View);
        Assert.Equal(PdqHasher.Compute(picture.View), new PdqResult(dihedrals.Original, dihedrals.Quality));
        int Far(PdqHash hash, Func<int, int, (int X, int Y)> from) => hash.Distance(PdqHasher.Compute(picture.Turned(from).View).Hash);
        const int Last = 63;
        Assert.InRange(Far(dihedrals.Mirrored, (x, y) => (Last - x, y)), 0, 2);
        Assert.InRange(Far(dihedrals.UpsideDown, (x, y) => (x, Last - y)), 0, 2);
        Assert.InRange(Far(dihedrals.Rotated180, (x, y) => (Last - x, Last - y)), 0, 2);
        Assert.InRange(Far(dihedrals.Transposed, (x, y) => (y, x)), 0, 2);
        Assert.InRange(Far(dihedrals.AntiTransposed, (x, y) => (Last - y, Last - x)), 0, 2);
        Assert.InRange(Far(dihedrals.Rotated90, (x, y) => (Last - y, x)), 0, 2);
        Assert.InRange(Far(dihedrals.Rotated270, (x, y) => (y, Last - x)), 0, 2);
        Assert.Equal(8, dihedrals.All.Distinct().Count());
    }

    [Fact]
    public void A_small_change_of_the_picture_is_a_small_distance_and_another_picture_a_large_one()
    {
        var picture = Picture.Noise(800, 600, PixelLayout.Rgb, seed: 9, smooth: 30);
        var hash = PdqHasher.Compute(picture.View);
        Assert.Equal(PdqGate.Open, hash.Gate);
        var brighter = new Picture([.. picture.Pixels.Select(value => (byte)Math.Min(255, value + 12))], 800, 600, PixelLayout.Rgb);
        Assert.InRange(hash.Hash.Distance(PdqHasher.Compute(brighter.View).Hash), 0, 20);
        Assert.InRange(hash.Hash.Distance(PdqHasher.Compute(Picture.Noise(800, 600, PixelLayout.Rgb, seed: 10, smooth: 30).View).Hash), 80, 256);
    }

    [Fact]
    public void A_blank_or_tiny_picture_has_a_closed_gate()
    {
        var blank = PdqHasher.Compute(new PixelView(new byte[100 * 100], 100, 100, 100, PixelLayout.Gray));
        Assert.Equal(0, blank.Quality);
        Assert.NotEqual(PdqGate.Open, blank.Gate);
        var tiny = PdqHasher.Compute(new PixelView(new byte[4 * 400], 4, 400, 4, PixelLayout.Gray));
        Assert.Equal(new PdqResult(default, 0), tiny);
        Assert.Equal(PdqGate.Degenerate, tiny.Gate);
        Assert.All(PdqHasher.ComputeDihedrals(new PixelView(new byte[4 * 400], 400, 4, 400, PixelLayout.Gray)).All, hash => Assert.Equal(default, hash));
    }

    [Fact]
    public void Pixels_that_do_not_hold_the_picture_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new PixelView(new byte[99], 10, 10, 10, PixelLayout.Gray));
        Assert.Throws<ArgumentException>(() => new PixelView(new byte[100], 10, 10, 9, PixelLayout.Gray));
        Assert.Throws<ArgumentOutOfRangeException>(() => new PixelView(new byte[100], 0, 10, 10, PixelLayout.Gray));
        Assert.Equal(10, new PixelView(new byte[100], 10, 10, 10, PixelLayout.Gray).Row(9).Length);
    }
}
