using Monitor.Rules.Cases;
using Monitor.Rules.Replies;
using Monitor.Rules.Sharing;
using Monitor.Rules.Takedowns;
using Monitor.Worker.Notices;
using Monitor.Worker.Ports;

namespace Monitor.Worker.Operations.Inbox;

/// <summary>What people do with the mail that came in: say what it answers, what it means, or that it means nothing here.</summary>
public sealed class InboxOperations(Desk desk, NoticeDrafter drafter, MailIntake intake, Func<byte[], MailContainment?, MailFacts> parse)
{
    /// <summary>What waits for a person: at most a page of what matched nothing and a page of what has a proposal, by id.</summary>
    public async Task<IReadOnlyList<InboundMail>> WaitingAsync(AgencyScope scope, Paging page, CancellationToken cancellation)
    {
        var unmatched = await desk.Store.ListMailAsync(InboundState.Unmatched, scope, page, cancellation);
        var proposed = await desk.Store.ListMailAsync(InboundState.Proposed, scope, page, cancellation);
        return [.. unmatched.Concat(proposed).OrderBy(static mail => mail.Id, StringComparer.Ordinal)];
    }

    /// <summary>Takes a mail's effect: an answer's, as the person read it, or a delivery report's that did not prove itself.</summary>
    /// <param name="code">What it says of every page it is about; null: as proposed. Not for delivery reports.</param>
    /// <param name="pages">What it says of single pages (request ids), where that differs; the others get <paramref name="code"/>.</param>
    public Task<OperationResult<InboundMail>> AcceptAsync(Actor actor, string id, ReplyCode? code, IReadOnlyDictionary<string, ReplyCode> pages, CancellationToken cancellation)
    {
        if (actor.Needs(Role.Analyst, Role.Verifier) is { } refused)
        {
            return Task.FromResult<OperationResult<InboundMail>>(refused);
        }

        return desk.ActAsync<InboundMail>(async token =>
        {
            var now = desk.Now;
            var (mail, unfit) = await OpenAsync(actor, id, token);
            if (unfit is not null)
            {
                return unfit;
            }

            if (mail!.NoticeId is null || await desk.Store.FindNoticeAsync(mail.NoticeId, AgencyScope.All, token) is not { } notice)
            {
                return new Refusal(RefusalKind.Conflict, "mail-unmatched", id);
            }

            var changes = new ChangeSet();
            if (mail.Kind is not (InboundKind.Answer or InboundKind.AutoReply))
            {
                if (code is not null || pages.Count > 0)
                {
                    return new Refusal(RefusalKind.Invalid, "mail-is-report", id);
                }

                return await ReportEffects.AddAsync(desk, drafter, changes, actor, mail, notice, now, token)
                    ? await SettledAsync(mail.Kind.ToString())
                    : new Refusal(RefusalKind.Conflict, "notice-state", notice.Id, notice.Dispatch.ToString());
            }

            if (pages.Keys.FirstOrDefault(page => !notice.RequestIds.Contains(page)) is { } foreign)
            {
                return new Refusal(RefusalKind.Invalid, "mail-other-page", id, foreign);
            }

            var about = mail.RequestIds.Union(pages.Keys, StringComparer.Ordinal).ToList();
            if (about.Any(page => MeantOf(page) is null))
            {
                return new Refusal(RefusalKind.Invalid, "mail-needs-code", id);
            }

            // Whoever answers has it.
            await ReportEffects.DeliveredAsync(desk, changes, actor, notice, DeliveryLabels.Answer, mail.Id, now, token);
            foreach (var page in about)
            {
                if ((changes.Upserts.OfType<TakedownRequest>().FirstOrDefault(row => row.Id == page) ?? await desk.Store.FindRequestAsync(page, AgencyScope.All, token)) is not { } request)
                {
                    return Refusal.NotFound("request", page);
                }

                var meant = MeantOf(page)!.Value;
                var (_, refusal) = await DemandActs.AddAsync(desk, drafter, actor, request, DemandActs.TriggerOf(meant), DemandActs.Reply, $"{meant} {mail.Id}", (row, at) => DemandActs.Replied(row, meant, at), changes, now, token);
                if (refusal is not null)
                {
                    return refusal;
                }
            }

            return await SettledAsync(string.Join(' ', about.Select(page => $"{page}={MeantOf(page)}")));

            ReplyCode? MeantOf(string page) => pages.TryGetValue(page, out var own) ? own : code ?? mail.ProposedReply;

            Task<Decided<InboundMail>> SettledAsync(string what)
            {
                var done = mail with { State = InboundState.Done, Decision = new Decision(actor.Id, now, what) };
                changes.Put(done).Log(actor.Log(now, "mail-accepted", mail.Id, what, null, mail.MessageDigest));
                return QuietAsync(done, notice, changes, token);
            }
        }, cancellation);
    }

    /// <summary>Says which notice a mail belongs to. It is read again beside it, and its effect still needs accepting.</summary>
    public Task<OperationResult<InboundMail>> MatchAsync(Actor actor, string id, string reference, string reason, CancellationToken cancellation) =>
        WithReasonAsync(actor, id, reason, async (mail, now, token) =>
        {
            if (await desk.Store.FindNoticeAsync(reference, actor.Scope, token) is not { } notice)
            {
                return Refusal.NotFound("notice", reference);
            }

            if ((notice.SentAt ?? notice.SendingSince) is null)
            {
                return new Refusal(RefusalKind.Conflict, "nothing-sent", reference);
            }

            var read = await ReadAsync(mail, token) is { } facts ? intake.Read(facts, notice, MatchedBy.Person) : mail with { NoticeId = notice.Id, RequestIds = notice.RequestIds };
            var matched = read with
            {
                Id = mail.Id,
                Version = mail.Version,
                OwnerAgency = notice.OwnerAgency,
                ReceivedAt = mail.ReceivedAt,
                TakenAt = mail.TakenAt,
                MessageDigest = mail.MessageDigest,
                Size = mail.Size,
                ContentId = mail.ContentId,
                MatchedBy = MatchedBy.Person,
                State = InboundState.Proposed,
            };
            return Decided<InboundMail>.To(matched, new ChangeSet().Put(matched).Log(actor.Log(now, "mail-matched", mail.Id, $"{notice.Id}: {reason}", null, mail.MessageDigest)));
        }, cancellation);

    /// <summary>Nothing here is concerned; the mail stays sealed and listed.</summary>
    public Task<OperationResult<InboundMail>> DismissAsync(Actor actor, string id, string reason, CancellationToken cancellation) =>
        WithReasonAsync(actor, id, reason, async (mail, now, token) =>
        {
            var dismissed = mail with { State = InboundState.Dismissed, Decision = new Decision(actor.Id, now, reason) };
            var changes = new ChangeSet().Put(dismissed).Log(actor.Log(now, "mail-dismissed", mail.Id, reason, null, mail.MessageDigest));
            var notice = mail.NoticeId is { } reference ? await desk.Store.FindNoticeAsync(reference, AgencyScope.All, token) : null;
            return notice is null ? Decided<InboundMail>.To(dismissed, changes) : await QuietAsync(dismissed, notice, changes, token);
        }, cancellation);

    /// <summary>What the author wrote, without attachments and quotation; the look is written down.</summary>
    /// <returns>The text, or null: it is not there or cannot be read.</returns>
    public async Task<OperationResult<MailText>> TextAsync(Actor actor, string id, CancellationToken cancellation)
    {
        if (actor.Needs(Role.Analyst, Role.Verifier, Role.Approver) is { } refused)
        {
            return refused;
        }

        if (await desk.Store.FindMailAsync(id, actor.Scope, cancellation) is not { } mail)
        {
            return Refusal.NotFound("mail", id);
        }

        if (await ReadAsync(mail, cancellation) is not { } facts)
        {
            return new Refusal(RefusalKind.Conflict, "mail-unreadable", id);
        }

        var notice = mail.NoticeId is { } reference ? await desk.Store.FindNoticeAsync(reference, AgencyScope.All, cancellation) : null;
        return await desk.ActAsync<MailText>(_ => Task.FromResult(Decided<MailText>.To(
            new MailText(mail, facts.Subject, facts.From, QuotedText.Remove(facts.Text, notice?.Body ?? ""), facts.Text),
            new ChangeSet().Log(actor.Log(desk.Now, "mail-read", mail.Id, "", null, mail.MessageDigest)))), cancellation);
    }

    /// <summary>What somebody does with a mail that is not settled, for a reason they give.</summary>
    private async Task<OperationResult<InboundMail>> WithReasonAsync(Actor actor, string id, string reason, Func<InboundMail, DateTimeOffset, CancellationToken, Task<Decided<InboundMail>>> decide, CancellationToken cancellation)
    {
        if ((actor.Needs(Role.Analyst, Role.Verifier) ?? Reason.Check(reason)) is { } refused)
        {
            return refused;
        }

        return await desk.ActAsync<InboundMail>(async token =>
        {
            var (mail, unfit) = await OpenAsync(actor, id, token);
            return unfit is not null ? unfit : await decide(mail!, desk.Now, token);
        }, cancellation);
    }

    private async Task<MailFacts?> ReadAsync(InboundMail mail, CancellationToken cancellation) =>
        mail.ContentId is { } item && await desk.Vault.OpenAsync(item, cancellation) is OpenResult.Opened opened && opened.Kind == MailIntake.Kind && HumanCapture.DigestOf(opened.Content) == mail.MessageDigest
            ? parse(opened.Content, mail.Contained)
            : null;

    private async Task<(InboundMail? Mail, Refusal? Refusal)> OpenAsync(Actor actor, string id, CancellationToken cancellation) =>
        await desk.Store.FindMailAsync(id, actor.Scope, cancellation) is not { } mail ? (null, Refusal.NotFound("mail", id))
        : mail.OwnerAgency != actor.AgencyId ? (null, new Refusal(RefusalKind.NotAllowed, "mail-agency", id, mail.OwnerAgency))
        : mail.State is InboundState.Done or InboundState.Dismissed ? (null, new Refusal(RefusalKind.Conflict, "mail-settled", id))
        : (mail, null);

    /// <summary>The pages need nobody any more, unless another mail about them waits.</summary>
    private async Task<Decided<InboundMail>> QuietAsync(InboundMail mail, Notice notice, ChangeSet changes, CancellationToken cancellation)
    {
        foreach (var request in notice.RequestIds)
        {
            foreach (var other in await desk.Store.NoticesOfRequestAsync(request, AgencyScope.All, cancellation))
            {
                if ((await desk.Store.MailOfNoticeAsync(other.Id, AgencyScope.All, cancellation)).Any(row => row.Id != mail.Id && row.State == InboundState.Proposed))
                {
                    return Decided<InboundMail>.To(mail, changes);
                }
            }
        }

        foreach (var id in notice.TargetIds)
        {
            if (await Attention.TargetAsync(desk, changes, id, cancellation) is { Attention: Attention.ReplyWaiting } target)
            {
                changes.Put(target with { Attention = null });
            }
        }

        return Decided<InboundMail>.To(mail, changes);
    }
}

/// <param name="Said">Without what it quotes.</param>
/// <param name="Whole">With it.</param>
public sealed record MailText(InboundMail Mail, string Subject, string From, string Said, string Whole);
