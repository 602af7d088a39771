using System.Text.Json;
using Monitor.Rules.Sharing;
using Monitor.Rules.Takedowns;
using Monitor.Worker.Notices;
using Monitor.Worker.Ports;

namespace Monitor.Worker.Operations;

/// <summary>The approved forms of notices in the vault: sealed at approval, read before sending, the same bytes or none.</summary>
public static class NoticeContents
{
    public const string Kind = "notice";

    /// <summary>Seals what was approved. Done before the act is committed: an item that no row names afterwards holds nobody up.</summary>
    public static async Task<Notice> SealAsync(Desk desk, Notice notice, NoticeContent content, CancellationToken cancellation) => notice with
    {
        ContentId = (await desk.Vault.SealAsync([new SealRequest(notice.Id, Kind, JsonSerializer.SerializeToUtf8Bytes(content))], cancellation))[0],
        ContentDigest = content.Digest,
        ReplyToken = notice.ReplyToken ?? desk.ReplyTokenOf(notice.Id),
    };

    /// <summary>What will be sent; null: it is no longer what was approved, or cannot be read.</summary>
    public static async Task<NoticeContent?> ReadAsync(Desk desk, Notice notice, CancellationToken cancellation)
    {
        if (notice.ContentId is null || await desk.Vault.OpenAsync(notice.ContentId, cancellation) is not OpenResult.Opened opened || opened.Owner != notice.Id || opened.Kind != Kind)
        {
            return null;
        }

        var content = JsonSerializer.Deserialize<NoticeContent>(opened.Content);
        return content is not null && content.Digest == notice.ContentDigest ? content : null;
    }

    /// <summary>What a person is shown before anything leaves: an approver sees a draft under their own name, as those are the bytes that their approval sends.</summary>
    public static Notice AsSeenBy(Desk desk, Actor actor, Notice notice) =>
        notice.Dispatch == DispatchState.Drafted && actor.May(Role.Approver) ? NoticeDrafter.Resign(notice, actor.Person!, desk.Configuration) ?? notice : notice;

    /// <summary>Of an approved notice the sealed bytes, of a draft those that an approval would seal; null: they are no longer what was approved, or the template was changed.</summary>
    public static async Task<NoticeContent?> FormsAsync(Desk desk, Notice notice, CancellationToken cancellation) =>
        notice.ContentId is null ? NoticeDrafter.Render(notice, desk.Configuration) : await ReadAsync(desk, notice, cancellation);

    /// <summary>The clerk's signed document; empty: none is needed; null: it cannot be read.</summary>
    public static async Task<byte[]?> SignedDocumentAsync(Desk desk, Notice notice, CancellationToken cancellation) =>
        notice.SignedDocumentId is null ? []
        : await desk.Vault.OpenAsync(notice.SignedDocumentId, cancellation) is OpenResult.Opened opened && opened.Owner == notice.Id && (notice.SignedDocumentDigest is not { } digest || digest == HumanCapture.DigestOf(opened.Content)) ? opened.Content
        : null;
}
