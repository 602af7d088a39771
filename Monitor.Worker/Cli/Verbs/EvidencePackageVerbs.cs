using System.CommandLine;
using Monitor.Rules.Custody;
using Monitor.Worker.Evidence.Packaging;
using Monitor.Worker.Evidence.Timestamping;

namespace Monitor.Worker.Cli.Verbs;

/// <summary>Packages: built, handed over, receipted; and checked, by anybody and anywhere.</summary>
internal static class EvidencePackageVerbs
{
    public static IEnumerable<Command> Build(VerbSet verbs) => [Make(verbs), Export(verbs), Receipt(verbs), Verify(verbs)];

    private static Command Make(VerbSet verbs)
    {
        var id = new Argument<string>("request");
        var reason = new Option<string>("--reason") { Required = true };
        return verbs.Act("build", "Lập gói chứng cứ, mã hoá cho điều tra viên", "Build the package, encrypted to the officer", [id, reason], async (house, actor, parsed, token) =>
            verbs.End(await house.Packages.BuildAsync(actor, parsed.GetValue(id)!, parsed.GetValue(reason)!, token), built =>
            {
                var (request, withheld) = built;
                foreach (var one in withheld)
                {
                    verbs.Context.Tell(new { withheld = one }, $"Không có trong gói: {one}", $"Not in the package: {one}");
                }

                verbs.Context.Tell(EvidenceRequestVerbs.Row(request),
                    $"{request.Id}: gói {request.Package!.Files} tệp, {request.Package.Length} byte, sha256 {request.Package.Sha256}\nGiao: monitor evidence export {request.Id} --out TỆP --reason … --as …",
                    $"{request.Id}: package of {request.Package.Files} files, {request.Package.Length} bytes, sha256 {request.Package.Sha256}\nHand over: monitor evidence export {request.Id} --out FILE --reason … --as …");
            }));
    }

    private static Command Export(VerbSet verbs)
    {
        var id = new Argument<string>("request");
        var to = new Option<string>("--out") { Description = verbs.Say("tệp nhận gói đã mã hoá", "file for the encrypted package"), Required = true };
        var reason = new Option<string>("--reason") { Description = verbs.Say("giao cho ai, bằng cách nào", "to whom and how"), Required = true };
        return verbs.Act("export", "Giao gói đã mã hoá ra tệp", "Hand the encrypted package over as a file", [id, to, reason], async (house, actor, parsed, token) =>
            verbs.End(await house.Packages.ExportAsync(actor, parsed.GetValue(id)!, parsed.GetValue(reason)!, verbs.Context.PathOf(parsed.GetValue(to)!), token), request =>
                verbs.Context.Tell(EvidenceRequestVerbs.Row(request),
                    $"{request.Id}: {parsed.GetValue(to)}, sha256 {request.Package!.Sha256}. Khi có biên nhận: monitor evidence receipt {request.Id} --number … --as …",
                    $"{request.Id}: {parsed.GetValue(to)}, sha256 {request.Package!.Sha256}. With the receipt: monitor evidence receipt {request.Id} --number … --as …")));
    }

    private static Command Receipt(VerbSet verbs)
    {
        var id = new Argument<string>("request");
        var number = new Option<string>("--number") { Description = verbs.Say("số hoặc nội dung biên nhận", "number or words of the receipt"), Required = true };
        var computed = new Option<string?>("--sha256") { Description = verbs.Say("mã SHA-256 của tệp đã mã hoá do điều tra viên tự tính", "SHA-256 of the encrypted file as the officer computed it") };
        return verbs.Act("receipt", "Ghi biên nhận của điều tra viên; bắt đầu thời hạn lưu giữ", "Record the officer's receipt; the time of keeping begins", [id, number, computed], async (house, actor, parsed, token) =>
            verbs.End(await house.Packages.ReceiptAsync(actor, parsed.GetValue(id)!, parsed.GetValue(number)!, parsed.GetValue(computed) ?? "", token), request =>
                verbs.Context.Tell(EvidenceRequestVerbs.Row(request), $"{request.Id}: lưu giữ đến {Times.Local(request.RetainUntil)}", $"{request.Id}: kept until {Times.Local(request.RetainUntil)}")));
    }

    private static Command Verify(VerbSet verbs)
    {
        var file = new Argument<string>("package") { Description = verbs.Say("gói đã giải mã (.zip) hoặc thư mục đã bung", "decrypted package (.zip) or the directory it was unpacked into") };
        var ca = new Option<string?>("--ca") { Description = verbs.Say("chứng thư gốc của người ký (PEM), lấy từ nơi khác", "root of the signer (PEM), got from elsewhere") };
        var tsa = new Option<string?>("--tsa-ca") { Description = verbs.Say("chứng thư gốc của dịch vụ dấu thời gian (PEM)", "root of the time stamping authority (PEM)") };
        var vkey = new Option<string?>("--vkey") { Description = verbs.Say("khoá công khai của nhật ký, lấy từ nơi khác", "the log's public key, got from elsewhere") };
        return verbs.Plain("verify", "Kiểm tra gói chứng cứ (không cần cấu hình, mạng hay kho dữ liệu)", "Check a package (needs no configuration, network or store)", [file, ca, tsa, vkey], async (parsed, token) =>
        {
            NoteKey? key = null;
            if (parsed.GetValue(vkey) is { } text && !NoteKey.TryParse(text, out key))
            {
                return verbs.Context.Usage("--vkey không phải khoá công khai (tên+id+khoá).", "--vkey is not a public key (name+id+key).");
            }

            var roots = new List<System.Security.Cryptography.X509Certificates.X509Certificate2Collection>();
            foreach (var option in new[] { ca, tsa })
            {
                roots.Add(TimestampCheck.Roots(parsed.GetValue(option) is { } pem ? verbs.Context.PathOf(pem) : ""));
                if (parsed.GetValue(option) is { } given && roots[^1].Count == 0)
                {
                    return verbs.Context.Usage($"{option.Name}: '{given}' không có chứng thư PEM đọc được.", $"{option.Name}: '{given}' has no readable PEM certificate.");
                }
            }

            var findings = await PackageVerifier.RunAsync(verbs.Context.PathOf(parsed.GetValue(file)!), roots[0], roots[1], key, token);
            foreach (var finding in findings)
            {
                verbs.Context.Tell(new { check = finding.Check, good = finding.Good, what = finding.What, why = finding.Why },
                    $"{(finding.Good ? "ĐÚNG " : "SAI  ")} {Check(finding.Check, false)}: {finding.What}{(finding.Why.Length > 0 ? $" ({Why(finding.Why, false)})" : "")}",
                    $"{(finding.Good ? "GOOD " : "BAD  ")} {Check(finding.Check, true)}: {finding.What}{(finding.Why.Length > 0 ? $" ({Why(finding.Why, true)})" : "")}");
            }

            var bad = findings.Count(finding => !finding.Good);
            verbs.Context.Tell(new { good = bad == 0, checks = findings.Count, bad },
                bad == 0 ? "Gói nguyên vẹn." : $"GÓI KHÔNG NGUYÊN VẸN: {bad} lỗi.",
                bad == 0 ? "The package is whole." : $"THE PACKAGE IS NOT WHOLE: {bad} fault(s).");
            return bad == 0 ? ExitCodes.Done : ExitCodes.Problems;
        });
    }

    private static string Check(string check, bool english) => check switch
    {
        "archive" => english ? "archive" : "tệp nén",
        "bag" => english ? "bag" : "cấu trúc gói",
        "manifest" => english ? "content" : "nội dung",
        "tagmanifest" => english ? "lists" : "danh mục",
        "signature" => english ? "signature" : "chữ ký",
        "stamp" => english ? "time stamp" : "dấu thời gian",
        "warc" => english ? "wire records" : "bản ghi đường truyền",
        "custody" => english ? "custody log" : "nhật ký lưu vết",
        _ => check,
    };

    private static string Why(string why, bool english) => (why, english) switch
    {
        ("added", false) => "tệp thêm vào",
        ("added", true) => "added file",
        ("missing", false) => "thiếu",
        ("altered", false) => "đã bị sửa",
        ("encrypted", false) => "còn mã hoá: giải mã trước (gpg --decrypt hoặc openssl cms -decrypt)",
        ("encrypted", true) => "still encrypted: decrypt it first (gpg --decrypt or openssl cms -decrypt)",
        ("owner-not-checked", false) => "chữ ký đúng; chủ chứng thư chưa kiểm tra, dùng --ca",
        ("owner-not-checked", true) => "holds; whose it is was not checked, use --ca",
        ("authority-not-checked", false) => "đúng; dịch vụ chưa kiểm tra, dùng --tsa-ca",
        ("authority-not-checked", true) => "holds; the authority was not checked, use --tsa-ca",
        ("every-byte-accounted-for", false) => "không có byte nào ngoài các tệp",
        ("bytes-beside-the-files", false) => "có byte ngoài các tệp, hoặc tệp nén không do phần mềm này lập",
        ("not-in-the-log", false) => "mã SHA-256 không có trong nhật ký lưu vết",
        ("trusted", false) => "chứng thư tin cậy",
        ("key-from-the-package", false) => "khoá nhật ký lấy từ chính gói, hãy dùng --vkey với khoá lấy từ nơi khác",
        ("key-from-the-package", true) => "the log's key is the package's own, use --vkey with one got from elsewhere",
        ("not-found", false) => "không tìm thấy",
        _ => why,
    };
}
