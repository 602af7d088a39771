using System.CommandLine;
using Monitor.Rules.Removal;
using Monitor.Worker.Diagnostics;
using Monitor.Worker.Operations;
using Monitor.Worker.Ports;

namespace Monitor.Worker.Cli.Verbs;

/// <summary>`removal recompute`: what the rules of today say of what was seen; shown before it is applied.</summary>
public static class RecomputeVerb
{
    public static Command Build(VerbSet verbs)
    {
        var id = new Argument<string?>("target") { Arity = ArgumentArity.ZeroOrOne, Description = verbs.Say("một mục tiêu; bỏ trống: tất cả", "one target; none: all of them") };
        var apply = new Option<bool>("--apply") { Description = verbs.Say("áp dụng các khác biệt đã xem (cần --as, --reason)", "apply the differences that were shown (needs --as, --reason)") };
        var reason = new Option<string?>("--reason");
        var pages = new Option<bool>("--pages") { Description = verbs.Say("phân loại lại cả các trang đã niêm phong", "judge the sealed pages anew, too") };
        return verbs.Read("recompute", "Tính lại kết luận từ các quan sát đã lưu theo quy tắc hiện hành; mã thoát 1: có khác biệt", "Compute verdicts again from stored observations under the rules in force; exit 1: something differs",
            [id, apply, reason, pages], async (house, actor, parsed, token) =>
            {
                if (parsed.GetValue(apply) && RecomputeOperations.MayApply(actor, parsed.GetValue(reason)) is { } refusal)
                {
                    return verbs.Context.Refuse(refusal);
                }

                var differences = new List<Recomputed>();
                var seen = new SortedDictionary<PageSight, int>();
                var looked = 0;
                if (parsed.GetValue(id) is { } one)
                {
                    switch (await house.Recompute.OfAsync(actor, one, parsed.GetValue(pages), token))
                    {
                        case OperationResult<Recomputed>.Done done:
                            looked = 1;
                            Count(seen, done.Value);
                            differences.AddRange(done.Value.Differs ? [done.Value] : []);
                            break;
                        case OperationResult<Recomputed>.Refused refused:
                            return verbs.Context.Refuse(refused.Refusal);
                    }
                }
                else
                {
                    await foreach (var found in house.Recompute.AllAsync(actor, parsed.GetValue(pages), token))
                    {
                        looked++;
                        Count(seen, found);
                        differences.AddRange(found.Differs ? [found] : []);
                    }
                }

                if (!parsed.GetValue(apply))
                {
                    Show(verbs, differences, looked, seen, applied: false);
                    return differences.Count == 0 ? ExitCodes.Done : ExitCodes.Problems;
                }

                var applied = new List<Recomputed>(differences.Count);
                foreach (var difference in differences)
                {
                    switch (await house.Recompute.ApplyAsync(actor, difference.Target.Id, parsed.GetValue(reason) ?? "", parsed.GetValue(pages), token))
                    {
                        case OperationResult<Recomputed>.Done done:
                            applied.Add(done.Value);
                            break;
                        case OperationResult<Recomputed>.Refused refused:
                            if (applied.Count > 0)
                            {
                                Show(verbs, applied, looked, seen, applied: true);
                            }

                            return verbs.Context.Refuse(refused.Refusal);
                    }
                }

                Show(verbs, applied, looked, seen, applied: true);
                return ExitCodes.Done;
            });
    }

    private static void Show(VerbSet verbs, List<Recomputed> differences, int looked, SortedDictionary<PageSight, int> seen, bool applied)
    {
        var context = verbs.Context;
        if (context.Json)
        {
            foreach (var one in differences)
            {
                context.Line(new { target = one.Target.Id, was = Row(one.Stored), @is = Row(one.Now), applied, pages = Pages(one) });
            }

            return;
        }

        if (differences.Count > 0)
        {
            context.Table([verbs.Say("Mục tiêu", "Target"), verbs.Say("Đang ghi", "As it stood"), verbs.Say("Tính lại", "Computed again"), verbs.Say("Xác nhận (cũ → mới)", "Confirmed (was → is)"), verbs.Say("Thấy gỡ lần đầu (cũ → mới)", "First gone (was → is)")],
                differences.Select(one => (IReadOnlyList<string>)
                [
                    one.Target.Id, context.StateName(one.Stored.State), context.StateName(one.Now.State),
                    $"{Times.Local(one.Stored.ConfirmedAt)} → {Times.Local(one.Now.ConfirmedAt)}", $"{Times.Local(one.Stored.FirstGoneAt)} → {Times.Local(one.Now.FirstGoneAt)}",
                ]));
        }

        foreach (var page in differences.SelectMany(static one => one.Pages).Where(static page => page.Changed))
        {
            context.Out.WriteLine($"  {page.Observation.Id}  {Times.Local(page.Observation.At)}  {context.Word(page.Observation.Page)} → {context.Word(page.Verdict)}");
        }

        foreach (var (sight, count) in seen)
        {
            context.Out.WriteLine($"  {context.Word(sight)}: {count}");
        }

        context.Out.WriteLine(applied
            ? verbs.Say($"Đã xem {looked} mục tiêu, áp dụng {differences.Count} khác biệt.", $"{looked} targets read, {differences.Count} differences applied.")
            : verbs.Say($"Đã xem {looked} mục tiêu, {differences.Count} khác biệt; chưa thay đổi gì (--apply để áp dụng).", $"{looked} targets read, {differences.Count} differences; nothing was changed (--apply does)."));
    }

    private static void Count(SortedDictionary<PageSight, int> seen, Recomputed found)
    {
        foreach (var page in found.Pages)
        {
            seen[page.Sight] = seen.GetValueOrDefault(page.Sight) + 1;
        }
    }

    private static object Pages(Recomputed one) => new
    {
        judged = one.Pages.Count(static page => page.Sight == PageSight.Judged),
        kept = one.Pages.Count(static page => page.Sight != PageSight.Judged),
        changed = one.Pages.Where(static page => page.Changed).Select(static page => new
        {
            observation = page.Observation.Id,
            at = page.Observation.At,
            was = new { liveness = page.Observation.Page.Liveness.Name(), reason = page.Observation.Page.Reason.Name() },
            @is = new { liveness = page.Verdict.Liveness.Name(), reason = page.Verdict.Reason.Name(), signals = page.Verdict.Signals },
        }),
    };

    private static object Row(RemovalProgress progress) => new
    {
        removal = progress.State,
        lastLiveAt = progress.LastLiveAt,
        firstGoneAt = progress.FirstGoneAt,
        confirmedAt = progress.ConfirmedAt,
        cleanSince = progress.CleanSince,
        durableAt = progress.DurableAt,
        reappearances = progress.Reappearances,
    };
}
