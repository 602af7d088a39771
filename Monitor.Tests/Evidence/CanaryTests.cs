using System.Text;
using Monitor.Tests.Operations;

namespace Monitor.Tests.Evidence;

/// <summary>A mark in page, media and what people wrote: after a whole run it stands nowhere in the open, neither in files nor in what was sent.</summary>
public sealed class CanaryTests
{
    private const string Mark = "CHIM-HOANG-YEN-7F3A";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_was_seen_and_what_was_confided_is_nowhere_in_the_open()
    {
        var before = Directory.GetFileSystemEntries(Path.GetTempPath()).ToHashSet(StringComparer.Ordinal);
        byte[] picture = [0xFF, 0xD8, 0xFF, .. Encoding.ASCII.GetBytes(Mark), .. Enumerable.Range(0, 4000).Select(at => (byte)(at * 11))];
        await using var house = await PackageHouse.OpenAsync(site =>
        {
            site.OnText("/u/hoa.mai/bai/1001", $"<!doctype html><html><head><title>Trang {Mark}</title><meta name=\"description\" content=\"{Mark}\"></head><body><main><article><h1>Tiêu đề {Mark}</h1><img src=\"/kin.jpg\" width=\"400\" height=\"300\" alt=\"{Mark}\">"
            + string.Concat(Enumerable.Range(0, 30).Select(at => $"<p>Gian hàng số {at} bán đèn lồng xanh {Mark} cho người dân thành phố.</p>")) + "</article></main></body></html>");
            site.On("/kin.jpg", exchange => exchange.RespondAsync(200, picture, ("Content-Type", "image/jpeg"), ("X-Kin", Mark)));
        }, browser: true);
        house.Inner.Later(6);
        await house.Inner.House.Sweeps.InspectDueAsync(Token);
        house.Inner.Later(30);
        await house.Inner.House.Sweeps.InspectDueAsync(Token);
        await house.Inner.House.Sweeps.RemindAsync(Token);
        await house.Inner.House.Sweeps.DispatchAsync(Token);
        await house.BuildAsync();
        await house.Inner.House.Sweeps.MaintainAsync(Token);

        foreach (var needle in new[] { Encoding.UTF8.GetBytes(Mark), Encoding.Unicode.GetBytes(Mark), Encoding.ASCII.GetBytes(Convert.ToBase64String(Encoding.UTF8.GetBytes(Mark))[..20]) })
        {
            // Pipes of the runtime have no length and are never ended. What the canary's own test site and openssl keep is not the program's.
            var places = Directory.GetFiles(house.Inner.House.Options.DataDirectory, "*", SearchOption.AllDirectories)
                .Concat(Directory.GetFileSystemEntries(Path.GetTempPath()).Where(path => !before.Contains(path) && new FileInfo(path) is { Exists: true, Length: > 0 }));
            foreach (var path in places.Where(path => Path.GetFileName(path) != "owner.lock"))
                Assert.False(Read(path).AsSpan().IndexOf(needle) >= 0, path);
        }

        Assert.NotEmpty(house.Inner.Mail.Mails);
        Assert.All(house.Inner.Mail.Mails, mail => Assert.DoesNotContain(Mark, mail.ToString(), StringComparison.Ordinal));
        Assert.All(await house.Inner.Store.CustodyAsync(1, 10_000, Token), entry => Assert.DoesNotContain(Mark, entry.ToString(), StringComparison.Ordinal));
        // And it was really there to be found.
        Assert.InRange(house.Inner.Site.CountOf("/kin.jpg"), 2, 20);
    }

    private static byte[] Read(string path)
    {
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var to = new MemoryStream();
            stream.CopyTo(to);
            return to.ToArray();
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
