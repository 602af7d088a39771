using System.Text;
using System.Text.Json;
using Monitor.Rules.RuleSets;
using Monitor.Worker.Settings;
using Monitor.Worker.Settings.Problems;

namespace Monitor.Tests.Settings;

/// <summary>Each fault alone in the shipped configuration: found, at its place, and nothing else is blamed.</summary>
public sealed class ConfigurationProblemTests
{
    [Theory]
    [InlineData("monitor.yaml", "contact: giam-sat@so-mau.example", "contact: giam-sat", ProblemCodes.BadMailAddress, null)]
    [InlineData("monitor.yaml", "contact: giam-sat@so-mau.example", "contact:", ProblemCodes.EmptyText, null)]
    [InlineData("monitor.yaml", "  delay: 2s", "  delay: 2", ProblemCodes.BadDuration, "2s, 2m, 2h")]
    [InlineData("monitor.yaml", "  delay: 2s", "  delay: 2d", ProblemCodes.BadDuration, null)]
    [InlineData("monitor.yaml", "  parallelism: 16", "  paralelism: 16", ProblemCodes.UnknownKey, "parallelism")]
    [InlineData("monitor.yaml", "  parallelism: 16", "  parallelism: 0", ProblemCodes.BadNumber, null)]
    [InlineData("monitor.yaml", "  parallelism: 16", "  parallelism: [16]", ProblemCodes.WrongType, null)]
    [InlineData("monitor.yaml", "  parallelism: 16", "  parallelism: 16\n  parallelism: 17", ProblemCodes.DuplicateKey, null)]
    [InlineData("monitor.yaml", "  loopback-targets: []", "  loopback-targets: [10.0.0.1]", ProblemCodes.NotLoopback, null)]
    [InlineData("monitor.yaml", "  security: start-tls", "  security: start-tsl", ProblemCodes.NotOneOf, "start-tls")]
    [InlineData("monitor.yaml", "  level: Information", "  level: information", ProblemCodes.NotOneOf, "Information")]
    [InlineData("monitor.yaml", "  - fbclid", "  - utm_*", ProblemCodes.RepeatedItem, null)]
    [InlineData("monitor.yaml", "  - fbclid", "  - f?clid", ProblemCodes.WrongType, null)]
    [InlineData("monitor.yaml", "  hard-confirmations: 3", "  hard-confirmations: 2", ProblemCodes.WeakerThanTheRule, null)]
    [InlineData("monitor.yaml", "  batch: 200", "  batch: &a 200", ProblemCodes.AnchorOrTag, null)]
    [InlineData("monitor.yaml", "  batch: 200", "  batch: !!int 200", ProblemCodes.AnchorOrTag, null)]
    [InlineData("agencies.yaml", "    code: CAT", "    code: SKHCN", ProblemCodes.DuplicateId, null)]
    [InlineData("agencies.yaml", "  - id: chi.le", "  - id: an.nguyen", ProblemCodes.DuplicateId, null)]
    [InlineData("agencies.yaml", "  - id: chi.le", "  - id: Chi Le", ProblemCodes.BadId, "chi-le")]
    [InlineData("agencies.yaml", "    roles: [approver]", "    roles: [aprover]", ProblemCodes.NotOneOf, "approver")]
    [InlineData("agencies.yaml", "    roles: [approver]", "    roles: []", ProblemCodes.EmptyList, null)]
    [InlineData("agencies.yaml", "    agency: inspector", "    agency: inspectr", ProblemCodes.DanglingReference, "inspector")]
    [InlineData("agencies.yaml", "    duty-contact: truc-ban@so-mau.example", "    duty-contact: 113", ProblemCodes.BadMailAddress, null)]
    [InlineData("legal-bases.yaml", "    valid-from: 2024-12-25", "    valid-from: 25/12/2024", ProblemCodes.BadDate, "2024-12-25")]
    [InlineData("legal-bases.yaml", "    valid-from: 2024-12-25", "    valid-from: 2024-02-30", ProblemCodes.BadDate, null)]
    [InlineData("legal-bases.yaml", "    valid-to: 2026-06-30", "    valid-to: 2018-06-30", ProblemCodes.DatesReversed, null)]
    [InlineData("legal-bases.yaml", "    competent-agencies: [police]\n    deadline-hours", "    competent-agencies: [polise]\n    deadline-hours", ProblemCodes.DanglingReference, "police")]
    [InlineData("watchlists/sample.yaml", "owner-agency: ict", "owner-agency: itc", ProblemCodes.DanglingReference, "ict")]
    [InlineData("watchlists/sample.yaml", "reviewer: binh.tran", "reviewer: bin.tran", ProblemCodes.DanglingReference, "binh.tran")]
    [InlineData("watchlists/sample.yaml", "rule-sets: [sample]", "rule-sets: [simple]", ProblemCodes.DanglingReference, "sample")]
    [InlineData("watchlists/sample.yaml", "hash-banks: [sample]", "hash-banks: [Sample Bank]", ProblemCodes.BadId, "sample-bank")]
    [InlineData("watchlists/sample.yaml", "category: abuse-violence", "category: defamation", ProblemCodes.CategoryOutsideTheList, null)]
    [InlineData("watchlists/sample.yaml", "category: abuse-violence", "category: abuse-violense", ProblemCodes.CategoryOutsideTheList, "abuse-violence")]
    [InlineData("watchlists/sample.yaml", "cadence: 24h", "cadence: daily", ProblemCodes.BadDuration, null)]
    [InlineData("watchlists/sample.yaml", "obey-robots: false", "obey-robots: không", ProblemCodes.WrongType, "false")]
    [InlineData("watchlists/sample.yaml", "page-cap: 20", "page-cap: 0", ProblemCodes.WithoutEffect, null)]
    [InlineData("watchlists/sample.yaml", "expires-on: 2027-12-31", "expires-on: 2026-06-30", ProblemCodes.Expired, null)]
    [InlineData("watchlists/sample.yaml", "https://chia-se-mau.example/bai/1001", "chia-se-mau.example/bai/1001", ProblemCodes.BadUrl, null)]
    [InlineData("platforms/chia-se-mau.yaml", "'^/bai/(?<post>[0-9]+)'", "'^/bai/(?<post>[0-9]+'", ProblemCodes.BadPattern, null)]
    [InlineData("platforms/chia-se-mau.yaml", "'^/bai/(?<post>[0-9]+)'", "'^/bai/([0-9]+)'", ProblemCodes.BadPattern, null)]
    [InlineData("platforms/chia-se-mau.yaml", "'^/bai/(?<post>[0-9]+)'", "'^(?=/bai)(?<post>[0-9]+)'", ProblemCodes.BadPattern, null)]
    [InlineData("platforms/chia-se-mau.yaml", "hosts: [chia-se-mau.example]", "hosts: [https://chia-se-mau.example/]", ProblemCodes.BadHost, "chia-se-mau.example")]
    [InlineData("platforms/lantern-forum.yaml", "hosts: [lantern-forum.example]", "hosts: [chia-se-mau.example]", ProblemCodes.HostClaimedTwice, null)]
    [InlineData("platforms/chia-se-mau.yaml", "addressee: police", "addressee: polic", ProblemCodes.DanglingReference, "police")]
    [InlineData("platforms/chia-se-mau.yaml", "  - after: 7d", "  - after: 1d", ProblemCodes.LadderOrder, null)]
    [InlineData("platforms/lantern-forum.yaml", "    action: authority", "    action: second-channel", ProblemCodes.AddresseeMissing, null)]
    [InlineData("platforms/lantern-forum.yaml", "language: en", "language: fr", ProblemCodes.NotOneOf, null)]
    [InlineData("platforms/generic.yaml", "hosts: [\"*\"]", "hosts: []", ProblemCodes.EmptyList, null)]
    [InlineData("rulesets/sample.yaml", "      - Hôm nay cửa hàng bán đèn lồng xanh ở đầu phố.", "      - Hôm nay cửa hàng đóng cửa.", RuleDiagnosticCodes.MustMatchFailed, null)]
    [InlineData("rulesets/sample.yaml", "mã số dl-[0-9]{4}", "mã số (dl-[0-9]{4}", RuleDiagnosticCodes.PatternInvalid, null)]
    [InlineData("rulesets/sample.yaml", "    status: stable", "    status: stabel", ProblemCodes.NotOneOf, "stable")]
    [InlineData("rulesets/sample.yaml", "    status: stable", "    status: enabled", ProblemCodes.NotOneOf, "stable")]
    [InlineData("rulesets/sample.yaml", "    level: medium", "    level: mediun", ProblemCodes.NotOneOf, "medium")]
    [InlineData("rulesets/sample.yaml", "3806f707-8e77-4189-8160-634a4227be37", "lantern", ProblemCodes.BadId, "d8c3e37e-12f7-8e32-a394-2eb9010db85a")]
    [InlineData("rulesets/sample.yaml", "            within: 12", "            witin: 12", ProblemCodes.UnknownKey, "within")]
    [InlineData("rulesets/sample.yaml", "        - keywords: [đèn lồng]", "        - keyword: [đèn lồng]", ProblemCodes.UnknownKey, "keywords")]
    [InlineData("rulesets/sample.yaml", "main a[href*=", "main a[hreff*=", ProblemCodes.BadPattern, "href")]
    [InlineData("rulesets/sample.yaml", "at-least: 0.9 }", "at-least: 9 }", ProblemCodes.BadNumber, null)]
    [InlineData("rulesets/sample.yaml", "            within: 12", "            within: -1", ProblemCodes.BadNumber, null)]
    [InlineData("monitor.yaml", "  activation: automatic", "  activation: two-persons", ProblemCodes.NotOneOf, "two-person")]
    [InlineData("notices/takedown.vi.liquid", "{{ case_id }}.\n", "{{ case_id .\n", ProblemCodes.TemplateDoesNotParse, null)]
    [InlineData("notices/takedown.vi.liquid", "{{ agency.address }}", "{{ agency.adress }}", ProblemCodes.TemplateDoesNotRender, null)]
    [InlineData("notices/takedown.vi.liquid", "{{ agency.address }}", "{{ adress }}", ProblemCodes.TemplateDoesNotRender, null)]
    [InlineData("notices/takedown.vi.liquid", "{{ agency.address }}", "{{ agency.address | translate }}", ProblemCodes.TemplateDoesNotRender, null)]
    [InlineData("notices/takedown.vi.liquid", "Subject: ", "Tiêu đề: ", ProblemCodes.SubjectMissing, null)]
    public void One_fault_is_one_problem(string file, string old, string text, string code, string? suggestion)
    {
        using var folder = new ConfigFolder();
        folder.Replace(file, old, text);

        ConfigurationReading reading = folder.Load();

        ConfigurationProblem problem = Assert.Single(reading.Problems);
        Assert.Equal((file, code, suggestion), (problem.File, problem.Code, problem.Suggestion));
        Assert.Equal(problem.Severity == ProblemSeverity.Error, reading.Value is null);
        Assert.NotEqual(problem.Message.Vietnamese, problem.Message.English);
        int changed = File.ReadLines(Path.Combine(ConfigFolder.Shipped, file)).Zip(folder.Read(file).Split('\n')).TakeWhile(pair => pair.First == pair.Second).Count() + 1;
        if (code is not (ProblemCodes.AddresseeMissing or ProblemCodes.LadderOrder or ProblemCodes.EmptyList or ProblemCodes.DuplicateKey or ProblemCodes.WithoutEffect or ProblemCodes.RepeatedItem))
            Assert.Equal(changed, problem.Line);
    }

    [Theory]
    [InlineData("monitor.yaml", ProblemCodes.FileMissing)]
    [InlineData("agencies.yaml", ProblemCodes.FileMissing)]
    [InlineData("legal-bases.yaml", ProblemCodes.FileMissing)]
    [InlineData("notices/reminder.en.liquid", ProblemCodes.TemplateMissing)]
    [InlineData("notices/retraction.vi.liquid", ProblemCodes.TemplateMissing)]
    [InlineData("rulesets/sample.yaml", ProblemCodes.DanglingReference)]
    public void A_missing_file_is_one_problem(string file, string code)
    {
        using var folder = new ConfigFolder();
        folder.Delete(file);

        Assert.Equal(code, folder.Single().Code);
    }

    [Fact]
    public void A_missing_generic_profile_and_a_second_one()
    {
        using var none = new ConfigFolder();
        none.Delete("platforms/generic.yaml");
        Assert.Equal(("platforms", ProblemCodes.NotOneGenericProfile), (none.Single().File, none.Single().Code));

        using var two = new ConfigFolder();
        two.Write("platforms/other.yaml", two.Read("platforms/generic.yaml").Replace("id: generic", "id: other", StringComparison.Ordinal));
        Assert.Equal(("platforms/other.yaml", ProblemCodes.NotOneGenericProfile), (two.Single().File, two.Single().Code));
    }

    [Fact]
    public void A_missing_directory_is_a_problem_and_no_exception()
    {
        ConfigurationReading reading = new ConfigurationLoader(TimeProvider.System).Load(Path.Combine(Path.GetTempPath(), "no-such-" + Guid.NewGuid()));

        Assert.Null(reading.Value);
        Assert.Equal(ProblemCodes.FileMissing, Assert.Single(reading.Problems).Code);
    }

    [Theory]
    [InlineData("name: [a", 1)]
    [InlineData("name: a\n\tcontact: b", 2)]
    [InlineData("name: \"a\n", 1)]
    [InlineData("a: b: c", 1)]
    public void Malformed_yaml_is_reported_for_its_file_and_the_others_are_still_read(string text, int line)
    {
        using var folder = new ConfigFolder();
        folder.Write("monitor.yaml", text).Replace("agencies.yaml", "kind: police", "kind: polices");

        IReadOnlyList<ConfigurationProblem> problems = folder.Load().Problems;

        Assert.Equal([ProblemCodes.NotOneOf, ProblemCodes.MalformedYaml], problems.Select(problem => problem.Code));
        Assert.Equal(line, problems[1].Line);
    }

    [Fact]
    public void What_a_malformed_file_would_declare_is_not_missed_elsewhere()
    {
        using var folder = new ConfigFolder();
        folder.Write("agencies.yaml", "agencies: [");

        Assert.Equal(ProblemCodes.MalformedYaml, folder.Single().Code);
    }

    [Fact]
    public void A_file_of_another_encoding_says_so_at_the_place()
    {
        using var folder = new ConfigFolder();
        folder.Write("watchlists/sample.yaml", [.. "id: sample\ntitle: Đ"u8, 0xF2, 0x6E, (byte)'\n']);
        ConfigurationProblem latin = folder.Single();
        Assert.Equal((ProblemCodes.NotUtf8, 2, 9), (latin.Code, latin.Line, latin.Column));

        folder.Write("watchlists/sample.yaml", [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes("id: sample")]);
        Assert.Contains("UTF-16", folder.Single().Message.English, StringComparison.Ordinal);
    }

    [Fact]
    public void A_byte_order_mark_and_windows_line_ends_are_fine()
    {
        using var folder = new ConfigFolder();
        foreach (string file in new[] { "monitor.yaml", "watchlists/sample.yaml", "notices/takedown.vi.liquid" })
            folder.Write(file, [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(folder.Read(file).Replace("\n", "\r\n", StringComparison.Ordinal))]);

        Assert.Empty(folder.Load().Problems);
    }

    [Fact]
    public void Large_deep_and_expanding_files_are_refused_quickly()
    {
        using var folder = new ConfigFolder();
        folder
            .Write("monitor.yaml", new string('#', ConfigurationSnapshot.LargestFile + 1))
            .Write("agencies.yaml", new string('[', 500_000))
            .Write("legal-bases.yaml", "a: &a [x, x]\nb: &b [*a, *a, *a]\nlegal-bases: [*b, *b, *b]\n")
            .Write("rulesets/deep.yaml", string.Concat(Enumerable.Range(0, 500).Select(i => new string(' ', i) + "a:\n")))
            .Write("platforms/empty.yaml", "");

        IReadOnlyList<ConfigurationProblem> problems = folder.Load().Problems;

        Assert.Contains(problems, problem => problem is { File: "monitor.yaml", Code: ProblemCodes.FileTooLarge });
        Assert.Contains(problems, problem => problem is { File: "agencies.yaml", Code: ProblemCodes.NestedTooDeep });
        Assert.Equal(8, problems.Count(problem => problem is { File: "legal-bases.yaml", Code: ProblemCodes.AnchorOrTag }));
        Assert.Contains(problems, problem => problem is { File: "rulesets/deep.yaml", Code: ProblemCodes.NestedTooDeep });
        Assert.Contains(problems, problem => problem is { File: "platforms/empty.yaml", Code: ProblemCodes.NotOneMapping });
    }

    [Fact]
    public void A_flood_of_faults_is_bounded_and_counted()
    {
        using var folder = new ConfigFolder();
        folder.Write("monitor.yaml", string.Concat(Enumerable.Range(0, 50_000).Select(i => $"k{i}: 1\n")));

        IReadOnlyList<ConfigurationProblem> problems = folder.Load().Problems;

        Assert.Equal(ProblemSink.MostProblems + 1, problems.Count);
        Assert.Equal(ProblemCodes.TooManyProblems, problems[^1].Code);
        Assert.Contains("49002", problems[^1].Message.English, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("  username: \"\"", "  username: \"\"\n  password: s3cret-word", ProblemCodes.SecretInFile)]
    [InlineData("  username: \"\"", "  username: \"\"\n  mat-khau: s3cret-word", ProblemCodes.SecretInFile)]
    [InlineData("  password-variable: MONITOR_SMTP_PASSWORD", "  password-variable: s3cret-word", ProblemCodes.SecretInFile)]
    [InlineData("  port: 587", "  password: a\n  password: s3cret-word", ProblemCodes.DuplicateKey)]
    public void A_secret_in_a_file_is_an_error_that_does_not_repeat_it(string old, string text, string code)
    {
        using var folder = new ConfigFolder();
        folder.Replace("monitor.yaml", old, text);

        ConfigurationReading reading = folder.Load();

        Assert.Null(reading.Value);
        Assert.Contains(reading.Problems, problem => problem.Code == code);
        string shown = ProblemRenderer.RenderAll(reading.Problems, "en") + ProblemRenderer.RenderAll(reading.Problems, "vi") + string.Concat(reading.Problems.Select(ProblemRenderer.ToJson));
        Assert.DoesNotContain("s3cret", shown, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("mail.example.vn", "none", "so@mau.example", "", new[] { ProblemCodes.UnencryptedMail })]
    [InlineData("127.0.0.1", "none", "so@mau.example", "", new string[0])]
    [InlineData("localhost", "none", "so@mau.example", "", new string[0])]
    [InlineData("::1", "none", "so@mau.example", "", new string[0])]
    [InlineData("mail.example.vn", "tls", "", "", new[] { ProblemCodes.MissingKey })]
    [InlineData("mail.example.vn", "tls", "so@mau.example", "user", new[] { ProblemCodes.PasswordSourceMissing })]
    public void Mail_travels_encrypted_and_has_a_sender(string host, string security, string from, string user, string[] codes)
    {
        using var folder = new ConfigFolder();
        folder.Write("monitor.yaml", $"name: Mẫu\ncontact: a@mau.example\nsmtp:\n  host: \"{host}\"\n  security: {security}\n  from: \"{from}\"\n  username: \"{user}\"\n");

        Assert.Equal(codes, folder.Load().Problems.Select(problem => problem.Code));
    }

    [Theory]
    [InlineData("    selector: \"\"", "    selector: s1", ProblemCodes.MissingKey)]
    [InlineData("    selector: \"\"\n    key-file: \"\"", "    selector: s1\n    key-file: k.pem", ProblemCodes.MissingKey)]
    [InlineData("    domain: \"\"", "    domain: \"so mau\"", null)]
    [InlineData("    algorithm: rsa", "    algorithm: dsa", null)]
    [InlineData("  plus-address: false", "  plus-address: maybe", null)]
    [InlineData("  dsn: true", "  dsn: often", null)]
    [InlineData("    certificate-file: \"\"\n    key-file: \"\"", "    certificate-file: \"\"\n    key-file: k.pem", ProblemCodes.MissingKey)]
    [InlineData("    key-file: \"\"\n    password-variable: \"\"", "    key-file: \"\"\n    password-variable: s3cret-word", ProblemCodes.SecretInFile)]
    [InlineData("    key-file: \"\"\n    password-variable: \"\"", "    key-file: \"\"\n    password: s3cret-word", ProblemCodes.SecretInFile)]
    [InlineData("    certificate-file: \"\"", "    certificate: \"\"", ProblemCodes.UnknownKey)]
    public void One_fault_of_what_signs_mails_is_one_problem_within_smtp(string old, string text, string? code)
    {
        using var folder = new ConfigFolder();
        folder.Replace("monitor.yaml", old, text);

        ConfigurationReading reading = folder.Load();

        Assert.Null(reading.Value);
        ConfigurationProblem problem = Assert.Single(reading.Problems);
        Assert.Equal("monitor.yaml", problem.File);
        Assert.InRange(problem.Line, 31, 70);
        if (code is not null)
            Assert.Equal(code, problem.Code);
        Assert.DoesNotContain("s3cret", ProblemRenderer.RenderAll(reading.Problems, "en") + ProblemRenderer.RenderAll(reading.Problems, "vi"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_with_another_ending_is_not_passed_over_in_silence()
    {
        using var folder = new ConfigFolder();
        folder.Write("watchlists/mine.yml", "id: mine");
        ConfigurationProblem problem = folder.Single();
        Assert.Equal((ProblemCodes.UnknownFile, ProblemSeverity.Error, "watchlists/mine.yaml"), (problem.Code, problem.Severity, problem.Suggestion));

        folder.Delete("watchlists/mine.yml").Write("monitors.yaml", "a: b");
        problem = folder.Single();
        Assert.Equal((ProblemCodes.UnknownFile, ProblemSeverity.Warning, "monitor.yaml"), (problem.Code, problem.Severity, problem.Suggestion));
    }

    [Fact]
    public void Every_fault_of_every_file_is_shown_at_once_in_both_languages()
    {
        using var folder = new ConfigFolder();
        folder
            .Replace("monitor.yaml", "contact: giam-sat@so-mau.example", "contact: giam-sat@")
            .Replace("monitor.yaml", "  interval: 15s", "  intervall: 15s")
            .Replace("agencies.yaml", "    agency: inspector", "    agency: thanh-tra")
            .Replace("agencies.yaml", "    code: CAT\n", "")
            .Replace("legal-bases.yaml", "    valid-from: 2024-12-25", "    valid-from: 25/12/2024")
            .Replace("watchlists/sample.yaml", "category: abuse-violence", "category: phỉ báng")
            .Replace("watchlists/sample.yaml", "cadence: 24h", "cadence: hằng ngày")
            .Replace("rulesets/sample.yaml", "      - Hôm nay cửa hàng bán đèn lồng đỏ ở đầu phố.", "      - Đèn lồng xanh nhưng không được khớp.")
            .Replace("platforms/generic.yaml", "required-vantages: [direct]", "required-vantages: []")
            .Replace("notices/media.en.liquid", "{{ deadline.hours }}", "{{ deadline.hour }}")
            .Replace("monitor.yaml", "  username: \"\"", "  username: \"\"\n  password: hidden-from-view");

        IReadOnlyList<ConfigurationProblem> problems = folder.Load().Problems;

        Golden.Equal("Settings/Golden/problems.vi.txt", ProblemRenderer.RenderAll(problems, "vi"));
        Golden.Equal("Settings/Golden/problems.en.txt", ProblemRenderer.RenderAll(problems, "en"));
        Golden.Equal("Settings/Golden/problems.jsonl", string.Concat(problems.Select(problem => ProblemRenderer.ToJson(problem) + "\n")));
        Assert.All(problems, problem => Assert.Equal(problem.File, JsonDocument.Parse(ProblemRenderer.ToJson(problem)).RootElement.GetProperty("file").GetString()));
    }

    [Fact]
    public void The_caret_stands_under_the_word_whatever_stands_before_it()
    {
        var problem = new ConfigurationProblem
        {
            File = "a.yaml",
            Span = new SourceSpan(12, 8, 3),
            Code = "CFG999",
            Severity = ProblemSeverity.Error,
            Message = BilingualText.Same("x\u001b[31m"),
            SourceLine = "\te\u0302\u0301中: abc",
        };

        Assert.Equal("a.yaml:12:8: error CFG999: x\uFFFD[31m\n  12 |  e\u0302\u0301中: abc\n     |       ^^^\n", ProblemRenderer.Render(problem, "en"));
    }

    [Theory]
    [InlineData("90s", 90)]
    [InlineData("15m", 900)]
    [InlineData("1h30m", 5400)]
    [InlineData("7d", 604800)]
    [InlineData("1d12h", 129600)]
    public void Durations_are_read(string text, int seconds)
    {
        using var folder = new ConfigFolder();
        folder.Replace("watchlists/sample.yaml", "cadence: 24h", $"cadence: {text}");

        Assert.Equal(TimeSpan.FromSeconds(seconds), folder.Load().Value!.WatchLists["sample"].Cadence);
    }
}
