using System.Globalization;
using Monitor.Tests.Evidence;
using Monitor.Tests.Loopback;

namespace Monitor.Tests.Process;

/// <summary>What people do around evidence at the command line of an installation that can sign packages.</summary>
internal sealed class EvidenceDesk : IAsyncDisposable
{
    /// <summary>A minute a second: certificates made now stay valid, and hardly anything comes due by itself.</summary>
    private const double Scale = 60;

    private EvidenceDesk(Installation installation, LocalAuthority authority) => (Installation, Authority) = (installation, authority);

    public Installation Installation { get; }

    public LocalAuthority Authority { get; }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<EvidenceDesk> OpenAsync(int seed)
    {
        var authority = LocalAuthority.Open();
        authority.Certificate("signer", "So Mau ky chung cu", "sign", "root");
        var installation = await Installation.CreateAsync(seed, Scale, TimeSpan.FromMilliseconds(5), Token,
            more: $"evidence:\n  signing-certificate: {authority.At("signer.pem")}\n  signing-key: {authority.At("signer.key")}\n");
        await File.WriteAllTextAsync(installation.At("officer.asc"), OfficerKey.Public, Token);
        return new EvidenceDesk(installation, authority);
    }

    /// <summary>Takes in the first page of so many platforms and looks at each; their target ids and what was acknowledged of the looks.</summary>
    public async Task<List<(string Target, Answer Look)>> WatchAsync(int count)
    {
        var watched = new List<(string, Answer)>();
        foreach (var (at, platform) in Installation.World.Platforms.Take(count).Index())
        {
            Assert.Equal((0, ""), Exit(await Installation.CallAsync(Token, "intake", "add", platform.Target.IntakeUrls[0], "--watchlist", "demo", "--as", "an.nguyen", "--json")));
            var target = string.Create(CultureInfo.InvariantCulture, $"T{at + 1:D6}");
            var look = await InspectAsync(target);
            Assert.Equal((0, ""), Exit(look));
            watched.Add((target, look));
        }

        return watched;
    }

    public Task<Answer> InspectAsync(string target) => Installation.CallAsync(Token, "targets", "inspect", target, "--allow-loopback-targets", "--as", "an.nguyen", "--json");

    /// <summary>Asked for, checked and approved.</summary>
    public async Task ApproveAsync(string id, string target)
    {
        Assert.Equal((0, ""), Exit(await Installation.CallAsync(Token,
            "evidence", "request", "--number", $"{id}/YC-CSHS", "--unit", "Phòng Cảnh sát hình sự", "--investigator", "Nguyễn Văn Mẫu", "--investigator-id", "ĐTV-0001",
            "--police-case", "VA-2026-17", "--legal-basis", "criminal-procedure-2015", "--decision", "45/QĐ-CSĐT", "--signer", "Trần Văn Ký", "--purpose", "Điều tra vụ việc mẫu",
            "--target", target, "--recipient-key", Installation.At("officer.asc"), "--due", "2027-12-01", "--reason", "công an yêu cầu", "--as", "an.nguyen", "--json")));
        Assert.Equal((0, ""), Exit(await Installation.CallAsync(Token, "evidence", "check", id, "--reason", "đúng căn cứ", "--as", "dung.pham", "--json")));
        Assert.Equal((0, ""), Exit(await Installation.CallAsync(Token, "evidence", "approve", id, "--reason", "duyệt", "--as", "chi.le", "--json")));
    }

    public Task<Answer> BuildAsync(string request) => Installation.CallAsync(Token, "evidence", "build", request, "--reason", "lập gói", "--as", "binh.tran", "--json");

    /// <summary>Every check of a decrypted package, by the program itself.</summary>
    public Task<Answer> VerifyAsync(string zip) => Installation.CallAsync(Token, "evidence", "verify", zip, "--ca", Authority.RootFile, "--json");

    public static (int Exit, string Error) Exit(Answer answer) => (answer.Exit, answer.Exit == 0 ? "" : answer.Output + answer.Error);

    public async ValueTask DisposeAsync()
    {
        await Installation.DisposeAsync();
        await Authority.DisposeAsync();
    }
}
