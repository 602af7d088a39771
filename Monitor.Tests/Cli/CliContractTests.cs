using System.Text.Json;
using Monitor.Worker.Cli;

namespace Monitor.Tests.Cli;

/// <summary>What people's scripts rely on: exit codes, JSON fields, and who may do what.</summary>
public sealed class CliContractTests
{
    [Theory]
    [InlineData("vi", "Xem cách dùng")]
    [InlineData("en", "See: monitor --help")]
    public async Task Words_that_make_no_sense_are_a_usage_error_in_the_callers_language(string language, string hint)
    {
        await using var home = new CliHome();
        foreach (var words in (string[][])[["nonsense"], ["targets"], ["targets", "inspect"], ["hashes", "import", "x"], ["takedowns", "reply", "R1", "--code", "maybe"], ["targets", "list", "--state", "Nowhere"], ["check", "--lang", "fr"], ["run", "--listen", "0.0.0.0:1"], ["run", "--listen", "here"]])
        {
            var answer = await home.AskAsync([.. words, "--lang", language]);
            Assert.Equal(ExitCodes.Usage, answer.Exit);
            Assert.NotEmpty(answer.Error);
            if (words[0] is not "run")
            {
                Assert.Contains(hint, answer.Error, StringComparison.Ordinal);
            }
        }

        Assert.False(Directory.Exists(home.DataDirectory));
    }

    [Fact]
    public async Task Check_says_0_for_a_good_configuration_and_3_with_places_for_a_bad_one()
    {
        await using var home = new CliHome();
        Assert.Equal(ExitCodes.Done, (await home.AskAsync("check")).Exit);
        home.Folder.Replace("monitor.yaml", "  parallelism: 16", "  paralelism: 16");
        home.Folder.Replace("watchlists/sample.yaml", "owner-agency: ict", "owner-agency: itc");

        var bad = await home.AskAsync("check", "--lang", "en");
        Assert.Equal(ExitCodes.Configuration, bad.Exit);
        Assert.Contains("monitor.yaml:", bad.Error, StringComparison.Ordinal);
        Assert.Contains("watchlists/sample.yaml:", bad.Error, StringComparison.Ordinal);

        var json = await home.AskAsync("check", "--json");
        Assert.Equal(ExitCodes.Configuration, json.Exit);
        Assert.False(json.Lines[^1].GetProperty("ok").GetBoolean());
        Assert.Equal(json.Lines[^1].GetProperty("errors").GetInt32() + json.Lines[^1].GetProperty("warnings").GetInt32(), json.Lines.Count - 1);
        Assert.False(Directory.Exists(home.DataDirectory));
    }

    [Fact]
    public async Task Every_verb_on_the_store_says_3_for_a_bad_configuration_and_creates_nothing()
    {
        await using var home = new CliHome();
        home.Folder.Write("monitor.yaml", "name: [");
        foreach (var words in (string[][])[["run", "--allow-loopback-targets"], ["targets", "list"], ["cases", "list"], ["takedowns", "list"], ["intake", "add", CliHome.Page, "--as", "an.nguyen"], ["custody", "verify"], ["hashes", "banks"], ["candidates", "list"], ["platforms", "test", CliHome.Page]])
        {
            Assert.Equal(ExitCodes.Configuration, (await home.AskAsync(words)).Exit);
        }

        Assert.False(Directory.Exists(home.DataDirectory));
    }

    [Fact]
    public async Task Verbs_that_read_make_no_store_out_of_a_mistyped_directory()
    {
        await using var home = new CliHome();
        foreach (var words in (string[][])[["targets", "list"], ["cases", "list"], ["takedowns", "list"], ["cases", "show", "C000001"], ["takedowns", "show", "T000001"], ["candidates", "list"]])
        {
            var answer = await home.AskAsync([.. words, "--json"]);
            Assert.Equal((ExitCodes.NotFoundOrConflict, "no-data", home.DataDirectory), (answer.Exit, Assert.Single(answer.Lines).GetProperty("error").GetString(), answer.Lines[0].GetProperty("arguments")[0].GetString()));
        }

        Assert.False(Directory.Exists(home.DataDirectory));
    }

    [Theory]
    [InlineData("Không hiểu 'frobnicate'.", "targets", "frobnicate")]
    [InlineData("Thiếu hoặc sai tham số 'url'.", "platforms", "test")]
    [InlineData("Tuỳ chọn '--lang' thiếu giá trị hoặc giá trị không được chấp nhận.", "check", "--lang", "fr")]
    [InlineData("Không hiểu '--colour'.", "check", "--colour")]
    public async Task Words_that_make_no_sense_are_told_in_Vietnamese_and_as_an_object(string complaint, params string[] words)
    {
        await using var home = new CliHome();
        var answer = await home.SayAsync(null, [.. words, "--json"]);
        Assert.Equal(ExitCodes.Usage, answer.Exit);
        Assert.Contains(complaint, answer.Error, StringComparison.Ordinal);
        var line = Assert.Single(answer.Lines);
        Assert.Equal(("usage", "invalid"), (line.GetProperty("error").GetString(), line.GetProperty("kind").GetString()));
        Assert.Contains(complaint, line.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_refuses_the_test_only_allow_list_without_its_flag()
    {
        await using var home = new CliHome();
        var answer = await home.AskAsync("run", "--lang", "en");
        Assert.Equal(ExitCodes.Configuration, answer.Exit);
        Assert.Contains("--allow-loopback-targets", answer.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.Usage, (await Loopless(home, "run", "--time-scale", "60")).Exit);
        Assert.False(Directory.Exists(home.DataDirectory));
    }

    [Fact]
    public async Task Run_refuses_a_data_path_that_no_socket_fits_in()
    {
        await using var home = new CliHome { Data = new string('d', 120) };
        var answer = await home.AskAsync("run", "--allow-loopback-targets", "--lang", "en");
        Assert.Equal(ExitCodes.Usage, answer.Exit);
        Assert.Contains("too long", answer.Error, StringComparison.Ordinal);
        // Verbs that only work on the data need no socket.
        await (await home.OpenAsync()).DisposeAsync();
        Assert.Equal(ExitCodes.Done, (await home.AskAsync("targets", "list")).Exit);
    }

    [Theory]
    [InlineData("targets", "show", "T999999")]
    [InlineData("targets", "inspect", "T999999")]
    [InlineData("cases", "show", "C999999")]
    [InlineData("cases", "verify", "C999999", "--reason", "x", "--as", "binh.tran")]
    [InlineData("cases", "triage", "C999999", "--reason", "x", "--as", "an.nguyen")]
    [InlineData("cases", "dismiss", "C999999", "--reason", "x", "--as", "an.nguyen")]
    [InlineData("takedowns", "show", "R999999-1")]
    [InlineData("takedowns", "preview", "SKHCN-2026-00001")]
    [InlineData("takedowns", "approve", "SKHCN-2026-00001", "--as", "chi.le")]
    [InlineData("takedowns", "cancel", "SKHCN-2026-00001", "--reason", "x", "--as", "chi.le")]
    [InlineData("takedowns", "reply", "R999999-1", "--code", "removed", "--as", "an.nguyen")]
    [InlineData("takedowns", "retract", "R999999-1", "--reason", "x", "--as", "chi.le")]
    [InlineData("takedowns", "hold", "R999999-1", "--reason", "x", "--as", "dung.pham")]
    [InlineData("candidates", "accept", "Kdeadbeef", "--as", "an.nguyen")]
    [InlineData("candidates", "dismiss", "Kdeadbeef", "--as", "an.nguyen")]
    [InlineData("alerts", "ack", "A999999", "--as", "dung.pham")]
    [InlineData("removal", "explain", "T999999")]
    [InlineData("removal", "confirm", "T999999", "--reason", "x", "--as", "an.nguyen")]
    [InlineData("intake", "add", CliHome.Page, "--watchlist", "nowhere", "--as", "an.nguyen")]
    public async Task What_is_not_there_is_4_with_a_sentence_in_both_languages(params string[] words)
    {
        await using var home = new CliHome();
        await (await home.OpenAsync()).DisposeAsync();
        var vietnamese = await home.AskAsync(words);
        Assert.Equal(ExitCodes.NotFoundOrConflict, vietnamese.Exit);
        Assert.Contains("Không tìm thấy", vietnamese.Error, StringComparison.Ordinal);
        var english = await home.AskAsync([.. words, "--lang", "en", "--json"]);
        Assert.Equal(ExitCodes.NotFoundOrConflict, english.Exit);
        Assert.StartsWith("No ", english.Error, StringComparison.Ordinal);
        Assert.Equal("not-found", Assert.Single(english.Lines).GetProperty("error").GetString());
    }

    [Theory]
    [InlineData("who-acts", "intake", "add", CliHome.Page)]
    [InlineData("unknown-person", "intake", "add", CliHome.Page, "--as", "nobody")]
    [InlineData("unknown-person", "targets", "list", "--as", "nobody")]
    [InlineData("role-needed", "intake", "add", CliHome.Page, "--as", "chi.le")]
    [InlineData("role-needed", "cases", "verify", "C000001", "--reason", "x", "--as", "an.nguyen")]
    [InlineData("role-needed", "takedowns", "approve", "N", "--as", "binh.tran")]
    [InlineData("role-needed", "hashes", "import", "--bank", "b", "--kind", "md5", "x", "--as", "giang.vo")]
    [InlineData("police-only", "takedowns", "hold", "R000001-1", "--reason", "x", "--as", "chi.le")]
    public async Task Whoever_may_not_is_refused_by_name(string code, params string[] words)
    {
        await using var home = new CliHome();
        await (await home.OpenAsync()).DisposeAsync();
        var answer = await home.AskAsync([.. words, "--json"]);
        Assert.Equal(ExitCodes.NotFoundOrConflict, answer.Exit);
        Assert.Equal(code, Assert.Single(answer.Lines).GetProperty("error").GetString());
        Assert.Empty(await home.LinesAsync("custody", "list"));
    }

    [Fact]
    public async Task The_lists_have_the_fields_of_the_contract_on_one_line_each()
    {
        await using var home = new CliHome();
        var notice = await home.DraftAsync();
        Assert.Single(await home.LinesAsync("takedowns", "approve", notice, "--as", "chi.le"));

        var target = Assert.Single(await home.LinesAsync("targets", "list"));
        Assert.All(["id", "url", "target", "case", "category", "removal", "demand", "dispatch", "platform", "lastObservation", "nextCheckAt", "createdAt"], field => Assert.True(target.TryGetProperty(field, out _), field));
        Assert.Equal(("T000001", CliHome.Page, "live", "approved"), (Text(target, "id"), Text(target, "url"), Text(target, "removal"), Text(target, "dispatch")));

        var one = Assert.Single(await home.LinesAsync("cases", "list"));
        Assert.All(["id", "url", "target", "case", "category", "removal", "platform", "lastObservation", "nextCheckAt", "createdAt"], field => Assert.True(one.TryGetProperty(field, out _), field));
        Assert.Equal(("C000001", "verified"), (Text(one, "id"), Text(one, "state")));

        var request = Assert.Single(await home.LinesAsync("takedowns", "list"));
        Assert.All(["id", "url", "target", "case", "category", "removal", "demand", "dispatch", "platform", "lastObservation", "nextCheckAt", "createdAt"], field => Assert.True(request.TryGetProperty(field, out _), field));
        Assert.Equal(("R000001-1", "open", "approved"), (Text(request, "id"), Text(request, "demand"), Text(request, "dispatch")));
    }

    [Fact]
    public async Task Two_people_are_two_people()
    {
        await using var home = new CliHome();
        home.Folder.Replace("agencies.yaml", "roles: [analyst, verifier]", "roles: [analyst, verifier, approver]");
        var notice = await home.DraftAsync();
        foreach (var words in (string[][])[["takedowns", "approve", notice, "--as", "binh.tran"], ["takedowns", "approve", "R000001-1", "--as", "binh.tran"], ["takedowns", "approve", notice, "--as", "BINH.TRAN"]])
        {
            var refused = await home.AskAsync([.. words, "--json"]);
            Assert.Equal(ExitCodes.NotFoundOrConflict, refused.Exit);
            Assert.Equal("same-person", Assert.Single(refused.Lines).GetProperty("error").GetString());
        }

        Assert.Equal("approved", Text(Assert.Single(await home.LinesAsync("takedowns", "approve", notice, "--as", "chi.le")), "dispatch"));
        // A second approval finds it approved.
        Assert.Equal(ExitCodes.NotFoundOrConflict, (await home.AskAsync("takedowns", "approve", notice, "--as", "chi.le")).Exit);
    }

    [Fact]
    public async Task Another_agencys_rows_are_not_found()
    {
        await using var home = new CliHome();
        var notice = await home.DraftAsync();
        const string Other = "giang.vo";
        Assert.Empty(await home.LinesAsync("targets", "list", "--as", Other));
        Assert.Empty(await home.LinesAsync("cases", "list", "--as", Other));
        Assert.Empty(await home.LinesAsync("takedowns", "list", "--as", Other));
        Assert.Empty(await home.LinesAsync("takedowns", "list", "--to-approve", "--as", Other));
        foreach (var words in (string[][])[["targets", "show", "T000001"], ["targets", "inspect", "T000001"], ["cases", "show", "C000001"], ["takedowns", "show", "R000001-1"], ["takedowns", "show", notice], ["takedowns", "preview", notice], ["removal", "explain", "T000001"]])
        {
            var hidden = await home.AskAsync([.. words, "--as", Other, "--json"]);
            Assert.Equal(ExitCodes.NotFoundOrConflict, hidden.Exit);
            Assert.Equal("not-found", Assert.Single(hidden.Lines).GetProperty("error").GetString());
        }

        // Police see what they may have to investigate.
        Assert.Single(await home.LinesAsync("cases", "list", "--as", "dung.pham"));
    }

    [Fact]
    public async Task A_backup_is_whole_and_comes_back_as_it_was()
    {
        await using var home = new CliHome();
        await home.DraftAsync();
        Assert.True(Assert.Single(await home.LinesAsync("backup", home.At("copy"), "--with-key")).GetProperty("ok").GetBoolean());
        Assert.Equal(ExitCodes.NotFoundOrConflict, (await home.AskAsync("backup", home.At("copy"))).Exit);
        Assert.Equal(ExitCodes.NotFoundOrConflict, (await home.AskAsync("restore", home.At("copy"))).Exit);

        var before = (await home.AskAsync("custody", "list", "--json")).Output;
        var list = (await home.AskAsync("targets", "list", "--json")).Output;
        Directory.Delete(home.DataDirectory, recursive: true);
        Assert.True(Assert.Single(await home.LinesAsync("restore", home.At("copy"))).GetProperty("ok").GetBoolean());
        Assert.Equal(before, (await home.AskAsync("custody", "list", "--json")).Output);
        Assert.Equal(list, (await home.AskAsync("targets", "list", "--json")).Output);
        Assert.True(Assert.Single(await home.LinesAsync("custody", "verify")).GetProperty("intact").GetBoolean());

        // A copy with one byte changed is found out, and nothing is restored from it.
        Directory.Delete(home.DataDirectory, recursive: true);
        var file = Directory.EnumerateFiles(home.At("copy"), "*.db", SearchOption.AllDirectories).First();
        var bytes = await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);
        bytes[bytes.Length / 2] ^= 1;
        await File.WriteAllBytesAsync(file, bytes, TestContext.Current.CancellationToken);
        Assert.Equal(ExitCodes.Problems, (await home.AskAsync("restore", home.At("copy"))).Exit);
    }

    private static string? Text(JsonElement row, string field) => row.GetProperty(field).GetString();

    private static Task<Process.Answer> Loopless(CliHome home, params string[] words)
    {
        home.Folder.Replace("monitor.yaml", $"loopback-targets: [\"lantern-forum.example=127.0.0.1:{home.Site.Port}\"]", "loopback-targets: []");
        return home.AskAsync(words);
    }
}
