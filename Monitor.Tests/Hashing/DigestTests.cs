using FsCheck.Xunit;
using Monitor.Rules.Hashing;

namespace Monitor.Tests.Hashing;

public sealed class DigestTests
{
    [Theory]
    [InlineData("d41d8cd98f00b204e9800998ecf8427e", DigestKind.Md5)]
    [InlineData("da39a3ee5e6b4b0d3255bfef95601890afd80709", DigestKind.Sha1)]
    [InlineData("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", DigestKind.Sha256)]
    public void The_length_decides_the_kind_and_case_does_not_matter(string hex, DigestKind kind)
    {
        Assert.True(Digest.TryParse(hex.ToUpperInvariant(), out Digest upper));
        Assert.True(Digest.TryParse(kind, hex, out Digest lower));
        Assert.Equal(kind, upper.Kind);
        Assert.Equal(lower, upper);
        Assert.Equal(lower.GetHashCode(), upper.GetHashCode());
        Assert.Equal(hex, upper.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("d41d8cd98f00b204e9800998ecf8427")]
    [InlineData("d41d8cd98f00b204e9800998ecf8427g")]
    [InlineData(" d41d8cd98f00b204e9800998ecf8427")]
    [InlineData("0xd41d8cd98f00b204e9800998ecf842")]
    [InlineData("d41d8cd98f00b204e9800998ecf8427\u0665")]
    public void Anything_else_is_refused(string text)
    {
        Assert.False(Digest.TryParse(text, out _));
        Assert.Throws<FormatException>(() => Digest.Parse(text));
    }

    [Fact]
    public void A_kind_takes_only_its_own_length()
    {
        string hex = new('a', 40);
        Assert.True(Digest.TryParse(DigestKind.Sha1, hex, out _));
        Assert.False(Digest.TryParse(DigestKind.Md5, hex, out _));
        Assert.False(Digest.TryParse(DigestKind.Sha256, hex, out _));
        Assert.Throws<ArgumentException>(() => Digest.FromBytes(DigestKind.Md5, new byte[20]));
    }

    [Fact]
    public void Equal_bytes_of_different_kinds_differ()
    {
        Digest md5 = Digest.FromBytes(DigestKind.Md5, new byte[16]);
        Digest sha1 = Digest.FromBytes(DigestKind.Sha1, new byte[20]);
        Assert.NotEqual(md5, sha1);
        Assert.True(md5 < sha1);
    }

    [Property]
    public void Bytes_survive_text_and_back_and_order_follows_the_hex(byte[] seed, bool other)
    {
        byte[] one = Stretch(seed, 32, 1);
        byte[] two = Stretch(seed, 32, other ? 2 : 1);
        Digest first = Digest.FromBytes(DigestKind.Sha256, one);
        Digest second = Digest.Parse(Convert.ToHexString(two));
        byte[] back = new byte[32];
        first.CopyTo(back);
        Assert.Equal(one, back);
        Assert.Equal(one.AsSpan().SequenceEqual(two), first == second);
        Assert.Equal(Math.Sign(string.CompareOrdinal(first.ToString(), second.ToString())), first.CompareTo(second));
    }

    private static byte[] Stretch(byte[]? seed, int length, int step)
    {
        byte[] result = new byte[length];
        for (int i = 0; i < length; i++)
            result[i] = (byte)((seed is { Length: > 0 } ? seed[i % seed.Length] : 0) + (i * step));
        return result;
    }
}
