using System.Text.Json;
using Monitor.Worker.Cli;

namespace Monitor.Tests.Cli;

/// <summary>Rule sets at the command line: written, tried on stored pages, put into force, and read back.</summary>
public sealed class RuleVerbTests
{
    private const string Stable = "3806f707-8e77-4189-8160-634a4227be37";

    [Fact]
    public async Task Lint_says_1_for_errors_and_0_for_warnings_and_needs_no_store()
    {
        await using var home = new CliHome();
        Assert.Equal(ExitCodes.Done, (await home.AskAsync("rules", "lint")).Exit);

        home.Folder.Replace("rulesets/sample.yaml", "        - đèn lồng xanh", "        - đèn lồng xanh\n        - bán đèn lồng xanh");
        var warned = await home.AskAsync("rules", "lint", "--lang", "en");
        Assert.Equal(ExitCodes.Done, warned.Exit);
        Assert.Contains("warning RUL106", warned.Error, StringComparison.Ordinal);

        home.Folder.Replace("rulesets/sample.yaml", "'mã số dl-[0-9]{4}'", "'(?=mã số)dl-[0-9]{4}'");
        var wrong = await home.AskAsync("rules", "lint", "--json");
        Assert.Equal(ExitCodes.Problems, wrong.Exit);
        Assert.Equal(["RUL106", "RUL010"], wrong.Lines.Select(line => line.GetProperty("code").GetString()));
        Assert.False(Directory.Exists(home.DataDirectory));
    }

    [Fact]
    public async Task The_shipped_samples_pass_and_fail_as_they_say()
    {
        await using var home = new CliHome();
        var samples = Path.Combine(Settings.ConfigFolder.Root, "samples", "rulesets");
        Assert.Equal(ExitCodes.Done, (await home.SayAsync(null, ["rules", "lint", "--file", Path.Combine(samples, "passes.yaml")])).Exit);
        Assert.Equal(ExitCodes.Done, (await home.SayAsync(null, ["rules", "test", "--file", Path.Combine(samples, "passes.yaml")])).Exit);
        var fails = await home.SayAsync(null, ["rules", "lint", "--file", Path.Combine(samples, "fails.yaml"), "--json"]);
        Assert.Equal(ExitCodes.Problems, fails.Exit);
        Assert.Equal(["RUL010", "RUL020", "RUL021", "RUL024", "RUL103", "RUL106", "RUL107"], fails.Lines.Select(line => line.GetProperty("code").GetString()!).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_failing_example_is_shown_with_the_reason()
    {
        await using var home = new CliHome();
        home.Folder.Replace("rulesets/sample.yaml", "      - Đèn lồng giấy, mã số DL-2026, giao tận nhà.", "      - Đèn lồng giấy, mã số DL-26, giao tận nhà.");
        var answer = await home.AskAsync("rules", "test", "--lang", "en");
        Assert.Equal(ExitCodes.Problems, answer.Exit);
        Assert.Contains("sample 1: 3 rules, 8 examples, 1 wrong", answer.Output, StringComparison.Ordinal);
        Assert.Contains("✓ keywords [đèn lồng]", answer.Output, StringComparison.Ordinal);
        Assert.Contains("✗ patterns [mã số dl-[0-9]{4}]", answer.Output, StringComparison.Ordinal);

        var json = (await home.AskAsync("rules", "test", "--json")).Lines.Single();
        Assert.Equal((1, 8, "RUL021"), (json.GetProperty("failed").GetInt32(), json.GetProperty("tests").GetInt32(), json.GetProperty("diagnostics")[0].GetProperty("code").GetString()));
    }

    [Fact]
    public async Task Match_holds_pages_against_configured_sets_or_a_file_and_says_why()
    {
        await using var home = new CliHome();
        var pages = home.File("pages.jsonl",
            """{"id":1,"text":"Bán đèn lồng xanh"}""" + "\n" +
            """{"id":2,"text":"Còn đèn lồng giấy","links":["https://moi.kenh-rieng.example/x",7,{"text":"no url"}],"scores":{"text":"x"}}""" + "\n" +
            """{"id":3}""" + "\n" + "oops\n");
        var configured = await home.LinesAsync("rules", "match", "--input", pages);
        Assert.Equal([1, 0], configured.Take(2).Select(line => line.GetProperty("findings").GetArrayLength()));
        Assert.Equal(Stable, configured[0].GetProperty("findings")[0].GetProperty("rule").GetString());
        Assert.Equal(["no text", "not JSON"], configured.Skip(2).Select(line => line.GetProperty("error").GetString()));

        var file = Path.Combine(Settings.ConfigFolder.Root, "samples", "rulesets", "passes.yaml");
        var lines = (await home.SayAsync(null, ["rules", "match", "--rules", file, "--input", pages, "--trace", "--config", home.At("nowhere")])).Lines;
        Assert.Equal(0, lines[0].GetProperty("findings").GetArrayLength());
        var unknown = lines[0].GetProperty("rules")[0];
        Assert.Equal((false, "page"), (unknown.GetProperty("holds").GetBoolean(), unknown.GetProperty("condition").GetProperty("missing").GetString()));
        Assert.Equal(JsonValueKind.Null, lines[1].GetProperty("findings")[1].GetProperty("technique").ValueKind);
        Assert.True(lines[1].GetProperty("rules")[0].GetProperty("holds").GetBoolean());
        Assert.Equal(ExitCodes.Configuration, (await home.AskAsync("rules", "match", "--rules", "nothing", "--input", pages)).Exit);
    }

    [Fact]
    public async Task Show_prints_the_guidance_and_explain_the_reason_for_a_text_and_for_a_stored_page()
    {
        await using var home = new CliHome();
        var shown = await home.AskAsync("rules", "show", Stable, "--lang", "en");
        Assert.Contains("keywords [đèn lồng xanh]", shown.Output, StringComparison.Ordinal);
        Assert.Contains("## Dương tính giả", shown.Output, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.NotFoundOrConflict, (await home.AskAsync("rules", "show", "nothing")).Exit);

        Assert.Contains("✓ keywords [đèn lồng xanh]: 'đèn lồng xanh' @4+13", (await home.AskAsync("rules", "explain", Stable, "--text", "bán đèn lồng xanh")).Output, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.Usage, (await home.AskAsync("rules", "explain", Stable)).Exit);
        Assert.Equal(ExitCodes.NotFoundOrConflict, (await home.AskAsync("rules", "explain", Stable, "--target", "T000001")).Exit);
        await SeeAsync(home);
        Assert.True(Assert.Single(await home.LinesAsync("rules", "explain", Stable, "--target", "T000001")).GetProperty("holds").GetBoolean());
        Assert.Contains(await home.LinesAsync("custody", "verify"), line => line.TryGetProperty("ok", out var ok) ? ok.GetBoolean() : line.ValueKind == JsonValueKind.Object);
    }

    [Fact]
    public async Task A_version_is_stored_before_a_finding_quotes_it_and_can_be_read_back_after_edits()
    {
        await using var home = new CliHome();
        await SeeAsync(home);
        string quoted;
        await using (var house = await home.OpenAsync())
        {
            var observation = Assert.Single(await house.Store.ObservationsAsync("T000001", 1, 10, TestContext.Current.CancellationToken));
            quoted = observation.Findings.Select(finding => finding.Version!).Distinct().Single();
            Assert.All(observation.Findings, finding => Assert.NotNull(finding.Technique));
        }

        Assert.StartsWith("1+", quoted, StringComparison.Ordinal);
        var before = home.Folder.Read("rulesets/sample.yaml");
        home.Folder.Replace("rulesets/sample.yaml", "        - đèn lồng xanh", "        - đèn lồng tím");
        home.Folder.Replace("rulesets/sample.yaml", "bán đèn lồng xanh ở", "bán đèn lồng tím ở");
        var warnings = await home.AskAsync("rules", "lint", "--json");
        Assert.Equal((ExitCodes.Done, "RUL120 RUL121"), (warnings.Exit, string.Join(' ', warnings.Lines.Select(line => line.GetProperty("code").GetString()).Order(StringComparer.Ordinal))));

        await home.LinesAsync("targets", "inspect", "T000001", "--allow-loopback-targets");
        var versions = await home.LinesAsync("rules", "versions", "sample");
        Assert.Equal(["superseded", "active"], versions.Select(version => version.GetProperty("state").GetString()));
        Assert.Equal(quoted, versions[0].GetProperty("version").GetString());
        Assert.Equal([false, true], versions.Select(version => version.GetProperty("sameAsFile").GetBoolean()));
        var old = Assert.Single(await home.LinesAsync("rules", "versions", "sample", "--show", quoted));
        Assert.Equal(before, old.GetProperty("text").GetString());
        Assert.Contains("## Ý nghĩa", old.GetProperty("guidance").GetProperty(Stable).GetString(), StringComparison.Ordinal);

        var diff = await home.LinesAsync("rules", "diff", "sample");
        Assert.Equal(("logic", Stable), (diff[1].GetProperty("kind").GetString(), diff[1].GetProperty("rule").GetString()));
        Assert.Equal(2, (await home.LinesAsync("rules", "diff", "sample", "--from", "2", "--to", "1")).Count);
        Assert.Equal(ExitCodes.NotFoundOrConflict, (await home.AskAsync("rules", "diff", "sample", "--from", "9")).Exit);
    }

    [Fact]
    public async Task Backtest_says_which_targets_another_set_would_flag_more_or_less_and_changes_nothing()
    {
        await using var home = new CliHome();
        home.Site.OnText("/t/8", "<!doctype html><html><body><main><p>Quầy bán đèn dầu và bấc đèn cho nhà vườn, giao hàng tận nơi.</p></main></body></html>");
        await SeeAsync(home);
        await home.LinesAsync("intake", "add", "http://lantern-forum.example/t/8", "--as", "an.nguyen");
        await home.LinesAsync("targets", "inspect", "T000002", "--allow-loopback-targets");
        await home.LinesAsync("intake", "add", "http://lantern-forum.example/t/9", "--as", "an.nguyen");

        var alone = (await home.LinesAsync("rules", "backtest"))[^1];
        Assert.Equal((3, 2, 1, 1, 1), (Int(alone, "targets"), Int(alone, "judged"), Int(alone, "neverCaptured"), Int(alone, "before"), Int(alone, "after")));

        var changed = home.File("changed.yaml", home.Folder.Read("rulesets/sample.yaml")
            .Replace("        - đèn lồng xanh", "        - đèn dầu", StringComparison.Ordinal)
            .Replace("bán đèn lồng xanh ở", "bán đèn dầu ở", StringComparison.Ordinal)
            .Replace("    status: stable", "    guidance: shared\n    status: stable", StringComparison.Ordinal));
        Directory.CreateDirectory(Path.Combine(Path.GetDirectoryName(changed)!, "guidance"));
        File.WriteAllText(Path.Combine(Path.GetDirectoryName(changed)!, "guidance", "shared.md"), "# x\n");
        var lines = await home.LinesAsync("rules", "backtest", "--with", changed);
        var sum = lines[^1];
        Assert.Equal((1, 1, "T000002", "T000001"), (Int(sum, "more"), Int(sum, "less"), sum.GetProperty("moreTargets")[0].GetString(), sum.GetProperty("lessTargets")[0].GetString()));
        Assert.Equal([Stable], lines[0].GetProperty("removed").EnumerateArray().Select(rule => rule.GetString()));
        Assert.DoesNotContain("đèn", string.Concat(lines.Select(line => line.GetRawText())), StringComparison.Ordinal);

        // Experimental rules count when asked for; a set of another agency's targets is none of ours.
        Assert.Equal(0, Int((await home.LinesAsync("rules", "backtest", "--as", "giang.vo"))[^1], "targets"));
        Assert.Equal(ExitCodes.Usage, (await home.AskAsync("rules", "backtest", "--with", home.At("none"))).Exit);
        Assert.Equal(ExitCodes.Problems, (await home.AskAsync("rules", "backtest", "--with", Path.Combine(Settings.ConfigFolder.Root, "samples", "rulesets", "fails.yaml"))).Exit);
        Assert.Single(await home.LinesAsync("rules", "versions", "sample"));
    }

    [Fact]
    public async Task Where_two_people_are_asked_for_one_proposes_and_another_activates()
    {
        await using var home = new CliHome();
        home.Folder.Replace("monitor.yaml", "activation: automatic", "activation: two-person");
        await SeeAsync(home);

        // Nothing is in force before somebody put it there.
        Assert.Empty(await home.LinesAsync("rules", "versions"));
        Assert.Equal(ExitCodes.NotFoundOrConflict, (await home.AskAsync("rules", "activate", "sample", "--reason", "đã xem", "--as", "binh.tran")).Exit);
        Assert.Equal(ExitCodes.NotFoundOrConflict, (await home.AskAsync("rules", "propose", "sample", "--reason", "bộ đầu", "--as", "giang.vo")).Exit);
        Assert.Equal(ExitCodes.NotFoundOrConflict, (await home.AskAsync("rules", "propose", "none", "--reason", "bộ đầu", "--as", "an.nguyen")).Exit);
        await home.LinesAsync("rules", "propose", "sample", "--reason", "bộ đầu", "--as", "an.nguyen");
        Assert.Equal(ExitCodes.NotFoundOrConflict, (await home.AskAsync("rules", "propose", "sample", "--reason", "bộ đầu", "--as", "an.nguyen")).Exit);
        Assert.Equal(ExitCodes.NotFoundOrConflict, (await home.AskAsync("rules", "activate", "sample", "--reason", "đã xem", "--as", "an.nguyen")).Exit);

        var dry = await home.LinesAsync("rules", "activate", "sample", "--dry-run", "--as", "binh.tran");
        Assert.Equal((3, 1), (Int(dry[0], "changes"), Int(dry[^1], "more")));
        Assert.Equal("proposed", Assert.Single(await home.LinesAsync("rules", "versions")).GetProperty("state").GetString());

        await home.LinesAsync("rules", "activate", "sample", "--reason", "đã xem", "--as", "binh.tran");
        var active = Assert.Single(await home.LinesAsync("rules", "versions"));
        Assert.Equal(("active", "an.nguyen", "binh.tran"), (active.GetProperty("state").GetString(), active.GetProperty("proposedBy").GetString(), active.GetProperty("activatedBy").GetString()));
        Assert.Equal(1, Int((await home.LinesAsync("rules", "backtest"))[^1], "before"));

        // A changed file waits; what two people agreed on stays in force.
        home.Folder.Replace("rulesets/sample.yaml", "        - đèn lồng xanh", "        - đèn lồng tím");
        home.Folder.Replace("rulesets/sample.yaml", "bán đèn lồng xanh ở", "bán đèn lồng tím ở");
        Assert.Equal(1, Int((await home.LinesAsync("rules", "backtest"))[^1], "before"));
        await home.LinesAsync("rules", "propose", "sample", "--reason", "từ mới", "--as", "binh.tran");
        await home.LinesAsync("rules", "withdraw", "sample", "--reason", "nhầm", "--as", "an.nguyen");
        await home.LinesAsync("rules", "propose", "sample", "--reason", "từ mới", "--as", "binh.tran");
        await home.LinesAsync("rules", "activate", "sample", "--reason", "đồng ý", "--as", "an.nguyen");
        Assert.Equal(["superseded", "withdrawn", "active"], (await home.LinesAsync("rules", "versions")).Select(version => version.GetProperty("state").GetString()));
        Assert.Equal(0, Int((await home.LinesAsync("rules", "backtest"))[^1], "before"));

        await using var house = await home.OpenAsync();
        Assert.Equal(["propose-rules", "activate-rules"], (await house.Store.CustodyOfAsync("sample/00003", TestContext.Current.CancellationToken)).Select(entry => entry.Act.Act));
        Assert.Equal("binh.tran", (await house.Store.CustodyOfAsync("sample/00003", TestContext.Current.CancellationToken))[1].Act.Approver);
    }

    [Fact]
    public async Task Rules_that_were_in_force_by_themselves_stay_so_when_two_people_are_asked_for_from_now_on()
    {
        await using var home = new CliHome();
        await SeeAsync(home);
        await using (var house = await home.OpenAsync())
        {
            await house.RuleSets.RecordAsync(house.Desk.Configuration, TestContext.Current.CancellationToken);
            home.Folder.Replace("monitor.yaml", "activation: automatic", "activation: two-person");
            Assert.True(house.Configuration.CheckNow());
            Assert.Equal(["sample"], house.RuleSets.InForce.Of(house.Desk.Configuration).Keys);
        }

        Assert.Equal(1, Int((await home.LinesAsync("rules", "backtest"))[^1], "before"));
    }

    [Fact]
    public async Task Versions_of_a_set_that_does_not_exist_are_not_found()
    {
        await using var home = new CliHome();
        await (await home.OpenAsync()).DisposeAsync();
        Assert.Equal(ExitCodes.NotFoundOrConflict, (await home.AskAsync("rules", "versions", "none")).Exit);
        Assert.Empty(await home.LinesAsync("rules", "versions", "sample"));
    }

    [Fact]
    public async Task Who_activates_says_which_version_was_looked_at_and_who_replaced_a_proposal_is_told()
    {
        await using var home = new CliHome();
        home.Folder.Replace("monitor.yaml", "activation: automatic", "activation: two-person");
        Assert.Equal(ExitCodes.NotFoundOrConflict, (await home.AskAsync("rules", "activate", "sample", "--version", "1", "--dry-run", "--as", "binh.tran")).Exit);
        await home.LinesAsync("rules", "propose", "sample", "--reason", "bộ đầu", "--as", "an.nguyen");
        home.Folder.Replace("rulesets/sample.yaml", "        - đèn lồng xanh", "        - đèn lồng tím");
        home.Folder.Replace("rulesets/sample.yaml", "bán đèn lồng xanh ở", "bán đèn lồng tím ở");
        await home.LinesAsync("rules", "propose", "sample", "--reason", "từ mới", "--as", "binh.tran");

        var versions = await home.LinesAsync("rules", "versions", "sample");
        Assert.Equal(("withdrawn", "an.nguyen", "binh.tran"), (versions[0].GetProperty("state").GetString(), versions[0].GetProperty("proposedBy").GetString(), versions[0].GetProperty("endedBy").GetString()));
        var digest = versions[1].GetProperty("digest").GetString()!;
        foreach (var more in new string[][] { [], ["--dry-run"] })
        {
            var other = await home.AskAsync(["rules", "activate", "sample", "--version", "1", "--reason", "đã xem", "--as", "an.nguyen", .. more]);
            Assert.Equal(ExitCodes.NotFoundOrConflict, other.Exit);
            Assert.Contains(digest, other.Error, StringComparison.Ordinal);
        }

        var dry = (await home.LinesAsync("rules", "activate", "sample", "--version", "2", "--dry-run", "--as", "an.nguyen"))[0];
        Assert.Equal((2, digest, "binh.tran"), (Int(dry, "number"), dry.GetProperty("digest").GetString(), dry.GetProperty("proposedBy").GetString()));
        Assert.Equal(["withdrawn", "proposed"], (await home.LinesAsync("rules", "versions", "sample")).Select(version => version.GetProperty("state").GetString()));
        var done = await home.AskAsync("rules", "activate", "sample", "--version", "2", "--reason", "đã xem", "--as", "an.nguyen", "--lang", "en");
        Assert.Equal(ExitCodes.Done, done.Exit);
        Assert.Contains($"version 2, sha256 {digest}", done.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_files_come_into_force_by_themselves_nobody_proposes()
    {
        await using var home = new CliHome();
        var answer = await home.AskAsync("rules", "propose", "sample", "--reason", "x", "--as", "an.nguyen", "--lang", "en");
        Assert.Equal(ExitCodes.NotFoundOrConflict, answer.Exit);
        Assert.Contains("rules.activation", answer.Error, StringComparison.Ordinal);
    }

    private static async Task SeeAsync(CliHome home)
    {
        await home.LinesAsync("intake", "add", CliHome.Page, "--as", "an.nguyen");
        await home.LinesAsync("targets", "inspect", "T000001", "--allow-loopback-targets");
    }

    private static int Int(JsonElement line, string name) => line.GetProperty(name).GetInt32();
}
