using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Monitor.Rules.Text;

namespace Monitor.Rules.RuleSets.Conditions;

/// <summary>Conditions in words: one canonical form that says the same for the same logic, and a short one for people.</summary>
public static class ConditionText
{
    private const int MostShown = 6;

    /// <summary>
    /// The logic and nothing else: the order of conditions and of values, double values, and layers of one condition do not matter; keywords
    /// count as they are found (folded). The condition must be within the limits of <see cref="ConditionShape"/>.
    /// </summary>
    public static string Canonical(Condition condition) => condition switch
    {
        Condition.And and => Group("and", and.Of),
        Condition.Or or => Group("or", or.Of),
        Condition.AtLeast { Count: 1 } one => Group("or", one.Of),
        Condition.AtLeast all when all.Count == all.Of.Count => Group("and", all.Of),
        Condition.AtLeast some => Invariant($"some({some.Count};{string.Join(',', some.Of.Select(Canonical).Order(StringComparer.Ordinal))})"),
        Condition.Not { Of: Condition.Not inner } => Canonical(inner.Of),
        Condition.Not not => $"not({Canonical(not.Of)})",
        Condition.Keywords words => Invariant($"keywords({Need(words.Need, words.Words.Count)}{Range(words.Times)}{(words.Least == Strength.Weak ? "" : ";least=" + words.Least)};{List(words.Words.Select(TextFolding.FoldKeyword))})"),
        Condition.Patterns patterns => Invariant($"patterns({Need(patterns.Need, patterns.Expressions.Count)}{Range(patterns.Times)};{List(patterns.Expressions)})"),
        Condition.Near near => Invariant($"near({near.Within} {near.Unit}{(near.Ordered ? " ordered" : "")};{Sides(near)})"),
        Condition.Url url => $"url({Part("domain", url.Domains)}{Part("host", url.Hosts)}{Part("starts", url.PathStarts)}{Part("contains", url.PathContains)}{Part("ends", url.PathEnds)}{Part("query", url.QueryNames)})",
        Condition.Element element => $"element({Quote(element.Selector.Text)}{Range(element.Count)})",
        Condition.Media media => $"media({Part("kind", media.Kinds.Select(kind => kind.ToString()))}{Part("domain", media.Domains)}{Part("part", media.Parts.Select(part => part.ToString()))}{Flag("external", media.External)}{Range(media.Count)})",
        Condition.Links links => $"links({Part("domain", links.Domains)}{Part("contains", links.PathContains)}{Part("rel", links.Rels)}{Part("part", links.Parts.Select(part => part.ToString()))}{Flag("external", links.External)}{Range(links.Count)})",
        Condition.Hash hash => Invariant($"hash({Part("bank", hash.Banks)}{Part("opinion", hash.Opinions.Select(opinion => opinion.ToString()))};distance={hash.MaxDistance}{Range(hash.Count)})"),
        Condition.Score score => Invariant($"score({Quote(score.Name)};{score.Least:R}-{score.Most:R})"),
        _ => throw new InvalidOperationException("unknown condition"),
    };

    /// <summary>SHA-256 (lower hex) of the canonical form: what makes a rule the same rule.</summary>
    public static string LogicDigest(Condition condition) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Canonical(condition))));

    /// <summary>A leaf as it stands in a rule file, on one line, long lists cut; of a group only its name.</summary>
    public static string Short(Condition condition) => condition switch
    {
        Condition.And and => Invariant($"all of {and.Of.Count}"),
        Condition.Or or => Invariant($"any of {or.Of.Count}"),
        Condition.AtLeast some => Invariant($"at least {some.Count} of {some.Of.Count}"),
        Condition.Not => "not",
        Condition.Keywords words => $"keywords {Show(words.Words)}{(words.Need == 1 ? "" : words.Need == Condition.Every ? " need: all" : Invariant($" need: {words.Need}"))}{Times(words.Times)}",
        Condition.Patterns patterns => $"patterns {Show(patterns.Expressions)}{(patterns.Need == 1 ? "" : patterns.Need == Condition.Every ? " need: all" : Invariant($" need: {patterns.Need}"))}{Times(patterns.Times)}",
        Condition.Near near => Invariant($"near {Show([.. near.First.Keywords, .. near.First.Patterns])} {(near.Ordered ? "→" : "↔")} {Show([.. near.Second.Keywords, .. near.Second.Patterns])} within {near.Within} {(near.Unit == ProximityUnit.Words ? "words" : "characters")}"),
        Condition.Url url => "url " + string.Join(' ', new[] { Named("domains", url.Domains), Named("hosts", url.Hosts), Named("path-starts", url.PathStarts), Named("path-contains", url.PathContains), Named("path-ends", url.PathEnds), Named("query", url.QueryNames) }.Where(part => part.Length > 0)),
        Condition.Element element => $"element {element.Selector.Text}{Times(element.Count)}",
        Condition.Media media => "media" + string.Concat(new[] { Named("kinds", [.. media.Kinds.Select(kind => kind.ToString().ToLowerInvariant())]), Named("domains", media.Domains), Named("parts", [.. media.Parts.Select(part => part.ToString().ToLowerInvariant())]) }.Where(part => part.Length > 0).Select(part => " " + part)) + Times(media.Count),
        Condition.Links links => "links" + string.Concat(new[] { Named("domains", links.Domains), Named("path-contains", links.PathContains), Named("rel", links.Rels), Named("parts", [.. links.Parts.Select(part => part.ToString().ToLowerInvariant())]) }.Where(part => part.Length > 0).Select(part => " " + part)) + Times(links.Count),
        Condition.Hash hash => Invariant($"hash {(hash.Banks.Count == 0 ? "any bank" : Show(hash.Banks))} distance ≤ {hash.MaxDistance}{Times(hash.Count)}"),
        Condition.Score score => Invariant($"score {score.Name} {score.Least:0.###} … {score.Most:0.###}"),
        _ => throw new InvalidOperationException("unknown condition"),
    };

    private static string Group(string name, IReadOnlyList<Condition> of)
    {
        string[] parts = [.. of.SelectMany(child => Flat(name, child)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        return parts.Length == 1 ? parts[0] : $"{name}({string.Join(',', parts)})";
    }

    /// <summary>An "and" inside an "and" is one "and".</summary>
    private static IEnumerable<string> Flat(string name, Condition child) => (name, child) switch
    {
        ("and", Condition.And and) => and.Of.SelectMany(inner => Flat(name, inner)),
        ("or", Condition.Or or) => or.Of.SelectMany(inner => Flat(name, inner)),
        _ => [Canonical(child)],
    };

    private static string Sides(Condition.Near near)
    {
        string[] sides = [Terms(near.First), Terms(near.Second)];
        return string.Join(';', near.Ordered ? sides : sides.Order(StringComparer.Ordinal));
    }

    private static string Terms(TermSet terms) => $"{List(terms.Keywords.Select(TextFolding.FoldKeyword))}/{List(terms.Patterns)}";

    private static string Need(int need, int count) => need >= count && count > 1 ? "all" : need == 1 || count == 1 ? "any" : Invariant($"{need}");

    private static string Range(CountRange? range) => range is null ? "" : range.Most == int.MaxValue ? Invariant($";{range.Least}+") : Invariant($";{range.Least}-{range.Most}");

    private static string Flag(string name, bool? value) => value is null ? "" : $";{name}={value}";

    private static string Part(string name, IEnumerable<string> values) => values.Any() ? $";{name}={List(values.Select(value => value.ToLowerInvariant()))}" : "";

    /// <summary>Each value quoted, so that no value can imitate the form.</summary>
    private static string List(IEnumerable<string> values) => string.Join('|', values.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(Quote));

    private static string Quote(string value) => $"\"{value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    private static string Named(string name, IReadOnlyList<string> values) => values.Count == 0 ? "" : $"{name} {Show(values)}";

    private static string Show(IReadOnlyList<string> values) =>
        $"[{string.Join(", ", values.Take(MostShown).Select(value => value.Length <= 60 ? value : value[..57] + "…"))}{(values.Count > MostShown ? Invariant($", … {values.Count}") : "")}]";

    private static string Times(CountRange? range) =>
        range is null or { Least: 1, Most: int.MaxValue } ? ""
        : range.Most == int.MaxValue ? Invariant($" ×{range.Least}+")
        : Invariant($" ×{range.Least}–{range.Most}");

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
