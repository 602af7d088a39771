using System.CommandLine;
using Monitor.Rules.Assessing;
using Monitor.Rules.Removal;
using Monitor.Rules.Takedowns;
using Monitor.Worker.Diagnostics;
using Monitor.Worker.Operations;
using Monitor.Worker.Pipeline;
using Monitor.Worker.Ports;

namespace Monitor.Worker.Cli.Verbs;

public static class TargetVerbs
{
    public static Command Build(VerbSet verbs) => verbs.Group("targets", "Mục tiêu đang theo dõi", "Targets under watch", List(verbs), Show(verbs), Inspect(verbs));

    private static Command List(VerbSet verbs)
    {
        var state = new Option<RemovalState?>("--state") { Description = string.Join(" | ", Enum.GetNames<RemovalState>()) };
        var list = new Option<string?>("--watchlist");
        var attention = new Option<bool>("--attention") { Description = verbs.Say("chỉ mục tiêu cần người xem", "only those that need a person") };
        var (after, count) = Paged.Options();
        return verbs.Read("list", "Liệt kê", "List", [state, list, attention, after, count], async (house, actor, parsed, token) =>
        {
            var query = new TargetQuery(parsed.GetValue(list), parsed.GetValue(state), parsed.GetValue(attention) ? true : null);
            var rows = new List<(Rules.WatchLists.Target Target, TakedownRequest? Request, Notice? Notice)>();
            foreach (var target in await house.Store.ListTargetsAsync(query, actor.Scope, Paged.Of(parsed, after, count), token))
            {
                var requests = target.CaseId is null ? [] : await house.Store.RequestsOfTargetAsync(target.Id, AgencyScope.All, token);
                var request = requests.Count > 0 ? requests[^1] : null;
                var notices = request is null ? [] : await house.Store.NoticesOfRequestAsync(request.Id, AgencyScope.All, token);
                rows.Add((target, request, notices.Count > 0 ? notices[^1] : null));
            }

            if (verbs.Context.Json)
            {
                foreach (var (target, request, notice) in rows)
                {
                    verbs.Context.Line(Rows.Target(target, request, notice));
                }
            }
            else
            {
                verbs.Context.Table(
                    [verbs.Say("Mục tiêu", "Target"), verbs.Say("Gỡ bỏ", "Removal"), verbs.Say("Yêu cầu", "Demand"), verbs.Say("Gửi", "Dispatch"), verbs.Say("Quan sát cuối", "Last seen"), verbs.Say("Kiểm tra tới", "Next check"), verbs.Say("Cần người", "Person"), "URL"],
                    rows.Select(row => (IReadOnlyList<string>)[row.Target.Id, verbs.Context.StateName(row.Target), row.Request is { } demanded ? verbs.Context.Word(demanded.Demand) : "", row.Notice is { } sent ? verbs.Context.Word(sent.Dispatch) : "",
                        row.Target.Last is { } last ? $"{last.Liveness.Name()} {Times.Local(last.At)}" : "–", Times.Local(row.Target.NextCheckAt), row.Target.Attention ?? "", row.Target.Url]));
            }

            return ExitCodes.Done;
        });
    }

    private static Command Show(VerbSet verbs)
    {
        var id = new Argument<string>("target");
        return verbs.Read("show", "Xem một mục tiêu và dòng thời gian", "Show a target with its timeline", [id], async (house, actor, parsed, token) =>
            verbs.End(await house.Timelines.OfTargetAsync(actor, parsed.GetValue(id)!, token), story => StoryOutput.Write(verbs.Context, story, house.Desk.Now)));
    }

    private static Command Inspect(VerbSet verbs)
    {
        var id = new Argument<string>("target");
        var allow = new Option<bool>("--allow-loopback-targets") { Description = verbs.Say("chỉ để thử nghiệm", "for tests only"), Hidden = true };
        return verbs.Read("inspect", "Kiểm tra ngay một lần", "Run one inspection now", [id, allow], async (house, actor, parsed, token) =>
        {
            var wanted = parsed.GetValue(id)!;
            if (await house.Store.FindTargetAsync(wanted, actor.Scope, token) is not { } target)
            {
                return verbs.Context.Refuse(Refusal.NotFound("target", wanted));
            }

            switch (await house.Inspect.RunAsync(target, null, token))
            {
                case InspectionEnd.Recorded recorded:
                    var seen = recorded.Observation;
                    verbs.Context.Tell(new
                    {
                        observation = seen.Id,
                        outcome = seen.Outcome,
                        status = seen.Status,
                        liveness = seen.Fact.Liveness.Name(),
                        reason = seen.Fact.Reason.Name(),
                        removal = recorded.Target.Progress.State,
                        matches = seen.Matches.Count,
                        findings = seen.Findings.Count,
                        techniques = seen.Findings.Where(finding => finding.Technique is not null).GroupBy(finding => new { finding.Technique, finding.Strength }).Select(group => new { group.Key.Technique, group.Key.Strength, count = group.Count() }),
                        media = seen.Media.Count,
                        @case = recorded.Target.CaseId,
                        nextCheckAt = recorded.Target.NextCheckAt,
                        signals = seen.Page.Signals,
                    },
                        $"{seen.Id}: {seen.Fact.Liveness.Name()} ({seen.Fact.Reason.Name()}), {seen.Outcome} {seen.Status}; {seen.Matches.Count} trùng mã băm, {seen.Findings.Count} dấu hiệu quy tắc; gỡ bỏ: {verbs.Context.StateName(recorded.Target.Progress.State)}; kiểm tra tới {Times.Local(recorded.Target.NextCheckAt)}",
                        $"{seen.Id}: {seen.Fact.Liveness.Name()} ({seen.Fact.Reason.Name()}), {seen.Outcome} {seen.Status}; {seen.Matches.Count} hash matches, {seen.Findings.Count} rule findings; removal: {verbs.Context.StateName(recorded.Target.Progress.State)}; next check {Times.Local(recorded.Target.NextCheckAt)}");
                    if (!verbs.Context.Json)
                    {
                        foreach (var finding in seen.Findings.Take(FindingsShown))
                        {
                            verbs.Context.Out.WriteLine($"  {finding.RuleSet}/{finding.Rule} @{finding.Start}+{finding.Length}: {Words(verbs, finding)}");
                        }
                    }

                    return ExitCodes.Done;
                case InspectionEnd.Postponed postponed:
                    verbs.Context.Tell(new { postponed = postponed.Until }, $"Máy chủ yêu cầu chờ đến {Times.Local(postponed.Until)}.", $"The host asked to wait until {Times.Local(postponed.Until)}.");
                    return ExitCodes.Done;
                default:
                    return verbs.Context.Refuse(new Refusal(RefusalKind.Conflict, "changed-meanwhile", wanted));
            }
        });
    }

    private const int FindingsShown = 20;

    /// <summary>How a finding was recognised and how far it can be trusted; never what stood there.</summary>
    private static string Words(VerbSet verbs, FindingSummary finding)
    {
        var strength = TextWords.Of(finding.Strength);
        var words = verbs.Say(strength.Vietnamese, strength.English);
        return finding.Technique is { } technique && TextWords.Of(technique) is var way ? $"{verbs.Say(way.Vietnamese, way.English)} ({words})" : words;
    }
}
