using Monitor.Rules.Text;

namespace Monitor.Tests.Text;

/// <summary>Harmless keywords in harmless sentences, written in every way; and sentences that hold their letters but not them.</summary>
internal static class EvasionCases
{
    public static readonly string[] Keywords =
    [
        "đèn lồng", "đèn lồng xanh", "bánh cuốn", "cà phê sữa", "thuyền giấy", "lạc đà", "hướng dương", "trâu vàng", "quạt điện", "chong chóng",
        "diều sáo", "khăn quàng đỏ", "gốm sứ", "phở cuốn", "vườn nhãn", "mặt nạ", "con quay", "nhẫn cỏ", "cây bàng", "giỏ tre", "sáo trúc", "ốc bươu", "kẹo dừa", "xích lô",
    ];

    private static readonly string[] Sentences =
    [
        "Hôm qua mẹ tôi mua {0} ở chợ gần nhà", "Ai có {0} thì nhắn cho mình với", "{0} ở đây đẹp thật", "Nhà bà ngoại vẫn còn {0}", "Cửa hàng này bán {0} giá rẻ, mọi người ghé xem nhé",
    ];

    private static readonly string[] BareSentences = ["hom qua me toi mua {0} o cho gan nha", "ai biet cho nao co {0} dep chi voi", "{0} o day re lam"];

    /// <summary>(technique, keyword, text) in which the keyword stands.</summary>
    public static IEnumerable<(string Technique, string Keyword, string Text)> Positive()
    {
        var random = new Random(41);
        for (int k = 0; k < Keywords.Length; k++)
        {
            string keyword = Keywords[k];
            foreach ((string name, Func<string, Random, string> write) in Evasions.All)
            {
                string written = write(keyword, random);
                string[] sentences = name.StartsWith("bare", StringComparison.Ordinal) || name is "leet" ? BareSentences : Sentences;
                yield return (name, keyword, string.Format(null, sentences[(k + name.Length) % sentences.Length], written));
                if (name is "bare" or "telex" or "vni")
                    yield return (name + "-in-marked", keyword, string.Format(null, Sentences[k % Sentences.Length], written));
            }

            foreach ((string name, Func<string, string?> write) in Evasions.Whole)
            {
                if (write(string.Format(null, Sentences[k % 4], keyword)) is { } text)
                    yield return (name, keyword, text);
            }

            // Two techniques at once.
            (string First, string Second)[] pairs = [("upper", "zero-width"), ("nfd", "dots"), ("cyrillic-mixed", "joined"), ("repeated", "upper"), ("joined", "overlay-strike"), ("between-dots", "fullwidth"), ("telex", "between-hyphen"), ("teen-k", "upper"), ("bare", "dots"), ("bare", "cyrillic-mixed"), ("bare", "zero-width"), ("bare", "between-hyphen"), ("vni", "upper"), ("bare", "joined")];
            foreach ((string first, string second) in pairs)
            {
                string written = Write(second, Write(first, keyword, random), random);
                yield return (first + "+" + second, keyword, string.Format(null, first == "bare" ? BareSentences[k % 3] : Sentences[k % Sentences.Length], written));
            }
        }
    }

    private static string Write(string name, string word, Random random) => Array.Find(Evasions.All, one => one.Name == name).Write(word, random);

    /// <summary>(keyword, text) in which it does not stand, however much it looks so.</summary>
    public static readonly (string Keyword, string Text)[] Negative =
    [
        // Other diacritics, other words.
        ("đèn lồng", "Đến lòng tôi còn thấy vui"), ("đèn lồng", "Đền Lống nằm trên đồi"), ("đèn lồng", "nước đen lòng sông"), ("bánh cuốn", "Bánh cuộn lá dứa"), ("bánh cuốn", "Bảnh cuốn hút mọi người"), ("cây bàng", "Cấy bằng tay"), ("cây bàng", "Cây bằng lăng nở tím"),
        ("mặt nạ", "Mắt na mở là chín"), ("mặt nạ", "Mất nà rồi"), ("con quay", "Còn quầy nào mở không"), ("giỏ tre", "Gió trẻ trung thổi qua"), ("giỏ tre", "giờ trẻ em nghỉ hè"), ("giỏ tre", "gió trên đồi"), ("sáo trúc", "Sao trực ban lâu thế"), ("ốc bươu", "Óc bướu thì phải mổ"),
        ("kẹo dừa", "Kéo dưa lên xe"), ("kẹo dừa", "kéo đứa bé dậy"), ("xích lô", "xịch lỡ chuyến"), ("xích lô", "Xích lò xo vào"), ("diều sáo", "Điều sao cũng được"), ("diều sáo", "Diễu sáo rỗng"), ("quạt điện", "Quát diễn viên"), ("lạc đà", "Lắc đá vào ly"), ("lạc đà", "Lác đa phần là cỏ"),
        ("lạc đà", "lúc đã muộn"), ("trâu vàng", "Trầu vắng vườn"), ("gốm sứ", "Gồm sư thầy và chú tiểu"), ("gốm sứ", "gồm sự cố và lỗi"), ("phở cuốn", "Phố cuốn theo bụi"), ("vườn nhãn", "Vươn nhạn bay"), ("nhẫn cỏ", "Nhân có việc ra phố"), ("nhẫn cỏ", "Nhận cờ thi đua"), ("thuyền giấy", "Thuyên giảy nảy lên"),
        ("cà phê sữa", "Cá phế sửa lại"), ("chong chóng", "Chồng chống gậy"), ("chong chóng", "chóng chóng lên nào"), ("hướng dương", "Hương dưỡng da"), ("hướng dương", "hưởng đường phố"),
        // Across the border of sentences.
        ("cây bàng", "Nhà có nhiều cây. Bàng hoàng nhìn lại"), ("đèn lồng", "Tắt đèn. Lồng chim để ngoài hiên"), ("mặt nạ", "Rửa mặt! Nạ dòng là từ cổ"), ("con quay", "Gọi các con. Quay về ngay"), ("trâu vàng", "Chăn trâu. Vàng ươm cánh đồng"), ("con quay", "Về đi con, quay lại kẻo muộn"), ("lạc đà", "Ăn lạc? Đà Lạt thì xa"),
        ("cây bàng", "trong nha nhieu cay. bang gia o cua"), ("đèn lồng", "tat den, long ga de ngoai"), ("con quay", "Bà gọi con\n\nQuay sang bên trái"),
        // Parts of longer words.
        ("lạc đà", "Liên lạc đàng hoàng"), ("cây bàng", "bắt tay cây bàngg1"), ("gốm sứ", "gốm sứng"), ("con quay", "cocon quay"), ("mặt nạ", "mặt nạm bạc"), ("mặt nạ", "mat nam"), ("xích lô", "xich long vao"), ("lạc đà", "lac dau"), ("giỏ tre", "gio trem"), ("con quay", "acon quays"), ("kẹo dừa", "Kẹo dừaa1"),
        ("đèn lồng", "đèn lồng2"), ("đèn lồng", "1đèn lồng"), ("bánh cuốn", "xbanh cuon"),
        // Without diacritics, in words of their own.
        ("lạc đà", "lien lac da lau khong thay"), ("mặt nạ", "doi mat na nho"), ("giỏ tre", "bay gio tre em di hoc"), ("cây bàng", "trong cay bang tay"), ("nhẫn cỏ", "chu nhan co nha khong"), ("gốm sứ", "bao gom su co mat dien"), ("xích lô", "xe dap long xich lo tay"),
        // English, code, addresses.
        ("đèn lồng", "The den long forgotten by everyone"), ("con quay", "var conQuay = GetQuay(con);"), ("giỏ tre", "GIO_TREE = 4"), ("mặt nạ", "format name of the mat named X"), ("cá mè", "the camera came here"), ("má đẻ", "It was made in the factory and made by hand"), ("sơ ri", "I am sorry about that"), ("bò né", "a bone of the dog"), ("há cảo", "has the cacao been sold"),
        ("bả", "a bar in the city"), ("mắm", "the mams and dads"), ("tép", "a step to the left"), ("lạc đà", "https://example.vn/la/cda/index.html"), ("mặt nạ", "SELECT format, na FROM t"), ("ổi", "https://oi.example/oi"), ("nem rán", "the enemy ran away"), ("cá thu", "call cathu() now"),
        // Numbers.
        ("mặt nạ", "mat 4 na 7"), ("lạc đà", "l4c 12 da"),
        // Masks that say something else.
        ("đèn lồng", "đ. xanh"), ("đèn lồng", "đi. lồng chim"), ("con quay", "c. cuối"), ("bánh cuốn", "b*nh"), ("mặt nạ", "m.a"),
        // Foreign scripts.
        ("mama", "мама мыла раму"), ("oxa", "σοφία και"),
    ];
}
