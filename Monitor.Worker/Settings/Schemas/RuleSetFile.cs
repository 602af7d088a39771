using System.Diagnostics.CodeAnalysis;
using Monitor.Rules.Assessing;
using Monitor.Rules.RuleSets;
using Monitor.Worker.Settings.Binding;
using Monitor.Worker.Settings.Problems;
using Monitor.Worker.Settings.Yaml;

namespace Monitor.Worker.Settings.Schemas;

/// <summary>rulesets/*.yaml: one rule set a file. Whether its rules hold what they promise is judged by the compiler and the verifier of the rules.</summary>
internal static class RuleSetFile
{
    private static readonly Shape<IReadOnlyList<string>> Keywords = Shapes.ListOf(Shapes.Text);
    private static readonly Shape<IReadOnlyList<string>> Patterns = Shapes.ListOf(Shapes.Text);
    private static readonly Shape<IReadOnlyList<string>> Texts = Shapes.ListOf<string>(Shapes.Prose);

    public static PlacedRuleSet? Bind(BindingContext context, YamlMap root)
    {
        var places = new Dictionary<string, YamlMap>(StringComparer.Ordinal);
        MapReader keys = new(context, root);
        string? id = keys.Declare(ReferenceKind.RuleSet);
        string? version = keys.Required("version", Shapes.Text);
        string title = keys.Optional("title", Shapes.TextOrEmpty, "");
        IReadOnlyList<Rule>? rules = keys.Required("rules", Shapes.ListOf<Rule>(ReadRule, least: 1, distinct: false));
        return keys.Finish()
            ? new PlacedRuleSet(new RuleSet { Name = id!, Version = version!, Title = title, Rules = rules! }, context.File, keys.SpanOf("id"), places)
            : null;

        bool ReadRule(YamlNode node, BindingContext inner, [MaybeNullWhen(false)] out Rule value)
        {
            if (!BindRule(node, inner, out value))
                return false;
            places[value.Id] = (YamlMap)node;
            return true;
        }
    }

    private static bool BindRule(YamlNode node, BindingContext context, [MaybeNullWhen(false)] out Rule value)
    {
        value = null;
        if (context.Map(node) is not { } keys)
            return false;
        string? id = keys.Required("id", Shapes.Text);
        string? title = keys.Required("title", Shapes.Text);
        Category category = keys.Required<Category>("category", Shapes.CategorySlug);
        Severity severity = keys.Optional<Severity>("severity", Shapes.OneOf, Severity.Medium);
        RuleStatus status = keys.Optional<RuleStatus>("status", Shapes.OneOf, RuleStatus.Draft);
        IReadOnlyList<string> any = keys.Optional("any", Keywords, []);
        IReadOnlyList<string> all = keys.Optional("all", Keywords, []);
        IReadOnlyList<string> patterns = keys.Optional("patterns", Patterns, []);
        IReadOnlyList<string> must = keys.Optional("must-match", Texts, []);
        IReadOnlyList<string> mustNot = keys.Optional("must-not-match", Texts, []);
        string guidance = keys.Optional<string>("guidance", Shapes.Prose, "");
        if (!keys.Finish())
            return false;
        value = new Rule
        {
            Id = id!,
            Title = title!,
            Category = category,
            Severity = severity,
            Status = status,
            Any = any,
            All = all,
            Patterns = patterns,
            MustMatch = must,
            MustNotMatch = mustNot,
            Guidance = guidance,
        };
        return true;
    }
}

/// <summary>A rule set and where its parts stand, for faults that only the rules' own checks find.</summary>
/// <param name="RuleNodes">By rule id; the last of a repeated id, which is the one complained of.</param>
internal sealed record PlacedRuleSet(RuleSet Set, SourceFile File, SourceSpan Span, IReadOnlyDictionary<string, YamlMap> RuleNodes)
{
    /// <summary>The place of a rule, or of the one text of it that is at fault.</summary>
    /// <param name="subject">The text, perhaps cut at its end; null for the rule as a whole.</param>
    public SourceSpan Find(string? ruleId, string? subject)
    {
        if (ruleId is null || !RuleNodes.TryGetValue(ruleId, out YamlMap? rule))
            return Span;
        YamlText? text = subject is not { Length: > 0 } ? null : rule.Entries
            .Select(entry => entry.Value)
            .OfType<YamlList>()
            .SelectMany(list => list.Items)
            .OfType<YamlText>()
            .FirstOrDefault(item => item.Value.Trim().StartsWith(subject.Trim(), StringComparison.Ordinal));
        return text?.Span ?? rule.Entries.First(entry => entry.Key.Value == "id").Value.Span;
    }
}
