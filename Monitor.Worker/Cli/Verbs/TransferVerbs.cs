using System.CommandLine;
using System.Text;
using System.Text.Json;
using Monitor.Rules.Assessing;
using Monitor.Rules.Hashing;
using Monitor.Rules.Transfers;
using Monitor.Worker.Diagnostics;
using Monitor.Worker.Operations;
using Monitor.Worker.Operations.Transfers;
using Monitor.Worker.Ports;

namespace Monitor.Worker.Cli.Verbs;

/// <summary>Transfers between the agencies of the coordination regulation.</summary>
public static class TransferVerbs
{
    private static readonly string[] Purposes = ["verify", "investigate", "handle", "child-support", "statistics"];
    private static readonly string[] Sources = ["hotline", "vn-cop", "police", "platform", "crawler", "citizen"];
    private static readonly JsonSerializerOptions IdentityJson = new(JsonSerializerDefaults.Web) { UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow };

    public static Command Build(VerbSet verbs) => verbs.Group("transfers", "Chuyển giao giữa các cơ quan", "Transfers between the agencies",
        Send(verbs), List(verbs), Show(verbs), Receive(verbs), Accept(verbs),
        Step(verbs, "return", "Trả lại, nêu lý do (cơ quan nhận)", "Send it back with a reason (receiving agency)", (ops, actor, id, reason, token) => ops.ReturnAsync(actor, id, reason, token)),
        Step(verbs, "recall", "Rút lại khi chưa ai nhận (cơ quan gửi)", "Take it back before anybody accepted it (sender)", (ops, actor, id, reason, token) => ops.RecallAsync(actor, id, reason, token)),
        Answer(verbs),
        Step(verbs, "close", "Ghi nhận kết quả (cơ quan gửi); lý do là phản hồi", "Take note of the result (sender); the reason is the feedback", (ops, actor, id, reason, token) => ops.TakeNoteAsync(actor, id, reason, token)),
        Step(verbs, "ask-again", "Kết quả chưa đáp ứng: hỏi lại", "The result does not answer it: ask again", (ops, actor, id, reason, token) => ops.AskAgainAsync(actor, id, reason, token)),
        Identity(verbs), Share(verbs), Export(verbs), Import(verbs));

    internal static object Row(Transfer transfer) => new
    {
        transfer = transfer.Id,
        from = transfer.FromAgency,
        to = transfer.ToAgency,
        transfer.State,
        transfer.Purpose,
        transfer.Urgency,
        category = transfer.Category.Slug(),
        targets = transfer.TargetIds,
        sentAt = transfer.Sent.At,
        receivedAt = transfer.Receipt?.At,
        receivedBy = transfer.Receipt?.Person,
        assigned = transfer.Assigned,
        transfer.ReceiptDueAt,
        transfer.ResultDueAt,
        dueAt = transfer.DueAt,
        transfer.Confidentiality,
        origin = transfer.Origin is { } origin ? $"{origin.Installation}/{origin.Id}" : null,
    };

    private static Command Send(VerbSet verbs)
    {
        Option<string> Needed(string name, string vietnamese, string english) => new(name) { Description = verbs.Say(vietnamese, english), Required = true };
        Option<string?> Maybe(string name, string vietnamese, string english) => new(name) { Description = verbs.Say(vietnamese, english) };
        Option<string[]> Several(string name, string vietnamese, string english) => new(name) { Description = verbs.Say(vietnamese, english), AllowMultipleArgumentsPerToken = true };
        Option<bool> Flag(string name, string vietnamese, string english) => new(name) { Description = verbs.Say(vietnamese, english) };
        var to = Needed("--to", "mã cơ quan nhận", "id of the receiving agency");
        var clause = Needed("--clause", "điều, khoản của quy chế phối hợp", "clause of the coordination regulation");
        var purpose = Needed("--purpose", string.Join(" | ", Purposes), string.Join(" | ", Purposes));
        purpose.AcceptOnlyFromAmong(Purposes);
        var source = Needed("--source", string.Join(" | ", Sources), string.Join(" | ", Sources));
        source.AcceptOnlyFromAmong(Sources);
        var urgency = new Option<string>("--urgency") { Description = "ordinary | urgent | danger", DefaultValueFactory = _ => "ordinary" };
        urgency.AcceptOnlyFromAmong("ordinary", "urgent", "danger");
        var summary = Needed("--summary", "tóm tắt (được niêm phong)", "summary (sealed)");
        var ask = Needed("--ask", "đề nghị cơ quan nhận làm gì (được niêm phong)", "what is asked of the receiver (sealed)");
        var actions = Maybe("--actions", "việc đã làm (được niêm phong)", "actions taken so far (sealed)");
        var targets = Several("--target", "mã đối tượng", "target ids");
        var urls = Several("--url", "địa chỉ khác (được niêm phong)", "further addresses (sealed)");
        var accounts = Several("--account", "tài khoản (được niêm phong)", "accounts (sealed)");
        var digests = Several("--digest", "băm MD5, SHA-1, SHA-256 (hex)", "MD5, SHA-1, SHA-256 digests (hex)");
        var evidence = Several("--evidence", "chứng cứ kèm theo: MÃ=SHA256", "evidence that goes with it: ITEM=SHA256");
        var category = Maybe("--category", "loại: ", "category: ");
        category.Description += string.Join(" | ", CategoryNames.Slugs);
        var channel = Maybe("--channel", "kênh tiếp nhận", "intake channel");
        var reported = Maybe("--reported-at", "tiếp nhận lúc: 2026-12-01T17:00", "when it was reported: 2026-12-01T17:00");
        var named = Flag("--reporter-named", "người báo tin đồng ý nêu tên", "the reporter agreed to be named");
        var fromUnit = Maybe("--from-unit", "đơn vị gửi", "sending unit");
        var toUnit = Maybe("--to-unit", "đơn vị nhận", "receiving unit");
        var country = Maybe("--country", "nước đặt máy chủ (VN, SG …)", "country of the host (VN, SG …)");
        var inDanger = Flag("--child-in-danger", "trẻ đang gặp nguy hiểm", "the child is in danger");
        var identified = Flag("--child-identified", "đã biết trẻ là ai", "the child is identified");
        var commune = Maybe("--commune", "mã xã/phường của trẻ", "code of the child's commune");
        var secret = Flag("--secret", "đóng dấu Mật", "marked secret");
        var identity = Maybe("--identity", "tệp JSON danh tính trẻ {name, birthDate, address, guardian, school, notes}; chỉ cơ quan bảo vệ trẻ em và điều tra viên đọc được; xoá tệp sau khi gửi", "JSON file {name, birthDate, address, guardian, school, notes} of who the child is; only child protection and the investigator can read it; delete the file afterwards");
        var investigator = Maybe("--investigator", "điều tra viên được đọc danh tính", "investigator who may read the identity");
        var due = Maybe("--due", "hạn trả kết quả", "when the result is due");
        var reason = Needed("--reason", "lý do ghi vào nhật ký", "reason for the custody log");
        return verbs.Act("send", "Chuyển cho cơ quan khác", "Hand something to another agency",
            [to, clause, purpose, source, urgency, summary, ask, actions, targets, urls, accounts, digests, evidence, category, channel, reported, named, fromUnit, toUnit, country, inDanger, identified, commune, secret, identity, investigator, due, reason],
            async (house, actor, parsed, token) =>
            {
                var instants = new DateTimeOffset?[2];
                foreach (var (i, option) in new[] { reported, due }.Index())
                {
                    if (parsed.GetValue(option) is { } text && !Times.TryRead(text, endOfDay: option == due, out instants[i]))
                    {
                        return verbs.Context.Usage($"{option.Name}: '{text}' không phải thời điểm (2026-12-01 hoặc 2026-12-01T17:00).", $"{option.Name}: '{text}' is not an instant (2026-12-01 or 2026-12-01T17:00).");
                    }
                }

                Category? wanted = null;
                if (parsed.GetValue(category) is { } slug)
                {
                    if (!CategoryNames.TryParse(slug, out var known))
                    {
                        return verbs.Context.Refuse(new Refusal(RefusalKind.NotAllowed, "category-outside-list", slug));
                    }

                    wanted = known;
                }

                var read = new List<Digest>();
                foreach (var text in parsed.GetValue(digests) ?? [])
                {
                    if (!Digest.TryParse(text, out var digest))
                    {
                        return verbs.Context.Usage($"--digest: '{text}' không phải băm MD5, SHA-1 hoặc SHA-256.", $"--digest: '{text}' is no MD5, SHA-1 or SHA-256 digest.");
                    }

                    read.Add(digest);
                }

                var items = new List<TransferEvidence>();
                foreach (var text in parsed.GetValue(evidence) ?? [])
                {
                    if (text.Split('=') is not [{ Length: > 0 } item, var hex] || !Digest.TryParse(DigestKind.Sha256, hex, out var digest))
                    {
                        return verbs.Context.Usage($"--evidence: '{text}' không có dạng MÃ=SHA256.", $"--evidence: '{text}' is not of the form ITEM=SHA256.");
                    }

                    items.Add(new TransferEvidence(item, digest));
                }

                ChildIdentity? child = null;
                if (parsed.GetValue(identity) is { } file)
                {
                    var (bytes, refused) = await GivenFile.ReadAsync(verbs.Context, file, token);
                    if (refused is not null)
                    {
                        return verbs.Context.Refuse(refused);
                    }

                    try
                    {
                        child = JsonSerializer.Deserialize<ChildIdentity>(bytes, IdentityJson);
                    }
                    catch (JsonException problem)
                    {
                        // What stands in the file is not repeated.
                        return verbs.Context.Usage($"--identity: tệp không phải JSON đúng dạng (ở {problem.Path ?? "$"}).", $"--identity: the file is no well-formed JSON (at {problem.Path ?? "$"}).");
                    }
                }

                var order = new TransferOrder
                {
                    ToAgency = parsed.GetValue(to)!,
                    FromUnit = parsed.GetValue(fromUnit) ?? "",
                    ToUnit = parsed.GetValue(toUnit) ?? "",
                    Clause = parsed.GetValue(clause)!,
                    Purpose = (TransferPurpose)Array.IndexOf(Purposes, parsed.GetValue(purpose)),
                    Urgency = parsed.GetValue(urgency) switch { "danger" => TransferUrgency.Danger, "urgent" => TransferUrgency.Urgent, _ => TransferUrgency.Ordinary },
                    Source = (TransferSource)Array.IndexOf(Sources, parsed.GetValue(source)),
                    IntakeChannel = parsed.GetValue(channel) ?? "",
                    ReportedAt = instants[0],
                    ReporterAnonymous = !parsed.GetValue(named),
                    Category = wanted,
                    TargetIds = parsed.GetValue(targets) ?? [],
                    Digests = read,
                    Evidence = items,
                    HostCountry = parsed.GetValue(country) ?? "",
                    Child = new ChildRisk(parsed.GetValue(inDanger), parsed.GetValue(identified), parsed.GetValue(commune) ?? ""),
                    Confidentiality = parsed.GetValue(secret) ? TransferConfidentiality.Secret : TransferConfidentiality.Restricted,
                    Text = new TransferText { Summary = parsed.GetValue(summary)!, RequestedOutput = parsed.GetValue(ask)!, ActionsTaken = parsed.GetValue(actions) ?? "", Urls = parsed.GetValue(urls) ?? [], Accounts = parsed.GetValue(accounts) ?? [] },
                    Identity = child,
                    Investigator = parsed.GetValue(investigator),
                    ResultDueAt = instants[1],
                    Reason = parsed.GetValue(reason)!,
                };
                return verbs.End(await house.Transfers.SendAsync(actor, order, token), transfer => verbs.Context.Tell(Row(transfer),
                    $"{transfer.Id}: đã chuyển cho {transfer.ToAgency}; hạn tiếp nhận {Times.Local(transfer.ReceiptDueAt)}, hạn kết quả {Times.Local(transfer.ResultDueAt)}",
                    $"{transfer.Id}: handed to {transfer.ToAgency}; receipt due {Times.Local(transfer.ReceiptDueAt)}, result due {Times.Local(transfer.ResultDueAt)}"));
            });
    }

    private static Command List(VerbSet verbs)
    {
        var inbox = new Option<bool>("--in") { Description = verbs.Say("chỉ những gì được gửi đến", "only what came in") };
        var outbox = new Option<bool>("--out") { Description = verbs.Say("chỉ những gì đã gửi", "only what went out") };
        var (after, count) = Paged.Options();
        return verbs.Read("list", "Liệt kê", "List", [inbox, outbox, after, count], async (house, actor, parsed, token) =>
        {
            var box = (parsed.GetValue(inbox), parsed.GetValue(outbox)) switch { (true, false) => TransferBox.In, (false, true) => TransferBox.Out, _ => TransferBox.All };
            var rows = await house.Transfers.ListAsync(actor, box, Paged.Of(parsed, after, count), token);
            if (verbs.Context.Json)
            {
                foreach (var row in rows)
                {
                    verbs.Context.Line(Row(row));
                }
            }
            else
            {
                verbs.Context.Table([verbs.Say("Mã", "Id"), verbs.Say("Từ", "From"), verbs.Say("Đến", "To"), verbs.Say("Mục đích", "Purpose"), verbs.Say("Mức", "Urgency"), verbs.Say("Trạng thái", "State"), verbs.Say("Hạn", "Due")],
                    rows.Select(row => (IReadOnlyList<string>)[row.Id, row.FromAgency, row.ToAgency, verbs.Context.Word(row.Purpose), verbs.Context.Word(row.Urgency), verbs.Context.Word(row.State), Times.Local(row.DueAt) + (row.DueAt < house.Desk.Now ? verbs.Say(" QUÁ HẠN", " OVERDUE") : "")]));
            }

            return ExitCodes.Done;
        });
    }

    private static Command Show(VerbSet verbs)
    {
        var id = new Argument<string>("transfer");
        return verbs.Act("show", "Mở một chuyển giao (được ghi vào nhật ký)", "Open a transfer (logged)", [id], async (house, actor, parsed, token) =>
            verbs.End(await house.Transfers.OpenAsync(actor, parsed.GetValue(id)!, token), seen =>
            {
                var transfer = seen.Transfer;
                if (verbs.Context.Json)
                {
                    verbs.Context.Line(new { facts = Row(transfer), text = seen.Text, result = seen.Result, transfer.Clause, transfer.Child, transfer.HostCountry, digests = transfer.Digests.Select(one => one.ToString()), evidence = transfer.Evidence.Select(one => new { one.Item, sha256 = one.Sha256.ToString() }), hasIdentity = seen.View == TransferView.Party && transfer.Identity is not null });
                    return;
                }

                var output = verbs.Context.Out;
                output.WriteLine($"{transfer.Id}  {transfer.FromAgency} → {transfer.ToAgency}  {verbs.Context.Word(transfer.State)}  {verbs.Context.Word(transfer.Purpose)}  {verbs.Context.Word(transfer.Urgency)}");
                output.WriteLine(verbs.Say($"Căn cứ: {transfer.Clause}. Hạn tiếp nhận {Times.Local(transfer.ReceiptDueAt)}, hạn kết quả {Times.Local(transfer.ResultDueAt)}.", $"Clause: {transfer.Clause}. Receipt due {Times.Local(transfer.ReceiptDueAt)}, result due {Times.Local(transfer.ResultDueAt)}."));
                if (seen.Text is { } text)
                {
                    output.WriteLine(CliContext.Clean($"{verbs.Say("Tóm tắt", "Summary")}: {text.Summary}\n{verbs.Say("Đề nghị", "Asked for")}: {text.RequestedOutput}\n{verbs.Say("Đã làm", "Actions taken")}: {text.ActionsTaken}"));
                    foreach (var line in text.Urls.Concat(text.Accounts))
                    {
                        output.WriteLine(CliContext.Clean("  " + line));
                    }
                }
                else
                {
                    output.WriteLine(seen.View == TransferView.Party
                        ? verbs.Say($"Nội dung mở được sau khi tiếp nhận: monitor transfers receive {transfer.Id} --as …", $"The words open after the receipt: monitor transfers receive {transfer.Id} --as …")
                        : verbs.Say("Nội dung chỉ dành cho hai cơ quan.", "The words are for the two agencies only."));
                }

                if (seen.Result is { } result)
                {
                    output.WriteLine(CliContext.Clean($"{verbs.Say("Kết quả", "Result")}: {result}"));
                }
            }));
    }

    private static Command Receive(VerbSet verbs)
    {
        var id = new Argument<string>("transfer");
        return verbs.Act("receive", "Xác nhận đã tiếp nhận (cơ quan nhận)", "Give the receipt (receiving agency)", [id], async (house, actor, parsed, token) =>
            verbs.End(await house.Transfers.ReceiveAsync(actor, parsed.GetValue(id)!, token), transfer => Told(verbs, transfer)));
    }

    private static Command Accept(VerbSet verbs)
    {
        var id = new Argument<string>("transfer");
        var reason = new Option<string>("--reason") { Required = true };
        var assigned = new Option<string?>("--assign") { Description = verbs.Say("ai xử lý; mặc định là người nhận", "who works on it; by default whoever accepts") };
        return verbs.Act("accept", "Nhận xử lý (cơ quan nhận)", "Accept it (receiving agency)", [id, reason, assigned], async (house, actor, parsed, token) =>
            verbs.End(await house.Transfers.AcceptAsync(actor, parsed.GetValue(id)!, parsed.GetValue(reason)!, parsed.GetValue(assigned), token), transfer => Told(verbs, transfer)));
    }

    private static Command Answer(VerbSet verbs)
    {
        var id = new Argument<string>("transfer");
        var result = new Option<string>("--result") { Description = verbs.Say("kết quả (được niêm phong)", "the result (sealed)"), Required = true };
        var reason = new Option<string>("--reason") { Required = true };
        return verbs.Act("answer", "Trả kết quả (cơ quan nhận)", "Give the result (receiving agency)", [id, result, reason], async (house, actor, parsed, token) =>
            verbs.End(await house.Transfers.AnswerAsync(actor, parsed.GetValue(id)!, parsed.GetValue(result)!, parsed.GetValue(reason)!, token), transfer => Told(verbs, transfer)));
    }

    private static Command Step(VerbSet verbs, string name, string vietnamese, string english, Func<TransferOperations, Actor, string, string, CancellationToken, Task<OperationResult<Transfer>>> step)
    {
        var id = new Argument<string>("transfer");
        var reason = new Option<string>("--reason") { Required = true };
        return verbs.Act(name, vietnamese, english, [id, reason], async (house, actor, parsed, token) =>
            verbs.End(await step(house.Transfers, actor, parsed.GetValue(id)!, parsed.GetValue(reason)!, token), transfer => Told(verbs, transfer)));
    }

    private static Command Identity(VerbSet verbs)
    {
        var id = new Argument<string>("transfer");
        var reason = new Option<string>("--reason") { Required = true };
        var password = PasswordFile(verbs);
        return verbs.Act("identity", "Mở danh tính trẻ bằng mật khẩu của chính mình (được ghi vào nhật ký)", "Open the child's identity with one's own password (logged)", [id, reason, password], async (house, actor, parsed, token) =>
            await WithPasswordAsync(verbs, parsed.GetValue(password)!, async given => verbs.End(await house.Identities.OpenAsync(actor, parsed.GetValue(id)!, given, parsed.GetValue(reason)!, token), child =>
                verbs.Context.Tell(child, Lines(verbs, child), Lines(verbs, child))), token));
    }

    private static Command Share(VerbSet verbs)
    {
        var id = new Argument<string>("transfer");
        var with = new Option<string>("--with") { Description = verbs.Say("điều tra viên được giao, hoặc người của cơ quan bảo vệ trẻ em", "the assigned investigator, or somebody of child protection"), Required = true };
        var reason = new Option<string>("--reason") { Required = true };
        var password = PasswordFile(verbs);
        return verbs.Act("share-identity", "Cho người có thẩm quyền đọc danh tính trẻ", "Let somebody entitled read the child's identity", [id, with, reason, password], async (house, actor, parsed, token) =>
            await WithPasswordAsync(verbs, parsed.GetValue(password)!, async given => verbs.End(await house.Identities.ShareAsync(actor, parsed.GetValue(id)!, parsed.GetValue(with)!, given, parsed.GetValue(reason)!, token), transfer => Told(verbs, transfer)), token));
    }

    private static Command Export(VerbSet verbs)
    {
        var id = new Argument<string>("transfer");
        var to = new Option<string>("--out") { Description = verbs.Say("thư mục nhận tệp và chữ ký", "directory for the file and its signature"), Required = true };
        return verbs.Act("export", "Xuất tệp có chữ ký cho hệ thống ở nơi khác (không kèm danh tính trẻ)", "Write a signed file for an installation elsewhere (without the child's identity)", [id, to], async (house, actor, parsed, token) =>
        {
            var directory = verbs.Context.PathOf(parsed.GetValue(to)!);
            return verbs.End(await house.TransferFiles.ExportAsync(actor, parsed.GetValue(id)!, token), file =>
            {
                Directory.CreateDirectory(directory);
                File.WriteAllBytes(Path.Combine(directory, file.Name), file.Content);
                File.WriteAllText(Path.Combine(directory, file.Name + ".sig"), file.Signature);
                verbs.Context.Tell(new { file = Path.Combine(directory, file.Name), signature = Path.Combine(directory, file.Name + ".sig") }, $"{file.Name}, {file.Name}.sig → {directory}", $"{file.Name}, {file.Name}.sig → {directory}");
            });
        });
    }

    private static Command Import(VerbSet verbs)
    {
        var file = new Argument<string>("file") { Description = verbs.Say("tệp .transfer.json; chữ ký nằm cạnh (.sig)", ".transfer.json file; its signature beside it (.sig)") };
        return verbs.Act("import", "Nhận tệp chuyển giao từ hệ thống ở nơi khác (transfer-peers)", "Take in a transfer file of an installation elsewhere (transfer-peers)", [file], async (house, actor, parsed, token) =>
        {
            var (content, refused) = await GivenFile.ReadAsync(verbs.Context, parsed.GetValue(file)!, token);
            if (refused is not null)
            {
                return verbs.Context.Refuse(refused);
            }

            (var signature, refused) = await GivenFile.ReadAsync(verbs.Context, parsed.GetValue(file)! + ".sig", token);
            return refused is not null
                ? verbs.Context.Refuse(refused)
                : verbs.End(await house.TransferFiles.ImportAsync(actor, content, Encoding.UTF8.GetString(signature!), token), taken => verbs.Context.Tell(
                    new { facts = Row(taken.Transfer), isNew = taken.New },
                    taken.New ? $"{taken.Transfer.Id}: đã nhận, {verbs.Context.Word(taken.Transfer.State)}" : $"{taken.Transfer.Id}: tệp này đã nhận từ trước",
                    taken.New ? $"{taken.Transfer.Id}: taken in, {verbs.Context.Word(taken.Transfer.State)}" : $"{taken.Transfer.Id}: this file was taken in before"));
        });
    }

    private static Option<string> PasswordFile(VerbSet verbs) => new("--password-file") { Description = verbs.Say("tệp chứa mật khẩu của chính mình (dòng đầu); không ghi mật khẩu vào dòng lệnh", "file with one's own password (first line); never on the command line"), Required = true };

    private static async Task<int> WithPasswordAsync(VerbSet verbs, string file, Func<string, Task<int>> act, CancellationToken cancellation)
    {
        var (bytes, refused) = await GivenFile.ReadAsync(verbs.Context, file, cancellation);
        return refused is not null ? verbs.Context.Refuse(refused) : await act(Encoding.UTF8.GetString(bytes!).Split('\n')[0].TrimEnd('\r'));
    }

    private static void Told(VerbSet verbs, Transfer transfer) =>
        verbs.Context.Tell(Row(transfer), $"{transfer.Id}: {verbs.Context.Word(transfer.State)}", $"{transfer.Id}: {verbs.Context.Word(transfer.State)}");

    private static string Lines(VerbSet verbs, ChildIdentity child) => CliContext.Clean(string.Join('\n', new[]
    {
        (verbs.Say("Tên", "Name"), child.Name), (verbs.Say("Ngày sinh", "Birth date"), child.BirthDate), (verbs.Say("Địa chỉ", "Address"), child.Address),
        (verbs.Say("Người giám hộ", "Guardian"), child.Guardian), (verbs.Say("Trường", "School"), child.School), (verbs.Say("Ghi chú", "Notes"), child.Notes),
    }.Where(line => line.Item2.Length > 0).Select(line => $"{line.Item1}: {line.Item2}")));
}
