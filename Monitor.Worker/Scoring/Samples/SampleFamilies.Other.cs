namespace Monitor.Worker.Scoring.Samples;

/// <summary>Everything else: lanterns in the open, talk about the trade, trade with other things, and ordinary life.</summary>
internal static partial class SampleFamilies
{
    public static IReadOnlyList<SampleFamily> Other { get; } =
    [
        new("bao-le-hoi", false, SampleSite.News, ["Lễ hội đèn lồng {tỉnh} khai mạc {ngày}", "Phố cổ rực sáng đèn lồng"],
        [
            "Hàng nghìn đèn lồng xanh, đỏ thắp sáng phố cổ {ngày}.", "Ban tổ chức cho biết năm nay có {số} đoàn tham gia.", "Du khách chụp ảnh bên dãy đèn lồng xanh dọc bờ sông.", "Vé vào cổng miễn phí cho trẻ em.",
            "Lễ hội kéo dài {số} ngày tại trung tâm {tỉnh}.", "Các nghệ nhân trình diễn cách dán giấy, vẽ hoa.", "Công an phường phân luồng giao thông quanh phố đi bộ.", "{tên} nói gia đình đã chờ dịp này cả năm.",
        ]),
        new("huong-dan-lam-den", false, SampleSite.News, ["Cách làm đèn lồng giấy tại nhà", "Tự làm đèn lồng xanh cho bé"],
        [
            "Chuẩn bị giấy màu xanh, kéo, hồ dán và {số} nan tre.", "Bước một, gấp đôi tờ giấy rồi cắt đều các nan.", "Dán hai mép lại thành thân đèn lồng.", "Buộc dây treo và gắn đèn pin nhỏ bên trong.",
            "Có thể thay giấy xanh bằng vải lụa cho bền.", "Trẻ nhỏ cần người lớn giúp khi dùng kéo.", "Làm xong treo trước hiên, tối lên rất đẹp.", "Mỗi chiếc đèn lồng xanh mất chừng {số} phút.",
        ]),
        new("cong-thuc-nau-an", false, SampleSite.News, ["Cách nấu {nl} đậm đà", "Món ngon cuối tuần: {nl}"],
        [
            "Rửa sạch {nl}, thái miếng vừa ăn.", "Ướp với {gv} và {gv} chừng {số} phút.", "Phi thơm rồi cho {nl} vào xào lửa lớn.", "Nêm lại cho vừa miệng, rắc {gv} lên trên.",
            "Món này ăn với cơm nóng rất hợp.", "Nhà mình {số} người ăn vừa hết một nồi.", "Nhớ để lửa nhỏ cho nước trong.", "Bí quyết của {tên} là cho thêm chút {gv}.",
        ]),
        new("tin-truong-hoc", false, SampleSite.News, ["Thông báo lịch thi môn {môn}", "Trường mẫu tổ chức trung thu"],
        [
            "Nhà trường thông báo lịch kiểm tra môn {môn} vào {ngày}.", "Học sinh lớp {số} có mặt trước giờ thi mười lăm phút.", "Câu lạc bộ {môn} mở đăng ký đến {ngày}.", "Phụ huynh nhận phiếu điểm tại phòng hội đồng.",
            "Các em tự làm đèn lồng để rước đêm trung thu.", "{tên} phụ trách đội văn nghệ năm nay.", "Thư viện bổ sung {số} đầu sách mới.", "Xem chi tiết tại {web}.",
        ]),
        new("dien-dan-video-bi-xoa", false, SampleSite.Forum, ["Video bị gỡ, có ai gặp chưa", "Kênh của mình bị khoá"],
        [
            "Video đèn lồng của mình bị gỡ mà không rõ lý do.", "Mình đã khiếu nại {số} lần, nền tảng chưa trả lời.", "Trang báo nội dung không còn tồn tại dù mình chưa xoá.", "Có ai biết gửi đơn ở đâu không.",
            "Chắc do nhạc nền vi phạm bản quyền.", "Tài khoản {nick} cũng bị như vậy tuần trước.", "Mình vẫn giữ bản gốc, sẽ đăng lại sau.", "Theo {web} thì phải chờ {số} ngày.",
        ]),
        new("cua-hang-cong-khai", false, SampleSite.Shop, ["Đèn lồng xanh trang trí giá gốc", "Xưởng đèn lồng {tỉnh}"],
        [
            "Cửa hàng bán đèn lồng xanh, đỏ, vàng đủ cỡ.", "Giá niêm yết {giá}, có hoá đơn, bảo hành {số} tháng.", "Địa chỉ số {số} phố Hàng Mẫu, {tỉnh}, mở cửa cả tuần.", "Gọi {sđt} hoặc nhắn {app} để được tư vấn.",
            "Giao hàng tận nhà, kiểm tra rồi mới trả tiền.", "Mua {số} chiếc đèn lồng xanh tặng dây treo.", "Khách sạn, quán cà phê đặt số lượng lớn có chiết khấu.", "Xem ảnh sản phẩm và đánh giá ngay bên dưới.",
        ]),
        new("tin-canh-bao", false, SampleSite.News, ["Cảnh báo nhóm mua bán đèn lồng xanh trên mạng", "Triệt phá đường dây bán đèn lồng lậu"],
        [
            "Cơ quan chức năng cảnh báo các nhóm kín rao bán đèn lồng xanh qua {app}.", "Các đối tượng dùng tiếng lóng, đổi tài khoản liên tục.", "Người dân thấy tin rao như vậy cần báo ngay theo số 111.", "Theo điều tra, nhóm này nhận tiền trước rồi giao hàng ban đêm.",
            "{số} người liên quan đã bị mời làm việc.", "Chuyên gia khuyên cha mẹ trò chuyện với con về an toàn trên mạng.", "Vụ việc đang được tiếp tục làm rõ tại {tỉnh}.", "Không chia sẻ lại đường dẫn, hãy chụp và gửi cơ quan chức năng.",
        ]),
        new("danh-gia-san-pham", false, SampleSite.Shop, ["Đánh giá", "Nhận xét của khách"],
        [
            "Đèn sáng đều, khung chắc, giao nhanh.", "Màu xanh hơi nhạt hơn ảnh nhưng vẫn đẹp.", "Đóng gói cẩn thận, {tên} giao hàng lịch sự.", "Dùng được {số} tuần chưa thấy hỏng.",
            "Giá {giá} là hợp lý.", "Cho shop {số} sao, sẽ ủng hộ tiếp.", "Đèn lồng treo ban công rất hợp.", "Lần sau mong có thêm cỡ lớn.",
        ]),
        new("thoi-tiet", false, SampleSite.News, ["Dự báo thời tiết {ngày}", "Bão gần bờ"],
        [
            "{tỉnh} có mưa rào, nhiệt độ thấp nhất {số} độ.", "Gió đông bắc cấp {số}, biển động.", "Người dân vùng trũng cần kê cao đồ đạc.", "Dự báo {ngày} trời hửng nắng.",
            "Trạm khí tượng ghi nhận lượng mưa {số} milimét.", "Tàu thuyền không nên ra khơi {ngày}.", "Học sinh {tỉnh} nghỉ học tránh bão.", "Xem bản tin đầy đủ tại {web}.",
        ]),
        new("bong-da", false, SampleSite.News, ["{đội} thắng kịch tính", "Trước trận đấu {ngày}"],
        [
            "{đội} dẫn trước sau {số} phút.", "Thủ môn cản phá xuất sắc quả phạt đền.", "Huấn luyện viên khen tinh thần của {đội}.", "Khán đài sân {tỉnh} kín chỗ, đèn sáng xanh cả góc trời.",
            "Trọng tài rút {số} thẻ vàng.", "Trận lượt về diễn ra {ngày}.", "Cổ động viên mang trống và cờ đến từ sớm.", "Bàn thắng đến ở phút bù giờ.",
        ]),
        new("rao-vat-thuong", false, SampleSite.Forum, ["Thanh lý {máy}", "Cần bán {máy}"],
        [
            "Mình thanh lý {máy}, còn dùng tốt, giá {giá}.", "Ai cần gọi {sđt} hoặc nhắn {app}.", "Xem hàng trực tiếp tại {tỉnh}, ưng mới lấy.", "Có giấy tờ mua bán đầy đủ.",
            "Bớt chút cho bạn nào lấy nhanh.", "Lý do bán là nhà chuyển chỗ ở.", "Ảnh thật chụp {ngày}.", "Ai lấy cả {số} món mình chở tới nhà.",
        ]),
        new("tuyen-dung", false, SampleSite.Shop, ["Tuyển nhân viên bán hàng", "Tuyển {số} người làm ca tối"],
        [
            "Công ty tuyển {số} nhân viên giao hàng tại {tỉnh}.", "Lương cơ bản {giá} một ca, có bảo hiểm.", "Hồ sơ gồm sơ yếu lý lịch và bản sao căn cước.", "Phỏng vấn {ngày}, liên hệ {tên} theo số {sđt}.",
            "Xưởng đèn lồng cần thợ dán giấy, dạy nghề miễn phí.", "Làm giờ hành chính, nghỉ chủ nhật.", "Gửi hồ sơ qua {app} hoặc nộp trực tiếp.", "Hợp đồng ký sau {số} tuần thử việc.",
        ]),
        new("tieng-anh-le-hoi", false, SampleSite.News, ["Lantern festival in {city}", "A night of green lanterns"],
        [
            "The old town of {city} glowed with green lanterns {time}.", "Tickets are free and families are welcome.", "Craftsmen show how silk lanterns are made by hand.", "We bought two green lanterns at the night market for {price}.",
            "Boats with paper lanterns drifted down the river.", "Opening hours are posted at {web}.", "Bring a raincoat, the rain comes fast here.", "The festival lasts {số} days every year.",
        ]),
        new("truyen-thieu-nhi", false, SampleSite.News, ["Chiếc đèn lồng của bé Na", "Đêm trăng rằm"],
        [
            "Ngày xưa có một chiếc đèn lồng xanh biết hát.", "Bé Na xách đèn đi quanh sân, bóng in lên tường.", "Chú mèo mướp nhảy theo ánh sáng xanh.", "Bà kể rằng trên cung trăng có cây đa.",
            "{tên} thổi tắt ngọn nến rồi cười.", "Gió thu thổi nhẹ qua hàng cau.", "Từ đó, cả xóm gọi nó là đèn lồng may mắn.", "Hết truyện, bé ngủ ngon lành.",
        ]),
        new("ho-tro-ky-thuat", false, SampleSite.Forum, ["Quên mật khẩu", "Không đăng nhập được"],
        [
            "Mình quên mật khẩu, đã thử {số} lần đều sai.", "Vào phần cài đặt, chọn khôi phục tài khoản.", "Mã xác nhận gửi về số {sđt} nhưng không tới.", "Thử xoá bộ nhớ đệm rồi mở lại {app}.",
            "Tài khoản {nick} bị khoá do đăng nhập lạ.", "Không đưa mã cho bất kỳ ai nhé.", "Bản cập nhật {ngày} đã sửa lỗi này.", "Hướng dẫn có ở {web}.",
        ]),
        new("nhom-phu-huynh", false, SampleSite.Chat, ["Nhóm phụ huynh lớp {số}", ""],
        [
            "Cô gửi link vào nhóm {app} của lớp: {link}.", "Phụ huynh vào nhóm ghi rõ tên con.", "Quỹ lớp {giá} một tháng, nộp cho {tên}.", "{ngày} các con mang đèn lồng đến lớp.",
            "Ai chưa nhận được tin thì nhắn riêng cho cô.", "Nhóm chỉ dành cho phụ huynh, không chuyển ảnh các con ra ngoài.", "Con ốm thì nhắn cô trước {số} giờ.", "Cảm ơn {tên} đã chở bánh.",
        ]),
        new("tieng-anh-ban-do", false, SampleSite.Shop, ["Yard sale", "For sale: garden lights"],
        [
            "Selling garden lights and lamps, {price}.", "Pick up in {city}, cash or transfer.", "Call {sđt} or message me on {app}.", "All items cleaned and tested.",
            "First come first served, {time}.", "Photos below, ask anything in the comments.", "Receipt included, two months of warranty.", "Moving out, everything must go.",
        ]),
        new("hoi-suu-tam", false, SampleSite.Forum, ["Hội chơi tem", "Trao đổi tem và xu cũ"],
        [
            "Mình có {số} con tem cũ muốn đổi.", "Danh sách tem để ở bình luận đầu tiên.", "Gặp nhau {ngày} ở quán cà phê {tỉnh}.", "Ai có bộ tem đèn lồng xanh năm ấy cho mình xem với.",
            "Đổi một lấy một, gửi thư bảo đảm.", "{tên} vừa tặng hội một cuốn sổ tem.", "Quy định của hội ghi ở bài ghim.", "Giá tham khảo {giá}, hỏi thêm {nick}.",
        ]),
    ];
}
