using System.Globalization;
using Monitor.Rules.Cases;
using Monitor.Rules.Custody;
using Monitor.Rules.Evidence;
using Monitor.Rules.Removal;
using Monitor.Worker.Ports;
using Monitor.Worker.Printing;

namespace Monitor.Worker.Evidence.Packaging;

/// <summary>Biên bản: what the package holds, on what ground, seen when and how, and what it does not prove. In Vietnamese, for the file of the case.</summary>
internal static class PackageReport
{
    private static readonly TimeSpan Local = TimeSpan.FromHours(7);

    /// <param name="files">Path, SHA-256 and length of each payload file but this report.</param>
    public static byte[] Of(PackageOrder order, IReadOnlyList<(string Path, string Sha256, long Length)> files, IReadOnlyList<string> withheld, string signer, bool stamped, OfficialFonts fonts)
    {
        var request = order.Request;
        var page = new OfficialPages(fonts);
        page.Heads(
            [.. order.Agency.Superior.Length > 0 ? new[] { (order.Agency.Superior.ToUpperInvariant(), false) } : [], (order.Agency.Name.ToUpperInvariant(), true)],
            [("CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM", true), ("Độc lập - Tự do - Hạnh phúc", true)], ruled: true);
        var local = order.At.ToOffset(Local);
        page.Dated($"{(order.Agency.Place.Length > 0 ? order.Agency.Place + ", " : "")}ngày {local:dd} tháng {local:MM} năm {local:yyyy}");
        page.Space(8);
        page.Title("BIÊN BẢN");
        page.Title($"Lập gói chứng cứ điện tử {request.Id}", 13);
        page.Space(8);

        page.Heading("1. Căn cứ và yêu cầu");
        page.Field("Căn cứ", order.Basis.Citation);
        page.Field("Văn bản yêu cầu", $"số {request.Number} của {request.PoliceUnit}");
        page.Field("Quyết định", $"số {request.Decision}, người ký: {request.Signer}");
        page.Field("Điều tra viên", $"{request.Investigator} ({request.InvestigatorId})");
        page.Field("Vụ việc", request.PoliceCase);
        page.Field("Mục đích", request.Purpose);
        page.Field("Tiếp nhận", Who(order, request.Received));
        page.Field("Kiểm tra căn cứ", Who(order, request.Checked));
        page.Field("Phê duyệt", Who(order, request.Approved));
        page.Field("Khoá người nhận", request.RecipientFingerprint);

        page.Heading("2. Phạm vi");
        page.Field("Đối tượng", string.Join(", ", order.Targets.Select(target => target.Target.Id)));
        page.Field("Khoảng thời gian", $"{(request.Scope.From is { } from ? Time(from) : "từ đầu")} – {(request.Scope.To is { } to ? Time(to) : "lúc lập gói")}");
        page.Field("Loại tài liệu", string.Join(", ", request.Scope.Artefacts.Select(Word)));

        page.Heading("3. Cách thu thập");
        page.Paragraph($"Phần mềm {order.Tool} tải từng địa chỉ như một người truy cập không đăng nhập, qua HTTP/1.1, và ghi lại nguyên văn các byte gửi đi và nhận về sau lớp TLS (định dạng WARC 1.1, ISO 28500), địa chỉ IP đã phân giải và đã kết nối, chuỗi chứng thư TLS, thời điểm theo đồng hồ máy và trạng thái đồng bộ của đồng hồ. Lần không kết nối được cũng được ghi lại. Nội dung giống lần trước được ghi bằng bản ghi tham chiếu (revisit). Mỗi lần quan sát được ghi vào nhật ký lưu vết cùng mã SHA-256 của bản ghi.", size: 12);

        page.Heading("4. Kết quả quan sát");
        foreach (var target in order.Targets)
        {
            page.Paragraph($"{target.Target.Id}: {target.Target.Url}", bold: true, size: 11);
            page.Paragraph($"Trạng thái gỡ bỏ: {State(target.Target.Progress.State)}; thấy còn lần cuối: {Time(target.Target.Progress.LastLiveAt)}; thấy mất lần đầu: {Time(target.Target.Progress.FirstGoneAt)}.", size: 11);
            if (target.Observations.Count == 0)
            {
                page.Paragraph("Không có lần quan sát nào trong khoảng thời gian yêu cầu.", size: 11);
                continue;
            }

            page.Table([0.21, 0.13, 0.1, 0.3, 0.26], ["Lúc", "Từ", "Mã HTTP", "Kết quả", "Địa chỉ IP"], target.Observations.Select(look => (IReadOnlyList<string>)[
                Time(look.At), look.Vantage, look.Status?.ToString(CultureInfo.InvariantCulture) ?? look.Outcome, $"{Seen(look.Fact.Liveness)} ({look.Fact.Reason.Name()})", look.RemoteAddress ?? ""]));
        }

        if (request.Renderings.Count > 0)
        {
            page.Paragraph("Hình chụp trang (PNG, PDF, MHTML trong data/render) do trình duyệt dựng lại từ bản ghi đường truyền, không có mạng; ảnh và video được thay bằng màu xám. Dòng không có trình duyệt là lần không dựng được, kèm lý do.", size: 11);
            page.Table([0.26, 0.22, 0.22, 0.3], ["Lần quan sát", "Dựng lúc", "Trình duyệt", "Kết quả"], request.Renderings.Select(one => (IReadOnlyList<string>)[
                one.Observation, Time(one.At), one.Browser, one.Items.Count == 0 ? Why(one.Problem) : one.Cut ? $"{one.Items.Count} tệp; trang dài hơn hình chụp" : $"{one.Items.Count} tệp"]));
        }

        page.Heading("5. Danh mục tệp");
        page.Paragraph($"Mã SHA-256 của từng tệp tài liệu. Biên bản này và {files.Count(file => IsCustody(file.Path))} tệp của nhật ký lưu vết được kê trong manifest-sha256.txt, là danh mục được ký.", size: 11);
        page.Table([0.42, 0.12, 0.46], ["Tệp", "Byte", "SHA-256"], files.Where(file => !IsCustody(file.Path)).Select(file => (IReadOnlyList<string>)[file.Path, file.Length.ToString(CultureInfo.InvariantCulture), file.Sha256]), size: 8);
        if (withheld.Count > 0)
        {
            page.Paragraph("Không có trong gói (khoá đã huỷ hoặc bị hỏng; còn lại độ dài và mã SHA-256, xem data/withheld.jsonl): " + string.Join(", ", withheld) + ".", size: 11);
        }

        page.Heading("6. Nhật ký lưu vết");
        _ = Checkpoint.TryParse(order.Checkpoint.Note, out var checkpoint);
        page.Field("Điểm kiểm", $"{order.Checkpoint.Size} mục, gốc {order.Checkpoint.Root}, lúc {Time(order.Checkpoint.At)}");
        page.Field("Nhật ký", checkpoint?.Origin ?? "");
        page.Field("Khoá nhật ký", order.LogKeys[^1]);
        page.Field("Dấu thời gian", order.Checkpoint.TokenAt is { } stamp ? $"{Time(stamp)}{(order.Checkpoint.TokenLate ? " (lấy muộn)" : "")}" : "không có");
        page.Field("Người ký gói", $"{signer}{(stamped ? ", có dấu thời gian của bên thứ ba" : ", không có dấu thời gian của bên thứ ba")}");

        page.Heading("7. Giới hạn");
        page.Paragraph("Gói này là manh mối cho đến khi cơ quan tiến hành tố tụng thu thập theo đúng trình tự, thủ tục (Bộ luật Tố tụng hình sự, Điều 87, 99, 107). TLS bảo vệ đường truyền, tự nó không chứng minh ai đã tạo ra hay đăng tải nội dung. Người khác truy cập từ nơi khác, lúc khác có thể thấy nội dung khác. Cách kiểm tra bằng công cụ công khai ở tệp VERIFY.md.", size: 12);

        page.Need(110);
        page.Space(14);
        page.Heads([("ĐẠI DIỆN BÊN GIAO", true), ("(Ký, ghi rõ họ tên)", false)], [("ĐIỀU TRA VIÊN NHẬN", true), ("(Ký, ghi rõ họ tên)", false)], ruled: false);
        return page.Build();
    }

    private static string Why(string problem) => problem switch
    {
        "not-kept" => "không còn bản ghi của trang",
        "too-many" => "quá số lần dựng trong một gói",
        _ when problem.StartsWith("unavailable", StringComparison.Ordinal) => "máy không có trình duyệt Chromium",
        _ => $"không dựng được ({problem})",
    };

    private static bool IsCustody(string path) => path.StartsWith("data/custody/", StringComparison.Ordinal);

    private static string Seen(Liveness liveness) => liveness switch
    {
        Liveness.Live => "còn",
        Liveness.Partial => "còn một phần",
        Liveness.Restricted => "bị chặn theo nơi truy cập",
        Liveness.Gone => "không còn",
        Liveness.ProbablyGone => "có vẻ không còn",
        Liveness.Inconclusive => "chưa kết luận được",
    };

    private static string Who(PackageOrder order, Decision? decision) => decision is null ? "" : $"{order.Person(decision.Person)}, {Time(decision.At)}";

    private static string Time(DateTimeOffset? at) => at?.ToOffset(Local).ToString("HH:mm:ss dd/MM/yyyy", CultureInfo.InvariantCulture) ?? "chưa";

    private static string Word(EvidenceArtefact artefact) => artefact switch
    {
        EvidenceArtefact.Exchanges => "bản ghi đường truyền",
        EvidenceArtefact.Media => "ảnh, video",
        EvidenceArtefact.Renderings => "hình chụp trang",
        EvidenceArtefact.Texts => "văn bản của trang",
        EvidenceArtefact.HumanCaptures => "bản chụp của người xem",
        EvidenceArtefact.Notices => "yêu cầu gỡ bỏ và trả lời",
    };

    private static string State(RemovalState state) => state switch
    {
        RemovalState.Live => "còn",
        RemovalState.Partial => "còn bản sao tệp",
        RemovalState.Restricted => "chặn theo nơi truy cập",
        RemovalState.ApparentlyGone => "có vẻ đã mất",
        RemovalState.ConfirmedRemoved => "xác nhận đã gỡ",
        RemovalState.DurablyRemoved => "đã gỡ bền vững",
        RemovalState.Reappeared => "xuất hiện lại",
    };
}
