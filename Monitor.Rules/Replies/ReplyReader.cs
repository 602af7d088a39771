using Monitor.Rules.Removal;

namespace Monitor.Rules.Replies;

/// <param name="Proposed">Null: nothing could be read.</param>
/// <param name="Named">Those of the notice's pages that the answer names; empty: it names none, and all are meant.</param>
public sealed record ReplyReading(InboundKind Kind, ReplyCode? Proposed, IReadOnlyList<ReplySignal> Signals, string? Ticket, IReadOnlyList<string> Named);

/// <summary>
/// Reads what a mail says, sentence by sentence, in Vietnamese and English. It only proposes: a person accepts, and even then a platform's
/// word proves nothing. Where it says two things the more cautious one is proposed.
/// </summary>
public static class ReplyReader
{
    /// <param name="mail">As it was parsed.</param>
    /// <param name="own">Text of the notice it answers; empty: unknown.</param>
    /// <param name="reference">Our reference of it, which is nobody's ticket; or null.</param>
    /// <param name="urls">URLs of the notice's pages.</param>
    /// <param name="addressee">Whom the notice went to; null: unknown.</param>
    public static ReplyReading Read(MailFacts mail, string own, string? reference, IReadOnlyList<string> urls, string? addressee = null)
    {
        var ticket = Tickets.Find(mail.Subject, mail.Text, reference);
        if (mail.Report is { } report)
        {
            return new ReplyReading(KindOf(report.About(addressee).Action), null, report.Contradicts(addressee) ? [ReplySignal.Contradicts] : [], null, []);
        }

        if (mail.IsReadReceipt)
        {
            return new ReplyReading(InboundKind.Read, null, [], null, []);
        }

        var said = QuotedText.Remove(mail.Text, own);
        if (mail.FromMailSystem && ReplyWords.IsFailure(NoticeText.Fold(mail.Subject + "\n" + said)))
        {
            return new ReplyReading(InboundKind.Bounce, null, [ReplySignal.LooksLikeBounce], null, []);
        }

        var signals = new List<ReplySignal>();
        var named = NamedUrls.In(said, urls);
        if (named.Count > 0 && named.Count < urls.Count)
        {
            signals.Add(ReplySignal.NamesPages);
        }

        var code = Judge(said, signals);
        var (bySubject, byText) = (ReplyWords.IsAutomaticSubject(NoticeText.Fold(mail.Subject)), ReplyWords.IsAutomaticText(NoticeText.Fold(said)));
        var looksAutomatic = bySubject || byText;
        if (mail.MarkedAutomatic || looksAutomatic)
        {
            signals.Add(mail.MarkedAutomatic ? ReplySignal.MarkedAutomatic : ReplySignal.LooksAutomatic);
            // Ticket systems mark what a person wrote in them as automatic too: what says more than "received" is an answer.
            // Where nothing can be read, its subject must say so, or both its header and its words: a refusal in a language that is not read here has a header too.
            if (code == ReplyCode.Acknowledged || (code is null && mail is { Contained: null, Attachments: [] } && (bySubject || (mail.MarkedAutomatic && byText))))
            {
                return new ReplyReading(InboundKind.AutoReply, code, signals, ticket, named);
            }
        }

        return new ReplyReading(InboundKind.Answer, code, signals, ticket, named);
    }

    private static InboundKind KindOf(ReportedAction action) => action switch
    {
        ReportedAction.Failed => InboundKind.Bounce,
        ReportedAction.Delayed => InboundKind.Delayed,
        ReportedAction.Delivered => InboundKind.Delivered,
        ReportedAction.Relayed or ReportedAction.Expanded => InboundKind.Relayed,
    };

    private static ReplyCode? Judge(string said, List<ReplySignal> signals)
    {
        var found = new HashSet<ReplySignal>();
        foreach (var sentence in Sentences.Of(said))
        {
            found.UnionWith(ReplyWords.Read(sentence));
        }

        signals.AddRange(found.Order());
        bool Says(ReplySignal signal) => found.Contains(signal);
        var code = (Removed: Says(ReplySignal.SaysRemoved), Geo: Says(ReplySignal.SaysRestricted), Part: Says(ReplySignal.SaysPart), No: Says(ReplySignal.SaysRefused), More: Says(ReplySignal.AsksForMore), Received: Says(ReplySignal.SaysReceived)) switch
        {
            // Blocked for a place, and "no" beyond it: the block is what happened.
            { Geo: true } => ReplyCode.GeoRestricted,
            { Removed: true, Part: true } or { Removed: true, No: true } => ReplyCode.Partial,
            // "We cannot act without the signed order, please send it": it is the order that they want.
            { More: true } => ReplyCode.MoreInfo,
            { No: true } => ReplyCode.Refused,
            { Removed: true } => ReplyCode.Removed,
            { Received: true } => ReplyCode.Acknowledged,
            _ => (ReplyCode?)null,
        };
        if (code == ReplyCode.Partial && !Says(ReplySignal.SaysPart))
        {
            signals.Add(ReplySignal.Mixed);
        }

        if (code is null)
        {
            signals.Add(ReplySignal.NothingRead);
        }

        return code;
    }
}
