namespace Monitor.Worker.Demo;

/// <summary>The vocabulary of the made-up internet: lanterns, markets, handicraft. Nothing here describes anything else.</summary>
internal sealed record SampleWords
{
    /// <summary>Stand-in for the words that real rule sets look for.</summary>
    public const string WatchWord = "đèn lồng xanh";

    public static IReadOnlyList<(string Id, string Name, string Language)> Platforms { get; } =
    [
        ("anhviet", "Ảnh Việt", "vi"), ("tinnhanh", "Tin Nhanh", "vi"), ("dien-dan-lang", "Diễn đàn Làng", "vi"), ("chophien", "Chợ Phiên", "vi"),
        ("gocanh", "Góc Ảnh", "vi"), ("songxanh", "Sống Xanh", "vi"), ("hoidap", "Hỏi Đáp", "vi"), ("khoanhkhac", "Khoảnh Khắc", "vi"),
        ("picturebay", "Picture Bay", "en"), ("talkyard", "Talk Yard", "en"), ("dailylens", "Daily Lens", "en"), ("shopcorner", "Shop Corner", "en"),
    ];

    public static SampleWords Vietnamese { get; } = new()
    {
        Title = ["Bộ ảnh {0} số {1}", "Chia sẻ {0} đợt {1}", "{0}: tập {1}", "Trao đổi {0}, lần thứ {1}"],
        Mention = ["Ai quan tâm {0} thì để lại lời nhắn.", "Đây là {0} mà mọi người hỏi tuần trước.", "Xin đăng tiếp {0}, còn nữa."],
        HarmlessTitle = ["Cách làm {0} cho đêm Trung thu", "Làng nghề {0} vào mùa", "Hội thi rước {0} của phường"],
        HarmlessMention = ["Chiếc {0} làm bằng tre và giấy bóng kính, thắp nến rất đẹp.", "Các lớp học làm {0} mở vào sáng thứ bảy tại nhà văn hóa."],
        Sentences =
        [
            "Chợ phiên họp từ sáng sớm, người bán bày hàng dọc theo con đường lát đá.", "Khung tre được vót mỏng rồi uốn thành hình ngôi sao năm cánh.",
            "Năm nay nước lên chậm, mùa hoa điên điển cũng muộn hơn mọi năm.", "Bà cụ kể rằng nghề này đã có trong làng hơn một trăm năm.",
            "Giấy màu được phơi một nắng để không bị nhăn khi dán.", "Buổi chiều gió mát, lũ diều giấy bay kín triền đê.",
            "Xe khách chạy tuyến này ba chuyến mỗi ngày, vé mua tại bến.", "Món bánh ít trần ăn với nước mắm pha loãng, rắc thêm hành phi.",
            "Thư viện xã vừa nhận thêm hai trăm đầu sách mới.", "Trời mưa nhẹ nên hội thi thả đèn dời sang tối hôm sau.",
            "Người thợ già chỉ cần nhìn thớ gỗ là biết cây bao nhiêu tuổi.", "Mái đình cũ được lợp lại bằng ngói âm dương.",
        ],
        Comments = ["Đẹp quá, cảm ơn bạn.", "Cho mình hỏi thêm về phần này nhé.", "Đã lưu lại để xem sau.", "Chỗ này đi từ bến xe có xa không?", "Bài trước hay hơn.", "Hóng phần tiếp theo."],
        RemovedTalk = ["Video này đã bị gỡ bỏ.", "Sao vào xem thì báo nội dung không tồn tại vậy?", "Bài trước của bạn đã bị xóa rồi.", "Trang không tìm thấy, ai còn đường dẫn cũ không?"],
        People = ["Minh Anh", "Bảo Ngọc", "Quốc Huy", "Thu Hà", "Gia Bảo", "Hoài Nam", "Lan Chi", "Đức Thịnh"],
        Related = ["Lịch họp chợ tháng này", "Mẹo bảo quản đồ tre", "Mười món ăn ngày mưa", "Ảnh đẹp trong tuần", "Nghề dệt chiếu", "Đường đi miền núi"],
        Navigation = ["Trang chủ", "Mới nhất", "Giới thiệu"],
        Report = "Báo cáo vi phạm",
        Delete = "Xóa bài",
        Logout = "Đăng xuất",
        SearchByPicture = "Tìm bằng hình ảnh",
        Comment = "Bình luận",
        RelatedHead = "Xem thêm",
        Views = "lượt xem",
        Footer = "Mạng xã hội mẫu, không có thật.",
        MissingTitle = "Không tìm thấy trang",
        Missing = "Nội dung không tồn tại hoặc đường dẫn đã thay đổi.",
        SoftMissingTitle = "Nội dung không tồn tại",
        SoftMissing = "Rất tiếc, nội dung bạn tìm không tồn tại. Mời bạn quay về trang chủ.",
        LoginTitle = "Đăng nhập",
        Login = "Bạn cần đăng nhập để tiếp tục xem nội dung.",
        Account = "Tên đăng nhập hoặc thư điện tử",
        Password = "Mật khẩu",
        OutageTitle = "Hệ thống đang bảo trì",
        Outage = "Dịch vụ tạm gián đoạn, mời bạn quay lại sau.",
        RestrictedTitle = "Nội dung bị hạn chế",
        Restricted = "Nội dung này không khả dụng tại quốc gia của bạn (Việt Nam) theo yêu cầu pháp lý tại địa phương.",
    };

    public static SampleWords English { get; } = new()
    {
        Title = ["{0} picture set no. {1}", "Sharing {0}, batch {1}", "{0}: part {1}", "Trading {0}, round {1}"],
        Mention = ["Leave a note if you are after {0}.", "This is the {0} people asked about last week.", "More {0} to come."],
        HarmlessTitle = ["How to build a {0} for the autumn festival", "The village that makes the {0}", "Parade of the {0}"],
        HarmlessMention = ["A {0} is made of bamboo and cellophane and lit with a candle.", "Classes on making the {0} open on Saturday morning at the town hall."],
        Sentences =
        [
            "The market opens before dawn and the stalls line the cobbled road.", "Bamboo strips are shaved thin and bent into a five-pointed frame.",
            "The water rose late this year and so did the blossoms.", "The craft has been in the village for more than a hundred years.",
            "Coloured paper is left in the sun for a day so that it will not crease.", "In the afternoon the wind picks up and the dyke fills with kites.",
            "The coach runs three times a day and tickets are sold at the station.", "The dumplings are served with a thin sauce and fried shallots.",
            "The library has just received two hundred new titles.", "Because of light rain the contest was moved to the next evening.",
            "An old joiner tells the age of a tree from its grain.", "The old roof was laid again with curved tiles.",
        ],
        Comments = ["Lovely, thank you.", "Could you say more about this part?", "Saved for later.", "How far is it from the station?", "I liked the last one better.", "Waiting for the next part."],
        RemovedTalk = ["This video has been removed.", "Why does it say the content is not available?", "Your last post was deleted.", "Page not found for me, does anybody have the old link?"],
        People = ["Robin", "Casey", "Jordan", "Alex", "Sam", "Morgan", "Taylor", "Quinn"],
        Related = ["Market days this month", "Looking after bamboo", "Ten dishes for rainy days", "Pictures of the week", "Mat weaving", "Mountain roads"],
        Navigation = ["Home", "Latest", "About"],
        Report = "Report",
        Delete = "Delete post",
        Logout = "Log out",
        SearchByPicture = "Search by image",
        Comment = "Comments",
        RelatedHead = "More like this",
        Views = "views",
        Footer = "A sample network that does not exist.",
        MissingTitle = "Page not found",
        Missing = "There is nothing at this address.",
        SoftMissingTitle = "Not found",
        SoftMissing = "Sorry, the content you are looking for does not exist. Please go back to the start page.",
        LoginTitle = "Log in",
        Login = "You must log in to continue.",
        Account = "User name or mail",
        Password = "Password",
        OutageTitle = "Down for maintenance",
        Outage = "The service is temporarily unavailable. Please come back later.",
        RestrictedTitle = "Content restricted",
        Restricted = "This content is not available in your country (Vietnam) because of a local legal request.",
    };

    /// <summary>With {0} for the watch word and {1} for a number.</summary>
    public required IReadOnlyList<string> Title { get; init; }

    public required IReadOnlyList<string> Mention { get; init; }

    public required IReadOnlyList<string> HarmlessTitle { get; init; }

    public required IReadOnlyList<string> HarmlessMention { get; init; }

    public required IReadOnlyList<string> Sentences { get; init; }

    public required IReadOnlyList<string> Comments { get; init; }

    public required IReadOnlyList<string> RemovedTalk { get; init; }

    public required IReadOnlyList<string> People { get; init; }

    public required IReadOnlyList<string> Related { get; init; }

    public required IReadOnlyList<string> Navigation { get; init; }

    public required string Report { get; init; }

    public required string Delete { get; init; }

    public required string Logout { get; init; }

    public required string SearchByPicture { get; init; }

    public required string Comment { get; init; }

    public required string RelatedHead { get; init; }

    public required string Views { get; init; }

    public required string Footer { get; init; }

    public required string MissingTitle { get; init; }

    public required string Missing { get; init; }

    public required string SoftMissingTitle { get; init; }

    public required string SoftMissing { get; init; }

    public required string LoginTitle { get; init; }

    public required string Login { get; init; }

    public required string Account { get; init; }

    public required string Password { get; init; }

    public required string OutageTitle { get; init; }

    public required string Outage { get; init; }

    public required string RestrictedTitle { get; init; }

    public required string Restricted { get; init; }

    public static SampleWords In(string language) => language == "vi" ? Vietnamese : English;
}
