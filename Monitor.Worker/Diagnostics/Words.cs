using Monitor.Rules.Assessing;
using Monitor.Rules.Cases;
using Monitor.Rules.Evidence;
using Monitor.Rules.Takedowns;
using Monitor.Rules.Transfers;

namespace Monitor.Worker.Diagnostics;

/// <summary>States and kinds in the reader's language; JSON keeps the codes.</summary>
internal static class Words
{
    public static string Word(this ISpeaker context, CaseState state) => state switch
    {
        CaseState.AwaitingTriage => context.Say("chờ phân loại", "awaiting triage"),
        CaseState.AwaitingVerification => context.Say("chờ xác minh", "awaiting verification"),
        CaseState.Verified => context.Say("đã xác minh", "verified"),
        CaseState.Dismissed => context.Say("đã bỏ qua", "dismissed"),
        CaseState.Closed => context.Say("đã đóng", "closed"),
    };

    public static string Word(this ISpeaker context, EvidenceRequestState state) => state switch
    {
        EvidenceRequestState.Received => context.Say("chờ kiểm tra căn cứ", "ground to be checked"),
        EvidenceRequestState.Checked => context.Say("chờ phê duyệt", "awaiting approval"),
        EvidenceRequestState.Approved => context.Say("đã duyệt", "approved"),
        EvidenceRequestState.Built => context.Say("đã lập gói, chờ giao", "package built, to be handed over"),
        EvidenceRequestState.Delivered => context.Say("đã giao, chờ biên nhận", "handed over, receipt awaited"),
        EvidenceRequestState.Receipted => context.Say("đã có biên nhận", "receipted"),
        EvidenceRequestState.Refused => context.Say("bị từ chối", "refused"),
        EvidenceRequestState.Closed => context.Say("đã thôi lưu giữ", "hold lifted"),
    };

    public static string Word(this ISpeaker context, EvidenceUrgency urgency) => urgency switch
    {
        EvidenceUrgency.Ordinary => context.Say("thường", "ordinary"),
        EvidenceUrgency.Urgent => context.Say("khẩn", "urgent"),
        EvidenceUrgency.Danger => context.Say("trẻ em gặp nguy hiểm", "child in danger"),
    };

    public static string Word(this ISpeaker context, DemandState state) => state switch
    {
        DemandState.Open => context.Say("đang yêu cầu", "open"),
        DemandState.Acknowledged => context.Say("đã được tiếp nhận", "acknowledged"),
        DemandState.Refused => context.Say("bị từ chối", "refused"),
        DemandState.OnHold => context.Say("công an tạm giữ", "on hold by police"),
        DemandState.Withdrawn => context.Say("đã rút", "withdrawn"),
        DemandState.Closed => context.Say("đã xong", "closed"),
    };

    public static string Word(this ISpeaker context, DispatchState state) => state switch
    {
        DispatchState.Drafted => context.Say("dự thảo", "draft"),
        DispatchState.AwaitingSignature => context.Say("chờ bản ký và số công văn", "awaiting signature"),
        DispatchState.Approved => context.Say("đã duyệt, chờ gửi", "approved, to be sent"),
        DispatchState.Sending => context.Say("đang gửi", "being sent"),
        DispatchState.DeliveryUnknown => context.Say("chưa rõ đã đến hay chưa", "delivery unknown"),
        DispatchState.Sent => context.Say("đã gửi", "sent"),
        DispatchState.Delivered => context.Say("đã đến nơi", "delivered"),
        DispatchState.Bounced => context.Say("bị trả lại", "bounced"),
        DispatchState.Cancelled => context.Say("đã huỷ", "cancelled"),
    };

    public static string Word(this ISpeaker context, NoticeKind kind) => kind switch
    {
        NoticeKind.Takedown => context.Say("yêu cầu gỡ bỏ", "takedown"),
        NoticeKind.Media => context.Say("gỡ bản sao tệp", "media copies"),
        NoticeKind.Reminder => context.Say("nhắc lại", "reminder"),
        NoticeKind.Reappearance => context.Say("xuất hiện lại", "reappearance"),
        NoticeKind.Retraction => context.Say("rút yêu cầu", "retraction"),
        NoticeKind.Escalation => context.Say("leo thang", "escalation"),
        NoticeKind.Relay => context.Say("chuyển cơ quan có thẩm quyền", "relay"),
    };

    public static string Word(this ISpeaker context, Severity severity) => severity switch
    {
        Severity.None => context.Say("không", "none"),
        Severity.Low => context.Say("thấp", "low"),
        Severity.Medium => context.Say("vừa", "medium"),
        Severity.High => context.Say("cao", "high"),
        Severity.Critical => context.Say("khẩn", "critical"),
    };

    /// <summary>What says that a notice arrived.</summary>
    public static string DeliveryWord(this ISpeaker context, string? label) => label switch
    {
        Rules.Takedowns.DeliveryLabels.Server => context.Say("máy chủ nhận đã nhận, mã 250", "the receiving server's 250"),
        Rules.Takedowns.DeliveryLabels.Reconciled => context.Say("đối soát: đã được nhận", "reconciled: it had been accepted"),
        Rules.Takedowns.DeliveryLabels.Dsn => context.Say("thông báo phát thư DSN", "delivery notification (DSN)"),
        Rules.Takedowns.DeliveryLabels.Receipt => context.Say("biên nhận của API", "the API's receipt"),
        Rules.Takedowns.DeliveryLabels.Confirmation => context.Say("xác nhận của nơi nhận, người gửi ghi lại", "the addressee's confirmation, recorded by a person"),
        Rules.Takedowns.DeliveryLabels.Answer => context.Say("nơi nhận đã trả lời", "the addressee answered"),
        _ => label ?? "",
    };

    /// <summary>Why a person should look, and what there is to do; a code this version does not know is shown as it is.</summary>
    public static string Attention(this ISpeaker context, string code) => code switch
    {
        "confirm-gone" => context.Say("cần người đứng tên xác nhận đã gỡ (removal confirm)", "a named person must stand by the removal (removal confirm)"),
        "inconclusive" => context.Say("máy nhiều lần không kết luận được, cần người xem (removal confirm | seen-live)", "machines saw nothing time and again, a person should look (removal confirm | seen-live)"),
        "look-again" => context.Say("đến lúc người xem lại (removal confirm | seen-live)", "time for people to look again (removal confirm | seen-live)"),
        "truncated" => context.Say("trang quá lớn, chưa đọc hết", "the page is too large and was not read whole"),
        "reappeared" => context.Say("nội dung xuất hiện lại, có dự thảo chờ duyệt", "the content reappeared, a draft waits for approval"),
        "platform-refused" => context.Say("nền tảng từ chối", "the platform refused"),
        "cannot-send" => context.Say("không gửi được văn bản", "a notice cannot be sent"),
        "delivery-unknown" => context.Say("chưa rõ văn bản đã đến hay chưa, cần hỏi người nhận", "nobody knows whether a notice arrived, ask the addressee"),
        "send-by-hand" => context.Say("có văn bản đã duyệt gửi qua biểu mẫu: mở biểu mẫu, điền, rồi ghi số xác nhận (takedowns form, takedowns sent)", "an approved notice goes through a web form: fill it in and record the confirmation (takedowns form, takedowns sent)"),
        "reply-waiting" => context.Say("có trả lời chờ xem trong hộp thư đến (inbox list)", "an answer waits in the inbox (inbox list)"),
        "objection-waiting" => context.Say("có phản đối chờ giải quyết (takedowns decide-objection)", "an objection waits for a decision (takedowns decide-objection)"),
        "bounced" => context.Say("văn bản bị trả lại", "a notice bounced"),
        "approve-escalation" => context.Say("có dự thảo leo thang chờ duyệt (takedowns list --to-approve)", "a draft to a further addressee waits for approval (takedowns list --to-approve)"),
        "escalate-by-hand" => context.Say("đến bậc leo thang chưa cấu hình người nhận, cần người làm", "a rung of the ladder without a configured addressee came due, for a person to do"),
        _ => code,
    };

    public static string Word(this ISpeaker context, TransferState state) => state switch
    {
        TransferState.Sent => context.Say("đã gửi, chờ tiếp nhận", "sent, receipt awaited"),
        TransferState.Received => context.Say("đã tiếp nhận", "received"),
        TransferState.Accepted => context.Say("đang xử lý", "being worked on"),
        TransferState.Returned => context.Say("bị trả lại", "sent back"),
        TransferState.Recalled => context.Say("đã rút", "recalled"),
        TransferState.Answered => context.Say("đã có kết quả", "answered"),
        TransferState.Closed => context.Say("đã xong", "closed"),
    };

    public static string Word(this ISpeaker context, TransferPurpose purpose) => purpose switch
    {
        TransferPurpose.Verify => context.Say("xác minh", "verify"),
        TransferPurpose.Investigate => context.Say("điều tra", "investigate"),
        TransferPurpose.Handle => context.Say("xử lý", "handle"),
        TransferPurpose.ChildSupport => context.Say("hỗ trợ trẻ em", "child support"),
        TransferPurpose.Statistics => context.Say("thống kê", "statistics"),
    };

    public static string Word(this ISpeaker context, TransferUrgency urgency) => urgency switch
    {
        TransferUrgency.Ordinary => context.Say("thường", "ordinary"),
        TransferUrgency.Urgent => context.Say("khẩn", "urgent"),
        TransferUrgency.Danger => context.Say("trẻ em gặp nguy hiểm", "child in danger"),
    };
}
