using Monitor.Worker.Channels;

namespace Monitor.Tests.Channels;

public sealed class MessageIdsTests
{
    [Fact]
    public void The_same_notice_always_has_the_same_id()
    {
        Assert.Equal("TG-2026-000017.v2.smtp@so-mau.example", MessageIds.For("TG-2026-000017", 2, "smtp", "So-Mau.example"));
        Assert.Equal(MessageIds.For("TG/17 ệ", 1, "smtp:abuse@x", "d.example"), MessageIds.For("TG/17 ệ", 1, "smtp:abuse@x", "d.example"));
    }

    [Fact]
    public void Different_notices_have_different_ids()
    {
        string[] parts = ["a", "A", "a.v1", "a=2e", "a=", "a b", "a/b", "đ", "d", "a.v1.b", new string('x', 400), new string('x', 401)];
        var ids = from reference in parts from version in (int[])[1, 11] from channel in parts select MessageIds.For(reference, version, channel, "d.example");
        var all = ids.ToList();
        Assert.Equal(all.Count, all.Distinct(StringComparer.Ordinal).Count());
        Assert.All(all, id => Assert.True(id.Length <= 200));
    }

    [Fact]
    public void Every_id_is_accepted_as_a_header()
    {
        foreach (var reference in (string[])["12/CV-STTTT", "số 12 <a@b> \"x\"", "a..b", new string('ệ', 100)])
        {
            var mail = SmtpFixture.Mail with { MessageId = MessageIds.For(reference, 1, "smtp", "đèn.example"), Reference = "r" };
            Assert.Null(MailComposer.TryCompose(mail, SmtpFixture.Start, out var message));
            Assert.Equal(mail.MessageId, message.MessageId);
            message.Dispose();
        }
    }

    [Fact]
    public void Empty_parts_and_bad_domains_are_the_callers_fault()
    {
        Assert.ThrowsAny<ArgumentException>(() => MessageIds.For("", 1, "smtp", "d.example"));
        Assert.ThrowsAny<ArgumentException>(() => MessageIds.For("a", 0, "smtp", "d.example"));
        Assert.ThrowsAny<ArgumentException>(() => MessageIds.For("a", 1, " ", "d.example"));
        Assert.ThrowsAny<ArgumentException>(() => MessageIds.For("a", 1, "smtp", "a b"));
        Assert.Equal("so-mau.example", MessageIds.DomainOf("Sở mẫu <a@so-mau.example>"));
        Assert.Null(MessageIds.DomainOf("nobody"));
    }
}
