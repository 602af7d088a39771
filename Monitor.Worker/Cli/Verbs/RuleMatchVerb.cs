using System.CommandLine;
using System.Globalization;
using Monitor.Rules.RuleSets;
using Monitor.Rules.Text;
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
            CompiledRules compiled;
            if (parsed.GetValue(keywords) is { } given)
            {
                if (parsed.GetValue(rules) is { Length: > 0 })
                {
                    return context.Usage("Chọn --keywords hoặc --rules, không dùng cả hai.", "Give --keywords or --rules, not both.");
                }

                return await ByListAsync(context, context.PathOf(given), parsed.GetValue(input)!, token);
            }

            if (parsed.GetValue(rules) is { Length: > 0 } names)
            {
                if (RuleFiles.Read(context, names) is not { } sets)
                {
                    return ExitCodes.Configuration;
                }

                if (RuleCompiler.Compile(sets) is not RuleCompilation.Compiled chosen)
                {
                    return context.Usage("Các bộ quy tắc này không dùng chung được.", "These rule sets cannot be used together.");
                }

                compiled = chosen.Rules;
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
                var findings = evaluation.Select(one => Finding(one.RuleId, one.Keyword, one.Start, one.Length, one.Text, one.Technique, one.Strength));
                if (parsed.GetValue(trace))
                {
                    context.Line(new { id, findings, complete = evaluation.Complete, rules = compiled.Sets.SelectMany(set => set.Rules).Select(rule => RuleEvaluator.Explain(compiled, rule.Id, subject)).OfType<RuleTrace>().Select(RuleText.Json) });
                }
                else
                {
                    context.Line(new { id, findings, complete = evaluation.Complete });
                }
            }, token);
        });
    }

    /// <summary>A keyword list has no rules: every line is looked for by itself.</summary>
    private static async Task<int> ByListAsync(CliContext context, string list, string input, CancellationToken cancellation)
    {
        if (!File.Exists(list))
        {
            return context.Usage($"Không có tệp '{list}'.", $"There is no file '{list}'.");
        }

        var all = await File.ReadAllLinesAsync(list, cancellation);
        if (Array.Exists(all, line => line.Contains('\0', StringComparison.Ordinal)))
        {
            return context.Usage($"Tệp '{list}' không phải tệp văn bản UTF-8.", $"The file '{list}' is no UTF-8 text.");
        }

        // The spellings of a keyword grow with its length: a book on one line would be made ready for minutes.
        if (Array.FindIndex(all, line => line.Trim() is var word && word.Length > RuleCompiler.MaxKeywordLength && word[0] != '#') is >= 0 and var at)
        {
            return context.Usage(
                string.Create(CultureInfo.InvariantCulture, $"{list}:{at + 1}: từ khoá dài {all[at].Trim().Length} ký tự, nhiều nhất {RuleCompiler.MaxKeywordLength}; hãy dùng một phần đặc trưng của nó."),
                string.Create(CultureInfo.InvariantCulture, $"{list}:{at + 1}: a keyword has {all[at].Trim().Length} characters; at most {RuleCompiler.MaxKeywordLength} are allowed. Use a characteristic part of it."));
        }

        var lines = all.Where(line => line.Trim() is { Length: > 0 } word && word[0] != '#' && TextFolding.FoldKeyword(word).Length > 0).Distinct(StringComparer.Ordinal).ToList();
        if (lines.Count == 0)
        {
            return context.Usage($"Tệp '{list}' không có từ khoá nào (mỗi dòng một từ; dòng bắt đầu bằng # là ghi chú).", $"The file '{list}' holds no keyword (one a line; lines that begin with # are notes).");
        }

        var scanner = TextScanner.Build(lines.ConvertAll(line => line.Trim()), []);
        return await JsonLinesInput.EachAsync(context, input, element =>
        {
            var id = JsonLinesInput.Id(element);
            if (JsonLinesInput.Text(element, "text") is not { } text)
            {
                context.Line(new { id, error = "no text" });
                return;
            }

            var scan = scanner.Scan(text);
            context.Line(new { id, findings = scan.Occurrences.Select(one => Finding(null, lines[one.Ordinal], one.Start, one.Length, text.Substring(one.Start, one.Length), one.Technique, one.Strength)), complete = scan.Complete });
        }, cancellation);
    }

    /// <param name="keyword">The list's line, or what the rule names.</param>
    /// <param name="technique">Null for a fact of the page that is no place in its text.</param>
    private static object Finding(string? rule, string keyword, int start, int length, string text, Technique? technique, Strength strength) =>
        new { rule, keyword, start, length, text, technique, strength };
}
