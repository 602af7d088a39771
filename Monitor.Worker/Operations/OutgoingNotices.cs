using Monitor.Rules.Takedowns;
using Monitor.Worker.Ports;

namespace Monitor.Worker.Operations;

/// <summary>Puts together what a channel is given: the same for a preview as for the sending.</summary>
public static class OutgoingNotices
{
    public static async Task<OutgoingNotice> OfAsync(Desk desk, Notice notice, NoticeContent content, byte[]? signedDocument, CancellationToken cancellation)
    {
        var sent = new List<Notice>();
        foreach (var request in notice.RequestIds)
        {
            sent.AddRange((await desk.Store.NoticesOfRequestAsync(request, AgencyScope.All, cancellation)).Where(one => one.SentAt is not null && one.Id != notice.Id));
        }

        // Versions of the same thread only: what went to somebody else is nothing they ever saw.
        var ancestors = sent.Where(one => string.Equals(one.To, notice.To, StringComparison.OrdinalIgnoreCase)).DistinctBy(one => one.Id).OrderBy(one => one.SentAt).ThenBy(one => one.Id, StringComparer.Ordinal).ToList();
        return new OutgoingNotice(notice, content, signedDocument is { Length: > 0 } ? signedDocument : null, Addressees.ChannelOf(notice, desk.Configuration), ancestors);
    }
}
