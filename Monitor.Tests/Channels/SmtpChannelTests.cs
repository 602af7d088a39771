using System.Net;
using System.Net.Sockets;
using System.Text;
using Monitor.Worker.Channels;
using Monitor.Worker.Demo;
using Monitor.Worker.Ports;
using Monitor.Worker.Settings;

namespace Monitor.Tests.Channels;

public sealed class SmtpChannelTests
{
    private static OutgoingMail Mail => SmtpFixture.Mail;

    // Far more than the buffers of both ends hold, so the sender is still writing when the connection breaks.
    private static OutgoingMail LongMail => Mail with { Text = string.Concat(Enumerable.Repeat("http://anhviet.example/bai/1 va mot dong chu\n", 40_000)) };

    [Fact]
    public async Task An_accepted_mail_arrives_with_every_field_as_given()
    {
        await using var smtp = SmtpFixture.Create();
        var result = await smtp.SendAsync(Mail with
        {
            InReplyTo = "m-1.v0.smtp@so-mau.example",
            References = ["m-0.v1.smtp@so-mau.example", "m-1.v0.smtp@so-mau.example"],
            ReplyTo = "tra-loi@so-mau.example",
        });

        var accepted = Assert.IsType<SendResult.Accepted>(result);
        Assert.Equal(SmtpFixture.Start, accepted.At);
        Assert.Contains("kept", accepted.ServerResponse);
        var received = Assert.Single(smtp.Sink.Messages);
        Assert.Equal("thong-bao@so-mau.example", received.EnvelopeFrom);
        Assert.Equal(["abuse@anhviet.example"], received.Recipients);
        Assert.Equal(Mail.MessageId, received.MessageId);
        Assert.Equal("M-1", received.Header("X-Monitor-Reference"));
        Assert.Equal("<m-1.v0.smtp@so-mau.example>", received.Header("In-Reply-To"));
        Assert.Equal("<m-0.v1.smtp@so-mau.example> <m-1.v0.smtp@so-mau.example>", received.Header("References"));
        Assert.Equal("tra-loi@so-mau.example", received.Header("Reply-To"));
        Assert.Equal("Mon, 02 Mar 2026 08:30:00 +0000", received.Header("Date"));
        Assert.Null(received.Header("X-Monitor-Resent-Copy"));
        Assert.Contains("Sở mẫu", received.Header("From"), StringComparison.Ordinal);
        Assert.Equal(Mail.Subject, received.Subject);
        Assert.Equal(Mail.Text, received.Text);
    }

    [Fact]
    public async Task A_resent_copy_keeps_the_message_id_and_says_what_it_is()
    {
        await using var smtp = SmtpFixture.Create();
        await smtp.SendAsync();
        await smtp.SendAsync(Mail with { ResentCopy = true });

        Assert.Equal(2, smtp.Sink.Messages.Count);
        var copy = smtp.Sink.Messages[1];
        Assert.Equal(smtp.Sink.Messages[0].MessageId, copy.MessageId);
        Assert.Equal("yes", copy.Header("X-Monitor-Resent-Copy"));
        Assert.Equal(MailComposer.ResentMark + Mail.Subject, copy.Subject);
    }

    [Theory]
    [InlineData("Yêu cầu gỡ bỏ: nội dung “đèn lồng xanh” tại diễn đàn Ả Ẫ Ỵ đ Đ")]
    [InlineData("plain ascii")]
    [InlineData("")]
    [InlineData("Công văn số 12/CV-STTTT về việc yêu cầu ngăn chặn, gỡ bỏ nội dung vi phạm pháp luật về bảo vệ trẻ em trên không gian mạng, thời hạn hai mươi bốn giờ kể từ khi nhận được yêu cầu này")]
    [InlineData("ký tự ngoài BMP 🏮 và dấu tổ hợp ệ")]
    public async Task Subjects_come_back_as_they_were(string subject)
    {
        await using var smtp = SmtpFixture.Create();
        Assert.IsType<SendResult.Accepted>(await smtp.SendAsync(Mail with { Subject = subject }));
        var received = Assert.Single(smtp.Sink.Messages);
        Assert.Equal(subject, received.Subject);
        Assert.All(received.Raw, octet => Assert.True(octet < 0x80));
    }

    [Theory]
    [InlineData("")]
    [InlineData(".\n..\n.http://anhviet.example/bai/1\n...\n")]
    [InlineData("no line end")]
    [InlineData("chỉ có tiếng Việt, rất nhiều dấu: ệ ẫ ở ừ đ\nhttp://anhviet.example/bai/1?a=b=c&d=%C3%A9\n")]
    public async Task Texts_come_back_as_they_were(string text)
    {
        await using var smtp = SmtpFixture.Create();
        Assert.IsType<SendResult.Accepted>(await smtp.SendAsync(Mail with { Text = text }));
        Assert.Equal(text.TrimEnd('\n'), Assert.Single(smtp.Sink.Messages).Text.TrimEnd('\n'));
    }

    [Theory]
    [InlineData("From")]
    [InlineData("To")]
    [InlineData("Reply-To")]
    [InlineData("Subject")]
    [InlineData("Message-ID")]
    [InlineData("X-Monitor-Reference")]
    [InlineData("In-Reply-To")]
    [InlineData("References")]
    public async Task A_line_break_in_any_header_value_is_refused_before_anything_is_sent(string field)
    {
        await using var smtp = SmtpFixture.Create();
        foreach (var breaking in (string[])["\r\nBcc: x@y.example", "\n", "\r", "\0", "\u0085", "\u2028", "\u001b[2J"])
        {
            var mail = field switch
            {
                "From" => Mail with { From = Mail.From + breaking },
                "To" => Mail with { To = Mail.To + breaking },
                "Reply-To" => Mail with { ReplyTo = Mail.To + breaking },
                "Subject" => Mail with { Subject = Mail.Subject + breaking },
                "Message-ID" => Mail with { MessageId = Mail.MessageId + breaking },
                "X-Monitor-Reference" => Mail with { Reference = Mail.Reference + breaking },
                "In-Reply-To" => Mail with { InReplyTo = Mail.MessageId + breaking },
                _ => Mail with { References = [Mail.MessageId, Mail.MessageId + breaking] },
            };
            Assert.Equal(new SendResult.NotSent(NotSentReason.UnsafeHeader, field), await smtp.SendAsync(mail));
        }

        Assert.Equal(0, smtp.Sink.Connections);
    }

    [Theory]
    [InlineData("To", "")]
    [InlineData("To", "nobody")]
    [InlineData("To", "a@b.example, c@d.example")]
    [InlineData("To", "a@b.example c@d.example")]
    [InlineData("To", "nhóm: a@b.example;")]
    [InlineData("To", "hộpthư@b.example")]
    [InlineData("From", "@b.example")]
    [InlineData("From", "=?utf-8?q?a=0D=0ABcc:_x@y.example?= <a@b.example>")]
    [InlineData("To", "a@-đ-.example")]
    [InlineData("To", "a@b.example\u3002\u00adđ..example")]
    [InlineData("Message-ID", "no-domain")]
    [InlineData("Message-ID", "a@b.example> <c@d.example")]
    [InlineData("Message-ID", "số@b.example")]
    [InlineData("Message-ID", "")]
    public async Task What_is_no_address_is_refused_before_anything_is_sent(string field, string value)
    {
        await using var smtp = SmtpFixture.Create();
        var result = await smtp.SendAsync(field switch
        {
            "To" => Mail with { To = value },
            "From" => Mail with { From = value },
            _ => Mail with { MessageId = value },
        });
        Assert.Equal(new SendResult.NotSent(NotSentReason.InvalidAddress, field), result);
        Assert.Equal(0, smtp.Sink.Connections);
    }

    [Fact]
    public async Task An_international_domain_travels_in_its_ascii_form()
    {
        await using var smtp = SmtpFixture.Create();
        Assert.IsType<SendResult.Accepted>(await smtp.SendAsync(Mail with { To = "abuse@đènlồng.example" }));
        Assert.StartsWith("abuse@xn--", Assert.Single(Assert.Single(smtp.Sink.Messages).Recipients), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_too_long_is_refused()
    {
        await using var smtp = SmtpFixture.Create();
        Assert.Equal(new SendResult.NotSent(NotSentReason.TooLarge, "Subject"), await smtp.SendAsync(Mail with { Subject = new string('a', 901) }));
        Assert.Equal(new SendResult.NotSent(NotSentReason.TooLarge, "Text"), await smtp.SendAsync(Mail with { Text = new string('a', MailComposer.MaxTextCharacters + 1) }));
        Assert.Equal(0, smtp.Sink.Connections);
    }

    public static TheoryData<SmtpFault, SendResult, int> Refusals => new()
    {
        { new SmtpFault.Greeting(421, "busy"), new SendResult.Deferred(421, "busy"), 0 },
        { new SmtpFault.Greeting(554, "no service"), new SendResult.NotSent(NotSentReason.ServerRefused, "554 no service"), 0 },
        { new SmtpFault.AtSender(451, "later"), new SendResult.Deferred(451, "later"), 0 },
        { new SmtpFault.AtSender(550, "unknown sender"), new SendResult.Rejected(550, "unknown sender"), 0 },
        { new SmtpFault.AtRecipient(450, "4.2.0 greylisted"), new SendResult.Deferred(450, "4.2.0 greylisted"), 0 },
        { new SmtpFault.AtRecipient(550, "5.1.1 no such mailbox"), new SendResult.Rejected(550, "5.1.1 no such mailbox"), 0 },
        { new SmtpFault.AtData(451, "later"), new SendResult.Deferred(451, "later"), 0 },
        { new SmtpFault.AtData(554, "no valid recipients"), new SendResult.Rejected(554, "no valid recipients"), 0 },
        { new SmtpFault.AfterMessage(452, "full"), new SendResult.Deferred(452, "full"), 0 },
        { new SmtpFault.AfterMessage(554, "refused by policy"), new SendResult.Rejected(554, "refused by policy"), 0 },
        { new SmtpFault.AfterMessage(530, "who are you"), new SendResult.Rejected(530, "who are you"), 0 },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task A_reply_of_the_server_is_the_result(SmtpFault fault, SendResult expected, int kept)
    {
        await using var smtp = SmtpFixture.Create();
        smtp.Sink.Enqueue(fault);
        Assert.Equal(expected, await smtp.SendAsync());
        Assert.Equal(kept, smtp.Sink.Messages.Count);
        Assert.IsType<SendResult.Accepted>(await smtp.SendAsync());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Lost_after_the_message_and_before_the_reply_is_unknown_whatever_the_server_kept(bool kept)
    {
        await using var smtp = SmtpFixture.Create();
        smtp.Sink.Enqueue(new SmtpFault.DropBeforeReply(kept));
        var unknown = Assert.IsType<SendResult.Unknown>(await smtp.SendAsync());
        Assert.Equal(UnknownReason.ConnectionLost, unknown.Reason);
        Assert.Equal(kept ? 1 : 0, smtp.Sink.Messages.Count);
    }

    [Fact]
    public async Task Lost_after_the_reply_is_accepted()
    {
        await using var smtp = SmtpFixture.Create();
        smtp.Sink.Enqueue(new SmtpFault.DropAfterReply());
        Assert.IsType<SendResult.Accepted>(await smtp.SendAsync());
        Assert.Single(smtp.Sink.Messages);
    }

    [Theory]
    [InlineData(SinkSecurity.None)]
    [InlineData(SinkSecurity.StartTls)]
    public async Task Lost_while_the_message_is_being_written_is_certainly_not_sent(SinkSecurity security)
    {
        await using var smtp = SmtpFixture.Create(new SmtpSinkOptions { Security = security });
        smtp.Sink.Enqueue(new SmtpFault.DropDuringMessage(1000));
        var lost = Assert.IsType<SendResult.NotSent>(await smtp.SendAsync(LongMail));
        Assert.Equal(NotSentReason.ConnectionLost, lost.Reason);
        Assert.Empty(smtp.Sink.Messages);
    }

    [Fact]
    public async Task Stuffed_dots_do_not_move_the_line_between_not_sent_and_unknown()
    {
        // 1.8 MB of lines become 2.4 MB on the wire: with the plain size as the measure the last quarter of the writing would pass for the end.
        var dots = Mail with { Text = string.Concat(Enumerable.Repeat(".\n", 600_000)) };
        await using var smtp = SmtpFixture.Create();
        smtp.Sink.Enqueue(new SmtpFault.DropDuringMessage(2_000_000), new SmtpFault.DropBeforeReply(Kept: true), null);
        Assert.Equal(NotSentReason.ConnectionLost, Assert.IsType<SendResult.NotSent>(await smtp.SendAsync(dots)).Reason);
        Assert.Equal(UnknownReason.ConnectionLost, Assert.IsType<SendResult.Unknown>(await smtp.SendAsync(dots)).Reason);
        Assert.IsType<SendResult.Accepted>(await smtp.SendAsync(dots));
        Assert.Equal(2, smtp.Sink.Messages.Count);
        Assert.All(smtp.Sink.Messages, message => Assert.Equal(dots.Text, message.Text));
    }

    [Fact]
    public async Task A_short_mail_that_left_whole_is_unknown_even_if_the_server_read_only_a_part()
    {
        await using var smtp = SmtpFixture.Create();
        smtp.Sink.Enqueue(new SmtpFault.DropDuringMessage(10));
        Assert.Equal(UnknownReason.ConnectionLost, Assert.IsType<SendResult.Unknown>(await smtp.SendAsync()).Reason);
    }

    [Fact]
    public async Task Nonsense_in_answer_to_the_message_is_unknown()
    {
        await using var smtp = SmtpFixture.Create();
        smtp.Sink.Enqueue(new SmtpFault.Nonsense());
        Assert.Equal(UnknownReason.UnreadableReply, Assert.IsType<SendResult.Unknown>(await smtp.SendAsync()).Reason);
    }

    [Fact]
    public async Task Silence_after_the_message_is_unknown_when_the_cap_is_reached()
    {
        await using var smtp = SmtpFixture.Create();
        smtp.Sink.OnFault = _ => smtp.Timer.Advance(smtp.Settings.TotalTime);
        smtp.Sink.Enqueue(new SmtpFault.Silence(Kept: true));
        Assert.Equal(new SendResult.Unknown(UnknownReason.TimedOut, "Sending"), await smtp.SendAsync());
    }

    [Fact]
    public async Task Silence_before_the_message_is_not_sent_when_the_cap_is_reached()
    {
        await using var smtp = SmtpFixture.Create();
        smtp.Sink.OnFault = _ => smtp.Timer.Advance(smtp.Settings.TotalTime);
        smtp.Sink.Enqueue(new SmtpFault.SilenceAtRecipient());
        Assert.Equal(new SendResult.NotSent(NotSentReason.TimedOut, "Sending"), await smtp.SendAsync());
    }

    [Fact]
    public async Task A_cancelled_send_is_a_result_too()
    {
        await using var smtp = SmtpFixture.Create();
        using var beforehand = new CancellationTokenSource();
        smtp.Sink.OnFault = _ => beforehand.Cancel();
        smtp.Sink.Enqueue(new SmtpFault.SilenceAtRecipient());
        Assert.Equal(NotSentReason.Cancelled, Assert.IsType<SendResult.NotSent>(await smtp.SendAsync(cancellation: beforehand.Token)).Reason);

        using var afterwards = new CancellationTokenSource();
        smtp.Sink.OnFault = _ => afterwards.Cancel();
        smtp.Sink.Enqueue(new SmtpFault.Silence(Kept: false));
        Assert.Equal(UnknownReason.Cancelled, Assert.IsType<SendResult.Unknown>(await smtp.SendAsync(cancellation: afterwards.Token)).Reason);

        Assert.Equal(NotSentReason.Cancelled, Assert.IsType<SendResult.NotSent>(await smtp.SendAsync(cancellation: new CancellationToken(canceled: true))).Reason);
    }

    [Fact]
    public async Task A_delayed_reply_within_the_cap_is_accepted()
    {
        await using var smtp = SmtpFixture.Create();
        smtp.Sink.Enqueue(new SmtpFault.Delay(TimeSpan.FromSeconds(20)));
        var sending = smtp.SendAsync();
        while (!sending.IsCompleted)
        {
            smtp.Clock.Advance(TimeSpan.FromSeconds(20));
            await Task.Yield();
        }

        Assert.IsType<SendResult.Accepted>(await sending);
    }

    [Fact]
    public async Task A_reset_at_connect_and_a_closed_port_are_not_sent()
    {
        await using var smtp = SmtpFixture.Create();
        smtp.Sink.Enqueue(new SmtpFault.RefuseConnection());
        Assert.Equal(NotSentReason.CannotConnect, Assert.IsType<SendResult.NotSent>(await smtp.SendAsync()).Reason);

        using var unused = new TcpListener(IPAddress.Loopback, 0);
        unused.Start();
        smtp.Settings = smtp.Settings with { Port = ((IPEndPoint)unused.LocalEndpoint).Port };
        unused.Stop();
        Assert.Equal(NotSentReason.CannotConnect, Assert.IsType<SendResult.NotSent>(await smtp.SendAsync()).Reason);
    }

    [Fact]
    public async Task A_peer_that_does_not_speak_smtp_is_not_sent()
    {
        await using var smtp = SmtpFixture.Create();
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        smtp.Settings = smtp.Settings with { Port = ((IPEndPoint)other.LocalEndpoint).Port };
        var sending = smtp.SendAsync();
        using (var peer = await other.AcceptTcpClientAsync(TestContext.Current.CancellationToken))
        {
            await peer.GetStream().WriteAsync(Encoding.ASCII.GetBytes("SSH-2.0-something\r\n"), TestContext.Current.CancellationToken);
            Assert.Equal(NotSentReason.ProtocolError, Assert.IsType<SendResult.NotSent>(await sending).Reason);
        }
    }

    [Theory]
    [InlineData(SinkSecurity.StartTls)]
    [InlineData(SinkSecurity.Tls)]
    public async Task Tls_and_authentication_with_a_pinned_certificate(SinkSecurity security)
    {
        await using var smtp = SmtpFixture.Create(new SmtpSinkOptions { Security = security, Username = "monitor", Password = "mật khẩu dài" });
        using var password = new PasswordFile("mật khẩu dài\n");
        smtp.Settings = smtp.Settings with { Username = "monitor", PasswordFile = password.Path };
        Assert.IsType<SendResult.Accepted>(await smtp.SendAsync());
        var received = Assert.Single(smtp.Sink.Messages);
        Assert.True(received.Encrypted);
        Assert.Equal("monitor", received.User);
    }

    [Theory]
    [InlineData(SinkSecurity.StartTls)]
    [InlineData(SinkSecurity.Tls)]
    public async Task An_untrusted_certificate_is_not_sent(SinkSecurity security)
    {
        await using var smtp = SmtpFixture.Create(new SmtpSinkOptions { Security = security });
        var failed = Assert.IsType<SendResult.NotSent>(await smtp.Channel(trusting: false).SendAsync(Mail, TestContext.Current.CancellationToken));
        Assert.Equal(NotSentReason.TlsFailed, failed.Reason);
        Assert.Empty(smtp.Sink.Messages);
    }

    [Fact]
    public async Task Starttls_is_required_when_it_is_configured()
    {
        await using var smtp = SmtpFixture.Create();
        smtp.Settings = smtp.Settings with { Security = MailSecurity.StartTls };
        Assert.Equal(NotSentReason.TlsUnavailable, Assert.IsType<SendResult.NotSent>(await smtp.SendAsync()).Reason);
        Assert.Empty(smtp.Sink.Messages);
    }

    [Fact]
    public async Task Wrong_missing_and_unwanted_credentials_are_not_sent()
    {
        await using var smtp = SmtpFixture.Create(new SmtpSinkOptions { Username = "monitor", Password = "right" });
        Assert.Equal(NotSentReason.AuthenticationFailed, Assert.IsType<SendResult.NotSent>(await smtp.SendAsync()).Reason);

        using var wrong = new PasswordFile("wrong");
        smtp.Settings = smtp.Settings with { Username = "monitor", PasswordFile = wrong.Path };
        Assert.Equal(NotSentReason.AuthenticationFailed, Assert.IsType<SendResult.NotSent>(await smtp.SendAsync()).Reason);

        smtp.Settings = smtp.Settings with { PasswordFile = wrong.Path + ".missing" };
        Assert.Equal(NotSentReason.NotConfigured, Assert.IsType<SendResult.NotSent>(await smtp.SendAsync()).Reason);

        await using var open = SmtpFixture.Create();
        open.Settings = open.Settings with { Username = "monitor", PasswordFile = wrong.Path };
        Assert.Equal(NotSentReason.AuthenticationFailed, Assert.IsType<SendResult.NotSent>(await open.SendAsync()).Reason);
        Assert.Empty(open.Sink.Messages);
    }

    [Fact]
    public async Task The_password_is_read_from_the_named_variable_first()
    {
        const string Variable = "MONITOR_TESTS_SMTP_PASSWORD";
        await using var smtp = SmtpFixture.Create(new SmtpSinkOptions { Username = "monitor", Password = "from the environment" });
        using var file = new PasswordFile("from the file");
        smtp.Settings = smtp.Settings with { Username = "monitor", PasswordVariable = Variable, PasswordFile = file.Path };
        Environment.SetEnvironmentVariable(Variable, "from the environment");
        try
        {
            Assert.IsType<SendResult.Accepted>(await smtp.SendAsync());
        }
        finally
        {
            Environment.SetEnvironmentVariable(Variable, null);
        }

        Assert.Equal(NotSentReason.NotConfigured, Assert.IsType<SendResult.NotSent>(await smtp.SendAsync()).Reason);
    }

    [Fact]
    public async Task Without_a_host_or_without_encryption_abroad_nothing_is_tried()
    {
        await using var smtp = SmtpFixture.Create();
        smtp.Settings = smtp.Settings with { Host = "" };
        Assert.Equal(NotSentReason.NotConfigured, Assert.IsType<SendResult.NotSent>(await smtp.SendAsync()).Reason);
        smtp.Settings = smtp.Settings with { Host = "mail.example" };
        Assert.Equal(NotSentReason.InsecureConfiguration, Assert.IsType<SendResult.NotSent>(await smtp.SendAsync()).Reason);
    }

    [Fact]
    public async Task Text_of_the_server_is_one_bounded_line()
    {
        await using var smtp = SmtpFixture.Create();
        smtp.Sink.Enqueue(new SmtpFault.AfterMessage(550, "a\u001b[31m" + new string('x', 2000)));
        var rejected = Assert.IsType<SendResult.Rejected>(await smtp.SendAsync());
        Assert.Equal(500, rejected.Text.Length);
        Assert.DoesNotContain(rejected.Text, char.IsControl);
    }

    [Fact]
    public async Task Many_mails_at_once_through_one_channel()
    {
        await using var smtp = SmtpFixture.Create();
        var channel = smtp.Channel();
        var results = await Task.WhenAll(Enumerable.Range(0, 60).Select(i =>
            channel.SendAsync(Mail with { MessageId = MessageIds.For("M-" + i, 1, "smtp", "so-mau.example") }, TestContext.Current.CancellationToken)));
        Assert.All(results, result => Assert.IsType<SendResult.Accepted>(result));
        Assert.Equal(60, smtp.Sink.Messages.Select(message => message.MessageId).Distinct().Count());
    }

    private sealed class PasswordFile : IDisposable
    {
        public PasswordFile(string content)
        {
            File.WriteAllText(Path, content);
            File.SetUnixFileMode(Path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        public string Path { get; } = System.IO.Path.Combine(System.IO.Path.GetTempPath(), "monitor-tests-" + Guid.NewGuid().ToString("N"));

        public void Dispose() => File.Delete(Path);
    }
}
