using Monitor.Rules.Replies;

namespace Monitor.Tests.Replies;

/// <summary>Invented answers of platforms and hosts, written before the reader was; the even ones were looked at while it was made, the odd ones only to measure it.</summary>
internal static class SampleAnswers
{
    /// <param name="Expected">Null: nothing that a person could use.</param>
    public sealed record Sample(ReplyCode? Expected, string Text);

    private const ReplyCode Removed = ReplyCode.Removed;
    private const ReplyCode Geo = ReplyCode.GeoRestricted;
    private const ReplyCode Partial = ReplyCode.Partial;
    private const ReplyCode Refused = ReplyCode.Refused;
    private const ReplyCode More = ReplyCode.MoreInfo;
    private const ReplyCode Received = ReplyCode.Acknowledged;

    public static IReadOnlyList<Sample> All { get; } =
    [
        new(Removed, "Hello,\n\nThank you for your report. The content has been removed from our service.\n\nBest regards,\nTrust & Safety"),
        new(Removed, "We have taken the page down and suspended the account that posted it."),
        new(Removed, "Kính gửi Quý cơ quan,\nChúng tôi đã gỡ bỏ nội dung theo yêu cầu.\nTrân trọng."),
        new(Removed, "Nội dung tại đường dẫn nêu trên đã bị xóa khỏi hệ thống vào lúc 14h ngày 20/11/2026."),
        new(Removed, "This link is no longer available. Our moderators deleted it this morning."),
        new(Removed, "Bài viết đã được xoá, tài khoản đã bị khoá vĩnh viễn. Cảm ơn Quý Sở đã thông báo."),
        new(Removed, "Hi team, content is down now. User banned. Please let us know if you see anything else."),
        new(Removed, "Resolved: the file was disabled worldwide, not just in your country."),
        new(Removed, "All 3 of 3 items were removed. If you have further questions, please provide your ticket number."),
        new(Removed, "Chung toi da go noi dung va vo hieu hoa tai khoan lien quan."),
        new(Removed, "Your report was reviewed and we removed the post because it goes against our policies."),
        new(Removed, "The customer has confirmed to us that the material was deleted from the server. Access to the URL now returns an error."),
        new(Removed, "Công ty đã tiến hành hạ toàn bộ nội dung, hiện không còn truy cập được."),
        new(Removed, "Acknowledged and actioned. Content removed; media purged from CDN."),
        new(Removed, "After reviewing your request we have disabled access to the reported video globally."),
        new(Removed, "Đã xử lý xong: liên kết đã gỡ, ảnh đã xóa khỏi máy chủ."),
        new(Removed, "We've deactivated the domain. It will stop resolving within a few hours; the hosting account was terminated."),
        new(Removed, "The page you reported doesn't exist anymore as it has been deleted by its author."),

        new(Geo, "In response to your legal request we have restricted access to the content in Vietnam."),
        new(Geo, "The video has been withheld in your country in accordance with local law. It remains available elsewhere."),
        new(Geo, "Chúng tôi đã chặn hiển thị nội dung này đối với người dùng tại Việt Nam."),
        new(Geo, "Nội dung đã bị hạn chế truy cập trên lãnh thổ Việt Nam."),
        new(Geo, "We geo-blocked the URL for visitors from VN."),
        new(Geo, "The content is not available to users in Viet Nam any longer. We did not find a violation of our global standards."),
        new(Geo, "Access from Vietnamese IP addresses has been disabled for this item."),
        new(Geo, "Bài đăng đã được giới hạn theo khu vực địa lý (Việt Nam)."),
        new(Geo, "Per the order, item blocked locally (VN only)."),
        new(Geo, "Đã ẩn bài viết ở Việt Nam, người dùng nước khác vẫn xem được."),

        new(Partial, "We removed two of the three URLs. The remaining one does not violate our policies."),
        new(Partial, "Chúng tôi đã gỡ một phần nội dung; phần còn lại không vi phạm tiêu chuẩn cộng đồng."),
        new(Partial, "The images were deleted, but the text of the post stays online."),
        new(Partial, "Đã xóa 2/5 đường dẫn. Các đường dẫn khác đang được xem xét."),
        new(Partial, "Some of the reported links have been taken down. For the others we need more time."),
        new(Partial, "All items have been removed except https://lantern.example/p/7, which is hosted by another company."),
        new(Partial, "Đã gỡ bỏ toàn bộ ngoại trừ bài viết thứ hai."),
        new(Partial, "Một phần đã gỡ bỏ, phần còn lại không vi phạm."),
        new(Partial, "Some links have been removed, the others have not been removed yet."),
        new(Partial, "1 out of 4 files was purged; 3 could not be found."),

        new(Refused, "We reviewed the content and found that it does not violate our community guidelines. No action will be taken."),
        new(Refused, "Unfortunately we are unable to comply with your request."),
        new(Refused, "Chúng tôi từ chối gỡ bỏ vì nội dung không vi phạm chính sách."),
        new(Refused, "Qua xem xét, nội dung không vi phạm tiêu chuẩn cộng đồng nên chúng tôi không thể gỡ bỏ."),
        new(Refused, "We won't be removing this post."),
        new(Refused, "Your request has been denied. The material has not been removed."),
        new(Refused, "The page isn't hosted on our network, so we cannot take it down. Contact the owner of the IP address."),
        new(Refused, "Website này không thuộc phạm vi quản lý của chúng tôi, đề nghị liên hệ đơn vị khác."),
        new(Refused, "We only act on court orders issued in our jurisdiction and must therefore decline."),
        new(Refused, "Không có cơ sở để xử lý theo đề nghị của Quý cơ quan."),
        new(Refused, "Decision: no violation found. The content will remain online."),
        new(Refused, "It's not against our rules, so we've left it up."),
        new(Refused, "Chưa đủ căn cứ để gỡ nội dung nêu trên."),
        new(Refused, "We've decided not to remove the video you flagged."),

        new(More, "Please provide the exact URL of the post; the link you sent leads to our home page."),
        new(More, "We need more information to process your request, in particular the full legal order."),
        new(More, "Đề nghị Quý cơ quan cung cấp thêm đường dẫn cụ thể và văn bản có chữ ký, đóng dấu."),
        new(More, "Vui lòng bổ sung giấy giới thiệu và thông tin liên hệ của cán bộ phụ trách để chúng tôi xử lý."),
        new(More, "Could you clarify which of the images you are referring to?"),
        new(More, "Your notice is incomplete: the legal basis is missing. Kindly resubmit it through our portal."),
        new(More, "Thông tin chưa đầy đủ, xin gửi lại đường liên kết."),
        new(More, "We were not able to locate the content. Can you send us a screenshot or the direct link?"),
        new(More, "To proceed we require a signed request on letterhead."),
        new(More, "Chúng tôi chưa xác định được bài viết. Nhờ anh/chị gửi ảnh chụp màn hình và ID bài viết."),
        new(More, "We cannot process this without additional documentation. Please submit it via the form."),
        new(More, "Which account is it? The URL redirects."),

        new(Received, "Thank you for contacting us. We have received your report and it is under review."),
        new(Received, "Chúng tôi đã tiếp nhận yêu cầu và đang xem xét, sẽ phản hồi trong 24 giờ."),
        new(Received, "Your ticket #48213 has been created. Our team will get back to you within 2 business days."),
        new(Received, "We are looking into this and will remove the content if it violates our terms."),
        new(Received, "Đã nhận được công văn, đang chuyển bộ phận kỹ thuật xử lý."),
        new(Received, "We forwarded your complaint to our customer, who has 24 hours to remove the material."),
        new(Received, "Cảm ơn Quý cơ quan đã gửi thông tin. Chúng tôi sẽ kiểm tra và gỡ bỏ nếu vi phạm."),
        new(Received, "The removal is in progress, this can take up to 12 hours."),
        new(Received, "Case ID 77-1201 opened. You do not need to provide any additional information at this time."),
        new(Received, "Yêu cầu của bạn đang được xử lý. Để biết thêm thông tin, vui lòng truy cập trung tâm trợ giúp."),
        new(Received, "We'll take this down as soon as the engineer on duty is back. Thanks for your patience."),
        new(Received, "Phòng pháp chế xác nhận đã nhận văn bản số 12/SKHCN và sẽ trả lời sau."),

        new(null, "Hello, who should I talk to about the invoice from last month?"),
        new(null, "Chúc mừng năm mới! Công ty xin gửi lời chúc sức khỏe."),
        new(null, "."),
        new(null, "Our office moves to a new address on 1 December."),
    ];
}
