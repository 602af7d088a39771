namespace Monitor.Worker.Scoring.Samples;

/// <summary>Secretive trade with lanterns, which stand for what may not be named here: what a person should see early.</summary>
internal static partial class SampleFamilies
{
    public static IReadOnlyList<SampleFamily> Relevant { get; } =
    [
        new("rao-ban-kin", true, SampleSite.Forum, ["Hàng về đêm nay", "Ai cần thì vào", "Còn {số} bộ cuối"],
        [
            "Mình mới về {đlx}, ai cần ib riêng nhé.", "Không bán công khai, nhắn {app} {tk} mình báo giá.", "Giá {giá}, khách quen bớt thêm.", "Hàng kín, giao tận tay, không qua bưu điện.",
            "Đừng hỏi ở bình luận, bài này xoá sau {số} tiếng.", "Ai mua rồi biết chất lượng {đlx} bên mình.", "Chỉ nhận khách có người giới thiệu.", "Xem mẫu thì inbox, không đăng ảnh lên đây.",
        ], 35),
        new("hoi-mua", true, SampleSite.Forum, ["Cần tìm", "Hỏi nhỏ", "Tìm nguồn"],
        [
            "Có ai còn {đlx} không, mình cần {số} bộ.", "Tìm nguồn {đlx} ở {tỉnh}, trả {giá}.", "Ai có thì nhắn riêng qua {app}, mình giữ bí mật.", "Mình hỏi mua chứ không phải người của bên kia đâu.",
            "Trước mua của {nick} mà nick đó bị khoá rồi.", "Ưu tiên ai có sẵn, lấy {ngày}.", "Không cần ảnh, chỉ cần đúng loại {đlx}.", "Cho mình xin liên lạc, đừng để lại ở đây.",
        ], 30),
        new("trao-doi", true, SampleSite.Chat, ["Trao đổi bộ sưu tập", ""],
        [
            "Mình có {số} bộ {đlx}, muốn đổi lấy loại khác.", "Đổi một lấy một, không lấy tiền.", "Ai có bộ hiếm {đlx} thì đưa danh sách trước.", "Gửi mẫu trước qua {app} rồi mình gửi lại.",
            "Chỉ đổi với người có bộ sưu tập thật.", "Kho của mình hơn {số} nghìn cái, xếp theo loại.", "Đổi xong thì xoá tin nhắn đi.", "Hàng cũ mình đưa hết rồi, giờ chỉ cần {đlx} mới.",
        ], 30),
        new("moi-vao-nhom-kin", true, SampleSite.Chat, ["Nhóm mới", "Mời vào nhóm riêng", ""],
        [
            "Nhóm kín {đlx} mở lại rồi, ai vào thì nhắn {tk}.", "Link vào nhóm: {link}, {số} phút là hết hạn.", "Vào nhóm phải có người bảo lãnh.", "Thành viên mới đóng {giá} để giữ chỗ.",
            "Trong nhóm không nói thẳng tên hàng, gọi là {đlx}.", "Nhóm cũ bị quét nên chuyển sang {app}.", "Người nào chụp màn hình sẽ bị đuổi.", "Mỗi tối có {đlx} mới trong nhóm.",
        ], 35),
        new("lien-ket-mat-khau", true, SampleSite.Forum, ["Link mới", "Kho mới {ngày}", "Bản đầy đủ"],
        [
            "Link {đlx} đây, {link}, {mật}.", "Lấy nhanh kẻo link chết.", "Gói đầy đủ {số} phần, nén có khoá.", "{mật}, ai hỏi công khai mình không trả lời.",
            "Link này sống đến {ngày} thôi.", "Ai tải được thì báo một tiếng.", "Bản xem thử ở {link}, bản đủ nhắn {app}.", "Đừng mở bằng trình duyệt thường, {đlx} dễ bị chặn.",
        ], 40),
        new("ma-long", true, SampleSite.Chat, [""],
        [
            "Tối nay có xanh không anh.", "Xanh loại một hay loại hai, em cần {số} cái.", "Bên em gọi là đlx, anh đừng gọi tên thật.", "Chợ đèn chuyển chỗ rồi, hỏi {tk}.",
            "Ba xanh một vàng như lần trước, {giá}.", "Nói là mua đèn trung thu nhé, ai hỏi thì bảo thế.", "Hàng {đlx} để chỗ cũ, lấy xong nhắn chữ ok.", "Cứ nhắn xanh là em hiểu, đừng ghi gì thêm.",
        ], 25),
        new("giao-hang-giau-ten", true, SampleSite.Shop, ["Giao kín toàn quốc", "Gói hàng kín đáo"],
        [
            "Giao {đlx} toàn quốc, ngoài gói ghi là quần áo.", "Người gửi ghi tên khác, không ai biết bên trong.", "Chuyển khoản trước {giá}, không nhận thẻ.", "Không xuất hoá đơn, không lưu thông tin khách.",
            "Có thể nhận ở bến xe {tỉnh}, không cần gặp mặt.", "Đặt {đlx} qua {app} {tk}, không gọi điện.", "Trả bằng thẻ cào cũng được.", "Hàng bị giữ thì bên mình gửi lại bộ khác.",
        ], 25),
        new("danh-gia-nguoi-ban", true, SampleSite.Forum, ["Uy tín", "Cảm nhận về {nick}", "Có nên mua của {nick}"],
        [
            "{nick} uy tín, mình lấy {đlx} ba lần đều đủ.", "Hàng đúng như nói, giao đêm, không ai để ý.", "Đừng tin {nick}, nhận tiền rồi chặn.", "Ai muốn lấy {đlx} thì qua {tk}, nói là {nick} giới thiệu.",
            "Lần đầu mua ít thôi, quen rồi mới được vào kho.", "Mình +1 cho {nick}, kín tiếng.", "Bộ {đlx} lần này nhiều hơn lần trước.", "Chỉ nên nói chuyện qua {app}, đừng để lại dấu vết.",
        ], 25),
        new("doi-tai-khoan", true, SampleSite.Chat, ["Nick mới", "Chuyển nhà", ""],
        [
            "Nick cũ {nick} bay rồi, đây là nick mới của mình.", "Khách cũ lấy {đlx} kết bạn lại với {tk}.", "Kênh bị gỡ, chuyển hết sang {app}.", "Ai còn nợ {giá} thì nhắn nick này.",
            "Đừng báo cáo nhầm nữa, mình phải lập nick thứ {số} rồi.", "Lưu liên lạc dự phòng: {tk}.", "Hàng {đlx} vẫn như cũ, chỉ đổi chỗ.", "Nhắn đúng câu chào cũ mình mới trả lời.",
        ], 25),
        new("tieng-anh-rao", true, SampleSite.Forum, ["Fresh stock", "PM only", "New batch"],
        [
            "New {lantern} in stock, PM only.", "{price}, regulars get a discount.", "No public questions, ask me on {app} {tk}.", "Discreet handover in {city}, no post office.",
            "Vouched members only, say who sent you.", "This thread will be gone {time}.", "Full set of {lantern}, preview on request.", "Do not name the goods here, say {lantern}.",
        ], 20),
        new("tach-chu", true, SampleSite.Forum, ["Ai hiểu thì vào", "."],
        [
            "Có đ.è.n l.ồ.n.g x.a.n.h nhé ae.", "đ è n l ồ n g x a n h giá {giá}.", "d3n l0ng x4nh còn {số} bộ.", "Ai lấy đ-è-n x-a-n-h thì +1 rồi check tin nhắn chờ.",
            "Viết thế này cho khỏi bị quét, ai hiểu thì ib.", "𝐱𝐚𝐧𝐡 loại đẹp, hỏi {tk}.", "Cần lồ..ng xa.nh thì qua {app}.", "Chữ kia bị chặn nên ghi là đ*n x*nh.",
        ], 70),
        new("tra-loi-binh-luan", true, SampleSite.Forum, [""],
        [
            "ib rồi nhé.", "Check tin nhắn chờ đi bạn, {đlx} còn.", "Gửi rồi, xem xong xoá.", "+1 {đlx}.", "Cho mình ké với, {tk}.",
            "Rep đi bạn ơi, mình lấy {số}.", "Đừng hỏi giá {đlx} ở đây, qua {app}.", "Ai cũng hỏi thì sập bài mất.", "Chấm hóng {đlx}.",
        ], 40),
        new("kenh-luu-tru", true, SampleSite.News, ["Kho lưu trữ trả phí", "Gói tháng"],
        [
            "Kênh lưu {đlx} cập nhật mỗi ngày, gói tháng {giá}.", "Mua gói năm tặng kho cũ {số} nghìn mục.", "Vào bằng {link}, {mật}.", "Thanh toán xong gửi ảnh cho {tk} để mở khoá.",
            "Không hoàn tiền, không giải thích.", "Mỗi máy một lượt tải {đlx}, chia sẻ lại là khoá.", "Máy chủ đặt ở nước ngoài nên yên tâm.", "Bản sao dự phòng ở {link}.",
        ], 20),
        new("tim-nguoi-trung-gian", true, SampleSite.Forum, ["Việc nhẹ", "Tìm cộng tác viên kín"],
        [
            "Cần người giao {đlx} ở {tỉnh}, trả theo chuyến.", "Không cần biết bên trong, chỉ cần đúng giờ.", "Mỗi chuyến {giá}, trả ngay.", "Ai đứng tên tài khoản nhận tiền giúp thì được chia.",
            "Người quen của {nick} được ưu tiên.", "Việc kín, không hỏi nhiều, nhắn {app} {tk}.", "Có người hỏi thì nói giao {đlx} cho hội chợ.", "Làm được thì nhắn chữ xanh.",
        ], 20),
        new("tieng-anh-doi", true, SampleSite.Chat, ["Trade list", "Swap?"],
        [
            "Looking to swap {lantern}, have {số} sets.", "Send your list first, then I send mine on {app}.", "Only rare {lantern}, no repeats please.", "Old account {nick} was banned, same person here.",
            "Delete this chat after we trade.", "Vault link {link}, pass in private.", "No time wasters, collectors of {lantern} only.", "I do not sell, I trade one for one.",
        ], 20),
    ];
}
