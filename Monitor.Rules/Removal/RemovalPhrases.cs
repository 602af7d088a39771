using System.Globalization;
using System.Text;

namespace Monitor.Rules.Removal;

/// <summary>What a page says of itself, as far as words can tell. A phrase is a hint, never a verdict: where it stands decides.</summary>
public enum PhraseKind
{
    Gone,

    /// <summary>"deleted or private", "bị xoá hoặc bạn không có quyền": leaves open that it is alive.</summary>
    EitherOr,
    Private,
    Suspended,
    Login,
    Age,
    Geo,
    Captcha,
    Bot,
    RateLimit,
    Maintenance,
    Parked,

    /// <summary>Disabled for everyone on legal grounds or at a rights holder's demand.</summary>
    LegalForAll,
}

/// <summary>Vietnamese and English wordings by kind, compared on folded text (lower case, diacritics kept in NFC, white space collapsed).</summary>
public static class RemovalPhrases
{
    private static readonly (PhraseKind Kind, string[] Phrases)[] Table =
    [
        (PhraseKind.EitherOr,
        [
            "or is private", "or private", "or has been made private", "may have been removed or", "might have been removed or",
            "may be broken, or the page may have been removed", "deleted or", "removed or made private", "expired or been deleted or you",
            "only visible to", "chỉ chia sẻ nội dung này với một nhóm", "hoặc bạn không có quyền", "hoặc riêng tư", "hoặc đã bị xóa", "hoặc đã bị xoá",
            "thay đổi người được xem", "changed who can see it", "hoặc không công khai", "hoặc bị giới hạn quyền",
        ]),
        (PhraseKind.LegalForAll,
        [
            "due to a copyright claim", "copyright claim by", "copyright infringement", "dmca", "in response to a legal request from", "court order",
            "removed following a legal", "vi phạm bản quyền", "theo quyết định của tòa", "theo yêu cầu của cơ quan chức năng", "theo yêu cầu của cơ quan có thẩm quyền",
            "unavailable for legal reasons worldwide", "disabled for all users",
        ]),
        (PhraseKind.Geo,
        [
            "in your country", "in your region", "in your location", "your country or region", "from your location", "not available where you are", "geo-restricted", "geo restricted",
            "in your area", "your territory", "at your location", "ở quốc gia của bạn", "tại quốc gia của bạn", "ở khu vực của bạn", "tại khu vực của bạn", "ở nước bạn",
            "khu vực của bạn", "quốc gia của bạn", "vị trí của bạn", "lãnh thổ của bạn",
        ]),
        (PhraseKind.Suspended,
        [
            "account suspended", "account has been suspended", "account is suspended", "account has been terminated", "account has been disabled", "user has been banned",
            "account has been banned", "channel has been terminated", "this account doesn't exist", "this account doesn’t exist", "this site has been suspended", "website suspended", "hosting account suspended",
            "tài khoản đã bị khóa", "tài khoản đã bị khoá", "tài khoản bị khóa", "tài khoản đã bị đình chỉ", "tài khoản này đã bị", "tài khoản bị vô hiệu hóa", "trang web đã bị tạm ngưng",
        ]),
        (PhraseKind.Private,
        [
            "this account is private", "video is private", "private video", "this post is private", "members only", "subscribers only", "private profile", "this content is private", "broadcast rights expired",
            "tài khoản riêng tư", "tài khoản này là riêng tư", "video riêng tư", "nội dung riêng tư", "chế độ riêng tư", "chỉ thành viên", "chỉ dành cho thành viên",
        ]),
        (PhraseKind.Age,
        [
            "age-restricted", "age restricted", "confirm your age", "verify your age", "you must be 18", "are you over 18", "over 18", "mature content",
            "xác nhận tuổi", "xác minh độ tuổi", "giới hạn độ tuổi", "đủ 18 tuổi", "trên 18 tuổi",
        ]),
        (PhraseKind.Captcha,
        [
            "captcha", "i'm not a robot", "i am not a robot", "prove you are human", "verify you are human", "verify that you are human", "are you a robot", "tôi không phải là người máy",
            "tôi không phải người máy", "xác minh bạn là con người", "xác minh bạn không phải", "mã xác nhận bên dưới",
        ]),
        (PhraseKind.Bot,
        [
            "checking your browser", "just a moment", "unusual traffic", "automated requests", "suspicious activity", "attention required", "access denied", "request blocked", "you have been blocked",
            "enable javascript and cookies to continue", "bot detection", "kiểm tra trình duyệt", "lưu lượng truy cập bất thường", "truy cập bị từ chối", "bạn đã bị chặn", "ddos protection",
        ]),
        (PhraseKind.RateLimit,
        [
            "too many requests", "rate limit", "slow down", "quá nhiều yêu cầu", "thao tác quá nhanh", "truy cập quá nhanh",
        ]),
        (PhraseKind.Maintenance,
        [
            "under maintenance", "scheduled maintenance", "down for maintenance", "be right back", "we'll be back", "temporarily unavailable", "service unavailable", "temporarily down", "try again later",
            "đang bảo trì", "bảo trì hệ thống", "tạm ngừng hoạt động", "tạm thời gián đoạn", "vui lòng quay lại sau", "vui lòng thử lại sau", "hệ thống đang được nâng cấp",
        ]),
        (PhraseKind.Parked,
        [
            "domain is for sale", "domain may be for sale", "buy this domain", "this domain is parked", "domain parked", "parked free", "domain name is available for", "domain has expired", "this domain has expired",
            "tên miền này đang được rao bán", "tên miền đang được bán", "tên miền đã hết hạn", "mua tên miền này", "inquire about this domain", "related searches",
        ]),
        (PhraseKind.Login,
        [
            "log in to continue", "login to continue", "sign in to continue", "please log in", "please sign in", "you must log in", "you must be logged in", "log in to view", "sign in to view", "log in to see", "login required",
            "you need to log in", "you need to be logged in", "đăng nhập để tiếp tục", "đăng nhập để xem", "vui lòng đăng nhập", "bạn cần đăng nhập", "bạn phải đăng nhập", "hãy đăng nhập", "yêu cầu đăng nhập",
        ]),
        (PhraseKind.Gone,
        [
            "page not found", "not found", "404", "could not be found", "couldn't be found", "can't be found", "cannot be found", "can’t be found", "couldn’t be found", "we couldn't find", "we couldn’t find", "we can't find", "we can’t find", "doesn't exist", "does not exist", "doesn’t exist", "no longer exists",
            "no longer available", "is not available", "isn't available", "isn’t available", "has been removed", "has been deleted", "was removed", "was deleted", "been taken down", "removed by", "deleted by", "content unavailable", "video unavailable",
            "this video has been", "is unavailable", "post has been", "nothing here", "nothing was found", "page is gone", "has expired", "account doesn't exist", "no such", "nobody with that", "removed for violating",
            "không tìm thấy", "không tồn tại", "không còn tồn tại", "không còn khả dụng", "không khả dụng", "không có sẵn", "đã bị xóa", "đã bị xoá", "đã bị gỡ", "đã được gỡ", "đã xóa", "đã xoá", "đã gỡ", "bị gỡ bỏ", "không còn nữa",
            "đã hết hạn", "không xem được nội dung này", "nội dung này hiện không", "bài viết này hiện không", "trang này không", "bị xóa bởi", "bị xoá bởi", "đã được xóa", "đã bị ẩn",
        ]),
    ];

    /// <summary>Kinds found in <paramref name="folded"/> (see <see cref="Fold"/>), in the order of the table: the more telling first.</summary>
    public static IReadOnlyList<PhraseKind> Find(string folded)
    {
        List<PhraseKind>? found = null;
        foreach (var (kind, phrases) in Table)
        {
            foreach (var phrase in phrases)
            {
                if (Contains(folded, phrase))
                {
                    (found ??= []).Add(kind);
                    break;
                }
            }
        }

        return found ?? (IReadOnlyList<PhraseKind>)[];
    }

    public static string Fold(string text) => text.Normalize(NormalizationForm.FormC).ToLower(CultureInfo.InvariantCulture);

    // Whole words only: "404" must not be found in "14045", "dmca" not in "admcadd".
    private static bool Contains(string text, string phrase)
    {
        for (var at = text.IndexOf(phrase, StringComparison.Ordinal); at >= 0; at = text.IndexOf(phrase, at + 1, StringComparison.Ordinal))
        {
            var end = at + phrase.Length;
            if ((at == 0 || !char.IsLetterOrDigit(text[at - 1])) && (end == text.Length || !char.IsLetterOrDigit(text[end])))
            {
                return true;
            }
        }

        return false;
    }
}
