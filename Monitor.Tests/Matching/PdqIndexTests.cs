using System.Runtime.InteropServices;
using FsCheck.Xunit;
using Monitor.Rules.Hashing;
using Monitor.Rules.Matching;

namespace Monitor.Tests.Matching;

public sealed class PdqIndexTests
{
    private const int Entries = 4000;

    private static readonly Dictionary<string, (PdqHash[] Hashes, PdqIndex Index)> Lists = new[]
    {
        ("random", (Func<Random, PdqHash>)Hashes.Random), ("crossed", Hashes.Crossed), ("crowded", Hashes.Crowded),
    }.ToDictionary(kind => kind.Item1, kind =>
    {
        var random = new Random(11);
        PdqHash[] hashes = [.. Enumerable.Range(0, Entries).Select(_ => kind.Item2(random))];
        return (hashes, PdqIndex.Build(hashes));
    }, StringComparer.Ordinal);

    public static TheoryData<string, int> KindsAndDistances()
    {
        var data = new TheoryData<string, int>();
        foreach (var kind in (string[])["random", "crossed", "crowded"])
        {
            for (var distance = 0; distance <= 32; distance++)
            {
                data.Add(kind, distance);
            }
        }

        return data;
    }

    /// <summary>Bits are turned in random places: among them all ways to spread them over the chunks.</summary>
    [Theory]
    [MemberData(nameof(KindsAndDistances))]
    public void Every_distance_is_found_as_a_linear_scan_finds_it(string kind, int distance)
    {
        var (hashes, index) = Lists[kind];
        for (var k = 0; k < 40; k++)
        {
            var ordinal = ((k * 97) + (distance * 31)) % Entries;
            var query = Hashes.Near(hashes[ordinal], distance, k);
            var found = Found(index, query, PdqIndex.MaximumRadius);
            Assert.Equal(Scan(hashes, query, PdqIndex.MaximumRadius), found);
            Assert.Equal(distance <= 31, found.Contains(new PdqHit(ordinal, distance)));
        }
    }

    [Property(MaxTest = 200)]
    public void Every_radius_is_exact(int seed, byte any)
    {
        var radius = any % 32;
        var random = new Random(seed);
        foreach (var (hashes, index) in Lists.Values)
        {
            var query = Hashes.Near(hashes[random.Next(Entries)], random.Next(40), seed);
            Assert.Equal(Scan(hashes, query, radius), Found(index, query, radius));
        }
    }

    /// <summary>The lemma at its edge: differing bits in every chunk, as evenly as they can be spread, from every start of the circle.</summary>
    [Fact]
    public void Bits_spread_as_evenly_as_can_be_are_found_wherever_the_spare_one_is()
    {
        var hash = Hashes.Random(1);
        Assert.Equal(hash, Hashes.Random(1));
        Span<ushort> chunks = stackalloc ushort[16];
        Span<ushort> turned = stackalloc ushort[16];
        PdqChunks.Of(hash, chunks);
        for (var spare = 0; spare < 16; spare++)
        {
            for (var bit = 0; bit < 15; bit++)
            {
                for (var c = 0; c < 16; c++)
                {
                    turned[c] = (ushort)(chunks[c] ^ (c == spare ? 1 << bit : 3 << bit));
                }

                var near = PdqChunks.ToHash(turned);
                Assert.Equal(31, hash.Distance(near));
                Assert.Equal([new PdqHit(0, 31)], Found(PdqIndex.Build(new[] { near }), hash, 31));
            }
        }
    }

    [Property(MaxTest = 200)]
    public void Chunks_keep_every_bit_and_each_takes_one_of_every_row_and_column(int seed)
    {
        var hash = Hashes.Random(seed);
        Span<ushort> chunks = stackalloc ushort[16];
        PdqChunks.Of(hash, chunks);
        Assert.Equal(hash, PdqChunks.ToHash(chunks));
        Span<ushort> others = stackalloc ushort[16];
        for (var bit = 0; bit < 256; bit++)
        {
            PdqChunks.Of(hash.Flip(bit), others);
            var (row, column) = (bit / 16, bit % 16);
            var chunk = (column - row + 16) % 16;
            Assert.Equal(1 << row, chunks[chunk] ^ others[chunk]);
        }
    }

    [Fact]
    public void Copies_of_one_hash_are_all_told_once()
    {
        PdqHash[] hashes = [.. Enumerable.Repeat(Hashes.Random(5), 3000)];
        var found = Found(PdqIndex.Build(hashes), hashes[0].Flip(3), 31);
        Assert.Equal(Enumerable.Range(0, 3000).Select(k => new PdqHit(k, 1)), found);
    }

    [Fact]
    public void What_says_too_little_is_neither_filed_nor_asked_and_both_are_told()
    {
        PdqHash[] hashes = [Hashes.Random(1), Hashes.Random(2), default, Hashes.Random(3)];
        var index = PdqIndex.Build(hashes, new byte[] { 100, 49, 100, 50 });
        Assert.Equal((4, 2, 1, 1), (index.Entries, index.Filed, index.LowQuality, index.Degenerate));
        Assert.Empty(Found(index, hashes[1], 31));
        Assert.Equal([new PdqHit(3, 0)], Found(index, hashes[3], 31));
        Assert.Equal(hashes, Enumerable.Range(0, 4).Select(index.HashAt));

        List<PdqHit> hits = [];
        Assert.Equal(PdqGate.LowQuality, index.Find(hashes[0], 49, 31, hits));
        Assert.Equal(PdqGate.Degenerate, index.Find(default, 100, 31, hits));
        Assert.Empty(hits);
        Assert.Equal(PdqGate.Open, index.Find(hashes[0], 50, 31, hits));
        Assert.Equal([new PdqHit(0, 0)], hits);
    }

    [Fact]
    public void An_index_of_nothing_finds_nothing()
    {
        Assert.Empty(Found(PdqIndex.Empty, Hashes.Random(1), 31));
        Assert.Throws<ArgumentOutOfRangeException>(() => PdqIndex.Empty.Find(Hashes.Random(1), null, 32, []));
    }

    [Fact]
    public void The_same_list_makes_the_same_bytes_on_one_thread_and_on_many()
    {
        PdqHash[] hashes = [.. Enumerable.Range(0, 500).Select(Hashes.Random)];
        using var one = new IndexBytes(hashes);
        using var many = new IndexBytes(hashes, (count, body) => Parallel.For(0, count, body));
        Assert.True(one.Bytes.SequenceEqual(many.Bytes));
        Assert.Equal(Assert.IsType<PdqIndexOpening.Opened>(one.Open()).Index.Digest, Assert.IsType<PdqIndexOpening.Opened>(many.Open()).Index.Digest);
        Assert.InRange(one.Bytes.Length, 500 * 96, (500 * 113) + (5 << 20));
    }

    [Fact]
    public void Foreign_bytes_and_other_versions_are_said_to_be_so()
    {
        using var bytes = new IndexBytes([Hashes.Random(1)]);
        Assert.IsType<PdqIndexOpening.NotAnIndex>(bytes.Open(length: 100));
        Assert.IsType<PdqIndexOpening.WrongLength>(bytes.Open(length: bytes.Bytes.Length - 1));
        Assert.IsType<PdqIndexOpening.WrongLength>(bytes.Open(length: 4096));
        bytes.Bytes[8] = 9;
        Assert.Equal(new PdqIndexOpening.OtherVersion(9), bytes.Open());
        bytes.Bytes[0] ^= 1;
        Assert.IsType<PdqIndexOpening.NotAnIndex>(bytes.Open());
    }

    /// <summary>A turned bit anywhere is told; with the structural check only, reading stays inside the memory all the same.</summary>
    [Property(MaxTest = 40)]
    public void A_damaged_file_is_told(int seed)
    {
        PdqHash[] hashes = [.. Enumerable.Range(0, 300).Select(Hashes.Random)];
        using var bytes = new IndexBytes(hashes);
        var random = new Random(seed);
        var at = random.Next(bytes.Bytes.Length);
        bytes.Bytes[at] ^= (byte)(1 << random.Next(8));
        Assert.IsNotType<PdqIndexOpening.Opened>(bytes.Open());
        if (bytes.Open(check: PdqIndexCheck.Structure) is PdqIndexOpening.Opened opened)
        {
            foreach (var hash in hashes)
            {
                opened.Index.Find(hash, null, 31, []);
            }
        }
    }

    /// <summary>The whole postings overwritten: a structural check lets it pass, and nothing is read from outside.</summary>
    [Fact]
    public void Ordinals_out_of_range_are_not_followed()
    {
        PdqHash[] hashes = [.. Enumerable.Range(0, 300).Select(Hashes.Random)];
        using var bytes = new IndexBytes(hashes);
        var layout = new PdqIndexLayout(300, 300);
        bytes.Bytes[(int)layout.OrdinalsAt..(int)layout.DigestsAt].Fill(255);
        var index = Assert.IsType<PdqIndexOpening.Opened>(bytes.Open(check: PdqIndexCheck.Structure)).Index;
        foreach (var hash in hashes)
        {
            Assert.DoesNotContain(Found(index, hash, 31), hit => hit.Ordinal is < 0 or >= 300);
        }
    }

    private static List<PdqHit> Found(PdqIndex index, PdqHash query, int radius)
    {
        List<PdqHit> hits = [];
        Assert.Equal(PdqGate.Open, index.Find(query, null, radius, hits));
        return [.. hits.OrderBy(hit => hit.Ordinal)];
    }

    private static List<PdqHit> Scan(PdqHash[] hashes, PdqHash query, int radius) =>
        [.. hashes.Select((hash, ordinal) => new PdqHit(ordinal, hash.Distance(query))).Where(hit => hit.Distance <= radius)];

    /// <summary>An index in pinned memory whose bytes can be spoilt.</summary>
    private sealed class IndexBytes : IDisposable
    {
        private readonly byte[] _memory;
        private readonly int _length;
        private readonly int _start;

        public IndexBytes(PdqHash[] hashes, ForEach? forEach = null)
        {
            var builder = new PdqIndexBuilder(hashes, default, forEach);
            _length = (int)builder.Length;
            _memory = GC.AllocateArray<byte>(_length + 64, pinned: true);
            _start = (int)(64 - (Address(0) % 64)) % 64;
            builder.Write(Address(_start), _length, forEach);
        }

        public Span<byte> Bytes => _memory.AsSpan(_start, _length);

        public PdqIndexOpening Open(int? length = null, PdqIndexCheck check = PdqIndexCheck.Everything) => PdqIndex.Open(Address(_start), length ?? _length, check);

        public void Dispose() => GC.KeepAlive(_memory);

        private nint Address(int at) => Marshal.UnsafeAddrOfPinnedArrayElement(_memory, at);
    }
}
