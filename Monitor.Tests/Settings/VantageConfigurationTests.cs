using Monitor.Worker.Settings;
using Monitor.Worker.Settings.Problems;

namespace Monitor.Tests.Settings;

public sealed class VantageConfigurationTests
{
    private const string Shipped = "vantages:\n  - id: direct\n    kind: direct\n    country: VN\n";

    [Fact]
    public void Without_a_word_there_is_the_direct_line_and_the_systems_resolvers()
    {
        using var folder = new ConfigFolder();
        folder.Write("monitor.yaml", "name: Mẫu\ncontact: a@mau.example\n");

        InstallationSettings settings = folder.Load().Value!.Installation;

        Assert.Equal([new VantageSettings { Id = "direct" }], settings.Vantages);
        Assert.Equal(new DnsSettings(), settings.Dns);
    }

    [Fact]
    public void What_is_written_is_what_is_read()
    {
        using var folder = new ConfigFolder();
        folder.Replace("monitor.yaml", Shipped, """
            vantages:
              - id: direct
                kind: direct
                country: VN
              - id: singapore
                kind: http-proxy
                address: proxy.mau.example:3128
                username: tram
                password-variable: MONITOR_PROXY_PASSWORD
                country: SG
              - id: tor
                kind: socks5
                address: "[::1]:9050"
              - id: near
                kind: socks5
                address: 127.0.0.1:1080
                resolve: local

            """).Replace("monitor.yaml", "  resolvers: []", "  resolvers: [127.0.0.1, \"127.0.0.1:5353\", \"[::1]:53\"]").Replace("monitor.yaml", "  abroad-resolvers: []", "  abroad-resolvers: [127.0.0.2]");
        folder.Replace("platforms/generic.yaml", "required-vantages: [direct]", "required-vantages: [direct, tor]");

        ConfigurationReading reading = folder.Load();

        Assert.Empty(reading.Problems);
        Assert.Equal(
        [
            new VantageSettings { Id = "direct", Country = "VN" },
            new VantageSettings { Id = "singapore", Kind = VantageKind.HttpProxy, Host = "proxy.mau.example", Port = 3128, Username = "tram", PasswordVariable = "MONITOR_PROXY_PASSWORD", Country = "SG" },
            new VantageSettings { Id = "tor", Kind = VantageKind.Socks5, Host = "::1", Port = 9050, Resolve = NamesResolved.Remote },
            new VantageSettings { Id = "near", Kind = VantageKind.Socks5, Host = "127.0.0.1", Port = 1080 },
        ], reading.Value!.Installation.Vantages);
        Assert.Equal(new DnsSettings { Resolvers = ["127.0.0.1", "127.0.0.1:5353", "[::1]:53"], AbroadResolvers = ["127.0.0.2"] }, reading.Value.Installation.Dns);
        Assert.Equal(["direct", "tor"], reading.Value.Platforms["generic"].RequiredVantages);
    }

    [Theory]
    [InlineData("    kind: direct", "    kind: driect", ProblemCodes.NotOneOf, "direct")]
    [InlineData("    kind: direct\n", "", ProblemCodes.MissingKey, null)]
    [InlineData("country: VN", "country: vn", ProblemCodes.WrongType, null)]
    [InlineData("country: VN", "address: 127.0.0.1:9050", ProblemCodes.WithoutEffect, null)]
    [InlineData("country: VN", "contry: VN", ProblemCodes.UnknownKey, "country")]
    [InlineData("    kind: direct", "    kind: socks5", ProblemCodes.MissingKey, null)]
    [InlineData("    kind: direct", "    kind: socks5\n    address: 127.0.0.1", ProblemCodes.BadHost, null)]
    [InlineData("    kind: direct", "    kind: socks5\n    address: 127.0.0.1:70000", ProblemCodes.BadHost, null)]
    [InlineData("    kind: direct", "    kind: http-proxy\n    address: http://proxy.example:3128", ProblemCodes.BadHost, "proxy.example:3128")]
    [InlineData("    kind: direct", "    kind: http-proxy\n    address: tram:s3cret@proxy.example:3128", ProblemCodes.SecretInFile, null)]
    [InlineData("    kind: direct", "    kind: http-proxy\n    address: proxy.example:3128\n    password: s3cret", ProblemCodes.SecretInFile, null)]
    [InlineData("    kind: direct", "    kind: http-proxy\n    address: proxy.example:3128\n    username: tram", ProblemCodes.PasswordSourceMissing, null)]
    [InlineData("    kind: direct", "    kind: http-proxy\n    address: proxy.example:3128\n    resolve: there", ProblemCodes.NotOneOf, null)]
    [InlineData("country: VN", "country: VN\n  - id: direct\n    kind: direct", ProblemCodes.DuplicateId, null)]
    [InlineData("  resolvers: []", "  resolvers: [dns.example]", ProblemCodes.BadHost, null)]
    [InlineData("  timeout: 3s", "  timeout: 1h", ProblemCodes.BadDuration, null)]
    public void One_fault_is_one_problem(string old, string text, string code, string? suggestion)
    {
        using var folder = new ConfigFolder();
        folder.Replace("monitor.yaml", old, text);

        ConfigurationProblem problem = folder.Single();

        Assert.Equal(("monitor.yaml", code, suggestion), (problem.File, problem.Code, problem.Suggestion));
        Assert.DoesNotContain("s3cret", ProblemRenderer.Render(problem, "en") + ProblemRenderer.ToJson(problem), StringComparison.Ordinal);
    }

    [Fact]
    public void A_default_that_is_not_configured_is_missed_at_the_profile()
    {
        using var folder = new ConfigFolder();
        folder.Replace("monitor.yaml", "  - id: direct\n    kind: direct", "  - id: vn-line\n    kind: direct").Replace("platforms/generic.yaml", "required-vantages: [direct]", "required-vantages: [vn-line]");

        ConfigurationReading reading = folder.Load();

        Assert.Null(reading.Value);
        Assert.All(reading.Problems, problem => Assert.Equal((ProblemCodes.DanglingReference, true), (problem.Code, problem.File is not "platforms/generic.yaml")));
        Assert.Equal(3, reading.Problems.Count);
    }

    [Fact]
    public void A_list_that_cannot_be_read_is_not_blamed_on_the_profiles()
    {
        using var folder = new ConfigFolder();
        folder.Replace("monitor.yaml", Shipped, "vantages: direct\n");

        Assert.Equal(ProblemCodes.WrongType, folder.Single().Code);
    }

    [Fact]
    public void Faults_of_vantages_as_people_read_them()
    {
        using var folder = new ConfigFolder();
        folder.Replace("monitor.yaml", Shipped, """
            vantages:
              - id: direct
                kind: direct
              - id: abroad
                kind: http-proxi
                address: 127.0.0.1:3128
              - id: tor
                kind: socks5
              - id: tram-xa
                kind: http-proxy
                address: http://tram:mat-khau@127.0.0.1:3128

            """).Replace("platforms/generic.yaml", "required-vantages: [direct]", "required-vantages: [direct, abraod]");

        IReadOnlyList<ConfigurationProblem> problems = folder.Load().Problems;

        Golden.Equal("Settings/Golden/vantages.vi.txt", ProblemRenderer.RenderAll(problems, "vi"));
        Golden.Equal("Settings/Golden/vantages.en.txt", ProblemRenderer.RenderAll(problems, "en"));
    }
}
