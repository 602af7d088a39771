using System.Security.Cryptography;
using System.Text;
using LiteDB;
using Microsoft.Extensions.Time.Testing;
using Monitor.Rules.Hashing;
using Monitor.Tests.Contracts;
using Monitor.Worker.Evidence;
using Monitor.Worker.LiteStore;
using Monitor.Worker.Ports;

namespace Monitor.Tests.Evidence;

public sealed class SealedVaultTests : IDisposable
{
    private const string Canary = "đèn lồng xanh CANARY 7f3a";
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly VaultOptions Small = new() { ChunkBytes = 1024, SegmentBytes = 16 * 1024 };

    private readonly Scratch _scratch = new();
    private readonly FakeTimeProvider _time = new(Rows.Noon);

    public void Dispose() => _scratch.Dispose();

    private async Task<SealedVault> OpenAsync(VaultOptions? options = null) =>
        Assert.IsType<VaultOpening.Opened>(await SealedVault.OpenAsync(_scratch.Path, _time, options ?? Small)).Vault;

    private static byte[] Content(int length, int seed = 1)
    {
        var content = new byte[length];
        new Random(seed).NextBytes(content);
        return content;
    }

    private static async Task<string> SealAsync(SealedVault vault, byte[] content, string owner = "T000001", string kind = "page") =>
        Assert.Single(await vault.SealAsync([new SealRequest(owner, kind, content)], None));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1023)]
    [InlineData(1024)]
    [InlineData(1025)]
    [InlineData(2048)]
    [InlineData(3 * 1024 * 1024 + 5)]
    public async Task What_is_sealed_opens_also_after_reopening(int length)
    {
        var content = Content(length);
        string id;
        await using (var vault = await OpenAsync())
        {
            id = await SealAsync(vault, content, "", "note");
            Assert.Equal(content, Assert.IsType<OpenResult.Opened>(await vault.OpenAsync(id, None)).Content);
        }

        _time.Advance(TimeSpan.FromDays(1));
        await using var again = await OpenAsync();
        var opened = Assert.IsType<OpenResult.Opened>(await again.OpenAsync(id, None));
        Assert.Equal(content, opened.Content);
        Assert.Equal(("", "note", Rows.Noon), (opened.Owner, opened.Kind, opened.SealedAt));
    }

    [Fact]
    public async Task Many_at_once_come_back_each_under_its_own_id()
    {
        await using var vault = await OpenAsync();
        var all = new Dictionary<string, byte[]>();
        await Parallel.ForEachAsync(Enumerable.Range(1, 60), new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (i, _) =>
        {
            var contents = new[] { Content(i * 40, i), Content(i, -i), [] };
            var ids = await vault.SealAsync([.. contents.Select(content => new SealRequest($"T{i}", "page", content))], None);
            lock (all)
            {
                for (var n = 0; n < contents.Length; n++)
                    all.Add(ids[n], contents[n]);
            }
        });
        Assert.Equal(180, all.Count);
        Assert.True(Directory.GetFiles(_scratch.At("vault", "segments")).Length > 3);
        foreach (var (id, content) in all)
            Assert.Equal(content, Assert.IsType<OpenResult.Opened>(await vault.OpenAsync(id, None)).Content);
    }

    [Fact]
    public async Task The_same_content_twice_has_nothing_in_common_on_disk()
    {
        var content = new byte[4096];
        await using (var vault = await OpenAsync())
        {
            await SealAsync(vault, content);
            await SealAsync(vault, content);
        }

        var bytes = await File.ReadAllBytesAsync(_scratch.At("vault", "segments", "000001.seg"));
        var blocks = Enumerable.Range(0, bytes.Length / 16).Select(i => Convert.ToHexString(bytes.AsSpan(i * 16, 16))).ToList();
        Assert.Equal(blocks.Count, blocks.Distinct().Count());
    }

    [Fact]
    public async Task Nothing_readable_ever_stands_on_the_disk()
    {
        var content = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(Canary, 500)));
        await using var vault = await OpenAsync();
        var id = await SealAsync(vault, content);
        AssertNowhere(Encoding.UTF8.GetBytes(Canary));
        Assert.IsType<OpenResult.Opened>(await vault.OpenAsync(id, None));
        AssertNowhere(Encoding.UTF8.GetBytes(Canary));
    }

    [Fact]
    public async Task A_destroyed_key_is_gone_from_every_file_and_length_and_digest_are_left()
    {
        var content = Encoding.UTF8.GetBytes(Canary);
        await using var vault = await OpenAsync();
        var id = await SealAsync(vault, content);
        var other = await SealAsync(vault, content);
        await vault.CopyKeysAsync(_scratch.At("copy.db"), None);
        byte[] wrapped;
        using (var copy = LiteFile.TryOpen(_scratch.At("copy.db"), out _)!)
            wrapped = copy.Database.GetCollection(SealedVault.Items).FindById(id)["w"].AsBinary;
        File.Delete(_scratch.At("copy.db"));
        File.Delete(_scratch.At("copy-log.db"));
        Assert.True(Holds(File.ReadAllBytes(_scratch.At("vault", "keys.db")), wrapped));

        Assert.Equal([id], Assert.IsType<ShredResult.Done>(await vault.ShredAsync([id, id], None)).Items.Select(item => item.Id));
        AssertNowhere(wrapped);
        Assert.Empty(Assert.IsType<ShredResult.Done>(await vault.ShredAsync([id, "V0", ""], None)).Items);
        var left = new OpenResult.Shredded("T000001", "page", content.Length, Digest.FromBytes(DigestKind.Sha256, SHA256.HashData(content)));
        Assert.Equal(left, await vault.OpenAsync(id, None));
        Assert.IsType<OpenResult.Opened>(await vault.OpenAsync(other, None));
        await vault.DisposeAsync();
        await using var again = await OpenAsync();
        Assert.Equal(left, await again.OpenAsync(id, None));
    }

    [Fact]
    public async Task What_was_never_sealed_is_not_found()
    {
        await using var vault = await OpenAsync();
        Assert.IsType<OpenResult.NotFound>(await vault.OpenAsync("V0000", None));
        Assert.IsType<OpenResult.NotFound>(await vault.OpenAsync("", None));
        Assert.Empty(await vault.SealAsync([], None));
    }

    [Fact]
    public async Task Any_flipped_bit_of_the_sealed_bytes_is_seen()
    {
        string id;
        await using (var vault = await OpenAsync())
            id = await SealAsync(vault, Content(2500));
        var path = _scratch.At("vault", "segments", "000001.seg");
        var whole = await File.ReadAllBytesAsync(path);
        var magic = "MVLT1\n"u8.Length;
        Assert.Equal(magic + 2500 + (3 * 16), whole.Length);

        // First, middle and last byte of each chunk's text and tag.
        foreach (var at in new[] { magic, magic + 500, magic + 1023, magic + 1024, magic + 1039, magic + 1040, magic + 2063, magic + 2064, magic + 2080, whole.Length - 17, whole.Length - 16, whole.Length - 1 })
        {
            var changed = (byte[])whole.Clone();
            changed[at] ^= 1;
            await File.WriteAllBytesAsync(path, changed);
            await using var vault = await OpenAsync();
            Assert.IsType<OpenResult.Damaged>(await vault.OpenAsync(id, None));
        }

        await File.WriteAllBytesAsync(path, whole);
        await using var mended = await OpenAsync();
        Assert.IsType<OpenResult.Opened>(await mended.OpenAsync(id, None));
    }

    [Fact]
    public async Task Swapped_and_missing_chunks_are_seen()
    {
        string id;
        await using (var vault = await OpenAsync())
            id = await SealAsync(vault, Content(3 * 1024));
        var path = _scratch.At("vault", "segments", "000001.seg");
        var whole = await File.ReadAllBytesAsync(path);
        var magic = "MVLT1\n"u8.Length;
        var swapped = (byte[])whole.Clone();
        whole.AsSpan(magic, 1040).CopyTo(swapped.AsSpan(magic + 1040));
        whole.AsSpan(magic + 1040, 1040).CopyTo(swapped.AsSpan(magic));
        foreach (var bad in new[] { swapped, whole[..^1], whole[..(magic + 2080)], [] })
        {
            await File.WriteAllBytesAsync(path, bad);
            await using var vault = await OpenAsync();
            Assert.IsType<OpenResult.Damaged>(await vault.OpenAsync(id, None));
        }

        File.Delete(path);
        await using var without = await OpenAsync();
        Assert.IsType<OpenResult.Damaged>(await without.OpenAsync(id, None));
    }

    public static TheoryData<string> Fields => new("o", "k", "at", "l", "c", "h", "s", "p", "r", "w");

    [Theory]
    [MemberData(nameof(Fields))]
    public async Task Any_change_of_what_is_kept_about_an_item_is_seen(string field)
    {
        string id;
        await using (var vault = await OpenAsync())
        {
            id = await SealAsync(vault, Content(2500));
            await SealAsync(vault, Content(2500, 2));
        }

        Edit(items =>
        {
            var item = items.FindById(id);
            item[field] = item[field] switch
            {
                { IsBinary: true } bytes => bytes.AsBinary.Select((one, i) => i == 0 ? (byte)(one ^ 128) : one).ToArray(),
                { IsInt32: true } number => number.AsInt32 + 1,
                { IsInt64: true } number => number.AsInt64 - 1,
                var text => text.AsString + "x",
            };
            items.Update(item);
        });
        await using var again = await OpenAsync();
        Assert.IsType<OpenResult.Damaged>(await again.OpenAsync(id, None));
    }

    [Fact]
    public async Task An_item_put_in_the_place_of_another_is_seen()
    {
        string one, two;
        await using (var vault = await OpenAsync())
        {
            one = await SealAsync(vault, Content(2500));
            two = await SealAsync(vault, Content(2500, 2));
        }

        Edit(items =>
        {
            var item = items.FindById(two);
            item["_id"] = one;
            items.Update(item);
        });
        await using var again = await OpenAsync();
        Assert.IsType<OpenResult.Damaged>(await again.OpenAsync(one, None));
    }

    [Fact]
    public async Task A_torn_tail_is_passed_over_and_later_items_lie_behind_it()
    {
        var content = Content(2500);
        string id;
        await using (var vault = await OpenAsync())
            id = await SealAsync(vault, content);
        var path = _scratch.At("vault", "segments", "000001.seg");
        await using (var file = new FileStream(path, FileMode.Append))
            file.Write(Content(777));
        await using var again = await OpenAsync();
        var later = await SealAsync(again, Content(2000, 5));
        Assert.Equal(content, Assert.IsType<OpenResult.Opened>(await again.OpenAsync(id, None)).Content);
        Assert.Equal(Content(2000, 5), Assert.IsType<OpenResult.Opened>(await again.OpenAsync(later, None)).Content);
        Assert.Single(Directory.GetFiles(_scratch.At("vault", "segments")));
    }

    [Fact]
    public async Task The_key_is_made_once_for_its_owner_alone()
    {
        var first = Assert.IsType<VaultOpening.Opened>(await SealedVault.OpenAsync(_scratch.Path, _time, Small));
        await using (first.Vault)
        {
            Assert.True(first.KeyCreated);
            Assert.False(first.KeyExposed);
            Assert.Equal(_scratch.At("keys", "vault.key"), first.KeyFile);
            Assert.Equal(32, new FileInfo(first.KeyFile).Length);
            Assert.IsType<VaultOpening.AlreadyOwned>(await SealedVault.OpenAsync(_scratch.Path, _time, Small));
            if (!OperatingSystem.IsWindows())
            {
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(first.KeyFile));
                File.SetUnixFileMode(first.KeyFile, UnixFileMode.UserRead | UnixFileMode.GroupRead);
            }
        }

        var second = Assert.IsType<VaultOpening.Opened>(await SealedVault.OpenAsync(_scratch.Path, _time, Small));
        await second.Vault.DisposeAsync();
        Assert.False(second.KeyCreated);
        Assert.Equal(!OperatingSystem.IsWindows(), second.KeyExposed);
    }

    [Fact]
    public async Task Another_key_a_broken_one_and_none_are_told_apart()
    {
        await (await OpenAsync()).DisposeAsync();
        var key = _scratch.At("keys", "vault.key");
        var right = await File.ReadAllBytesAsync(key);

        await File.WriteAllBytesAsync(key, RandomNumberGenerator.GetBytes(32));
        Assert.Equal(new VaultOpening.WrongKey(key), await SealedVault.OpenAsync(_scratch.Path, _time, Small));
        await File.WriteAllBytesAsync(key, right[..31]);
        Assert.IsType<VaultOpening.KeyUnreadable>(await SealedVault.OpenAsync(_scratch.Path, _time, Small));
        File.Delete(key);
        Assert.Equal(new VaultOpening.KeyMissing(key), await SealedVault.OpenAsync(_scratch.Path, _time, Small));
        Assert.False(File.Exists(key));

        await File.WriteAllBytesAsync(_scratch.At("elsewhere.key"), right);
        await using var vault = await OpenAsync(Small with { KeyFile = _scratch.At("elsewhere.key") });
        Assert.Equal(_scratch.At("elsewhere.key"), vault.KeyFile);
    }

    [Fact]
    public async Task A_key_store_that_is_none_is_damaged()
    {
        await (await OpenAsync()).DisposeAsync();
        await File.WriteAllBytesAsync(_scratch.At("vault", "keys.db"), Content(20000));
        Assert.IsType<VaultOpening.Damaged>(await SealedVault.OpenAsync(_scratch.Path, _time, Small));
    }

    private void Edit(Action<ILiteCollection<BsonDocument>> edit)
    {
        using var file = LiteFile.TryOpen(_scratch.At("vault", "keys.db"), out _)!;
        edit(file.Database.GetCollection(SealedVault.Items));
        file.Database.Checkpoint();
    }

    private void AssertNowhere(byte[] bytes)
    {
        var files = Directory.GetFiles(_scratch.Path, "*", SearchOption.AllDirectories).Where(file => !file.EndsWith("owner.lock", StringComparison.Ordinal)).ToList();
        Assert.True(files.Count >= 3);
        foreach (var file in files)
        {
            // Read as any other program would, beside the one that writes.
            using var handle = File.OpenHandle(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            var content = new byte[RandomAccess.GetLength(handle)];
            RandomAccess.Read(handle, content, 0);
            Assert.False(Holds(content, bytes), file);
        }
    }

    private static bool Holds(byte[] content, byte[] bytes) => content.AsSpan().IndexOf(bytes) >= 0;
}
