using System.CommandLine;
using Monitor.Rules.RuleSets;
using Monitor.Worker.Operations;
using Monitor.Worker.Settings;

namespace Monitor.Worker.Cli.Verbs;

/// <summary>What a rule says, what a finding of it means, and why it holds for a page or does not.</summary>
public static class RuleShowVerbs
{
    public static Command Show(VerbSet verbs)
    {
        var rule = new Argument<string>("rule") { Description = verbs.Say("mã quy tắc hoặc mã bộ", "id of a rule or of a set") };
        return verbs.Plain("show", "Một quy tắc, điều kiện và trang hướng dẫn của nó", "A rule, its condition and its page of guidance", [rule], (parsed, _) =>
        {
            var context = verbs.Context;
            var wanted = parsed.GetValue(rule)!;
            if (Load(context) is not { } configuration)
            {
                return Task.FromResult(ExitCodes.Configuration);
            }

            var found = configuration.RuleSets.Values.SelectMany(set => set.Rules.Select(one => (Set: set, Rule: one)))
                .Where(pair => pair.Set.Name == wanted || string.Equals(pair.Rule.Id, wanted, StringComparison.OrdinalIgnoreCase)).ToList();
            if (found.Count == 0)
            {
                return Task.FromResult(context.Refuse(Refusal.NotFound("rule", wanted)));
            }

            foreach (var (set, one) in found)
            {
                if (context.Json)
                {
                    context.Line(new
                    {
                        id = one.Id,
                        ruleSet = set.Name,
                        version = set.QuotedVersion,
                        title = one.Title,
                        category = Monitor.Rules.Assessing.CategoryNames.Slug(one.Category),
                        level = one.Severity,
                        status = one.Status,
                        author = one.Author,
                        date = one.Date,
                        modified = one.Modified,
                        references = one.References,
                        falsepositives = one.FalsePositives,
                        related = one.Related.Select(related => new { type = related.Type, id = related.Id }),
                        condition = RuleText.Tree(one.Condition),
                        guidance = one.Guidance,
                        mustMatch = one.MustMatch.Count,
                        mustNotMatch = one.MustNotMatch.Count,
                    });
                    continue;
                }

                var lines = RuleText.Header(set, one, context.English).Append("").Concat(RuleText.Tree(one.Condition, 1));
                if (one.Guidance.Length > 0)
                {
                    lines = lines.Append("").Append(one.Guidance.TrimEnd());
                }

                context.Out.WriteLine(CliContext.Clean(string.Join('\n', lines)));
                context.Out.WriteLine();
            }

            return Task.FromResult(ExitCodes.Done);
        });
    }

    public static Command Explain(VerbSet verbs)
    {
        var rule = new Argument<string>("rule") { Description = verbs.Say("mã quy tắc", "id of a rule") };
        var text = new Option<string?>("--text") { Description = verbs.Say("văn bản", "a text") };
        var target = new Option<string?>("--target") { Description = verbs.Say("mục tiêu: bản chụp gần nhất của nó", "a target: its last capture") };
        return verbs.Plain("explain", "Vì sao một quy tắc khớp hoặc không khớp", "Why a rule holds or does not", [rule, text, target], (parsed, token) =>
        {
            var context = verbs.Context;
            var id = parsed.GetValue(rule)!;
            switch (parsed.GetValue(text), parsed.GetValue(target))
            {
                case ({ } words, null):
                    return Task.FromResult(Load(context) is { } configuration ? Tell(context, [.. configuration.RuleSets.Values], id, RuleSubject.OfText(words)) : ExitCodes.Configuration);
                case (null, { } wanted):
                    return Owner.RunAsync(context, house => OfTargetAsync(context, house, id, wanted, token), token);
                default:
                    return Task.FromResult(context.Usage("Cần đúng một trong hai: --text hoặc --target.", "Exactly one of --text and --target is needed."));
            }
        });
    }

    private static async Task<int> OfTargetAsync(CliContext context, House house, string rule, string wanted, CancellationToken cancellation)
    {
        // Without a name as the one who owns the directory; with one, what that person may see.
        var actor = Actor.System;
        if (context.User is not null)
        {
            switch (Actor.Resolve(context.User, house.Desk.Configuration, house.Desk.Today))
            {
                case OperationResult<Actor>.Done done:
                    actor = done.Value;
                    break;
                case OperationResult<Actor>.Refused refused:
                    return context.Refuse(refused.Refusal);
            }
        }

        if (await house.Store.FindTargetAsync(wanted, actor.Scope, cancellation) is not { } target)
        {
            return context.Refuse(Refusal.NotFound("target", wanted));
        }

        var (subject, _) = await house.Backtest.SubjectAsync(target, cancellation);
        await house.Store.CommitAsync(new Ports.ChangeSet().Log(actor.Log(house.Desk.Now, "explain-rule", target.Id, rule)), cancellation);
        return subject is null
            ? context.Refuse(Refusal.NotFound("capture", wanted))
            : Tell(context, [.. house.RuleSets.InForce.Of(house.Desk.Configuration).Values], rule, subject);
    }

    private static int Tell(CliContext context, IReadOnlyList<RuleSet> sets, string rule, RuleSubject subject)
    {
        if (RuleCompiler.Compile(sets) is not RuleCompilation.Compiled compiled || RuleEvaluator.Explain(compiled.Rules, rule, subject) is not { } trace)
        {
            return context.Refuse(Refusal.NotFound("rule", rule));
        }

        if (context.Json)
        {
            context.Line(RuleText.Json(trace));
            return ExitCodes.Done;
        }

        context.Out.WriteLine(CliContext.Clean($"{trace.Rule.Title} ({trace.Set.Name} {trace.Set.QuotedVersion}): {(trace.Holds ? context.Say("khớp", "holds") : context.Say("không khớp", "does not hold"))}"));
        foreach (var line in RuleText.Trace(trace.Condition, context.English, 1))
        {
            context.Out.WriteLine(CliContext.Clean(line));
        }

        if (trace.Holds && trace.Rule.Guidance.Length > 0)
        {
            context.Out.WriteLine();
            context.Out.WriteLine(CliContext.Clean(trace.Rule.Guidance.TrimEnd()));
        }

        return ExitCodes.Done;
    }

    private static MonitorConfiguration? Load(CliContext context)
    {
        var reading = new ConfigurationLoader(TimeProvider.System).Load(context.ConfigDirectory);
        if (reading.Value is null)
        {
            ProblemOutput.Write(context, reading.Problems);
        }

        return reading.Value;
    }
}
