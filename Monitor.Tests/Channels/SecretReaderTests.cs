using Monitor.Worker.Channels;

namespace Monitor.Tests.Channels;

public sealed class SecretReaderTests : IDisposable
{
    private readonly string _file = Path.Combine(Path.GetTempPath(), "monitor-secret-" + Guid.NewGuid().ToString("n"));

    [Fact]
    public async Task A_file_of_the_owner_is_read_without_its_last_line_break()
    {
        Write("mật khẩu \r\n", UnixFileMode.UserRead | UnixFileMode.UserWrite);
        var found = Assert.IsType<SecretReading.Found>(await SecretReader.ReadAsync("", _file, TestContext.Current.CancellationToken));
        Assert.Equal("mật khẩu ", found.Secret.Reveal());
        Assert.Equal("***", found.Secret.ToString());
        Assert.DoesNotContain("mật", found.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(UnixFileMode.OtherRead)]
    [InlineData(UnixFileMode.OtherWrite)]
    public async Task A_file_that_the_world_has_a_right_to_is_refused(UnixFileMode right)
    {
        Write("secret-value", UnixFileMode.UserRead | UnixFileMode.UserWrite | right);
        var refused = Assert.IsType<SecretReading.Refused>(await SecretReader.ReadAsync("", _file, TestContext.Current.CancellationToken));
        Assert.Contains("chmod o-rwx", refused.Reason, StringComparison.Ordinal);
        Assert.DoesNotContain("secret-value", refused.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_missing_empty_or_too_long_is_told_apart()
    {
        var token = TestContext.Current.CancellationToken;
        Assert.Contains("there is no file", Assert.IsType<SecretReading.Refused>(await SecretReader.ReadAsync("", _file, token)).Reason, StringComparison.Ordinal);
        Write("\n", UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Assert.Contains("is empty", Assert.IsType<SecretReading.Refused>(await SecretReader.ReadAsync("", _file, token)).Reason, StringComparison.Ordinal);
        Write(new string('x', SecretReader.MaxFileBytes + 1), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Assert.Contains("longer than", Assert.IsType<SecretReading.Refused>(await SecretReader.ReadAsync("", _file, token)).Reason, StringComparison.Ordinal);
        Assert.Contains("MONITOR_TESTS_NO_SUCH is not set", Assert.IsType<SecretReading.Refused>(await SecretReader.ReadAsync("MONITOR_TESTS_NO_SUCH", _file, token)).Reason, StringComparison.Ordinal);
    }

    public void Dispose() => File.Delete(_file);

    private void Write(string content, UnixFileMode mode)
    {
        File.WriteAllText(_file, content);
        File.SetUnixFileMode(_file, mode);
    }
}
