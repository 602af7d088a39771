using Monitor.Worker.Channels;
using Monitor.Worker.Demo;
using Monitor.Worker.Ports;

namespace Monitor.Tests.Channels;

/// <summary>Several mails over one connection: what is known of each one's fate is the same as with a connection of its own.</summary>
public sealed class SmtpReuseTests
{
    private static OutgoingMail Mail => SmtpFixture.Mail;

    // Far more than the buffers of both ends hold, so the sender is still writing when the connection breaks.
    private static OutgoingMail LongMail => Mail with { Text = string.Concat(Enumerable.Repeat("http://anhviet.example/bai/1 va mot dong chu\n", 40_000)) };

    [Theory]
    [InlineData(SinkSecurity.None)]
    [InlineData(SinkSecurity.StartTls)]
    [InlineData(SinkSecurity.Tls)]
    public async Task Mails_follow_each_other_over_one_connection(SinkSecurity security)
    {
        await using var smtp = Create(new SmtpSinkOptions { Security = security });
        for (var i = 1; i <= 5; i++)
            Assert.IsType<SendResult.Accepted>(await smtp.SendAsync(Mail with { MessageId = $"m-{i}.v1.smtp@so-mau.example" }));
        Assert.Equal(1, smtp.Sink.Connections);
        Assert.Equal([1, 2, 3, 4, 5], smtp.Sink.Messages.Select(one => one.NumberInConnection));
        Assert.Equal(5, smtp.Sink.Messages.Select(one => one.MessageId).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(1, smtp.Connections!.Idle);
    }

    [Fact]
    public async Task An_idle_connection_is_given_up_after_a_while_and_never_more_than_a_few_are_kept()
    {
        await using var smtp = Create();
        await Task.WhenAll(Enumerable.Range(0, 12).Select(i => smtp.SendAsync(Mail with { MessageId = $"m-{i}.v1.smtp@so-mau.example" })));
        Assert.Equal(12, smtp.Sink.Messages.Count);
        Assert.InRange(smtp.Connections!.Idle, 1, SmtpConnections.MostIdle);
        var before = smtp.Sink.Connections;
        smtp.Timer.Advance(SmtpConnections.IdleTime + SmtpConnections.IdleTime);
        Assert.Equal(0, smtp.Connections.Idle);
        Assert.IsType<SendResult.Accepted>(await smtp.SendAsync());
        Assert.Equal(before + 1, smtp.Sink.Connections);
    }

    [Fact]
    public async Task A_connection_that_the_server_closed_meanwhile_is_replaced_before_anything_is_lost()
    {
        await using var smtp = Create(new SmtpSinkOptions { IdleTime = TimeSpan.FromMilliseconds(150) });
        Assert.IsType<SendResult.Accepted>(await smtp.SendAsync());
        await Task.Delay(500, TestContext.Current.CancellationToken);
        Assert.IsType<SendResult.Accepted>(await smtp.SendAsync());
        Assert.Equal((2L, 2), (smtp.Sink.Connections, smtp.Sink.Messages.Count));
    }

    [Fact]
    public async Task A_server_that_takes_so_many_mails_a_connection_gets_another_connection_and_no_mail_waits()
    {
        await using var smtp = Create(new SmtpSinkOptions { MailsPerConnection = 2 });
        for (var i = 1; i <= 7; i++)
            Assert.IsType<SendResult.Accepted>(await smtp.SendAsync(Mail with { MessageId = $"m-{i}.v1.smtp@so-mau.example" }));
        Assert.Equal([1, 2, 1, 2, 1, 2, 1], smtp.Sink.Messages.Select(one => one.NumberInConnection));
        Assert.Equal(4, smtp.Sink.Connections);
    }

    public static TheoryData<SmtpFault, Type, int, int> Fates => new()
    {
        { new SmtpFault.AtRecipient(450, "4.2.0 greylisted"), typeof(SendResult.Deferred), 0, 0 },
        { new SmtpFault.AtRecipient(550, "5.1.1 no such mailbox"), typeof(SendResult.Rejected), 0, 0 },
        { new SmtpFault.AtData(451, "later"), typeof(SendResult.Deferred), 0, 0 },
        { new SmtpFault.AfterMessage(452, "full"), typeof(SendResult.Deferred), 0, 0 },
        { new SmtpFault.AfterMessage(554, "refused by policy"), typeof(SendResult.Rejected), 0, 0 },
        // The whole message left and no reply came: nobody knows, on a kept connection as on a new one, and it is not sent again by itself.
        { new SmtpFault.DropBeforeReply(Kept: true), typeof(SendResult.Unknown), 1, 0 },
        { new SmtpFault.DropBeforeReply(Kept: false), typeof(SendResult.Unknown), 0, 0 },
        { new SmtpFault.Nonsense(), typeof(SendResult.Unknown), 1, 0 },
        // The reply is the fate; that the connection then dies concerns the next mail only, and that one gets a new connection.
        { new SmtpFault.DropAfterReply(), typeof(SendResult.Accepted), 1, 1 },
    };

    [Theory]
    [MemberData(nameof(Fates))]
    public async Task The_fate_of_a_mail_on_a_kept_connection_is_as_exact_as_on_a_new_one(SmtpFault fault, Type expected, int kept, int waiting)
    {
        await using var smtp = Create();
        Assert.IsType<SendResult.Accepted>(await smtp.SendAsync(Mail with { MessageId = "m-0.v1.smtp@so-mau.example" }));
        smtp.Sink.EnqueueFor("abuse@anhviet.example", fault);
        var result = await smtp.SendAsync(Mail with { MessageId = "m-1.v1.smtp@so-mau.example" });
        Assert.IsType(expected, result);
        Assert.Equal(1, smtp.Sink.Connections);
        Assert.Equal(kept, smtp.Sink.Messages.Count(one => one.MessageId.StartsWith("m-1.", StringComparison.Ordinal)));
        Assert.Equal(waiting, smtp.Connections!.Idle);
        Assert.IsType<SendResult.Accepted>(await smtp.SendAsync(Mail with { MessageId = "m-2.v1.smtp@so-mau.example" }));
        Assert.Equal(1, smtp.Sink.Messages.Count(one => one.MessageId.StartsWith("m-2.", StringComparison.Ordinal)));
        Assert.Equal(kept, smtp.Sink.Messages.Count(one => one.MessageId.StartsWith("m-1.", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task What_breaks_off_while_it_is_being_written_on_a_kept_connection_is_tried_on_a_new_one_and_arrives_once()
    {
        await using var smtp = Create();
        Assert.IsType<SendResult.Accepted>(await smtp.SendAsync());
        smtp.Sink.EnqueueFor("abuse@anhviet.example", new SmtpFault.DropDuringMessage(1000));
        Assert.IsType<SendResult.Accepted>(await smtp.SendAsync(LongMail with { MessageId = "m-2.v1.smtp@so-mau.example" }));
        Assert.Equal((2L, 1), (smtp.Sink.Connections, smtp.Sink.Messages.Count(one => one.MessageId.StartsWith("m-2.", StringComparison.Ordinal))));

        // And where the new one breaks off as well, that is the result: certainly not sent.
        smtp.Sink.EnqueueFor("abuse@anhviet.example", new SmtpFault.DropDuringMessage(1000), new SmtpFault.DropDuringMessage(1000));
        Assert.Equal(NotSentReason.ConnectionLost, Assert.IsType<SendResult.NotSent>(await smtp.SendAsync(LongMail with { MessageId = "m-3.v1.smtp@so-mau.example" })).Reason);
        Assert.Equal(2, smtp.Sink.Messages.Count);
    }

    [Fact]
    public async Task Another_server_or_another_user_gets_a_connection_of_its_own()
    {
        await using var smtp = Create();
        await using var other = SmtpSink.Start(smtp.Clock);
        Assert.IsType<SendResult.Accepted>(await smtp.SendAsync());
        smtp.Settings = smtp.Settings with { Port = other.Port };
        Assert.IsType<SendResult.Accepted>(await smtp.SendAsync());
        Assert.Equal((1L, 1L), (smtp.Sink.Connections, other.Connections));
    }

    [Fact]
    public async Task Reports_are_asked_for_on_the_wire_where_the_server_offers_them()
    {
        await using var smtp = Create(new SmtpSinkOptions { OffersDsn = true });
        Assert.IsType<SendResult.Accepted>(await smtp.SendAsync(Mail with { DeliveryStatus = true }));
        Assert.IsType<SendResult.Accepted>(await smtp.SendAsync(Mail with { DeliveryStatus = false }));
        var (asked, plain) = (smtp.Sink.Messages[0], smtp.Sink.Messages[1]);
        var sender = asked.SenderParameters.Split(' ');
        Assert.Contains("RET=HDRS", sender);
        Assert.Contains("ENVID=" + Mail.MessageId, sender);
        var notify = Assert.Single(asked.RecipientParameters.Split(' '), one => one.StartsWith("NOTIFY=", StringComparison.Ordinal));
        Assert.Equal(["DELAY", "FAILURE", "SUCCESS"], notify["NOTIFY=".Length..].Split(',').Order(StringComparer.Ordinal));
        Assert.DoesNotContain("ENVID", plain.SenderParameters, StringComparison.Ordinal);
        Assert.DoesNotContain("NOTIFY", plain.RecipientParameters, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_is_asked_of_a_server_that_does_not_offer_reports()
    {
        await using var smtp = Create();
        Assert.IsType<SendResult.Accepted>(await smtp.SendAsync(Mail with { DeliveryStatus = true }));
        var mail = Assert.Single(smtp.Sink.Messages);
        Assert.DoesNotContain("RET=", mail.SenderParameters, StringComparison.Ordinal);
        Assert.Equal("", mail.RecipientParameters);
    }

    private static SmtpFixture Create(SmtpSinkOptions? options = null)
    {
        var smtp = SmtpFixture.Create(options);
        smtp.Connections = new SmtpConnections(smtp.Timer);
        return smtp;
    }
}
