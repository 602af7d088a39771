using Monitor.Tests.Loopback;
using Monitor.Worker.Cli;

namespace Monitor.Tests.Cli;

public sealed class PlatformVerbTests
{
    [Fact]
    public async Task Test_says_which_profile_why_and_why_not_the_others()
    {
        await using var home = new CliHome();

        var answer = Assert.Single(await home.LinesAsync("platforms", "test", "https://M.Chia-Se-Mau.example:443/u/lan?x=1"));

        Assert.Equal(("chia-se-mau", "parent", "chia-se-mau.example", "lan"), (answer.GetProperty("profile").GetString(), answer.GetProperty("claim").GetString(), answer.GetProperty("host").GetString(), answer.GetProperty("account").GetString()));
        Assert.Equal(["phap-ly@chia-se-mau.example", "dai-dien@chia-se-mau.example"], answer.GetProperty("channels").EnumerateArray().Select(channel => channel.GetProperty("address").GetString()));
        Assert.Equal(["generic:farther", "lantern-forum:other-host", "sample-hosting:other-host"], answer.GetProperty("others").EnumerateArray().Select(other => $"{other.GetProperty("profile")}:{other.GetProperty("end")}"));

        var text = (await home.AskAsync("platforms", "test", "https://chia-se-mau.example/bai/7")).Output;
        Assert.Equal(
            """
            https://chia-se-mau.example/bai/7
              hồ sơ: chia-se-mau (Chia Sẻ Mẫu): đúng máy chủ chia-se-mau.example
              tài khoản: –
              bài: 7
              kênh 1: smtp phap-ly@chia-se-mau.example – Bộ phận pháp lý Công ty Chia Sẻ Mẫu
              kênh 2: smtp dai-dien@chia-se-mau.example – Người đại diện theo pháp luật của Công ty Chia Sẻ Mẫu
              thời hạn: theo căn cứ pháp lý
              phải có trong văn bản: –
              bằng chứng gỡ bỏ: các lần xem đều thấy đã mất từ: direct
              không phải generic: chỉ dùng khi không hồ sơ nào nhận máy chủ
              máy chủ khác: lantern-forum, sample-hosting

            """.ReplaceLineEndings("\n"),
            text.ReplaceLineEndings("\n"));
        Assert.Contains("nobody to write to yet", (await home.AskAsync("platforms", "test", "https://la.example/", "--lang", "en")).Output, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.Usage, (await home.AskAsync("platforms", "test", "ftp://x")).Exit);
    }

    [Fact]
    public async Task List_names_every_profile_the_generic_one_last()
    {
        await using var home = new CliHome();
        Assert.Equal(["chia-se-mau", "lantern-forum", "sample-hosting", "generic"], (await home.LinesAsync("platforms", "list")).Select(line => line.GetProperty("id").GetString()));
        Assert.Contains("Lantern Forum", (await home.AskAsync("platforms", "list")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Contacts_ask_nobody_until_a_server_is_configured_and_then_that_one_only()
    {
        await using var home = new CliHome();
        await (await home.OpenAsync()).DisposeAsync();
        var off = await home.AskAsync("platforms", "contacts", "https://mau.invalid/", "--json");
        Assert.Equal((ExitCodes.NotFoundOrConflict, "contacts-off"), (off.Exit, Assert.Single(off.Lines).GetProperty("error").GetString()));

        await using var rdap = ScriptedHttpServer.Start();
        rdap.OnText("/domain/mau.invalid", """{"ldhName":"mau.invalid","entities":[{"roles":["abuse"],"vcardArray":["vcard",[["fn",{},"text","Abuse Mẫu"],["email",{},"text","abuse@mau.invalid.example"]]]}]}""", contentType: "application/rdap+json");
        home.Folder.Replace("monitor.yaml", "rdap-domain: \"\"", $"rdap-domain: \"{rdap.Url()}\"");

        var line = Assert.Single(await home.LinesAsync("platforms", "contacts", "https://mau.invalid/x"));
        Assert.Equal(("mau.invalid", "found", false), (line.GetProperty("host").GetString(), line.GetProperty("domain").GetProperty("end").GetString(), line.GetProperty("resolved").GetBoolean()));
        Assert.Equal("abuse@mau.invalid.example", line.GetProperty("mailboxes")[0].GetProperty("address").GetString());
        Assert.Contains("→ abuse@mau.invalid.example (abuse, tên miền) – Abuse Mẫu", (await home.AskAsync("platforms", "contacts", "https://mau.invalid/x")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Contacts_of_a_page_look_at_where_it_leads()
    {
        await using var home = new CliHome();
        await (await home.OpenAsync()).DisposeAsync();
        await using var rdap = ScriptedHttpServer.Start();
        home.Folder.Replace("monitor.yaml", "rdap-domain: \"\"", $"rdap-domain: \"{rdap.Url()}\"");
        home.Folder.Replace("monitor.yaml", $"[\"lantern-forum.example=127.0.0.1:{home.Site.Port}\"]", $"[\"lantern-forum.example=127.0.0.1:{home.Site.Port}\", \"khac.invalid=127.0.0.1:{home.Site.Port}\"]");
        home.Site.OnRedirect("/t/8", "http://khac.invalid/t/7");

        var unlooked = await home.LinesAsync("platforms", "contacts", "http://lantern-forum.example/t/8");
        Assert.Single(unlooked);
        Assert.Equal(0, home.Site.Connections);

        var lines = await home.LinesAsync("platforms", "contacts", "http://lantern-forum.example/t/8", "--fetch", "--allow-loopback-targets");
        Assert.Equal(["lantern-forum.example page", "khac.invalid redirect"], lines.Select(line => $"{line.GetProperty("host")} {line.GetProperty("parts")[0]}"));
        Assert.Equal("not-found", lines[1].GetProperty("domain").GetProperty("end").GetString());
    }

    [Fact]
    public async Task Contacts_look_at_every_hop_that_an_inspection_saw_and_at_the_media_that_stand_on_a_page_now()
    {
        await using var home = new CliHome();
        await using var rdap = ScriptedHttpServer.Start();
        var own = $"lantern-forum.example=127.0.0.1:{home.Site.Port}";
        home.Folder.Replace("monitor.yaml", "rdap-domain: \"\"", $"rdap-domain: \"{rdap.Url()}\"");
        home.Folder.Replace("monitor.yaml", $"[\"{own}\"]", $"[\"{own}\", \"giua.invalid=127.0.0.1:{home.Site.Port}\", \"khac.invalid=127.0.0.1:{home.Site.Port}\"]");
        home.Site.OnRedirect("/t/8", "http://giua.invalid/t/9").OnRedirect("/t/9", "http://khac.invalid/t/7");
        home.Site.OnText("/t/7", $"<!doctype html><html><head><title>Đèn lồng</title></head><body><main><h1>Đèn lồng</h1><p>{CliHome.Words}</p><img src='http://anh.invalid/1.jpg'></main></body></html>");
        await home.LinesAsync("intake", "add", "http://lantern-forum.example/t/8", "--as", "an.nguyen");
        await home.LinesAsync("targets", "inspect", "T000001", "--allow-loopback-targets");

        Assert.Equal(["lantern-forum.example page", "giua.invalid redirect", "khac.invalid redirect"], await PartsAsync("http://lantern-forum.example/t/8"));
        // Of a page that nobody watches the media are seen by looking at it.
        Assert.Equal(["khac.invalid page"], await PartsAsync("http://khac.invalid/t/7"));
        Assert.Equal(["khac.invalid page", "anh.invalid media"], await PartsAsync("http://khac.invalid/t/7", "--fetch", "--allow-loopback-targets"));

        async Task<IReadOnlyList<string>> PartsAsync(params string[] words) =>
            [.. (await home.LinesAsync(["platforms", "contacts", .. words])).Select(line => $"{line.GetProperty("host")} {line.GetProperty("parts")[0]}")];
    }
}
