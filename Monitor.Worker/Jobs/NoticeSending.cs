using Monitor.Rules.Takedowns;
using Monitor.Worker.Notices;
using Monitor.Worker.Operations;
using Monitor.Worker.Ports;

namespace Monitor.Worker.Jobs;

/// <summary>
/// Sends what people approved. Intent is saved before effect: "Sending" stands in the store before the first byte leaves, so a crash leaves
/// a notice whose fate is unknown, never one that is sent again blindly. The table owns retries; nothing below it repeats a send.
/// </summary>
/// <param name="channels">The way out of a kind; null: nothing carries it but people.</param>
/// <param name="drafter">Drafts anew the pages that stay where one must not go out.</param>
public sealed class NoticeSending(Desk desk, Func<ChannelKind, ITakedownChannel?> channels, NoticeDrafter drafter)
{
    /// <summary>After this long without news a send of unknown fate is repeated once, marked as a copy.</summary>
    public static readonly TimeSpan ResendAfter = TimeSpan.FromMinutes(30);

    /// <summary>When somebody who may know is asked what became of a send, counted from when its fate became unknown.</summary>
    private static readonly TimeSpan[] AskAfter = [TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(10), ResendAfter];

    /// <summary>About five hours of doubling pauses.</summary>
    private const int AttemptsBeforePerson = 10;

    private static readonly TimeSpan LongestRetryAfter = TimeSpan.FromHours(24);

    private readonly LanePauses _pauses = new();

    /// <returns>True: something was sent or decided on.</returns>
    public async Task<bool> WorkAsync(Claimed<OutboxMessage> claimed, CancellationToken cancellation)
    {
        var lane = claimed.Row.Lane;
        if (_pauses.IsPaused(lane, desk.Now))
        {
            // Let go of: it comes due again when its lease ends.
            return false;
        }

        // Read before the intent is saved: between the intent and the first byte nothing may fail that does not have to.
        if (await ReadAsync(claimed.Row.Id, cancellation) is not { } letter)
        {
            return await DropAsync(claimed, cancellation);
        }

        var step = await BeginAsync(claimed, letter, cancellation);
        if (step is Step.Ask && letter.Channel is { } known)
        {
            var answer = await known.AskFateAsync(letter.Outgoing, cancellation);
            step = await AnsweredAsync(claimed, letter, answer, cancellation);
        }

        if (step is not Step.Send { Notice: var sending })
        {
            return true;
        }

        var result = await letter.Channel!.SendAsync(letter.Outgoing with { Notice = sending }, cancellation);

        // The fate is known from here on: it is written down even while the process is being stopped.
        await EndAsync(claimed, sending, result, CancellationToken.None);
        return true;
    }

    private async Task<Letter?> ReadAsync(string id, CancellationToken cancellation)
    {
        if (await desk.Store.FindNoticeAsync(id, AgencyScope.All, cancellation) is not { } notice)
        {
            return null;
        }

        var content = await NoticeContents.ReadAsync(desk, notice, cancellation);
        var signed = await NoticeContents.SignedDocumentAsync(desk, notice, cancellation);
        var profile = desk.Configuration.Platforms.GetValueOrDefault(notice.PlatformId);
        var outgoing = await OutgoingNotices.OfAsync(desk, notice, content ?? new NoticeContent("", "", "", [], []), signed, cancellation);
        return new Letter(outgoing, channels(notice.Channel), profile, content is null ? LetterProblem.ContentUnreadable : signed is null ? LetterProblem.SignedDocumentUnreadable : null);
    }

    private async Task<bool> DropAsync(Claimed<OutboxMessage> claimed, CancellationToken cancellation)
    {
        await desk.ActAsync<bool>(async token =>
        {
            var message = await desk.Store.FindMessageAsync(claimed.Row.Id, token) ?? claimed.Row;
            return Decided<bool>.To(false, new ChangeSet().Put(message with { DueAt = null }).Holding(claimed.Lease).Log(Actor.System.Log(desk.Now, "send-dropped", message.Id, "no such notice")));
        }, cancellation);
        return true;
    }

    /// <summary>Saves the intent, or finds that there is nothing to send now (held, withdrawn, waiting for news, done).</summary>
    private async Task<Step> BeginAsync(Claimed<OutboxMessage> claimed, Letter letter, CancellationToken cancellation)
    {
        Step begun = new Step.Nothing();
        var result = await desk.ActAsync<bool>(async token =>
        {
            begun = new Step.Nothing();
            var now = desk.Now;
            var message = await desk.Store.FindMessageAsync(claimed.Row.Id, token) ?? claimed.Row;
            var notice = await desk.Store.FindNoticeAsync(message.Id, AgencyScope.All, token);
            var requests = notice is null ? null : await SendGuard.RequestsOfAsync(desk, notice, token);
            if (notice is null || requests is null)
            {
                return Nothing(new ChangeSet().Put(message with { DueAt = null }).Log(Actor.System.Log(now, "send-dropped", message.Id, notice is null ? "no such notice" : "no such request")));
            }

            switch (notice.Dispatch)
            {
                case DispatchState.Approved:
                    // Of several pages those that must not go out hold up none of the others.
                    if (SendGuard.Leaving(requests, notice) is { Count: > 0 } leaving && leaving.Count < requests.Count)
                    {
                        var divided = new ChangeSet();
                        await SharedDrafts.SplitAsync(desk, drafter, Actor.System, notice, [.. leaving.Select(one => one.Page.Id)], leaving[0].Code, divided, now, token);
                        return Nothing(divided);
                    }

                    // Asked again at the last moment: the ground may have expired, the demand may be held.
                    var refusal = SendGuard.Check(desk, requests, notice, notice.ApprovedBy ?? "");
                    if (refusal is { Code: "on-hold" })
                    {
                        return Nothing(new ChangeSet().Put(message with { DueAt = now.AddHours(1) }).Log(Actor.System.Log(now, "send-held", notice.Id, string.Join(' ', refusal.Arguments))));
                    }

                    if (refusal is not null)
                    {
                        return Nothing(Cancelled(notice, message, refusal.Code, now));
                    }

                    return await SendAsync(notice, DispatchTrigger.BeginSend, message, new ChangeSet(), now, token);
                case DispatchState.Sending:
                    // Nobody else holds the lease: whoever began this is gone, and how far it came is unknown.
                    return Nothing(new ChangeSet().Put(Doubtful(notice, "found in sending", now)).Put(message with { DueAt = now + AskAfter[0] }).Log(Actor.System.Log(now, "delivery-unknown", notice.Id, "found in sending")));
                case DispatchState.DeliveryUnknown:
                    if (NextAsk(notice) is { } ask && ask > now)
                    {
                        return Nothing(new ChangeSet().Put(message with { DueAt = ask }).Log(Actor.System.Log(now, "delivery-unknown", notice.Id, "waiting for news")));
                    }

                    if (letter.Channel is not null)
                    {
                        begun = new Step.Ask();
                        return Decided<bool>.Already(true);
                    }

                    return Nothing(await GivenUpAsync(notice, message, now, token));
                default:
                    return Nothing(new ChangeSet().Put(message with { DueAt = null }).Log(Actor.System.Log(now, "send-done", notice.Id, notice.Dispatch.ToString())));
            }

            Decided<bool> Nothing(ChangeSet changes) => Decided<bool>.To(false, changes.Holding(claimed.Lease));

            async Task<Decided<bool>> SendAsync(Notice one, DispatchTrigger trigger, OutboxMessage row, ChangeSet changes, DateTimeOffset at, CancellationToken stop)
            {
                var (decided, step) = await IntentAsync(claimed, letter, one, trigger, row, changes, at, stop);
                begun = step;
                return decided;
            }
        }, cancellation);
        return result is OperationResult<bool>.Done { Value: true } ? begun : new Step.Nothing();
    }

    /// <summary>The intent to send, or why it must wait: something of it cannot be read, or the platform's hour is full.</summary>
    private async Task<(Decided<bool> Decided, Step Step)> IntentAsync(Claimed<OutboxMessage> claimed, Letter letter, Notice notice, DispatchTrigger trigger, OutboxMessage message, ChangeSet changes, DateTimeOffset now, CancellationToken cancellation)
    {
        if ((letter.Problem ?? (letter.Channel is null ? LetterProblem.NoChannel : null)) is { } cause)
        {
            // Waiting mends none of these: a person must look, and is told once.
            var problem = CodeName.Of(cause);
            await Attention.CallAsync(desk, changes, notice, Attention.CannotSend, cancellation);
            if (notice.LastProblem != problem && cause != LetterProblem.NoChannel)
            {
                await AlertAsync(changes, notice, "Không đọc được nội dung đã duyệt / approved content cannot be read", $"{problem}. Kho niêm phong có thể bị hỏng: chạy 'monitor doctor', khôi phục bản sao lưu. / The vault may be damaged: run 'monitor doctor', restore a backup.", cancellation);
            }

            // A copy that was not sent is none.
            changes.Put(notice with { LastProblem = problem, ResentCopy = notice.ResentCopy && trigger != DispatchTrigger.BeginResend }).Put(message with { DueAt = now.AddHours(6) }).Holding(claimed.Lease).Log(Actor.System.Log(now, "not-sent", notice.Id, problem));
            return (Decided<bool>.To(false, changes), new Step.Nothing());
        }

        if (letter.Profile is { NoticesPerHour: { } limit } own && own.Channels.Any(channel => string.Equals(channel.Address, notice.To, StringComparison.OrdinalIgnoreCase)))
        {
            var lane = await desk.Store.LaneAsync(notice.PlatformId, cancellation);
            var free = lane.FreeAt(now, limit);
            if (free > now)
            {
                _pauses.Until(message.Lane, free);
                return (Decided<bool>.To(false, new ChangeSet().Put(message with { DueAt = free }).Holding(claimed.Lease).Log(Actor.System.Log(now, "send-postponed", notice.Id, $"{limit} an hour"))), new Step.Nothing());
            }

            changes.Put(lane.With(now));
        }

        var sending = notice with { Dispatch = Next(notice, trigger), Attempts = notice.Attempts + 1, SendingSince = now, UnknownSince = null };
        // The lease stays with us: the row comes due again by itself if this process dies here.
        changes.Put(sending).Log(Actor.System.Log(now, sending.ResentCopy ? "resend" : "send", notice.Id, string.Join(' ', notice.RequestIds), notice.ApprovedBy, notice.ContentDigest));
        return (Decided<bool>.To(true, changes), new Step.Send(sending with { Version = notice.Version + 1 }));
    }

    /// <summary>What was learnt about a send of unknown fate; without news in time it is sent once more, marked, and a person is told.</summary>
    private async Task<Step> AnsweredAsync(Claimed<OutboxMessage> claimed, Letter letter, FateAnswer answer, CancellationToken cancellation)
    {
        Step next = new Step.Nothing();
        var result = await desk.ActAsync<bool>(async token =>
        {
            next = new Step.Nothing();
            var now = desk.Now;
            if (await desk.Store.FindMessageAsync(claimed.Row.Id, token) is not { } message
                || await desk.Store.FindNoticeAsync(claimed.Row.Id, AgencyScope.All, token) is not { Dispatch: DispatchState.DeliveryUnknown } notice
                || await SendGuard.RequestsOfAsync(desk, notice, token) is not { } requests)
            {
                return Decided<bool>.Already(false);
            }

            var changes = new ChangeSet();
            switch (answer)
            {
                case FateAnswer.Accepted accepted:
                    var label = accepted.Delivered ? DeliveryLabels.Receipt : DeliveryLabels.Reconciled;
                    var arrived = Arrived(notice with { Dispatch = Next(notice, DispatchTrigger.Accepted) }, accepted.Receipt, accepted.Delivered, label, accepted.Source, now);
                    changes.Put(arrived).Put(message with { DueAt = null }).Holding(claimed.Lease).Log(Actor.System.Log(now, "reconciled", notice.Id, accepted.Source, notice.ApprovedBy, notice.ContentDigest));
                    PageLog.Add(changes, Actor.System, arrived, now, "reconciled");
                    await Delivery.StartAsync(desk, changes, arrived, now, token);
                    return Decided<bool>.To(false, changes);
                case FateAnswer.NeverArrived never when !notice.ResentCopy:
                    changes.Put(notice with { Dispatch = Next(notice, DispatchTrigger.NeverArrived), UnknownSince = null, FateAsked = 0, LastProblem = Short(never.Source) })
                        .Put(message with { DueAt = now }).Holding(claimed.Lease).Log(Actor.System.Log(now, "never-arrived", notice.Id, Short(never.Source)));
                    return Decided<bool>.To(false, changes);
                case FateAnswer.NeverArrived:
                case FateAnswer.NoNews:
                    var asked = notice with { FateAsked = notice.FateAsked + 1 };
                    if (NextAsk(asked) is { } again)
                    {
                        return Decided<bool>.To(false, changes.Put(asked).Put(message with { DueAt = again > now ? again : now }).Holding(claimed.Lease).Log(Actor.System.Log(now, "fate-asked", notice.Id, "no news")));
                    }

                    if (notice.ResentCopy)
                    {
                        return Decided<bool>.To(false, (await GivenUpAsync(asked, message, now, token)).Holding(claimed.Lease));
                    }

                    // The lock is asked before a copy as before the first: what was withdrawn or held meanwhile is not sent once more.
                    var refused = SendGuard.Check(desk, requests, notice, notice.ApprovedBy ?? "");
                    if (refused is { Code: "on-hold" })
                    {
                        return Decided<bool>.To(false, changes.Put(message with { DueAt = now.AddHours(1) }).Holding(claimed.Lease).Log(Actor.System.Log(now, "send-held", notice.Id, string.Join(' ', refused.Arguments))));
                    }

                    await Attention.CallAsync(desk, changes, notice, Attention.DeliveryUnknown, token);
                    if (refused is not null)
                    {
                        return Decided<bool>.To(false, changes.Put(message with { DueAt = null }).Holding(claimed.Lease).Log(Actor.System.Log(now, "resend-refused", notice.Id, refused.Code)));
                    }

                    await AlertAsync(changes, notice, "Bản gửi lại / resent copy", "Không rõ thông báo đã đến nơi chưa; một bản gửi lại có đánh dấu đang được gửi. / Nobody knows whether the notice arrived; a marked copy is being sent.", token);
                    var (decided, step) = await IntentAsync(claimed, letter, asked with { ResentCopy = true, FateAsked = 0 }, DispatchTrigger.BeginResend, message, changes, now, token);
                    next = step;
                    return decided;
                default:
                    throw new InvalidOperationException("unknown answer");
            }
        }, cancellation);
        return result is OperationResult<bool>.Done { Value: true } ? next : new Step.Nothing();
    }

    private async Task EndAsync(Claimed<OutboxMessage> claimed, Notice sent, SendResult result, CancellationToken cancellation) =>
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
            var changes = new ChangeSet().Holding(claimed.Lease);
            switch (result)
            {
                case SendResult.Accepted accepted:
                    _pauses.Worked(message.Lane);
                    var arrived = Arrived(notice with { Dispatch = Next(notice, DispatchTrigger.Accepted) }, accepted.Receipt, accepted.Receipt is not null, accepted.Receipt is null ? DeliveryLabels.Server : DeliveryLabels.Receipt, accepted.ServerResponse, now);
                    changes.Put(arrived).Put(message with { DueAt = null }).Log(Actor.System.Log(now, arrived.ResentCopy ? "sent-copy" : "sent", arrived.Id, string.Join(' ', arrived.RequestIds), arrived.ApprovedBy, arrived.ContentDigest));
                    PageLog.Add(changes, Actor.System, arrived, now, arrived.ResentCopy ? "sent-copy" : "sent");
                    await Delivery.StartAsync(desk, changes, arrived, now, token);
                    break;
                case SendResult.Rejected rejected:
                    _pauses.Worked(message.Lane);
                    changes.Put(message with { DueAt = null });
                    await Bounces.AddAsync(desk, drafter, changes, Actor.System, notice, Next(notice, DispatchTrigger.Rejected), Short($"{rejected.Code} {rejected.Text}"), $"server {rejected.Code}", now, token);
                    break;
                case SendResult.Deferred deferred:
                    await RetryAsync(changes, notice, message, $"{deferred.Code} {deferred.Text}", $"server {deferred.Code}", hopeless: false, deferred.RetryAfter, now, token);
                    break;
                case SendResult.NotSent notSent:
                    // What our own composer refuses will not get better by waiting: a person must look.
                    var hopeless = notSent.Reason is NotSentReason.UnsafeHeader or NotSentReason.InvalidAddress or NotSentReason.TooLarge;
                    if (!hopeless && notSent.Reason != NotSentReason.Cancelled)
                    {
                        _pauses.Failed(message.Lane, now);
                    }

                    await RetryAsync(changes, notice, message, $"{notSent.Reason}: {notSent.Detail}", notSent.Reason.ToString(), hopeless, null, now, token);
                    break;
                case SendResult.Unknown unknown:
                    changes.Put(Doubtful(notice, $"{unknown.Reason}: {unknown.Detail}", now))
                        .Put(message with { DueAt = now + AskAfter[0] })
                        .Log(Actor.System.Log(now, "delivery-unknown", notice.Id, unknown.Reason.ToString()));
                    break;
                default:
                    throw new InvalidOperationException("unknown send result");
            }

            return Decided<bool>.To(true, changes);
        }, cancellation);

    private async Task RetryAsync(ChangeSet changes, Notice notice, OutboxMessage message, string problem, string code, bool hopeless, TimeSpan? asked, DateTimeOffset now, CancellationToken cancellation)
    {
        var pause = hopeless ? TimeSpan.FromHours(6) : TimeSpan.FromMinutes(Math.Min(60, Math.Pow(2, Math.Min(message.Attempts, 6))));
        if (asked is { } wanted && wanted > TimeSpan.Zero)
        {
            // Never sooner than it was asked for, and never for ever.
            pause = wanted > LongestRetryAfter ? LongestRetryAfter : wanted > pause ? wanted : pause;
            _pauses.Until(message.Lane, now + (wanted > LanePauses.Longest ? LanePauses.Longest : wanted));
        }

        if (hopeless || message.Attempts >= AttemptsBeforePerson)
        {
            await Attention.CallAsync(desk, changes, notice, Attention.CannotSend, cancellation);
            if (hopeless || message.Attempts == AttemptsBeforePerson)
            {
                await AlertAsync(changes, notice, "Chưa gửi được thông báo / notice cannot be sent", "Xem lý do: takedowns show. / See why: takedowns show.", cancellation);
            }
        }

        if (notice.ResentCopy)
        {
            // The copy certainly did not arrive; the first one may have. Its fate stays unknown, and the copy may be tried again.
            changes.Put(notice with { Dispatch = Next(notice, DispatchTrigger.FateUnknown), ResentCopy = false, UnknownSince = now, FateAsked = AskAfter.Length - 1, LastProblem = Short(problem) })
                .Put(message with { DueAt = now + (pause > ResendAfter ? pause : ResendAfter) })
                .Log(Actor.System.Log(now, "not-sent", notice.Id, code));
            return;
        }

        changes.Put(notice with { Dispatch = Next(notice, DispatchTrigger.NotAccepted), LastProblem = Short(problem) })
            .Put(message with { DueAt = now + pause })
            .Log(Actor.System.Log(now, "not-sent", notice.Id, code));
    }

    /// <summary>Nobody knows, a copy was sent or nothing can be asked: it is a person's.</summary>
    private async Task<ChangeSet> GivenUpAsync(Notice notice, OutboxMessage message, DateTimeOffset now, CancellationToken cancellation)
    {
        var changes = new ChangeSet().Put(notice).Put(message with { DueAt = null }).Log(Actor.System.Log(now, "delivery-unknown", notice.Id, "a person must ask the addressee"));
        await Attention.CallAsync(desk, changes, notice, Attention.DeliveryUnknown, cancellation);
        await AlertAsync(changes, notice, "Không rõ đã đến nơi / delivery unknown", "Cả bản gửi lại cũng không rõ; hãy hỏi nơi nhận. / The copy's fate is unknown too; ask the addressee.", cancellation);
        return changes;
    }

    private Task<string?> AlertAsync(ChangeSet changes, Notice notice, string subject, string body, CancellationToken cancellation) =>
        StaffAlerts.AddAsync(desk, changes, notice.OwnerAgency, $"{subject}: {notice.Id}", $"{notice.Id} ({string.Join(", ", notice.RequestIds)})\n{body}", cancellation);

    /// <summary>When whoever may know is asked next; null: often enough.</summary>
    private static DateTimeOffset? NextAsk(Notice notice) =>
        notice.UnknownSince is { } since && notice.FateAsked < AskAfter.Length ? since + AskAfter[notice.FateAsked] : null;

    private static Notice Doubtful(Notice notice, string problem, DateTimeOffset now) =>
        notice with { Dispatch = Next(notice, DispatchTrigger.FateUnknown), UnknownSince = now, FateAsked = 0, LastProblem = Short(problem) };

    private static Notice Arrived(Notice notice, string? receipt, bool delivered, string label, string response, DateTimeOffset now) => notice with
    {
        Dispatch = delivered ? Next(notice, DispatchTrigger.DeliveryConfirmed) : notice.Dispatch,
        SentAt = notice.SentAt ?? now,
        DeliveredAt = notice.DeliveredAt ?? now,
        DeliveryLabel = label,
        Receipt = receipt ?? notice.Receipt,
        ServerResponse = Short(response),
        UnknownSince = null,
        LastProblem = null,
    };

    private static ChangeSet Cancelled(Notice notice, OutboxMessage message, string code, DateTimeOffset now) => new ChangeSet()
        .Put(notice with { Dispatch = Next(notice, DispatchTrigger.Cancel), LastProblem = code })
        .Put(message with { DueAt = null })
        .Log(Actor.System.Log(now, "cancel", notice.Id, code));

    private static DispatchState Next(Notice notice, DispatchTrigger trigger) =>
        DispatchTable.Instance.Apply(notice.Dispatch, trigger) switch
        {
            Transition<DispatchState, DispatchEffect>.Moved moved => moved.Next,
            Transition<DispatchState, DispatchEffect>.NoChange => notice.Dispatch,
            Transition<DispatchState, DispatchEffect>.Illegal illegal => throw new InvalidOperationException(illegal.Reason),
            _ => throw new InvalidOperationException("unknown transition"),
        };

    private static string Short(string text) => text.Length <= 300 ? text : text[..300];

    /// <param name="Problem">What of it cannot be read, or null.</param>
    private sealed record Letter(OutgoingNotice Outgoing, ITakedownChannel? Channel, PlatformProfile? Profile, LetterProblem? Problem);

    /// <summary>Why an approved notice cannot leave whatever the addressee's server does; in kebab-case it is the notice's last problem.</summary>
    private enum LetterProblem
    {
        /// <summary>The sealed content is damaged, shredded, or not what was approved.</summary>
        ContentUnreadable,

        SignedDocumentUnreadable,

        NoChannel,
    }

    private abstract record Step
    {
        public sealed record Nothing : Step;

        public sealed record Ask : Step;

        /// <param name="Notice">As it stands once the intent is saved.</param>
        public sealed record Send(Notice Notice) : Step;
    }
}
