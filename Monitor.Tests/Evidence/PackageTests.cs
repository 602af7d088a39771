using System.IO.Compression;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Monitor.Rules.Custody;
using Monitor.Rules.Evidence;
using Monitor.Tests.Contracts;
using Monitor.Tests.Operations;
using Monitor.Worker.Evidence.Packaging;
using Monitor.Worker.Evidence.Timestamping;
using UglyToad.PdfPig;

namespace Monitor.Tests.Evidence;

/// <summary>The package: checkable by strangers, the same for the same content, and every change to it is told.</summary>
public sealed partial class PackageTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static Task<IReadOnlyList<PackageFinding>> VerifyAsync(string path, PackageHouse house) =>
        PackageVerifier.RunAsync(path, TimestampCheck.Roots(house.Authority.RootFile), TimestampCheck.Roots(house.Authority.RootFile), null, Token);

    [Fact]
    public async Task A_stranger_checks_it_with_public_tools_by_the_commands_inside()
    {
        await using var house = await PackageHouse.OpenAsync();
        var (request, file) = await house.BuildAsync();
        Assert.Equal(EvidenceRequestState.Built, request.State);
        using var scratch = new Scratch();
        await File.WriteAllBytesAsync(scratch.At("goi.zip"), PackageHouse.Decrypt(file), Token);
        ZipFile.ExtractToDirectory(scratch.At("goi.zip"), scratch.At("goi"));
        File.Copy(house.Authority.RootFile, scratch.At("goi", "root.pem"));
        File.Copy(house.Authority.RootFile, scratch.At("goi", "tsa-root.pem"));
        var text = await File.ReadAllTextAsync(scratch.At("goi", "VERIFY.md"), Token);
        var commands = Commands().Matches(text).Select(match => match.Groups["commands"].Value.Trim()).ToList();
        Assert.Equal(4, commands.Count);
        foreach (var command in commands)
        {
            var (exit, said) = PackageHouse.Shell(scratch.At("goi"), "set -e\n" + command);
            Assert.True(exit == 0, command + "\n" + said);
        }

        // Each record's digest is what the log said when it was seen.
        var log = await File.ReadAllTextAsync(scratch.At("goi", "data", "custody", "custody.jsonl"), Token);
        foreach (var warc in Directory.GetFiles(scratch.At("goi", "data", "capture"), "*.warc.gz"))
        {
            var (exit, said) = PackageHouse.Shell(scratch.At("goi"), $"gzip -dc {warc} | sha256sum");
            Assert.Equal(0, exit);
            Assert.Contains("sha256:" + said[..64], log, StringComparison.Ordinal);
        }

        Assert.All(await VerifyAsync(scratch.At("goi.zip"), house), finding => Assert.True(finding.Good, finding.ToString()));
        Assert.All(await VerifyAsync(scratch.At("goi"), house), finding => Assert.True(finding.Good, finding.ToString()));
        Assert.Equal("encrypted", Assert.Single(await VerifyAsync(file, house)).Why);
    }

    [Fact]
    public async Task Public_tools_read_the_wire_records_and_replay_the_archive()
    {
        var tools = Environment.GetEnvironmentVariable("MONITOR_NPM_TOOLS") is { Length: > 0 } given ? given : null;
        if (tools is null)
            Assert.SkipUnless(Environment.GetEnvironmentVariable("CI") is { Length: > 0 }, "npm warcio and js-wacz are not installed (MONITOR_NPM_TOOLS)");
        await using var house = await PackageHouse.OpenAsync();
        var (request, file) = await house.BuildAsync();
        using var scratch = new Scratch();
        await File.WriteAllBytesAsync(scratch.At("goi.zip"), PackageHouse.Decrypt(file), Token);
        ZipFile.ExtractToDirectory(scratch.At("goi.zip"), scratch.At("goi"));
        foreach (var warc in Directory.GetFiles(scratch.At("goi", "data", "capture"), "*.warc.gz"))
        {
            var (exit, said) = PackageHouse.Shell(scratch.Path, $"'{tools}/node_modules/.bin/warcio' cdx-index '{warc}'");
            Assert.True(exit == 0, said);
            Assert.Contains("trang-mau.example", said, StringComparison.Ordinal);
        }

        ZipFile.ExtractToDirectory(scratch.At("goi", "data", "capture", request.Id + ".wacz"), scratch.At("wacz"));
        var (indexed, list) = PackageHouse.Shell(scratch.Path, $"'{tools}/node_modules/.bin/warcio' cdx-index '{scratch.At("wacz", "archive", "data.warc.gz")}'");
        Assert.True(indexed == 0, list);
        // Our index and theirs agree on where each answer stands.
        var ours = await File.ReadAllLinesAsync(scratch.At("wacz", "indexes", "index.cdxj"), Token);
        var places = ours.Select(line => Place().Match(line).Groups["offset"].Value).Order(StringComparer.Ordinal);
        Assert.Equal(list.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => Place().Match(line).Groups["offset"].Value).Where(place => place.Length > 0).Distinct().Order(StringComparer.Ordinal).Intersect(places, StringComparer.Ordinal), places);
        // Each answer under the type that its server gave ("unk" where it gave none), the page under its title.
        string TypeOf(string path) => string.Join(' ', ours.Where(line => line.Contains(path, StringComparison.Ordinal)).Select(line => JsonDocument.Parse(line[line.IndexOf('{', StringComparison.Ordinal)..]).RootElement.GetProperty("mime").GetString()));
        Assert.Equal(("unk", "warc/revisit", "text/html warc/revisit"), (TypeOf("/robots.txt"), TypeOf("/anh.jpg"), TypeOf("/bai/1001")));
        Assert.Contains("\"title\":\"Chợ hoa ngày Tết\"", await File.ReadAllTextAsync(scratch.At("wacz", "pages", "pages.jsonl"), Token), StringComparison.Ordinal);
        var (made, output) = PackageHouse.Shell(scratch.Path, $"'{tools}/node_modules/.bin/js-wacz' create -f '{scratch.At("wacz", "archive")}/*.warc.gz' -o '{scratch.At("theirs.wacz")}'");
        Assert.True(made == 0 && File.Exists(scratch.At("theirs.wacz")), output);
    }

    [Fact]
    public async Task Gpg_and_openssl_open_what_was_encrypted()
    {
        await using var house = await PackageHouse.OpenAsync();
        house.Authority.Certificate("officer", "Dieu tra vien", "stamp", "root");
        PackageHouse.Shell(house.Authority.Directory, "openssl req -x509 -newkey rsa:2048 -nodes -keyout dtv.key -out dtv.pem -days 300 -subj /CN=DTV -addext keyUsage=keyEncipherment");
        var (_, file) = await house.BuildAsync(await File.ReadAllTextAsync(house.Authority.At("dtv.pem"), Token));
        Assert.EndsWith(".zip.p7m", file, StringComparison.Ordinal);
        LocalAuthorityRun(house, "cms", "-decrypt", "-binary", "-inform", "DER", "-in", file, "-recip", "dtv.pem", "-inkey", "dtv.key", "-out", "goi.zip");
        Assert.All(await VerifyAsync(house.Authority.At("goi.zip"), house), finding => Assert.True(finding.Good, finding.ToString()));

        if (!File.Exists("/usr/bin/gpg"))
        {
            Assert.SkipUnless(Environment.GetEnvironmentVariable("CI") is { Length: > 0 }, "gpg is not installed");
            Assert.Fail("gpg is not installed");
        }

        var (request, second) = await house.BuildAsync();
        using var scratch = new Scratch();
        await File.WriteAllTextAsync(scratch.At("secret.asc"), OfficerKey.Secret, Token);
        Directory.CreateDirectory(scratch.At("g"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var gpg = $"gpg --homedir {scratch.At("g")} --batch --quiet --pinentry-mode loopback --passphrase {new string(OfficerKey.Passphrase)}";
        var (exit, said) = PackageHouse.Shell(scratch.Path, $"{gpg} --import secret.asc && {gpg} --output goi.zip --decrypt {second}; s=$?; gpgconf --homedir {scratch.At("g")} --kill all; exit $s");
        Assert.True(exit == 0, said);
        Assert.All(await VerifyAsync(scratch.At("goi.zip"), house), finding => Assert.True(finding.Good, finding.ToString()));
        Assert.Equal("E000002", request.Id);
    }

    private static void LocalAuthorityRun(PackageHouse house, params string[] words) => Loopback.LocalAuthority.Run(house.Authority.Directory, words);

    [Fact]
    public async Task Every_change_is_told()
    {
        await using var house = await PackageHouse.OpenAsync();
        var (_, file) = await house.BuildAsync();
        using var scratch = new Scratch();
        var whole = PackageHouse.Decrypt(file);
        async Task<IReadOnlyList<PackageFinding>> OfAsync(byte[] bytes)
        {
            await File.WriteAllBytesAsync(scratch.At("x.zip"), bytes, Token);
            return await VerifyAsync(scratch.At("x.zip"), house);
        }

        // Any bit of the archive, sampled.
        var random = new Random(1);
        for (var i = 0; i < 300; i++)
        {
            var changed = whole.ToArray();
            changed[i < 40 ? i : i < 120 ? changed.Length - 1 - (i * 7) : random.Next(changed.Length)] ^= (byte)(1 << random.Next(8));
            Assert.Contains(await OfAsync(changed), finding => !finding.Good);
        }

        // Every bit of one entry of the directory, and of the end that leads there: where a file begins and how long it is.
        var entry = whole.AsSpan().IndexOf("PK\u0001\u0002"u8);
        foreach (var bit in Enumerable.Range(entry * 8, 46 * 8).Concat(Enumerable.Range((whole.Length - 22) * 8, 22 * 8)))
        {
            var changed = whole.ToArray();
            changed[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.Contains(await OfAsync(changed), finding => !finding.Good);
        }

        foreach (var length in new[] { whole.Length - 1, whole.Length / 2, 10, 0 })
            Assert.Contains(await OfAsync(whole[..length]), finding => !finding.Good);
        Assert.Contains(await OfAsync([.. whole, 0]), finding => !finding.Good);

        // File by file, in the directory that it was unpacked into.
        await File.WriteAllBytesAsync(scratch.At("goi.zip"), whole, Token);
        ZipFile.ExtractToDirectory(scratch.At("goi.zip"), scratch.At("goi"));
        foreach (var path in Directory.GetFiles(scratch.At("goi"), "*", SearchOption.AllDirectories))
        {
            var bytes = await File.ReadAllBytesAsync(path, Token);
            foreach (var at in new[] { 0, bytes.Length / 2, bytes.Length - 1 })
            {
                var changed = bytes.ToArray();
                changed[at] ^= 4;
                await File.WriteAllBytesAsync(path, changed, Token);
                Assert.True((await VerifyAsync(scratch.At("goi"), house)).Any(finding => !finding.Good), $"{path} byte {at} of {bytes.Length}");
            }

            File.Delete(path);
            var missing = await VerifyAsync(scratch.At("goi"), house);
            Assert.True(missing.Any(finding => !finding.Good) || path.EndsWith(".tsr", StringComparison.Ordinal), path);
            await File.WriteAllBytesAsync(path, bytes, Token);
        }

        await File.WriteAllTextAsync(scratch.At("goi", "data", "them.txt"), "x", Token);
        Assert.Contains(await VerifyAsync(scratch.At("goi"), house), finding => finding is { Good: false, What: "data/them.txt", Why: "added" });
        File.Delete(scratch.At("goi", "data", "them.txt"));
        Assert.DoesNotContain(await VerifyAsync(scratch.At("goi"), house), finding => !finding.Good);

        // A record dropped at its boundary, and everything that lists it made to fit: the log knows what was seen.
        var warc = Directory.GetFiles(scratch.At("goi", "data", "capture"), "*-1.warc.gz")[0];
        await CutLastMemberAsync(warc);
        PackageHouse.Shell(scratch.At("goi"), "sha256sum $(find data -type f | sort) > manifest-sha256.txt && sha256sum VERIFY.md bag-info.txt bagit.txt manifest-sha256.txt trust/signer.pem > tagmanifest-sha256.txt");
        var forged = await VerifyAsync(scratch.At("goi"), house);
        Assert.Contains(forged, finding => finding is { Good: false, Check: "signature" });
        Assert.Contains(forged, finding => finding is { Good: false, Check: "warc", Why: "not-in-the-log" });

        // Another signer than the one that is trusted, and another log key.
        house.Authority.Certificate("other", "Goc Khac", "ca", issuer: null);
        var other = await PackageVerifier.RunAsync(scratch.At("goi.zip"), TimestampCheck.Roots(house.Authority.At("other.pem")), TimestampCheck.Roots(house.Authority.At("other.pem")), new NoteKey("x", NoteKey.Ed25519, new byte[32]), Token);
        Assert.Equal(["custody", "signature", "stamp"], other.Where(finding => !finding.Good).Select(finding => finding.Check).Order(StringComparer.Ordinal));
    }

    private static async Task CutLastMemberAsync(string warc)
    {
        var bytes = await File.ReadAllBytesAsync(warc, Token);
        var last = 0;
        for (var at = 1; at < bytes.Length - 3; at++)
        {
            if (bytes[at] == 0x1F && bytes[at + 1] == 0x8B && bytes[at + 2] == 8)
                last = at;
        }

        Assert.True(last > 0);
        await File.WriteAllBytesAsync(warc, bytes[..last], Token);
    }

    [Fact]
    public async Task The_same_content_gives_the_same_package_but_for_signature_and_stamp()
    {
        await using var house = await PackageHouse.OpenAsync();
        var (request, file) = await house.BuildAsync();
        var first = Read(PackageHouse.Decrypt(file));
        // Built again at the same instant: the log has grown by the building, so that its part differs, and nothing else does.
        var (again, _) = DeskHouse.Done(await house.Inner.House.Packages.BuildAsync(house.Inner.As("binh.tran"), request.Id, "lập lại", Token));
        // The store knows the new one alone; the other is gone.
        Assert.Equal([house.Inner.House.Packages.PathOf(again)], Directory.GetFiles(house.Inner.House.Packages.Directory));
        var second = Read(PackageHouse.Decrypt(house.Inner.House.Packages.PathOf(again)));
        string[] ofTheLog = ["data/custody/", "signatures/", "manifest-sha256.txt", "tagmanifest-sha256.txt", "data/report/", "bag-info.txt"];
        foreach (var (name, bytes) in first.Where(one => !ofTheLog.Any(prefix => one.Key.StartsWith(prefix, StringComparison.Ordinal))))
            Assert.True(bytes.AsSpan().SequenceEqual(second[name]), name);
        Assert.Contains(first.Keys, name => name.EndsWith(".wacz", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_report_says_in_Vietnamese_what_is_in_it_and_what_it_does_not_prove()
    {
        await using var house = await PackageHouse.OpenAsync();
        var (request, file) = await house.BuildAsync();
        var files = Read(PackageHouse.Decrypt(file));
        var pdf = files["data/report/bao-cao.pdf"];
        if (Environment.GetEnvironmentVariable("MONITOR_KEEP") is { Length: > 0 } keep)
            await File.WriteAllBytesAsync(Path.Combine(keep, "bao-cao.pdf"), pdf, Token);
        using var document = PdfDocument.Open(pdf);
        var text = string.Join(' ', document.GetPages().Select(page => page.Text));
        foreach (var words in new[] { "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "BIÊN BẢN", request.Id, "Bộ luật Tố tụng hình sự", "Phạm Quốc Dũng", "T000001", "manh mối", "TLS bảo vệ đường truyền" })
            Assert.Contains(words.Replace(" ", "", StringComparison.Ordinal), text.Replace(" ", "", StringComparison.Ordinal), StringComparison.Ordinal);
        foreach (var name in files.Keys.Where(name => name.StartsWith("data/capture/", StringComparison.Ordinal)))
            Assert.Contains(name.Replace(" ", "", StringComparison.Ordinal), text.Replace(" ", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("\"@graph\"", Encoding.UTF8.GetString(files["data/report/case.jsonld"]), StringComparison.Ordinal);
        // The media file is there, and nothing of it in clear anywhere on the disk.
        Assert.Contains(files.Keys, name => name.StartsWith("data/capture/T000001-00000001-", StringComparison.Ordinal));
        Assert.DoesNotContain(Directory.GetFiles(house.Inner.House.Options.DataDirectory, "*", SearchOption.AllDirectories).Where(path => Path.GetFileName(path) != "owner.lock"), path => Shared(path).AsSpan().IndexOf(PackageHouse.Picture.AsSpan(200, 32)) >= 0);
    }

    [Fact]
    public async Task It_goes_from_the_house_to_the_officer_and_is_kept_for_its_time()
    {
        await using var house = await PackageHouse.OpenAsync();
        var (request, file) = await house.BuildAsync(from: house.Inner.Clock.GetUtcNow().AddMinutes(-30));
        var files = Read(PackageHouse.Decrypt(file));
        // The second look refers to the first, which therefore comes along.
        Assert.Contains(files.Keys, name => name.Contains("-before-", StringComparison.Ordinal));
        using var scratch = new Scratch();
        var desk = house.Inner;
        Assert.Equal("evidence-state", DeskHouse.Refused(await desk.House.Packages.ReceiptAsync(desk.As("binh.tran"), request.Id, "BN-1", "", Token)));
        var handed = DeskHouse.Done(await desk.House.Packages.ExportAsync(desk.As("binh.tran"), request.Id, "giao trực tiếp trên USB", scratch.At("goi.zip.gpg"), Token));
        Assert.Equal(EvidenceRequestState.Delivered, handed.State);
        Assert.Equal(await File.ReadAllBytesAsync(file, Token), await File.ReadAllBytesAsync(scratch.At("goi.zip.gpg"), Token));
        var sent = handed.Package!.Sha256.ToString();
        Assert.Equal("receipt-digest-form", DeskHouse.Refused(await desk.House.Packages.ReceiptAsync(desk.As("binh.tran"), request.Id, "BN-1", sent[1..], Token)));
        Assert.Equal("receipt-digest", DeskHouse.Refused(await desk.House.Packages.ReceiptAsync(desk.As("binh.tran"), request.Id, "BN-1", new string('0', 64), Token)));
        var receipted = DeskHouse.Done(await desk.House.Packages.ReceiptAsync(desk.As("binh.tran"), request.Id, "BN-1", sent.ToUpperInvariant(), Token));
        Assert.Equal(desk.Clock.GetUtcNow().AddDays(3650), receipted.RetainUntil!.Value, TimeSpan.FromSeconds(1));
        Assert.Equal("receipt-digest", DeskHouse.Refused(await desk.House.Packages.ReceiptAsync(desk.As("binh.tran"), request.Id, "BN-2", new string('0', 64), Token)));
        Assert.Equal([handed.Package.Sha256], (await desk.Store.CustodyOfAsync(request.Id, Token))[^1].Act.Digests);
        Assert.Equal("evidence-retained", DeskHouse.Refused(await desk.House.Evidence.AskReleaseAsync(desk.As("chi.le"), request.Id, "thôi", Token)));
        Assert.Equal(
            ["evidence-request", "evidence-check", "evidence-approve", "evidence-build", "evidence-rendered", "evidence-built", "evidence-handed-over", "evidence-receipt"],
            (await desk.Store.CustodyOfAsync(request.Id, Token)).Select(entry => entry.Act.Act));
    }

    [Fact]
    public async Task What_stands_in_the_way_is_said()
    {
        await using var house = await DeskHouse.OpenAsync();
        await house.DemandAsync();
        var taken = DeskHouse.Done(await house.House.Evidence.TakeInAsync(house.As("an.nguyen"), EvidenceRequestTests.Order("T000001"), Token));
        Assert.Equal("evidence-state", DeskHouse.Refused(await house.House.Packages.BuildAsync(house.As("binh.tran"), taken.Id, "lập", Token)));
        DeskHouse.Done(await house.House.Evidence.CheckAsync(house.As("dung.pham"), taken.Id, "đúng", Token));
        DeskHouse.Done(await house.House.Evidence.ApproveAsync(house.As("chi.le"), taken.Id, "duyệt", Token));
        Assert.Equal("package-signing-not-configured", DeskHouse.Refused(await house.House.Packages.BuildAsync(house.As("binh.tran"), taken.Id, "lập", Token)));
        Assert.Equal("role-needed", DeskHouse.Refused(await house.House.Packages.BuildAsync(house.As("an.nguyen"), taken.Id, "lập", Token)));
        Assert.False(Directory.Exists(house.House.Packages.Directory) && Directory.GetFiles(house.House.Packages.Directory).Length > 0);
    }

    private static byte[] Shared(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var to = new MemoryStream();
        stream.CopyTo(to);
        return to.ToArray();
    }

    private static Dictionary<string, byte[]> Read(byte[] zip)
    {
        using var archive = new ZipArchive(new MemoryStream(zip));
        var files = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (var entry in archive.Entries)
        {
            using var stream = entry.Open();
            using var to = new MemoryStream();
            stream.CopyTo(to);
            files.Add(entry.FullName, to.ToArray());
        }

        return files;
    }

    [GeneratedRegex("```sh\n(?<commands>.*?)```", RegexOptions.Singleline | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Commands();

    [GeneratedRegex("\"offset\": ?\"?(?<offset>[0-9]+)", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Place();
}
