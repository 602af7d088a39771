using System.Globalization;
using Monitor.Rules.Assessing;
using Monitor.Rules.Cases;
using Monitor.Rules.Removal;
using Monitor.Rules.Takedowns;
using Monitor.Rules.WatchLists;
using Monitor.Worker.Diagnostics;
using Monitor.Worker.Operations;

namespace Monitor.Worker.Cli;

/// <summary>A target's story for people: where it stands, its clocks, what is missing, and everything that happened in order.</summary>
public static class StoryOutput
{
    public static void Write(CliContext context, TargetStory story, DateTimeOffset now)
    {
        if (context.Json)
        {
            context.Line(new
            {
                target = Rows.Target(story.Target, story.Requests.Count > 0 ? story.Requests[^1] : null, story.Notices.Count > 0 ? story.Notices[^1] : null),
                phase = story.Case is null ? (Phase?)null : Phases.Of(story.Case, story.Target),
                progress = story.Target.Progress,
                clocks = Clocks(story).Select(clock => new { clock.Kind, clock.StartedBy, clock.StartedAt, clock.StoppedAt, clock.DueAt, elapsedHours = Math.Round(clock.Elapsed(now).TotalHours, 2), overdue = clock.IsOverdue(now), clock.PausedBy, clock.Pauses }),
                ladder = Ladder(story),
                strikes = story.Strikes,
                notices = story.Notices.Select(notice => new { id = notice.Id, notice.Kind, notice.Dispatch, notice.Channel, notice.To, pages = notice.Items.Count, notice.SentAt, notice.DeliveredAt, notice.DeliveryLabel, notice.ReadAt, notice.Receipt, ticket = notice.ExternalTicket, notice.ResentCopy, problem = notice.LastProblem }),
                relay = story.Requests.Count > 0 && story.Requests[^1].RelayTo is { } authority ? new { to = authority, dueAt = story.Requests[^1].RelayDeadline } : null,
                objections = story.Requests.SelectMany(request => request.Objections.Select(one => new { request = request.Id, one.Number, one.By, received = one.Received, one.Decided, one.Upheld })),
                waivers = story.Target.Waivers,
                missing = story.Missing,
                events = story.Events.Select(one => new { at = one.At, who = one.Who, what = one.What, item = one.Item, detail = one.Detail }),
            });
            return;
        }

        var target = story.Target;
        var progress = target.Progress;
        var output = context.Out;
        output.WriteLine($"{target.Id}  {target.Url}");
        if (story.Case is { } @case)
        {
            var phase = Phases.Of(@case, target);
            output.WriteLine($"{@case.Id}  {context.Word(@case.State)}  {(context.English ? phase.English() : phase.Vietnamese())}  {(context.English ? @case.Category.English() : @case.Category.Vietnamese())}");
        }

        output.WriteLine(context.Say($"Gỡ bỏ: {context.StateName(target)}", $"Removal: {context.StateName(target)}"));
        if (progress.FirstGoneAt is { } gone)
        {
            output.WriteLine(context.Say($"Gỡ trong khoảng: {Times.Local(progress.LastLiveAt)} … {Times.Local(gone)}", $"Removed between: {Times.Local(progress.LastLiveAt)} … {Times.Local(gone)}"));
        }

        if (progress.ConfirmedAt is { } confirmed)
        {
            output.WriteLine(context.Say($"Xác nhận lúc {Times.Local(confirmed)}, {context.From(progress)}.", $"Confirmed at {Times.Local(confirmed)}, {context.From(progress)}."));
        }

        foreach (var waiver in target.Waivers)
        {
            output.WriteLine(context.Say($"Miễn đường quan sát '{waiver.Vantage}': {waiver.Decision.Person}, {Times.Local(waiver.Decision.At)}: {waiver.Decision.Reason}", $"Vantage '{waiver.Vantage}' waived: {waiver.Decision.Person}, {Times.Local(waiver.Decision.At)}: {waiver.Decision.Reason}"));
        }

        if (target.Score is { } score)
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{context.Say("Điểm (chỉ để xếp thứ tự)", "Score (only ranks)")}: {score:0.00}  [{target.ScoredBy}]"));
        }

        if (target.Attention is { } attention)
        {
            output.WriteLine(context.Say($"Cần người xem: {context.Attention(attention)}", $"Needs a person: {context.Attention(attention)}"));
        }

        foreach (var gap in progress.State == RemovalState.ApparentlyGone ? story.Missing : [])
        {
            output.WriteLine("  - " + context.Gap(gap));
        }

        foreach (var run in progress.Runs)
        {
            output.WriteLine(context.Say(
                $"  '{run.Vantage}': thấy đã gỡ từ {Times.Local(run.Since)} đến {Times.Local(run.Last)}; tính {run.Counting} lần ({run.Hard} cứng), có canh {run.Watched.TotalHours:0.#} giờ",
                $"  '{run.Vantage}': seen gone from {Times.Local(run.Since)} to {Times.Local(run.Last)}; {run.Counting} looks counted ({run.Hard} hard), {run.Watched.TotalHours:0.#} hours watched"));
        }

        foreach (var person in progress.People)
        {
            output.WriteLine(context.Say($"  {person.Person} tự xem, thấy đã gỡ: {Times.Local(person.At)}", $"  {person.Person} looked and saw it gone: {Times.Local(person.At)}"));
        }

        foreach (var silence in progress.Silences)
        {
            output.WriteLine(context.Say($"  '{silence.Vantage}': {silence.Looks} lần liền không kết luận được, từ {Times.Local(silence.Since)}", $"  '{silence.Vantage}': {silence.Looks} looks in a row were inconclusive, since {Times.Local(silence.Since)}"));
        }

        foreach (var clock in Clocks(story))
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {context.ClockName(clock.Kind),-34} {Times.Local(clock.StartedAt)} → {(clock.StoppedAt is { } stopped ? Times.Local(stopped) : "…"),-16} {clock.Elapsed(now).TotalHours,7:0.0} h{(clock.DueAt is { } due ? context.Say("  hạn ", "  due ") + Times.Local(due) : "")}{(clock.IsOverdue(now) ? context.Say("  QUÁ HẠN", "  OVERDUE") : "")}{(clock.PausedBy is { } by ? context.Say($"  TẠM DỪNG từ {Times.Local(by.At)}: {by.Person}, {by.Reason}", $"  PAUSED since {Times.Local(by.At)}: {by.Person}, {by.Reason}") : "")}"));
        }

        Demand(context, story);

        context.Table([context.Say("Lúc", "At"), context.Say("Ai", "Who"), context.Say("Việc", "What"), context.Say("Đối tượng", "Item"), context.Say("Chi tiết", "Detail")],
            story.Events.Select(one => (IReadOnlyList<string>)[Times.Local(one.At), one.Who, context.ActWord(one.What), one.Item, Detail(context, one)]));
    }

    private static string Detail(CliContext context, StoryEvent one)
    {
        if (one.Observation is { } seen)
        {
            return $"{context.Word(seen.Fact.Liveness)} ({context.Word(seen.Fact.Reason)}) {seen.Status?.ToString(CultureInfo.InvariantCulture) ?? seen.Outcome}";
        }

        // "Live → ApparentlyGone", with what a person added behind a colon: states are words of the reader, reasons are the person's own.
        return one.What is "removal-state" or "recompute" ? string.Join(" → ", one.Detail.Split(" → ").Select(part => State(context, part))) : one.Detail;
    }

    private static string State(CliContext context, string part)
    {
        var end = part.AsSpan().IndexOfAny(':', ',');
        var name = end < 0 ? part : part[..end];
        return Enum.TryParse<RemovalState>(name, out var state) && Enum.IsDefined(state) ? context.StateName(state) + part[name.Length..] : part;
    }

    /// <summary>Reminders, the ladder and what stands against the account.</summary>
    private static void Demand(CliContext context, TargetStory story)
    {
        if (story.Requests.Count == 0)
        {
            return;
        }

        var request = story.Requests[^1];
        context.Out.WriteLine(context.Say(
            $"Yêu cầu {request.Id}: {context.Word(request.Demand)}; đã nhắc {request.Reminders} lần{(request.NextReminderAt is { } reminder ? $", nhắc tiếp {Times.Local(reminder)}" : "")}",
            $"Request {request.Id}: {context.Word(request.Demand)}; reminded {request.Reminders} times{(request.NextReminderAt is { } next ? $", next {Times.Local(next)}" : "")}"));
        if (request.RelayTo is { } authority)
        {
            context.Out.WriteLine(context.Say($"  Chuyển cơ quan có thẩm quyền: {authority}", $"  Passed to the competent authority: {authority}"));
        }

        foreach (var notice in story.Notices)
        {
            context.Out.WriteLine(CliContext.Clean($"  {notice.Id}  {context.Word(notice.Kind)}, {context.Word(notice.Dispatch)}  → {notice.To}{Proof(context, notice)}"));
        }

        foreach (var (of, objection) in story.Requests.SelectMany(one => one.Objections.Select(objection => (one.Id, objection))))
        {
            var end = objection.Decided is { } decided
                ? (objection.Upheld ? context.Say("chấp nhận", "upheld") : context.Say("không chấp nhận", "dismissed")) + $", {decided.Person}, {Times.Local(decided.At)}: {decided.Reason}"
                : context.Say("chờ giải quyết", "waits for a decision");
            context.Out.WriteLine(CliContext.Clean(context.Say($"  Phản đối {of} số {objection.Number} ({Times.Local(objection.Received.At)}): {objection.Received.Reason}; {end}", $"  Objection {of} no. {objection.Number} ({Times.Local(objection.Received.At)}): {objection.Received.Reason}; {end}")));
        }

        foreach (var rung in Ladder(story))
        {
            var state = rung switch
            {
                { At: { } at, Notice: { } notice } => context.Say($"{Times.Local(at)}: dự thảo {notice}", $"{Times.Local(at)}: draft {notice}"),
                { At: { } at } => context.Say($"{Times.Local(at)}: chưa cấu hình người nhận, cần người làm", $"{Times.Local(at)}: no addressee configured, for a person to do"),
                { DueAt: { } due } => context.Say($"đến hạn {Times.Local(due)}", $"due {Times.Local(due)}"),
                _ => "–",
            };
            context.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  +{rung.AfterHours,4:0} h  {RungName(context, rung.Action),-34} {state}"));
        }

        if (story.Strikes is { } strikes)
        {
            var asked = strikes.MayBeAsked switch
            {
                AccountLock.None => context.Say("chưa đủ để đề nghị khoá", "not enough to ask for a lock"),
                AccountLock.Temporary => context.Say("có thể đề nghị khoá tạm thời", "a temporary lock may be asked for"),
                AccountLock.Permanent => context.Say("có thể đề nghị khoá vĩnh viễn", "a permanent lock may be asked for"),
            };
            context.Out.WriteLine(CliContext.Clean(context.Say(
                $"Tài khoản {request.Account}: {strikes.InThirtyDays} vi phạm trong 30 ngày, {strikes.InNinetyDays} trong 90 ngày; {asked}",
                $"Account {request.Account}: {strikes.InThirtyDays} strikes in 30 days, {strikes.InNinetyDays} in 90; {asked}")));
        }
    }

    /// <summary>What says that it went out, arrived and was read; or what keeps it.</summary>
    private static string Proof(CliContext context, Notice notice)
    {
        var proof = notice.SentAt is { } sent ? context.Say($"; gửi {Times.Local(sent)}", $"; sent {Times.Local(sent)}") : "";
        proof += notice.DeliveredAt is { } delivered ? context.Say($"; đến nơi {Times.Local(delivered)} ({context.DeliveryWord(notice.DeliveryLabel)})", $"; delivered {Times.Local(delivered)} ({context.DeliveryWord(notice.DeliveryLabel)})") : "";
        proof += notice.ReadAt is { } read ? context.Say($"; đã mở {Times.Local(read)}", $"; opened {Times.Local(read)}") : "";
        proof += notice.Receipt is { } receipt ? context.Say($"; số xác nhận {receipt}", $"; receipt {receipt}") : "";
        proof += notice.ExternalTicket is { } ticket ? context.Say($"; mã bên nhận {ticket}", $"; ticket {ticket}") : "";
        proof += notice.ResentCopy ? context.Say("; bản gửi lại", "; resent copy") : "";
        return proof + (notice.LastProblem is { Length: > 0 } problem ? context.Say($"; vướng: {problem}", $"; problem: {problem}") : "");
    }

    /// <summary>Every rung of the ladder: climbed, next, or still to come.</summary>
    private static IReadOnlyList<LadderRow> Ladder(TargetStory story)
    {
        if (story.Requests.Count == 0)
        {
            return [];
        }

        var request = story.Requests[^1];
        return [.. story.Ladder.Select((step, index) => new LadderRow(step.Action, step.After.TotalHours,
            index < request.Rungs.Count ? request.Rungs[index].At : null,
            index < request.Rungs.Count ? request.Rungs[index].Notice : null,
            index == request.Rungs.Count ? request.NextRungAt : null))];
    }

    private sealed record LadderRow(LadderAction Action, double AfterHours, DateTimeOffset? At, string? Notice, DateTimeOffset? DueAt);

    private static string RungName(CliContext context, LadderAction action) => action switch
    {
        LadderAction.Reminder => context.Say("nhắc lại", "reminder"),
        LadderAction.SecondChannel => context.Say("kênh thứ hai / người đại diện", "second channel / representative"),
        LadderAction.Infrastructure => context.Say("máy chủ, CDN, tên miền", "host, CDN, registrar"),
        LadderAction.Authority => context.Say("cơ quan cấp trên", "higher authority"),
        LadderAction.Sanction => context.Say("đề nghị xử phạt, ngăn chặn", "sanction or blocking proposal"),
    };

    private static IReadOnlyList<Clock> Clocks(TargetStory story) => story.Case is null ? [] : Rules.Takedowns.Clocks.Of(story.Case, story.Requests.Count > 0 ? story.Requests[^1] : null);
}
