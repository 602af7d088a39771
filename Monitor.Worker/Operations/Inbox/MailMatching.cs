using System.Text.RegularExpressions;
using Monitor.Rules.Replies;
using Monitor.Rules.Takedowns;
using Monitor.Worker.Ports;

namespace Monitor.Worker.Operations.Inbox;

/// <summary>Finds the notice that a mail belongs to, by the strongest sign it bears.</summary>
internal static partial class MailMatching
{
    /// <summary>References in one mail that are looked up: a list of everything that was ever sent is no answer to one of them.</summary>
    private const int MostReferences = 5;

    public static async Task<(Notice Notice, MatchedBy By)?> FindAsync(Desk desk, MailFacts mail, CancellationToken cancellation)
    {
        foreach (var token in mail.Tokens)
        {
            if (await desk.Store.FindNoticeByTokenAsync(token, cancellation) is { } addressed)
            {
                return (addressed, MatchedBy.Token);
            }
        }

        if (mail.Report?.Token is { } envelope && await desk.Store.FindNoticeByTokenAsync(envelope, cancellation) is { } reported)
        {
            return (reported, MatchedBy.Envelope);
        }

        foreach (var id in mail.Answers)
        {
            if (await ByMessageIdAsync(desk, id, cancellation) is { } answered)
            {
                return (answered, MatchedBy.MessageId);
            }
        }

        if (Tickets.Find(mail.Subject, mail.Text, null) is { } ticket)
        {
            var holders = (await desk.Store.NoticesByTicketAsync(ticket, cancellation)).Where(notice => ComesFrom(desk, mail, notice)).ToList();
            // A request and its reminders share the addressee's number: the latest of them is meant.
            if (holders.Count > 0 && holders.Select(static notice => notice.RequestId).Distinct(StringComparer.Ordinal).Count() == 1)
            {
                return (holders.MaxBy(static notice => notice.DraftedAt)!, MatchedBy.Ticket);
            }
        }

        var named = new List<Notice>();
        foreach (var reference in Reference().Matches(mail.Subject + "\n" + mail.Text).Select(static match => match.Value).Distinct(StringComparer.Ordinal).Take(MostReferences))
        {
            if (await NoticeAsync(desk, reference, cancellation) is { } notice)
            {
                named.Add(notice);
            }
        }

        return named is [var only] ? (only, MatchedBy.Reference) : null;
    }

    /// <summary>A report that came to one notice's address and bears the envelope id of another, or the Message-ID of another demand.</summary>
    public static async Task<bool> NamesAnotherAsync(Desk desk, MailFacts mail, Notice notice, CancellationToken cancellation)
    {
        if (mail.Report is not { } report)
        {
            return false;
        }

        if (report.Token is { } envelope && await desk.Store.FindNoticeByTokenAsync(envelope, cancellation) is { } sent && sent.Id != notice.Id)
        {
            return true;
        }

        foreach (var id in mail.Answers)
        {
            // A report about a reminder also names what it reminded of: versions of the same demand are one.
            if (await ByMessageIdAsync(desk, id, cancellation) is { } named && !named.RequestIds.Intersect(notice.RequestIds, StringComparer.Ordinal).Any())
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Our Message-IDs begin with the reference (Channels/MessageIds).</summary>
    private static async Task<Notice?> ByMessageIdAsync(Desk desk, string id, CancellationToken cancellation) =>
        id.Split('.', 2)[0] is { Length: > 0 } reference && await NoticeAsync(desk, reference, cancellation) is { } notice && string.Equals(notice.MessageId, id, StringComparison.OrdinalIgnoreCase) ? notice : null;

    /// <summary>The sender's domain is the addressee's, or one that the platform's profile names.</summary>
    public static bool ComesFrom(Desk desk, MailFacts mail, Notice notice)
    {
        var domain = DomainOf(mail.From);
        var hosts = desk.Configuration.Platforms.GetValueOrDefault(notice.PlatformId)?.Hosts.Where(static host => host != "*") ?? [];
        return domain.Length > 0 && hosts.Append(DomainOf(notice.To)).Any(host => host.Length > 0 && (domain.Equals(host, StringComparison.OrdinalIgnoreCase) || domain.EndsWith("." + host, StringComparison.OrdinalIgnoreCase)));
    }

    /// <summary>What was sent: a draft has no answers.</summary>
    private static async Task<Notice?> NoticeAsync(Desk desk, string reference, CancellationToken cancellation) =>
        reference.Length <= 100 && await desk.Store.FindNoticeAsync(reference, AgencyScope.All, cancellation) is { } notice && (notice.SendingSince ?? notice.DeliveredAt) is not null ? notice : null;

    private static string DomainOf(string address) => address[(address.LastIndexOf('@') + 1)..].ToLowerInvariant();

    [GeneratedRegex(@"\b[\p{L}0-9][\p{L}0-9\-]{0,40}-20[0-9]{2}-[0-9]{5,9}\b", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Reference();
}
