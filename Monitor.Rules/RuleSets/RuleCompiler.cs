using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;
using Monitor.Rules.Text;

namespace Monitor.Rules.RuleSets;

/// <summary>Checks rule sets and makes them ready to run. All faults are reported at once.</summary>
public static class RuleCompiler
{
    public const int MaxPatternLength = 4096;
    public const int MaxKeywordLength = 256;
    private const int MaxIdLength = 100;
    private static readonly SearchValues<char> SlugCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-_.");

    public static RuleCompilation Compile(IEnumerable<RuleSet> sets)
    {
        RuleSet[] all = [.. sets];
        var builder = new Builder();
        foreach (RuleSet set in all)
            builder.Add(set);
        return builder.Diagnostics.Count > 0
            ? new RuleCompilation.Rejected(builder.Diagnostics)
            : new RuleCompilation.Compiled(builder.Build(all));
    }

    private sealed class Builder
    {
        private readonly List<CompiledRule> _rules = [];
        private readonly List<string> _keywords = [];
        private readonly Dictionary<string, int> _keywordNumbers = new(StringComparer.Ordinal);
        private readonly HashSet<string> _setNames = new(StringComparer.Ordinal);
        private readonly HashSet<string> _ids = new(StringComparer.OrdinalIgnoreCase);

        public List<RuleDiagnostic> Diagnostics { get; } = [];

        public void Add(RuleSet set)
        {
            if (!_setNames.Add(set.Name))
            {
                Diagnostics.Add(new RuleDiagnostic(RuleDiagnosticCodes.DuplicateSet, set.Name, null, $"Two rule sets are called '{set.Name}'.", "Rename one, or keep only its newest version."));
            }

            foreach (Rule rule in set.Rules)
                Add(set, rule);
        }

        public CompiledRules Build(RuleSet[] sets)
        {
            CompiledRule[] rules = [.. _rules];
            var rulesOfKeyword = new List<int>[_keywords.Count];
            var alwaysTried = new List<int>();
            for (int r = 0; r < rules.Length; r++)
            {
                if (rules[r].All.Length == 0 && rules[r].Patterns.Length > 0)
                    alwaysTried.Add(r);
                foreach (int keyword in rules[r].Any.Concat(rules[r].All).Distinct())
                    (rulesOfKeyword[keyword] ??= []).Add(r);
            }

            return new CompiledRules(sets, rules, KeywordIndex.Build(_keywords), Array.ConvertAll(rulesOfKeyword, list => list.ToArray()), [.. alwaysTried]);
        }

        private void Add(RuleSet set, Rule rule)
        {
            int before = Diagnostics.Count;
            void Report(string code, string message, string hint, string? subject = null) =>
                Diagnostics.Add(new RuleDiagnostic(code, set.Name, rule.Id, message, hint, subject is { Length: > 120 } ? subject[..120] : subject));

            if (!IsId(rule.Id))
                Report(RuleDiagnosticCodes.BadId, $"'{rule.Id}' is no rule id.", "Use a UUID or a slug of lower-case letters, digits, '-', '_' and '.', at most 100 characters.");
            else if (!_ids.Add(rule.Id))
                Report(RuleDiagnosticCodes.DuplicateId, $"Rule id '{rule.Id}' is used twice.", "Give every rule its own id; findings refer to it for years.");

            if (rule.Any.Count == 0 && rule.All.Count == 0 && rule.Patterns.Count == 0)
                Report(RuleDiagnosticCodes.EmptyRule, "The rule has neither keywords nor patterns: it would never, or always, hold.", "Add 'any', 'all' or 'patterns', or disable and remove the rule.");

            foreach (string keyword in rule.Any.Concat(rule.All))
            {
                if (keyword.Length > MaxKeywordLength)
                    Report(RuleDiagnosticCodes.KeywordTooLong, $"A keyword has {keyword.Length} characters; at most {MaxKeywordLength} are allowed.", "Use a characteristic part of it.", keyword);
                else if (TextFolding.FoldKeyword(keyword).Length == 0)
                    Report(RuleDiagnosticCodes.EmptyKeyword, "A keyword is empty, or made of white space and invisible characters.", "Remove it.", keyword);
            }

            var patterns = new List<Regex>();
            foreach (string pattern in rule.Patterns)
            {
                if (CompilePattern(pattern, Report) is { } regex)
                    patterns.Add(regex);
            }

            if (Diagnostics.Count == before && rule.Status != RuleStatus.Disabled)
                _rules.Add(new CompiledRule(set, rule, Numbers(rule.Any), Numbers(rule.All), [.. patterns]));
        }

        private int[] Numbers(IReadOnlyList<string> keywords)
        {
            var numbers = new List<int>(keywords.Count);
            foreach (string keyword in keywords)
            {
                if (!_keywordNumbers.TryGetValue(keyword, out int number))
                {
                    number = _keywords.Count;
                    _keywords.Add(keyword);
                    _keywordNumbers.Add(keyword, number);
                }

                if (!numbers.Contains(number))
                    numbers.Add(number);
            }

            return [.. numbers];
        }

        private static Regex? CompilePattern(string pattern, Action<string, string, string, string?> report)
        {
            if (pattern.Length > MaxPatternLength)
            {
                report(RuleDiagnosticCodes.PatternTooLong, $"A pattern has {pattern.Length} characters; at most {MaxPatternLength} are allowed.", "Split it, or list the words as keywords.", pattern);
                return null;
            }

            Regex regex;
            try
            {
                // The text is composed, so the pattern must be. Invalid UTF-16 cannot be composed: it is left as it is.
                string composed = TryCompose(pattern);
                regex = new Regex(composed, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.IgnoreCase);
            }
            catch (RegexParseException fault)
            {
                report(RuleDiagnosticCodes.PatternInvalid, $"A pattern is no regular expression: {fault.Error} at character {fault.Offset}.", "Correct it; literal punctuation needs a backslash.", pattern);
                return null;
            }
            catch (NotSupportedException)
            {
                report(RuleDiagnosticCodes.PatternNotLinear, "A pattern uses lookaround, a back-reference, an atomic group or a condition, or repeats too much: its time could not be bounded.", "Rewrite it without those, with smaller repeat counts, or use 'all' keywords.", pattern);
                return null;
            }

            if (regex.IsMatch(""))
            {
                report(RuleDiagnosticCodes.PatternMatchesEmpty, "A pattern matches the empty text, so it would be found everywhere.", "Make at least one part of it obligatory.", pattern);
                return null;
            }

            return regex;
        }

        private static string TryCompose(string pattern)
        {
            foreach (Rune rune in pattern.EnumerateRunes())
            {
                if (rune == Rune.ReplacementChar)
                    return pattern;
            }

            return pattern.Normalize(NormalizationForm.FormC);
        }

        private static bool IsId(string id) => id.Length is > 0 and <= MaxIdLength
            && (Guid.TryParseExact(id, "D", out _) || !id.AsSpan().ContainsAnyExcept(SlugCharacters));
    }
}
