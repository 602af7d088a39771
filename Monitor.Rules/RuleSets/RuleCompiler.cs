using System.Buffers;
using System.Text.RegularExpressions;
using Monitor.Rules.RuleSets.Conditions;
using Monitor.Rules.RuleSets.Terms;
using Monitor.Rules.Text;

namespace Monitor.Rules.RuleSets;

/// <summary>Checks rule sets and makes them ready to run. All faults are reported at once.</summary>
public static class RuleCompiler
{
    public const int MaxPatternLength = 4096;
    public const int MaxKeywordLength = 256;

    /// <summary>Words or characters of <see cref="Condition.Near.Within"/>.</summary>
    public const int MaxWithin = 10_000;

    /// <summary>Bits of <see cref="Condition.Hash.MaxDistance"/>: as far as perceptual hashes are searched.</summary>
    public const int MaxDistance = 31;

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
        private readonly List<(RuleSet Set, Rule Rule)> _rules = [];
        private readonly Dictionary<string, int> _keywords = new(StringComparer.Ordinal);
        private readonly Dictionary<string, int> _patternNumbers = new(StringComparer.Ordinal);
        private readonly List<Regex> _patterns = [];
        private readonly HashSet<string> _setNames = new(StringComparer.Ordinal);
        private readonly HashSet<string> _ids = new(StringComparer.OrdinalIgnoreCase);

        public List<RuleDiagnostic> Diagnostics { get; } = [];

        public void Add(RuleSet set)
        {
            if (!_setNames.Add(set.Name))
            {
                Diagnostics.Add(new RuleDiagnostic(RuleDiagnosticCodes.DuplicateSet, set.Name, null, $"Two rule sets are called '{set.Name}'.", "Rename one, or keep only its newest version.") { Arguments = [set.Name] });
            }

            foreach (Rule rule in set.Rules)
            {
                int before = Diagnostics.Count;
                Check(set, rule);
                if (Diagnostics.Count == before && rule.Status is not (RuleStatus.Deprecated or RuleStatus.Unsupported))
                    _rules.Add((set, rule));
            }
        }

        public CompiledRules Build(RuleSet[] sets)
        {
            // All keywords first, so that the numbers of patterns begin behind the last of them.
            foreach ((_, Rule rule) in _rules)
                CollectKeywords(rule.Condition);
            var compiled = new CompiledRule[_rules.Count];
            for (int i = 0; i < compiled.Length; i++)
                compiled[i] = new CompiledRule(_rules[i].Set, _rules[i].Rule, Compiled(_rules[i].Rule.Condition));
            return new CompiledRules(sets, compiled, TermIndex.Build([.. _keywords.OrderBy(pair => pair.Value).Select(pair => pair.Key)], _patterns));
        }

        private void CollectKeywords(Condition condition)
        {
            foreach (string keyword in condition switch
            {
                Condition.Keywords keywords => keywords.Words,
                Condition.Near near => [.. near.First.Keywords, .. near.Second.Keywords],
                _ => (IReadOnlyList<string>)[],
            })
            {
                _keywords.TryAdd(keyword, _keywords.Count);
            }

            foreach (Condition child in ConditionShape.Children(condition))
                CollectKeywords(child);
        }

        private CompiledCondition Compiled(Condition condition) => condition switch
        {
            Condition.Keywords keywords => new(condition, [], Keywords(keywords.Words), []),
            Condition.Patterns patterns => new(condition, [], Patterns(patterns.Expressions), []),
            Condition.Near near => new(
                condition,
                [],
                [.. Keywords(near.First.Keywords), .. Patterns(near.First.Patterns)],
                [.. Keywords(near.Second.Keywords), .. Patterns(near.Second.Patterns)]),
            _ => new(condition, [.. ConditionShape.Children(condition).Select(Compiled)], [], []),
        };

        private int[] Keywords(IReadOnlyList<string> words) => [.. words.Select(word => _keywords[word]).Distinct()];

        private int[] Patterns(IReadOnlyList<string> expressions) => [.. expressions.Select(expression => _keywords.Count + _patternNumbers[expression]).Distinct()];

        private void Check(RuleSet set, Rule rule)
        {
            void Report(string code, string message, string hint, RulePlace? place = null, string? subject = null, params IReadOnlyList<string> arguments) =>
                Diagnostics.Add(new RuleDiagnostic(code, set.Name, rule.Id, message, hint, RuleDiagnostic.Cut(subject)) { Place = place, Arguments = arguments });

            if (!IsId(rule.Id))
                Report(RuleDiagnosticCodes.BadId, $"'{rule.Id}' is no rule id.", "Use a UUID or a slug of lower-case letters, digits, '-', '_' and '.', at most 100 characters.", new RulePlace { Field = "id" }, null, rule.Id);
            else if (!_ids.Add(rule.Id))
                Report(RuleDiagnosticCodes.DuplicateId, $"Rule id '{rule.Id}' is used twice.", "Give every rule its own id; findings refer to it for years.", new RulePlace { Field = "id" }, null, rule.Id);

            (int depth, int nodes, int values) = ConditionShape.Measure(rule.Condition);
            if (depth > ConditionShape.MaxDepth || nodes > ConditionShape.MaxNodes || values > ConditionShape.MaxValues)
            {
                // Nothing further is asked of it: what walks a condition may rely on its size.
                Report(
                    RuleDiagnosticCodes.TooLarge,
                    $"The condition is too large: at most {ConditionShape.MaxDepth} levels, {ConditionShape.MaxNodes} conditions and {ConditionShape.MaxValues} keywords, patterns and values.",
                    "Split it into several rules.",
                    new RulePlace { Field = "condition" });
                return;
            }

            int before = Diagnostics.Count;
            new ConditionCheck(Report, Pattern).Visit(rule.Condition);
            if (Diagnostics.Count == before && Nothing.Satisfies(rule.Condition))
            {
                Report(
                    RuleDiagnosticCodes.HoldsForEverything,
                    "The condition is met by a page on which nothing is found at all.",
                    "Add something that must be there; 'not' and 'at-most' only narrow that down.",
                    RulePlace.In(rule.Condition));
            }
        }

        /// <summary>Keeps a pattern that is good; the same pattern in many rules is one.</summary>
        private bool Pattern(string pattern, Action<string, string, string, int?, int> report)
        {
            if (_patternNumbers.ContainsKey(pattern))
                return true;
            if (PatternReader.Read(pattern, report) is not { } regex)
                return false;
            _patternNumbers.Add(pattern, _patterns.Count);
            _patterns.Add(regex);
            return true;
        }

        private static bool IsId(string id) => id.Length is > 0 and <= MaxIdLength
            && (Guid.TryParseExact(id, "D", out _) || !id.AsSpan().ContainsAnyExcept(SlugCharacters));
    }
}
