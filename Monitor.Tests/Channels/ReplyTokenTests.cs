using Monitor.Worker.Channels;

namespace Monitor.Tests.Channels;

public sealed class ReplyTokenTests
{
    private static readonly byte[] Key = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];

    [Fact]
    public void An_envelope_id_carries_the_token_and_fits_the_rfc()
    {
        var token = ReplyToken.For(Key, "SKHCN-2026-00001");
        var envelope = ReplyToken.Envelope("SKHCN-2026-00001", token);
        Assert.Equal("SKHCN-2026-00001." + token, envelope);
        Assert.Equal(token, ReplyToken.OfEnvelope(envelope.ToUpperInvariant()));
        Assert.Equal(token, ReplyToken.OfEnvelope(ReplyToken.Envelope("STTTT-ĐN-2026-00001", token)));
        Assert.InRange(ReplyToken.Envelope(new string('X', 500), token).Length, 17, 100);
        foreach (var other in new[] { "", ".", token, "SKHCN-2026-00001", "a.b", "x." + token[1..], "x.1" + token[1..], "SKHCN-2026-00001.v1.smtp@so.example" })
            Assert.Null(ReplyToken.OfEnvelope(other));
    }

    [Fact]
    public void A_token_is_of_one_notice_and_one_installation()
    {
        var token = ReplyToken.For(Key, "SKHCN-2026-00001");
        Assert.Matches("^[a-z2-7]{16}$", token);
        Assert.True(ReplyToken.Verify(Key, "SKHCN-2026-00001", token));
        Assert.True(ReplyToken.Verify(Key, "SKHCN-2026-00001", token.ToUpperInvariant()));
        Assert.False(ReplyToken.Verify(Key, "SKHCN-2026-00002", token));
        Assert.False(ReplyToken.Verify(new byte[32], "SKHCN-2026-00001", token));
        Assert.False(ReplyToken.Verify(Key, "SKHCN-2026-00001", token[..15]));
        Assert.False(ReplyToken.Verify(Key, "SKHCN-2026-00001", ""));
    }

    [Fact]
    public void A_reply_address_carries_it_and_gives_it_back()
    {
        var token = ReplyToken.For(Key, "M-1");
        var address = ReplyToken.Address("Sở mẫu <thong-bao@so-mau.example>", token);
        Assert.Equal($"thong-bao+{token}@so-mau.example", address);
        Assert.Equal(token, ReplyToken.Of(address!));
        Assert.Null(ReplyToken.Of("thong-bao@so-mau.example"));
        Assert.Null(ReplyToken.Of("thong-bao+short@so-mau.example"));
        Assert.Null(ReplyToken.Address(new string('a', 60) + "@so-mau.example", token));
        Assert.Null(ReplyToken.Address("no mailbox", token));
    }

    [Fact]
    public void The_key_is_made_once_and_readable_by_its_owner_only()
    {
        var directory = Directory.CreateTempSubdirectory("monitor-reply-key-").FullName;
        try
        {
            var key = new ReplyKeyFile(directory).Read();
            Assert.Equal(32, key!.Length);
            Assert.Equal(key, new ReplyKeyFile(directory).Read());
            var path = Path.Combine(directory, "keys", "reply.key");
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
            File.WriteAllText(path, "damaged");
            Assert.Null(new ReplyKeyFile(directory).Read());
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }
}
