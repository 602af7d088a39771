using System.Security.Cryptography.X509Certificates;
using Monitor.Rules.Replies;
using Monitor.Tests.Loopback;
using Monitor.Worker.Mailbox;
using Monitor.Worker.Ports;
using Monitor.Worker.Settings;
using static Monitor.Tests.Mailbox.Messages;

namespace Monitor.Tests.Mailbox;

/// <summary>Against a real IMAP server, and one that does what none should.</summary>
public sealed class ImapMailboxTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Messages_come_once_in_order_octet_by_octet_and_the_mailbox_is_left_as_it_was()
    {
        await using var server = await Dovecot.StartAsync();
        var messages = Enumerable.Range(1, 5).Select(i => Answer($"thư {i} – 8-bit octets: \u00fc", id: $"m{i}@x.example")).ToList();
        foreach (var message in messages)
            server.Deliver(message);
        var before = server.Files.Count;
        var (mails, cursor) = await ReadAsync(Mailbox(server), null);
        Assert.Equal(messages, mails.Select(static mail => mail.Message));
        Assert.All(mails, mail => Assert.Equal(mail.Message.LongLength, mail.Size));
        Assert.All(mails, mail => Assert.InRange(mail.ReceivedAt, DateTimeOffset.UtcNow.AddMinutes(-5), DateTimeOffset.UtcNow.AddMinutes(5)));
        // Nothing was marked as seen: a mark would be an S in the file's name.
        Assert.Equal(before, server.Files.Count);
        Assert.DoesNotContain(server.Files, name => name.Contains(":2,", StringComparison.Ordinal) && name[name.IndexOf(":2,", StringComparison.Ordinal)..].Contains('S', StringComparison.Ordinal));

        Assert.Empty((await ReadAsync(Mailbox(server), cursor)).Mails);
        server.Deliver(Answer("thư 6"));
        var (more, last) = await ReadAsync(Mailbox(server), cursor);
        Assert.Equal(Answer("thư 6"), Assert.Single(more).Message);
        Assert.Equal(cursor.LastUid + 1, last.LastUid);
    }

    [Fact]
    public async Task Whoever_stops_goes_on_where_the_saved_cursor_stands()
    {
        await using var server = await Dovecot.StartAsync();
        for (var i = 1; i <= 7; i++)
            server.Deliver(Answer($"{i}"));
        var (first, cursor) = await ReadAsync(Mailbox(server), null, most: 3);
        Assert.Equal(3, first.Count);
        var (rest, _) = await ReadAsync(Mailbox(server), cursor);
        Assert.Equal(4, rest.Count);
        Assert.Equal(7, first.Concat(rest).Select(static mail => Convert.ToHexString(mail.Message)).Distinct().Count());
    }

    [Fact]
    public async Task A_mailbox_that_was_rebuilt_is_read_anew()
    {
        await using var server = await Dovecot.StartAsync();
        server.Deliver(Answer("1"));
        var (_, cursor) = await ReadAsync(Mailbox(server), null);
        // The same as a server whose numbers mean other messages now.
        var (again, after) = await ReadAsync(Mailbox(server), cursor with { Validity = cursor.Validity + 1, LastUid = 40 });
        Assert.Single(again);
        Assert.Equal((cursor.Validity, cursor.LastUid), (after.Validity, after.LastUid));
    }

    [Fact]
    public async Task What_is_larger_than_is_taken_in_comes_by_its_beginning()
    {
        await using var server = await Dovecot.StartAsync();
        var large = Answer(string.Concat(Enumerable.Repeat("0123456789abcdef\n", 100_000)));
        server.Deliver(large);
        var (mails, _) = await ReadAsync(Mailbox(server, settings => settings with { MaxMegabytes = 1 }), null);
        var mail = Assert.Single(mails);
        Assert.Equal((MailContainment.TooLarge, ImapMailbox.HeadBytes, large.LongLength), (mail.Contained, mail.Message.Length, mail.Size));
        Assert.Equal(large[..ImapMailbox.HeadBytes], mail.Message);
    }

    [Fact]
    public async Task Old_mail_of_a_mailbox_that_was_never_read_is_left_alone_and_later_mail_never()
    {
        await using var server = await Dovecot.StartAsync();
        server.Deliver(Answer("1"));
        var future = new FixedTime(DateTimeOffset.UtcNow.AddDays(40));
        Assert.Empty((await ReadAsync(Mailbox(server, time: future), null)).Mails);
        var (mails, _) = await ReadAsync(Mailbox(server, time: future), new MailboxCursor { Id = "x", Validity = (await ReadAsync(Mailbox(server), null)).Cursor.Validity, LastUid = 0 });
        Assert.Empty(mails);
    }

    [Theory]
    [InlineData("password", MailboxProblem.SignInRefused)]
    [InlineData("folder", MailboxProblem.NoSuchFolder)]
    [InlineData("variable", MailboxProblem.NoPassword)]
    [InlineData("port", MailboxProblem.Unreachable)]
    [InlineData("host", MailboxProblem.NotEncrypted)]
    [InlineData("start-tls", MailboxProblem.NotEncrypted)]
    public async Task What_keeps_a_mailbox_from_being_read_is_told_apart(string what, MailboxProblem problem)
    {
        await using var server = await Dovecot.StartAsync();
        var box = Mailbox(server, settings => what switch
        {
            "password" => settings with { PasswordVariable = Variable("sai") },
            "folder" => settings with { Folder = "Không có" },
            "variable" => settings with { PasswordVariable = "MONITOR_TEST_NOT_SET" },
            "port" => settings with { Port = 1 },
            "host" => settings with { Host = "192.0.2.1" },
            _ => settings with { Security = MailSecurity.StartTls },
        });
        var failed = Assert.IsType<MailboxReading.Failed>(await box.ReadAsync(new MailboxCursor { Id = "x" }, static (_, _, _) => Task.FromResult(true), Token));
        Assert.Equal(problem, failed.Problem);
        Assert.DoesNotContain("sai", failed.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_servers_certificate_must_be_trusted()
    {
        using var certificate = TestCertificates.Valid("localhost");
        await using var server = await Dovecot.StartAsync(certificate);
        server.Deliver(Answer("1"));
        InboxSettings Tls(InboxSettings settings) => settings with { Security = MailSecurity.Tls };
        var refused = Assert.IsType<MailboxReading.Failed>(await Mailbox(server, Tls).ReadAsync(new MailboxCursor { Id = "x" }, static (_, _, _) => Task.FromResult(true), Token));
        Assert.Equal(MailboxProblem.NotEncrypted, refused.Problem);
        var trusting = new ImapMailbox(() => Tls(Settings(server)), TimeProvider.System, (_, shown, _, _) => shown is X509Certificate2 one && one.Thumbprint == certificate.Thumbprint);
        Assert.Single((await ReadAsync(trusting, null)).Mails);
    }

    [Fact]
    public async Task A_message_the_server_fails_to_give_out_holds_up_nothing_behind_it()
    {
        await using var server = await Dovecot.StartAsync();
        server.Deliver(Answer("1"));
        var (_, cursor) = await ReadAsync(Mailbox(server), null);
        server.Deliver(Answer("2"));
        server.Deliver(Answer("3"));
        // As it was saved after three failures at the next message.
        var (mails, last) = await ReadAsync(Mailbox(server), cursor with { StuckUid = cursor.LastUid + 1, StuckTimes = ImapMailbox.MostTries });
        Assert.Equal((MailContainment.NotFetched, 0), (mails[0].Contained, mails[0].Message.Length));
        Assert.Equal(Answer("3"), mails[1].Message);
        Assert.Equal((0u, 0), (last.StuckUid, last.StuckTimes));
    }

    [Fact]
    public async Task A_copy_among_sent_mail_says_that_a_send_was_accepted_and_none_says_nothing_unless_all_are_filed()
    {
        await using var server = await Dovecot.StartAsync();
        server.Deliver(Answer("x", id: "SKHCN-2026-00001.v1.smtp@so-mau.example"), ".Sent");
        ImapSentFolder Sent(Func<InboxSettings, InboxSettings> change) => new(() => change(Settings(server) with { SentFolder = "Sent" }));
        var found = Assert.IsType<FateAnswer.Accepted>(await Sent(static s => s).FindAsync("SKHCN-2026-00001.v1.smtp@so-mau.example", Token));
        Assert.False(found.Delivered);
        Assert.IsType<FateAnswer.NoNews>(await Sent(static s => s).FindAsync("SKHCN-2026-0000", Token));
        Assert.IsType<FateAnswer.NoNews>(await Sent(static s => s).FindAsync("SKHCN-2026-00002.v1.smtp@so-mau.example", Token));
        Assert.IsType<FateAnswer.NeverArrived>(await Sent(static s => s with { SentFolderComplete = true }).FindAsync("SKHCN-2026-00002.v1.smtp@so-mau.example", Token));
        // Whatever keeps the folder from being looked into is never taken for a missing copy.
        Assert.IsType<FateAnswer.NoNews>(await Sent(static s => s with { SentFolderComplete = true, Port = 1 }).FindAsync("x@y.example", Token));
        Assert.IsType<FateAnswer.NoNews>(await Sent(static s => s with { SentFolderComplete = true, SentFolder = "Nowhere" }).FindAsync("x@y.example", Token));
        Assert.IsType<FateAnswer.NoNews>(await Sent(static s => s with { SentFolder = "", SentFolderComplete = true }).FindAsync("x@y.example", Token));
    }

    /// <summary>Found by an attack: each of these held up the mail behind it for ever, and nobody was told.</summary>
    [Fact]
    public async Task A_message_that_vanishes_between_two_questions_holds_up_nothing()
    {
        using var server = ScriptedImap.Start();
        server.Add(1, Answer("1"));
        server.Add(2, Answer("2"));
        server.Add(3, Answer("3"));
        server.Expunged.Add(2);
        server.Messages.Remove(1);
        var (mails, cursor) = await ReadAsync(Scripted(server), null);
        Assert.Equal(Answer("3"), Assert.Single(mails).Message);
        Assert.Equal(3u, cursor.LastUid);
    }

    [Theory]
    [InlineData(0u, 0u)]
    [InlineData(7u, 100u)]
    public async Task Failures_are_counted_in_a_mailbox_that_was_never_read_or_was_rebuilt(uint validity, uint last)
    {
        using var server = ScriptedImap.Start();
        server.Validity = 9;
        server.Add(4, Answer("4"));
        server.Add(5, Answer("5"));
        server.Add(6, Answer("6"));
        server.Messages.Remove(4);
        server.Refused.Add(5);
        var cursor = new MailboxCursor { Id = "x", Validity = validity, LastUid = last };
        for (var i = 1; i <= ImapMailbox.MostTries; i++)
        {
            var failed = Assert.IsType<MailboxReading.Failed>(await Scripted(server).ReadAsync(cursor, (_, _, _) => throw new InvalidOperationException("nothing was given"), Token));
            Assert.Equal((9u, 4u, 5u, i), (failed.Cursor.Validity, failed.Cursor.LastUid, failed.Cursor.StuckUid, failed.Cursor.StuckTimes));
            cursor = failed.Cursor;
        }

        var (mails, done) = await ReadAsync(Scripted(server), cursor);
        Assert.Equal([MailContainment.NotFetched, null], mails.Select(mail => mail.Contained));
        Assert.Equal(6u, done.LastUid);
    }

    [Fact]
    public async Task Numbers_and_dates_that_cannot_be_are_told_and_counted()
    {
        using var server = ScriptedImap.Start();
        server.Add(1, Answer("1"));
        server.Date = "31-Dec-9999 23:00:00 -1400";
        var failed = Assert.IsType<MailboxReading.Failed>(await Scripted(server).ReadAsync(new MailboxCursor { Id = "x" }, (_, _, _) => Task.FromResult(true), Token));
        Assert.Equal((MailboxProblem.Unintelligible, 1), (failed.Problem, failed.Cursor.StuckTimes));

        server.Date = "27-Nov-2026 08:00:00 +0700";
        server.Listed.Add(uint.MaxValue);
        // The list as a whole cannot be read; no message is to blame for that.
        failed = Assert.IsType<MailboxReading.Failed>(await Scripted(server).ReadAsync(new MailboxCursor { Id = "x" }, (_, _, _) => Task.FromResult(true), Token));
        Assert.Equal((MailboxProblem.Unintelligible, 0), (failed.Problem, failed.Cursor.StuckTimes));

        server.Listed.Remove(uint.MaxValue);
        Assert.Single((await ReadAsync(Scripted(server), failed.Cursor)).Mails);
    }

    [Fact]
    public async Task More_than_was_announced_is_not_taken_for_the_whole()
    {
        using var server = ScriptedImap.Start();
        server.Add(1, [.. Answer("1"), .. new byte[3 * 1024 * 1024]]);
        server.AnnouncedSizes[1] = 50;
        var (mails, _) = await ReadAsync(Scripted(server, now => now with { MaxMegabytes = 1 }), null);
        Assert.Equal((MailContainment.TooLarge, ImapMailbox.HeadBytes), (mails[0].Contained, mails[0].Message.Length));
    }

    private static ImapMailbox Scripted(ScriptedImap server, Func<InboxSettings, InboxSettings>? change = null)
    {
        var settings = new InboxSettings { Host = "127.0.0.1", Port = server.Port, Security = MailSecurity.None, Username = "x", PasswordVariable = Variable("x"), TotalTime = TimeSpan.FromSeconds(20) };
        return new ImapMailbox(() => change?.Invoke(settings) ?? settings, new FixedTime(new DateTimeOffset(2026, 11, 27, 12, 0, 0, TimeSpan.Zero)));
    }

    [Fact]
    public void Without_a_server_there_is_no_mailbox() => Assert.Null(new ImapMailbox(() => new InboxSettings(), TimeProvider.System).Id);

    private static InboxSettings Settings(Dovecot server) => new()
    {
        Host = "127.0.0.1",
        Port = server.Port,
        Security = MailSecurity.None,
        Username = Dovecot.User,
        PasswordVariable = Variable(Dovecot.Password),
        TotalTime = TimeSpan.FromSeconds(20),
    };

    private static ImapMailbox Mailbox(Dovecot server, Func<InboxSettings, InboxSettings>? change = null, TimeProvider? time = null) =>
        new(() => change?.Invoke(Settings(server)) ?? Settings(server), time ?? TimeProvider.System);

    private static string Variable(string password)
    {
        var name = "MONITOR_TEST_IMAP_" + Convert.ToHexString(System.Text.Encoding.UTF8.GetBytes(password));
        Environment.SetEnvironmentVariable(name, password);
        return name;
    }

    private static async Task<(List<ReceivedMail> Mails, MailboxCursor Cursor)> ReadAsync(ImapMailbox box, MailboxCursor? from, int most = int.MaxValue)
    {
        var mails = new List<ReceivedMail>();
        var reading = await box.ReadAsync(from ?? new MailboxCursor { Id = "x" }, (mail, _, _) =>
        {
            mails.Add(mail);
            return Task.FromResult(mails.Count < most);
        }, Token);
        return (mails, Assert.IsType<MailboxReading.Done>(reading).Cursor);
    }

    private sealed class FixedTime(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
