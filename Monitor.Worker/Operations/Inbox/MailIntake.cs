using System.Text;
using Monitor.Rules.Replies;
using Monitor.Rules.Takedowns;
using Monitor.Worker.Notices;
using Monitor.Worker.Ports;

namespace Monitor.Worker.Operations.Inbox;

/// <summary>
/// Takes in what the mailbox has: sealed first, then one row with what was read out of it, in one save with how far the mailbox was read.
/// Delivery reports that prove themselves take effect at once; words of people never do.
/// </summary>
/// <param name="parse">Reads a message; what is known to be missing of it goes in too.</param>
public sealed class MailIntake(Desk desk, NoticeDrafter drafter, IMailbox mailbox, Func<byte[], MailContainment?, MailFacts> parse)
{
    /// <summary>Kind of the vault's items.</summary>
    public const string Kind = "mail";

    /// <summary>Messages of one sweep; the next goes on.</summary>
    private const int Batch = 200;

    private const int SettlePage = 1000;

    /// <summary>After this long people are told that the mailbox cannot be read.</summary>
    private static readonly TimeSpan ToldAfter = TimeSpan.FromMinutes(30);

    /// <summary>Since when the mailbox cannot be read, and why; null: it can, or there is none.</summary>
    public (DateTimeOffset Since, string Problem)? Failing { get; private set; }

    /// <summary>When it was last read to its end; null: not since the start.</summary>
    public DateTimeOffset? ReadAt { get; private set; }

    /// <returns>Messages taken in.</returns>
    public async Task<int> WorkAsync(CancellationToken cancellation)
    {
        await SettleAsync(cancellation);
        if (mailbox.Id is not { } id)
        {
            return 0;
        }

        var taken = 0;
        var cursor = await desk.Store.CursorAsync(id, cancellation);
        MailboxReading reading;
        try
        {
            reading = await mailbox.ReadAsync(cursor, async (mail, passed, token) =>
            {
                await TakeInAsync(mail, passed, token);
                return ++taken < Batch;
            }, cancellation);
        }
        catch (Exception problem) when (problem is not OperationCanceledException)
        {
            // The trouble is here and not in the mailbox, and the mail waits there all the same: people are told of it as of any other.
            await FailedAsync(new MailboxReading.Failed(await desk.Store.CursorAsync(id, cancellation), MailboxProblem.NotTakenIn, ""), cancellation);
            throw;
        }

        switch (reading)
        {
            case MailboxReading.Done:
                (Failing, ReadAt) = (null, desk.Now);
                await WorksAgainAsync(id, cancellation);
                break;
            case MailboxReading.Failed failed:
                await FailedAsync(failed, cancellation);
                break;
        }

        return taken;
    }

    /// <summary>Reports that came while their notice was still on its way, once it has come to rest.</summary>
    public async Task SettleAsync(CancellationToken cancellation)
    {
        string? after = null;
        do
        {
            var page = await desk.Store.ListMailAsync(InboundState.Proposed, AgencyScope.All, new Paging(after, SettlePage), cancellation);
            after = page.Count == SettlePage ? page[^1].Id : null;
            foreach (var waiting in page.Where(static mail => mail is { ActsByItself: true, Kind: InboundKind.Delivered or InboundKind.Bounce }))
            {
                await SettleAsync(waiting, cancellation);
            }
        }
        while (after is not null);
    }

    private async Task SettleAsync(InboundMail waiting, CancellationToken cancellation) => await desk.ActAsync<bool>(async token =>
    {
        var now = desk.Now;
        if (await desk.Store.FindMailAsync(waiting.Id, AgencyScope.All, token) is not { State: InboundState.Proposed, NoticeId: { } reference } mail
            || await desk.Store.FindNoticeAsync(reference, AgencyScope.All, token) is not { } notice)
        {
            return Decided<bool>.Already(false);
        }

        var changes = new ChangeSet();
        return await ReportEffects.AddAsync(desk, drafter, changes, Actor.System, mail, notice, now, token)
            ? Decided<bool>.To(true, changes.Put(mail with { State = InboundState.Done, Signals = [.. mail.Signals.Where(static signal => signal != ReplySignal.DoesNotFit)] }).Log(Actor.System.Log(now, "mail-settled", mail.Id, reference)))
            : Decided<bool>.Already(false);
    }, cancellation);

    /// <returns>The row, or null: it is here already.</returns>
    public async Task<InboundMail?> TakeInAsync(ReceivedMail mail, MailboxCursor passed, CancellationToken cancellation)
    {
        // What could not be fetched is told apart by where it lies.
        var digest = HumanCapture.DigestOf(mail.Message.Length > 0 ? mail.Message : Encoding.UTF8.GetBytes($"{passed.Id}/{passed.Validity}/{passed.LastUid}"));
        var known = await desk.Store.FindMailByDigestAsync(digest, cancellation) is not null;
        var facts = known ? new MailFacts() : mail.Message.Length == 0 ? new MailFacts { Contained = mail.Contained } : parse(mail.Message, mail.Contained);
        // Sealed before anything says that it came.
        var item = known || mail.Message.Length == 0 ? null : (await desk.Vault.SealAsync([new SealRequest(digest.ToString(), Kind, mail.Message)], cancellation))[0];
        InboundMail? row = null;
        await desk.ActAsync<bool>(async token =>
        {
            row = null;
            var now = desk.Now;
            var changes = new ChangeSet().Put(await PassAsync(passed, token));
            if (known || await desk.Store.FindMailByDigestAsync(digest, token) is not null)
            {
                return Decided<bool>.To(false, changes.Log(Actor.System.Log(now, "mail-again", passed.Id, "", null, digest)));
            }

            var series = await desk.Store.SeriesAsync(Ids.MailSeries, token);
            series = series with { Last = series.Last + 1 };
            var match = await MailMatching.FindAsync(desk, facts, token);
            row = Read(facts, match?.Notice, match?.By);
            if (match is { Notice: var matched } && !row.Signals.Contains(ReplySignal.Contradicts) && await MailMatching.NamesAnotherAsync(desk, facts, matched, token))
            {
                row = row with { Signals = [.. row.Signals, ReplySignal.Contradicts] };
            }

            row = row with
            {
                Id = Ids.Mail(series.Last),
                OwnerAgency = match?.Notice.OwnerAgency ?? DefaultAgency(),
                ReceivedAt = mail.ReceivedAt < now ? mail.ReceivedAt : now,
                TakenAt = now,
                MessageDigest = digest,
                Size = mail.Size,
                ContentId = item,
            };
            changes.Put(series).Log(Actor.System.Log(now, "mail-received", row.Id, $"{row.Kind} {row.NoticeId ?? "unmatched"}", null, digest));
            row = await WithEffectsAsync(row, match?.Notice, changes, now, token);
            changes.Put(row);
            return Decided<bool>.To(true, changes);
        }, cancellation);
        return row;
    }

    /// <summary>What a mail says, held against the notice it belongs to.</summary>
    internal InboundMail Read(MailFacts facts, Notice? notice, MatchedBy? by)
    {
        var urls = notice is null ? [] : notice.Items.Select(static item => item.Url).ToList();
        var reading = ReplyReader.Read(facts, notice?.Body ?? "", notice?.Id, urls, notice?.To);
        var signals = reading.Signals.ToList();
        if (notice is not null && reading.Kind is InboundKind.Answer or InboundKind.AutoReply)
        {
            signals.Add(MailMatching.ComesFrom(desk, facts, notice!) ? ReplySignal.SenderIsAddressee : ReplySignal.SenderIsAnother);
        }

        var recipient = facts.Report?.About(notice?.To);
        if (notice is not null && recipient is not null && !recipient.Is(notice.To))
        {
            signals.Add(ReplySignal.OtherRecipient);
        }

        return new InboundMail
        {
            Id = "",
            OwnerAgency = "",
            ReceivedAt = default,
            TakenAt = default,
            MessageDigest = default,
            Size = 0,
            From = facts.From,
            MessageId = facts.MessageId,
            Kind = reading.Kind,
            State = notice is null ? InboundState.Unmatched : InboundState.Proposed,
            NoticeId = notice?.Id,
            RequestIds = notice is null ? [] : RequestsOf(notice, reading.Named),
            MatchedBy = by,
            ProposedReply = reading.Proposed,
            Signals = signals,
            Proofs = facts.Proofs,
            ExternalTicket = reading.Ticket,
            Attachments = facts.Attachments,
            StatusCode = recipient?.Status,
            Contained = facts.Contained,
        };
    }

    /// <summary>What follows by itself: a proven report takes effect, an automatic reply is only filed, an answer is put before a person.</summary>
    internal async Task<InboundMail> WithEffectsAsync(InboundMail row, Notice? notice, ChangeSet changes, DateTimeOffset now, CancellationToken cancellation)
    {
        if (notice is null)
        {
            return row;
        }

        if (row.ExternalTicket is { } ticket && notice.ExternalTicket is null && (row.IsTrusted || row.Signals.Contains(ReplySignal.SenderIsAddressee)))
        {
            notice = notice with { ExternalTicket = ticket };
            changes.Put(notice);
        }

        switch (row.Kind)
        {
            case InboundKind.Answer:
                await CallAsync(notice, changes, cancellation);
                return row;
            case InboundKind.AutoReply or InboundKind.Relayed or InboundKind.Delayed:
                return row with { State = InboundState.Done };
            // Also a report about one of the addresses that the addressee's own server forwards to is not the addressee's.
            case InboundKind.Delivered or InboundKind.Bounce or InboundKind.Read when !row.ActsByItself:
                await CallAsync(notice, changes, cancellation);
                return row;
            default:
                if (await ReportEffects.AddAsync(desk, drafter, changes, Actor.System, row, notice, now, cancellation))
                {
                    return row with { State = InboundState.Done };
                }

                // While it is still being sent, the end of that settles it; otherwise a person must see what does not go together.
                if (notice.Dispatch != DispatchState.Sending)
                {
                    await CallAsync(notice, changes, cancellation);
                }

                return row with { Signals = [.. row.Signals, ReplySignal.DoesNotFit] };
        }
    }

    /// <summary>Puts the pages it is about before a person, where nothing more pressing does already.</summary>
    private async Task CallAsync(Notice notice, ChangeSet changes, CancellationToken cancellation)
    {
        foreach (var id in notice.TargetIds)
        {
            if (await Attention.TargetAsync(desk, changes, id, cancellation) is { Attention: null } target)
            {
                changes.Put(target with { Attention = Attention.ReplyWaiting });
            }
        }
    }

    private static IReadOnlyList<string> RequestsOf(Notice notice, IReadOnlyList<string> named) =>
        named.Count == 0 ? notice.RequestIds
        : [.. notice.Items.Where(item => named.Contains(item.Url)).Select(item => item.RequestId.Length > 0 ? item.RequestId : notice.RequestId).Distinct(StringComparer.Ordinal)];

    private string DefaultAgency() =>
        desk.Configuration.Installation.Inbox.Agency is { Length: > 0 } named ? named
        : desk.Configuration.Agencies.Values.Where(agency => agency.Kind == Rules.Sharing.AgencyKind.Ict).OrderBy(static agency => agency.Id, StringComparer.Ordinal).FirstOrDefault()?.Id ?? "";

    private async Task<MailboxCursor> PassAsync(MailboxCursor passed, CancellationToken cancellation)
    {
        var stored = await desk.Store.CursorAsync(passed.Id, cancellation);
        return passed with { Version = stored.Version, FailingSince = null, Problem = null, Told = false };
    }

    private async Task WorksAgainAsync(string id, CancellationToken cancellation) => await desk.ActAsync<bool>(async token =>
    {
        var stored = await desk.Store.CursorAsync(id, token);
        return stored.FailingSince is null
            ? Decided<bool>.Already(false)
            : Decided<bool>.To(true, new ChangeSet().Put(stored with { FailingSince = null, Problem = null, Told = false }).Log(Actor.System.Log(desk.Now, "mailbox-works", id)));
    }, cancellation);

    private async Task FailedAsync(MailboxReading.Failed failed, CancellationToken cancellation) => await desk.ActAsync<bool>(async token =>
    {
        var now = desk.Now;
        var stored = await desk.Store.CursorAsync(failed.Cursor.Id, token);
        var problem = CodeName.Of(failed.Problem);
        var since = stored.FailingSince ?? now;
        Failing = (since, problem);
        var tell = !stored.Told && now - since >= ToldAfter;
        var next = stored with { Validity = failed.Cursor.Validity, LastUid = failed.Cursor.LastUid, StuckUid = failed.Cursor.StuckUid, StuckTimes = failed.Cursor.StuckTimes, FailingSince = since, Problem = problem, Told = stored.Told || tell };
        if (next == stored)
        {
            return Decided<bool>.Already(false);
        }

        var changes = new ChangeSet().Put(next).Log(Actor.System.Log(now, "mailbox-fails", stored.Id, problem));
        if (tell)
        {
            await StaffAlerts.AddAsync(desk, changes, DefaultAgency(), "Không đọc được hộp thư trả lời / mailbox of answers cannot be read",
                $"{problem}. Trả lời của nền tảng và thư bị trả lại chưa được nhận. Kiểm tra mục 'inbox' trong monitor.yaml, mật khẩu và máy chủ thư. / Answers and bounces are not taken in. Look at 'inbox' in monitor.yaml, the password and the mail server.", token);
        }

        return Decided<bool>.To(true, changes);
    }, cancellation);
}
