using System.Text;
using Monitor.Rules.Assessing;
using Monitor.Rules.Takedowns;
using Monitor.Worker.Ports;

namespace Monitor.Tests.Channels;

/// <summary>A synthetic notice ready to leave.</summary>
internal static class SampleNotice
{
    public static NoticeContent Content { get; } = new(
        "Yêu cầu gỡ bỏ nội dung", "Kính gửi,\nhttp://anhviet.example/bai/1\n", "<!doctype html><p>Kính gửi</p>", Encoding.ASCII.GetBytes("%PDF-1.7 sample"), Encoding.UTF8.GetBytes("{\"Version\":\"4\"}"));

    public static OutgoingNotice Outgoing(ChannelProfile? profile = null, byte[]? signed = null, bool copy = false) => new(
        new Notice
        {
            Id = "SKHCN-2026-00001",
            RequestId = "R-1",
            CaseId = "C-1",
            TargetId = "T-1",
            OwnerAgency = "skhcn",
            Kind = default,
            Number = 1,
            Category = default(Category),
            LegalBasisId = "nd-1",
            PlatformId = "mau",
            Channel = profile?.Kind ?? ChannelKind.Smtp,
            To = profile?.Address ?? "abuse@anhviet.example",
            Addressee = "Bộ phận pháp lý",
            Language = "vi",
            Items = [],
            Subject = Content.Subject,
            Body = Content.Text,
            ContentDigest = Content.Digest,
            DraftedBy = "an",
            DraftedAt = SmtpFixture.Start,
            MessageId = "m-1.v1.smtp@so-mau.example",
            ResentCopy = copy,
        },
        Content,
        signed,
        profile,
        []);
}
