using System.Text;
using Microsoft.Extensions.Time.Testing;
using Monitor.Rules.Custody;
using Monitor.Tests.Contracts;
using Monitor.Worker.Evidence;
using Monitor.Worker.LiteStore;
using Monitor.Worker.Ports;

namespace Monitor.Tests.LiteStore;

public sealed class DataBackupTests : IAsyncLifetime
{
    private static readonly CancellationToken None = CancellationToken.None;

    private readonly Scratch _scratch = new();
    private readonly FakeTimeProvider _time = new(Rows.Noon);
    private LiteMonitorStore _store = null!;
    private SealedVault _vault = null!;
    private string _item = "";

    public async ValueTask InitializeAsync()
    {
        _store = Assert.IsType<StoreOpening.Opened>(await LiteMonitorStore.OpenAsync(_scratch.At("data"))).Store;
        _vault = Assert.IsType<VaultOpening.Opened>(await SealedVault.OpenAsync(_scratch.At("data"), _time, new VaultOptions { KeyFile = _scratch.At("data", "keys", "vault.key") })).Vault;
        _item = Assert.Single(await _vault.SealAsync([new SealRequest("T000001", "page", "đèn lồng xanh"u8.ToArray())], None));
        Directory.CreateDirectory(_scratch.At("data", "banks"));
        await File.WriteAllTextAsync(_scratch.At("data", "banks", "made-up-1.bin"), "made up");
        await _store.CommitAsync(new ChangeSet().Put(Rows.Target(1, Rows.Noon)).Put(Rows.Bank("made-up")).Append(Rows.Observation(1, 1) with { Captures = [_item] }).Log(Rows.Act("T000001")), None);
    }

    public async ValueTask DisposeAsync()
    {
        await _vault.DisposeAsync();
        await _store.DisposeAsync();
        _scratch.Dispose();
    }

    private async Task<BackupReport> BackUpAsync(string name, bool key = false) =>
        Assert.IsType<BackupResult.Whole>(await DataBackup.CreateAsync(_store, _vault, _scratch.At(name), key, None)).Report;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_key_of_the_reply_addresses_is_in_every_backup_and_comes_back_readable_by_its_owner_only(bool vaultKey)
    {
        var tokens = new Worker.Channels.ReplyKeyFile(_scratch.At("data"));
        var before = Worker.Channels.ReplyToken.For(tokens.Read()!, "SKHCN-2026-00001");
        await BackUpAsync("backup", vaultKey);
        Assert.Equal(vaultKey, File.Exists(_scratch.At("backup", "keys", "vault.key")));
        Assert.IsType<BackupResult.Whole>(await DataBackup.RestoreAsync(_scratch.At("backup"), _scratch.At("restored"), None));
        Assert.Equal(before, Worker.Channels.ReplyToken.For(new Worker.Channels.ReplyKeyFile(_scratch.At("restored")).Read()!, "SKHCN-2026-00001"));
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_scratch.At("backup", "keys", "reply.key")));
    }

    [Fact]
    public async Task A_backup_under_load_is_whole_and_holds_what_was_acknowledged_before_it()
    {
        using var stop = new CancellationTokenSource();
        var last = 1;
        var writer = Task.Run(async () =>
        {
            for (var i = 2; !stop.IsCancellationRequested; i++)
            {
                var ids = await _vault.SealAsync([new SealRequest(Rows.TargetId(i), "page", Encoding.UTF8.GetBytes($"text {i}"))], None);
                await _store.CommitAsync(new ChangeSet().Put(Rows.Target(i)).Append(Rows.Observation(i, 1) with { Captures = ids }).Log(Rows.Act(Rows.TargetId(i))), None);
                Volatile.Write(ref last, i);
            }
        });
        while (Volatile.Read(ref last) < 40)
            await Task.Yield();
        var before = Volatile.Read(ref last);
        var report = await BackUpAsync("backup", key: true);
        await stop.CancelAsync();
        await writer;

        Assert.True(report.Rows["targets"] >= before);
        Assert.Equal(report.Rows["targets"], report.CustodyEntries);
        Assert.Equal(report.Rows["observations"], report.CustodyEntries);
        Assert.True(report.VaultItems >= report.CustodyEntries);

        Assert.IsType<BackupResult.Whole>(await DataBackup.RestoreAsync(_scratch.At("backup"), _scratch.At("restored"), None));
        await using var store = Assert.IsType<StoreOpening.Opened>(await LiteMonitorStore.OpenAsync(_scratch.At("restored"))).Store;
        await using var vault = Assert.IsType<VaultOpening.Opened>(await SealedVault.OpenAsync(_scratch.At("restored"), _time, new VaultOptions { KeyFile = _scratch.At("restored", "keys", "vault.key") })).Vault;
        Assert.Equal(report.CustodyHead, Assert.IsType<ChainVerdict.Intact>(CustodyChain.Verify(await store.CustodyAsync(1, int.MaxValue, None))).Head);
        for (var i = 2; i <= report.Rows["targets"]; i++)
        {
            var capture = Assert.Single(Assert.Single(await store.ObservationsAsync(Rows.TargetId(i), 1, 2, None)).Captures);
            Assert.Equal($"text {i}", Encoding.UTF8.GetString(Assert.IsType<OpenResult.Opened>(await vault.OpenAsync(capture, None)).Content));
        }

        Assert.Equal("made up", await File.ReadAllTextAsync(_scratch.At("restored", "banks", "made-up-1.bin")));
        Assert.IsType<SaveResult.Saved>(await store.CommitAsync(new ChangeSet().Put(Rows.Target(900000)).Log(Rows.Act("x")), None));
    }

    [Fact]
    public async Task The_key_goes_along_only_when_asked_for()
    {
        Assert.False((await BackUpAsync("without")).HasKeyFile);
        Assert.False(Directory.Exists(_scratch.At("without", "keys")));
        Assert.True((await BackUpAsync("with", key: true)).HasKeyFile);
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_scratch.At("with", "keys", "vault.key")));
    }

    [Fact]
    public async Task The_same_data_give_the_same_manifest()
    {
        await BackUpAsync("one");
        await BackUpAsync("two");
        var manifest = await File.ReadAllTextAsync(_scratch.At("one", "manifest-sha256.txt"));
        Assert.Equal(manifest, await File.ReadAllTextAsync(_scratch.At("two", "manifest-sha256.txt")));
        Assert.Equal(["banks/made-up-1.bin", "monitor.db", "vault/keys.db", "vault/segments/000001.seg"], manifest.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line[66..]));
    }

    [Fact]
    public async Task Nothing_is_written_over()
    {
        Directory.CreateDirectory(_scratch.At("taken"));
        await File.WriteAllTextAsync(_scratch.At("taken", "x"), "");
        Assert.Equal(new BackupResult.NotEmpty(_scratch.At("taken")), await DataBackup.CreateAsync(_store, _vault, _scratch.At("taken"), false, None));
        await BackUpAsync("backup");
        Assert.Equal(new BackupResult.NotEmpty(_scratch.At("taken")), await DataBackup.RestoreAsync(_scratch.At("backup"), _scratch.At("taken"), None));
        Assert.Single(Directory.GetFileSystemEntries(_scratch.At("taken")));
    }

    [Fact]
    public async Task A_changed_a_missing_and_an_added_file_are_named_and_not_restored()
    {
        await BackUpAsync("backup");
        var segment = _scratch.At("backup", "vault", "segments", "000001.seg");
        var bytes = await File.ReadAllBytesAsync(segment);
        bytes[^1] ^= 1;
        await File.WriteAllBytesAsync(segment, bytes);
        File.Delete(_scratch.At("backup", "banks", "made-up-1.bin"));
        await File.WriteAllTextAsync(_scratch.At("backup", "added"), "");
        var unsound = Assert.IsType<BackupResult.Unsound>(await DataBackup.RestoreAsync(_scratch.At("backup"), _scratch.At("restored"), None));
        Assert.Equal(["banks/made-up-1.bin", "vault/segments/000001.seg", "added"], unsound.Problems.Select(problem => problem.File));
        Assert.False(Directory.Exists(_scratch.At("restored")));
        File.Delete(_scratch.At("backup", "manifest-sha256.txt"));
        Assert.IsType<BackupResult.Unsound>(await DataBackup.VerifyAsync(_scratch.At("backup"), None));
    }

    [Fact]
    public async Task A_backup_whose_manifest_fits_but_whose_chain_does_not_is_unsound()
    {
        await BackUpAsync("backup");
        using (var file = LiteFile.TryOpen(_scratch.At("backup", "monitor.db"), out _)!)
        {
            var custody = file.Database.GetCollection("custody");
            var entry = custody.FindById(1L);
            var canonical = Encoding.UTF8.GetString(entry["b"].AsBinary).Replace("\"prev\":\"0", "\"prev\":\"1", StringComparison.Ordinal);
            entry["b"] = Encoding.UTF8.GetBytes(canonical);
            custody.Update(entry);
            file.Database.Checkpoint();
        }

        File.Delete(_scratch.At("backup", "monitor-log.db"));
        File.Delete(_scratch.At("backup", "manifest-sha256.txt"));
        BackupManifest.Write(_scratch.At("backup"));
        var unsound = Assert.IsType<BackupResult.Unsound>(await DataBackup.VerifyAsync(_scratch.At("backup"), None));
        Assert.Contains("chain breaks at 1", Assert.Single(unsound.Problems).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bank_file_that_is_not_there_or_not_ours_is_named()
    {
        await _store.CommitAsync(new ChangeSet().Put(Rows.Bank("gone")).Put(Rows.Bank("out") with { File = "../outside" }).Log(Rows.Act("bank")), None);
        await File.WriteAllTextAsync(_scratch.At("outside"), "not ours");
        var unsound = Assert.IsType<BackupResult.Unsound>(await DataBackup.CreateAsync(_store, _vault, _scratch.At("backup"), false, None));
        Assert.Equal(["../outside", "banks/gone-1.bin"], unsound.Problems.Select(problem => problem.File).Order(StringComparer.Ordinal));
    }
}
