using System.Net.Security;
using MailKit.Search;
using Monitor.Worker.Ports;
using Monitor.Worker.Settings;

namespace Monitor.Worker.Mailbox;

/// <summary>Our own folder of sent mail, looked into by Message-ID.</summary>
public sealed class ImapSentFolder(Func<InboxSettings> settings, RemoteCertificateValidationCallback? validator = null) : ISentFolder
{
    public async Task<FateAnswer> FindAsync(string messageId, CancellationToken cancellation)
    {
        var now = settings();
        if (now.Host.Length == 0 || now.SentFolder.Length == 0)
        {
            return new FateAnswer.NoNews("no Sent folder configured");
        }

        using var cap = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        cap.CancelAfter(now.TotalTime);
        try
        {
            using var session = await ImapSession.OpenAsync(now, validator, cap.Token);
            var folder = await session.FolderAsync(now.SentFolder, cap.Token);
            // Servers find parts of a header; the brackets make it the whole id.
            var found = await folder.SearchAsync(SearchQuery.HeaderContains("Message-ID", $"<{messageId}>"), cap.Token);
            return found.Count > 0 ? new FateAnswer.Accepted(null, Delivered: false, "Sent folder")
                : now.SentFolderComplete ? new FateAnswer.NeverArrived("Sent folder: no copy")
                : new FateAnswer.NoNews("Sent folder: no copy");
        }
        catch (Exception problem) when (ImapSession.Meaning(problem, timedOut: cap.IsCancellationRequested && !cancellation.IsCancellationRequested) is { } meaning)
        {
            return new FateAnswer.NoNews($"Sent folder: {meaning.Problem}");
        }
    }
}
