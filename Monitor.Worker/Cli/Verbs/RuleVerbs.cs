using System.CommandLine;
using System.Text.Json;
using Monitor.Rules.Assessing;
using Monitor.Rules.RuleSets;
using Monitor.Rules.Text;
using Monitor.Worker.Settings;
using Monitor.Worker.Settings.Problems;

namespace Monitor.Worker.Cli.Verbs;

public static class RuleVerbs
{
    public static Command Build(VerbSet verbs) => verbs.Group("rules", "Bộ quy tắc", "Rule sets", Lint(verbs), Test(verbs), Match(verbs));

    private static Command Lint(VerbSet verbs) => verbs.Plain("lint", "Kiểm tra bộ quy tắc", "Check rule sets", [], (_, _) =>
    {
        var reading = new ConfigurationLoader(TimeProvider.System).Load(verbs.Context.ConfigDirectory);
        var problems = reading.Problems.Where(problem => problem.File.StartsWith("rulesets", StringComparison.Ordinal)).ToList();
        ProblemOutput.Write(verbs.Context, problems);
        if (problems.Count == 0)
        {
            verbs.Context.Tell(new { ok = true }, "Không có vấn đề.", "No problems.");
        }

        return Task.FromResult(problems.Any(problem => problem.Severity == ProblemSeverity.Error) ? ExitCodes.Problems : ExitCodes.Done);
    });

    private static Command Test(VerbSet verbs) => verbs.Plain("test", "Chạy các ví dụ phải khớp / không được khớp", "Run the must-match / must-not-match examples", [], (_, _) =>
    {
        var reading = new ConfigurationLoader(TimeProvider.System).Load(verbs.Context.ConfigDirectory);
        if (reading.Value is not { } configuration)
        {
            ProblemOutput.Write(verbs.Context, reading.Problems);
            return Task.FromResult(ExitCodes.Configuration);
        }

        var failed = 0;
        foreach (var set in configuration.RuleSets.Values)
        {
            var diagnostics = RuleCompiler.Compile([set]) switch
            {
                RuleCompilation.Compiled compiled => RuleVerifier.Verify(compiled.Rules),
                RuleCompilation.Rejected rejected => rejected.Diagnostics,
                _ => throw new InvalidOperationException("unknown compilation"),
            };
            failed += diagnostics.Count;
            var tests = set.Rules.Sum(rule => rule.MustMatch.Count + rule.MustNotMatch.Count);
            verbs.Context.Tell(new { ruleSet = set.Name, version = set.Version, rules = set.Rules.Count, tests, failed = diagnostics.Count, diagnostics },
                $"{set.Name} {set.Version}: {set.Rules.Count} quy tắc, {tests} ví dụ, {diagnostics.Count} sai", $"{set.Name} {set.Version}: {set.Rules.Count} rules, {tests} examples, {diagnostics.Count} wrong");
            if (!verbs.Context.Json)
            {
                foreach (var diagnostic in diagnostics)
                {
                    verbs.Context.Out.WriteLine($"  {diagnostic.Code} {diagnostic.RuleId}: {diagnostic.Message}");
                }
            }
        }

        return Task.FromResult(failed == 0 ? ExitCodes.Done : ExitCodes.Problems);
    });

    private static Command Match(VerbSet verbs)
    {
        var input = new Option<string>("--input") { Description = "JSONL {id, text}; - = stdin", Required = true };
        var keywords = new Option<string?>("--keywords") { Description = verbs.Say("tệp từ khoá, mỗi dòng một từ (không cần cấu hình)", "keyword file, one a line (needs no configuration)") };
        return verbs.Plain("match", "Đối chiếu văn bản với quy tắc hoặc danh sách từ khoá", "Hold texts against rules or a keyword list", [input, keywords], async (parsed, token) =>
        {
            var context = verbs.Context;
            CompiledRules rules;
            var fromList = parsed.GetValue(keywords) is { } list ? context.PathOf(list) : null;
            if (fromList is not null)
            {
                if (!File.Exists(fromList))
                {
                    return context.Usage($"Không có tệp '{fromList}'.", $"There is no file '{fromList}'.");
                }

                var words = (await File.ReadAllLinesAsync(fromList, token)).Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] != '#').Distinct(StringComparer.Ordinal).ToList();
                var set = new RuleSet
                {
                    Name = "keywords",
                    Version = "1",
                    Rules = words.Count == 0 ? [] : [new Rule { Id = "keywords", Title = "keywords", Category = Category.SexualAbuseMaterial, Status = RuleStatus.Enabled, Any = words, MustMatch = [words[0]], MustNotMatch = ["–"] }],
                };
                if (RuleCompiler.Compile([set]) is not RuleCompilation.Compiled compiled)
                {
                    return context.Usage("Danh sách từ khoá không dùng được.", "The keyword list cannot be used.");
                }

                rules = compiled.Rules;
            }
            else
            {
                var reading = new ConfigurationLoader(TimeProvider.System).Load(context.ConfigDirectory);
                if (reading.Value is not { } configuration || RuleCompiler.Compile(configuration.RuleSets.Values) is not RuleCompilation.Compiled compiled)
                {
                    ProblemOutput.Write(context, reading.Problems);
                    return ExitCodes.Configuration;
                }

                rules = compiled.Rules;
            }

            return await JsonLinesInput.EachAsync(context, parsed.GetValue(input)!, element =>
            {
                var id = JsonLinesInput.Id(element);
                var text = JsonLinesInput.Text(element, "text");
                if (text is null)
                {
                    context.Line(new { id, error = "no text" });
                    return;
                }

                var findings = RuleEvaluator.Evaluate(rules, text);
                context.Line(new
                {
                    id,
                    findings = findings.Select(finding => new
                    {
                        rule = fromList is null ? finding.RuleId : null,
                        keyword = finding.Keyword,
                        start = finding.Start,
                        length = finding.Length,
                        text = finding.Text,
                        technique = finding.Technique,
                        strength = finding.Strength,
                    }),
                });
            }, token);
        });
    }
}
