using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Monitor.Rules.Custody;
using Monitor.Rules.Evidence;
using Monitor.Tests.Evidence;
using Monitor.Worker.Evidence;
using Monitor.Worker.LiteStore;
using Monitor.Worker.Ports;
using Monitor.Worker.Warc;

namespace Monitor.Tests.Process;

/// <summary>
/// The real program is killed while it captures pages and while it writes packages, and started again. What it acknowledged is there, whole and
/// sealed; the log and the store tell the same; and what was broken off is done by asking again.
/// </summary>
[Collection(ProcessCollection.Name)]
public sealed class EvidenceKillTests(ITestOutputHelper output)
{
    private const int Seed = 20261127;

    private readonly Random _dice = new(Seed);
    private readonly HashSet<string> _observations = [];
    private readonly List<string> _targets = [];
    private readonly Dictionary<string, int> _built = [];
    private int _capturing;
    private int _packaging;
    private int _unanswered;
    private TimeSpan _longestBuild;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>25 in CI, 300 in the nightly run (MONITOR_NIGHTLY=1), or as many as MONITOR_NIGHTLY says.</summary>
    private static int Points => Nightly.Points(25, 300);

    [Fact]
    public async Task Captures_and_packages_survive_being_killed()
    {
        await using var desk = await EvidenceDesk.OpenAsync(7);
        var installation = desk.Installation;
        var requests = await BeginAsync(desk);
        for (var life = 0; life < Points; life++)
        {
            await LiveAndDieAsync(desk, requests, life);
            if ((life + 1) % 50 == 0)
            {
                output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{life + 1} of {Points} lives"));
            }
        }

        await PackagesAsync(installation, requests);
        await installation.WhileRunningAsync(async _ =>
        {
            foreach (var request in requests)
            {
                Assert.Equal((0, ""), EvidenceDesk.Exit(await BuildAsync(desk, request)));
            }
        }, Token);

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"killed {_capturing} times while capturing, {_packaging} while packaging; {_unanswered} calls not answered; {_observations.Count} looks and {_built.Values.Sum()} packages acknowledged"));
        Assert.InRange(_unanswered, 1, int.MaxValue);
        await JudgeAsync(desk, requests);
    }

    /// <summary>Pages seen once, and an approved request for each of three of them.</summary>
    private async Task<List<string>> BeginAsync(EvidenceDesk desk)
    {
        var requests = new List<string>();
        await desk.Installation.WhileRunningAsync(async _ =>
        {
            foreach (var (target, look) in await desk.WatchAsync(3))
            {
                Assert.True(Looked(look));
                _targets.Add(target);
                requests.Add(string.Create(CultureInfo.InvariantCulture, $"E{requests.Count + 1:D6}"));
                await desk.ApproveAsync(requests[^1], target);
            }

            // The first shows how long one takes, for the others to be struck within it.
            Assert.Equal((0, ""), EvidenceDesk.Exit(await BuildAsync(desk, requests[0])));
        }, Token);
        return requests;
    }

    private async Task LiveAndDieAsync(EvidenceDesk desk, List<string> requests, int life)
    {
        await using var process = desk.Installation.Start();
        Assert.True(await desk.Installation.HealthyAsync(process, Token), process.Error);
        var packaging = life % 2 == 1;
        var request = requests[_dice.Next(requests.Count)];
        // Drawn before the work begins, which draws too: one at a time.
        var pause = TimeSpan.FromMilliseconds(_dice.Next(5, packaging ? (int)_longestBuild.TotalMilliseconds + 50 : 400));
        var work = Task.Run(async () =>
        {
            while (!process.HasExited)
            {
                if (packaging)
                {
                    await BuildAsync(desk, request);
                }
                else
                {
                    Looked(await desk.InspectAsync(_targets[_dice.Next(_targets.Count)]));
                }
            }
        }, Token);
        await Task.Delay(pause, Token);
        process.Kill();
        Assert.Equal(128 + 9, await process.ExitAsync(Token));
        await work;
        _ = packaging ? _packaging++ : _capturing++;
    }

    private bool Looked(Answer answer)
    {
        if (!Told(answer))
        {
            return false;
        }

        if (answer.Lines.Single().TryGetProperty("observation", out var observation))
        {
            Assert.True(_observations.Add(observation.GetString()!), "one observation was told twice");
        }

        return true;
    }

    private async Task<Answer> BuildAsync(EvidenceDesk desk, string request)
    {
        var began = TimeProvider.System.GetTimestamp();
        var answer = await desk.BuildAsync(request);
        if (Told(answer))
        {
            _built[request] = _built.GetValueOrDefault(request) + 1;
            _longestBuild = new[] { _longestBuild, TimeProvider.System.GetElapsedTime(began) }.Max();
        }

        return answer;
    }

    /// <summary>0: acknowledged. Otherwise the owner died over it (5), or whoever asked before is still at it (4).</summary>
    private bool Told(Answer answer)
    {
        if (answer.Exit == 0)
        {
            return true;
        }

        _unanswered++;
        Assert.True(answer.Exit is 4 or 5, $"exit {answer.Exit}: {answer.Output}{answer.Error}");
        return false;
    }

    /// <summary>The file of each package that the store knows, which must be there and be the one.</summary>
    private static async Task<Dictionary<string, string>> PackagesAsync(Installation installation, List<string> requests)
    {
        var files = new Dictionary<string, string>();
        await using var store = Assert.IsType<StoreOpening.Opened>(await LiteMonitorStore.OpenAsync(installation.Data)).Store;
        foreach (var id in requests)
        {
            if ((await store.FindEvidenceRequestAsync(id, AgencyScope.All, Token))!.Package is not { } package)
            {
                continue;
            }

            var sha256 = package.Sha256.ToString();
            files[id] = Path.Combine(installation.Data, "packages", $"{id}-{sha256[..16]}.zip.gpg");
            Assert.Equal(sha256, Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(files[id], Token))));
        }

        Assert.NotEmpty(files);
        return files;
    }

    private async Task JudgeAsync(EvidenceDesk desk, List<string> requests)
    {
        var installation = desk.Installation;
        await using (var store = Assert.IsType<StoreOpening.Opened>(await LiteMonitorStore.OpenAsync(installation.Data)).Store)
        await using (var vault = Assert.IsType<VaultOpening.Opened>(await SealedVault.OpenAsync(installation.Data, TimeProvider.System)).Vault)
        {
            var custody = await store.CustodyAsync(1, int.MaxValue, Token);
            Assert.Equal(await store.CustodyLengthAsync(Token), Assert.IsType<ChainVerdict.Intact>(CustodyChain.Verify(custody)).Count);
            var looks = 0;
            foreach (var target in _targets)
            {
                foreach (var look in await store.ObservationsAsync(target, 1, int.MaxValue, Token))
                {
                    looks++;
                    _observations.Remove(look.Id);
                    Assert.NotEmpty(look.Records);
                    foreach (var item in look.Records.Concat(look.Captures))
                    {
                        var opened = Assert.IsType<OpenResult.Opened>(await vault.OpenAsync(item, Token));
                        if (opened.Kind == VaultKinds.Exchanges)
                        {
                            Assert.Contains(WarcReader.Read(opened.Content), record => record.Type == "request");
                        }
                    }
                }
            }

            // Nothing that was acknowledged is missing, and the log has an entry for each look that there is, and for no other.
            Assert.Empty(_observations);
            Assert.Equal(looks, custody.Count(entry => entry.Act.Act == "inspect"));
            foreach (var id in requests)
            {
                var request = (await store.FindEvidenceRequestAsync(id, AgencyScope.All, Token))!;
                Assert.Equal(EvidenceRequestState.Built, request.State);
                Assert.InRange(custody.Count(entry => entry.Act.Act == "evidence-built" && entry.Act.Item == id), _built[id], int.MaxValue);
            }
        }

        var packages = await PackagesAsync(installation, requests);
        // The last builds took everything away that was left by those that were broken off.
        Assert.Equal(packages.Values.Order(StringComparer.Ordinal), Directory.GetFiles(Path.Combine(installation.Data, "packages")).Order(StringComparer.Ordinal));
        foreach (var (id, file) in packages)
        {
            await File.WriteAllBytesAsync(installation.At(id + ".zip"), PackageHouse.Decrypt(file), Token);
        }

        foreach (var id in requests)
        {
            Assert.Equal((0, ""), EvidenceDesk.Exit(await desk.VerifyAsync(installation.At(id + ".zip"))));
        }

        // Whatever was under way when it was killed, nothing of a page lies anywhere in the open.
        foreach (var file in Directory.EnumerateFiles(installation.Data, "*", SearchOption.AllDirectories))
        {
            var bytes = await File.ReadAllBytesAsync(file, Token);
            Assert.True(bytes.AsSpan().IndexOf("<html"u8) < 0 && bytes.AsSpan().IndexOf("WARC/1.1"u8) < 0, $"{Path.GetRelativePath(installation.Data, file)} has content in the open");
        }
    }
}
