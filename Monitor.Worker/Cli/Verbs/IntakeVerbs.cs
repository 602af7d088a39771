using System.CommandLine;
using Monitor.Rules.Assessing;
using Monitor.Worker.Intake;
using Monitor.Worker.Operations;

namespace Monitor.Worker.Cli.Verbs;

public static class IntakeVerbs
{
    private const int Batch = 200;

    public static Command Build(VerbSet verbs) => verbs.Group("intake", "Tiếp nhận địa chỉ bị tố giác", "Take in flagged URLs", Add(verbs), Import(verbs));

    private static Command Add(VerbSet verbs)
    {
        var url = new Argument<string>("url") { Description = verbs.Say("địa chỉ http(s)", "http(s) address") };
        var danger = new Option<bool>("--danger") { Description = verbs.Say("trẻ em đang gặp nguy hiểm: báo công an trực ngay", "a child is in danger: police duty contact is alerted at once") };
        var list = new Option<string?>("--watchlist") { Description = verbs.Say("danh sách theo dõi", "watch list") };
        var category = CategoryOption(verbs);
        var note = new Option<string?>("--note") { Description = verbs.Say("ghi chú (được niêm phong)", "note (sealed)") };
        var reporter = new Option<string?>("--reporter") { Description = verbs.Say("người báo (được niêm phong)", "reporter (sealed)") };
        var source = new Option<string>("--source") { Description = verbs.Say("nguồn: 111, vn-cop, police, platform, cli …", "source: 111, vn-cop, police, platform, cli …"), DefaultValueFactory = _ => "cli" };
        return verbs.Act("add", "Thêm một địa chỉ", "Add one URL", [url, danger, list, category, note, reporter, source], async (house, actor, parsed, token) =>
        {
            var slug = parsed.GetValue(category);
            Category? wanted = null;
            if (slug is not null)
            {
                if (!CategoryNames.TryParse(slug, out var known))
                {
                    return verbs.Context.Refuse(new Refusal(RefusalKind.Invalid, "category-outside-list", slug));
                }

                wanted = known;
            }

            var result = await house.Intake.AddAsync(actor, new IntakeItem
            {
                Url = parsed.GetValue(url)!,
                Danger = parsed.GetValue(danger),
                WatchListId = parsed.GetValue(list),
                Category = wanted,
                Note = parsed.GetValue(note),
                Reporter = parsed.GetValue(reporter),
                Source = parsed.GetValue(source)!,
            }, token);
            var receipt = (result as OperationResult<IntakeReceipt>.Done)?.Value;
            var told = receipt?.AlertId is { } alert && await house.Sweeps.AlertNowAsync(alert, token);
            var exit = verbs.End(result, taken => Tell(verbs, taken, parsed.GetValue(danger) ? told : null));
            return receipt is null || !parsed.GetValue(danger) ? exit : Danger(verbs, receipt.AlertId, told);
        });
    }

    /// <summary>Done only when the duty contact was told; otherwise a person must pick up the telephone.</summary>
    private static int Danger(VerbSet verbs, string? alert, bool told)
    {
        verbs.Context.Err.WriteLine(told
            ? verbs.Say($"Đã báo công an trực: {alert}. Nhắc lại mỗi 5 phút đến khi có người nhận: monitor alerts ack {alert} --as …", $"Police duty contact alerted: {alert}. Repeated every 5 minutes until acknowledged: monitor alerts ack {alert} --as …")
            : alert is null
                ? verbs.Say("KHÔNG CÓ ĐẦU MỐI TRỰC (duty-contact) của công an trong agencies.yaml: hãy GỌI ĐIỆN cho công an trực ngay.", "There is NO police duty-contact in agencies.yaml: CALL the police now.")
                : verbs.Say($"CHƯA GỬI ĐƯỢC cảnh báo {alert}: hãy GỌI ĐIỆN cho công an trực ngay; kiểm tra smtp trong monitor.yaml.", $"The alert {alert} could NOT be sent: CALL the police duty contact now; check smtp in monitor.yaml."));
        return told ? ExitCodes.Done : ExitCodes.Problems;
    }

    private static void Tell(VerbSet verbs, IntakeReceipt receipt, bool? alertSent) => verbs.Context.Tell(
                new { targetId = receipt.TargetId, reportId = receipt.ReportId, caseId = receipt.CaseId, canonicalUrl = receipt.CanonicalUrl, joined = receipt.Joined, line = receipt.Line, alertId = receipt.AlertId, alertSent },
                receipt.Joined ? $"{receipt.TargetId}: đã theo dõi từ trước, ghi thêm báo cáo {receipt.ReportId} (hồ sơ {receipt.CaseId})" : $"{receipt.TargetId}: đã tiếp nhận, báo cáo {receipt.ReportId}, hồ sơ {receipt.CaseId}",
                receipt.Joined ? $"{receipt.TargetId}: under watch already, report {receipt.ReportId} added (case {receipt.CaseId})" : $"{receipt.TargetId}: taken in, report {receipt.ReportId}, case {receipt.CaseId}");

    private static Command Import(VerbSet verbs)
    {
        var file = new Argument<string>("file") { Description = "CSV" };
        var list = new Option<string?>("--watchlist") { Description = verbs.Say("danh sách theo dõi cho mọi dòng không ghi rõ", "watch list for rows that name none") };
        return verbs.Act("import", "Nhập tệp CSV (UTF-8 hoặc windows-1258)", "Import a CSV file (UTF-8 or windows-1258)", [file, list], async (house, actor, parsed, token) =>
        {
            var path = verbs.Context.PathOf(parsed.GetValue(file)!);
            if (!File.Exists(path))
            {
                return verbs.Context.Refuse(new Refusal(RefusalKind.Invalid, "file-unreadable", path, "not found"));
            }

            return await ImportFile.RunAsync(verbs.Context, house, actor, path, parsed.GetValue(list), Batch, token);
        });
    }

    private static Option<string?> CategoryOption(VerbSet verbs) => new("--category") { Description = verbs.Say("loại: ", "category: ") + string.Join(" | ", CategoryNames.Slugs) };
}
