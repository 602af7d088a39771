using Monitor.Rules.Takedowns;
using Monitor.Worker.Channels;
using Monitor.Worker.Notices;
using Monitor.Worker.Operations;
using Monitor.Worker.Ports;
using Serilog;

namespace Monitor.Worker.Jobs;

/// <summary>
/// Sends what people approved. Intent is saved before effect: "Sending" stands in the store before the first byte leaves, so a crash leaves
/// a notice whose fate is unknown, never one that is sent again blindly. The table owns retries; nothing below it repeats a send.
/// </summary>
public sealed class OutboxDispatcher(Desk desk, TakedownOperations takedowns, Func<IMailTransport> transport, ILogger log)
{
    /// <summary>After this long without news a send of unknown fate is repeated once, marked as a copy.</summary>
    public static readonly TimeSpan ResendAfter = TimeSpan.FromMinutes(30);

    /// <summary>About five hours of doubling pauses.</summary>
    private const int AttemptsBeforePerson = 10;

    private static readonly TimeSpan AlertGivesUp = TimeSpan.FromHours(24);
    private static readonly TimeSpan Alarm = TimeSpan.FromMinutes(15);

    /// <summary>Sends up to <paramref name="count"/> due messages. Returns how many were worked on.</summary>
    public async Task<int> DispatchAsync(int count, TimeSpan lease, CancellationToken cancellation)
    {
        var claimed = await desk.Store.ClaimDueMessagesAsync(desk.Now, lease, count, cancellation);
        foreach (var message in claimed)
        {
            try
            {
                await (message.Row.Kind switch
                {
                    OutboxKind.Notice => NoticeAsync(message, cancellation),
                    OutboxKind.Alert => AlertAsync(message, cancellation),
                });
            }
#pragma warning disable CA1031 // The job's edge: a bug over one message must not hold the others up; its lease brings it back.
            catch (Exception problem) when (problem is not OperationCanceledException)
#pragma warning restore CA1031
            {
                log.Error("Dispatch of {Message} failed: {Problem} at {Where}", message.Row.Id, problem.GetType().Name, problem.TargetSite?.Name);
            }
        }

        return claimed.Count;
    }

    private async Task NoticeAsync(Claimed<OutboxMessage> claimed, CancellationToken cancellation)
    {
        if (await BeginAsync(claimed, cancellation) is not { } sending)
        {
            return;
        }

        var result = await transport().SendAsync(Mail(sending.Notice, sending.Ancestors), cancellation);

        // The fate is known from here on: it is written down even while the process is being stopped.
        await EndAsync(claimed.Lease, sending.Notice, result, CancellationToken.None);
    }

    /// <summary>Saves the intent. Null when there is nothing to send now (held, withdrawn, waiting for news, done).</summary>
    private async Task<(Notice Notice, IReadOnlyList<Notice> Ancestors)?> BeginAsync(Claimed<OutboxMessage> claimed, CancellationToken cancellation)
    {
        (Notice, IReadOnlyList<Notice>)? begun = null;
        var result = await desk.ActAsync<bool>(async token =>
        {
            begun = null;
            var now = desk.Now;
            var message = await desk.Store.FindMessageAsync(claimed.Row.Id, token) ?? claimed.Row;
            var notice = await desk.Store.FindNoticeAsync(message.Id, AgencyScope.All, token);
            var request = notice is null ? null : await desk.Store.FindRequestAsync(notice.RequestId, AgencyScope.All, token);
            if (notice is null || request is null)
            {
                return Decided<bool>.To(false, new ChangeSet().Put(message with { DueAt = null }).Holding(claimed.Lease).Log(Actor.System.Log(now, "send-dropped", message.Id, "no such notice")));
            }

            switch (notice.Dispatch)
            {
                case DispatchState.Approved:
                    // Asked again at the last moment: the ground may have expired, the demand may be held.
                    var refusal = TakedownOperations.Unsendable(request, notice) ?? takedowns.CheckScope(request, notice, notice.ApprovedBy ?? "");
                    if (refusal is { Code: "on-hold" })
                    {
                        return Decided<bool>.To(false, new ChangeSet().Put(message with { DueAt = now.AddHours(1) }).Holding(claimed.Lease).Log(Actor.System.Log(now, "send-held", notice.Id, request.Id)));
                    }

                    if (refusal is not null)
                    {
                        return Decided<bool>.To(false, Cancelled(notice, message, refusal.Code, now).Holding(claimed.Lease));
                    }

                    return Begin(notice, DispatchTrigger.BeginSend, now, new ChangeSet());
                case DispatchState.Sending:
                    // Nobody else holds the lease: whoever began this is gone, and how far it came is unknown.
                    var doubtful = notice with { Dispatch = Next(notice, DispatchTrigger.FateUnknown), UnknownSince = now };
                    return Decided<bool>.To(false, new ChangeSet().Put(doubtful).Put(message with { DueAt = now + ResendAfter }).Holding(claimed.Lease)
                        .Log(Actor.System.Log(now, "delivery-unknown", notice.Id, "found in sending")));
                case DispatchState.DeliveryUnknown when notice.ResentCopy:
                    var given = new ChangeSet().Put(message with { DueAt = null }).Holding(claimed.Lease).Log(Actor.System.Log(now, "delivery-unknown", notice.Id, "a person must ask the addressee"));
                    await AttendAsync(given, notice, "delivery-unknown", token);
                    return Decided<bool>.To(false, given);
                case DispatchState.DeliveryUnknown when notice.UnknownSince is { } since && now - since < ResendAfter:
                    return Decided<bool>.To(false, new ChangeSet().Put(message with { DueAt = since + ResendAfter }).Holding(claimed.Lease).Log(Actor.System.Log(now, "delivery-unknown", notice.Id, "waiting for news")));
                case DispatchState.DeliveryUnknown:
                    // The lock is asked before a copy as before the first: what was withdrawn or held meanwhile is not sent once more.
                    var copyRefused = TakedownOperations.Unsendable(request, notice) ?? takedowns.CheckScope(request, notice, notice.ApprovedBy ?? "");
                    var copy = new ChangeSet();
                    await AttendAsync(copy, notice, "delivery-unknown", token);
                    if (copyRefused is { Code: "on-hold" })
                    {
                        return Decided<bool>.To(false, copy.Put(message with { DueAt = now.AddHours(1) }).Holding(claimed.Lease).Log(Actor.System.Log(now, "send-held", notice.Id, request.Id)));
                    }

                    if (copyRefused is not null)
                    {
                        return Decided<bool>.To(false, copy.Put(message with { DueAt = null }).Holding(claimed.Lease).Log(Actor.System.Log(now, "resend-refused", notice.Id, copyRefused.Code)));
                    }

                    return Begin(notice with { ResentCopy = true }, DispatchTrigger.BeginResend, now, copy);
                default:
                    return Decided<bool>.To(false, new ChangeSet().Put(message with { DueAt = null }).Holding(claimed.Lease).Log(Actor.System.Log(now, "send-done", notice.Id, notice.Dispatch.ToString())));
            }

            Decided<bool> Begin(Notice one, DispatchTrigger trigger, DateTimeOffset at, ChangeSet changes)
            {
                var sending = one with { Dispatch = Next(one, trigger), Attempts = one.Attempts + 1, SendingSince = at, UnknownSince = null };
                begun = (sending with { Version = one.Version + 1 }, []);
                // The lease stays with us: the row comes due again by itself if this process dies here.
                return Decided<bool>.To(true, changes.Put(sending).Log(Actor.System.Log(at, sending.ResentCopy ? "resend" : "send", one.Id, one.RequestId, one.ApprovedBy, one.ContentDigest)));
            }
        }, cancellation);

        if (result is not OperationResult<bool>.Done { Value: true } || begun is not { } found)
        {
            return null;
        }

        var all = await desk.Store.NoticesOfRequestAsync(found.Item1.RequestId, AgencyScope.All, cancellation);
        return (found.Item1, [.. all.Where(notice => notice.Number < found.Item1.Number && notice.SentAt is not null)]);
    }

    private async Task EndAsync(Lease lease, Notice sent, SendResult result, CancellationToken cancellation) =>
        await desk.ActAsync<bool>(async token =>
        {
            var now = desk.Now;
            var notice = await desk.Store.FindNoticeAsync(sent.Id, AgencyScope.All, token) ?? sent;
            var message = await desk.Store.FindMessageAsync(sent.Id, token);
            if (message is null || notice.Dispatch != DispatchState.Sending)
            {
                return Decided<bool>.Already(false);
            }

            message = message with { Attempts = message.Attempts + 1 };
            var changes = new ChangeSet().Holding(lease);
            switch (result)
            {
                case SendResult.Accepted accepted:
                    await SentAsync(changes, notice with { Dispatch = Next(notice, DispatchTrigger.Accepted), SentAt = now, ServerResponse = Short(accepted.ServerResponse), LastProblem = null }, now, token);
                    changes.Put(message with { DueAt = null });
                    break;
                case SendResult.Rejected rejected:
                    changes.Put(notice with { Dispatch = Next(notice, DispatchTrigger.Rejected), LastProblem = Short($"{rejected.Code} {rejected.Text}") })
                        .Put(message with { DueAt = null })
                        .Log(Actor.System.Log(now, "bounced", notice.Id, $"server {rejected.Code}"));
                    await AttendAsync(changes, notice, "bounced", token);
                    break;
                case SendResult.Deferred deferred:
                    await RetryAsync(changes, notice, message, $"{deferred.Code} {deferred.Text}", $"server {deferred.Code}", hopeless: false, now, token);
                    break;
                case SendResult.NotSent notSent:
                    // What our own composer refuses will not get better by waiting: a person must look.
                    var hopeless = notSent.Reason is NotSentReason.UnsafeHeader or NotSentReason.InvalidAddress or NotSentReason.TooLarge;
                    await RetryAsync(changes, notice, message, $"{notSent.Reason}: {notSent.Detail}", notSent.Reason.ToString(), hopeless, now, token);
                    break;
                case SendResult.Unknown unknown:
                    changes.Put(notice with { Dispatch = Next(notice, DispatchTrigger.FateUnknown), UnknownSince = now, LastProblem = Short($"{unknown.Reason}: {unknown.Detail}") })
                        .Put(message with { DueAt = now + ResendAfter })
                        .Log(Actor.System.Log(now, "delivery-unknown", notice.Id, unknown.Reason.ToString()));
                    break;
                default:
                    throw new InvalidOperationException("unknown send result");
            }

            return Decided<bool>.To(true, changes);
        }, cancellation);

    /// <summary>The server took it. Until a receipt says more, its 250 counts as delivery, labelled so; the clocks and the hourly looks start.</summary>
    private async Task SentAsync(ChangeSet changes, Notice notice, DateTimeOffset now, CancellationToken cancellation)
    {
        changes.Put(notice).Log(Actor.System.Log(now, notice.ResentCopy ? "sent-copy" : "sent", notice.Id, notice.RequestId, notice.ApprovedBy, notice.ContentDigest));
        if (notice.Kind == NoticeKind.Retraction)
        {
            return;
        }

        var hours = 24;
        if (await desk.Store.FindRequestAsync(notice.RequestId, AgencyScope.All, cancellation) is { } request)
        {
            hours = request.DeadlineHours;
            var gone = request.AppearsGone;
            var begins = notice.Kind is NoticeKind.Takedown or NoticeKind.Media or NoticeKind.Reappearance;
            var sent = request with
            {
                LadderSince = request.LadderSince ?? (begins ? now : null),
                SentAt = request.SentAt ?? now,
                DeliveredAt = request.DeliveredAt ?? now,
                DeliveryLabel = request.DeliveryLabel ?? "server-250",
                NextReminderAt = gone || request.Demand is not (DemandState.Open or DemandState.Acknowledged) ? null : request.NextReminderAt is { } next && next > now ? next : now.AddHours(24),
            };
            changes.Put(EscalationPolicy.Scheduled(sent, desk.LadderOf(sent), now));
        }

        // A reminder does not start the hourly looks again; a new demand does.
        if (notice.Kind != NoticeKind.Reminder && await desk.Store.FindTargetAsync(notice.TargetId, AgencyScope.All, cancellation) is { } target)
        {
            var soon = now.AddHours(1);
            changes.Put(target with
            {
                RequestSentAt = now,
                LegalDeadline = target.LegalDeadline ?? now.AddHours(hours),
                NextCheckAt = target.NextCheckAt is { } planned && planned < soon ? planned : soon,
                Attention = target.Attention is "reappeared" or "cannot-send" or "delivery-unknown" or "approve-escalation" ? null : target.Attention,
            });
        }
    }

    private async Task RetryAsync(ChangeSet changes, Notice notice, OutboxMessage message, string problem, string code, bool hopeless, DateTimeOffset now, CancellationToken cancellation)
    {
        var pause = hopeless ? TimeSpan.FromHours(6) : TimeSpan.FromMinutes(Math.Min(60, Math.Pow(2, Math.Min(message.Attempts, 6))));
        if (hopeless || message.Attempts >= AttemptsBeforePerson)
        {
            await AttendAsync(changes, notice, "cannot-send", cancellation);
        }

        if (notice.ResentCopy)
        {
            // The copy certainly did not arrive; the first one may have. Its fate stays unknown, and the copy may be tried again.
            changes.Put(notice with { Dispatch = Next(notice, DispatchTrigger.FateUnknown), ResentCopy = false, UnknownSince = now, LastProblem = Short(problem) })
                .Put(message with { DueAt = now + (pause > ResendAfter ? pause : ResendAfter) })
                .Log(Actor.System.Log(now, "not-sent", notice.Id, code));
            return;
        }

        changes.Put(notice with { Dispatch = Next(notice, DispatchTrigger.NotAccepted), LastProblem = Short(problem) })
            .Put(message with { DueAt = now + pause })
            .Log(Actor.System.Log(now, "not-sent", notice.Id, code));
    }

    private static ChangeSet Cancelled(Notice notice, OutboxMessage message, string code, DateTimeOffset now) => new ChangeSet()
        .Put(notice with { Dispatch = Next(notice, DispatchTrigger.Cancel), LastProblem = code })
        .Put(message with { DueAt = null })
        .Log(Actor.System.Log(now, "cancel", notice.Id, code));

    private async Task AttendAsync(ChangeSet changes, Notice notice, string attention, CancellationToken cancellation)
    {
        if (await desk.Store.FindTargetAsync(notice.TargetId, AgencyScope.All, cancellation) is { } target)
        {
            changes.Put(target with { Attention = attention });
        }
    }

    private static DispatchState Next(Notice notice, DispatchTrigger trigger) =>
        DispatchTable.Instance.Apply(notice.Dispatch, trigger) switch
        {
            Transition<DispatchState, DispatchEffect>.Moved moved => moved.Next,
            Transition<DispatchState, DispatchEffect>.NoChange => notice.Dispatch,
            Transition<DispatchState, DispatchEffect>.Illegal illegal => throw new InvalidOperationException(illegal.Reason),
            _ => throw new InvalidOperationException("unknown transition"),
        };

    private OutgoingMail Mail(Notice notice, IReadOnlyList<Notice> ancestors) => new()
    {
        From = desk.Configuration.Installation.Smtp.From,
        To = notice.To,
        Subject = notice.Subject,
        Text = notice.Body,
        MessageId = notice.MessageId,
        Reference = notice.Id,
        InReplyTo = ancestors.Count > 0 ? ancestors[^1].MessageId : null,
        References = Thread(ancestors),
        ResentCopy = notice.ResentCopy,
    };

    /// <summary>A danger alert goes out at once, again until acknowledged, and to our own people as well once it stood for a quarter of an hour.</summary>
    private async Task AlertAsync(Claimed<OutboxMessage> claimed, CancellationToken cancellation)
    {
        // The attempt is counted before the mail leaves: after a crash the next one has a Message-ID of its own, and no id is ever used twice.
        OutboxMessage? counted = null;
        await desk.ActAsync<bool>(async token =>
        {
            counted = await desk.Store.FindMessageAsync(claimed.Row.Id, token) is { AcknowledgedBy: null } fresh ? fresh with { Attempts = fresh.Attempts + 1 } : null;
            return counted is null ? Decided<bool>.Already(false) : Decided<bool>.To(true, new ChangeSet().Put(counted).Log(Actor.System.Log(desk.Now, "alert-send", counted.Id)));
        }, cancellation);
        if (counted is not { } message)
        {
            // Acknowledged since it was claimed: it stays quiet, and the acknowledgement took its due date away.
            return;
        }

        var now = desk.Now;
        var smtp = desk.Configuration.Installation.Smtp;
        var age = now - message.CreatedAt;
        var result = await SendAlertAsync(message, message.To ?? "", smtp.From, cancellation);
        if (age >= Alarm && smtp.AlertsTo.Length > 0)
        {
            await SendAlertAsync(message, smtp.AlertsTo, smtp.From, cancellation);
        }

        await desk.ActAsync<bool>(async token =>
        {
            var fresh = await desk.Store.FindMessageAsync(message.Id, token) ?? message;
            var done = fresh.AcknowledgedBy is not null || age >= AlertGivesUp;
            var next = result is SendResult.Accepted ? IntakeOperations.AlertRepeat : TimeSpan.FromMinutes(1);
            return Decided<bool>.To(true, new ChangeSet()
                .Put(fresh with { DueAt = done ? null : desk.Now + next })
                .Holding(claimed.Lease)
                .Log(Actor.System.Log(desk.Now, result is SendResult.Accepted ? "alert-sent" : "alert-not-sent", fresh.Id)));
        }, CancellationToken.None);
    }

    private Task<SendResult> SendAlertAsync(OutboxMessage message, string to, string from, CancellationToken cancellation) =>
        transport().SendAsync(new OutgoingMail
        {
            From = from,
            To = to,
            Subject = message.Subject ?? message.Id,
            Text = message.Body ?? message.Id,
            MessageId = MessageIds.For(message.Id, message.Attempts, to == message.To ? "alert" : "alarm", MessageIds.DomainOf(from) ?? "localhost"),
            Reference = message.Id,
        }, cancellation);

    /// <summary>The first and the latest versions: a header has a length, and RFC 5322 (3.6.4) lets the middle of a thread go.</summary>
    private static IReadOnlyList<string> Thread(IReadOnlyList<Notice> ancestors)
    {
        const int Latest = 5;
        return ancestors.Count <= Latest + 1
            ? [.. ancestors.Select(one => one.MessageId)]
            : [ancestors[0].MessageId, .. ancestors.Skip(ancestors.Count - Latest).Select(one => one.MessageId)];
    }

    private static string Short(string text) => text.Length <= 300 ? text : text[..300];
}
