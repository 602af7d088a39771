using Monitor.Rules.Hashing;
using Monitor.Rules.Matching;
using Monitor.Tests.Contracts;
using Monitor.Worker.Banks;
using Monitor.Worker.Media;
using SkiaSharp;

namespace Monitor.Tests.Banks;

public sealed class PdqBankTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    private static readonly BankImportOrder Pdq = new() { Bank = "looks", Kind = HashKind.Pdq };

    [Fact]
    public async Task An_entry_is_found_within_the_radius_of_its_bank_with_distance_and_quality()
    {
        await using var home = await BankHome.OpenAsync();
        var hash = Made(1);
        await home.ImportedAsync($"{hash},93,lantern\n{Made(2)},97,other\n", Pdq);
        await home.ImportedAsync($"{hash},strict\n", Pdq with { Bank = "strict", Radius = 4 });
        Assert.True(home.House.BankIndex.HasPdq);
        foreach (var bits in (int[])[0, 1, 4, 5, 31, 32])
        {
            var asked = Turned(hash, bits);
            var answer = home.House.BankIndex.MatchPdq([asked], 80, "u", []);
            Assert.Equal(PdqGate.Open, answer.Gate);
            var expected = new List<(string, string, int, int?)>();
            if (bits <= 31)
            {
                expected.Add(("looks", "lantern", bits, 93));
            }

            if (bits <= 4)
            {
                expected.Add(("strict", "strict", bits, null));
            }

            Assert.Equal(expected, answer.Matches.Select(match => (match.Bank, match.Entry, match.Distance, match.Quality)));
        }

        await home.ReopenAsync();
        Assert.Equal(2, home.House.BankIndex.MatchPdq([hash], null, "", []).Matches.Count);
        Assert.Equal((4, 31), ((await home.House.Store.BanksAsync(None)).Single(row => row.Name == "strict").Radius, (await home.House.Store.BanksAsync(None)).Single(row => row.Name == "looks").Radius));
    }

    [Fact]
    public async Task Too_little_detail_is_said_and_never_called_no_match()
    {
        await using var home = await BankHome.OpenAsync();
        var done = await home.ImportedAsync($"{Made(1)},93,good\n{Made(2)},20,flat\n{new string('0', 64)},blank\n", Pdq);
        Assert.Equal((3, 2), (done.Entries, done.TooLittleDetail));
        Assert.Equal(PdqGate.LowQuality, home.House.BankIndex.MatchPdq([Made(1)], 49, "", []).Gate);
        Assert.Equal(PdqGate.Degenerate, home.House.BankIndex.MatchPdq([default], 90, "", []).Gate);
        Assert.Empty(home.House.BankIndex.MatchPdq([Made(2)], null, "", []).Matches);
        var lines = await LookUpAsync(home, $"{Made(1)}\n{new string('0', 64)}\n");
        Assert.Equal(("looks", "good", 0), (lines[0].GetProperty("matches")[0].GetProperty("bank").GetString(), lines[0].GetProperty("matches")[0].GetProperty("entry").GetString(), lines[0].GetProperty("matches")[0].GetProperty("distance").GetInt32()));
        Assert.Equal("degenerate", lines[1].GetProperty("tooLittleDetail").GetString());
    }

    [Fact]
    public async Task A_disabled_entry_is_unlike_everything_and_a_delta_takes_entries_out()
    {
        await using var home = await BankHome.OpenAsync();
        await home.ImportedAsync($"{Made(1)},90,one\n{Made(2)},90,two\n", Pdq with { Checkpoint = "1" });
        await home.House.Entries.DisableAsync(home.Analyst, "looks", HashKind.Pdq, "one", "nhầm", None);
        Assert.Empty(home.House.BankIndex.MatchPdq([Turned(Made(1), 3)], 90, "", []).Matches);
        await home.ImportedAsync($"-{Made(2)}\n{Made(3)},three\n", Pdq with { Delta = true, Base = "1" });
        Assert.Empty(home.House.BankIndex.MatchPdq([Made(2)], 90, "", []).Matches);
        Assert.Equal("three", Assert.Single(home.House.BankIndex.MatchPdq([Turned(Made(3), 5)], 90, "", []).Matches).Entry);
    }

    [Fact]
    public async Task A_picture_is_known_turned_and_mirrored_and_no_likeness_is_known_material()
    {
        await using var home = await BankHome.OpenAsync();
        using var picture = Drawn();
        var hashing = await MediaHasher.HashAsync(Png(picture), MediaDecoder.Default, dihedrals: false, None);
        await home.ImportedAsync($"{hashing.Frames[0].Pdq.Hash},{hashing.Frames[0].Pdq.Quality},lantern\n", Pdq);
        using var turned = new SKBitmap(picture.Height, picture.Width);
        for (var y = 0; y < picture.Height; y++)
        {
            for (var x = 0; x < picture.Width; x++)
            {
                turned.SetPixel(picture.Height - 1 - y, x, picture.GetPixel(x, y));
            }
        }

        var zero = new byte[20];
        var digests = new DigestSet(Digest.FromBytes(DigestKind.Md5, zero.AsSpan(4)), Digest.FromBytes(DigestKind.Sha1, zero), BankHome.Digest("no bank has these bytes"));
        foreach (var bytes in (byte[][])[Png(picture), Png(turned)])
        {
            var matches = await home.House.Matcher.MatchAsync(Rows.Target(1), digests, await SeenAsync(bytes), "https://x.example/1.png", [], None);
            var match = Assert.Single(matches);
            Assert.Equal(("looks", "lantern", HashKind.Pdq), (match.Bank, match.Entry, match.Kind));
            Assert.InRange(match.Distance, 0, 31);
            Assert.False(KnownMaterial.Is(matches));
        }

        Assert.Empty(await home.House.Matcher.MatchAsync(Rows.Target(1), digests, await SeenAsync(Png(picture)), "u", ["another-bank"], None));
        Assert.Empty(await home.House.Matcher.MatchAsync(Rows.Target(1), digests, await SeenAsync("no picture"u8.ToArray()), "u", [], None));
    }

    private static Task<MediaHashing> SeenAsync(byte[] bytes) => MediaHasher.HashAsync(bytes, MediaDecoder.Default, dihedrals: true, None);

    [Fact]
    public async Task A_damaged_index_of_perceptual_hashes_is_built_anew()
    {
        await using var home = await BankHome.OpenAsync();
        await home.ImportedAsync($"{Made(1)},90,one\n", Pdq);
        await home.House.DisposeAsync();
        var index = Directory.EnumerateFiles(home.Folder, "index.pdq.*").Single();
        File.WriteAllBytes(index, File.ReadAllBytes(index)[..5000]);
        await home.ReopenAsync();
        Assert.Single(home.House.BankIndex.MatchPdq([Made(1)], 90, "", []).Matches);
        await home.House.DisposeAsync();
        var bytes = File.ReadAllBytes(index);
        bytes[4100] ^= 1;
        File.WriteAllBytes(index, bytes);
        await home.ReopenAsync();
        Assert.Empty((await home.House.Banks.VerifyAsync(None)).Faults);
        Assert.Equal(0, Assert.Single(home.House.BankIndex.MatchPdq([Made(1)], 90, "", []).Matches).Distance);
    }

    private static async Task<IReadOnlyList<System.Text.Json.JsonElement>> LookUpAsync(BankHome home, string queries)
    {
        await home.House.DisposeAsync();
        var lines = await home.Home.LinesAsync("hashes", "lookup", "--input", home.Home.File("q.txt", queries));
        await home.ReopenAsync();
        return lines;
    }

    /// <summary>Half of the bits set, as in the hash of a picture.</summary>
    private static PdqHash Made(int seed)
    {
        var bits = Enumerable.Repeat(true, 128).Concat(Enumerable.Repeat(false, 128)).ToArray();
        new Random(seed).Shuffle(bits);
        var bytes = new byte[32];
        for (var i = 0; i < 256; i++)
        {
            bytes[i / 8] |= (byte)(bits[i] ? 1 << (i % 8) : 0);
        }

        return PdqHash.FromBytes(bytes);
    }

    private static PdqHash Turned(PdqHash hash, int bits)
    {
        for (var i = 0; i < bits; i++)
        {
            hash = hash.Flip(i * 8 % 256 + (i / 32));
        }

        return hash;
    }

    private static SKBitmap Drawn()
    {
        var picture = new SKBitmap(320, 240);
        for (var y = 0; y < 240; y++)
        {
            for (var x = 0; x < 320; x++)
            {
                var (dx, dy) = (x - 90, y - 140);
                picture.SetPixel(x, y, (dx * dx) + (dy * dy) < 3600 ? new SKColor(30, 200, 80) : x + (2 * y) < 300 ? new SKColor((byte)(x / 2), 40, 160) : new SKColor((byte)(y % 128), (byte)(x * y / 400), 220));
            }
        }

        return picture;
    }

    private static byte[] Png(SKBitmap picture)
    {
        using var data = picture.Encode(SKEncodedImageFormat.Png, 100);
        return data.ToArray();
    }
}
