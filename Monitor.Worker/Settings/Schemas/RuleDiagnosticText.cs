using System.Collections.Frozen;
using System.Globalization;
using Monitor.Rules.RuleSets;
using Monitor.Worker.Settings.Problems;

namespace Monitor.Worker.Settings.Schemas;

/// <summary>What the rules say of themselves, in Vietnamese beside their own English. A test finds codes without a sentence.</summary>
internal static class RuleDiagnosticText
{
    private static readonly FrozenDictionary<string, (string Message, string Hint)> Table = new Dictionary<string, (string, string)>(StringComparer.Ordinal)
    {
        [RuleDiagnosticCodes.DuplicateSet] = ("tên bộ quy tắc '{0}' đã được dùng", "đổi tên một trong hai, hoặc chỉ giữ bản mới nhất"),
        [RuleDiagnosticCodes.DuplicateId] = ("mã quy tắc '{0}' đã được dùng", "mỗi quy tắc một mã riêng; kết quả dẫn mã này nhiều năm sau"),
        [RuleDiagnosticCodes.BadId] = ("mã quy tắc '{0}' sai dạng", "dùng UUID, hoặc chữ thường không dấu, chữ số, gạch nối"),
        [RuleDiagnosticCodes.TooLarge] = ("điều kiện quá lớn (quá nhiều tầng, điều kiện hoặc từ khoá)", "tách thành nhiều quy tắc"),
        [RuleDiagnosticCodes.EmptyCondition] = ("điều kiện không nêu gì để tìm", "thêm nội dung hoặc xoá đi"),
        [RuleDiagnosticCodes.EmptyKeyword] = ("từ khoá trống", "xoá từ khoá này"),
        [RuleDiagnosticCodes.KeywordTooLong] = ("từ khoá dài {0} ký tự, nhiều nhất {1}", "dùng một phần đặc trưng của nó"),
        [RuleDiagnosticCodes.PatternTooLong] = ("mẫu quá dài", "tách mẫu, hoặc liệt kê thành từ khoá"),
        [RuleDiagnosticCodes.PatternInvalid] = ("mẫu (biểu thức chính quy) sai: {0}", "viết lại mẫu; dấu câu cần dấu \\ đứng trước"),
        [RuleDiagnosticCodes.PatternNotLinear] = ("mẫu dùng cấu trúc không chạy được trong thời gian tuyến tính (nhìn trước/sau, tham chiếu ngược, nhóm nguyên tử, lặp quá nhiều)", "viết lại không dùng chúng, hoặc dùng 'all' và 'not' với từ khoá"),
        [RuleDiagnosticCodes.PatternMatchesEmpty] = ("mẫu khớp cả văn bản trống, nên sẽ khớp mọi nơi", "để ít nhất một phần của mẫu là bắt buộc"),
        [RuleDiagnosticCodes.BadCount] = ("ở đây không thể là {0}: từ {1} đến {2}, số nhỏ đứng trước, và không phải mọi số", "sửa lại số"),
        [RuleDiagnosticCodes.HoldsForEverything] = ("trang không có gì cả cũng thoả điều kiện này", "thêm điều phải có mặt; 'not' và 'at-most' chỉ để thu hẹp"),
        [RuleDiagnosticCodes.TestMissing] = ("quy tắc đang áp dụng cần ít nhất một ví dụ trong '{0}'", "thêm ví dụ, hoặc đặt status: experimental"),
        [RuleDiagnosticCodes.MustMatchFailed] = ("ví dụ trong 'must-match' không khớp", "sửa quy tắc hoặc ví dụ"),
        [RuleDiagnosticCodes.MustNotMatchFailed] = ("ví dụ trong 'must-not-match' lại khớp", "thu hẹp quy tắc hoặc sửa ví dụ"),
        [RuleDiagnosticCodes.TestIncomplete] = ("không xét được ví dụ: quá dài, hoặc thiếu điều quy tắc hỏi đến (url, links, media, hashes, scores)", "rút ngắn, hoặc thêm điều còn thiếu"),
        [RuleDiagnosticCodes.GuidanceMissing] = ("quy tắc đang áp dụng cần một trang hướng dẫn: ý nghĩa, cần kiểm tra gì, dương tính giả", "viết rulesets/guidance/{0}.md, hoặc đặt status: experimental"),
        [RuleDiagnosticCodes.SlowPattern] = ("mẫu không có {0} ký tự cố định liền nhau nên phải thử ở mọi chỗ của mọi trang", "thêm một từ cố định vào mẫu, hoặc đòi thêm từ khoá bên cạnh"),
        [RuleDiagnosticCodes.DuplicateLogic] = ("cùng điều kiện với quy tắc {0} ('{1}')", "giữ một trong hai"),
        [RuleDiagnosticCodes.Unsatisfiable] = ("không trang nào thoả được: các phần loại trừ nhau", "sửa lại, hoặc bỏ quy tắc"),
        [RuleDiagnosticCodes.Shadowed] = ("hễ quy tắc này khớp thì quy tắc {0} ('{1}') cũng khớp, cùng loại và không nhẹ hơn", "bỏ quy tắc này, nâng mức của nó, hoặc thu hẹp quy tắc kia"),
        [RuleDiagnosticCodes.RepeatedKeyword] = ("'{0}' được tìm đúng như '{1}'", "bỏ một trong hai"),
        [RuleDiagnosticCodes.ContainedKeyword] = ("'{0}' không thêm được gì bên cạnh '{1}'", "bỏ nó, hoặc bỏ từ kia nếu quá rộng"),
        [RuleDiagnosticCodes.ShortKeyword] = ("'{0}' ngắn và không dấu: sẽ gặp trong tên riêng, từ nước ngoài, chữ gõ không dấu", "dùng cụm dài hơn, viết có dấu, hoặc đặt trong 'near'"),
        [RuleDiagnosticCodes.GuidanceIncomplete] = ("trang hướng dẫn thiếu mục '{0}'", "thêm '## {0}' và viết nội dung"),
        [RuleDiagnosticCodes.TestsAdvised] = ("quy tắc chưa có ví dụ trong '{0}'; thiếu nó thì chưa áp dụng được", "thêm ví dụ"),
        [RuleDiagnosticCodes.RelatedUnknown] = ("không có quy tắc {0} mà quy tắc này nhắc đến", "sửa mã, hoặc bỏ quan hệ"),
        [RuleDiagnosticCodes.DatesReversed] = ("ngày sửa đứng trước ngày lập", "sửa 'date' hoặc 'modified'"),
        [RuleDiagnosticCodes.DeprecatedWithoutSuccessor] = ("quy tắc đã thôi dùng nhưng không nói cái gì thay nó", "ghi trong 'related'"),
        [RuleDiagnosticCodes.GuidanceWithoutRule] = ("không quy tắc nào dùng trang hướng dẫn này", "đổi tên tệp theo mã quy tắc, hoặc xoá tệp"),
        [RuleDiagnosticCodes.SameIdOtherLogic] = ("điều kiện khác với phiên bản {0} đã lưu mà mã vẫn như cũ", "cấp mã mới, ghi mã cũ trong 'related' (type: derived hoặc obsolete)"),
        [RuleDiagnosticCodes.SameVersionOtherContent] = ("nội dung khác với phiên bản '{0}' đã lưu mà số phiên bản vẫn như cũ", "tăng 'version'"),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static IReadOnlyCollection<string> Codes => Table.Keys;

    // A code newer than the table is still shown, in English.
    public static BilingualText Message(RuleDiagnostic diagnostic) =>
        new(Table.TryGetValue(diagnostic.Code, out var text) ? Fill(text.Message, diagnostic.Arguments) : diagnostic.Message, diagnostic.Message);

    public static BilingualText Hint(RuleDiagnostic diagnostic) =>
        new(Table.TryGetValue(diagnostic.Code, out var text) ? Fill(text.Hint, diagnostic.Arguments) : diagnostic.Hint, diagnostic.Hint);

    private static string Fill(string text, IReadOnlyList<string> arguments) => string.Format(CultureInfo.InvariantCulture, text, [.. arguments.Concat(["", "", ""])]);
}
