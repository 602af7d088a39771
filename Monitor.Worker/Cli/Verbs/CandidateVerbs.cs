using System.CommandLine;
using Monitor.Rules.WatchLists;

namespace Monitor.Worker.Cli.Verbs;

public static class CandidateVerbs
{
    public static Command Build(VerbSet verbs)
    {
        var (after, count) = Paged.Options();
        var state = new Option<CandidateState?>("--state");
        var id = new Argument<string>("candidate");
        var other = new Argument<string>("candidate");
        return verbs.Group("candidates", "Trang tìm thấy trong phạm vi, chờ người quyết định", "Pages found within scope, awaiting a person",
            verbs.Read("list", "Liệt kê", "List", [state, after, count], async (house, actor, parsed, token) =>
            {
                var rows = await house.Store.ListCandidatesAsync(parsed.GetValue(state), actor.Scope, Paged.Of(parsed, after, count), token);
                if (verbs.Context.Json)
                {
                    foreach (var row in rows)
                    {
                        verbs.Context.Line(row);
                    }
                }
                else
                {
                    verbs.Context.Table(["Id", verbs.Say("Trạng thái", "State"), verbs.Say("Thấy ở", "Found on"), verbs.Say("Lúc", "At"), "URL"],
                        rows.Select(row => (IReadOnlyList<string>)[row.Id, row.State.ToString(), row.FoundOn, Times.Local(row.FoundAt), row.Url]));
                }

                return ExitCodes.Done;
            }),
            verbs.Act("accept", "Đưa vào theo dõi", "Take in", [id], async (house, actor, parsed, token) =>
                verbs.End(await house.Candidates.AcceptAsync(actor, parsed.GetValue(id)!, token), receipt => verbs.Context.Tell(receipt, $"{receipt.TargetId}: đã đưa vào theo dõi", $"{receipt.TargetId}: taken in"))),
            verbs.Act("dismiss", "Bỏ qua", "Let go", [other], async (house, actor, parsed, token) =>
                verbs.End(await house.Candidates.DismissAsync(actor, parsed.GetValue(other)!, token), one => verbs.Context.Tell(one, $"{one.Id}: đã bỏ qua", $"{one.Id}: dismissed"))));
    }
}
