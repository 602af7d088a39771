using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using Monitor.Worker.Demo;

namespace Monitor.Tests.Demo;

public sealed class SmtpSinkTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 8, 30, 0, TimeSpan.Zero);

    private static SmtpSink NewSink(SmtpSinkOptions? options = null) => SmtpSink.Start(new FakeTimeProvider(Start), options);

    [Fact]
    public async Task Only_a_dot_between_two_full_line_ends_ends_a_message()
    {
        await using var sink = NewSink();
        await using var session = await Session.OpenAsync(sink.Port);
        await session.EnvelopeAsync();
        await session.SendAsync("DATA");
        await session.SendRawAsync("Subject: a\r\n\r\none\n.\ntwo\r\n.\nthree\r.\r\n..four\r\n.\r\n");
        Assert.StartsWith("250", await session.ReplyAsync());
        var raw = Encoding.ASCII.GetString(Assert.Single(sink.Messages).Raw);
        // The dot that begins a line goes; a dot after a lone CR or LF does not begin one.
        Assert.Equal("Subject: a\r\n\r\none\n.\ntwo\r\n\nthree\r.\r\n.four\r\n", raw);
        Assert.Equal(Start, sink.Messages[0].ReceivedAt);
    }

    [Fact]
    public async Task What_is_too_large_is_read_and_refused()
    {
        await using var sink = NewSink(new SmtpSinkOptions { MaxMessageBytes = 1000 });
        await using var session = await Session.OpenAsync(sink.Port);
        await session.SendAsync("EHLO x");
        Assert.Contains("SIZE 1000", session.LastReply);
        await session.EnvelopeAsync();
        await session.SendAsync("DATA");
        await session.SendRawAsync("Subject: a\r\n\r\n" + new string('x', 5000) + "\r\n.\r\n");
        Assert.StartsWith("552", await session.ReplyAsync());
        Assert.StartsWith("552", await session.SendAsync("MAIL FROM:<a@b.example> SIZE=1001"));
        Assert.Empty(sink.Messages);
    }

    [Fact]
    public async Task A_full_sink_says_so()
    {
        await using var sink = NewSink(new SmtpSinkOptions { MaxMessages = 2 });
        await using var session = await Session.OpenAsync(sink.Port);
        string[] replies = [await session.MessageAsync(), await session.MessageAsync(), await session.MessageAsync()];
        Assert.Equal(["250", "250", "452"], replies.Select(reply => reply[..3]));
        Assert.Equal(2, sink.Messages.Count);
    }

    [Fact]
    public async Task Commands_out_of_order_are_refused()
    {
        await using var sink = NewSink();
        await using var session = await Session.OpenAsync(sink.Port);
        Assert.StartsWith("503", await session.SendAsync("DATA"));
        Assert.StartsWith("503", await session.SendAsync("RCPT TO:<a@b.example>"));
        Assert.StartsWith("501", await session.SendAsync("MAIL FROM a@b.example"));
        Assert.StartsWith("502", await session.SendAsync("VRFY a"));
        Assert.StartsWith("502", await session.SendAsync("STARTTLS"));
        Assert.StartsWith("502", await session.SendAsync("AUTH PLAIN"));
        Assert.StartsWith("250", await session.SendAsync("NOOP"));
        Assert.StartsWith("221", await session.SendAsync("QUIT"));
    }

    [Fact]
    public async Task Authentication_is_required_when_a_user_is_set()
    {
        await using var sink = NewSink(new SmtpSinkOptions { Username = "u", Password = "p" });
        await using var session = await Session.OpenAsync(sink.Port);
        Assert.StartsWith("530", await session.SendAsync("MAIL FROM:<a@b.example>"));
        Assert.StartsWith("535", await session.SendAsync("AUTH PLAIN " + Base64("\0u\0q")));
        Assert.StartsWith("535", await session.SendAsync("AUTH PLAIN not-base64"));
        Assert.StartsWith("504", await session.SendAsync("AUTH CRAM-MD5"));
        Assert.StartsWith("334", await session.SendAsync("AUTH LOGIN"));
        Assert.StartsWith("334", await session.SendAsync(Base64("u")));
        Assert.StartsWith("235", await session.SendAsync(Base64("p")));
        Assert.StartsWith("250", await session.MessageAsync());
        Assert.Equal("u", Assert.Single(sink.Messages).User);
    }

    [Fact]
    public async Task Commands_smuggled_behind_starttls_end_the_session()
    {
        await using var sink = NewSink(new SmtpSinkOptions { Security = SinkSecurity.StartTls });
        await using var session = await Session.OpenAsync(sink.Port);
        Assert.StartsWith("530", await session.SendAsync("MAIL FROM:<a@b.example>"));
        await session.SendRawAsync("STARTTLS\r\nMAIL FROM:<a@b.example>\r\n");
        Assert.StartsWith("220", await session.ReplyAsync());
        Assert.Null(await session.TryReplyAsync());
    }

    [Fact]
    public async Task An_endless_command_line_ends_the_session()
    {
        await using var sink = NewSink();
        await using var session = await Session.OpenAsync(sink.Port);
        await session.SendRawAsync(new string('a', 9000));
        Assert.Null(await session.TryReplyAsync());
    }

    [Fact]
    public async Task Faults_for_a_recipient_hit_only_that_recipient()
    {
        await using var sink = NewSink();
        sink.EnqueueFor("slow@b.example", new SmtpFault.AtRecipient(450, "later"));
        await using var session = await Session.OpenAsync(sink.Port);
        Assert.StartsWith("250", await session.MessageAsync());
        await session.SendAsync("MAIL FROM:<a@b.example>");
        Assert.StartsWith("450", await session.SendAsync("RCPT TO:<slow@b.example>"));
        Assert.StartsWith("250", await session.SendAsync("RCPT TO:<slow@b.example>"));
    }

    [Fact]
    public async Task Stopping_does_not_wait_for_peers()
    {
        var sink = NewSink();
        await using var session = await Session.OpenAsync(sink.Port);
        await sink.DisposeAsync();
        Assert.Null(await session.TryReplyAsync());
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    private sealed class Session : IAsyncDisposable
    {
        private readonly TcpClient _client;
        private readonly StreamReader _reader;

        private Session(TcpClient client)
        {
            _client = client;
            _reader = new StreamReader(client.GetStream(), Encoding.ASCII);
        }

        public string LastReply { get; private set; } = "";

        public static async Task<Session> OpenAsync(int port)
        {
            var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, port, TestContext.Current.CancellationToken);
            var session = new Session(client);
            Assert.StartsWith("220", await session.ReplyAsync());
            return session;
        }

        public async Task EnvelopeAsync()
        {
            Assert.StartsWith("250", await SendAsync("MAIL FROM:<a@b.example>"));
            Assert.StartsWith("250", await SendAsync("RCPT TO:<c@d.example>"));
        }

        public async Task<string> MessageAsync()
        {
            await EnvelopeAsync();
            Assert.StartsWith("354", await SendAsync("DATA"));
            return await SendAsync("Subject: a\r\n\r\nb\r\n.");
        }

        public async Task<string> SendAsync(string line)
        {
            await SendRawAsync(line + "\r\n");
            return await ReplyAsync();
        }

        public async Task SendRawAsync(string text) =>
            await _client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(text), TestContext.Current.CancellationToken);

        public async Task<string> ReplyAsync() => await TryReplyAsync() ?? throw new InvalidOperationException("the session ended");

        public async Task<string?> TryReplyAsync()
        {
            var all = new StringBuilder();
            try
            {
                while (await _reader.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
                {
                    all.AppendLine(line);
                    if (line.Length < 4 || line[3] != '-')
                        return LastReply = all.ToString();
                }
            }
            catch (IOException)
            {
                // Reset by the server.
            }

            return null;
        }

        public ValueTask DisposeAsync()
        {
            _reader.Dispose();
            _client.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
