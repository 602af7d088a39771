using Monitor.Worker.Settings;
using Monitor.Worker.Settings.Problems;

namespace Monitor.Tests.Settings;

public sealed class InboxConfigurationTests
{
    private static readonly string[] Whole = ["  host: imap.mau.example", "  username: thong-bao", "  password-variable: MONITOR_IMAP_PASSWORD"];

    private static ConfigurationReading Read(params string[] lines)
    {
        using var folder = new ConfigFolder();
        folder.Write("monitor.yaml", "name: Mẫu\ncontact: a@mau.example\ninbox:\n" + string.Join('\n', lines) + "\n");
        return new ConfigurationLoader(TimeProvider.System).Load(folder.Path);
    }

    [Fact]
    public void What_is_written_is_what_is_read()
    {
        var inbox = Read([.. Whole, "  port: 1143", "  security: start-tls", "  folder: Trả lời", "  sent-folder: Sent", "  sent-folder-complete: true", "  authentication-server: mx.mau.example", "  interval: 30s", "  first: 7d", "  max-megabytes: 5"]).Value!.Installation.Inbox;
        Assert.Equal(("imap.mau.example", 1143, MailSecurity.StartTls, "Trả lời", "Sent", true), (inbox.Host, inbox.Port, inbox.Security, inbox.Folder, inbox.SentFolder, inbox.SentFolderComplete));
        Assert.Equal(("mx.mau.example", TimeSpan.FromSeconds(30), TimeSpan.FromDays(7), 5), (inbox.AuthenticationServer, inbox.Interval, inbox.First, inbox.MaxMegabytes));
    }

    [Fact]
    public void Without_a_host_nothing_is_asked_for() => Assert.Equal("", Read("  host: \"\"").Value!.Installation.Inbox.Host);

    [Theory]
    [InlineData("  security: none", ProblemCodes.UnencryptedMail)]
    [InlineData("  username: \"\"", ProblemCodes.MissingKey)]
    [InlineData("  password-variable: \"\"", ProblemCodes.PasswordSourceMissing)]
    [InlineData("  password-variable: mat-khau", ProblemCodes.SecretInFile)]
    [InlineData("  max-megabytes: 0", null)]
    [InlineData("  agency: khong-co", null)]
    [InlineData("  foldr: x", null)]
    public void Faults_are_told(string line, string? code)
    {
        var key = line.Split(':')[0] + ":";
        var reading = Read([.. Whole.Where(one => !one.StartsWith(key, StringComparison.Ordinal)), line]);
        Assert.Null(reading.Value);
        Assert.Contains(reading.Problems, problem => code is null || problem.Code == code);
    }
}
