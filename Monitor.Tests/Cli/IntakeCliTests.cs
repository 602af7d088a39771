using System.Globalization;
using Monitor.Worker.Cli;
using Monitor.Worker.Demo;

namespace Monitor.Tests.Cli;

/// <summary>Addresses and files as people give them: good ones in, bad ones answered one by one, nothing dangerous asked.</summary>
public sealed class IntakeCliTests
{
    [Theory]
    [InlineData("file:///etc/passwd")]
    [InlineData("gopher://lantern-forum.example/1")]
    [InlineData("javascript:alert(1)")]
    [InlineData("data:text/html,x")]
    [InlineData("ftp://lantern-forum.example/")]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("http://")]
    [InlineData("không nhớ đường dẫn")]
    [InlineData("http://a b.example/")]
    public async Task What_is_no_web_address_is_usage_and_nothing_is_stored(string url)
    {
        await using var home = new CliHome();
        var answer = await home.AskAsync("intake", "add", url, "--as", "an.nguyen", "--json");
        Assert.Equal(ExitCodes.Usage, answer.Exit);
        Assert.Equal("bad-url", Assert.Single(answer.Lines).GetProperty("error").GetString());
        Assert.Empty(await home.LinesAsync("targets", "list"));
        Assert.Empty(await home.LinesAsync("custody", "list"));
    }

    [Fact]
    public async Task An_address_without_end_is_answered_shortly()
    {
        await using var home = new CliHome();
        var answer = await home.AskAsync("intake", "add", "http://lantern-forum.example/" + new string('a', 10_000), "--as", "an.nguyen", "--json");
        Assert.Equal(ExitCodes.Usage, answer.Exit);
        Assert.InRange(answer.Output.Length + answer.Error.Length, 1, 2000);
        Assert.Empty(await home.LinesAsync("targets", "list"));
    }

    [Theory]
    [InlineData("http://0x7f.1/")]
    [InlineData("http://2130706433/")]
    [InlineData("http://[::ffff:127.0.0.1]/")]
    [InlineData("http://127.0.0.1:{port}/t/7")]
    [InlineData("http://localhost:{port}/t/7")]
    [InlineData("http://169.254.169.254/latest/meta-data/")]
    [InlineData("http://10.0.0.1/")]
    [InlineData("http://[fe80::1]/")]
    public async Task An_address_within_is_never_asked(string url)
    {
        await using var home = new CliHome();
        url = url.Replace("{port}", home.Site.Port.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
        var added = await home.AskAsync("intake", "add", url, "--as", "an.nguyen", "--json");
        if (added.Exit != ExitCodes.Done)
        {
            Assert.Equal(ExitCodes.Usage, added.Exit);
            Assert.Empty(await home.LinesAsync("targets", "list"));
            return;
        }

        // Without the flag of the tests, as an installation runs it.
        var seen = Assert.Single(await home.LinesAsync("targets", "inspect", "T000001"));
        Assert.StartsWith("unsafe-", seen.GetProperty("outcome").GetString(), StringComparison.Ordinal);
        Assert.Equal("inconclusive", seen.GetProperty("liveness").GetString());
        Assert.Equal(0, home.Site.Connections);
    }

    [Fact]
    public async Task Credentials_in_an_address_are_not_kept_in_the_target()
    {
        await using var home = new CliHome();
        var answer = await home.AskAsync("intake", "add", "http://user:mat-khau-bi-mat@lantern-forum.example/t/7", "--as", "an.nguyen", "--json");
        Assert.Contains(answer.Exit, (int[])[ExitCodes.Done, ExitCodes.Usage]);
        Assert.DoesNotContain("mat-khau-bi-mat", (await home.AskAsync("targets", "list", "--json")).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Every_row_of_a_file_is_answered_and_the_counts_add_up(bool old)
    {
        await using var home = new CliHome();
        const string Csv = "url,category,ghi chú,nguồn\r\n"
            + "http://lantern-forum.example/t/1,sexual-exploitation,\"thấy trong nhóm, gửi lúc tối\",công an tỉnh\r\n"
            + "http://lantern-forum.example/t/2,abuse-violence,\"cụm từ \"\"đèn lồng xanh\"\"\nở tiêu đề\",111\r\n"
            + "không nhớ đường dẫn,abuse-violence,,111\r\n"
            + "http://LANTERN-FORUM.example:80/t/1?utm_source=x#y,sexual-exploitation,,người dân\r\n"
            + "http://lantern-forum.example/t/3,no-such-category,,111\r\n"
            + "ftp://lantern-forum.example/t/4,abuse-violence,,111\r\n"
            + "http://lantern-forum.example/t/5,abuse-violence,,111\r\n";
        var file = old ? home.File("cũ.csv", SampleFiles.Windows1258(Csv)) : home.File("mới.csv", Csv);

        var answer = await home.AskAsync("intake", "import", file, "--as", "an.nguyen", "--json");

        Assert.Equal(ExitCodes.Problems, answer.Exit);
        var end = answer.Lines[^1];
        Assert.Equal((3, 1, 3), (end.GetProperty("taken").GetInt32(), end.GetProperty("joined").GetInt32(), end.GetProperty("bad").GetInt32()));
        // The quoted note of the second row goes over two lines of the file.
        Assert.Equal([5, 7, 8], answer.Lines.SkipLast(1).Where(line => line.TryGetProperty("error", out _)).Select(line => line.GetProperty("line").GetInt32()).Order());
        Assert.Equal([2, 3, 6, 9], answer.Lines.SkipLast(1).Where(line => line.TryGetProperty("reportId", out _)).Select(line => line.GetProperty("line").GetInt32()).Order());
        Assert.Equal(3, (await home.LinesAsync("targets", "list")).Count);
        Assert.True(Assert.Single(await home.LinesAsync("custody", "verify")).GetProperty("intact").GetBoolean());
    }

    [Fact]
    public async Task A_clean_file_is_0_and_again_joins()
    {
        await using var home = new CliHome();
        var file = home.File("a.csv", "url\nhttp://lantern-forum.example/t/1\nhttp://lantern-forum.example/t/2\n");
        Assert.Equal(2, (await home.LinesAsync("intake", "import", file, "--as", "an.nguyen"))[^1].GetProperty("taken").GetInt32());
        var again = (await home.LinesAsync("intake", "import", file, "--as", "an.nguyen"))[^1];
        Assert.Equal((0, 2), (again.GetProperty("taken").GetInt32(), again.GetProperty("joined").GetInt32()));
        Assert.Equal(2, (await home.LinesAsync("targets", "list")).Count);
    }

    [Fact]
    public async Task A_file_that_is_none_is_usage()
    {
        await using var home = new CliHome();
        Assert.Equal(ExitCodes.Usage, (await home.AskAsync("intake", "import", home.At("nowhere.csv"), "--as", "an.nguyen")).Exit);
        Assert.Equal(ExitCodes.Usage, (await home.AskAsync("hashes", "lookup", "--input", home.At("nowhere.txt"))).Exit);
    }
}
