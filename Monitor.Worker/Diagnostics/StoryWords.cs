using Monitor.Rules.Removal;
using Monitor.Rules.Takedowns;
using Monitor.Rules.WatchLists;

namespace Monitor.Worker.Diagnostics;

/// <summary>Words of a target's story: its clocks, where its removal stands, what a proof still needs.</summary>
internal static class StoryWords
{
    public static string ClockName(this ISpeaker context, ClockKind kind) => kind switch
    {
        ClockKind.ReceiptToTriage => context.Say("tiếp nhận → phân loại", "receipt → triage"),
        ClockKind.TriageToVerified => context.Say("phân loại → xác minh", "triage → verified"),
        ClockKind.VerifiedToSent => context.Say("xác minh → gửi", "verified → sent"),
        ClockKind.LegalDeadline => context.Say("hạn pháp luật của nền tảng", "the platform's legal deadline"),
        ClockKind.DeliveredToFirstGone => context.Say("nhận → thấy gỡ lần đầu", "delivered → first gone"),
        ClockKind.FirstGoneToConfirmed => context.Say("thấy gỡ → xác nhận", "first gone → confirmed"),
        ClockKind.RelayToAcknowledged => context.Say("chuyển → cơ quan có thẩm quyền tiếp nhận", "relayed → acknowledged by the authority"),
    };

    /// <summary>A target that nobody looked at yet has no state to show.</summary>
    public static string StateName(this ISpeaker context, Target target) =>
        target.Last is null ? context.Say("chưa quan sát", "not seen yet")
        : target.Progress is { State: RemovalState.Live, LastLiveAt: null } ? context.Say("chưa thấy nội dung", "content not seen yet") : context.StateName(target.Progress.State);

    public static string StateName(this ISpeaker context, RemovalState state) => state switch
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
    public static string From(this ISpeaker context, RemovalProgress progress) => progress.ConfirmedFrom switch
    {
        [ProofFact.Human] => context.Say("do người xem", "by people who looked"),
        ["direct"] => context.Say("chỉ từ Việt Nam", "from Việt Nam only"),
        [var only] => context.Say($"chỉ từ đường quan sát '{only}'", $"from the vantage '{only}' only"),
        var several => context.Say($"từ các đường quan sát {string.Join(", ", several)}", $"from the vantages {string.Join(", ", several)}"),
    };

    public static string Gap(this ISpeaker context, ProofGap gap) => gap.Kind switch
    {
        ProofGapKind.Look => context.Say($"lần xem cuối từ '{gap.Vantage}' đã cũ, cần xem lại", $"the last look from '{gap.Vantage}' is too old, it must look again"),
        ProofGapKind.Watch => context.Say($"cần canh liên tục thêm {gap.Span.TotalHours:0.#} giờ", $"must be watched without long pauses for {gap.Span.TotalHours:0.#} more hours"),
        ProofGapKind.Vantage => context.Say($"chưa có quan sát từ điểm '{gap.Vantage}'", $"no observation yet from vantage '{gap.Vantage}'"),
        ProofGapKind.Observations => context.Say($"cần thêm {gap.Count} quan sát và {gap.Span.TotalHours:0.#} giờ ('{gap.Vantage}')", $"{gap.Count} more observations and {gap.Span.TotalHours:0.#} hours needed ('{gap.Vantage}')"),
        ProofGapKind.People => context.Say($"cần {gap.Count} người xác nhận: monitor removal confirm … --as …", $"{gap.Count} named people needed: monitor removal confirm … --as …"),
    };
}
