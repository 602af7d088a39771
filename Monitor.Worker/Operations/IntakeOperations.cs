using System.Text.Json;
using Monitor.Rules.Assessing;
using Monitor.Rules.Cases;
using Monitor.Rules.Matching;
using Monitor.Rules.Sharing;
using Monitor.Rules.Takedowns;
using Monitor.Rules.WatchLists;
using Monitor.Worker.Ports;

namespace Monitor.Worker.Operations;

/// <summary>Flagged URLs in: canonical, joined to what is under watch already, every report kept.</summary>
public sealed class IntakeOperations(Desk desk)
{
    /// <summary>A danger alert is repeated this often until somebody acknowledges it.</summary>
    public static readonly TimeSpan AlertRepeat = TimeSpan.FromMinutes(5);

    public async Task<OperationResult<IntakeReceipt>> AddAsync(Actor actor, IntakeItem item, CancellationToken cancellation)
    {
        var answers = await AddManyAsync(actor, [item], cancellation);
        return answers switch
        {
            OperationResult<IReadOnlyList<IntakeAnswer>>.Done { Value: [{ Receipt: { } receipt }] } => new OperationResult<IntakeReceipt>.Done(receipt),
            OperationResult<IReadOnlyList<IntakeAnswer>>.Done { Value: [{ Refusal: { } refusal }] } => refusal,
            OperationResult<IReadOnlyList<IntakeAnswer>>.Refused refused => refused.Refusal,
            _ => throw new InvalidOperationException("one item has one answer"),
        };
    }

    /// <summary>One act for the whole batch (at most a few hundred): all good items are taken in together, bad ones are answered one by one.</summary>
    public async Task<OperationResult<IReadOnlyList<IntakeAnswer>>> AddManyAsync(Actor actor, IReadOnlyList<IntakeItem> items, CancellationToken cancellation)
    {
        if (actor.Needs(Role.Intake, Role.Analyst) is { } refused)
        {
            return refused;
        }

        if (items.FirstOrDefault(item => !IsSource(item.Source)) is { } odd)
        {
            return new Refusal(RefusalKind.Invalid, "bad-source", odd.Line?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "");
        }

        // Sealed once, before the act: a note must not exist in clear, not even while the act is retried.
        var notes = await SealNotesAsync(items, cancellation);
        return await desk.ActAsync<IReadOnlyList<IntakeAnswer>>(token => DecideAsync(actor, items, notes, token), cancellation);
    }

    /// <summary>The URLs of active watch lists become targets; those of expired lists are paused. Idempotent.</summary>
    public async Task<int> SyncWatchListsAsync(CancellationToken cancellation)
    {
        var added = 0;
        foreach (var list in desk.Configuration.WatchLists.Values.Where(list => list.IsActiveOn(desk.Today)))
        {
            foreach (var chunk in list.Urls.Chunk(200))
            {
                var result = await desk.ActAsync<int>(token => DecideWatchedAsync(list, chunk, token), cancellation);
                added += result is OperationResult<int>.Done done ? done.Value : 0;
            }
        }

        return added;
    }

    public async Task<OperationResult<OutboxMessage>> AcknowledgeAlertAsync(Actor actor, string alertId, CancellationToken cancellation) =>
        actor.Person is null
            ? new Refusal(RefusalKind.NotAllowed, "who-acts")
            : await desk.ActAsync<OutboxMessage>(async token =>
            {
                var message = await desk.Store.FindMessageAsync(alertId, token);
                if (message is not { Kind: OutboxKind.Alert })
                {
                    return Refusal.NotFound("alert", alertId);
                }

                if (message.AcknowledgedBy is not null)
                {
                    return Decided<OutboxMessage>.Already(message);
                }

                var acknowledged = message with { AcknowledgedBy = actor.Id, DueAt = null };
                return Decided<OutboxMessage>.To(acknowledged, new ChangeSet().Put(acknowledged).Log(actor.Log(desk.Now, "acknowledge-alert", alertId)));
            }, cancellation);

    private async Task<Decided<IReadOnlyList<IntakeAnswer>>> DecideAsync(Actor actor, IReadOnlyList<IntakeItem> items, IReadOnlyList<string?> notes, CancellationToken cancellation)
    {
        var now = desk.Now;
        var configuration = desk.Configuration;
        var options = UrlOptions.From(configuration);
        var changes = new ChangeSet();
        var targetSeries = await desk.Store.SeriesAsync(Ids.TargetSeries, cancellation);
        var reportSeries = await desk.Store.SeriesAsync(Ids.ReportSeries, cancellation);
        var alertSeries = await desk.Store.SeriesAsync(Ids.AlertSeries, cancellation);
        var (firstTarget, firstAlert) = (targetSeries, alertSeries);
        var inBatch = new Dictionary<string, (Target Target, Case Case)>(StringComparer.Ordinal);
        var answers = new List<IntakeAnswer>(items.Count);
        for (var i = 0; i < items.Count; i++)
        {
            var item = items[i];
            if (!CanonicalUrl.TryCreate(item.Url, options, out var url, out var problem))
            {
                answers.Add(new IntakeAnswer(item, null, new Refusal(RefusalKind.Invalid, "bad-url", Shorten(item.Url), problem.ToString())));
                continue;
            }

            var listOrRefusal = ChooseList(item, url!, actor);
            if (listOrRefusal.Refusal is { } refusal)
            {
                answers.Add(new IntakeAnswer(item, null, refusal));
                continue;
            }

            var list = listOrRefusal.List!;
            var joined = true;
            if (!inBatch.TryGetValue(url!.Value, out var pair))
            {
                var target = await desk.Store.FindTargetByUrlAsync(url.Value, cancellation);
                joined = target is not null;
                if (target is null)
                {
                    targetSeries = targetSeries with { Last = targetSeries.Last + 1 };
                    target = NewTarget(Ids.Target(targetSeries.Last), url, list, item, now);
                }

                var existing = target.CaseId is null ? null : await desk.Store.FindCaseAsync(target.CaseId, AgencyScope.All, cancellation);
                pair = (target, existing ?? NewCase(target, item, now));
            }

            reportSeries = reportSeries with { Last = reportSeries.Last + 1 };
            var report = new IntakeReport
            {
                Id = Ids.Report(reportSeries.Last),
                TargetId = pair.Target.Id,
                RawUrl = item.Url,
                Source = item.Source,
                ReceivedAt = now,
                By = actor.Id,
                Danger = item.Danger,
                Category = item.Category,
                NoteItem = notes[i],
            };
            pair = Join(pair.Target, pair.Case, item, report, now);
            inBatch[url.Value] = pair;
            changes.Append(report).Log(actor.Log(now, joined ? "intake-join" : "intake", pair.Target.Id, report.Id));
            string? alertId = null;
            if (item.Danger && DutyContact(configuration, desk.Today) is { } duty)
            {
                alertSeries = alertSeries with { Last = alertSeries.Last + 1 };
                var alert = Alert(Ids.Alert(alertSeries.Last), pair.Case, duty, now);
                alertId = alert.Id;
                changes.Put(alert).Log(Actor.System.Log(now, "alert-danger", alert.Id, pair.Case.Id));
            }

            answers.Add(new IntakeAnswer(item, new IntakeReceipt(pair.Target.Id, report.Id, pair.Case.Id, url.Value, joined, item.Line, alertId), null));
        }

        if (inBatch.Count == 0)
        {
            return Decided<IReadOnlyList<IntakeAnswer>>.Already(answers);
        }

        foreach (var (target, @case) in inBatch.Values)
        {
            changes.Put(target).Put(@case);
        }

        changes.Put(reportSeries);
        if (targetSeries != firstTarget)
        {
            changes.Put(targetSeries);
        }

        if (alertSeries != firstAlert)
        {
            changes.Put(alertSeries);
        }

        return Decided<IReadOnlyList<IntakeAnswer>>.To(answers, changes);
    }

    private async Task<Decided<int>> DecideWatchedAsync(WatchList list, IReadOnlyList<string> urls, CancellationToken cancellation)
    {
        var now = desk.Now;
        var options = UrlOptions.From(desk.Configuration);
        var series = await desk.Store.SeriesAsync(Ids.TargetSeries, cancellation);
        var changes = new ChangeSet();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var raw in urls)
        {
            if (!CanonicalUrl.TryCreate(raw, options, out var url, out _) || !seen.Add(url!.Value)
                || await desk.Store.FindTargetByUrlAsync(url.Value, cancellation) is not null)
            {
                continue;
            }

            series = series with { Last = series.Last + 1 };
            var target = NewTarget(Ids.Target(series.Last), url, list, null, now);
            changes.Put(target).Log(Actor.System.Log(now, "watch", target.Id, list.Id));
        }

        return changes.Upserts.Count == 0
            ? Decided<int>.Already(0)
            : Decided<int>.To(changes.Upserts.Count, changes.Put(series));
    }

    private Target NewTarget(string id, CanonicalUrl url, WatchList list, IntakeItem? item, DateTimeOffset now) => new()
    {
        Id = id,
        Url = url.Value,
        Host = url.Host,
        WatchListId = list.Id,
        OwnerAgency = list.OwnerAgency,
        Category = item?.Category ?? list.Category,
        PlatformId = Platforms.For(url.Value, desk.Configuration).Id,
        CreatedAt = now,
        NextCheckAt = now,
        Danger = item?.Danger ?? false,
    };

    private static Case NewCase(Target target, IntakeItem item, DateTimeOffset now) => new()
    {
        Id = Ids.CaseOf(target.Id),
        OwnerAgency = target.OwnerAgency,
        TargetId = target.Id,
        Category = item.Category ?? target.Category,
        Severity = item.Danger ? Severity.Critical : Severity.Low,
        OpenedAt = now,
        Danger = item.Danger,
    };

    private static (Target Target, Case Case) Join(Target target, Case @case, IntakeItem item, IntakeReport report, DateTimeOffset now)
    {
        var reasons = @case.Reasons.Count < 200 ? [.. @case.Reasons, $"report:{report.Id}"] : @case.Reasons;
        var reopened = @case.State == CaseState.Dismissed;
        @case = @case with
        {
            Reasons = reasons,
            Danger = @case.Danger || item.Danger,
            Severity = item.Danger ? Severity.Critical : @case.Severity,
            // Somebody new says it is harmful: the dismissal stays on record, a person looks again.
            State = reopened ? CaseState.AwaitingTriage : @case.State,
            Triage = reopened ? null : @case.Triage,
        };
        target = target with
        {
            CaseId = @case.Id,
            Danger = target.Danger || item.Danger,
            Status = TargetStatus.Watched,
            // A new report is a reason to look at once.
            NextCheckAt = target.NextCheckAt is { } next && next < now ? next : now,
        };
        return (target, @case);
    }

    private static OutboxMessage Alert(string id, Case @case, string to, DateTimeOffset now) => new()
    {
        Id = id,
        Kind = OutboxKind.Alert,
        OwnerAgency = @case.OwnerAgency,
        CreatedAt = now,
        DueAt = now,
        To = to,
        Subject = $"[KHẨN / URGENT] Trẻ em có thể đang gặp nguy hiểm / Child may be in danger: {@case.Id} ({id})",
        Body = $"Hồ sơ / case: {@case.Id}\nMục tiêu / target: {@case.TargetId}\nCảnh báo / alert: {id}\n\nXác nhận đã nhận / acknowledge: monitor alerts ack {id} --as …\n",
    };

    private static string? DutyContact(Settings.MonitorConfiguration configuration, DateOnly day) => configuration.Agencies.Values
        .Where(agency => agency.Kind == AgencyKind.Police && agency.DutyContact.Length > 0 && agency.ValidFrom <= day && (agency.ValidTo is null || day <= agency.ValidTo))
        .Select(agency => agency.DutyContact)
        .FirstOrDefault();

    private (WatchList? List, Refusal? Refusal) ChooseList(IntakeItem item, CanonicalUrl url, Actor actor)
    {
        var lists = desk.Configuration.WatchLists;
        if (item.WatchListId is { Length: > 0 } wanted)
        {
            return !lists.TryGetValue(wanted, out var named) ? (null, Refusal.NotFound("watch list", wanted))
                : named.IsActiveOn(desk.Today) ? (named, null)
                : (null, new Refusal(RefusalKind.Conflict, "watchlist-expired", wanted));
        }

        var active = lists.Values.Where(list => list.IsActiveOn(desk.Today)).ToList();
        var inScope = active.Where(list => list.Sections.Any(section => url.SameSection(section))).ToList();
        var candidates = inScope.Count > 0 ? inScope : active;
        var byCategory = candidates.Where(list => item.Category is null || list.Category == item.Category).ToList();
        candidates = byCategory.Count > 0 ? byCategory : candidates;
        var own = candidates.Where(list => list.OwnerAgency == actor.AgencyId).ToList();
        candidates = own.Count > 0 ? own : candidates;
        return candidates.Count switch
        {
            1 => (candidates[0], null),
            0 => (null, new Refusal(RefusalKind.Conflict, "no-active-watchlist")),
            _ => (null, new Refusal(RefusalKind.Invalid, "choose-watchlist", string.Join(", ", candidates.Select(list => list.Id).Order(StringComparer.Ordinal)))),
        };
    }

    private async Task<IReadOnlyList<string?>> SealNotesAsync(IReadOnlyList<IntakeItem> items, CancellationToken cancellation)
    {
        var notes = new string?[items.Count];
        var wanted = new List<(int Index, SealRequest Request)>();
        for (var i = 0; i < items.Count; i++)
        {
            if (!string.IsNullOrWhiteSpace(items[i].Note) || !string.IsNullOrWhiteSpace(items[i].Reporter))
            {
                var content = JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, string?> { ["note"] = items[i].Note, ["reporter"] = items[i].Reporter });
                wanted.Add((i, new SealRequest("intake", "note", content)));
            }
        }

        if (wanted.Count > 0)
        {
            var ids = await desk.Vault.SealAsync([.. wanted.Select(one => one.Request)], cancellation);
            for (var i = 0; i < wanted.Count; i++)
            {
                notes[wanted[i].Index] = ids[i];
            }
        }

        return notes;
    }

    /// <summary>A source is a short name of a channel and stands in clear; who reported belongs into the sealed fields.</summary>
    private static bool IsSource(string source) => source.Length is > 0 and <= 60 && source.All(c => char.IsLetterOrDigit(c) || c is ' ' or '-' or '.' or '_' or '/' or '(' or ')' or ',' || char.GetUnicodeCategory(c) == System.Globalization.UnicodeCategory.NonSpacingMark);

    private static string Shorten(string text) => text.Length <= 120 ? text : text[..120] + "…";
}
