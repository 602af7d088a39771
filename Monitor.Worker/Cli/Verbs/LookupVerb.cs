using System.CommandLine;
using Monitor.Rules.Hashing;
using Monitor.Rules.Matching;
using Monitor.Worker.Operations;

namespace Monitor.Worker.Cli.Verbs;

/// <summary>`hashes lookup`: one hash a line in, one line out for each, in the same order.</summary>
internal static class LookupVerb
{
    private const int Batch = 512;
    private const int LongestLine = 4096;

    public static Command Build(VerbSet verbs)
    {
        var input = new Option<string>("--input") { Description = verbs.Say("tệp, mỗi dòng một mã băm; - là đầu vào chuẩn", "file, one hash in hex a line; - is standard input"), Required = true };
        var command = verbs.Read("lookup", "Tra mã băm", "Look hashes up", [input], async (house, _, parsed, token) =>
        {
            var path = verbs.Context.PathOf(parsed.GetValue(input)!);
            if (!File.Exists(path))
            {
                return verbs.Context.Refuse(new Refusal(RefusalKind.Invalid, "file-unreadable", path, "not found"));
            }

            using var reader = new StreamReader(path);
            var lines = new BoundedLines(reader, LongestLine);
            var queries = new List<string>(Batch);
            while (await lines.ReadAsync(token) is { } line)
            {
                queries.Add(line.Cut ? "" : line.Text.Trim().TrimStart('\uFEFF'));
                if (queries.Count == Batch)
                {
                    Answer(verbs, house, queries);
                    queries.Clear();
                }
            }

            Answer(verbs, house, queries);
            var faults = house.BankIndex.Faults;
            foreach (var fault in faults)
            {
                verbs.Context.Err.WriteLine(verbs.Say(
                    $"{fault.BankId}: HỎNG ({fault.Fault}), không được tra: \"không thấy\" ở đây chưa phải là không có; hãy nhập lại danh sách đầy đủ",
                    $"{fault.BankId}: DAMAGED ({fault.Fault}), not asked: what was not found may still be in it; import the whole list again"));
            }

            return faults.Count == 0 ? ExitCodes.Done : ExitCodes.Problems;
        });
        return StandardInput.Spooled(verbs, command, parsed => parsed.GetValue(input) == StandardInput.Word, _ => []);
    }

    private static void Answer(VerbSet verbs, House house, List<string> queries)
    {
        // The quick question for all of them at once; most are in no bank.
        var digests = new Digest[queries.Count];
        var usable = new bool[queries.Count];
        for (var i = 0; i < queries.Count; i++)
        {
            usable[i] = Digest.TryParse(queries[i], out digests[i]);
        }

        var found = new bool[queries.Count];
        house.BankIndex.Contains(digests, found);
        for (var i = 0; i < queries.Count; i++)
        {
            var query = queries[i].Length > 80 ? queries[i][..80] : queries[i];
            if (!usable[i])
            {
                verbs.Context.Tell(new { query, error = "not a hash", matches = Array.Empty<object>() }, $"{query}: không phải mã băm", $"{query}: not a hash");
                continue;
            }

            IReadOnlyList<Match> matches = found[i] ? house.BankIndex.Match(digests[i]) : [];
            PdqGate? gate = null;
            if (digests[i].Kind == DigestKind.Sha256 && house.BankIndex.HasPdq)
            {
                // 64 digits may be a perceptual hash as well: it is looked for in the form it has.
                var answer = house.BankIndex.MatchPdq([PdqHash.Parse(queries[i])], null, "", []);
                matches = [.. matches, .. answer.Matches];
                gate = answer.Gate == PdqGate.Open ? null : answer.Gate;
            }

            var words = matches.Count > 0 ? string.Join(", ", matches.Select(Words)) : gate is null ? "–" : verbs.Say("quá ít chi tiết để so sánh như PDQ", "too little detail to compare as PDQ");
            verbs.Context.Tell(
                new { query, matches = matches.Select(match => new { bank = match.Bank, entry = match.Entry, distance = match.Distance, version = match.BankVersion, kind = match.Kind, quality = match.Quality, opinion = match.Opinion, quarantined = match.Quarantined }), tooLittleDetail = gate },
                $"{query}: {words}",
                $"{query}: {words}");
        }
    }

    private static string Words(Match match) =>
        $"{match.Bank}/{match.Entry} ({HashBankVersion.WordOf(match.Kind)}, v{match.BankVersion}, {match.Opinion}{(match.Distance > 0 ? $", {match.Distance} bit" : "")}{(match.Quarantined ? ", quarantined" : "")})";
}
