using Monitor.Rules.Replies;

namespace Monitor.Worker.Diagnostics;

/// <summary>What came in by mail, in the reader's language.</summary>
internal static class MailWords
{
    public static string Word(this ISpeaker context, ReplyCode code) => code switch
    {
        ReplyCode.Removed => context.Say("nói đã gỡ (không phải bằng chứng)", "says removed (no proof)"),
        ReplyCode.GeoRestricted => context.Say("chỉ chặn theo khu vực", "restricted by place only"),
        ReplyCode.Partial => context.Say("chỉ gỡ một phần", "a part only"),
        ReplyCode.Refused => context.Say("từ chối", "refused"),
        ReplyCode.MoreInfo => context.Say("hỏi thêm thông tin", "asks for more"),
        ReplyCode.Acknowledged => context.Say("đã tiếp nhận", "acknowledged"),
    };

    public static string Word(this ISpeaker context, InboundKind kind) => kind switch
    {
        InboundKind.Answer => context.Say("thư trả lời", "answer"),
        InboundKind.AutoReply => context.Say("trả lời tự động", "automatic reply"),
        InboundKind.Delivered => context.Say("báo đã đến nơi", "reported delivered"),
        InboundKind.Relayed => context.Say("báo đã chuyển tiếp", "reported relayed"),
        InboundKind.Bounce => context.Say("bị trả lại", "bounce"),
        InboundKind.Delayed => context.Say("báo chậm", "reported delayed"),
        InboundKind.Read => context.Say("báo đã đọc", "read receipt"),
    };

    public static string Word(this ISpeaker context, InboundState state) => state switch
    {
        InboundState.Unmatched => context.Say("chưa rõ trả lời văn bản nào", "belongs to no known notice"),
        InboundState.Proposed => context.Say("chờ người xem", "waits for a person"),
        InboundState.Done => context.Say("xong", "done"),
        InboundState.Dismissed => context.Say("không liên quan", "dismissed"),
    };

    public static string Word(this ISpeaker context, MatchedBy by) => by switch
    {
        MatchedBy.Token => context.Say("địa chỉ trả lời riêng của văn bản", "the notice's own reply address"),
        MatchedBy.Envelope => context.Say("mã phong bì", "the envelope id"),
        MatchedBy.MessageId => "Message-ID",
        MatchedBy.Ticket => context.Say("số phiếu của nơi nhận", "the addressee's ticket"),
        MatchedBy.Reference => context.Say("số văn bản nêu trong thư", "the reference it names"),
        MatchedBy.Person => context.Say("người ghép", "a person"),
    };

    public static string Word(this ISpeaker context, ReplySignal signal) => signal switch
    {
        ReplySignal.SaysRemoved => context.Say("thư nói đã gỡ", "it says that something was removed"),
        ReplySignal.SaysRestricted => context.Say("thư nói chỉ chặn theo nơi truy cập", "it says that something was blocked for a place"),
        ReplySignal.SaysPart => context.Say("thư chỉ nói về một phần", "it speaks of a part"),
        ReplySignal.SaysRefused => context.Say("thư từ chối", "it says no"),
        ReplySignal.AsksForMore => context.Say("thư hỏi thêm", "it asks for something"),
        ReplySignal.SaysReceived => context.Say("thư nói đã nhận hoặc sẽ xem xét", "it says that it was received or will be looked at"),
        ReplySignal.Mixed => context.Say("mỗi chỗ nói một khác", "it says one thing here and another there"),
        ReplySignal.NothingRead => context.Say("máy không đọc ra ý trả lời", "no answer could be read out of it"),
        ReplySignal.MarkedAutomatic => context.Say("tiêu đề thư ghi là tự động", "its header says that it is automatic"),
        ReplySignal.LooksAutomatic => context.Say("lời lẽ của thư tự động", "it is worded like an automatic reply"),
        ReplySignal.LooksLikeBounce => context.Say("giống thư báo không gửi được, không kèm báo cáo máy đọc được", "it looks like a failure, without a report that machines can read"),
        ReplySignal.NamesPages => context.Say("thư chỉ nêu một số trang", "it names some of the pages only"),
        ReplySignal.SenderIsAddressee => context.Say("người gửi thuộc tên miền của nơi nhận", "the sender's domain is the addressee's"),
        ReplySignal.SenderIsAnother => context.Say("người gửi thuộc tên miền KHÁC nơi nhận", "the sender's domain is ANOTHER than the addressee's"),
        ReplySignal.OtherRecipient => context.Say("báo cáo về một địa chỉ khác nơi nhận", "the report is about another address than the addressee's"),
        ReplySignal.Contradicts => context.Say("báo cáo tự mâu thuẫn, hoặc nêu văn bản khác với văn bản của địa chỉ nhận", "the report contradicts itself, or names another notice than the one whose address it came to"),
        ReplySignal.DoesNotFit => context.Say("không khớp với trạng thái hiện tại của văn bản", "it does not fit where the notice stands"),
    };

    public static string Word(this ISpeaker context, MailContainment contained) => contained switch
    {
        MailContainment.TooLarge => context.Say("thư quá lớn, chỉ giữ phần đầu", "too large, only its beginning was kept"),
        MailContainment.TooManyParts => context.Say("quá nhiều phần, chỉ đọc một số", "too many parts, only some were looked at"),
        MailContainment.Malformed => context.Say("thư sai dạng, không đọc được", "malformed, it cannot be read"),
        MailContainment.NotFetched => context.Say("máy chủ không đưa được thư này", "the server could not give it out"),
    };
}
