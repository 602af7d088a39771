namespace Monitor.Worker.Scoring.Samples;

/// <summary>The lists behind the "{name}" of sample lines. Everything is made up: numbers with too many zeros, hosts under .example.</summary>
internal static class SampleWords
{
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Lists { get; } = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal)
    {
        ["đlx"] = ["đèn lồng xanh", "đèn lồng xanh", "đèn lồng xanh", "lồng đèn xanh", "đlx", "đèn xanh", "lồng xanh", "hàng xanh"],
        ["lantern"] = ["green lanterns", "green lanterns", "the green ones", "lantern sets", "GL sets", "green lights"],
        ["giá"] = ["150k", "200k một bộ", "500 nghìn", "1tr2", "giá mềm", "giá thương lượng", "300.000 đồng", "99k"],
        ["price"] = ["20 bucks", "$35", "50 usd a set", "half price", "cheap", "15 each"],
        ["sđt"] = ["0900 000 012", "0911.000.034", "0933-000-056", "0977000078", "+84 90 000 0091"],
        ["tk"] = ["@den_long_00", "@xanh.kho", "@nguoi_giu_den", "@hang_dem", "@long_xanh_7", "@tiem_nho"],
        ["app"] = ["zalo", "telegram", "tele", "viber", "messenger", "signal"],
        ["link"] = ["t.example/den7", "rutgon.example/x9", "kho-anh.example/a/81", "https://chia-se.example/f/2210", "lk.example/zz4"],
        ["web"] = ["https://bao-tinh.example/tin/5521", "https://truong-mau.example/thong-bao", "www.bep-nha.example", "https://dien-dan.example/t/812"],
        ["tỉnh"] = ["Hà Nội", "Đà Nẵng", "Cần Thơ", "Huế", "Nha Trang", "Hải Phòng", "Đà Lạt", "Vinh", "Quy Nhơn"],
        ["ngày"] = ["hôm nay", "tối qua", "cuối tuần này", "thứ bảy", "sáng mai", "ngày 15", "đầu tháng", "rằm này"],
        ["số"] = ["2", "3", "5", "7", "10", "12", "20", "36", "48"],
        ["tên"] = ["chị Mai", "anh Tuấn", "cô Lan", "bác Hùng", "thầy Nam", "em Vy", "chú Bảo", "bạn Khoa"],
        ["nick"] = ["user8812", "meo_den", "gio_bien", "hoa_cai", "tre_xanh", "ngoc_96", "sao_mai"],
        ["time"] = ["tonight", "this weekend", "tomorrow", "by friday", "next week", "right now"],
        ["city"] = ["Hanoi", "Hue", "Hoi An", "Saigon", "Da Nang", "Can Tho"],
        ["nl"] = ["thịt bò", "đậu phụ", "cá lóc", "gà ta", "nấm rơm", "tôm khô", "rau muống", "cà tím"],
        ["gv"] = ["hành lá", "nước mắm", "tiêu xay", "gừng", "sả băm", "tỏi phi", "lá chanh"],
        ["đội"] = ["đội áo đỏ", "đội chủ nhà", "đội khách", "tuyển trẻ", "câu lạc bộ Sông Hương", "đội Tre Việt"],
        ["máy"] = ["điện thoại cũ", "máy tính xách tay", "xe đạp", "xe máy số", "tủ lạnh nhỏ", "bàn học", "quạt điện"],
        ["môn"] = ["toán", "ngữ văn", "tiếng Anh", "lịch sử", "vật lý", "tin học"],
        ["mật"] = ["mật khẩu như cũ", "pass là ngày rằm", "pass gửi riêng", "mã vào hỏi trong nhóm", "pass ai quen thì biết"],
    };

    /// <summary>Said everywhere, by anybody.</summary>
    public static IReadOnlyList<string> SmallTalk { get; } =
    [
        "Cảm ơn mọi người đã đọc.", "Chào cả nhà.", "Mọi người cho ý kiến nhé.", "Chúc cả nhà một ngày vui.", "Ai biết thì chỉ giúp với ạ.", "Mình mới tham gia, có gì sai mong bỏ qua.",
        "Bài này mình viết vội trên điện thoại.", "Hôm nay trời mưa to quá.", "Cập nhật {ngày}.", "Nhà mình ở {tỉnh}.", "Thấy hay thì chia sẻ giúp mình.", "Xem thêm ở {web}.", "Có gì gọi {sđt}.", "Bạn nào cần thì nhắn {app}.",
    ];

    public static IReadOnlyList<string> EnglishSmallTalk { get; } =
    [
        "Thanks for reading.", "Hi all.", "First post here, be gentle.", "Have a nice day everyone.", "Posted from my phone.", "Any advice is welcome.", "Updated {time}.", "See {web} for more.", "Greetings from {city}.", "Text me on {app} if anything is unclear.",
    ];
}
