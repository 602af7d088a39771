using Monitor.Worker.Cli;

namespace Monitor.Tests.Cli;

/// <summary>A notice of several pages as people see it at the command line.</summary>
public sealed class SharedNoticeCliTests
{
    [Fact]
    public async Task Several_pages_are_listed_shown_previewed_and_approved_as_one_notice()
    {
        await using var home = new CliHome();
        var profile = home.Folder.Read("platforms/lantern-forum.yaml");
        home.Folder.Write("platforms/lantern-forum.yaml", profile + "\nitems-per-notice: 5\n");
        home.Folder.Replace("monitor.yaml", "    selector: \"\"\n    key-file: \"\"", "    selector: s1\n    key-file: keys/dkim.pem");
        home.Folder.Replace("monitor.yaml", "    domain: \"\"", "    domain: so-mau.example");
        var notice = await home.DraftAsync();
        home.Site.OnText("/t/8", $"<!doctype html><html><head><title>Đèn lồng</title></head><body><main><h1>Đèn lồng</h1><p>{CliHome.Words} Hai.</p></main></body></html>");
        await home.LinesAsync("intake", "add", "http://lantern-forum.example/t/8", "--as", "an.nguyen");
        await home.LinesAsync("targets", "inspect", "T000002", "--allow-loopback-targets");
        Assert.Equal(notice, Assert.Single(await home.LinesAsync("cases", "verify", "C000002", "--reason", "đã xem", "--as", "binh.tran")).GetProperty("notice").GetString());

        var waiting = Assert.Single(await home.LinesAsync("takedowns", "list", "--to-approve"));
        Assert.Equal((2, 2), (waiting.GetProperty("pages").GetInt32(), waiting.GetProperty("requests").GetArrayLength()));
        Assert.Contains("R000001-1 (+1)", (await home.AskAsync("takedowns", "list", "--to-approve")).Output, StringComparison.Ordinal);

        var shown = Assert.Single(await home.LinesAsync("takedowns", "show", notice, "--as", "chi.le"));
        Assert.Equal(["R000001-1 binh.tran open live", "R000002-1 binh.tran open live"], shown.GetProperty("pages").EnumerateArray().Select(page => $"{page.GetProperty("request")} {page.GetProperty("verifiedBy")} {page.GetProperty("demand")} {page.GetProperty("removal")}".ToLowerInvariant().Replace("r0", "R0", StringComparison.Ordinal)));
        Assert.Contains("Người xác minh", (await home.AskAsync("takedowns", "show", notice)).Output, StringComparison.Ordinal);
        Assert.Contains("Verified by", (await home.AskAsync("takedowns", "show", notice, "--lang", "en")).Output, StringComparison.Ordinal);

        // The mail in the file is what will be sent but for what only the sending adds, and the output says so.
        var preview = await home.LinesAsync("takedowns", "preview", notice, "--as", "chi.le", "--eml", home.At("a.eml"));
        Assert.Equal(["Date", "DKIM"], preview[1].GetProperty("setWhenSent").EnumerateArray().Select(one => one.GetString()!));
        var mail = await File.ReadAllTextAsync(home.At("a.eml"), TestContext.Current.CancellationToken);
        Assert.DoesNotContain("DKIM-Signature", mail, StringComparison.Ordinal);
        var text = (await home.AskAsync("takedowns", "preview", notice, "--as", "chi.le")).Output;
        var digest = text.Split('\n').Single(line => line.StartsWith("SHA-256: ", StringComparison.Ordinal))["SHA-256: ".Length..].Trim();
        Assert.Contains($"2 trang. Duyệt đúng bản này: monitor takedowns approve {notice} --digest {digest} --as chi.le", text, StringComparison.Ordinal);

        var without = await home.AskAsync("takedowns", "approve", notice, "--as", "chi.le", "--json");
        Assert.Equal((ExitCodes.Usage, "digest-needed"), (without.Exit, Assert.Single(without.Lines).GetProperty("error").GetString()));
        var approved = Assert.Single(await home.LinesAsync("takedowns", "approve", notice, "--digest", digest, "--as", "chi.le"));
        Assert.Equal(2, approved.GetProperty("requests").GetArrayLength());
        // Each page by itself has its own story, with the notice in it.
        Assert.Contains(notice, (await home.AskAsync("takedowns", "show", "R000002-1")).Output, StringComparison.Ordinal);
    }
}
