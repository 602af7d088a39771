using System.CommandLine;
using System.Text;
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
                        verbs.Context.Out.WriteLine(Encoding.UTF8.GetString(CustodyCanonical.Write(entry)));
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
                var head = CustodyHead.Empty;
                using var progress = new ProgressLine(verbs.Context, "custody");
                while (head.Sequence < length)
                {
                    var page = await house.Store.CustodyAsync(head.Sequence + 1, Page, token);
                    if (page.Count == 0)
                    {
                        verbs.Context.Tell(new { intact = false, sequence = head.Sequence + 1, why = "missing" }, $"HỎNG: thiếu mục #{head.Sequence + 1}", $"BROKEN: entry #{head.Sequence + 1} is missing");
                        return ExitCodes.Problems;
                    }

                    if (CustodyChain.Verify(page, head) is ChainVerdict.Broken broken)
                    {
                        verbs.Context.Tell(new { intact = false, sequence = broken.Sequence, why = broken.Why }, $"HỎNG tại #{broken.Sequence}: {broken.Why}", $"BROKEN at #{broken.Sequence}: {broken.Why}");
                        return ExitCodes.Problems;
                    }

                    head = CustodyHead.At(page[^1]);
                    progress.Report(head.Sequence, length);
                }

                verbs.Context.Tell(new { intact = true, count = head.Sequence, head = head.Hash }, $"Nguyên vẹn: {head.Sequence} mục, đầu chuỗi {head.Hash}", $"Intact: {head.Sequence} entries, head {head.Hash}");
                return ExitCodes.Done;
            }));
    }
}
