using System.CommandLine;
using Monitor.Rules.Evidence;
using Monitor.Worker.Diagnostics;
using Monitor.Worker.Operations;
using Monitor.Worker.Ports;

namespace Monitor.Worker.Cli.Verbs;

/// <summary>Evidence requests of the police, up to the approval and the end of the hold.</summary>
internal static class EvidenceRequestVerbs
{
    private static readonly string[] Artefacts = ["exchanges", "media", "renderings", "texts", "human-captures", "notices"];

    public static IEnumerable<Command> Build(VerbSet verbs) =>
    [
        Request(verbs),
        List(verbs),
        Show(verbs),
        Step(verbs, "check", "Xác nhận căn cứ, quyết định và phạm vi là hợp lệ", "Confirm that ground, decision and scope hold", (house, actor, id, reason, token) => house.Evidence.CheckAsync(actor, id, reason, token)),
        Step(verbs, "approve", "Phê duyệt (người khác với người kiểm tra và người tiếp nhận)", "Approve (somebody other than who checked and who took it in)", (house, actor, id, reason, token) => house.Evidence.ApproveAsync(actor, id, reason, token)),
        Step(verbs, "refuse", "Từ chối, nêu lý do; việc lưu giữ chấm dứt", "Refuse with reasons; the hold falls", (house, actor, id, reason, token) => house.Evidence.RefuseAsync(actor, id, reason, token)),
        Step(verbs, "release", "Đề nghị thôi lưu giữ (người thứ nhất)", "Ask for the hold to be lifted (first of two people)", (house, actor, id, reason, token) => house.Evidence.AskReleaseAsync(actor, id, reason, token)),
        Step(verbs, "release-confirm", "Thôi lưu giữ (người thứ hai)", "Lift the hold (second of two people)", (house, actor, id, reason, token) => house.Evidence.ReleaseAsync(actor, id, reason, token)),
    ];

    private static Command Request(VerbSet verbs)
    {
        Option<string?> Text(string name, string vietnamese, string english) => new(name) { Description = verbs.Say(vietnamese, english), Required = true };
        var number = Text("--number", "số văn bản yêu cầu của công an", "number of the police's document");
        var unit = Text("--unit", "đơn vị yêu cầu", "requesting unit");
        var investigator = Text("--investigator", "điều tra viên", "investigator");
        var investigatorId = Text("--investigator-id", "số giấy chứng nhận điều tra viên", "number of the investigator's certificate");
        var policeCase = Text("--police-case", "số vụ việc", "police case number");
        var basis = Text("--legal-basis", "mã căn cứ trong legal-bases.yaml (uses: [evidence])", "id in legal-bases.yaml (uses: [evidence])");
        var decision = Text("--decision", "số quyết định cho phép", "number of the authorising decision");
        var signer = Text("--signer", "người ký quyết định", "who signed the decision");
        var purpose = Text("--purpose", "mục đích", "purpose");
        var due = Text("--due", "hạn: 2026-12-01 hoặc 2026-12-01T17:00", "due: 2026-12-01 or 2026-12-01T17:00");
        var reason = Text("--reason", "lý do ghi vào nhật ký", "reason for the custody log");
        var targets = new Option<string[]>("--target") { Description = verbs.Say("mã đối tượng hoặc địa chỉ đang theo dõi; lặp lại được", "target id or address under watch; may be repeated"), Required = true, AllowMultipleArgumentsPerToken = true };
        var from = new Option<string?>("--from") { Description = verbs.Say("từ lúc", "from") };
        var to = new Option<string?>("--to") { Description = verbs.Say("đến lúc", "to") };
        var artefacts = new Option<string[]>("--artefact") { Description = string.Join(" | ", Artefacts), AllowMultipleArgumentsPerToken = true };
        artefacts.AcceptOnlyFromAmong(Artefacts);
        var preserve = new Option<bool>("--preserve-only") { Description = verbs.Say("chỉ lưu giữ, chưa giao", "keep it, hand out nothing yet") };
        var urgency = new Option<string>("--urgency") { Description = "ordinary | urgent | danger", DefaultValueFactory = _ => "ordinary" };
        urgency.AcceptOnlyFromAmong("ordinary", "urgent", "danger");
        var ground = new Option<string>("--urgency-ground") { DefaultValueFactory = _ => "" };
        var delivery = new Option<string>("--delivery") { Description = "file | download-once", DefaultValueFactory = _ => "file" };
        delivery.AcceptOnlyFromAmong("file", "download-once");
        var key = new Option<string?>("--recipient-key") { Description = verbs.Say("khoá công khai OpenPGP (.asc) hoặc chứng thư X.509 (.pem) của người nhận", "the officer's OpenPGP public key (.asc) or X.509 certificate (.pem)") };
        var letter = new Option<string?>("--letter") { Description = verbs.Say("bản chụp văn bản yêu cầu (được niêm phong)", "capture of the document itself (sealed)") };
        return verbs.Act("request", "Tiếp nhận yêu cầu chứng cứ của công an; tài liệu được lưu giữ ngay", "Take in an evidence request of the police; the material is held at once",
            [number, unit, investigator, investigatorId, policeCase, basis, decision, signer, purpose, targets, from, to, artefacts, preserve, urgency, ground, delivery, key, due, letter, reason], async (house, actor, parsed, token) =>
            {
                var instants = new DateTimeOffset?[3];
                foreach (var (i, option) in new[] { from, to, due }.Index())
                {
                    if (parsed.GetValue(option) is { } text && !Times.TryRead(text, endOfDay: option != from, out instants[i]))
                    {
                        return verbs.Context.Usage($"{option.Name}: '{text}' không phải thời điểm (2026-12-01 hoặc 2026-12-01T17:00).", $"{option.Name}: '{text}' is not an instant (2026-12-01 or 2026-12-01T17:00).");
                    }
                }

                var files = new byte[2][];
                foreach (var (i, option) in new[] { key, letter }.Index())
                {
                    files[i] = [];
                    if (parsed.GetValue(option) is { } file)
                    {
                        var (read, refused) = await GivenFile.ReadAsync(verbs.Context, file, token);
                        if (refused is not null)
                        {
                            return verbs.Context.Refuse(refused);
                        }

                        files[i] = read!;
                    }
                }

                var order = new EvidenceRequestOrder
                {
                    Number = parsed.GetValue(number)!,
                    PoliceUnit = parsed.GetValue(unit)!,
                    Investigator = parsed.GetValue(investigator)!,
                    InvestigatorId = parsed.GetValue(investigatorId)!,
                    PoliceCase = parsed.GetValue(policeCase)!,
                    LegalBasisId = parsed.GetValue(basis)!,
                    Decision = parsed.GetValue(decision)!,
                    Signer = parsed.GetValue(signer)!,
                    Purpose = parsed.GetValue(purpose)!,
                    Targets = parsed.GetValue(targets)!,
                    From = instants[0],
                    To = instants[1],
                    Artefacts = [.. (parsed.GetValue(artefacts) ?? []).Select(name => (EvidenceArtefact)Array.IndexOf(Artefacts, name))],
                    PreservationOnly = parsed.GetValue(preserve),
                    Urgency = parsed.GetValue(urgency) switch { "danger" => EvidenceUrgency.Danger, "urgent" => EvidenceUrgency.Urgent, _ => EvidenceUrgency.Ordinary },
                    UrgencyGround = parsed.GetValue(ground)!,
                    Delivery = parsed.GetValue(delivery) == "file" ? EvidenceDelivery.File : EvidenceDelivery.DownloadOnce,
                    RecipientKey = System.Text.Encoding.UTF8.GetString(files[0]),
                    DueAt = instants[2]!.Value,
                    Letter = files[1],
                    Reason = parsed.GetValue(reason)!,
                };
                return verbs.End(await house.Evidence.TakeInAsync(actor, order, token), request =>
                {
                    var key = request.RecipientFingerprint.Length == 0 ? ("", "") : ($"\nDấu vân tay khoá của người nhận, hãy đối chiếu với người nhận qua điện thoại: {Grouped(request.RecipientFingerprint)}", $"\nFingerprint of the recipient's key, compare it with the officer by telephone: {Grouped(request.RecipientFingerprint)}");
                    verbs.Context.Tell(Row(request),
                        $"{request.Id}: đã tiếp nhận, {request.Scope.TargetIds.Count} đối tượng được lưu giữ. Kiểm tra căn cứ: monitor evidence check {request.Id} --reason … --as …{key.Item1}",
                        $"{request.Id}: taken in, {request.Scope.TargetIds.Count} target(s) held. Check the ground: monitor evidence check {request.Id} --reason … --as …{key.Item2}");
                });
            });
    }

    private static Command Step(VerbSet verbs, string name, string vietnamese, string english, Func<House, Actor, string, string, CancellationToken, Task<OperationResult<EvidenceRequest>>> step)
    {
        var id = new Argument<string>("request");
        var reason = new Option<string>("--reason") { Required = true };
        return verbs.Act(name, vietnamese, english, [id, reason], async (house, actor, parsed, token) =>
            verbs.End(await step(house, actor, parsed.GetValue(id)!, parsed.GetValue(reason)!, token), request =>
                verbs.Context.Tell(Row(request), $"{request.Id}: {verbs.Context.Word(request.State)}", $"{request.Id}: {verbs.Context.Word(request.State)}")));
    }

    private static Command List(VerbSet verbs)
    {
        var open = new Option<bool>("--open") { Description = verbs.Say("chỉ những yêu cầu chưa kết thúc", "only those that are not over") };
        return verbs.Read("list", "Liệt kê yêu cầu chứng cứ", "List evidence requests", [open], async (house, actor, parsed, token) =>
        {
            var rows = (await house.Store.ListEvidenceRequestsAsync(null, actor.Scope, new Paging(null, 10_000), token)).Where(row => !parsed.GetValue(open) || row.Holds).ToList();
            if (verbs.Context.Json)
            {
                foreach (var row in rows)
                {
                    verbs.Context.Line(Row(row));
                }
            }
            else
            {
                verbs.Context.Table([verbs.Say("Mã", "Id"), verbs.Say("Trạng thái", "State"), verbs.Say("Số", "Number"), verbs.Say("Đơn vị", "Unit"), verbs.Say("Đối tượng", "Targets"), verbs.Say("Hạn", "Due")],
                    rows.Select(row => (IReadOnlyList<string>)[row.Id, verbs.Context.Word(row.State), row.Number, row.PoliceUnit, string.Join(' ', row.Scope.TargetIds.Take(3)) + (row.Scope.TargetIds.Count > 3 ? " …" : ""), Times.Local(row.DueAt)]));
            }

            return ExitCodes.Done;
        });
    }

    private static Command Show(VerbSet verbs)
    {
        var id = new Argument<string>("request");
        return verbs.Read("show", "Xem một yêu cầu chứng cứ", "Show an evidence request", [id], async (house, actor, parsed, token) =>
        {
            if (await house.Store.FindEvidenceRequestAsync(parsed.GetValue(id)!, actor.Scope, token) is not { } row)
            {
                return verbs.Context.Refuse(Refusal.NotFound("evidence request", parsed.GetValue(id)!));
            }

            if (verbs.Context.Json)
            {
                verbs.Context.Line(Row(row));
                return ExitCodes.Done;
            }

            void Line(string vietnamese, string english, string? value)
            {
                if (!string.IsNullOrEmpty(value))
                {
                    verbs.Context.Out.WriteLine($"{verbs.Say(vietnamese, english),-28}{value}");
                }
            }

            string? Who(Rules.Cases.Decision? decision) => decision is null ? null : $"{decision.Person}, {Times.Local(decision.At)}: {decision.Reason}";
            Line("Yêu cầu", "Request", $"{row.Id} ({verbs.Context.Word(row.State)}{(row.PreservationOnly ? verbs.Say(", chỉ lưu giữ", ", preservation only") : "")})");
            Line("Văn bản", "Document", $"{row.Number}, {row.PoliceUnit}");
            Line("Điều tra viên", "Investigator", $"{row.Investigator} ({row.InvestigatorId})");
            Line("Vụ việc", "Police case", row.PoliceCase);
            Line("Căn cứ", "Legal basis", $"{row.LegalBasisId}; {row.Decision}, {row.Signer}");
            Line("Mục đích", "Purpose", row.Purpose);
            Line("Đối tượng", "Targets", string.Join(' ', row.Scope.TargetIds));
            Line("Khoảng thời gian", "Span", row.Scope.From is null && row.Scope.To is null ? verbs.Say("toàn bộ", "everything") : $"{(row.Scope.From is { } from ? Times.Local(from) : "…")} – {(row.Scope.To is { } to ? Times.Local(to) : "…")}");
            Line("Loại tài liệu", "Artefacts", string.Join(", ", row.Scope.Artefacts.Select(one => Artefacts[(int)one])));
            Line("Khẩn", "Urgency", row.Urgency == EvidenceUrgency.Ordinary ? null : $"{verbs.Context.Word(row.Urgency)}: {row.UrgencyGround}");
            Line("Khoá người nhận", "Recipient's key", Grouped(row.RecipientFingerprint));
            Line("Hạn", "Due", Times.Local(row.DueAt));
            Line("Tiếp nhận", "Taken in", Who(row.Received));
            Line("Kiểm tra căn cứ", "Ground checked", Who(row.Checked));
            Line("Phê duyệt", "Approved", Who(row.Approved));
            Line("Từ chối", "Refused", Who(row.Refused));
            Line("Gói", "Package", row.Package is { } package ? $"{Times.Local(package.BuiltAt)}, {package.By}, {package.Files} {verbs.Say("tệp", "files")}, sha256 {package.Sha256}" : null);
            Line("Giao", "Delivered", Who(row.Delivered));
            Line("Biên nhận", "Receipt", Who(row.Receipt));
            Line("Lưu đến", "Kept until", row.RetainUntil is { } until ? Times.Local(until) : null);
            Line("Đề nghị thôi lưu giữ", "Release asked", Who(row.ReleaseAsked));
            Line("Thôi lưu giữ", "Released", Who(row.Released));
            return ExitCodes.Done;
        });
    }

    internal static object Row(EvidenceRequest row) => new
    {
        id = row.Id,
        state = row.State,
        number = row.Number,
        unit = row.PoliceUnit,
        policeCase = row.PoliceCase,
        legalBasis = row.LegalBasisId,
        targets = row.Scope.TargetIds,
        from = row.Scope.From,
        to = row.Scope.To,
        artefacts = row.Scope.Artefacts.Select(one => Artefacts[(int)one]),
        preservationOnly = row.PreservationOnly,
        urgency = row.Urgency,
        recipient = row.RecipientFingerprint,
        dueAt = row.DueAt,
        received = row.Received.Person,
        checkedBy = row.Checked?.Person,
        approvedBy = row.Approved?.Person,
        refusedBy = row.Refused?.Person,
        package = row.Package is { } package ? new { sha256 = package.Sha256.ToString(), length = package.Length, builtAt = package.BuiltAt, files = package.Files, logSize = package.LogSize } : null,
        deliveredAt = row.Delivered?.At,
        receipt = row.Receipt?.Reason,
        retainUntil = row.RetainUntil,
        releasedBy = row.Released?.Person,
    };

    /// <summary>In fours, as it is read out on the telephone.</summary>
    internal static string Grouped(string fingerprint) => string.Join(' ', fingerprint.Chunk(4).Select(part => new string(part)));
}
