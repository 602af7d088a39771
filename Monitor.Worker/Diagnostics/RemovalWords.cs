using System.Text.RegularExpressions;
using Monitor.Rules.Removal;
using Monitor.Worker.Ports;

namespace Monitor.Worker.Diagnostics;

/// <summary>Verdicts, their reasons and their signals in the reader's language; JSON keeps the codes and the English details.</summary>
internal static partial class RemovalWords
{
    public static string Word(this ISpeaker context, LivenessVerdict verdict) => $"{context.Word(verdict.Liveness)} ({context.Word(verdict.Reason)})";

    public static string Word(this ISpeaker context, Liveness liveness) => liveness switch
    {
        Liveness.Live => context.Say("còn tồn tại", "live"),
        Liveness.Partial => context.Say("gỡ một phần", "partial"),
        Liveness.Restricted => context.Say("bị hạn chế theo nơi truy cập", "restricted"),
        Liveness.Gone => context.Say("không còn", "gone"),
        Liveness.ProbablyGone => context.Say("có lẽ không còn", "probably gone"),
        Liveness.Inconclusive => context.Say("chưa kết luận được", "inconclusive"),
    };

    public static string Word(this ISpeaker context, PageSight sight) => sight switch
    {
        PageSight.Judged => context.Say("trang được phân loại lại", "pages judged anew"),
        PageSight.Person => context.Say("do người xem, giữ nguyên", "people's looks, kept"),
        PageSight.NoAnswer => context.Say("không có trang trả lời, giữ nguyên", "no page answered, kept"),
        PageSight.Rendered => context.Say("xem qua trình duyệt, giữ nguyên", "shown by a browser, kept"),
        PageSight.NotKept => context.Say("không còn bản niêm phong, giữ nguyên", "no longer sealed, kept"),
        PageSight.ControlNotKept => context.Say("không còn trang đối chứng, giữ nguyên", "control not at hand, kept"),
    };

    public static string Word(this ISpeaker context, LivenessReason reason) => context.Language == Language.English ? reason.Name() : reason switch
    {
        LivenessReason.Alive => "nội dung còn đó",
        LivenessReason.AliveWith404Words => "nội dung còn đó, dù có chữ như thông báo gỡ",
        LivenessReason.MediaStillServed => "tệp ảnh, video vẫn tải được",
        LivenessReason.MediaOnly => "trang mất nhưng tệp vẫn tải được",
        LivenessReason.Gone410 => "máy chủ trả 410",
        LivenessReason.NotFound404 => "máy chủ trả 404",
        LivenessReason.Soft404 => "trang báo không tìm thấy",
        LivenessReason.Tombstone => "trang báo đã gỡ",
        LivenessReason.Legal451 => "gỡ với mọi người vì lý do pháp lý",
        LivenessReason.AccountSuspended => "tài khoản hoặc trang bị khóa",
        LivenessReason.RedirectHome => "bị chuyển về trang chủ",
        LivenessReason.Parked => "tên miền bị bỏ hoặc rao bán",
        LivenessReason.DnsNxdomain => "tên miền không còn",
        LivenessReason.ServerError => "lỗi máy chủ",
        LivenessReason.RateLimited => "bị giới hạn tần suất",
        LivenessReason.BotWall => "bị chặn như máy tự động",
        LivenessReason.LoginWall => "đòi đăng nhập",
        LivenessReason.AgeGate => "đòi xác nhận tuổi",
        LivenessReason.GeoBlocked => "bị chặn theo nơi truy cập",
        LivenessReason.Private => "chỉ một số người xem được",
        LivenessReason.Captcha => "đòi xác minh là người",
        LivenessReason.Maintenance => "đang bảo trì",
        LivenessReason.Timeout => "quá thời gian chờ",
        LivenessReason.TransportError => "lỗi đường truyền",
        LivenessReason.Forbidden => "bị từ chối",
        LivenessReason.OperatorPage => "bên khác trả lời thay",
        LivenessReason.JavaScriptShell => "trang chỉ có mã kịch bản",
        LivenessReason.MediaChanged => "địa chỉ cũ nay là tệp khác",
        LivenessReason.NotWatchedByUs => "chưa được truy cập",
        LivenessReason.Unreadable => "không đủ rõ để kết luận",
        LivenessReason.HumanSawGone => "người xem thấy đã gỡ",
        LivenessReason.HumanSawLive => "người xem thấy còn",
    };

    /// <summary>"status: 404" in the reader's words. Observations keep details in English: what is measured in them is carried over.</summary>
    public static string Word(this ISpeaker context, Signal signal)
    {
        if (context.Language == Language.English)
        {
            return $"{signal.Name}: {signal.Detail}";
        }

        var numbers = Number().Matches(signal.Detail).Select(static match => match.Value).ToArray();
        string At(int index) => index < numbers.Length ? numbers[index] : "?";
        return signal.Name switch
        {
            "status" => $"mã trả lời {signal.Detail}",
            "main" => $"phần chính: {At(0)} từ thông báo, {At(1)} từ nội dung",
            "control" => $"giống {At(0)} một địa chỉ bịa trên cùng máy chủ",
            "baseline-found" => $"còn {At(0)} văn bản đã chụp",
            "name-gone" or "name-not-settled" => $"{At(0)}/{At(1)} máy phân giải cùng báo không có tên, {At(2)} lần trong {At(3)} giờ",
            "rendered" => $"xét theo hình trình duyệt hiện: hỏi {At(0)} phần, từ chối {At(1)}",
            "notice-kinds" or "states" => $"{(signal.Name == "states" ? "dữ liệu của trang" : "thông báo")}: {string.Join(", ", signal.Detail.Split(", ").Select(static kind => Kinds.GetValueOrDefault(kind, kind)))}",
            "final-url" => $"địa chỉ cuối: {Relations.GetValueOrDefault(signal.Detail, signal.Detail)}",
            "transport" => $"đường truyền: {Transports.GetValueOrDefault(signal.Detail, signal.Detail)}",
            "human-look" => $"người xem: {signal.Detail}",
            "challenge-header" => $"máy chủ đòi kiểm tra: {signal.Detail}",
            "own-title" => signal.Detail.StartsWith("names", StringComparison.Ordinal) ? "tiêu đề nêu đúng mục được hỏi" : "trang có tiêu đề riêng",
            "wall" or "wall-under-404" => $"bị chặn trước nội dung: {Walls.GetValueOrDefault(signal.Detail, signal.Detail)}",
            "would-be" or "render-gaps" or "not-rendered" => $"{Details[signal.Name]}: {signal.Detail}",
            _ => Details.GetValueOrDefault(signal.Name, $"{signal.Name}: {signal.Detail}"),
        };
    }

    /// <summary>Every name of a signal that the classifier gives.</summary>
    internal static IReadOnlyCollection<string> Named => [.. Details.Keys, "status", "main", "control", "baseline-found", "name-gone", "name-not-settled", "rendered", "notice-kinds", "states", "final-url", "transport", "human-look", "challenge-header", "own-title", "wall", "wall-under-404"];

    [GeneratedRegex(@"\d+(?:[.,]\d+)?(?:\s?%)?", RegexOptions.NonBacktracking)]
    private static partial Regex Number();

    private static readonly Dictionary<string, string> Details = new(StringComparer.Ordinal)
    {
        ["api-account-missing"] = "API nói không có tài khoản đó",
        ["api-answer"] = "câu trả lời của API, không phải của trang",
        ["api-content"] = "API vẫn đưa ra nội dung",
        ["api-empty"] = "câu trả lời của API không có nội dung",
        ["baseline-absent"] = "không thấy lại văn bản đã chụp",
        ["blank"] = "trang trống",
        ["consent"] = "dừng ở trang xin đồng ý",
        ["content"] = "nội dung chính còn đó",
        ["content-under-404"] = "mã nói không có, trang lại hiện nội dung",
        ["control-same"] = "giống mọi địa chỉ bịa trên máy chủ này",
        ["control-same-unsettled"] = "mọi địa chỉ trên máy chủ này đều trông như vậy",
        ["declared"] = "máy chủ nêu tên nội dung trong tiêu đề và dữ liệu",
        ["declares-item"] = "dữ liệu của trang nêu tên một nội dung",
        ["either-or"] = "trang để ngỏ khả năng nội dung vẫn còn",
        ["fault-notice"] = "trang báo có lỗi",
        ["firewall-number"] = "tường lửa đánh số lần từ chối",
        ["foreign-brand"] = "trang của một bên khác trả lời thay",
        ["geo-words"] = "trang nói đến nơi truy cập hoặc việc bị chặn",
        ["gone-notice"] = "phần chính là thông báo nội dung không còn",
        ["human-check"] = "dừng ở bước xác minh là người",
        ["illegible"] = "các byte không phải văn bản",
        ["legal-for-all"] = "trang nói đã gỡ với mọi người",
        ["login"] = "dừng ở trang đăng nhập",
        ["maintenance"] = "trang nói sẽ trở lại",
        ["maintenance-under-404"] = "trang nói sẽ trở lại",
        ["marked-missing"] = "mã trang tự gọi là trang không tìm thấy",
        ["media-body"] = "câu trả lời là một tệp ảnh, âm thanh hoặc video",
        ["mirror"] = "trang đưa nội dung từ nơi khác",
        ["moved"] = "trang nói nay ở địa chỉ khác",
        ["no-answer"] = "không có mã trả lời",
        ["no-outline"] = "không đọc được như một trang",
        ["not-pointed"] = "không thông báo nào nói về trang hay nội dung này",
        ["not-rendered"] = "trình duyệt không hiện được trang",
        ["other-host"] = "máy chủ khác trả lời và không nêu tên nội dung",
        ["other-path"] = "địa chỉ khác của trang trả lời và không nêu tên nội dung",
        ["parking"] = "tên miền bị bỏ hoặc rao bán",
        ["parking-host"] = "dẫn tới nơi buôn tên miền",
        ["password-field"] = "có ô mật khẩu và hầu như không gì khác",
        ["pictures-beside"] = "có ảnh bên cạnh thông báo",
        ["redirect-error"] = "dẫn tới trang báo lỗi",
        ["redirect-home"] = "dẫn về trang chủ",
        ["redirect-not-followed"] = "chuyển hướng không tới đâu",
        ["render-gaps"] = "trình duyệt không có đủ các phần",
        ["search-page"] = "tìm kiếm không ra không nói gì về nội dung",
        ["session-expired"] = "hết hạn là phiên truy cập, không phải nội dung",
        ["shell"] = "chỉ có mã kịch bản, phải dùng trình duyệt mới biết",
        ["state-code"] = "dữ liệu của trang ghi mã 404",
        ["status-451"] = "bị giữ lại theo luật, không nói là ở mọi nơi",
        ["status-contradicts"] = "văn bản đã chụp vẫn được đưa ra dưới mã lỗi",
        ["status-gone"] = "máy chủ nói không có",
        ["suspended-notice"] = "phần chính là thông báo khóa",
        ["too-little"] = "quá ít chữ để phân biệt thông báo với nội dung",
        ["truncated"] = "dài hơn phần được đọc: phần còn lại chưa biết",
        ["unlike-baseline"] = "lúc chụp dùng trình duyệt, lần này thì không",
        ["would-be"] = "nếu chỉ xét trang thì là",
    };

    private static readonly Dictionary<string, string> Kinds = new(StringComparer.Ordinal)
    {
        ["Missing"] = "không tìm thấy",
        ["Removed"] = "đã gỡ",
        ["Numeral"] = "số 404/410",
        ["Gone"] = "không còn",
        ["Suspended"] = "bị khóa",
        ["Private"] = "chỉ một số người xem",
        ["Login"] = "đăng nhập",
        ["Age"] = "tuổi",
        ["Geo"] = "nơi truy cập",
        ["Captcha"] = "xác minh là người",
        ["Bot"] = "chặn máy",
        ["RateLimit"] = "giới hạn tần suất",
        ["Maintenance"] = "bảo trì",
        ["Parked"] = "tên miền bỏ không",
        ["Legal"] = "pháp lý",
        ["ServerFault"] = "lỗi",
        ["Walls"] = "bị chặn",
    };

    private static readonly Dictionary<string, string> Relations = new(StringComparer.Ordinal)
    {
        ["OtherPath"] = "đường dẫn khác",
        ["Home"] = "trang chủ",
        ["Login"] = "đăng nhập",
        ["Consent"] = "xin đồng ý",
        ["ErrorPage"] = "trang báo lỗi",
        ["OtherHost"] = "máy chủ khác",
        ["Challenge"] = "xác minh là người",
        ["Parking"] = "nơi buôn tên miền",
    };

    private static readonly Dictionary<string, string> Transports = new(StringComparer.Ordinal)
    {
        ["Timeout"] = "quá thời gian chờ",
        ["ConnectionRefused"] = "kết nối bị từ chối",
        ["ConnectionReset"] = "kết nối bị ngắt",
        ["TlsFailure"] = "lỗi TLS",
        ["DnsNxdomain"] = "không có tên miền",
        ["DnsServfail"] = "không phân giải được tên miền",
        ["ProtocolError"] = "trả lời sai giao thức",
        ["RedirectLoop"] = "chuyển hướng vòng quanh",
        ["UnsafeAddress"] = "địa chỉ không an toàn",
        ["NotFetched"] = "chưa được truy cập",
    };

    private static readonly Dictionary<string, string> Walls = new(StringComparer.Ordinal)
    {
        ["private"] = "chỉ một số người xem được",
        ["captcha"] = "xác minh là người",
        ["rate-limited"] = "giới hạn tần suất",
        ["bot-wall"] = "chặn máy tự động",
        ["age-gate"] = "xác nhận tuổi",
        ["login-wall"] = "đăng nhập",
    };
}
