using System.CommandLine;
using Monitor.Rules.Assessing;
using Monitor.Rules.RuleSets;
using Monitor.Rules.RuleSets.Conditions;
using Monitor.Worker.Settings;

namespace Monitor.Worker.Cli.Verbs;

/// <summary>Texts or pages from a stream held against rules or a keyword list: a stable contract.</summary>
public static class RuleMatchVerb
{
    public static Command Build(VerbSet verbs)
    {
        var input = new Option<string>("--input") { Description = "JSONL {id, text, title?, url?, links?, media?, hashes?, scores?}; - = stdin", Required = true };
        var keywords = new Option<string?>("--keywords") { Description = verbs.Say("tệp từ khoá, mỗi dòng một từ (không cần cấu hình)", "keyword file, one a line (needs no configuration)") };
        var rules = new Option<string[]>("--rules") { Description = verbs.Say("tệp quy tắc (không cần cấu hình) hoặc mã bộ quy tắc; mặc định: mọi bộ", "rule file (needs no configuration) or id of a set; default: all sets"), AllowMultipleArgumentsPerToken = true };
        var experimental = new Option<bool>("--experimental") { Description = verbs.Say("cả quy tắc experimental", "experimental rules as well") };
        var trace = new Option<bool>("--trace") { Description = verbs.Say("kèm lý do của từng điều kiện, cả khi không khớp", "with the reason of each condition, also where nothing matches") };
        return verbs.Plain("match", "Đối chiếu văn bản với quy tắc hoặc danh sách từ khoá", "Hold texts against rules or a keyword list", [input, keywords, rules, experimental, trace], async (parsed, token) =>
        {
            var context = verbs.Context;
            var fromList = parsed.GetValue(keywords) is { } list ? context.PathOf(list) : null;
            CompiledRules compiled;
            if (fromList is not null)
            {
                if (!File.Exists(fromList))
                {
                    return context.Usage($"Không có tệp '{fromList}'.", $"There is no file '{fromList}'.");
                }

                if (OfKeywords(await File.ReadAllLinesAsync(fromList, token)) is not { } one)
                {
                    return context.Usage("Danh sách từ khoá không dùng được.", "The keyword list cannot be used.");
                }

                compiled = one;
            }
            else if (parsed.GetValue(rules) is { Length: > 0 } names)
            {
                if (RuleFiles.Read(context, names) is not { } sets)
                {
                    return ExitCodes.Configuration;
                }

                if (RuleCompiler.Compile(sets) is not RuleCompilation.Compiled given)
                {
                    return context.Usage("Các bộ quy tắc này không dùng chung được.", "These rule sets cannot be used together.");
                }

                compiled = given.Rules;
            }
            else
            {
                var reading = new ConfigurationLoader(TimeProvider.System).Load(context.ConfigDirectory);
                if (reading.Value is not { } configuration || RuleCompiler.Compile(configuration.RuleSets.Values) is not RuleCompilation.Compiled all)
                {
                    ProblemOutput.Write(context, reading.Problems);
                    return ExitCodes.Configuration;
                }

                compiled = all.Rules;
            }

            return await JsonLinesInput.EachAsync(context, parsed.GetValue(input)!, element =>
            {
                var id = JsonLinesInput.Id(element);
                if (RuleInput.Read(element) is not { } subject)
                {
                    context.Line(new { id, error = "no text" });
                    return;
                }

                var evaluation = RuleEvaluator.Evaluate(compiled, subject, experimental: parsed.GetValue(experimental));
                var findings = evaluation.Select(finding => new
                {
                    rule = fromList is null ? finding.RuleId : null,
                    keyword = finding.Keyword,
                    start = finding.Start,
                    length = finding.Length,
                    text = finding.Text,
                    technique = finding.Technique,
                    strength = finding.Strength,
                });
                if (parsed.GetValue(trace))
                {
                    context.Line(new { id, findings, complete = evaluation.Complete, rules = compiled.Sets.SelectMany(set => set.Rules).Select(rule => RuleEvaluator.Explain(compiled, rule.Id, subject)).OfType<RuleTrace>().Select(RuleText.Json) });
                }
                else
                {
                    context.Line(new { id, findings });
                }
            }, token);
        });
    }

    /// <summary>Every line a keyword, any of which is enough; null when they cannot be used.</summary>
    private static CompiledRules? OfKeywords(IEnumerable<string> lines)
    {
        var words = lines.Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] != '#').Distinct(StringComparer.Ordinal).ToList();
        var set = new RuleSet
        {
            Name = "keywords",
            Version = "1",
            // A rule holds so many words at most; a longer list is several rules.
            Rules = [.. words.Chunk(ConditionShape.MaxValues).Select((chunk, i) => new Rule { Id = $"keywords-{i}", Title = "keywords", Category = Category.SexualAbuseMaterial, Status = RuleStatus.Stable, Condition = new Condition.Keywords(chunk) })],
        };
        return RuleCompiler.Compile([set]) is RuleCompilation.Compiled compiled ? compiled.Rules : null;
    }
}
