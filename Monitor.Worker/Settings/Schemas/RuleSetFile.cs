using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using Monitor.Rules.Assessing;
using Monitor.Rules.RuleSets;
using Monitor.Rules.RuleSets.Conditions;
using Monitor.Worker.Settings.Binding;
using Monitor.Worker.Settings.Problems;
using Monitor.Worker.Settings.Yaml;

namespace Monitor.Worker.Settings.Schemas;

/// <summary>rulesets/*.yaml: one rule set a file. Whether its rules hold what they promise is judged by the compiler and the verifier of the rules.</summary>
internal sealed class RuleSetFile(IReadOnlyDictionary<string, string> guidance)
{
    private const int MostRules = 10_000;
    private static readonly Shape<IReadOnlyList<string>> Lines = Shapes.ListOf(Shapes.Text);
    private static readonly Shape<IReadOnlyList<RuleExample>> Examples = Shapes.ListOf<RuleExample>(ExampleReader.Read, distinct: false);

    /// <summary>Words of the years before Sigma's, and what they are called now.</summary>
    private static readonly Dictionary<string, string> FormerStatus = new(StringComparer.Ordinal)
    {
        ["draft"] = "experimental",
        ["enabled"] = "stable",
        ["disabled"] = "unsupported",
    };

    private readonly ConditionPlaces _conditions = new();
    private readonly Dictionary<string, string> _pages = new(StringComparer.Ordinal);
    private string _setId = "";

    /// <param name="guidance">Pages by name (without ".md").</param>
    public static PlacedRuleSet? Bind(BindingContext context, YamlMap root, IReadOnlyDictionary<string, string> guidance) => new RuleSetFile(guidance).Bind(context, root);

    private PlacedRuleSet? Bind(BindingContext context, YamlMap root)
    {
        var places = new Dictionary<string, YamlMap>(StringComparer.Ordinal);
        MapReader keys = new(context, root);
        string? id = keys.Declare(ReferenceKind.RuleSet);
        _setId = id ?? "";
        string? version = keys.Required("version", Shapes.Text);
        string title = keys.Optional("title", Shapes.TextOrEmpty, "");
        IReadOnlyList<Rule>? rules = keys.Required("rules", Shapes.ListOf<Rule>(ReadRule, least: 1, most: MostRules, distinct: false));
        if (!keys.Finish())
            return null;
        var source = new RuleSetSource(context.File.Path, context.File.Text, _pages);
        return new PlacedRuleSet(new RuleSet { Name = id!, Version = version!, Title = title, Digest = source.Digest(), Rules = rules! }, source, context.File, keys.SpanOf("id"), places, _conditions);

        bool ReadRule(YamlNode node, BindingContext inner, [MaybeNullWhen(false)] out Rule value)
        {
            if (!BindRule(node, inner, out value))
                return false;
            places[value.Id] = (YamlMap)node;
            return true;
        }
    }

    private bool BindRule(YamlNode node, BindingContext context, [MaybeNullWhen(false)] out Rule value)
    {
        value = null;
        if (context.Map(node) is not { } keys)
            return false;
        string? id = keys.Required<string>("id", Uuid);
        string? title = keys.Required("title", Shapes.Text);
        string description = keys.Optional<string>("description", Shapes.Prose, "");
        Category category = keys.Required<Category>("category", Shapes.CategorySlug);
        Severity severity = keys.Optional<Severity>("level", Level, Severity.Medium);
        RuleStatus status = keys.Optional<RuleStatus>("status", Status, RuleStatus.Experimental);
        string author = keys.Optional("author", Shapes.TextOrEmpty, "");
        DateOnly? date = keys.Optional<DateOnly?>("date", Date, null);
        DateOnly? modified = keys.Optional<DateOnly?>("modified", Date, null);
        IReadOnlyList<string> references = keys.Optional("references", Lines, []);
        IReadOnlyList<string> falsePositives = keys.Optional("falsepositives", Lines, []);
        IReadOnlyList<RelatedRule> related = keys.Optional("related", Shapes.ListOf<RelatedRule>(Related), []);
        Condition? condition = keys.Required<Condition>("condition", new ConditionReader(_conditions).Read);
        IReadOnlyList<RuleExample> must = keys.Optional("must-match", Examples, []);
        IReadOnlyList<RuleExample> mustNot = keys.Optional("must-not-match", Examples, []);
        string? page = keys.Optional<string?>("guidance", PageName, id?.ToLowerInvariant());
        if (!keys.Finish())
            return false;
        string text = guidance.GetValueOrDefault(page!, "");
        if (text.Length > 0)
            _pages[page!] = text;
        value = new Rule
        {
            Id = id!,
            Title = title!,
            Description = description,
            Category = category,
            Severity = severity,
            Status = status,
            Author = author,
            Date = date,
            Modified = modified,
            References = references,
            FalsePositives = falsePositives,
            Related = related,
            Condition = condition!,
            MustMatch = must,
            MustNotMatch = mustNot,
            Guidance = text,
        };
        return true;
    }

    /// <summary>A UUID. Anything else is answered with one that could be used, the same for the same word in the same set.</summary>
    private bool Uuid(YamlNode node, BindingContext context, [MaybeNullWhen(false)] out string value)
    {
        value = null;
        if (!Shapes.Text(node, context, out string? text))
            return false;
        if (Guid.TryParseExact(text, "D", out Guid id))
        {
            value = id.ToString("D");
            return true;
        }

        Span<byte> bytes = SHA256.HashData(Encoding.UTF8.GetBytes($"{_setId}\n{text}")).AsSpan(0, 16);
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x80);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        context.Complain(
            node,
            ProblemCodes.BadId,
            new($"'{YamlFileReader.Shorten(text)}' không phải là một UUID", $"'{YamlFileReader.Shorten(text)}' is not a UUID"),
            new("một UUID: mã của logic; logic khác thì mã khác", "a UUID: it names the logic; other logic, other id"),
            new Guid(bytes, bigEndian: true).ToString("D"));
        return false;
    }

    private static bool Level(YamlNode node, BindingContext context, out Severity value)
    {
        // Sigma's word for what nobody has to look at.
        if (node is YamlText { Value: "informational" })
        {
            value = Severity.None;
            return true;
        }

        value = default;
        string[] words = ["informational", "low", "medium", "high", "critical"];
        if (!Shapes.Word(words)(node, context, out string? word))
            return false;
        value = (Severity)Array.IndexOf(words, word);
        return true;
    }

    private static bool Status(YamlNode node, BindingContext context, out RuleStatus value)
    {
        if (node is YamlText { Value: var word } && FormerStatus.TryGetValue(word, out string? now))
        {
            value = default;
            context.Complain(node, ProblemCodes.NotOneOf, new($"'{word}' không phải là trạng thái của quy tắc", $"'{word}' is not the status of a rule"), Expectations.OneOf(["experimental", "test", "stable", "deprecated", "unsupported"]), now);
            return false;
        }

        return Shapes.OneOf(node, context, out value);
    }

    private static bool Date(YamlNode node, BindingContext context, [MaybeNullWhen(false)] out DateOnly? value)
    {
        bool good = Shapes.Date(node, context, out DateOnly day);
        value = day;
        return good;
    }

    private static bool Related(YamlNode node, BindingContext context, [MaybeNullWhen(false)] out RelatedRule value)
    {
        value = null;
        if (context.Map(node) is not { } keys)
            return false;
        RelationType type = keys.Required<RelationType>("type", Shapes.OneOf);
        string? id = keys.Required("id", Shapes.Text);
        if (!keys.Finish())
            return false;
        value = new RelatedRule(type, id!.ToLowerInvariant());
        return true;
    }

    /// <summary>Name of a page, for several rules that share one; it must be there.</summary>
    private bool PageName(YamlNode node, BindingContext context, [MaybeNullWhen(false)] out string? value)
    {
        if (!Shapes.Id(node, context, out value))
            return false;
        if (guidance.ContainsKey(value))
            return true;
        context.Complain(
            node,
            ProblemCodes.DanglingReference,
            new($"không có trang hướng dẫn rulesets/guidance/{value}.md", $"there is no page of guidance rulesets/guidance/{value}.md"),
            Expectations.OneOf([.. guidance.Keys.Order(StringComparer.Ordinal)]),
            Suggestion.For(value, guidance.Keys));
        return false;
    }
}
