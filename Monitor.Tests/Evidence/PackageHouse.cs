using System.Diagnostics;
using Monitor.Rules.Evidence;
using Monitor.Tests.Loopback;
using Monitor.Tests.Operations;
using Monitor.Tests.Pipeline;
using Monitor.Worker.Ports;
using Org.BouncyCastle.Bcpg.OpenPgp;

namespace Monitor.Tests.Evidence;

/// <summary>A house with a case that was seen, demanded, seen again; a signing certificate and a time stamping authority of this machine's openssl.</summary>
internal sealed class PackageHouse : IAsyncDisposable
{
    public static readonly byte[] Picture = [0xFF, 0xD8, 0xFF, .. Enumerable.Range(0, 5000).Select(at => (byte)(at * 7))];

    private PackageHouse(DeskHouse inner, LocalAuthority authority) => (Inner, Authority) = (inner, authority);

    public DeskHouse Inner { get; }

    public LocalAuthority Authority { get; }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <param name="renderer">Null: none, or with <paramref name="browser"/> that of this machine; it takes seconds a package.</param>
    /// <param name="serve">Puts another page and picture on the site before anybody looks.</param>
    public static async Task<PackageHouse> OpenAsync(Action<Loopback.ScriptedHttpServer>? serve = null, IPageRenderer? renderer = null, bool browser = false)
    {
        var authority = LocalAuthority.Open();
        authority.Certificate("signer", "So Mau ky chung cu", "sign", "root");
        var house = await DeskHouse.OpenAsync(removal: $"  hard-confirmations: 3\ncustody:\n  tsa-url: {authority.Url}\n  tsa-roots: {authority.RootFile}\nevidence:\n  signing-certificate: {authority.At("signer.pem")}\n  signing-key: {authority.At("signer.key")}", configure: config =>
            config.Replace("watchlists/sample.yaml", "expires-on: 2027-12-31", "expires-on: " + TimeProvider.System.GetUtcNow().AddDays(300).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)), renderer: renderer ?? (browser ? null : new NoBrowser()));
        // Certificates of openssl are valid from now on.
        house.Clock.MoveTo(TimeProvider.System.GetUtcNow().AddMinutes(1));
        house.Site.OnText("/u/hoa.mai/bai/1001", VantageHouse.Page.Replace("<p>Gian hàng số 0", "<img src=\"/anh.jpg\" width=\"400\" height=\"300\"><p>Gian hàng số 0", StringComparison.Ordinal));
        house.Site.On("/anh.jpg", exchange => exchange.RespondAsync(200, Picture, ("Content-Type", "image/jpeg")));
        serve?.Invoke(house.Site);
        await house.DemandAsync();
        house.Later(2);
        await house.House.Sweeps.InspectDueAsync(Token);
        return new PackageHouse(house, authority);
    }

    /// <summary>Asked, checked, approved, built; the encrypted file.</summary>
    public async Task<(EvidenceRequest Request, string File)> BuildAsync(string? key = null, DateTimeOffset? from = null)
    {
        var order = EvidenceRequestTests.Order("T000001") with { From = from };
        var taken = DeskHouse.Done(await Inner.House.Evidence.TakeInAsync(Inner.As("an.nguyen"), key is null ? order : order with { RecipientKey = key }, Token));
        DeskHouse.Done(await Inner.House.Evidence.CheckAsync(Inner.As("dung.pham"), taken.Id, "đúng căn cứ", Token));
        DeskHouse.Done(await Inner.House.Evidence.ApproveAsync(Inner.As("chi.le"), taken.Id, "duyệt", Token));
        var (request, withheld) = DeskHouse.Done(await Inner.House.Packages.BuildAsync(Inner.As("binh.tran"), taken.Id, "lập gói", Token));
        Assert.Empty(withheld);
        return (request, Inner.House.Packages.PathOf(request));
    }

    /// <summary>What the officer does with the secret key.</summary>
    public static byte[] Decrypt(string file)
    {
        using var encrypted = File.OpenRead(file);
        var objects = new PgpObjectFactory(PgpUtilities.GetDecoderStream(encrypted));
        var list = (PgpEncryptedDataList)objects.NextPgpObject();
        using var secrets = PgpUtilities.GetDecoderStream(new MemoryStream(System.Text.Encoding.ASCII.GetBytes(OfficerKey.Secret)));
        var bundle = new PgpSecretKeyRingBundle(secrets);
        var data = list.GetEncryptedDataObjects().OfType<PgpPublicKeyEncryptedData>().Single();
        using var clear = data.GetDataStream(bundle.GetSecretKey(data.KeyId).ExtractPrivateKey(OfficerKey.Passphrase));
        var literal = (PgpLiteralData)new PgpObjectFactory(clear).NextPgpObject();
        using var to = new MemoryStream();
        literal.GetInputStream().CopyTo(to);
        Assert.True(data.IsIntegrityProtected() && data.Verify());
        return to.ToArray();
    }

    /// <summary>Runs a shell command; exit code and what it said.</summary>
    public static (int Exit, string Said) Shell(string directory, string command)
    {
        var start = new ProcessStartInfo("/bin/sh", ["-c", command]) { WorkingDirectory = directory, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        using var process = System.Diagnostics.Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + error.GetAwaiter().GetResult());
    }

    public async ValueTask DisposeAsync()
    {
        await Inner.DisposeAsync();
        await Authority.DisposeAsync();
    }

    private sealed class NoBrowser : IPageRenderer
    {
        public RendererState State => new RendererState.Unavailable("none in this test");

        public Task<RenderOutcome> RenderAsync(RenderRequest request, IPartSource parts, CancellationToken cancellation) => Task.FromResult<RenderOutcome>(new RenderOutcome.Unavailable("none in this test"));
    }
}
