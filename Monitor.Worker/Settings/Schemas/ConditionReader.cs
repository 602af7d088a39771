using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Monitor.Rules.Matching;
using Monitor.Rules.Removal;
using Monitor.Rules.RuleSets.Conditions;
using Monitor.Rules.Text;
using Monitor.Worker.Settings.Binding;
using Monitor.Worker.Settings.Problems;
using Monitor.Worker.Settings.Yaml;

namespace Monitor.Worker.Settings.Schemas;

/// <summary>
/// The "condition" of a rule: a mapping that names one kind (all, any, not, of, keywords, patterns, near, url, element, media, links, hash, score)
/// with the options of that kind beside it.
/// </summary>
internal sealed class ConditionReader(ConditionPlaces places)
{
    private static readonly string[] Kinds = ["all", "any", "not", "of", "keywords", "patterns", "near", "url", "element", "media", "links", "hash", "score"];

    private static readonly Shape<IReadOnlyList<string>> Texts = OneOrMore(Shapes.Text);
    private static readonly Shape<IReadOnlyList<string>> Hosts = OneOrMore<string>(Host);

    public bool Read(YamlNode node, BindingContext context, [MaybeNullWhen(false)] out Condition value)
    {
        value = null;
        if (context.Map(node) is not { } keys)
            return false;
        YamlEntry[] named = [.. ((YamlMap)node).Entries.Where(entry => Kinds.Contains(entry.Key.Value, StringComparer.Ordinal))];
        if (named.Length != 1)
        {
            if (named.Length == 0)
            {
                YamlText? key = ((YamlMap)node).Entries.Select(entry => entry.Key).FirstOrDefault();
                context.File.Report(
                    key?.Span ?? node.Span,
                    key is null ? ProblemCodes.MissingKey : ProblemCodes.UnknownKey,
                    key is null ? new("điều kiện trống", "the condition is empty") : new($"'{YamlFileReader.Shorten(key.Value)}' không phải là một loại điều kiện", $"'{YamlFileReader.Shorten(key.Value)}' is no kind of condition"),
                    Expectations.OneOf(Kinds),
                    key is null ? null : Suggestion.For(key.Value, Kinds));
            }
            else
            {
                context.File.Report(
                    named[1].Key.Span,
                    ProblemCodes.WrongType,
                    new($"mỗi nhóm chỉ một điều kiện; ở đây đã có '{named[0].Key.Value}'", $"one condition in each group; there is '{named[0].Key.Value}' already"),
                    new("ghép nhiều điều kiện bằng 'all:' hoặc 'any:', mỗi điều kiện một dòng bắt đầu bằng '- '", "join conditions under 'all:' or 'any:', one a line starting with '- '"));
            }

            return false;
        }

        List<YamlNode> items = [];
        value = named[0].Key.Value switch
        {
            "all" => List(keys, "all") is { } all ? new Condition.And(all) : null,
            "any" => List(keys, "any") is { } any ? new Condition.Or(any) : null,
            "of" => Some(keys),
            "not" => keys.Required<Condition>("not", Read) is { } inner ? new Condition.Not(inner) : null,
            "keywords" => Keywords(keys, items),
            "patterns" => Patterns(keys, items),
            "near" => Nested(keys, "near", near => Near(near, items)),
            "url" => Nested(keys, "url", Url),
            "element" => Element(keys),
            "media" => Nested(keys, "media", Media),
            "links" => Nested(keys, "links", Links),
            "hash" => Nested(keys, "hash", Hash),
            _ => Nested(keys, "score", Score),
        };
        if (!keys.Finish() || value is null)
        {
            value = null;
            return false;
        }

        places.Add(value, named[0].Key.Span, items);
        return true;
    }

    private IReadOnlyList<Condition>? List(MapReader keys, string key) => keys.Required(key, Shapes.ListOf<Condition>(Read, least: 1, most: ConditionShape.MaxNodes, distinct: false));

    private Condition.AtLeast? Some(MapReader keys)
    {
        int least = keys.Required("at-least", Shapes.Number(1, ConditionShape.MaxNodes));
        IReadOnlyList<Condition>? of = List(keys, "of");
        return of is null || keys.Failed ? null : new Condition.AtLeast(least, of);
    }

    private static Condition.Keywords? Keywords(MapReader keys, List<YamlNode> items)
    {
        IReadOnlyList<string>? words = keys.Required("keywords", Texts);
        items.AddRange(Items(keys.NodeOf("keywords")));
        int need = keys.Optional<int>("need", Need, 1);
        CountRange? times = keys.Optional<CountRange?>("times", Range, null);
        Strength least = keys.Optional<Strength>("strength", Shapes.OneOf, Strength.Weak);
        return words is null ? null : new Condition.Keywords(words) { Need = need, Times = times, Least = least };
    }

    private static Condition.Patterns? Patterns(MapReader keys, List<YamlNode> items)
    {
        IReadOnlyList<string>? expressions = keys.Required("patterns", Texts);
        items.AddRange(Items(keys.NodeOf("patterns")));
        int need = keys.Optional<int>("need", Need, 1);
        CountRange? times = keys.Optional<CountRange?>("times", Range, null);
        return expressions is null ? null : new Condition.Patterns(expressions) { Need = need, Times = times };
    }

    private static Condition.Near? Near(MapReader keys, List<YamlNode> items)
    {
        TermSet? first = keys.Required<TermSet>("first", Terms);
        TermSet? second = keys.Required<TermSet>("second", Terms);
        int within = keys.Optional("within", Shapes.Number(0, Rules.RuleSets.RuleCompiler.MaxWithin), new Condition.Near(new TermSet([], []), new TermSet([], [])).Within);
        ProximityUnit unit = keys.Optional<ProximityUnit>("unit", Shapes.OneOf, ProximityUnit.Words);
        bool ordered = keys.Optional<bool>("ordered", Shapes.Flag, false);
        foreach (string part in new[] { "keywords", "patterns" })
        {
            foreach (string side in new[] { "first", "second" })
                items.AddRange(keys.NodeOf(side) is YamlMap map ? Items(map.Entries.FirstOrDefault(entry => entry.Key.Value == part)?.Value) : part == "keywords" ? Items(keys.NodeOf(side)) : []);
        }

        return first is null || second is null ? null : new Condition.Near(first, second) { Within = within, Unit = unit, Ordered = ordered };
    }

    private static bool Terms(YamlNode node, BindingContext context, [MaybeNullWhen(false)] out TermSet value)
    {
        value = null;
        if (node is not YamlMap)
        {
            if (!Texts(node, context, out IReadOnlyList<string>? words))
                return false;
            value = new TermSet(words, []);
            return true;
        }

        MapReader keys = new(context, (YamlMap)node);
        value = new TermSet(keys.Optional("keywords", Texts, []), keys.Optional("patterns", Texts, []));
        return keys.Finish();
    }

    private static Condition.Url Url(MapReader keys) => new()
    {
        Domains = keys.Optional("domains", Hosts, []),
        Hosts = keys.Optional("hosts", Hosts, []),
        PathStarts = keys.Optional("path-starts", Texts, []),
        PathContains = keys.Optional("path-contains", Texts, []),
        PathEnds = keys.Optional("path-ends", Texts, []),
        QueryNames = keys.Optional("query-names", Texts, []),
    };

    private static Condition.Element? Element(MapReader keys)
    {
        ElementSelector? selector = keys.Required<ElementSelector>("element", Selector);
        CountRange count = keys.Optional<CountRange>("count", Range!, CountRange.AtLeastOne);
        return selector is null ? null : new Condition.Element(selector) { Count = count };
    }

    private static Condition.Media Media(MapReader keys) => new()
    {
        Kinds = keys.Optional("kinds", OneOrMore<MediaKind>(Shapes.OneOf), []),
        Domains = keys.Optional("domains", Hosts, []),
        Parts = keys.Optional("parts", OneOrMore<BlockRole>(Shapes.OneOf), []),
        External = External(keys),
        Count = keys.Optional<CountRange>("count", Range!, CountRange.AtLeastOne),
    };

    private static Condition.Links Links(MapReader keys) => new()
    {
        Domains = keys.Optional("domains", Hosts, []),
        PathContains = keys.Optional("path-contains", Texts, []),
        Rels = keys.Optional("rel", Texts, []),
        Parts = keys.Optional("parts", OneOrMore<BlockRole>(Shapes.OneOf), []),
        External = External(keys),
        Count = keys.Optional<CountRange>("count", Range!, CountRange.AtLeastOne),
    };

    private static Condition.Hash Hash(MapReader keys) => new()
    {
        Banks = keys.Optional("banks", Texts, []),
        MaxDistance = keys.Optional("max-distance", Shapes.Number(0, Rules.RuleSets.RuleCompiler.MaxDistance), 0),
        Opinions = keys.Optional("opinions", OneOrMore<Opinion>(Shapes.OneOf), [Opinion.Positive]),
        Count = keys.Optional<CountRange>("count", Range!, CountRange.AtLeastOne),
    };

    private static Condition.Score? Score(MapReader keys)
    {
        string? name = keys.Required("name", Shapes.Text);
        double least = keys.Optional<double>("at-least", Share, 0);
        double most = keys.Optional<double>("at-most", Share, 1);
        if (keys.NodeOf("at-least") is null && keys.NodeOf("at-most") is null)
            keys.Fail("name", ProblemCodes.MissingKey, new("thiếu ngưỡng 'at-least' hoặc 'at-most'", "a threshold is missing: 'at-least' or 'at-most'"));
        return name is null ? null : new Condition.Score(name) { Least = least, Most = most };
    }

    private static bool? External(MapReader keys)
    {
        bool external = keys.Optional<bool>("external", Shapes.Flag, false);
        return keys.NodeOf("external") is null ? null : external;
    }

    /// <summary>The options of a kind that stand indented under its name.</summary>
    private static T? Nested<T>(MapReader keys, string key, Func<MapReader, T?> read)
        where T : Condition
    {
        return keys.Required<T>(key, Inner);

        bool Inner(YamlNode node, BindingContext context, [MaybeNullWhen(false)] out T value)
        {
            value = null;
            if (context.Map(node) is not { } inner)
                return false;
            value = read(inner);
            return inner.Finish() && value is not null;
        }
    }

    private static bool Selector(YamlNode node, BindingContext context, [MaybeNullWhen(false)] out ElementSelector value)
    {
        value = null;
        if (!Shapes.Text(node, context, out string? text))
            return false;
        switch (ElementSelector.Parse(text))
        {
            case SelectorReading.Read read:
                value = read.Selector;
                return true;
            case SelectorReading.Refused refused:
                string word = refused.At < text.Length ? text.Substring(refused.At, Math.Min(refused.Length, text.Length - refused.At)) : "";
                context.File.Report(
                    At((YamlText)node, context.File, refused.At, refused.Length),
                    ProblemCodes.BadPattern,
                    Fault(refused.Fault, word),
                    Expectations.OneOf([.. refused.Known]) ?? new("bộ chọn như 'a[href*=\"…\"]' hoặc 'main img[src$=\".png\"]'", "a selector such as 'a[href*=\"…\"]' or 'main img[src$=\".png\"]'"),
                    Suggestion.For(word, refused.Known));
                return false;
            default:
                throw new InvalidOperationException("a selector is either read or refused");
        }
    }

    private static BilingualText Fault(SelectorFault fault, string word) => fault switch
    {
        SelectorFault.TooLong => new("bộ chọn quá dài", "the selector is too long"),
        SelectorFault.Empty => new("bộ chọn thiếu tên phần tử", "the selector lacks the name of an element"),
        SelectorFault.UnknownElement => new($"không có phần tử '{word}' trong dàn ý của trang", $"outlines of pages have no element '{word}'"),
        SelectorFault.UnknownAttribute => new($"phần tử này không có thuộc tính '{word}'", $"this element has no attribute '{word}'"),
        SelectorFault.BadOperator => new("phép so sánh thuộc tính sai", "the comparison of the attribute is none"),
        SelectorFault.BadValue => new("giá trị thuộc tính trống, hoặc thiếu dấu ngoặc đóng", "the value of the attribute is empty, or a bracket or quotation mark is not closed"),
        SelectorFault.NotInTheSubset => new("lớp, mã, giả lớp và chuỗi phần tử dài không được dùng ở đây", "classes, ids, pseudo-classes and longer chains of elements are not used here"),
    };

    private static SourceSpan At(YamlText node, SourceFile file, int offset, int length)
    {
        if (file.Line(node.Span.Line) is not { } line)
            return node.Span;
        int start = node.Span.Column - 1;
        if (start < line.Length && line[start] is '\'' or '"')
            start++;
        return start + node.Value.Length <= line.Length && string.CompareOrdinal(line, start, node.Value, 0, node.Value.Length) == 0
            ? new SourceSpan(node.Span.Line, start + offset + 1, Math.Max(1, length))
            : node.Span;
    }

    private static bool Need(YamlNode node, BindingContext context, out int value)
    {
        value = Condition.Every;
        switch (node)
        {
            case YamlText { Value: "all" }:
                return true;
            case YamlText { Value: "any" }:
                value = 1;
                return true;
            case YamlText text when int.TryParse(text.Value, NumberStyles.None, CultureInfo.InvariantCulture, out value) && value is >= 1 and < Condition.Every:
                return true;
            default:
                string? written = (node as YamlText)?.Value;
                context.Complain(node, ProblemCodes.BadNumber, new($"'{written}' không phải là số từ khoá cần có", $"'{written}' is not how many are needed"), new("any, all, hoặc một số từ 1", "any, all, or a number from 1"), written is null ? null : Suggestion.For(written, ["any", "all"]));
                return false;
        }
    }

    /// <summary>A number (at least so many), or a mapping with at-least and at-most.</summary>
    private static bool Range(YamlNode node, BindingContext context, [MaybeNullWhen(false)] out CountRange value)
    {
        value = null;
        Shape<int> number = Shapes.Number(0, 1_000_000);
        if (node is not YamlMap map)
        {
            if (!number(node, context, out int least))
                return false;
            value = new CountRange(least);
            return true;
        }

        MapReader keys = new(context, map);
        value = new CountRange(keys.Optional("at-least", number, 0), keys.Optional("at-most", number, int.MaxValue));
        return keys.Finish();
    }

    internal static bool Share(YamlNode node, BindingContext context, out double value)
    {
        value = 0;
        if (node is YamlText text && double.TryParse(text.Value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out value) && value is >= 0 and <= 1)
            return true;
        context.Complain(node, ProblemCodes.BadNumber, new($"'{(node as YamlText)?.Value}' không phải là số từ 0 đến 1", $"'{(node as YamlText)?.Value}' is not a number from 0 to 1"), new("một số như 0.85", "a number such as 0.85"));
        return false;
    }

    /// <summary>A domain; a single label ("vn") is one too.</summary>
    private static bool Host(YamlNode node, BindingContext context, [MaybeNullWhen(false)] out string value)
    {
        if (node is YamlText { Value: { Length: >= 2 and <= 63 } label } && label.All(char.IsAsciiLetter))
        {
            value = label.ToLowerInvariant();
            return true;
        }

        return Shapes.Host(node, context, out value);
    }

    /// <summary>A list, or one value where a list is not worth the line.</summary>
    private static Shape<IReadOnlyList<T>> OneOrMore<T>(Shape<T> item)
    {
        Shape<IReadOnlyList<T>> list = Shapes.ListOf(item, least: 1);
        return Read;

        bool Read(YamlNode node, BindingContext context, [MaybeNullWhen(false)] out IReadOnlyList<T> value)
        {
            if (node is not YamlText)
                return list(node, context, out value);
            value = null;
            if (!item(node, context, out T? one))
                return false;
            value = [one];
            return true;
        }
    }

    private static IReadOnlyList<YamlNode> Items(YamlNode? node) => node switch
    {
        YamlList list => list.Items,
        null => [],
        _ => [node],
    };
}
