using System.CommandLine;
using System.Globalization;
using System.Text;
using Monitor.Rules.Custody;
using Monitor.Worker.Evidence.LogSigning;
using Monitor.Worker.Operations;

namespace Monitor.Worker.Cli.Verbs;

/// <summary>The custody log: read, checked, published, proven.</summary>
public static class CustodyVerbs
{
    public static Command Build(VerbSet verbs) => verbs.Group("custody", "Nhật ký lưu vết", "Custody log",
        List(verbs), Verify(verbs), Publish(verbs), Prove(verbs), VerifyProof(verbs), Key(verbs), Rotate(verbs), Cosign(verbs), Countersign(verbs));

    private static Command List(VerbSet verbs)
    {
        var from = new Option<long>("--from") { DefaultValueFactory = _ => 1 };
        var count = new Option<int>("--count") { DefaultValueFactory = _ => 100 };
        return verbs.Read("list", "Liệt kê", "List", [from, count], async (house, _, parsed, token) =>
        {
            var entries = await house.Store.CustodyAsync(parsed.GetValue(from), Math.Clamp(parsed.GetValue(count), 1, 100_000), token);
            if (verbs.Context.Json)
            {
                foreach (var entry in entries)
                {
                    verbs.Context.Out.WriteLine(Encoding.UTF8.GetString(CustodyCanonical.Write(entry)));
                }
            }
            else
            {
                verbs.Context.Table(["#", verbs.Say("Lúc", "At"), verbs.Say("Ai", "Who"), verbs.Say("Việc", "Act"), verbs.Say("Đối tượng", "Item"), verbs.Say("Lý do", "Reason")],
                    entries.Select(entry => (IReadOnlyList<string>)[entry.Sequence.ToString(CultureInfo.InvariantCulture), Times.Local(entry.Act.At), entry.Act.Actor, entry.Act.Act, entry.Act.Item, entry.Act.Reason]));
            }

            return ExitCodes.Done;
        });
    }

    private static Command Verify(VerbSet verbs)
    {
        var files = new Option<string[]>("--checkpoint") { Description = verbs.Say("điểm kiểm được giữ ở nơi khác (tệp hằng ngày, trong gói chứng cứ); lặp lại được", "a checkpoint that was kept elsewhere (daily file, evidence package); may be repeated"), AllowMultipleArgumentsPerToken = true };
        var vkeys = new Option<string[]>("--vkey") { Description = verbs.Say("khoá công khai biết từ nơi khác; mặc định: khoá ghi trong kho", "public key known from elsewhere; default: those in the store"), AllowMultipleArgumentsPerToken = true };
        return verbs.Read("verify", "Kiểm tra toàn bộ nhật ký: mắt xích, điểm kiểm, dấu thời gian", "Check the whole log: links, checkpoints, time stamps", [files, vkeys], async (house, _, parsed, token) =>
        {
            var keys = new List<NoteKey>();
            foreach (var text in parsed.GetValue(vkeys) ?? [])
            {
                if (!NoteKey.TryParse(text, out var key))
                {
                    return verbs.Context.Usage($"--vkey '{text}' không phải khoá công khai (tên+id+khoá).", $"--vkey '{text}' is not a public key (name+id+key).");
                }

                keys.Add(key);
            }

            var given = new List<(string Name, string Note)>();
            foreach (var file in parsed.GetValue(files) ?? [])
            {
                var (read, refused) = await GivenFile.ReadAsync(verbs.Context, file, token);
                if (refused is not null)
                {
                    return verbs.Context.Refuse(refused);
                }

                given.Add((Path.GetFileName(file), Encoding.UTF8.GetString(read!)));
            }

            using var progress = new ProgressLine(verbs.Context, "custody");
            var report = await house.CustodyVerification.RunAsync(given, keys, progress.Report, token);
            Tell(verbs, report);
            return report.Findings.Count == 0 ? ExitCodes.Done : ExitCodes.Problems;
        });
    }

    private static void Tell(VerbSet verbs, CustodyReport report)
    {
        foreach (var finding in report.Findings)
        {
            verbs.Context.Tell(new { finding = finding.Code, where = finding.Where, detail = finding.Detail }, Sentence(finding, english: false), Sentence(finding, english: true));
        }

        foreach (var gap in report.Gaps)
        {
            verbs.Context.Tell(new { gap = gap.After, from = gap.From, to = gap.To }, $"Im lặng sau mục #{gap.After}: {Times.Local(gap.From)} – {Times.Local(gap.To)} (chương trình không chạy?)", $"Silence after entry #{gap.After}: {Times.Local(gap.From)} – {Times.Local(gap.To)} (was the program not running?)");
        }

        verbs.Context.Tell(
            new { intact = report.Findings.Count == 0, count = report.Count, head = report.Head, root = report.Root.ToString(), checkpoints = report.Checkpoints, given = report.Given, newest = report.Newest, findings = report.Findings.Count, gaps = report.Gaps.Count },
            report.Findings.Count == 0
                ? $"Nguyên vẹn: {report.Count} mục, {report.Checkpoints} điểm kiểm trong kho, {report.Given} điểm kiểm giữ ở nơi khác, gốc {report.Root}"
                : $"HỎNG: {report.Findings.Count} phát hiện; {report.Count} mục đầu còn khớp với nhau",
            report.Findings.Count == 0
                ? $"Intact: {report.Count} entries, {report.Checkpoints} checkpoints in the store, {report.Given} kept elsewhere, root {report.Root}"
                : $"BROKEN: {report.Findings.Count} finding(s); the first {report.Count} entries agree with each other");
        if (report is { Findings.Count: 0, Given: 0 })
        {
            verbs.Context.Tell(new { note = "no-checkpoint-from-elsewhere" }, "Phần đuôi bị cắt cùng điểm kiểm chỉ lộ ra khi so với điểm kiểm giữ ở nơi khác: --checkpoint TỆP.", "A tail cut off together with its checkpoints shows only against a checkpoint that was kept elsewhere: --checkpoint FILE.");
        }
    }

    private static string Sentence(CustodyFinding finding, bool english)
    {
        var (vi, en) = finding.Code switch
        {
            "entry-altered" => ($"Mục #{finding.Where} (hoặc mục ngay sau nó) đã bị sửa", $"Entry #{finding.Where} (or the one after it) was altered"),
            "entry-missing" => ($"Thiếu mục #{finding.Where}", $"Entry #{finding.Where} is missing"),
            "entry-out-of-order" => ($"Mục #{finding.Where} sai thứ tự", $"Entry #{finding.Where} is out of order"),
            "history-rewritten" => ($"{finding.Where}: {finding.Detail} mục đầu không phải là những mục đã được ký", $"{finding.Where}: the first {finding.Detail} entries are not those that were signed"),
            "tail-cut" => ($"{finding.Where}: nhật ký bị cắt đuôi ({finding.Detail} mục)", $"{finding.Where}: the log's tail was cut off ({finding.Detail} entries)"),
            "checkpoint-altered" => ($"{finding.Where}: điểm kiểm trong kho không khớp với bản đã ký", $"{finding.Where}: the stored checkpoint is not what was signed"),
            "not-a-checkpoint" => ($"{finding.Where}: không phải điểm kiểm đã ký", $"{finding.Where}: not a signed checkpoint"),
            "signature-forged" => ($"{finding.Where}: chữ ký sai", $"{finding.Where}: the signature does not hold"),
            "signature-unknown" => ($"{finding.Where}: không có chữ ký của khoá đã biết ({finding.Detail})", $"{finding.Where}: signed by none of the known keys ({finding.Detail})"),
            "cosignature-forged" => ($"{finding.Where}: chữ ký của người chứng kiến sai {finding.Detail}", $"{finding.Where}: a witness's signature does not hold {finding.Detail}"),
            _ => ($"{finding.Where}: dấu thời gian không đúng ({finding.Code})", $"{finding.Where}: the time stamp does not hold ({finding.Code})"),
        };
        return english ? en : vi;
    }

    private static Command Publish(VerbSet verbs)
    {
        var file = new Option<string?>("--out") { Description = verbs.Say("ghi ra tệp", "write to a file") };
        return verbs.Act("checkpoint", "Ký điểm kiểm của nhật ký ngay bây giờ", "Sign a checkpoint of the log now", [file], async (house, actor, parsed, token) =>
        {
            var result = await house.Checkpoints.PublishAsync(actor, "", token);
            if (result is OperationResult<PublishedCheckpoint>.Done { Value: var row } && parsed.GetValue(file) is { } path)
            {
                await File.WriteAllTextAsync(verbs.Context.PathOf(path), row.Published, token);
            }

            return verbs.End(result, checkpoint => verbs.Context.Tell(new { size = checkpoint.Size, root = checkpoint.Root.ToString(), note = checkpoint.Published }, checkpoint.Published.TrimEnd(), checkpoint.Published.TrimEnd()));
        });
    }

    private static Command Prove(VerbSet verbs)
    {
        var entry = new Option<long?>("--entry") { Description = verbs.Say("số của mục", "number of the entry") };
        var item = new Option<string?>("--item") { Description = verbs.Say("mọi mục về một đối tượng (T000001, E000001 …)", "every entry about an item (T000001, E000001 …)") };
        var directory = new Option<string>("--out") { Description = verbs.Say("thư mục nhận các tệp", "directory for the files"), DefaultValueFactory = _ => "." };
        return verbs.Read("prove", "Lập bằng chứng rằng một mục có trong nhật ký", "Make proofs that entries stand in the log", [entry, item, directory], async (house, _, parsed, token) =>
        {
            if (parsed.GetValue(entry) is null == parsed.GetValue(item) is null)
            {
                return verbs.Context.Usage("Cần đúng một trong hai: --entry hoặc --item.", "Give exactly one of --entry and --item.");
            }

            var proofs = await house.CustodyProofs.OfAsync(parsed.GetValue(entry), parsed.GetValue(item), token);
            if (proofs.Count == 0)
            {
                return verbs.Context.Refuse(Refusal.NotFound("custody entry", parsed.GetValue(item) ?? parsed.GetValue(entry)!.Value.ToString(CultureInfo.InvariantCulture)));
            }

            var folder = verbs.Context.PathOf(parsed.GetValue(directory)!);
            Directory.CreateDirectory(folder);
            foreach (var (sequence, canonical, proof) in proofs)
            {
                var name = Path.Combine(folder, sequence.ToString("D8", CultureInfo.InvariantCulture));
                await File.WriteAllBytesAsync(name + ".json", canonical, token);
                if (proof is null)
                {
                    verbs.Context.Tell(new { entry = sequence, proof = (string?)null }, $"#{sequence}: chưa có điểm kiểm nào bao gồm mục này; hãy chạy 'monitor custody checkpoint' rồi thử lại.", $"#{sequence}: no checkpoint covers this entry yet; run 'monitor custody checkpoint' and try again.");
                    continue;
                }

                await File.WriteAllTextAsync(name + ".tlog-proof", proof.ToString(), token);
                verbs.Context.Tell(new { entry = sequence, file = name + ".json", proof = name + ".tlog-proof" }, $"#{sequence}: {name}.json, {name}.tlog-proof", $"#{sequence}: {name}.json, {name}.tlog-proof");
            }

            return proofs.All(one => one.Proof is not null) ? ExitCodes.Done : ExitCodes.Problems;
        });
    }

    private static Command VerifyProof(VerbSet verbs)
    {
        var proof = new Argument<string>("proof") { Description = ".tlog-proof" };
        var entry = new Option<string>("--entry") { Description = verbs.Say("tệp .json của mục", "the entry's .json file"), Required = true };
        var vkey = new Option<string>("--vkey") { Description = verbs.Say("khoá công khai của nhật ký, biết từ nơi khác", "the log's public key, known from elsewhere"), Required = true };
        return verbs.Plain("verify-proof", "Kiểm tra bằng chứng (không cần kho dữ liệu)", "Check a proof (needs no store)", [proof, entry, vkey], async (parsed, token) =>
        {
            var (proofBytes, refused) = await GivenFile.ReadAsync(verbs.Context, parsed.GetValue(proof)!, token);
            var (entryBytes, refusedToo) = await GivenFile.ReadAsync(verbs.Context, parsed.GetValue(entry)!, token);
            if ((refused ?? refusedToo) is { } refusal)
            {
                return verbs.Context.Refuse(refusal);
            }

            if (!NoteKey.TryParse(parsed.GetValue(vkey), out var key))
            {
                return verbs.Context.Usage("--vkey không phải khoá công khai (tên+id+khoá).", "--vkey is not a public key (name+id+key).");
            }

            var (code, vi, en) = !LogProof.TryParse(Encoding.UTF8.GetString(proofBytes!), out var read) ? ("unreadable", "Tệp không phải bằng chứng (tlog-proof).", "The file is not a proof (tlog-proof).")
                : read.Checkpoint.Check(key, new LogKeyFile("").Verify) is not NoteCheck.Good ? ("signature", "Điểm kiểm không do khoá này ký.", "The checkpoint is not signed by this key.")
                : !read.Holds(entryBytes!) ? ("path", "Bằng chứng không dẫn từ mục này đến điểm kiểm.", "The proof does not lead from this entry to the checkpoint.")
                : ("", "Đúng: mục có trong nhật ký đã ký.", "Good: the entry stands in the signed log.");
            verbs.Context.Tell(new { holds = code.Length == 0, problem = code }, vi, en);
            return code.Length == 0 ? ExitCodes.Done : ExitCodes.Problems;
        });
    }

    private static Command Key(VerbSet verbs) => verbs.Read("vkey", "Khoá công khai của nhật ký (và các khoá trước đây)", "The log's public key (and earlier ones)", [], async (house, _, _, token) =>
    {
        var keys = await house.Checkpoints.KeysAsync(token);
        if (keys.Count == 0 && house.Checkpoints.Signer.Key(house.Checkpoints.Origin) is { } unused)
        {
            keys = [(0, unused.ToString())];
        }

        foreach (var (from, key) in keys)
        {
            verbs.Context.Tell(new { from, vkey = key }, keys.Count == 1 ? key : $"{key}  (từ mục #{from})", keys.Count == 1 ? key : $"{key}  (from entry #{from})");
        }

        return ExitCodes.Done;
    });

    private static Command Rotate(VerbSet verbs)
    {
        var reason = new Option<string>("--reason") { Required = true };
        return verbs.Act("rotate-key", "Đổi khoá ký nhật ký; điểm kiểm công bố việc đổi được ký bằng cả hai khoá", "Change the key that signs the log; the checkpoint that tells it is signed by both", [reason], async (house, actor, parsed, token) =>
            verbs.End(await house.Checkpoints.RotateKeyAsync(actor, parsed.GetValue(reason)!, token), row =>
                verbs.Context.Tell(new { size = row.Size, vkey = row.Key, previous = row.PreviousKey, note = row.Note }, $"Khoá mới: {row.Key}\nHãy gửi khoá này và điểm kiểm sau cho những người kiểm tra nhật ký:\n{row.Note}", $"New key: {row.Key}\nSend it and this checkpoint to those who check the log:\n{row.Note}")));
    }

    private static Command Cosign(VerbSet verbs)
    {
        var file = new Argument<string?>("checkpoint") { Arity = ArgumentArity.ZeroOrOne };
        var name = new Option<string>("--name") { Description = verbs.Say("tên người chứng kiến, ví dụ thanh-tra.mau.example", "the witness's name, such as inspectorate.mau.example"), Required = true };
        var key = new Option<string>("--key") { Description = verbs.Say("tệp khoá bí mật; tạo mới nếu chưa có", "secret key file; made where there is none"), Required = true };
        var to = new Option<string?>("--out");
        return verbs.Plain("cosign", "Ký chứng kiến một điểm kiểm (ở nơi khác, không cần kho dữ liệu); không có tệp: in khoá công khai", "Countersign a checkpoint (elsewhere, needs no store); without a file: print the public key", [file, name, key, to], async (parsed, token) =>
        {
            if (!NoteKey.IsName(parsed.GetValue(name)!))
            {
                return verbs.Context.Usage("--name: không có khoảng trắng và dấu +.", "--name: no spaces and no plus signs.");
            }

            if (LogKeyFile.ReadOrCreate(verbs.Context.PathOf(parsed.GetValue(key)!)) is not { } seed)
            {
                return verbs.Context.Usage("--key: tệp không phải khoá (32 byte).", "--key: the file is not a key (32 bytes).");
            }

            var vkey = LogKeyFile.WitnessKey(parsed.GetValue(name)!, seed).ToString();
            if (parsed.GetValue(file) is not { } path)
            {
                verbs.Context.Tell(new { vkey }, vkey, vkey);
                return ExitCodes.Done;
            }

            var (read, refused) = await GivenFile.ReadAsync(verbs.Context, path, token);
            if (refused is not null)
            {
                return verbs.Context.Refuse(refused);
            }

            if (!SignedNote.TryParse(Encoding.UTF8.GetString(read!), out var note) || !Checkpoint.TryParse(note.Body, out _))
            {
                return verbs.Context.Refuse(new Refusal(RefusalKind.Invalid, "not-a-checkpoint"));
            }

            var signed = note.With(LogKeyFile.Cosign(parsed.GetValue(name)!, seed, note.Body, TimeProvider.System.GetUtcNow())).ToString();
            if (parsed.GetValue(to) is { } target)
            {
                await File.WriteAllTextAsync(verbs.Context.PathOf(target), signed, token);
            }

            verbs.Context.Tell(new { vkey, note = signed }, signed.TrimEnd(), signed.TrimEnd());
            return ExitCodes.Done;
        });
    }

    private static Command Countersign(VerbSet verbs)
    {
        var file = new Argument<string>("checkpoint");
        return verbs.Act("countersign", "Nhận điểm kiểm đã được bên chứng kiến ký", "Take in a checkpoint that a witness has countersigned", [file], async (house, actor, parsed, token) =>
        {
            var (read, refused) = await GivenFile.ReadAsync(verbs.Context, parsed.GetValue(file)!, token);
            return refused is not null
                ? verbs.Context.Refuse(refused)
                : verbs.End(await house.Checkpoints.CountersignAsync(actor, Encoding.UTF8.GetString(read!), token), row =>
                    verbs.Context.Tell(new { size = row.Size, cosignatures = row.Cosignatures.Count }, $"Điểm kiểm {row.Size}: {row.Cosignatures.Count} chữ ký chứng kiến.", $"Checkpoint {row.Size}: {row.Cosignatures.Count} countersignature(s)."));
        });
    }
}
