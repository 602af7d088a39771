using System.Net.Security;
using Microsoft.Extensions.Time.Testing;
using Monitor.Worker.Channels;
using Monitor.Worker.Demo;
using Monitor.Worker.Ports;
using Monitor.Worker.Settings;

namespace Monitor.Tests.Channels;

/// <summary>A sink and a channel to it, over a real loopback connection.</summary>
internal sealed class SmtpFixture : IAsyncDisposable
{
    public static readonly DateTimeOffset Start = new(2026, 3, 2, 8, 30, 0, TimeSpan.Zero);

    private SmtpFixture(SmtpSink sink, FakeTimeProvider clock, FakeTimeProvider timer)
    {
        Sink = sink;
        Clock = clock;
        Timer = timer;
        Settings = new SmtpSettings
        {
            Host = "127.0.0.1",
            Port = sink.Port,
            Security = sink.Options.Security switch
            {
                SinkSecurity.None => MailSecurity.None,
                SinkSecurity.StartTls => MailSecurity.StartTls,
                SinkSecurity.Tls => MailSecurity.Tls,
            },
        };
    }

    public SmtpSink Sink { get; }

    public FakeTimeProvider Clock { get; }

    /// <summary>Measures the cap; stands still unless a test moves it.</summary>
    public FakeTimeProvider Timer { get; }

    public SmtpSettings Settings { get; set; }

    /// <summary>Connections of the channels made by <see cref="Channel"/>; null: each mail has its own.</summary>
    public SmtpConnections? Connections { get; set; }

    public static OutgoingMail Mail { get; } = new()
    {
        From = "Sở mẫu <thong-bao@so-mau.example>",
        To = "abuse@anhviet.example",
        Subject = "Yêu cầu gỡ bỏ nội dung",
        Text = "Kính gửi bộ phận hỗ trợ,\n\nhttp://anhviet.example/bai/1\n",
        MessageId = "m-1.v1.smtp@so-mau.example",
        Reference = "M-1",
    };

    public static SmtpFixture Create(SmtpSinkOptions? options = null)
    {
        var clock = new FakeTimeProvider(Start);
        return new SmtpFixture(SmtpSink.Start(clock, options), clock, new FakeTimeProvider(Start));
    }

    /// <summary>Accepts the sink's own certificate and no other.</summary>
    public RemoteCertificateValidationCallback Pinned => (_, certificate, _, _) =>
        certificate is not null && certificate.GetRawCertData().AsSpan().SequenceEqual(Sink.Certificate!.RawData);

    public SmtpChannel Channel(bool trusting = true) =>
        new(Settings, Clock, trusting && Sink.Certificate is not null ? Pinned : null, Timer, Connections);

    public Task<SendResult> SendAsync(OutgoingMail? mail = null, CancellationToken cancellation = default) =>
        Channel().SendAsync(mail ?? Mail, cancellation);

    public async ValueTask DisposeAsync()
    {
        if (Connections is not null)
            await Connections.DisposeAsync();
        await Sink.DisposeAsync();
    }
}
