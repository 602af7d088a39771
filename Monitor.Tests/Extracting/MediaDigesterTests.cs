using System.Text;
using Monitor.Rules.Hashing;
using Monitor.Worker.Extracting;

namespace Monitor.Tests.Extracting;

public sealed class MediaDigesterTests
{
    /// <summary>Test vectors of RFC 1321 and FIPS 180.</summary>
    [Theory]
    [InlineData("", "d41d8cd98f00b204e9800998ecf8427e", "da39a3ee5e6b4b0d3255bfef95601890afd80709", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    [InlineData("abc", "900150983cd24fb0d6963f7d28e17f72", "a9993e364706816aba3e25717850c26c9cd0d89d", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")]
    public void The_published_vectors_come_out(string text, string md5, string sha1, string sha256)
    {
        DigestSet set = MediaDigester.Compute(Encoding.ASCII.GetBytes(text));
        Assert.Equal(md5, set.Md5.ToString());
        Assert.Equal(sha1, set.Sha1.ToString());
        Assert.Equal(sha256, set.Sha256.ToString());
        Assert.Equal(set.Sha1, set.Of(DigestKind.Sha1));
    }
}
