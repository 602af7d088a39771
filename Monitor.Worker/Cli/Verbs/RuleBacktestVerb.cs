using System.CommandLine;
using System.Globalization;
using Monitor.Rules.RuleSets;
using Monitor.Worker.Operations;
using Monitor.Worker.Pipeline;
using Monitor.Worker.Ports;
using Monitor.Worker.Settings;

namespace Monitor.Worker.Cli.Verbs;

/// <summary>What a rule set would find among the pages that were captured, beside what the one in force finds. Changes nothing.</summary>
public static class RuleBacktestVerb
{
    private const int MostShown = 50;

    public static Command Build(VerbSet verbs)
    {
        var with = new Option<string?>("--with") { Description = verbs.Say("tệp quy tắc sẽ thay bộ cùng mã", "rule file that would replace the set of its id") };
        var experimental = new Option<bool>("--experimental") { Description = verbs.Say("cả quy tắc experimental", "experimental rules as well") };
        var most = new Option<int>("--limit") { Description = verbs.Say("số mục tiêu tối đa", "most targets"), DefaultValueFactory = _ => int.MaxValue };
        return verbs.Read("backtest", "Thử bộ quy tắc trên các trang đã lưu; không thay đổi gì", "Try rule sets on stored pages; changes nothing", [with, experimental, most], async (house, actor, parsed, token) =>
        {
            var context = verbs.Context;
            IReadOnlyList<RuleSet> candidates = [];
            if (parsed.GetValue(with) is { } path)
            {
                if (!File.Exists(context.PathOf(path)))
                {
                    return context.Usage($"Không có tệp '{path}'.", $"There is no file '{path}'.");
                }

                var reading = RuleSetReader.File(context.PathOf(path), house.Desk.Today, lint: false);
                ProblemOutput.Write(context, reading.Problems);
                if (reading.Set is not { } set)
                {
                    return ExitCodes.Problems;
                }

                candidates = [set];
            }

            return await RunAsync(context, house, actor, candidates, parsed.GetValue(experimental), parsed.GetValue(most), token);
        });
    }

    /// <summary>One line for each target whose rules differ (with --json for each target), then the sums.</summary>
    public static async Task<int> RunAsync(CliContext context, House house, Actor actor, IReadOnlyList<RuleSet> candidates, bool experimental, int most, CancellationToken cancellation)
    {
        var inForce = house.RuleSets.InForce.Of(house.Desk.Configuration);
        if (RuleCompiler.Compile([.. inForce.Values.Where(set => candidates.All(one => one.Name != set.Name)), .. candidates]) is RuleCompilation.Rejected rejected)
        {
            return context.Refuse(new Refusal(RefusalKind.Conflict, "rules-conflict", candidates[0].Name, rejected.Diagnostics[0].Message));
        }

        // Sealed pages are opened for it: that is an act, though it shows nothing of them.
        await house.Store.CommitAsync(new ChangeSet().Log(actor.Log(house.Desk.Now, "backtest-rules", candidates.Count == 0 ? "rules" : candidates[0].Name, candidates.Count == 0 ? "" : candidates[0].QuotedVersion)), cancellation);
        var (targets, judged, partial, never, unreadable, before, after) = (0, 0, 0, 0, 0, 0, 0);
        var (more, less, changed) = (new List<string>(), new List<string>(), 0);
        var rules = new SortedDictionary<string, (int Before, int After)>(StringComparer.Ordinal);
        await foreach (var row in house.Backtest.RunAsync(actor.Scope, candidates, experimental, most, cancellation))
        {
            targets++;
            switch (row.Sight)
            {
                case BacktestSight.NeverCaptured:
                    never++;
                    continue;
                case BacktestSight.Unreadable:
                    unreadable++;
                    continue;
                case BacktestSight.Partial:
                    partial++;
                    break;
                case BacktestSight.Whole:
                    break;
            }

            judged++;
            before += row.Before.Count > 0 ? 1 : 0;
            after += row.After.Count > 0 ? 1 : 0;
            if (row is { Before.Count: 0, After.Count: > 0 })
            {
                more.Add(row.Target);
            }

            if (row is { Before.Count: > 0, After.Count: 0 })
            {
                less.Add(row.Target);
            }

            foreach (var rule in row.Before)
            {
                rules[rule] = (rules.GetValueOrDefault(rule).Before + 1, rules.GetValueOrDefault(rule).After);
            }

            foreach (var rule in row.After)
            {
                rules[rule] = (rules.GetValueOrDefault(rule).Before, rules.GetValueOrDefault(rule).After + 1);
            }

            var differs = row.Added.Count > 0 || row.Removed.Count > 0;
            changed += differs ? 1 : 0;
            if (context.Json)
            {
                context.Line(new { target = row.Target, observation = row.Observation, sight = row.Sight, before = row.Before, after = row.After, added = row.Added, removed = row.Removed });
            }
            else if (differs && changed <= MostShown)
            {
                context.Out.WriteLine(CliContext.Clean($"{row.Target}: {string.Join(' ', row.Added.Select(rule => "+" + rule).Concat(row.Removed.Select(rule => "-" + rule)))}"));
            }
        }

        foreach (var (rule, count) in rules)
        {
            var line = string.Create(CultureInfo.InvariantCulture, $"{rule}: {count.Before} → {count.After}");
            context.Tell(new { rule, before = count.Before, after = count.After }, line, line);
        }

        context.Tell(
            new { targets, judged, partial, neverCaptured = never, unreadable, before, after, more = more.Count, less = less.Count, changed, moreTargets = more, lessTargets = less },
            $"{targets} mục tiêu, xét được {judged} (một phần {partial}), chưa có bản chụp {never}, không mở được {unreadable}. Gắn cờ: {before} → {after}; thêm {more.Count} ({Shown(more)}), bớt {less.Count} ({Shown(less)}).",
            $"{targets} targets, judged {judged} (in part {partial}), never captured {never}, unreadable {unreadable}. Flagged: {before} → {after}; more {more.Count} ({Shown(more)}), fewer {less.Count} ({Shown(less)}).");
        return ExitCodes.Done;
    }

    private static string Shown(List<string> ids) => ids.Count == 0 ? "–" : string.Join(", ", ids.Take(MostShown)) + (ids.Count > MostShown ? ", …" : "");
}
