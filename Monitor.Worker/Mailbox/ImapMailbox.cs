using System.Globalization;
using System.Net.Security;
using MailKit;
using MailKit.Search;
using Monitor.Rules.Replies;
using Monitor.Worker.Ports;
using Monitor.Worker.Settings;

namespace Monitor.Worker.Mailbox;

/// <summary>Reads the configured mailbox by UID (RFC 9051), so that restarts, other readers and moved messages confuse nothing.</summary>
/// <param name="validator">Decides on the server's certificate; null: the chain must end at a trusted root and the name must match.</param>
public sealed class ImapMailbox(Func<InboxSettings> settings, TimeProvider time, RemoteCertificateValidationCallback? validator = null) : IMailbox
{
    /// <summary>Of a message that is too large this much is taken: its head, and the beginning of what it says.</summary>
    public const int HeadBytes = 256 * 1024;

    /// <summary>A message that the server failed to give out so often is taken in as such, so that it holds up nothing behind it.</summary>
    public const int MostTries = 3;

    public string? Id => settings() is { Host.Length: > 0 } now ? string.Create(CultureInfo.InvariantCulture, $"{now.Username}@{now.Host}:{now.Port}/{now.Folder}") : null;

    public async Task<MailboxReading> ReadAsync(MailboxCursor cursor, Func<ReceivedMail, MailboxCursor, CancellationToken, Task<bool>> take, CancellationToken cancellation)
    {
        var now = settings();
        var at = cursor;
        var taking = false;
        using var cap = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        try
        {
            cap.CancelAfter(now.TotalTime);
            using var session = await ImapSession.OpenAsync(now, validator, cap.Token);
            var folder = await session.FolderAsync(now.Folder, cap.Token);
            if (folder.UidValidity != at.Validity)
            {
                at = at with { Validity = folder.UidValidity, LastUid = 0, StuckUid = 0, StuckTimes = 0 };
            }

            foreach (var uid in await NewAsync(folder, at, now, cap.Token))
            {
                cap.CancelAfter(now.TotalTime);
                var here = at with { StuckUid = uid.Id, StuckTimes = at.StuckUid == uid.Id ? at.StuckTimes + 1 : 1 };
                var passed = at with { LastUid = uid.Id, StuckUid = 0, StuckTimes = 0 };
                // Until it is dealt with a failure counts against this message.
                at = here;
                ReceivedMail? mail;
                if (here.StuckTimes > MostTries)
                {
                    mail = new ReceivedMail([], 0, time.GetUtcNow(), MailContainment.NotFetched);
                }
                else
                {
                    mail = await FetchAsync(folder, uid, now, cap.Token);
                }

                if (mail is null)
                {
                    // Gone since it was listed: somebody moved it.
                    at = passed;
                    continue;
                }

                // What is taken in is saved whole; the cap is the server's, not ours.
                cap.CancelAfter(Timeout.InfiniteTimeSpan);
                taking = true;
                var more = await take(mail, passed, cancellation);
                (taking, at) = (false, passed);
                if (!more)
                {
                    break;
                }
            }

            return new MailboxReading.Done(at);
        }
        // What fails while a message is taken in is ours, and no trouble of the mailbox.
        catch (Exception problem) when (!taking && ImapSession.Meaning(problem, timedOut: cap.IsCancellationRequested && !cancellation.IsCancellationRequested) is { } meaning)
        {
            return new MailboxReading.Failed(at, meaning.Problem, meaning.Detail);
        }
    }

    private async Task<IEnumerable<UniqueId>> NewAsync(IMailFolder folder, MailboxCursor at, InboxSettings now, CancellationToken cancellation)
    {
        var query = SearchQuery.Uids(new UniqueIdRange(new UniqueId(folder.UidValidity, at.LastUid + 1), UniqueId.MaxValue));
        // By days, as IMAP counts them.
        SearchQuery asked = at.LastUid == 0 ? query.And(SearchQuery.DeliveredAfter((time.GetUtcNow() - now.First).UtcDateTime.Date)) : query;
        // "n:*" names the last message even where it lies before n (RFC 9051 section 9, seq-range).
        return (await folder.SearchAsync(asked, cancellation)).Where(uid => uid.Id > at.LastUid).OrderBy(static uid => uid.Id);
    }

    private async Task<ReceivedMail?> FetchAsync(IMailFolder folder, UniqueId uid, InboxSettings now, CancellationToken cancellation)
    {
        var summaries = await folder.FetchAsync([uid], MessageSummaryItems.UniqueId | MessageSummaryItems.Size | MessageSummaryItems.InternalDate, cancellation);
        if (summaries is not [var summary, ..])
        {
            return null;
        }

        var most = now.MaxMegabytes * 1024 * 1024;
        var size = (long)(summary.Size ?? 0);
        try
        {
            // The size that was announced is the server's word: no more is asked for than may come, and one octet to tell.
            using var stream = await folder.GetStreamAsync(uid, 0, size <= most ? most + 1 : HeadBytes, cancellation);
            using var bytes = new MemoryStream();
            await stream.CopyToAsync(bytes, cancellation);
            var whole = size <= most && bytes.Length <= most;
            return new ReceivedMail(whole ? bytes.ToArray() : bytes.GetBuffer().AsSpan(0, (int)Math.Min(bytes.Length, HeadBytes)).ToArray(), Math.Max(size, bytes.Length), summary.InternalDate ?? time.GetUtcNow(), whole ? null : MailContainment.TooLarge);
        }
        catch (MessageNotFoundException)
        {
            // Expunged between the two questions; a server may then answer OK without it (RFC 2180 section 4.1).
            return null;
        }
    }
}
