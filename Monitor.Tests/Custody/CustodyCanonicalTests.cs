using System.Text;
using Monitor.Rules.Custody;
using Monitor.Rules.Hashing;

namespace Monitor.Tests.Custody;

public sealed class CustodyCanonicalTests
{
    private static readonly CustodyEntry First = new(
        1,
        new CustodyDraft
        {
            At = new DateTimeOffset(2026, 3, 1, 19, 0, 0, 5, TimeSpan.FromHours(7)),
            Actor = "an",
            Role = "verifier",
            Agency = "SKHCN",
            Act = "verify",
            Item = "C000001",
            Digests = [Digest.Parse("d41d8cd98f00b204e9800998ecf8427e"), Digest.Parse("E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855")],
            Reason = "đèn lồng \"xanh\" \\ / \n\t\u0001\u007f <&> 🏮",
            Approver = "bình",
        },
        CustodyCanonical.Genesis);

    private const string Golden =
        """{"act":"verify","actor":"an","agency":"SKHCN","approver":"bình","at":"2026-03-01T12:00:00.005Z","digests":["md5:d41d8cd98f00b204e9800998ecf8427e","sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"],"item":"C000001","prev":"0000000000000000000000000000000000000000000000000000000000000000","reason":"đèn lồng \"xanh\" \\ / \n\t\u0001""" + "\u007f" + """ <&> 🏮","role":"verifier","seq":1}""";

    [Fact]
    public void The_form_is_the_one_that_was_published() => Assert.Equal(Golden, Encoding.UTF8.GetString(CustodyCanonical.Write(First)));

    [Fact]
    public void The_least_entry_has_every_key()
    {
        var least = new CustodyEntry(2, new CustodyDraft { At = DateTimeOffset.UnixEpoch, Actor = "system", Role = "system", Agency = "", Act = "start", Item = "-" }, CustodyCanonical.Hash(First));
        Assert.Equal(
            $$"""{"act":"start","actor":"system","agency":"","approver":null,"at":"1970-01-01T00:00:00.000Z","digests":[],"item":"-","prev":"{{CustodyCanonical.Hash(First)}}","reason":"","role":"system","seq":2}""",
            Encoding.UTF8.GetString(CustodyCanonical.Write(least)));
    }

    [Fact]
    public void What_was_written_reads_back()
    {
        Assert.True(CustodyCanonical.TryRead(CustodyCanonical.Write(First), out var read));
        Assert.Equal(First.Act.Reason, read!.Act.Reason);
        Assert.Equal(First.Act.At.UtcDateTime, read.Act.At.UtcDateTime);
        Assert.Equal(First.Act.Digests, read.Act.Digests);
        Assert.Equal(CustodyCanonical.Write(First), CustodyCanonical.Write(read));
    }

    [Fact]
    public void A_lone_surrogate_is_replaced_and_the_result_reads_back()
    {
        var bytes = CustodyCanonical.Write(First with { Act = First.Act with { Reason = "a\ud800b" } });
        Assert.True(CustodyCanonical.TryRead(bytes, out var read));
        Assert.Equal("a\ufffdb", read!.Act.Reason);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"act\":")]
    [InlineData("{\"act\":1}")]
    public void What_is_no_entry_is_refused(string text) => Assert.False(CustodyCanonical.TryRead(Encoding.UTF8.GetBytes(text), out _));

    [Fact]
    public void Another_form_of_the_same_entry_is_refused()
    {
        foreach (var other in new[]
        {
            Golden + "\n",
            Golden.Replace("\"act\":", "\"act\": ", StringComparison.Ordinal),
            Golden.Replace("{\"act\":\"verify\",\"actor\":\"an\"", "{\"actor\":\"an\",\"act\":\"verify\"", StringComparison.Ordinal),
            Golden.Replace("\"seq\":1", "\"seq\":1,\"more\":1", StringComparison.Ordinal),
            Golden.Replace("bình", "b\\u00ecnh", StringComparison.Ordinal),
            Golden.Replace("sha256:e3", "sha256:E3", StringComparison.Ordinal),
            Golden.Replace(".005Z", ".0050Z", StringComparison.Ordinal),
            Golden.Replace("\"approver\":\"bình\",", "", StringComparison.Ordinal),
        })
        {
            Assert.NotEqual(Golden, other);
            Assert.False(CustodyCanonical.TryRead(Encoding.UTF8.GetBytes(other), out _), other);
        }
    }
}
