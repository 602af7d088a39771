using FsCheck.Xunit;
using Monitor.Rules.Hashing;
using Monitor.Tests.Matching;

namespace Monitor.Tests.Hashing;

public sealed class PdqHashTests
{
    private const string Hex = "0adaa3f00bda07f00a5a0ff00b5a1ff00d5afff00aa5aa0fdfe50f8f7c05e00f";

    [Fact]
    public void Hex_of_either_case_is_read_and_lower_case_is_written()
    {
        Assert.Equal(Hex, PdqHash.Parse(Hex.ToUpperInvariant()).ToString());
        Assert.Equal(PdqHash.Parse(Hex), PdqHash.FromBytes(Convert.FromHexString(Hex)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("0adaa3f0")]
    [InlineData("0adaa3f00bda07f00a5a0ff00b5a1ff00d5afff00aa5aa0fdfe50f8f7c05e00")]
    [InlineData("0adaa3f00bda07f00a5a0ff00b5a1ff00d5afff00aa5aa0fdfe50f8f7c05e00f0")]
    [InlineData("0adaa3f00bda07f00a5a0ff00b5a1ff00d5afff00aa5aa0fdfe50f8f7c05e0 f")]
    [InlineData("0xdaa3f00bda07f00a5a0ff00b5a1ff00d5afff00aa5aa0fdfe50f8f7c05e00f")]
    public void Anything_else_is_not(string text) => Assert.False(PdqHash.TryParse(text, out _));

    [Fact]
    public void Bit_0_is_the_last_digits_lowest() => Assert.Equal(Hex[..^1] + "e", PdqHash.Parse(Hex).Flip(0).ToString());

    [Property(MaxTest = 300)]
    public void Distance_is_a_metric(int a, int b, int c)
    {
        var hashes = new[] { a, b, c }.Select(seed => Hashes.Random(seed)).ToArray();
        var (x, y, z) = (hashes[0], hashes[1], hashes[2]);
        Assert.Equal(0, x.Distance(x));
        Assert.Equal(x == y, x.Distance(y) == 0);
        Assert.Equal(x.Distance(y), y.Distance(x));
        Assert.True(x.Distance(z) <= x.Distance(y) + y.Distance(z));
        Assert.InRange(x.Distance(y), 0, 256);
    }

    [Property(MaxTest = 300)]
    public void Turning_n_bits_is_a_distance_of_n(int seed, byte n)
    {
        var hash = Hashes.Random(seed);
        Assert.Equal(n, hash.Distance(Hashes.Near(hash, n, seed + 1)));
    }

    [Property(MaxTest = 300)]
    public void Text_and_bytes_lead_back_to_the_hash(int seed)
    {
        var hash = Hashes.Random(seed);
        var bytes = new byte[32];
        hash.CopyTo(bytes);
        Assert.Equal(hash, PdqHash.FromBytes(bytes));
        Assert.Equal(hash, PdqHash.Parse(hash.ToString()));
    }

    [Theory]
    [InlineData(null, PdqGate.Open)]
    [InlineData(49, PdqGate.LowQuality)]
    [InlineData(50, PdqGate.Open)]
    public void Too_little_detail_closes_the_gate(int? quality, PdqGate gate) => Assert.Equal(gate, PdqGates.Of(PdqHash.Parse(Hex), quality));

    [Fact]
    public void Nearly_equal_bits_close_the_gate_whatever_the_quality()
    {
        Assert.Equal(PdqGate.Degenerate, PdqGates.Of(default, 100));
        Assert.Equal(PdqGate.Degenerate, PdqGates.Of(PdqHash.Parse(new string('f', 64)).Flip(7), 100));
        Assert.Equal(PdqGate.Degenerate, new PdqFingerprint(default, null, PdqVariant.Unknown).Gate);
    }
}
