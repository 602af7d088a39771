using System.Globalization;
using Monitor.Rules.Assessing;
using Monitor.Rules.Cases;
using Monitor.Rules.Removal;
using Monitor.Rules.Takedowns;
using Monitor.Rules.WatchLists;
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
                clocks = Clocks(story),
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
            output.WriteLine($"{@case.Id}  {@case.State}  {(context.English ? phase.English() : phase.Vietnamese())}  {(context.English ? @case.Category.English() : @case.Category.Vietnamese())}");
        }

        output.WriteLine(context.Say($"Gỡ bỏ: {StateName(context, target)}", $"Removal: {StateName(context, target)}"));
        if (progress.FirstGoneAt is { } gone)
        {
            output.WriteLine(context.Say($"Gỡ trong khoảng: {Times.Local(progress.LastLiveAt)} … {Times.Local(gone)}", $"Removed between: {Times.Local(progress.LastLiveAt)} … {Times.Local(gone)}"));
        }

        if (progress.ConfirmedAt is { } confirmed)
        {
            output.WriteLine(context.Say($"Xác nhận lúc {Times.Local(confirmed)}, {From(context, progress)}.", $"Confirmed at {Times.Local(confirmed)}, {From(context, progress)}."));
        }

        foreach (var waiver in target.Waivers)
        {
            output.WriteLine(context.Say($"Miễn đường quan sát '{waiver.Vantage}': {waiver.Decision.Person}, {Times.Local(waiver.Decision.At)}: {waiver.Decision.Reason}", $"Vantage '{waiver.Vantage}' waived: {waiver.Decision.Person}, {Times.Local(waiver.Decision.At)}: {waiver.Decision.Reason}"));
        }

        if (target.Attention is { } attention)
        {
            output.WriteLine(context.Say($"Cần người xem: {attention}", $"Needs a person: {attention}"));
        }

        foreach (var gap in progress.State == RemovalState.ApparentlyGone ? story.Missing : [])
        {
            output.WriteLine("  - " + Gap(context, gap));
        }

        foreach (var clock in Clocks(story))
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {clock.Kind,-20} {Times.Local(clock.StartedAt)} → {Times.Local(clock.StoppedAt)}{(clock.DueAt is { } due ? context.Say("  hạn ", "  due ") + Times.Local(due) : "")}{(clock.IsOverdue(now) ? context.Say("  QUÁ HẠN", "  OVERDUE") : "")}"));
        }

        context.Table([context.Say("Lúc", "At"), context.Say("Ai", "Who"), context.Say("Việc", "What"), context.Say("Đối tượng", "Item"), context.Say("Chi tiết", "Detail")],
            story.Events.Select(one => (IReadOnlyList<string>)[Times.Local(one.At), one.Who, one.What, one.Item, one.Detail]));
    }

    /// <summary>A target that nobody looked at yet has no state to show.</summary>
    public static string StateName(CliContext context, Target target) =>
        target.Last is null ? context.Say("chưa quan sát", "not seen yet")
        : target.Progress is { State: RemovalState.Live, LastLiveAt: null } ? context.Say("chưa thấy nội dung", "content not seen yet") : StateName(context, target.Progress.State);

    public static string StateName(CliContext context, RemovalState state) => state switch
    {
        RemovalState.Live => context.Say("còn tồn tại", "live"),
        RemovalState.Partial => context.Say("gỡ một phần", "partial"),
        RemovalState.Restricted => context.Say("bị hạn chế theo nơi truy cập", "restricted by place"),
        RemovalState.ApparentlyGone => context.Say("có vẻ đã gỡ", "apparently gone"),
        RemovalState.ConfirmedRemoved => context.Say("xác nhận đã gỡ", "confirmed removed"),
        RemovalState.DurablyRemoved => context.Say("đã gỡ bền vững", "durably removed"),
        RemovalState.Reappeared => context.Say("xuất hiện lại", "reappeared"),
    };

    /// <summary>One vantage alone says less than several, and the words say so.</summary>
    private static string From(CliContext context, RemovalProgress progress) => progress.ConfirmedFrom switch
    {
        [ProofFact.Human] => context.Say("do người xem", "by people who looked"),
        ["direct"] => context.Say("chỉ từ Việt Nam", "from Việt Nam only"),
        [var only] => context.Say($"chỉ từ đường quan sát '{only}'", $"from the vantage '{only}' only"),
        var several => context.Say($"từ các đường quan sát {string.Join(", ", several)}", $"from the vantages {string.Join(", ", several)}"),
    };

    public static string Gap(CliContext context, ProofGap gap) => gap.Kind switch
    {
        ProofGapKind.Look => context.Say($"lần xem cuối từ '{gap.Vantage}' đã cũ, cần xem lại", $"the last look from '{gap.Vantage}' is too old, it must look again"),
        ProofGapKind.Watch => context.Say($"cần canh liên tục thêm {gap.Span.TotalHours:0.#} giờ", $"must be watched without long pauses for {gap.Span.TotalHours:0.#} more hours"),
        ProofGapKind.Vantage => context.Say($"chưa có quan sát từ điểm '{gap.Vantage}'", $"no observation yet from vantage '{gap.Vantage}'"),
        ProofGapKind.Observations => context.Say($"cần thêm {gap.Count} quan sát và {gap.Span.TotalHours:0.#} giờ ('{gap.Vantage}')", $"{gap.Count} more observations and {gap.Span.TotalHours:0.#} hours needed ('{gap.Vantage}')"),
        ProofGapKind.People => context.Say($"cần {gap.Count} người xác nhận: monitor removal confirm … --as …", $"{gap.Count} named people needed: monitor removal confirm … --as …"),
    };

    private static IReadOnlyList<Clock> Clocks(TargetStory story) => story.Case is null ? [] : Rules.Takedowns.Clocks.Of(story.Case, story.Requests.Count > 0 ? story.Requests[^1] : null);
}
