using System.Text;
using Monitor.Rules.Custody;
using Monitor.Tests.Loopback;
using Monitor.Tests.Operations;
using Monitor.Worker.Evidence.LogSigning;
using Monitor.Worker.Operations;
using Monitor.Worker.Ports;

namespace Monitor.Tests.Custody;

/// <summary>The log as it is published: one root for each size, stamped sooner or later, countersigned, with keys that change in the open.</summary>
public sealed class CheckpointOperationsTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static Task<CustodyReport> VerifyAsync(DeskHouse house, params IReadOnlyList<(string, string)> given) => house.House.CustodyVerification.RunAsync(given, [], null, Token);

    [Fact]
    public async Task The_log_is_published_by_the_hour_and_each_day_has_its_file()
    {
        await using var house = await DeskHouse.OpenAsync();
        await house.DemandAsync();
        await house.House.Sweeps.PublishAsync(Token);
        var first = (await house.Store.LatestCheckpointAsync(Token))!;
        Assert.Equal((first.Size + 1, "mau.example/monitor"), (await house.Store.CustodyLengthAsync(Token), house.House.Checkpoints.Origin));
        Assert.True(SignedNote.TryParse(first.Note, out var note) && NoteKey.TryParse(first.Key, out var key) && note.Check(key, house.House.Checkpoints.Signer.Verify) is NoteCheck.Good);
        var file = Assert.Single(Directory.GetFiles(house.House.Checkpoints.Directory));
        Assert.Equal(first.Published, await File.ReadAllTextAsync(file, Token));

        await house.House.Sweeps.PublishAsync(Token);
        Assert.Equal(first.Size, (await house.Store.LatestCheckpointAsync(Token))!.Size);
        house.Later(1);
        await house.House.Sweeps.PublishAsync(Token);
        var second = (await house.Store.LatestCheckpointAsync(Token))!;
        Assert.True(second.Size > first.Size);
        house.Later(24);
        await house.House.Sweeps.PublishAsync(Token);
        Assert.Equal(2, Directory.GetFiles(house.House.Checkpoints.Directory).Length);

        var report = await VerifyAsync(house, ("ngay.checkpoint", await File.ReadAllTextAsync(file, Token)));
        Assert.Empty(report.Findings);
        Assert.Equal((3, 1), (report.Checkpoints, report.Given));
        // A day without a beat is told.
        Assert.NotEmpty(report.Gaps);
    }

    [Fact]
    public async Task Many_at_once_sign_one_root_for_each_size()
    {
        await using var house = await DeskHouse.OpenAsync();
        await Task.WhenAll(Enumerable.Range(0, 20).Select(at => Task.Run(async () =>
        {
            await house.Store.CommitAsync(new ChangeSet().Log(Actor.System.Log(house.House.Desk.Now, "heartbeat", "monitor")), Token);
            DeskHouse.Done(await house.House.Checkpoints.PublishAsync(Actor.System, "", Token));
        })));
        var all = await house.Store.CheckpointsAsync(-1, 1000, Token);
        Assert.Equal(all.Count, all.Select(row => row.Size).Distinct().Count());
        Assert.Empty((await VerifyAsync(house)).Findings);
    }

    [Fact]
    public async Task Stamps_are_fetched_at_once_or_later_and_say_which()
    {
        await using var authority = LocalAuthority.Open();
        await using var house = await DeskHouse.OpenAsync(removal: $"  hard-confirmations: 3\ncustody:\n  tsa-url: {authority.Url}\n  tsa-roots: {authority.RootFile}");
        await house.House.Sweeps.HeartbeatAsync(Token);
        await house.House.Sweeps.PublishAsync(Token);
        var prompt = (await house.Store.LatestCheckpointAsync(Token))!;
        Assert.NotNull(prompt.Token);
        Assert.False(prompt.TokenLate);
        // What openssl says of it, with nothing of ours.
        await File.WriteAllTextAsync(authority.At("note"), prompt.Note, Token);
        await File.WriteAllBytesAsync(authority.At("note.tsr"), prompt.Token!, Token);
        Assert.Contains("Verification: OK", LocalAuthority.Run(authority.Directory, "ts", "-verify", "-data", "note", "-in", "note.tsr", "-CAfile", "root.pem"), StringComparison.Ordinal);

        authority.Down = true;
        house.Later(2);
        await house.House.Sweeps.PublishAsync(Token);
        house.Later(2);
        await house.House.Sweeps.PublishAsync(Token);
        Assert.Equal(2, (await house.Store.CheckpointsWithoutTokenAsync(10, Token)).Count);
        Assert.Empty((await VerifyAsync(house)).Findings);
        authority.Down = false;
        house.Later(0.5);
        await house.House.Sweeps.PublishAsync(Token);
        Assert.Empty(await house.Store.CheckpointsWithoutTokenAsync(10, Token));
        var all = await house.Store.CheckpointsAsync(-1, 10, Token);
        Assert.Equal([false, true, true], all.Select(row => row.TokenLate));
        Assert.Empty((await VerifyAsync(house)).Findings);
        Assert.Equal(3, Directory.GetFiles(house.House.Checkpoints.Directory, "*.checkpoint").Length + Directory.GetFiles(house.House.Checkpoints.Directory, "*.tsr").Length + 1);

        // Over other data, changed, or by somebody else: each its own reason.
        var data = Encoding.UTF8.GetBytes(prompt.Note);
        Assert.True(house.House.Checkpoints.Authority.Check(prompt.Token, data) is StampCheck.Good { Trusted: true, Authority: "Dau thoi gian Mau" });
        Assert.Equal(new StampCheck.Bad("wrong-imprint"), house.House.Checkpoints.Authority.Check(prompt.Token, data.AsMemory(1)));
        Assert.Equal(new StampCheck.Bad("refused"), house.House.Checkpoints.Authority.Check(new byte[] { 1, 2, 3 }, data));
        authority.Certificate("other", "Goc Khac", "ca", issuer: null);
        Assert.True(Worker.Evidence.Timestamping.TimestampCheck.Of(prompt.Token, data, Worker.Evidence.Timestamping.TimestampCheck.Roots(authority.At("other.pem"))) is StampCheck.Good { Trusted: false });
        var undetected = 0;
        for (var at = 0; at < prompt.Token!.Length; at += 7)
        {
            var changed = prompt.Token.ToArray();
            changed[at] ^= 0x10;
            undetected += house.House.Checkpoints.Authority.Check(changed, data) is StampCheck.Good { Trusted: true } good && good.At != prompt.TokenAt ? 1 : 0;
        }

        Assert.Equal(0, undetected);
    }

    [Fact]
    public async Task A_new_key_is_told_by_both_and_the_old_one_is_gone()
    {
        await using var house = await DeskHouse.OpenAsync();
        await house.House.Sweeps.HeartbeatAsync(Token);
        await house.House.Sweeps.PublishAsync(Token);
        var path = Path.Combine(house.House.Options.DataDirectory, "keys", "log.key");
        var old = await File.ReadAllBytesAsync(path, Token);
        Assert.Equal("role-needed", DeskHouse.Refused(await house.House.Checkpoints.RotateKeyAsync(house.As("chi.le"), "đổi", Token)));
        var told = DeskHouse.Done(await house.House.Checkpoints.RotateKeyAsync(house.As("quan.tri"), "người giữ khoá nghỉ việc", Token));
        Assert.NotEqual(old, await File.ReadAllBytesAsync(path, Token));
        Assert.False(File.Exists(path + ".next"));
        Assert.True(SignedNote.TryParse(told.Note, out var note));
        foreach (var text in new[] { told.Key, told.PreviousKey })
            Assert.True(NoteKey.TryParse(text, out var key) && note.Check(key, house.House.Checkpoints.Signer.Verify) is NoteCheck.Good);
        house.Later(2);
        await house.House.Sweeps.PublishAsync(Token);
        Assert.Equal(2, (await house.House.Checkpoints.KeysAsync(Token)).Count);
        Assert.Empty((await VerifyAsync(house)).Findings);

        // A crash after the telling and before the files: the told key is taken into use, another one is not.
        var signer = new LogKeyFile(house.House.Options.DataDirectory);
        await File.WriteAllBytesAsync(path + ".next", old, Token);
        signer.Settle("mau.example/monitor", NoteKey.TryParse(told.PreviousKey, out var before) ? before : null);
        Assert.Equal(told.PreviousKey, signer.Key("mau.example/monitor")!.ToString());
        await File.WriteAllBytesAsync(path + ".next", new byte[32], Token);
        signer.Settle("mau.example/monitor", before);
        Assert.Equal((told.PreviousKey, false), (signer.Key("mau.example/monitor")!.ToString(), File.Exists(path + ".next")));
    }

    [Fact]
    public async Task A_witness_countersigns_what_is_ours_and_nothing_else()
    {
        var seed = Enumerable.Range(1, 32).Select(at => (byte)at).ToArray();
        var witness = LogKeyFile.WitnessKey("thanh-tra.mau.example", seed);
        await using var house = await DeskHouse.OpenAsync(removal: $"  hard-confirmations: 3\ncustody:\n  witnesses: [\"{witness}\"]");
        await house.House.Sweeps.HeartbeatAsync(Token);
        await house.House.Sweeps.PublishAsync(Token);
        var row = (await house.Store.LatestCheckpointAsync(Token))!;
        Assert.True(SignedNote.TryParse(row.Note, out var note));
        string By(string name, byte[] key) => note.With(LogKeyFile.Cosign(name, key, note.Body, house.Clock.GetUtcNow())).ToString();

        Assert.Equal("role-needed", DeskHouse.Refused(await house.House.Checkpoints.CountersignAsync(house.As("an.nguyen"), By(witness.Name, seed), Token)));
        Assert.Equal("not-a-checkpoint", DeskHouse.Refused(await house.House.Checkpoints.CountersignAsync(house.As("hanh.dang"), "x", Token)));
        Assert.Equal("no-new-cosignature", DeskHouse.Refused(await house.House.Checkpoints.CountersignAsync(house.As("hanh.dang"), By("nguoi.khac", new byte[32]), Token)));
        var forged = note.With(new NoteSignature(witness.Name, witness.Id, LogKeyFile.Cosign(witness.Name, new byte[32], note.Body, house.Clock.GetUtcNow()).Value)).ToString();
        Assert.Equal("cosignature-forged", DeskHouse.Refused(await house.House.Checkpoints.CountersignAsync(house.As("hanh.dang"), forged, Token)));
        Assert.Equal("not-our-checkpoint", DeskHouse.Refused(await house.House.Checkpoints.CountersignAsync(house.As("hanh.dang"), new SignedNote(new Checkpoint("mau.example/monitor", row.Size, MerkleHash.Empty).Body, note.Signatures).ToString(), Token)));
        var done = DeskHouse.Done(await house.House.Checkpoints.CountersignAsync(house.As("hanh.dang"), By(witness.Name, seed), Token));
        Assert.Single(done.Cosignatures);
        Assert.Equal("no-new-cosignature", DeskHouse.Refused(await house.House.Checkpoints.CountersignAsync(house.As("hanh.dang"), done.Published, Token)));
        Assert.Empty((await VerifyAsync(house, ("x", done.Published))).Findings);
    }

    [Fact]
    public async Task Proofs_lead_to_the_newest_checkpoint_however_the_log_grew()
    {
        await using var house = await DeskHouse.OpenAsync();
        for (var round = 0; round < 3; round++)
        {
            for (var i = 0; i < 230; i++)
                await house.Store.CommitAsync(new ChangeSet().Log(Actor.System.Log(house.House.Desk.Now, "heartbeat", "monitor")), Token);
            DeskHouse.Done(await house.House.Checkpoints.PublishAsync(Actor.System, "", Token));
            var latest = (await house.Store.LatestCheckpointAsync(Token))!;
            foreach (var entry in new[] { 1, 255, 256, 257, latest.Size - 1, latest.Size, latest.Size + 1 }.Where(entry => entry <= latest.Size + 1))
            {
                var (sequence, canonical, proof) = Assert.Single(await house.House.CustodyProofs.OfAsync(entry, null, Token));
                Assert.Equal(entry, sequence);
                Assert.Equal(entry <= latest.Size, proof is not null);
                Assert.True(proof is null || proof.Holds(canonical), $"entry {entry} of {latest.Size}");
            }
        }
    }
}
