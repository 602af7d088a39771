using Monitor.Rules.Takedowns;
using Monitor.Worker.Settings;
using Monitor.Worker.Settings.Problems;

namespace Monitor.Tests.Settings;

public sealed class PlatformFileTests
{
    private const string Api = """
        id: mau
        name: Mẫu
        hosts: [mau.example]
        url-patterns: ['^/a/', '^/b/']
        account-pattern: '^/(?<account>[a-z]+)'
        post-pattern: '/(?<post>[0-9]+)'
        requires: [post, account, media-url, digest]
        deadline-hours: 12
        items-per-notice: 50
        notices-per-hour: 30
        channels:
          - kind: api
            address: https://api.mau.example/reports
            addressee: Bộ phận Mẫu
            api:
              format: json
              authentication: oauth2
              secret-variable: MAU_SECRET
              token-url: https://login.mau.example/token
              client-id: monitor
              scope: reports
              idempotency-header: X-Request-Key
              lookup-url: https://api.mau.example/reports/{key}
              receipt-field: report.id
              fields:
                - name: report.url
                  value: "{{ items[0].url }}"
          - kind: form
            address: http://127.0.0.1:8080/form
            addressee: Bộ phận Mẫu
            form:
              - label: Đường dẫn
                value: "{{ items[0].url }}"

        """;

    [Fact]
    public void What_is_written_is_what_is_read()
    {
        using var folder = new ConfigFolder();
        folder.Write("platforms/mau.yaml", Api);

        ConfigurationReading reading = folder.Load();

        Assert.Empty(reading.Problems);
        PlatformProfile profile = reading.Value!.Platforms["mau"];
        Assert.Equal(["^/a/", "^/b/"], profile.UrlPatterns);
        Assert.Equal([NoticeRequirement.Post, NoticeRequirement.Account, NoticeRequirement.MediaUrl, NoticeRequirement.Digest], profile.Requires);
        Assert.Equal((12, 50, 30), (profile.DeadlineHours, profile.ItemsPerNotice, profile.NoticesPerHour));
        ApiChannelProfile api = profile.Channels[0].Api!;
        Assert.Equal(
            new ApiChannelProfile
            {
                Format = ApiFormat.Json,
                Authentication = ApiAuthentication.OAuth2,
                SecretVariable = "MAU_SECRET",
                TokenUrl = "https://login.mau.example/token",
                ClientId = "monitor",
                Scope = "reports",
                IdempotencyHeader = "X-Request-Key",
                LookupUrl = "https://api.mau.example/reports/{key}",
                ReceiptField = "report.id",
                Fields = api.Fields,
            },
            api);
        Assert.Equal([new FormField("report.url", "{{ items[0].url }}")], api.Fields);
        Assert.Equal((ChannelKind.Form, null), (profile.Channels[1].Kind, profile.Channels[1].Api));
        Assert.Equal([new FormField("Đường dẫn", "{{ items[0].url }}")], profile.Channels[1].Form);
    }

    [Fact]
    public void What_is_not_written_is_the_default()
    {
        using var folder = new ConfigFolder();
        folder.Write("platforms/mau.yaml", "id: mau\nname: Mẫu\nhosts: [mau.example]\nchannels:\n  - kind: api\n    address: https://mau.example/x\n    addressee: Mẫu\n");

        PlatformProfile profile = folder.Load().Value!.Platforms["mau"];

        Assert.Equal(new ApiChannelProfile { Fields = profile.Channels[0].Api!.Fields }, profile.Channels[0].Api);
        Assert.Equal((null, 1, null), (profile.DeadlineHours, profile.ItemsPerNotice, profile.NoticesPerHour));
        Assert.Empty(profile.Requires.Select(one => one.ToString()).Concat(profile.UrlPatterns).Concat(profile.Channels[0].Api!.Fields.Select(field => field.Label)));
    }

    [Theory]
    [InlineData("url-patterns: ['^/a/', '^/b/']", "url-patterns: ['(?=a)']", ProblemCodes.BadPattern, null, 4)]
    [InlineData("url-patterns: ['^/a/', '^/b/']", "url-patterns: ['(']", ProblemCodes.BadPattern, null, 4)]
    [InlineData("url-patterns: ['^/a/', '^/b/']", "url-patterns: []", ProblemCodes.EmptyList, null, 4)]
    [InlineData("url-patterns: ['^/a/', '^/b/']", "url-patterns: ['^/a/', '^/a/']", ProblemCodes.RepeatedItem, null, 4)]
    [InlineData("hosts: [mau.example]", "hosts: []", ProblemCodes.WithoutEffect, null, 4)]
    [InlineData("account-pattern: '^/(?<account>[a-z]+)'\n", "", ProblemCodes.NeverMet, null, 6)]
    [InlineData("post-pattern: '/(?<post>[0-9]+)'\n", "", ProblemCodes.NeverMet, null, 6)]
    [InlineData("post-pattern: '/(?<post>[0-9]+)'", "post-pattern: '/([0-9]+)'", ProblemCodes.BadPattern, null, 6)]
    [InlineData("[post, account, media-url, digest]", "[post, media_url]", ProblemCodes.NotOneOf, "media-url", 7)]
    [InlineData("deadline-hours: 12", "deadline-hours: 0", ProblemCodes.BadNumber, null, 8)]
    [InlineData("deadline-hours: 12", "deadline-hours: 24h", ProblemCodes.BadNumber, null, 8)]
    [InlineData("items-per-notice: 50", "items-per-notice: 201", ProblemCodes.BadNumber, null, 9)]
    [InlineData("notices-per-hour: 30", "notices-per-hour: 0", ProblemCodes.BadNumber, null, 10)]
    [InlineData("notices-per-hour: 30", "notice-per-hour: 30", ProblemCodes.UnknownKey, "notices-per-hour", 10)]
    [InlineData("kind: api", "kind: apii", ProblemCodes.NotOneOf, "api", 12)]
    [InlineData("address: https://api.mau.example/reports", "address: http://api.mau.example/reports", ProblemCodes.BadUrl, "https://api.mau.example/reports", 13)]
    [InlineData("address: https://api.mau.example/reports", "address: a@mau.example", ProblemCodes.BadUrl, null, 13)]
    [InlineData("address: https://api.mau.example/reports", "address: https://u:s3cret@mau.example/", ProblemCodes.BadUrl, null, 13)]
    [InlineData("format: json", "format: xml", ProblemCodes.NotOneOf, null, 16)]
    [InlineData("format: json", "format: xarf", ProblemCodes.WithoutEffect, null, 26)]
    [InlineData("authentication: oauth2", "authentication: oauth", ProblemCodes.NotOneOf, "oauth2", 17)]
    [InlineData("      secret-variable: MAU_SECRET\n", "", ProblemCodes.PasswordSourceMissing, null, 17)]
    [InlineData("secret-variable: MAU_SECRET", "secret-variable: s3cret", ProblemCodes.SecretInFile, null, 18)]
    [InlineData("secret-variable: MAU_SECRET", "secret-variable: MAU_SECRET\n      secret-file: /run/x", ProblemCodes.WithoutEffect, null, 19)]
    [InlineData("      token-url: https://login.mau.example/token\n", "", ProblemCodes.MissingKey, null, 17)]
    [InlineData("      client-id: monitor\n", "", ProblemCodes.MissingKey, null, 17)]
    [InlineData("token-url: https://", "token-url: http://", ProblemCodes.BadUrl, "https://login.mau.example/token", 19)]
    [InlineData("scope: reports", "key-header: X-Key", ProblemCodes.WithoutEffect, null, 21)]
    [InlineData("idempotency-header: X-Request-Key", "idempotency-header: Content-Length", ProblemCodes.WrongType, null, 22)]
    [InlineData("idempotency-header: X-Request-Key", "idempotency-header: \"X: y\"", ProblemCodes.WrongType, null, 22)]
    [InlineData("idempotency-header: X-Request-Key", "key-prefix: \"Bearer s3cret-0123456789abcdef\"", ProblemCodes.SecretInFile, null, 22)]
    [InlineData("reports/{key}", "reports/", ProblemCodes.BadUrl, null, 23)]
    [InlineData("reports/{key}", "reports/{key}{key}", ProblemCodes.BadUrl, null, 23)]
    [InlineData("lookup-url: https://api.mau.example/reports/{key}", "lookup-url: https://{key}.mau.example/", ProblemCodes.BadUrl, null, 23)]
    [InlineData("receipt-field: report.id", "receipt-field: report..id", ProblemCodes.WrongType, null, 24)]
    [InlineData("value: \"{{ items[0].url }}\"\n  -", "value: \"{{ items[0].ur }}\"\n  -", ProblemCodes.TemplateDoesNotRender, null, 27)]
    [InlineData("value: \"{{ items[0].url }}\"\n  -", "value: \"{{ items[0].url\"\n  -", ProblemCodes.TemplateDoesNotParse, null, 27)]
    [InlineData("- name: report.url", "- name: report url", ProblemCodes.WrongType, "report-url", 26)]
    [InlineData("- name: report.url", "- name: report\n          value: x\n        - name: report.url", ProblemCodes.RepeatedItem, null, 26)]
    [InlineData("kind: form", "kind: smtp", ProblemCodes.BadMailAddress, null, 29)]
    [InlineData("      - label: Đường dẫn\n", "      - name: Đường dẫn\n", ProblemCodes.UnknownKey, null, 32)]
    [InlineData("    form:\n", "    api: {}\n    form:\n", ProblemCodes.WithoutEffect, null, 31)]
    public void One_fault_is_told_at_its_place(string old, string text, string code, string? suggestion, int line)
    {
        using var folder = new ConfigFolder();
        folder.Write("platforms/mau.yaml", Api).Replace("platforms/mau.yaml", old, text);

        ConfigurationReading reading = folder.Load();

        Assert.Null(reading.Value);
        ConfigurationProblem problem = reading.Problems[0];
        Assert.Equal(("platforms/mau.yaml", code, suggestion, line), (problem.File, problem.Code, problem.Suggestion, problem.Span.Line));
        Assert.DoesNotContain("s3cret", ProblemRenderer.RenderAll(reading.Problems, "vi") + ProblemRenderer.ToJson(problem), StringComparison.Ordinal);
        Assert.NotEqual(problem.Message.Vietnamese, problem.Message.English);
    }

    [Fact]
    public void Profiles_may_share_a_host_where_patterns_tell_them_apart()
    {
        using var folder = new ConfigFolder();
        const string Other = "id: khac\nname: Khác\nhosts: [mau.example]\nchannels:\n  - kind: smtp\n    address: a@mau.example\n    addressee: Khác\n";
        folder.Write("platforms/mau.yaml", Api).Write("platforms/khac.yaml", Other);
        Assert.Empty(folder.Load().Problems);

        folder.Write("platforms/khac.yaml", Other + "url-patterns: ['^/b/']\n");
        Assert.Equal(ProblemCodes.HostClaimedTwice, folder.Single().Code);
    }

    [Fact]
    public void Two_profiles_with_one_media_host_are_warned_of()
    {
        using var folder = new ConfigFolder();
        foreach (string id in new[] { "mot", "hai" })
            folder.Write($"platforms/{id}.yaml", $"id: {id}\nname: Mẫu\nhosts: [{id}.example]\nmedia-hosts: [anh.{id}.example, cdn.mau.example]\nchannels:\n  - kind: smtp\n    address: a@{id}.example\n    addressee: Mẫu\n");

        ConfigurationReading reading = folder.Load();

        Assert.NotNull(reading.Value);
        ConfigurationProblem problem = Assert.Single(reading.Problems);
        Assert.Equal((ProblemCodes.MediaHostNamedTwice, ProblemSeverity.Warning, 4), (problem.Code, problem.Severity, problem.Line));
        Assert.Contains("cdn.mau.example", problem.Message.English, StringComparison.Ordinal);
    }

    [Fact]
    public void The_samples_pass_the_check()
    {
        using var folder = new ConfigFolder();
        string samples = Path.Combine(ConfigFolder.Root, "samples", "platforms");
        foreach (string file in Directory.EnumerateFiles(samples))
            folder.Write("platforms/" + Path.GetFileName(file), File.ReadAllText(file));

        ConfigurationReading reading = new ConfigurationLoader(folder.Clock, lint: true).Load(folder.Path);

        Assert.Equal("0 errors, 0 warnings\n", ProblemRenderer.RenderAll(reading.Problems, "en"));
        Assert.Equal([ChannelKind.Api, ChannelKind.Smtp], reading.Value!.Platforms["quang-truong-mau"].Channels.Select(channel => channel.Kind));
        Assert.Equal(3, reading.Value.Platforms["harbour-video"].Channels[0].Form.Count);
        Assert.Equal((true, true, 12), (reading.Value.Platforms["nhom-kin-mau"].Walled, reading.Value.Platforms["nhom-kin-mau"].RequiresSignedDocument, reading.Value.Platforms["nhom-kin-mau"].DeadlineHours));
    }

    [Theory]
    [InlineData("rdap-domain: \"\"", "rdap-domain: http://rdap.example/", ProblemCodes.BadUrl)]
    [InlineData("rdap-ip: \"\"", "rdap-ip: https://rdap.example/?q=", ProblemCodes.BadUrl)]
    [InlineData("rdap-ip: \"\"", "rdap-ip: rdap.example", ProblemCodes.BadUrl)]
    [InlineData("rdap-ip: \"\"", "rdap-ips: \"\"", ProblemCodes.UnknownKey)]
    public void One_fault_of_the_contacts_is_one_problem(string old, string text, string code)
    {
        using var folder = new ConfigFolder();
        folder.Replace("monitor.yaml", old, text);
        Assert.Equal(("monitor.yaml", code), (folder.Single().File, folder.Single().Code));
    }

    [Fact]
    public void Nobody_is_asked_for_contacts_unless_it_is_written()
    {
        using var folder = new ConfigFolder();
        Assert.True(folder.Load().Value!.Installation.Contacts.IsOff);

        folder.Replace("monitor.yaml", "rdap-ip: \"\"", "rdap-ip: http://127.0.0.1:8090/rdap");
        Assert.Equal(new ContactsSettings { RdapIp = "http://127.0.0.1:8090/rdap" }, folder.Load().Value!.Installation.Contacts);
    }
}
