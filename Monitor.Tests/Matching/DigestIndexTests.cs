using FsCheck.Xunit;
using Monitor.Rules.Banks;
using Monitor.Rules.Hashing;
using Monitor.Rules.Matching;
using Monitor.Tests.Banks;

namespace Monitor.Tests.Matching;

public sealed class DigestIndexTests
{
    [Theory]
    [InlineData(DigestKind.Md5)]
    [InlineData(DigestKind.Sha1)]
    [InlineData(DigestKind.Sha256)]
    public void The_index_equals_a_set(DigestKind kind)
    {
        var random = new Random(7);
        foreach (var count in (int[])[0, 1, 2, 17, 1000, 30_000])
        {
            var known = Enumerable.Range(0, count).Select(_ => Made(kind, random)).ToHashSet();
            var index = Open(kind, known);
            Assert.Equal(known.Count, index.Count);
            var asked = known.Concat(Enumerable.Range(0, 2000).Select(_ => Made(kind, random))).ToArray();
            random.Shuffle(asked);
            var found = new bool[asked.Length];
            Assert.Equal(known.Count, index.Contains(asked, found));
            for (var i = 0; i < asked.Length; i++)
            {
                Assert.Equal((known.Contains(asked[i]), known.Contains(asked[i])), (index.Contains(asked[i]), found[i]));
            }
        }
    }

    /// <summary>Few distinct bytes, so that duplicates, hits, misses, shared beginnings and shared endings all occur.</summary>
    [Property]
    public void The_index_equals_a_set_whatever_the_digests(byte[] stored, byte[] asked, byte kindOf)
    {
        var kind = (DigestKind)(kindOf % 3);
        var known = (stored ?? []).Select(value => Shaped(kind, value)).ToHashSet();
        var index = Open(kind, known);
        foreach (var value in (asked ?? []).Concat(stored ?? []))
        {
            Assert.Equal(known.Contains(Shaped(kind, value)), index.Contains(Shaped(kind, value)));
        }
    }

    [Fact]
    public void Digests_made_to_share_their_first_bits_are_still_told_apart()
    {
        var known = Enumerable.Range(0, 20_000).Where(i => i % 3 != 0).Select(Colliding).ToHashSet();
        var index = Open(DigestKind.Sha256, known);
        for (var i = 0; i < 20_100; i++)
        {
            Assert.Equal(i % 3 != 0 && i < 20_000, index.Contains(Colliding(i)));
        }

        static Digest Colliding(int i)
        {
            var bytes = new byte[32];
            (bytes[0], bytes[30], bytes[31]) = (0x77, (byte)(i >> 8), (byte)i);
            return Digest.FromBytes(DigestKind.Sha256, bytes);
        }
    }

    [Fact]
    public void The_first_and_the_last_digest_there_can_be_are_found()
    {
        var (least, most) = (new byte[20], new byte[20]);
        most.AsSpan().Fill(0xFF);
        var index = Open(DigestKind.Sha1, [Digest.FromBytes(DigestKind.Sha1, most)]);
        Assert.True(index.Contains(Digest.FromBytes(DigestKind.Sha1, most)));
        Assert.False(index.Contains(Digest.FromBytes(DigestKind.Sha1, least)));
    }

    [Fact]
    public void An_entry_takes_little_more_than_its_digest()
    {
        var random = new Random(1);
        var bytes = IndexFile.Of(DigestKind.Sha256, Enumerable.Range(0, 100_000).Select(_ => Made(DigestKind.Sha256, random)));
        Assert.InRange(bytes.Length / 100_000.0, 32, 34.0);
    }

    [Fact]
    public void Another_kind_is_refused_and_not_answered_with_no()
    {
        var random = new Random(1);
        var index = Open(DigestKind.Sha1, [Made(DigestKind.Sha1, random)]);
        Assert.Throws<ArgumentException>(() => index.Contains(Made(DigestKind.Md5, random)));
        Assert.Throws<ArgumentException>(() => index.Contains([Made(DigestKind.Md5, random)], new bool[1]));
        Assert.Throws<ArgumentException>(() => index.Contains([Made(DigestKind.Sha1, random)], new bool[2]));
    }

    [Fact]
    public void The_writer_takes_ascending_digests_only()
    {
        using var stream = new MemoryStream();
        using var writer = new DigestIndexWriter(stream, DigestKind.Md5, 2, IndexFile.Sources);
        var bytes = new byte[16];
        bytes[0] = 5;
        writer.Add(bytes);
        writer.Add(bytes);
        Assert.Equal(1, writer.Count);
        bytes[0] = 4;
        Assert.Throws<ArgumentException>(() => writer.Add(bytes));
        Assert.Throws<ArgumentException>(() => writer.Add(new byte[20]));
    }

    [Fact]
    public void Foreign_truncated_and_damaged_files_are_told_apart()
    {
        var random = new Random(3);
        var good = IndexFile.Of(DigestKind.Sha256, Enumerable.Range(0, 500).Select(_ => Made(DigestKind.Sha256, random)));
        Assert.Equal(HashFileFault.Foreign, Fault([]));
        Assert.Equal(HashFileFault.Foreign, Fault(good[..100]));
        Assert.Equal(HashFileFault.Foreign, Fault(new byte[5000]));
        Assert.Equal(HashFileFault.OtherVersion, Fault(Changed(good, 8)));
        Assert.Equal(HashFileFault.HeaderDamaged, Fault(Changed(good, 16)));
        Assert.Equal(HashFileFault.HeaderDamaged, Fault(Changed(good, 130)));
        Assert.Equal(HashFileFault.Truncated, Fault(good[..^1]));
        Assert.Equal(HashFileFault.Truncated, Fault([.. good, 0]));
        Assert.Equal(HashFileFault.OtherKind, Assert.IsType<HashFileOpening<DigestIndex>.Refused>(new IndexFile(good).Open(DigestKind.Md5)).Fault);

        // What the header cannot know, the digest of the body does.
        Assert.True(Opened(good).IsWhole(CancellationToken.None));
        foreach (var at in (int[])[192, good.Length / 2, good.Length - 1])
        {
            Assert.False(Opened(Changed(good, at)).IsWhole(CancellationToken.None));
        }
    }

    [Fact]
    public void A_damaged_directory_leads_nowhere_outside_the_file()
    {
        var random = new Random(5);
        var good = IndexFile.Of(DigestKind.Md5, Enumerable.Range(0, 500).Select(_ => Made(DigestKind.Md5, random)));
        for (var round = 0; round < 200; round++)
        {
            var bytes = good.ToArray();
            random.NextBytes(bytes.AsSpan(192));
            var index = Assert.IsType<HashFileOpening<DigestIndex>.Opened>(new IndexFile(bytes).Open(DigestKind.Md5)).File;
            for (var i = 0; i < 100; i++)
            {
                _ = index.Contains(Made(DigestKind.Md5, random));
            }
        }
    }

    private static HashFileFault Fault(byte[] bytes) => Assert.IsType<HashFileOpening<DigestIndex>.Refused>(new IndexFile(bytes).Open(DigestKind.Sha256)).Fault;

    private static DigestIndex Opened(byte[] bytes) => Assert.IsType<HashFileOpening<DigestIndex>.Opened>(new IndexFile(bytes).Open(DigestKind.Sha256)).File;

    private static byte[] Changed(byte[] bytes, int at)
    {
        var changed = bytes.ToArray();
        changed[at] ^= 0x40;
        return changed;
    }

    private static DigestIndex Open(DigestKind kind, IEnumerable<Digest> digests) =>
        Assert.IsType<HashFileOpening<DigestIndex>.Opened>(new IndexFile(IndexFile.Of(kind, digests)).Open(kind)).File;

    private static Digest Made(DigestKind kind, Random random)
    {
        var bytes = new byte[Digest.LengthOf(kind)];
        random.NextBytes(bytes);
        return Digest.FromBytes(kind, bytes);
    }

    private static Digest Shaped(DigestKind kind, byte value)
    {
        var bytes = new byte[Digest.LengthOf(kind)];
        bytes[0] = (byte)(value & 0x81);
        bytes[9] = (byte)(value & 0x06);
        bytes[^1] = (byte)(value & 0x18);
        return Digest.FromBytes(kind, bytes);
    }
}
