using Monitor.Rules.RuleSets;
using Monitor.Worker.Settings.Problems;

namespace Monitor.Worker.Settings.Schemas;

/// <summary>Has the rules judge themselves (compiler, then the texts they carry) and puts each fault where it stands in its file.</summary>
internal static class RuleSetChecks
{
    public static void Report(IReadOnlyList<PlacedRuleSet> sets)
    {
        var bySet = new Dictionary<string, PlacedRuleSet>(StringComparer.Ordinal);
        foreach (PlacedRuleSet placed in sets)
            bySet.TryAdd(placed.Set.Name, placed);
        foreach (RuleDiagnostic diagnostic in Judge([.. bySet.Values.Select(placed => placed.Set)]))
        {
            PlacedRuleSet placed = bySet[diagnostic.RuleSet];
            string of = diagnostic.RuleId is null ? "" : $"{diagnostic.RuleId}: ";
            placed.File.Report(
                placed.Find(diagnostic.RuleId, diagnostic.Subject),
                ProblemCodes.RuleSetFault,
                new(of + Vietnamese(diagnostic), of + InOurSpelling(diagnostic.Message)),
                new(VietnameseHint(diagnostic), diagnostic.Hint));
        }
    }

    private static IReadOnlyList<RuleDiagnostic> Judge(IReadOnlyList<RuleSet> sets)
    {
        switch (RuleCompiler.Compile(sets))
        {
            case RuleCompilation.Compiled compiled:
                return RuleVerifier.Verify(compiled.Rules);
            case RuleCompilation.Rejected rejected:
                // One faulty set must not hide that another one breaks its promises.
                HashSet<string> faulty = [.. rejected.Diagnostics.Select(diagnostic => diagnostic.RuleSet)];
                return [.. rejected.Diagnostics, .. sets.Where(set => !faulty.Contains(set.Name)).SelectMany(set => Judge([set]))];
            default:
                throw new InvalidOperationException("a compilation is either compiled or rejected");
        }
    }

    /// <summary>Keys of our files are kebab-case.</summary>
    private static string InOurSpelling(string message) => message.Replace("mustMatch", "must-match", StringComparison.Ordinal).Replace("mustNotMatch", "must-not-match", StringComparison.Ordinal);

    private static string Vietnamese(RuleDiagnostic diagnostic) => diagnostic.Code switch
    {
        RuleDiagnosticCodes.DuplicateSet => "tên bộ quy tắc đã được dùng",
        RuleDiagnosticCodes.DuplicateId => "mã quy tắc đã được dùng",
        RuleDiagnosticCodes.BadId => "mã quy tắc sai dạng",
        RuleDiagnosticCodes.EmptyRule => "quy tắc không có từ khoá hay mẫu nào",
        RuleDiagnosticCodes.EmptyKeyword => "từ khoá trống",
        RuleDiagnosticCodes.KeywordTooLong => "từ khoá quá dài",
        RuleDiagnosticCodes.PatternTooLong => "mẫu quá dài",
        RuleDiagnosticCodes.PatternInvalid => "mẫu (biểu thức chính quy) sai",
        RuleDiagnosticCodes.PatternNotLinear => "mẫu dùng cấu trúc không chạy được trong thời gian tuyến tính",
        RuleDiagnosticCodes.PatternMatchesEmpty => "mẫu khớp cả văn bản trống",
        RuleDiagnosticCodes.TestMissing => "quy tắc đang bật cần ít nhất một 'must-match' và một 'must-not-match'",
        RuleDiagnosticCodes.MustMatchFailed => "văn bản trong 'must-match' không khớp",
        RuleDiagnosticCodes.MustNotMatchFailed => "văn bản trong 'must-not-match' lại khớp",
        RuleDiagnosticCodes.TestIncomplete => "văn bản thử quá dài để xét trọn vẹn",

        // A code newer than this list is still shown, in English.
        _ => diagnostic.Message,
    };

    private static string VietnameseHint(RuleDiagnostic diagnostic) => diagnostic.Code switch
    {
        RuleDiagnosticCodes.DuplicateSet or RuleDiagnosticCodes.DuplicateId or RuleDiagnosticCodes.BadId => "chọn mã khác: chữ thường không dấu, chữ số, gạch nối",
        RuleDiagnosticCodes.EmptyRule or RuleDiagnosticCodes.EmptyKeyword => "thêm nội dung hoặc xoá đi",
        RuleDiagnosticCodes.KeywordTooLong or RuleDiagnosticCodes.PatternTooLong or RuleDiagnosticCodes.TestIncomplete => "rút ngắn lại",
        RuleDiagnosticCodes.PatternInvalid or RuleDiagnosticCodes.PatternNotLinear or RuleDiagnosticCodes.PatternMatchesEmpty => "viết lại mẫu",
        RuleDiagnosticCodes.TestMissing => "thêm văn bản thử, hoặc đặt status: draft",
        RuleDiagnosticCodes.MustMatchFailed => "sửa quy tắc hoặc văn bản thử",
        RuleDiagnosticCodes.MustNotMatchFailed => "thu hẹp quy tắc hoặc sửa văn bản thử",
        _ => diagnostic.Hint,
    };
}
