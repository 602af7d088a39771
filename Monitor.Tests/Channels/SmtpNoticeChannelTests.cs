using System.Security.Cryptography;
using MimeKit;
using MimeKit.Cryptography;
using Monitor.Worker.Channels;
using Monitor.Worker.Ports;
using Monitor.Worker.Settings;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Security;

namespace Monitor.Tests.Channels;

public sealed class SmtpNoticeChannelTests
{
    private static readonly byte[] Key = new byte[32];

    [Fact]
    public async Task All_forms_arrive_in_one_mail()
    {
        await using var smtp = SmtpFixture.Create();
        var channel = Channel(smtp, settings => settings with { PlusAddress = true });
        Assert.IsType<SendResult.Accepted>(await channel.SendAsync(SampleNotice.Outgoing(), TestContext.Current.CancellationToken));

        var message = Parse(smtp);
        Assert.Equal(SampleNotice.Content.Text, message.TextBody!.ReplaceLineEndings("\n"));
        Assert.Equal(SampleNotice.Content.Html, message.HtmlBody!.TrimEnd());
        Assert.Equal(["SKHCN-2026-00001.pdf", "SKHCN-2026-00001.xarf.json"], message.Attachments.Select(one => one.ContentDisposition!.FileName));
        Assert.Equal(SampleNotice.Content.Xarf, Decoded(message.Attachments.ElementAt(1)));
        Assert.Equal(SampleNotice.Content.Pdf, Decoded(message.Attachments.First()));
        Assert.Equal($"thong-bao+{ReplyToken.For(Key, "SKHCN-2026-00001")}@so-mau.example", message.ReplyTo.Mailboxes.Single().Address);
        // What fails comes back to the same address: a bounce proves itself as an answer does.
        Assert.Equal(message.ReplyTo.Mailboxes.Single().Address, Assert.Single(smtp.Sink.Messages).EnvelopeFrom);
        Assert.Equal("thong-bao@so-mau.example", message.From.Mailboxes.Single().Address);
        Assert.Null(message.Headers["Auto-Submitted"]);
    }

    [Fact]
    public async Task A_desk_that_refuses_attachments_gets_the_text_alone_and_the_signed_document_goes_in_any_case()
    {
        await using var smtp = SmtpFixture.Create();
        var outgoing = SampleNotice.Outgoing(signed: [0x25, 0x50]);
        outgoing = outgoing with { Notice = outgoing.Notice with { MailParts = [] } };
        Assert.IsType<SendResult.Accepted>(await Channel(smtp, settings => settings).SendAsync(outgoing, TestContext.Current.CancellationToken));
        var message = Parse(smtp);
        Assert.Equal(SampleNotice.Content.Text, message.TextBody!.ReplaceLineEndings("\n"));
        Assert.Null(message.HtmlBody);
        Assert.Equal(["SKHCN-2026-00001.signed.pdf"], message.Attachments.Select(one => one.ContentDisposition!.FileName));
    }

    [Fact]
    public async Task The_clerks_signed_document_goes_instead_of_ours()
    {
        await using var smtp = SmtpFixture.Create();
        var channel = Channel(smtp, settings => settings);
        Assert.IsType<SendResult.Accepted>(await channel.SendAsync(SampleNotice.Outgoing(signed: [0x25, 0x50]), TestContext.Current.CancellationToken));
        var message = Parse(smtp);
        Assert.Equal(["SKHCN-2026-00001.xarf.json", "SKHCN-2026-00001.signed.pdf"], message.Attachments.Select(one => one.ContentDisposition!.FileName));
        Assert.Equal([0x25, 0x50], Decoded(message.Attachments.Last()));
    }

    [Fact]
    public async Task The_same_notice_gives_the_same_bytes()
    {
        await using var smtp = SmtpFixture.Create();
        var channel = Channel(smtp, settings => settings);
        await channel.SendAsync(SampleNotice.Outgoing(), TestContext.Current.CancellationToken);
        await channel.SendAsync(SampleNotice.Outgoing(), TestContext.Current.CancellationToken);
        Assert.Equal(smtp.Sink.Messages[0].Raw, smtp.Sink.Messages[1].Raw);
    }

    [Fact]
    public async Task A_dkim_signature_verifies_as_it_arrives_and_not_once_the_text_is_changed()
    {
        using var rsa = RSA.Create(2048);
        using var file = new OwnFile(rsa.ExportPkcs8PrivateKeyPem());
        await using var smtp = SmtpFixture.Create();
        var channel = Channel(smtp, settings => settings with { Dkim = new DkimSettings { Domain = "so-mau.example", Selector = "s1", KeyFile = file.Path } });
        Assert.IsType<SendResult.Accepted>(await channel.SendAsync(SampleNotice.Outgoing(), TestContext.Current.CancellationToken));

        var verifier = new DkimVerifier(new KnownKey(PublicKeyFactory.CreateKey(rsa.ExportSubjectPublicKeyInfo())));
        var message = Parse(smtp);
        var signature = message.Headers[message.Headers.IndexOf(HeaderId.DkimSignature)];
        Assert.Contains("d=so-mau.example", signature.Value, StringComparison.Ordinal);
        Assert.True(await verifier.VerifyAsync(message, signature, TestContext.Current.CancellationToken));
        message.Subject += "!";
        Assert.False(await verifier.VerifyAsync(message, signature, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Without_a_usable_dkim_key_nothing_is_sent()
    {
        using var file = new OwnFile("no key at all");
        await using var smtp = SmtpFixture.Create();
        var channel = Channel(smtp, settings => settings with { Dkim = new DkimSettings { Domain = "so-mau.example", Selector = "s1", KeyFile = file.Path } });
        var refused = Assert.IsType<SendResult.NotSent>(await channel.SendAsync(SampleNotice.Outgoing(), TestContext.Current.CancellationToken));
        Assert.Equal(NotSentReason.NotConfigured, refused.Reason);
        Assert.Contains("DKIM key", refused.Detail, StringComparison.Ordinal);
        Assert.DoesNotContain("no key at all", refused.Detail, StringComparison.Ordinal);
        Assert.Empty(smtp.Sink.Messages);
    }

    [Theory]
    [InlineData("a.pdf\r\nBcc: x@y.example")]
    [InlineData("a\u2028.pdf")]
    public async Task A_line_break_in_the_name_of_an_attachment_is_refused(string name)
    {
        await using var smtp = SmtpFixture.Create();
        var refused = Assert.IsType<SendResult.NotSent>(await smtp.SendAsync(SmtpFixture.Mail with { Attachments = [new MailAttachment(name, "application/pdf", [1])] }));
        Assert.Equal((NotSentReason.UnsafeHeader, "Content-Disposition"), (refused.Reason, refused.Detail));
        Assert.Empty(smtp.Sink.Messages);
    }

    [Fact]
    public async Task Without_a_sent_folder_there_is_no_news()
    {
        await using var smtp = SmtpFixture.Create();
        Assert.IsType<FateAnswer.NoNews>(await Channel(smtp, settings => settings).AskFateAsync(SampleNotice.Outgoing(), TestContext.Current.CancellationToken));
    }

    private static SmtpNoticeChannel Channel(SmtpFixture smtp, Func<SmtpSettings, SmtpSettings> change)
    {
        smtp.Settings = change(smtp.Settings with { From = "Sở mẫu <thong-bao@so-mau.example>" });
        return new SmtpNoticeChannel(() => smtp.Channel(), () => smtp.Settings, reference => ReplyToken.For(Key, reference), new Worker.Mailbox.ImapSentFolder(() => new InboxSettings()));
    }

    private static MimeMessage Parse(SmtpFixture smtp)
    {
        using var stream = new MemoryStream([.. Assert.Single(smtp.Sink.Messages).Raw]);
        return MimeMessage.Load(stream);
    }

    private static byte[] Decoded(MimeEntity entity)
    {
        using var stream = new MemoryStream();
        Assert.IsType<MimePart>(entity, exactMatch: false).Content!.DecodeTo(stream);
        return stream.ToArray();
    }

    private sealed class KnownKey(AsymmetricKeyParameter key) : IDkimPublicKeyLocator
    {
        public AsymmetricKeyParameter LocatePublicKey(string methods, string domain, string selector, CancellationToken cancellationToken = default)
        {
            Assert.Equal(("so-mau.example", "s1"), (domain, selector));
            return key;
        }

        public Task<AsymmetricKeyParameter> LocatePublicKeyAsync(string methods, string domain, string selector, CancellationToken cancellationToken = default) =>
            Task.FromResult(LocatePublicKey(methods, domain, selector, cancellationToken));
    }

    private sealed class OwnFile : IDisposable
    {
        public OwnFile(string content)
        {
            File.WriteAllText(Path, content);
            File.SetUnixFileMode(Path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        public string Path { get; } = System.IO.Path.Combine(System.IO.Path.GetTempPath(), "monitor-dkim-" + Guid.NewGuid().ToString("n"));

        public void Dispose() => File.Delete(Path);
    }
}
