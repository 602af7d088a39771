using System.CommandLine;
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
            Func<string, IEnumerable<object>> match;
            if (parsed.GetValue(keywords) is { } given)
            {
                var list = context.PathOf(given);
                if (!File.Exists(list))
                {
                    return context.Usage($"Không có tệp '{list}'.", $"There is no file '{list}'.");
                }

                var lines = (await File.ReadAllLinesAsync(list, token)).Where(line => line.Trim() is { Length: > 0 } word && word[0] != '#').Distinct(StringComparer.Ordinal).ToList();
                var scanner = TextScanner.Build(lines.ConvertAll(line => line.Trim()), []);
                match = text => scanner.Scan(text).Occurrences.Select(one => Finding(null, lines[one.Ordinal], one.Start, one.Length, text.Substring(one.Start, one.Length), one.Technique, one.Strength));
            }
            else
            {
                var reading = new ConfigurationLoader(TimeProvider.System).Load(context.ConfigDirectory);
                if (reading.Value is not { } configuration || RuleCompiler.Compile(configuration.RuleSets.Values) is not RuleCompilation.Compiled compiled)
                {
                    ProblemOutput.Write(context, reading.Problems);
                    return ExitCodes.Configuration;
                }

                match = text => RuleEvaluator.Evaluate(compiled.Rules, text).Select(one => Finding(one.RuleId, one.Keyword, one.Start, one.Length, one.Text, one.Technique, one.Strength));
            }

            return await JsonLinesInput.EachAsync(context, parsed.GetValue(input)!, element =>
            {
                var id = JsonLinesInput.Id(element);
                if (JsonLinesInput.Text(element, "text") is not { } text)
                {
                    context.Line(new { id, error = "no text" });
                    return;
                }

                context.Line(new { id, findings = match(text) });
            }, token);
        });
    }

    /// <param name="keyword">The list's line, or what the rule names.</param>
    private static object Finding(string? rule, string keyword, int start, int length, string text, Technique technique, Strength strength) =>
        new { rule, keyword, start, length, text, technique, strength };
}
