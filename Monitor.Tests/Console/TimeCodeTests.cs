using Monitor.Worker.Operations.Accounts;

namespace Monitor.Tests.Console;

public sealed class TimeCodeTests
{
    /// <summary>RFC 6238, appendix B, SHA-1: the last six of the eight digits printed there.</summary>
    [Theory]
    [InlineData(59, "287082")]
    [InlineData(1111111109, "081804")]
    [InlineData(1111111111, "050471")]
    [InlineData(1234567890, "005924")]
    [InlineData(2000000000, "279037")]
    [InlineData(20000000000, "353130")]
    public void The_standards_own_vectors_hold(long seconds, string code)
    {
        var secret = "12345678901234567890"u8;
        Assert.Equal(code, TimeCode.Of(secret, seconds / 30));
        Assert.Equal(seconds / 30, TimeCode.Check(secret, code, DateTimeOffset.FromUnixTimeSeconds(seconds), 0));
        Assert.Equal(seconds / 30, TimeCode.Check(secret, code[..3] + " " + code[3..], DateTimeOffset.FromUnixTimeSeconds(seconds + 30), 0));
        Assert.Null(TimeCode.Check(secret, code, DateTimeOffset.FromUnixTimeSeconds(seconds + 61), 0));
        Assert.Null(TimeCode.Check(secret, code, DateTimeOffset.FromUnixTimeSeconds(seconds), seconds / 30));
    }

    /// <summary>RFC 4648, section 10.</summary>
    [Theory]
    [InlineData("fooba", "MZXW6YTB")]
    [InlineData("foobarfoob", "MZXW6YTBOJTG633C")]
    public void Secrets_are_spelled_in_base32(string text, string spelled) => Assert.Equal(spelled, TimeCode.Spell(System.Text.Encoding.ASCII.GetBytes(text)));
}
