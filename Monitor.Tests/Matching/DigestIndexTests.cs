using FsCheck.Xunit;
using Monitor.Rules.Hashing;
using Monitor.Rules.Matching;

namespace Monitor.Tests.Matching;

public sealed class DigestIndexTests
{
    private static readonly HashBank North = Bank("north", HashKind.Sha256);
    private static readonly HashBank South = Bank("south", HashKind.Md5);

    [Fact]
    public void The_empty_index_finds_nothing()
    {
        Assert.True(DigestIndex.Empty.Find(Digest.FromBytes(DigestKind.Sha1, new byte[20])).IsEmpty);
        Assert.Empty(DigestIndex.Empty.Match(default(Digest)));
    }

    [Fact]
    public void A_match_names_bank_version_entry_opinion_and_media()
    {
        Digest digest = Make(DigestKind.Md5, 7);
        DigestIndex index = DigestIndex.Build(
        [
            new DigestEntry(Make(DigestKind.Md5, 8), South, 0),
            new DigestEntry(digest, South, 1, "lantern-1", Opinion.Disputed),
            new DigestEntry(digest, South with { Name = "east" }, 41),
        ]);

        var set = new DigestSet(digest, Make(DigestKind.Sha1, 1), Make(DigestKind.Sha256, 1));
        IReadOnlyList<Match> matches = index.Match(set, "https://lantern.example/a.jpg");

        Assert.Equal(
            [
                new Match { Bank = "south", BankVersion = "3", Entry = "lantern-1", Kind = HashKind.Md5, Opinion = Opinion.Disputed, MediaUrl = "https://lantern.example/a.jpg" },
                new Match { Bank = "east", BankVersion = "3", Entry = "#42", Kind = HashKind.Md5, Opinion = Opinion.Positive, MediaUrl = "https://lantern.example/a.jpg" },
            ],
            matches);
    }

    [Fact]
    public void Digests_made_to_share_their_first_bits_are_still_told_apart()
    {
        var entries = new List<DigestEntry>();
        for (int i = 0; i < 5000; i++)
        {
            byte[] bytes = new byte[32];
            bytes[30] = (byte)(i >> 8);
            bytes[31] = (byte)i;
            entries.Add(new DigestEntry(Digest.FromBytes(DigestKind.Sha256, bytes), North, i));
        }

        DigestIndex index = DigestIndex.Build(entries);
        foreach (DigestEntry entry in entries)
            Assert.Equal(entry, Assert.Single(index.Find(entry.Digest).ToArray()));
    }

    [Property]
    public void Index_equals_linear_scan(byte[] stored, byte[] asked)
    {
        // Few distinct values, so that duplicates, hits and misses all occur, in all kinds.
        DigestEntry[] entries = [.. (stored ?? []).Select((value, i) => new DigestEntry(Make((DigestKind)(value % 3), value), i % 2 == 0 ? North : South, i))];
        DigestIndex index = DigestIndex.Build(entries);
        Assert.Equal(entries.Length, index.Count);
        foreach (byte value in (asked ?? []).Concat(stored ?? []))
        {
            for (int kind = 0; kind < 3; kind++)
            {
                Digest digest = Make((DigestKind)kind, value);
                Assert.Equal(entries.Where(entry => entry.Digest == digest), index.Find(digest).ToArray());
            }
        }
    }

    private static Digest Make(DigestKind kind, byte value)
    {
        byte[] bytes = new byte[Digest.LengthOf(kind)];
        bytes.AsSpan().Fill(value);
        bytes[^1] ^= 0x5a;
        return Digest.FromBytes(kind, bytes);
    }

    private static HashBank Bank(string name, HashKind kind) => new() { Name = name, Owner = "ict", Version = "3", Kind = kind };
}
