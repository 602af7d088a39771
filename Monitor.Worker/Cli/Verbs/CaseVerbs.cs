using System.CommandLine;
using Monitor.Rules.Assessing;
using Monitor.Rules.Cases;
using Monitor.Rules.Takedowns;
using Monitor.Worker.Diagnostics;
using Monitor.Worker.Operations;
using Monitor.Worker.Ports;

namespace Monitor.Worker.Cli.Verbs;

public static class CaseVerbs
{
    public static Command Build(VerbSet verbs) => verbs.Group("cases", "Hồ sơ vụ việc", "Cases", List(verbs), Show(verbs), Triage(verbs), Verify(verbs), Dismiss(verbs),
        ClockOf(verbs, "pause-clock", "Dừng một đồng hồ (ghi tên và lý do)", "Stop a clock for a while (by name and reason)", (ops, actor, id, clock, reason, token) => ops.PauseClockAsync(actor, id, clock, reason, token)),
        ClockOf(verbs, "resume-clock", "Cho đồng hồ chạy tiếp", "Let a clock run again", (ops, actor, id, clock, reason, token) => ops.ResumeClockAsync(actor, id, clock, reason, token)));

    private static Command List(VerbSet verbs)
    {
        var state = new Option<CaseState?>("--state") { Description = string.Join(" | ", Enum.GetNames<CaseState>()) };
        var (after, count) = Paged.Options();
        var rank = new Option<bool>("--rank") { Description = verbs.Say("xếp theo nguy hiểm, mức, hạn pháp luật, rồi mới đến điểm (bỏ hồ sơ đã đóng)", "by danger, severity, legal deadline, and only then score (without closed ones)") };
        return verbs.Read("list", "Liệt kê", "List", [state, rank, after, count], async (house, actor, parsed, token) =>
        {
            var page = Paged.Of(parsed, after, count);
            var rows = new List<(Case Case, Rules.WatchLists.Target? Target)>();
            if (parsed.GetValue(rank))
            {
                if (page.After is not null)
                {
                    return verbs.Context.Usage("--after theo mã hồ sơ nên không dùng cùng --rank; hãy tăng --count.", "--after goes by id and cannot be used with --rank; raise --count.");
                }

                rows.AddRange((await house.Cases.RankedAsync(actor, parsed.GetValue(state), page.Count, token)).Select(one => (one.Ranked.Case, one.Target)));
            }
            else
            {
                foreach (var @case in await house.Cases.ListAsync(actor, parsed.GetValue(state), page, token))
                {
                    rows.Add((@case, await house.Store.FindTargetAsync(@case.TargetId, AgencyScope.All, token)));
                }
            }

            if (verbs.Context.Json)
            {
                foreach (var (@case, target) in rows)
                {
                    var requests = await house.Store.RequestsOfTargetAsync(@case.TargetId, AgencyScope.All, token);
                    var request = requests.Count > 0 ? requests[^1] : null;
                    var notices = request is null ? [] : await house.Store.NoticesOfRequestAsync(request.Id, AgencyScope.All, token);
                    verbs.Context.Line(Rows.Case(@case, target, request, notices.Count > 0 ? notices[^1] : null));
                }
            }
            else
            {
                verbs.Context.Table(
                    [verbs.Say("Hồ sơ", "Case"), verbs.Say("Mức", "Severity"), verbs.Say("Trạng thái", "State"), verbs.Say("Giai đoạn", "Phase"), verbs.Say("Loại", "Category"), verbs.Say("Mở lúc", "Opened"), verbs.Say("Điểm", "Score"), verbs.Say("Lý do", "Reasons")],
                    rows.Select(row => (IReadOnlyList<string>)[row.Case.Id, verbs.Context.Word(row.Case.Severity), verbs.Context.Word(row.Case.State), row.Target is null ? "" : PhaseName(verbs, Phases.Of(row.Case, row.Target)),
                        row.Case.Category.Slug(), Times.Local(row.Case.OpenedAt), row.Target?.Score?.ToString("0.00", System.Globalization.CultureInfo.InvariantCulture) ?? "–", string.Join(' ', row.Case.Reasons.Take(3))]));
            }

            return ExitCodes.Done;
        });
    }

    private static Command Show(VerbSet verbs)
    {
        var id = new Argument<string>("case");
        return verbs.Read("show", "Xem một hồ sơ và dòng thời gian", "Show a case with its timeline", [id], async (house, actor, parsed, token) =>
        {
            var wanted = parsed.GetValue(id)!;
            var @case = await house.Store.FindCaseAsync(wanted, actor.Scope, token);
            return @case is null
                ? verbs.Context.Refuse(Refusal.NotFound("case", wanted))
                : verbs.End(await house.Timelines.OfTargetAsync(actor, @case.TargetId, token), story => StoryOutput.Write(verbs.Context, story, house.Desk.Now));
        });
    }

    private static Command ClockOf(VerbSet verbs, string name, string vietnamese, string english, Func<CaseOperations, Actor, string, ClockKind, string, CancellationToken, Task<OperationResult<Case>>> act)
    {
        var id = new Argument<string>("case");
        var kinds = Enum.GetValues<ClockKind>().ToDictionary(kind => CodeName.Of(kind), StringComparer.Ordinal);
        var clock = new Option<string>("--clock") { Description = string.Join(" | ", kinds.Keys), Required = true };
        clock.AcceptOnlyFromAmong([.. kinds.Keys]);
        var reason = new Option<string>("--reason") { Required = true };
        return verbs.Act(name, vietnamese, english, [id, clock, reason], async (house, actor, parsed, token) =>
            verbs.End(await act(house.Cases, actor, parsed.GetValue(id)!, kinds[parsed.GetValue(clock)!], parsed.GetValue(reason)!, token), changed =>
            {
                var pause = changed.Pauses.Last(one => one.Clock == kinds[parsed.GetValue(clock)!]);
                verbs.Context.Tell(new { @case = changed.Id, clock = pause.Clock, began = pause.Began, ended = pause.Ended },
                    $"{changed.Id}: đồng hồ {parsed.GetValue(clock)} {(pause.Ended is null ? "tạm dừng" : "chạy tiếp")}",
                    $"{changed.Id}: clock {parsed.GetValue(clock)} {(pause.Ended is null ? "stands still" : "runs again")}");
            }));
    }

    private static Command Triage(VerbSet verbs)
    {
        var id = new Argument<string>("case");
        var reason = Reason(verbs);
        return verbs.Act("triage", "Phân loại: đúng phạm vi, chuyển xác minh", "Triage: in scope, goes to verification", [id, reason], async (house, actor, parsed, token) =>
            verbs.End(await house.Cases.TriageAsync(actor, parsed.GetValue(id)!, parsed.GetValue(reason) ?? "", token), changed => Told(verbs, changed)));
    }

    private static Command Dismiss(VerbSet verbs)
    {
        var id = new Argument<string>("case");
        var reason = Reason(verbs);
        return verbs.Act("dismiss", "Không thuộc phạm vi hoặc báo nhầm", "Not in scope, or a false report", [id, reason], async (house, actor, parsed, token) =>
            verbs.End(await house.Cases.DismissAsync(actor, parsed.GetValue(id)!, parsed.GetValue(reason) ?? "", token), changed => Told(verbs, changed)));
    }

    private static Command Verify(VerbSet verbs)
    {
        var id = new Argument<string>("case");
        var reason = Reason(verbs);
        var category = new Option<string?>("--category") { Description = string.Join(" | ", CategoryNames.Slugs) };
        var basis = new Option<string?>("--basis") { Description = verbs.Say("căn cứ pháp lý (mặc định: căn cứ mới nhất còn hiệu lực)", "legal basis (default: the newest valid one)") };
        return verbs.Act("verify", "Xác minh (người thứ nhất); soạn yêu cầu gỡ bỏ", "Verify (first person); drafts the takedown request", [id, reason, category, basis], async (house, actor, parsed, token) =>
        {
            var slug = parsed.GetValue(category);
            Category? wanted = null;
            if (slug is not null)
            {
                if (!CategoryNames.TryParse(slug, out var known))
                {
                    return verbs.Context.Refuse(new Refusal(RefusalKind.Invalid, "category-outside-list", slug));
                }

                wanted = known;
            }

            return verbs.End(await house.Cases.VerifyAsync(actor, parsed.GetValue(id)!, new Verification(parsed.GetValue(reason) ?? "", wanted, parsed.GetValue(basis)), token), verified =>
                verbs.Context.Tell(new { @case = verified.Case.Id, request = verified.Request.Id, notice = verified.Notice.Id, dispatch = verified.Notice.Dispatch },
                    $"{verified.Case.Id}: đã xác minh. Yêu cầu {verified.Request.Id}, dự thảo {verified.Notice.Id}. Người khác phê duyệt: monitor takedowns approve {verified.Notice.Id} --as …",
                    $"{verified.Case.Id}: verified. Request {verified.Request.Id}, draft {verified.Notice.Id}. Somebody else approves: monitor takedowns approve {verified.Notice.Id} --as …"));
        });
    }

    private static Option<string?> Reason(VerbSet verbs) => new("--reason") { Description = verbs.Say("lý do (bắt buộc)", "reason (required)") };

    private static void Told(VerbSet verbs, Case @case) => verbs.Context.Tell(new { @case = @case.Id, state = @case.State }, $"{@case.Id}: {verbs.Context.Word(@case.State)}", $"{@case.Id}: {verbs.Context.Word(@case.State)}");

    private static string PhaseName(VerbSet verbs, Phase phase) => verbs.Context.English ? phase.English() : phase.Vietnamese();
}
