using System.CommandLine;
using System.Globalization;
using Monitor.Rules.Hashing;
using Monitor.Rules.Matching;
using Monitor.Worker.Operations;

namespace Monitor.Worker.Cli.Verbs;

public static class HashVerbs
{
    public static Command Build(VerbSet verbs) => verbs.Group("hashes", "Mã băm và ngân hàng băm", "Digests and hash banks", HashComputeVerb.Build(verbs), Import(verbs), Banks(verbs), Lookup(verbs));

    private static Command Import(VerbSet verbs)
    {
        var bank = new Option<string>("--bank") { Description = verbs.Say("tên ngân hàng băm", "bank name"), Required = true };
        var kind = new Option<string>("--kind") { Description = "md5 | sha1 | sha256", Required = true };
        kind.AcceptOnlyFromAmong("md5", "sha1", "sha256");
        var opinion = new Option<string>("--opinion") { Description = "positive | negative | disputed", DefaultValueFactory = _ => "positive" };
        opinion.AcceptOnlyFromAmong("positive", "negative", "disputed");
        var file = new Argument<string>("file");
        return verbs.Act("import", "Nhập một danh sách mã băm (thay bản cũ của ngân hàng)", "Import a digest list (replaces the bank's former version)", [bank, kind, opinion, file], async (house, actor, parsed, token) =>
        {
            var path = verbs.Context.PathOf(parsed.GetValue(file)!);
            return verbs.End(await house.Banks.ImportAsync(actor, parsed.GetValue(bank)!, Enum.Parse<DigestKind>(parsed.GetValue(kind)!, ignoreCase: true), Enum.Parse<Opinion>(parsed.GetValue(opinion)!, ignoreCase: true), path, token), done =>
            {
                foreach (var bad in done.Bad.Take(1000))
                {
                    verbs.Context.Tell(new { line = bad.Number, error = bad.Problem, raw = bad.Excerpt }, $"dòng {bad.Number}: {bad.Problem}: {bad.Excerpt}", $"line {bad.Number}: {bad.Problem}: {bad.Excerpt}");
                }

                verbs.Context.Tell(new { bank = done.Version.Name, kind = done.Version.Kind, version = done.Version.Number, entries = done.Version.Entries, duplicates = done.Duplicates, bad = done.Bad.Count },
                    $"{done.Version.Id} bản {done.Version.Number}: {done.Version.Entries} mã, trùng {done.Duplicates}, dòng lỗi {done.Bad.Count}",
                    $"{done.Version.Id} version {done.Version.Number}: {done.Version.Entries} entries, {done.Duplicates} duplicates, {done.Bad.Count} bad lines");
            });
        });
    }

    private static Command Banks(VerbSet verbs) => verbs.Read("banks", "Các ngân hàng băm đang dùng", "Banks in force", [], async (house, _, _, token) =>
    {
        foreach (var bank in await house.Store.BanksAsync(token))
        {
            verbs.Context.Tell(new { bank = bank.Name, kind = bank.Kind, version = bank.Number, entries = bank.Entries, opinion = bank.Opinion, importedAt = bank.ImportedAt, importedBy = bank.ImportedBy, digest = bank.FileDigest.ToString() },
                $"{bank.Id}: bản {bank.Number}, {bank.Entries} mã, {bank.Opinion}, nhập {Times.Local(bank.ImportedAt)} bởi {bank.ImportedBy}",
                $"{bank.Id}: version {bank.Number}, {bank.Entries} entries, {bank.Opinion}, imported {Times.Local(bank.ImportedAt)} by {bank.ImportedBy}");
        }

        return ExitCodes.Done;
    });

    private static Command Lookup(VerbSet verbs)
    {
        var input = new Option<string>("--input") { Description = verbs.Say("tệp, mỗi dòng một mã băm", "file, one hex digest a line"), Required = true };
        return verbs.Read("lookup", "Tra mã băm", "Look digests up", [input], async (house, _, parsed, token) =>
        {
            var path = verbs.Context.PathOf(parsed.GetValue(input)!);
            if (!File.Exists(path))
            {
                return verbs.Context.Refuse(new Refusal(RefusalKind.Invalid, "file-unreadable", path, "not found"));
            }

            using var reader = new StreamReader(path);
            while (await reader.ReadLineAsync(token) is { } line)
            {
                var query = line.Trim();
                if (query.Length == 0)
                {
                    continue;
                }

                if (!Digest.TryParse(query, out var digest))
                {
                    verbs.Context.Tell(new { query = query.Length > 80 ? query[..80] : query, error = "not a digest", matches = Array.Empty<object>() }, $"{query}: không phải mã băm", $"{query}: not a digest");
                    continue;
                }

                var matches = house.BankIndex.Current.Match(digest);
                verbs.Context.Tell(new { query, matches = matches.Select(match => new { bank = match.Bank, entry = match.Entry, distance = match.Distance }) },
                    string.Create(CultureInfo.InvariantCulture, $"{query}: {(matches.Count == 0 ? "–" : string.Join(", ", matches.Select(match => match.Bank + "/" + match.Entry)))}"),
                    string.Create(CultureInfo.InvariantCulture, $"{query}: {(matches.Count == 0 ? "–" : string.Join(", ", matches.Select(match => match.Bank + "/" + match.Entry)))}"));
            }

            return ExitCodes.Done;
        });
    }
}
