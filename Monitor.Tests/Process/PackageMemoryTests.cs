using System.Globalization;
using System.Security.Cryptography;
using Monitor.Rules.Evidence;
using Monitor.Rules.Hashing;
using Monitor.Rules.WatchLists;
using Monitor.Worker.Evidence;
using Monitor.Worker.LiteStore;
using Monitor.Worker.Operations;
using Monitor.Worker.Ports;

namespace Monitor.Tests.Process;

/// <summary>A large package is written one sealed item after the other: what the program needs for it does not grow with the package.</summary>
[Collection(ProcessCollection.Name)]
public sealed class PackageMemoryTests(ITestOutputHelper output)
{
    private const int Megabyte = 1024 * 1024;

    /// <summary>As large as a media item may be in the shipped configuration (fetch.max-media-megabytes).</summary>
    private const int Item = 32 * Megabyte;

    /// <summary>The whole program's peak.</summary>
    private const double MostMegabytes = 300;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>192 MB in CI, 1 GB in the nightly run.</summary>
    private static int Items => Nightly.IsOn ? 32 : 6;

    [Fact]
    public async Task A_large_package_is_written_in_bounded_memory()
    {
        await using var desk = await EvidenceDesk.OpenAsync(9);
        var target = "";
        await desk.Installation.WhileRunningAsync(async _ =>
        {
            target = (await desk.WatchAsync(1)).Single().Target;
            await desk.ApproveAsync("E000001", target);
        }, Token);
        await SealAsync(desk.Installation.Data, target);
        await desk.Installation.WhileRunningAsync(async process =>
        {
            var began = TimeProvider.System.GetTimestamp();
            Assert.Equal((0, ""), EvidenceDesk.Exit(await desk.BuildAsync("E000001")));
            var took = TimeProvider.System.GetElapsedTime(began);
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Items * Item / Megabyte} MB of media: {took.TotalSeconds:F1} s, peak {process.PeakMegabytes:F0} MB"));
            Assert.InRange(process.PeakMegabytes, 1, MostMegabytes);
        }, Token);

        var file = Assert.Single(Directory.GetFiles(Path.Combine(desk.Installation.Data, "packages")));
        // Random bytes do not get smaller: everything is in it.
        Assert.InRange(new FileInfo(file).Length, (long)Items * Item, long.MaxValue);
    }

    /// <summary>Media of the target's page, sealed as a look would have; nobody has the directory meanwhile.</summary>
    private static async Task SealAsync(string data, string id)
    {
        await using var store = Assert.IsType<StoreOpening.Opened>(await LiteMonitorStore.OpenAsync(data)).Store;
        await using var vault = Assert.IsType<VaultOpening.Opened>(await SealedVault.OpenAsync(data, TimeProvider.System)).Vault;
        var target = (await store.FindTargetAsync(id, AgencyScope.All, Token))!;
        var media = new List<KnownMedia>(target.Media);
        for (var i = 0; i < Items; i++)
        {
            var content = RandomNumberGenerator.GetBytes(Item);
            var item = (await vault.SealAsync([new SealRequest(id, VaultKinds.Media, content)], Token)).Single();
            var digest = Digest.FromBytes(DigestKind.Sha256, SHA256.HashData(content));
            var url = string.Create(CultureInfo.InvariantCulture, $"http://{target.Host}/lon/{i}.bin");
            media.Add(new KnownMedia { Url = url, FirstSeenAt = target.Last!.At, LastSeenAt = target.Last.At, Record = new CapturedRecord(item, "urn:uuid:" + Guid.NewGuid(), url, target.Last!.At, digest, digest) });
        }

        await store.CommitAsync(new ChangeSet().Put(target with { Media = media }).Log(Actor.System.Log(target.Last!.At, "watch", id)), Token);
    }
}
