using Monitor.Rules.RuleSets;
using Monitor.Rules.RuleSets.Conditions;
using Monitor.Worker.Settings.Problems;
using Monitor.Worker.Settings.Yaml;

namespace Monitor.Worker.Settings.Schemas;

/// <summary>A rule set and where its parts stand, for faults that only the rules' own checks find.</summary>
/// <param name="RuleNodes">By rule id; the last of a repeated id, which is the one complained of.</param>
internal sealed record PlacedRuleSet(RuleSet Set, RuleSetSource Source, SourceFile File, SourceSpan Span, IReadOnlyDictionary<string, YamlMap> RuleNodes, ConditionPlaces Conditions)
{
    /// <summary>The place of the part that a diagnostic is about, as narrow as it is known.</summary>
    public SourceSpan Find(string? ruleId, RulePlace? place)
    {
        if (ruleId is null || !RuleNodes.TryGetValue(ruleId, out YamlMap? rule))
            return Span;
        if (place?.Condition is { } condition && Conditions.Find(condition) is { } found)
        {
            return place.Item is { } item && item < found.Items.Count
                ? Within(found.Items[item], place.Offset, place.Length)
                : found.Span;
        }

        YamlEntry? entry = rule.Entries.FirstOrDefault(entry => entry.Key.Value == place?.Field);
        return (entry?.Value, place?.Item) switch
        {
            (YamlList list, { } item) when item < list.Items.Count => list.Items[item].Span,
            (not null, _) => entry.Key.Span,
            _ => rule.Entries.First(one => one.Key.Value == "id").Value.Span,
        };
    }

    /// <summary>A part of a value, where the value stands in the file letter for letter; otherwise the whole value.</summary>
    private SourceSpan Within(YamlNode node, int? offset, int length)
    {
        if (offset is not { } at || node is not YamlText text || File.Line(node.Span.Line) is not { } line)
            return node.Span;
        int start = node.Span.Column - 1;
        if (start < line.Length && line[start] is '\'' or '"')
            start++;
        return start + text.Value.Length <= line.Length && string.CompareOrdinal(line, start, text.Value, 0, text.Value.Length) == 0 && at < text.Value.Length
            ? new SourceSpan(node.Span.Line, start + at + 1, Math.Max(1, Math.Min(length, text.Value.Length - at)))
            : node.Span;
    }
}

/// <summary>Where each condition of a file stands. Conditions are told apart by identity: two that say the same stand in two places.</summary>
internal sealed class ConditionPlaces
{
    private readonly Dictionary<Condition, (SourceSpan Span, IReadOnlyList<YamlNode> Items)> _places = new(ReferenceEqualityComparer.Instance);

    /// <param name="items">Keywords first, then patterns, in the order of the condition.</param>
    public void Add(Condition condition, SourceSpan span, IReadOnlyList<YamlNode> items) => _places[condition] = (span, items);

    public (SourceSpan Span, IReadOnlyList<YamlNode> Items)? Find(Condition condition) => _places.TryGetValue(condition, out var place) ? place : null;
}
