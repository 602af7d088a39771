using System.CommandLine;
using System.Globalization;
using Monitor.Rules.Matching;
using Monitor.Worker.Banks;
using Monitor.Worker.Banks.Formats;
using Monitor.Worker.Operations;

namespace Monitor.Worker.Cli.Verbs;

/// <summary>`hashes import` and `hashes banks`.</summary>
internal static class BankVerbs
{
    private static readonly string[] KindWords = ["md5", "sha1", "sha256", "pdq"];

    public static Command Import(VerbSet verbs)
    {
        var bank = new Option<string>("--bank") { Description = verbs.Say("tên ngân hàng băm", "bank name"), Required = true };
        var kind = KindOption(verbs, "chỉ lấy loại này; bỏ trống: mọi loại mà danh sách ghi rõ", "take in this kind only; without it every kind the list names");
        var format = new Option<string?>("--format") { Description = string.Join(" | ", HashFormats.Words) + verbs.Say(" (bỏ trống: tự nhận dạng)", " (without it: recognised)") };
        format.AcceptOnlyFromAmong([.. HashFormats.Words]);
        var delta = new Option<bool>("--delta") { Description = verbs.Say("danh sách thêm/bớt, không thay cả ngân hàng", "the list adds and removes; it does not replace the bank") };
        var from = new Option<string?>("--base") { Description = verbs.Say("mốc mà bản thêm/bớt bắt đầu từ đó, nếu tệp không ghi", "checkpoint the delta starts from, where the file does not say") };
        var checkpoint = new Option<string?>("--checkpoint") { Description = verbs.Say("mốc mới, nếu tệp không ghi", "the new checkpoint, where the file does not say") };
        var opinion = new Option<string?>("--opinion") { Description = "positive | negative | disputed" + verbs.Say(" (bỏ trống: như trước)", " (without it: as before)") };
        opinion.AcceptOnlyFromAmong("positive", "negative", "disputed");
        var change = new Option<bool>("--change-opinion") { Description = verbs.Say("cho phép --opinion đổi ý kiến của ngân hàng đã có", "let --opinion change what an existing bank says") };
        var columns = new Option<string?>("--columns") { Description = verbs.Say("CSV: hash=2,kind=1,label=3 hoặc tên cột ở dòng đầu", "CSV: hash=2,kind=1,label=3, or names in the first line") };
        var categories = new Option<string?>("--categories") { Description = verbs.Say("VICS/CAID: các số loại được lấy (1,2)", "VICS/CAID: category numbers to take in (1,2)") };
        var radius = new Option<int?>("--radius") { Description = verbs.Say("PDQ: số bit được khác, 0…31 (31)", "PDQ: bits that may differ, 0…31 (31)") };
        var source = new Option<string?>("--source") { Description = verbs.Say("nguồn của danh sách (bỏ trống: tên tệp)", "where the list comes from (without it: the file's name)") };
        var shrink = new Option<bool>("--allow-shrinking") { Description = verbs.Say("nhận cả danh sách ngắn hơn một nửa bản cũ", "take in a list of less than half of the former version too") };
        var file = new Argument<string>("file") { Description = verbs.Say("tệp, hoặc - (đầu vào chuẩn)", "file, or - (standard input)") };
        var command = verbs.Act("import", "Nhập một danh sách mã băm vào ngân hàng", "Import a hash list into a bank", [bank, kind, format, delta, from, checkpoint, opinion, change, columns, categories, radius, source, shrink, file], async (house, actor, parsed, token) =>
        {
            CsvColumns? places = null;
            if (parsed.GetValue(columns) is { } words && (places = CsvColumns.TryParse(words, out var wrong)) is null)
            {
                return verbs.Context.Refuse(new Refusal(RefusalKind.Invalid, "bad-columns", wrong, string.Join(", ", CsvColumns.Roles)));
            }

            HashSet<int>? wanted = null;
            if (parsed.GetValue(categories) is { } numbers)
            {
                wanted = [];
                foreach (var number in numbers.Split(',', StringSplitOptions.TrimEntries))
                {
                    if (!int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var category))
                    {
                        return verbs.Context.Refuse(new Refusal(RefusalKind.Invalid, "bad-categories", number));
                    }

                    wanted.Add(category);
                }
            }

            var order = new BankImportOrder
            {
                Bank = parsed.GetValue(bank)!,
                Kind = KindOf(parsed.GetValue(kind)),
                Format = parsed.GetValue(format) is { } said ? HashFormats.Parse(said) : null,
                Delta = parsed.GetValue(delta),
                Base = parsed.GetValue(from),
                Checkpoint = parsed.GetValue(checkpoint),
                Opinion = parsed.GetValue(opinion) is { } view ? Enum.Parse<Opinion>(view, ignoreCase: true) : null,
                ChangeOpinion = parsed.GetValue(change),
                Columns = places,
                Categories = wanted,
                Radius = parsed.GetValue(radius),
                Source = parsed.GetValue(source),
                AllowShrinking = parsed.GetValue(shrink),
            };
            var path = verbs.Context.PathOf(parsed.GetValue(file)!);
            return verbs.End(await house.Banks.ImportAsync(actor, order, path, line => Tell(verbs, line), token), done => Tell(verbs, order.Bank, done));
        });
        return StandardInput.Spooled(verbs, command, parsed => parsed.GetValue(file) == StandardInput.Word, parsed => parsed.GetValue(source) is null ? ["--source", "stdin"] : []);
    }

    public static Command Banks(VerbSet verbs)
    {
        var verify = new Option<bool>("--verify") { Description = verbs.Say("đọc hết các tệp và so với mã kiểm tra", "read all files and compare them with their digests") };
        return verbs.Read("banks", "Các ngân hàng băm đang dùng", "Banks in force", [verify], async (house, _, parsed, token) =>
        {
            var verified = parsed.GetValue(verify) ? await house.Banks.VerifyAsync(token) : new BankVerification(house.BankIndex.Faults, []);
            var faults = verified.Faults;
            var states = house.BankIndex.States.Values.ToLookup(state => (state.Bank, state.Kind));
            foreach (var bank in await house.Store.BanksAsync(token))
            {
                var fault = faults.FirstOrDefault(one => one.BankId == bank.Id)?.Fault;
                var disabled = states[(bank.Name, bank.Kind)].Count(state => state.Standing == Rules.Banks.EntryStanding.Disabled);
                var quarantined = states[(bank.Name, bank.Kind)].Count(state => state.Standing == Rules.Banks.EntryStanding.Quarantined);
                verbs.Context.Tell(
                    new { bank = bank.Name, kind = bank.Kind, version = bank.Number, entries = bank.Entries, opinion = bank.Opinion, radius = bank.Kind == HashKind.Pdq ? bank.Radius : (int?)null, checkpoint = bank.Checkpoint, @base = bank.Base, source = bank.Source, format = bank.Format, owner = bank.OwnerAgency, importedAt = bank.ImportedAt, importedBy = bank.ImportedBy, digest = bank.FileDigest.ToString(), disabled, quarantined, fault },
                    $"{bank.Id}: bản {bank.Number}, {bank.Entries} mã, {bank.Opinion}, mốc {bank.Checkpoint}, từ {bank.Source} ({bank.Format}), nhập {Times.Local(bank.ImportedAt)} bởi {bank.ImportedBy}{(disabled > 0 ? $", tắt {disabled}" : "")}{(quarantined > 0 ? $", CÁCH LY {quarantined}" : "")}{(fault is { } hong ? $", HỎNG ({hong}): không dùng để đối sánh; hãy nhập lại danh sách đầy đủ" : "")}",
                    $"{bank.Id}: version {bank.Number}, {bank.Entries} entries, {bank.Opinion}, checkpoint {bank.Checkpoint}, from {bank.Source} ({bank.Format}), imported {Times.Local(bank.ImportedAt)} by {bank.ImportedBy}{(disabled > 0 ? $", {disabled} disabled" : "")}{(quarantined > 0 ? $", {quarantined} QUARANTINED" : "")}{(fault is { } broken ? $", DAMAGED ({broken}): not in force; import the whole list again" : "")}");
            }

            foreach (var kind in verified.Rebuilt)
            {
                var word = HashBankVersion.WordOf(kind);
                verbs.Context.Tell(new { index = kind, rebuilt = true }, $"chỉ mục {word}: không đúng nội dung đã ghi, đã dựng lại", $"index {word}: was not what had been written, rebuilt");
            }

            return faults.Count == 0 ? ExitCodes.Done : ExitCodes.Problems;
        });
    }

    internal static Option<string?> KindOption(VerbSet verbs, string vietnamese, string english)
    {
        var kind = new Option<string?>("--kind") { Description = string.Join(" | ", KindWords) + ": " + verbs.Say(vietnamese, english) };
        kind.AcceptOnlyFromAmong(KindWords);
        return kind;
    }

    internal static HashKind? KindOf(string? word) => word is null ? null : Enum.Parse<HashKind>(word, ignoreCase: true);

    private static void Tell(VerbSet verbs, BadHashLine line)
    {
        var (vietnamese, english) = Say(line.Problem);
        verbs.Context.Tell(new { line = line.Number, error = line.Problem, raw = line.Excerpt }, $"dòng {line.Number}: {vietnamese}: {line.Excerpt}", $"line {line.Number}: {english}: {line.Excerpt}");
    }

    private static void Tell(VerbSet verbs, string bank, BankImport done)
    {
        var skipped = done.Skipped.Count == 0 ? "" : string.Join(", ", done.Skipped.Select(pair => $"{pair.Key} {pair.Value}"));
        var kinds = string.Join("; ", done.Kinds.Select(one => $"{one.Version.Id} → {one.Version.Number}: {one.Version.Entries} (+{one.Change.Added} ~{one.Change.Changed} −{one.Change.Removed}{(one.Change.Compared ? "" : verbs.Say("; bản cũ hỏng, không so sánh được", "; the former version is damaged, not compared"))})"));
        var checkpoint = done.Kinds[0].Version.Checkpoint;
        verbs.Context.Tell(
            new
            {
                bank,
                kind = done.Kinds is [var only] ? only.Version.Kind : (HashKind?)null,
                version = done.Kinds.Max(one => one.Version.Number),
                format = done.Format.Word(),
                recognised = done.Recognised,
                delta = done.Delta,
                checkpoint,
                hashes = done.Hashes,
                entries = done.Entries,
                additions = done.Additions,
                removals = done.Removals,
                duplicates = done.Duplicates,
                bad = done.Bad,
                tooLittleDetail = done.TooLittleDetail,
                skipped = done.Skipped,
                emptyLines = done.EmptyLines,
                kinds = done.Kinds.Select(one => new { kind = one.Version.Kind, version = one.Version.Number, entries = one.Version.Entries, added = one.Change.Added, changed = one.Change.Changed, removed = one.Change.Removed, compared = one.Change.Compared }),
            },
            $"{(done.Recognised ? "Nhận dạng" : "Định dạng")}: {done.Format.Vietnamese()}\n{kinds}\nĐọc {done.Hashes} mã: thêm {done.Additions} (trong đó trùng {done.Duplicates}), bớt {done.Removals}, lỗi {done.Bad}{(skipped.Length > 0 ? $", bỏ qua có chủ ý: {skipped}" : "")}{(done.TooLittleDetail > 0 ? $"; quá ít chi tiết để so sánh: {done.TooLittleDetail}" : "")}. Mốc: {checkpoint}",
            $"{(done.Recognised ? "Recognised" : "Format")}: {done.Format.English()}\n{kinds}\nRead {done.Hashes} hashes: {done.Additions} additions ({done.Duplicates} of them duplicates), {done.Removals} removals, {done.Bad} bad{(skipped.Length > 0 ? $", left out on purpose: {skipped}" : "")}{(done.TooLittleDetail > 0 ? $"; too little detail to compare: {done.TooLittleDetail}" : "")}. Checkpoint: {checkpoint}");
    }

    private static (string Vietnamese, string English) Say(HashProblem problem) => problem switch
    {
        HashProblem.NotHex => ("không phải mã băm dạng hex", "not a hash in hex"),
        HashProblem.WrongLength => ("độ dài không đúng với loại mã băm", "the length fits no kind, or not the one it is said to be"),
        HashProblem.LineTooLong => ("dòng quá dài, hoặc dấu ngoặc kép không đóng", "the line is too long, or a quotation mark is never closed"),
        HashProblem.HashMissing => ("thiếu mã băm", "there is no hash"),
        HashProblem.KindNeeded => ("64 chữ số có thể là SHA-256 hoặc PDQ: hãy dùng --kind", "64 digits may be SHA-256 or PDQ: say --kind"),
        HashProblem.KindUnknown => ("loại mã băm không rõ", "an unknown kind of hash"),
        HashProblem.ColumnMissing => ("thiếu cột", "a column is missing"),
        HashProblem.OpinionUnknown => ("ý kiến phải là positive, negative hoặc disputed", "an opinion is positive, negative or disputed"),
        HashProblem.QualityUnknown => ("chất lượng phải từ 0 đến 100", "quality is 0 to 100"),
        HashProblem.OperationUnknown => ("thao tác phải là add hoặc remove", "an operation is add or remove"),
    };
}
