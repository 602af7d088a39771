using System.CommandLine;
using Monitor.Rules.Custody;

namespace Monitor.Worker.Cli.Verbs;

public static class CustodyVerbs
{
    private const int Page = 5000;

    public static Command Build(VerbSet verbs)
    {
        var from = new Option<long>("--from") { DefaultValueFactory = _ => 1 };
        var count = new Option<int>("--count") { DefaultValueFactory = _ => 100 };
        return verbs.Group("custody", "Nhật ký lưu vết", "Custody log",
            verbs.Read("list", "Liệt kê", "List", [from, count], async (house, _, parsed, token) =>
            {
                var entries = await house.Store.CustodyAsync(parsed.GetValue(from), Math.Clamp(parsed.GetValue(count), 1, 100_000), token);
                if (verbs.Context.Json)
                {
                    foreach (var entry in entries)
                    {
                        verbs.Context.Out.WriteLine(CustodyCanonical.Line(entry));
                    }
                }
                else
                {
                    verbs.Context.Table(["#", verbs.Say("Lúc", "At"), verbs.Say("Ai", "Who"), verbs.Say("Việc", "Act"), verbs.Say("Đối tượng", "Item"), verbs.Say("Lý do", "Reason")],
                        entries.Select(entry => (IReadOnlyList<string>)[entry.Sequence.ToString(System.Globalization.CultureInfo.InvariantCulture), Times.Local(entry.Act.At), entry.Act.Actor, entry.Act.Act, entry.Act.Item, entry.Act.Reason]));
                }

                return ExitCodes.Done;
            }),
            verbs.Read("verify", "Kiểm tra chuỗi mắt xích", "Check the chain", [], async (house, _, _, token) =>
            {
                var length = await house.Store.CustodyLengthAsync(token);
                var check = new CustodyChain();
                using var progress = new ProgressLine(verbs.Context, "custody");
                for (var next = 1L; next <= length; next += Page)
                {
                    foreach (var entry in await house.Store.CustodyAsync(next, Page, token))
                    {
                        if (check.Add(entry) is { } broken)
                        {
                            verbs.Context.Tell(new { intact = false, sequence = broken.Sequence, why = broken.Why }, $"HỎNG tại #{broken.Sequence}: {broken.Why}", $"BROKEN at #{broken.Sequence}: {broken.Why}");
                            return ExitCodes.Problems;
                        }
                    }

                    progress.Report(Math.Min(next + Page, length), length);
                }

                verbs.Context.Tell(new { intact = check.Count == length, count = check.Count, head = check.Head }, $"Nguyên vẹn: {check.Count} mục, đầu chuỗi {check.Head}", $"Intact: {check.Count} entries, head {check.Head}");
                return check.Count == length ? ExitCodes.Done : ExitCodes.Problems;
            }));
    }
}
