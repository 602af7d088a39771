using System.Text;
using Microsoft.Extensions.Time.Testing;
using Monitor.Tests.Contracts;
using Monitor.Worker.Evidence;
using Monitor.Worker.Ports;
using Monitor.Worker.Storage;

namespace Monitor.Tests.Evidence;

/// <summary>Changing the key-encryption key: everything opens before, during and after; the old key opens nothing afterwards.</summary>
public sealed class VaultRotationTests : IDisposable
{
    private static readonly CancellationToken None = CancellationToken.None;
    private readonly Scratch _scratch = new();

    private string Key => _scratch.At("keys", "vault.key");

    private Task<VaultOpening> OpeningAsync() => SealedVault.OpenAsync(_scratch.Path, new FakeTimeProvider(Rows.Noon), new VaultOptions { KeyFile = Key });

    private async Task<SealedVault> OpenAsync() => Assert.IsType<VaultOpening.Opened>(await OpeningAsync()).Vault;

    private static Task<IReadOnlyList<string>> SealAsync(SealedVault vault, int count) =>
        vault.SealAsync([.. Enumerable.Range(0, count).Select(at => new SealRequest("T000001", "exchanges", Encoding.UTF8.GetBytes($"trang {at}")))], None);

    private static async Task AssertOpenAsync(SealedVault vault, IReadOnlyList<string> ids)
    {
        for (var at = 0; at < ids.Count; at++)
            Assert.Equal($"trang {at}", Encoding.UTF8.GetString(Assert.IsType<OpenResult.Opened>(await vault.OpenAsync(ids[at], None)).Content));
    }

    [Fact]
    public async Task The_new_key_opens_everything_and_the_old_one_nothing()
    {
        var vault = await OpenAsync();
        var ids = await SealAsync(vault, 1203);
        await vault.ShredAsync([ids[7]], None);
        var old = File.ReadAllBytes(Key);
        var seen = new List<long>();

        var done = Assert.IsType<KeyRotation.Done>(await vault.RotateAsync((at, _) => seen.Add(at), None));

        Assert.Equal((1202L, Key), (done.Items, done.KeyFile));
        Assert.Equal([500, 1000, 1203], seen);
        Assert.NotEqual(old, File.ReadAllBytes(Key));
        Assert.False(File.Exists(SecretKeyFile.Next(Key)));
        Assert.False(vault.RotationPending);
        Assert.IsType<OpenResult.Shredded>(await vault.OpenAsync(ids[7], None));
        var kept = ids.Where((_, at) => at != 7).ToList();
        Assert.IsType<OpenResult.Opened>(await vault.OpenAsync(kept[^1], None));
        var later = await SealAsync(vault, 1);
        await vault.DisposeAsync();
        await using (var again = await OpenAsync())
        {
            await AssertOpenAsync(again, [.. ids.Take(7)]);
            await AssertOpenAsync(again, later);
        }

        await File.WriteAllBytesAsync(Key, old, None);
        Assert.Equal(new VaultOpening.WrongKey(Key), await OpeningAsync());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task A_crash_at_any_step_leaves_everything_readable_and_the_change_goes_on(int step)
    {
        var vault = await OpenAsync();
        var ids = await SealAsync(vault, 900);
        var copy = new Scratch();

        // The disk as it stands at that step, copied while the change goes on, is what a crash would leave.
        void Crash() => CopyAll(_scratch.Path, copy.Path);
        if (step == 0)
        {
            File.WriteAllBytes(SecretKeyFile.Next(Key), new byte[32]);
            Crash();
            File.Delete(SecretKeyFile.Next(Key));
        }
        else
        {
            await vault.RotateAsync(
                (at, _) =>
                {
                    if (at == (step == 1 ? 500 : 900))
                        Crash();
                },
                None);
        }

        if (step == 3)
        {
            // The check is changed, the file is not yet renamed.
            CopyAll(_scratch.Path, copy.Path);
            File.Move(System.IO.Path.Combine(copy.Path, "keys", "vault.key"), System.IO.Path.Combine(copy.Path, "keys", "vault.key.next"), overwrite: true);
            File.WriteAllBytes(System.IO.Path.Combine(copy.Path, "keys", "vault.key"), new byte[32]);
        }

        await vault.DisposeAsync();
        var key = System.IO.Path.Combine(copy.Path, "keys", "vault.key");
        var opening = await SealedVault.OpenAsync(copy.Path, new FakeTimeProvider(Rows.Noon), new VaultOptions { KeyFile = key });
        await using var left = Assert.IsType<VaultOpening.Opened>(opening).Vault;
        Assert.Equal(step is 1 or 2, left.RotationPending);
        await AssertOpenAsync(left, ids);
        var meanwhile = await SealAsync(left, 1);
        Assert.IsType<KeyRotation.Done>(await left.RotateAsync(null, None));
        await AssertOpenAsync(left, ids);
        await AssertOpenAsync(left, meanwhile);
        copy.Dispose();
    }

    [Fact]
    public async Task Sealing_and_opening_go_on_meanwhile()
    {
        await using var vault = await OpenAsync();
        var ids = await SealAsync(vault, 3000);
        var rotating = vault.RotateAsync(null, None);
        var sealedMeanwhile = new List<string>();
        for (var i = 0; !rotating.IsCompleted || i < 5; i++)
        {
            sealedMeanwhile.Add((await SealAsync(vault, 1))[0]);
            Assert.IsType<OpenResult.Opened>(await vault.OpenAsync(ids[i % ids.Count], None));
        }

        Assert.IsType<KeyRotation.Done>(await rotating);
        foreach (var id in sealedMeanwhile)
            Assert.IsType<OpenResult.Opened>(await vault.OpenAsync(id, None));
    }

    [Theory]
    [InlineData("", false)]
    [InlineData("00", false)]
    [InlineData("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f", true)]
    [InlineData(" AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8= ", true)]
    [InlineData("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHg==", false)]
    public void A_key_is_read_from_hex_and_base64(string text, bool good)
    {
        var key = VaultKeyFile.TryParse(text, out var problem);
        Assert.Equal(good, key is not null);
        Assert.Equal(good, problem.Length == 0);
        if (good)
            Assert.Equal(31, key![31]);
    }

    public void Dispose() => _scratch.Dispose();

    private static void CopyAll(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories).Where(file => System.IO.Path.GetFileName(file) != "owner.lock"))
        {
            var target = System.IO.Path.Combine(to, System.IO.Path.GetRelativePath(from, file));
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(target)!);
            using var source = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var destination = File.Create(target);
            source.CopyTo(destination);
        }
    }
}
