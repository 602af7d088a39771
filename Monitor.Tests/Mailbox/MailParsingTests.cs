using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Monitor.Rules.Replies;
using Monitor.Worker.Channels;
using Monitor.Worker.Mailbox;
using static Monitor.Tests.Mailbox.Messages;

namespace Monitor.Tests.Mailbox;

public sealed class MailParsingTests
{
    private static readonly string Token = ReplyToken.For(new byte[32], "SKHCN-2026-00001");

    private static MailFacts Read(byte[] message, string server = "") => MailParsing.Read(message, null, server);

    [Fact]
    public void An_answer_is_read_with_everything_that_ties_it_to_a_notice()
    {
        var facts = Read(Answer("Đã gỡ bỏ.", $"In-Reply-To: <b@so-mau.example>\nReferences: <a@so-mau.example> <b@so-mau.example>\nDelivered-To: thong-bao+{Token.ToUpperInvariant()}@so-mau.example"));
        Assert.Equal("abuse@trang-mau.example", facts.From);
        Assert.Equal(["b@so-mau.example", "a@so-mau.example"], facts.Answers);
        Assert.Equal([Token], facts.Tokens);
        Assert.Equal(("Re: Yeu cau", "Đã gỡ bỏ.", "a1@trang-mau.example"), (facts.Subject, facts.Text.Trim(), facts.MessageId));
        Assert.False(facts.MarkedAutomatic);
        Assert.Null(facts.Contained);
    }

    [Theory]
    [InlineData("failed", "5.1.1", ReportedAction.Failed)]
    [InlineData("Delayed", "4.4.1", ReportedAction.Delayed)]
    [InlineData("delivered", "2.0.0", ReportedAction.Delivered)]
    [InlineData("relayed", "2.0.0", ReportedAction.Relayed)]
    [InlineData("expanded", "2.0.0", ReportedAction.Expanded)]
    public void A_delivery_report_says_of_whom_what_and_why(string action, string status, ReportedAction expected)
    {
        var facts = Read(Report(action, status, "abuse@trang-mau.example", $"SKHCN-2026-00001.{Token}", "SKHCN-2026-00001.v1.smtp@so-mau.example"));
        var recipient = Assert.Single(facts.Report!.Recipients);
        Assert.Equal(new RecipientReport("abuse@trang-mau.example", expected, status), recipient);
        Assert.Equal(Token, facts.Report.Token);
        Assert.Contains("SKHCN-2026-00001.v1.smtp@so-mau.example", facts.Answers);
        Assert.True(facts.FromMailSystem);
    }

    [Fact]
    public void Escaped_envelope_ids_and_original_recipients_are_read()
    {
        var report = Encoding.UTF8.GetString(Report("failed", "5.0.0", "inner@elsewhere.example", $"SKHCN+2D2026-00001.{Token}", "x@y.example"))
            .Replace("Final-Recipient:", "Original-Recipient: rfc822;abuse+2Bvn@trang-mau.example\r\nFinal-Recipient:", StringComparison.Ordinal);
        var facts = Read(Encoding.UTF8.GetBytes(report));
        Assert.Equal(Token, facts.Report!.Token);
        Assert.Equal("abuse+vn@trang-mau.example", facts.Report.Recipients[0].Recipient);
    }

    [Fact]
    public void A_report_without_an_action_is_no_report()
    {
        var facts = Read(Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(Report("failed", "5.1.1", "a@b.example", null, "x@y.example")).Replace("Action: failed", "Action: exploded", StringComparison.Ordinal)));
        Assert.Null(facts.Report);
    }

    [Fact]
    public void A_read_receipt_names_the_message_that_was_shown()
    {
        var facts = Read(Raw("""
            From: abuse@trang-mau.example
            To: so@mau.example
            Subject: Read
            MIME-Version: 1.0
            Content-Type: multipart/report; report-type=disposition-notification; boundary=b

            --b
            Content-Type: text/plain

            Seen.
            --b
            Content-Type: message/disposition-notification

            Final-Recipient: rfc822;abuse@trang-mau.example
            Original-Message-ID: <n@so-mau.example>
            Disposition: manual-action/MDN-sent-manually; displayed

            --b--
            """));
        Assert.True(facts.IsReadReceipt);
        Assert.Equal(["n@so-mau.example"], facts.Answers);
    }

    [Theory]
    [InlineData("Auto-Submitted: auto-replied", true)]
    [InlineData("Auto-Submitted: no", false)]
    [InlineData("X-Autoreply: yes", true)]
    [InlineData("Precedence: auto_reply", true)]
    [InlineData("Precedence: list", false)]
    public void Machines_that_say_so_are_known(string header, bool automatic) => Assert.Equal(automatic, Read(Answer("x", header)).MarkedAutomatic);

    [Fact]
    public void Only_our_own_servers_topmost_word_backs_a_sender()
    {
        const string Ours = "Authentication-Results: mx.so-mau.example; dmarc=pass header.from=trang-mau.example; dkim=pass header.d=trang-mau.example; spf=fail smtp.mailfrom=x@other.example";
        const string Forged = "Authentication-Results: mx.so-mau.example; dmarc=pass header.from=bank.example";
        byte[] With(string headers) => Raw(headers + "\n" + Encoding.UTF8.GetString(Answer("x")));
        Assert.Equal(["dmarc:trang-mau.example", "dkim:trang-mau.example"], Read(With(Ours + "\n" + Forged), "mx.so-mau.example").Proofs);
        Assert.Empty(Read(With(Ours), "").Proofs);
        Assert.Empty(Read(With("Authentication-Results: mx.elsewhere.example; dmarc=pass header.from=a.example\n" + Ours), "mx.so-mau.example").Proofs);
    }

    [Fact]
    public void Of_html_mails_the_visible_words_are_read_without_quotation_and_scripts()
    {
        var facts = Read(Raw("""
            From: a@b.example
            To: c@d.example
            Content-Type: text/html; charset=utf-8

            <html><head><style>p{color:red}</style><title>t</title></head><body><p>Content &quot;removed&quot;.</p><script>refused()</script>
            <div class="gmail_quote"><div>On Fri we wrote</div><blockquote>please remove<br>at once</blockquote></div><p>After</p></body></html>
            """));
        Assert.Contains("Content \"removed\".", facts.Text, StringComparison.Ordinal);
        Assert.Contains("After", facts.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("refused", facts.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("please remove", facts.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("color", facts.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Attachments_are_hashed_decoded_and_never_read_as_text()
    {
        byte[] content = [0, 1, 2, 250, 251];
        var facts = Read(Raw($"""
            From: a@b.example
            To: c@d.example
            MIME-Version: 1.0
            Content-Type: multipart/mixed; boundary=b

            --b
            Content-Type: text/plain

            See the file.
            --b
            Content-Type: application/zip; name="../../etc/passwd"
            Content-Transfer-Encoding: base64
            Content-Disposition: attachment; filename="x.zip"

            {Convert.ToBase64String(content)}
            --b
            Content-Type: text/plain
            Content-Disposition: attachment; filename="removed.txt"

            The content has been removed.
            --b--
            """));
        Assert.Equal(2, facts.Attachments.Count);
        Assert.Equal(("application/zip", 5L, Convert.ToHexStringLower(SHA256.HashData(content))), (facts.Attachments[0].Type, facts.Attachments[0].Bytes, facts.Attachments[0].Sha256.ToString()));
        Assert.DoesNotContain("removed", facts.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_two_forms_of_the_same_words_one_is_read()
    {
        var facts = Read(Raw("""
            From: a@b.example
            To: c@d.example
            MIME-Version: 1.0
            Content-Type: multipart/alternative; boundary=b

            --b
            Content-Type: text/plain

            once
            --b
            Content-Type: text/html

            <p>once</p>
            --b--
            """));
        Assert.Equal("once", facts.Text.Trim());
    }

    [Theory]
    [InlineData("utf-7", "+AGE-")]
    [InlineData("x-klingon", "removed")]
    [InlineData("\"\"", "removed")]
    [InlineData("utf-16", "removed")]
    [InlineData("windows-1258", "removed")]
    public void Charsets_that_nobody_knows_break_nothing(string charset, string text) =>
        Assert.NotNull(Read(Raw($"From: a@b.example\nTo: c@d.example\nContent-Type: text/plain; charset={charset}\n\n{text}")).Text);

    [Fact]
    public void What_steers_terminals_or_turns_writing_around_is_taken_out()
    {
        var facts = Read(Answer("a\u001b[2Jb\u202Ec\u0007d\u0085e", subject: "x\u001b]0;y"));
        Assert.DoesNotContain(facts.Text + facts.Subject, c => c is '\u001b' or '\u202E' or '\u0007' or '\u0085');
        Assert.Contains("a [2Jb c d\ne", facts.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Ten_thousand_parts_are_not_all_looked_at()
    {
        var bomb = new StringBuilder("From: a@b.example\nTo: c@d.example\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n");
        for (var i = 0; i < 10_000; i++)
            bomb.Append(CultureInfo.InvariantCulture, $"--b\nContent-Type: text/plain\n\npart {i}\n");
        var facts = Read(Raw(bomb.Append("--b--\n").ToString()));
        Assert.Equal(MailContainment.TooManyParts, facts.Contained);
        Assert.Contains("part 0", facts.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("part 9999", facts.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Five_hundred_parts_within_each_other_are_not_followed()
    {
        var bomb = new StringBuilder("From: a@b.example\nTo: c@d.example\nMIME-Version: 1.0\n");
        for (var i = 0; i < 500; i++)
            bomb.Append(CultureInfo.InvariantCulture, $"Content-Type: multipart/mixed; boundary=b{i}\n\n--b{i}\n");
        var facts = Read(Raw(bomb.Append("Content-Type: text/plain\n\ndeep").ToString()));
        Assert.DoesNotContain("deep", facts.Text, StringComparison.Ordinal);
        var forwarded = new StringBuilder();
        for (var i = 0; i < 3000; i++)
            forwarded.Append("From: a@b.example\nContent-Type: message/rfc822\n\n");
        Assert.NotNull(Read(Raw(forwarded.Append("From: a@b.example\n\nx").ToString())));
    }

    [Fact]
    public void Whatever_bytes_come_are_read_or_said_to_be_unreadable()
    {
        var random = new Random(20261127);
        var samples = new[] { Answer("Đã gỡ", "References: <a@b>"), Report("failed", "5.1.1", "a@b.example", "x." + Token, "y@z.example"), Raw(""), Raw("\n\n"), [0, 0, 0, 0], Raw(new string('A', 100_000)), Raw("From: " + new string('<', 50_000)), Raw("To: " + string.Concat(Enumerable.Repeat("g:", 20_000))), Raw("Subject: " + string.Concat(Enumerable.Repeat("=?utf-8?q?=00?=", 10_000))) };
        foreach (var sample in samples)
        {
            Assert.NotNull(Read(sample));
            for (var i = 0; i < 60 && sample.Length > 0; i++)
            {
                var broken = (byte[])sample.Clone();
                for (var j = 0; j < 1 + (broken.Length / 100); j++)
                    broken[random.Next(broken.Length)] = (byte)random.Next(256);
                Assert.NotNull(Read(random.Next(2) == 0 ? broken : broken[..random.Next(broken.Length)]));
            }
        }
    }

    /// <summary>Found by an attack: the library throws over the fields of such a receipt, and the inbox stood still for ever.</summary>
    [Theory]
    [InlineData("Disposition x")]
    [InlineData("Da@b")]
    [InlineData("Hello, we refuse.")]
    public void A_receipt_without_fields_is_a_receipt_of_nothing(string body)
    {
        var facts = Read(Raw($"From: a@b.example\nContent-Type: message/disposition-notification\n\n{body}\n"));
        Assert.Equal(("a@b.example", false, MailContainment.Malformed), (facts.From, facts.IsReadReceipt, facts.Contained));
    }

    [Fact]
    public void A_mail_of_megabytes_is_read_within_bounds()
    {
        var big = Answer(string.Concat(Enumerable.Repeat("Chúng tôi đã nhận được thư. ", 300_000)));
        var before = Stopwatch.GetTimestamp();
        var facts = Read(big);
        Assert.Equal(MailFacts.MaxText, facts.Text.Length);
        // A bound against hanging, not a measurement.
        Assert.InRange(Stopwatch.GetElapsedTime(before), TimeSpan.Zero, TimeSpan.FromMinutes(1));
    }
}
