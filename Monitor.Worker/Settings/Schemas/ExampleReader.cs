using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Monitor.Rules.Hashing;
using Monitor.Rules.Matching;
using Monitor.Rules.Removal;
using Monitor.Rules.RuleSets;
using Monitor.Worker.Settings.Binding;
using Monitor.Worker.Settings.Problems;
using Monitor.Worker.Settings.Yaml;

namespace Monitor.Worker.Settings.Schemas;

/// <summary>
/// An entry of must-match or must-not-match: a text, or a made-up page with text, title, url, links, media, inputs, facts, frames, hashes, scores.
/// What is not written is not known; but a page of which one part is written has nothing of the others.
/// </summary>
internal static class ExampleReader
{
    public static bool Read(YamlNode node, BindingContext context, [MaybeNullWhen(false)] out RuleExample value)
    {
        value = null;
        if (node is not YamlMap map)
        {
            if (!Shapes.Prose(node, context, out string? only))
                return false;
            value = only;
            return true;
        }

        MapReader keys = new(context, map);
        string? text = keys.Optional<string?>("text", Shapes.Prose!, null);
        string? title = keys.Optional<string?>("title", Shapes.Text!, null);
        string? url = keys.Optional<string?>("url", Shapes.HttpUrl!, null);
        IReadOnlyList<OutlineLink>? links = keys.Optional<IReadOnlyList<OutlineLink>?>("links", Shapes.ListOf<OutlineLink>(Link, distinct: false)!, null);
        IReadOnlyList<OutlineMedia>? media = keys.Optional<IReadOnlyList<OutlineMedia>?>("media", Shapes.ListOf<OutlineMedia>(Media, distinct: false)!, null);
        IReadOnlyList<string>? inputs = keys.Optional<IReadOnlyList<string>?>("inputs", Shapes.ListOf(Shapes.Text, distinct: false)!, null);
        IReadOnlyList<string>? frames = keys.Optional<IReadOnlyList<string>?>("frames", Shapes.ListOf<string>(Shapes.HttpUrl, distinct: false)!, null);
        IReadOnlyDictionary<string, string>? facts = keys.Optional<IReadOnlyDictionary<string, string>?>("facts", Facts!, null);
        IReadOnlyList<Match>? hashes = keys.Optional<IReadOnlyList<Match>?>("hashes", Shapes.ListOf<Match>(Hash, distinct: false)!, null);
        IReadOnlyDictionary<string, double>? scores = keys.Optional<IReadOnlyDictionary<string, double>?>("scores", Scores!, null);
        if (!keys.Finish())
            return false;
        bool page = title is not null || links is not null || media is not null || inputs is not null || frames is not null || facts is not null;
        string? all = title is null ? text : text is null ? title : title + "\n" + text;
        value = new RuleExample(
            new RuleSubject
            {
                Text = all,
                Url = url,
                Page = !page ? null : new PageOutline
                {
                    Title = title ?? "",
                    Blocks = text is null ? [] : [new OutlineBlock(BlockRole.Main, true, text)],
                    Links = links ?? [],
                    Media = media ?? [],
                    FormInputs = inputs ?? [],
                    Frames = frames ?? [],
                    Facts = facts ?? new Dictionary<string, string>(StringComparer.Ordinal),
                },
                Matches = hashes,
                Scores = scores ?? new Dictionary<string, double>(StringComparer.Ordinal),
            },
            all ?? url ?? string.Create(CultureInfo.InvariantCulture, $"{context.File.Path}:{node.Span.Line}"));
        return true;
    }

    private static bool Link(YamlNode node, BindingContext context, [MaybeNullWhen(false)] out OutlineLink value)
    {
        value = null;
        if (node is not YamlMap map)
        {
            if (!Shapes.HttpUrl(node, context, out string? only))
                return false;
            value = new OutlineLink(only, "", "", BlockRole.Main);
            return true;
        }

        MapReader keys = new(context, map);
        string? url = keys.Required<string>("url", Shapes.HttpUrl);
        string text = keys.Optional("text", Shapes.TextOrEmpty, "");
        string rel = keys.Optional("rel", Shapes.TextOrEmpty, "");
        BlockRole part = keys.Optional<BlockRole>("part", Shapes.OneOf, BlockRole.Main);
        if (!keys.Finish())
            return false;
        value = new OutlineLink(url!, text, rel.ToLowerInvariant(), part);
        return true;
    }

    private static bool Media(YamlNode node, BindingContext context, [MaybeNullWhen(false)] out OutlineMedia value)
    {
        value = null;
        if (node is not YamlMap map)
        {
            if (!Shapes.HttpUrl(node, context, out string? only))
                return false;
            value = new OutlineMedia(only, MediaKind.Image, "img");
            return true;
        }

        MapReader keys = new(context, map);
        string? url = keys.Required<string>("url", Shapes.HttpUrl);
        MediaKind kind = keys.Optional<MediaKind>("kind", Shapes.OneOf, MediaKind.Image);
        string source = keys.Optional("source", Shapes.Text, "img");
        BlockRole part = keys.Optional<BlockRole>("part", Shapes.OneOf, BlockRole.Main);
        if (!keys.Finish())
            return false;
        value = new OutlineMedia(url!, kind, source, part);
        return true;
    }

    private static bool Hash(YamlNode node, BindingContext context, [MaybeNullWhen(false)] out Match value)
    {
        value = null;
        if (context.Map(node) is not { } keys)
            return false;
        string? bank = keys.Required("bank", Shapes.Text);
        int distance = keys.Optional("distance", Shapes.Number(0, 256), 0);
        Opinion opinion = keys.Optional<Opinion>("opinion", Shapes.OneOf, Opinion.Positive);
        if (!keys.Finish())
            return false;
        value = new Match { Bank = bank!, BankVersion = "1", Entry = "#1", Kind = HashKind.Sha256, Distance = distance, Opinion = opinion };
        return true;
    }

    private static bool Facts(YamlNode node, BindingContext context, [MaybeNullWhen(false)] out IReadOnlyDictionary<string, string> value) => Pairs(node, context, Shapes.TextOrEmpty, key => key.ToLowerInvariant(), out value);

    private static bool Scores(YamlNode node, BindingContext context, [MaybeNullWhen(false)] out IReadOnlyDictionary<string, double> value) => Pairs<double>(node, context, ConditionReader.Share, key => key, out value);

    /// <summary>Keys that are not ours to know.</summary>
    private static bool Pairs<T>(YamlNode node, BindingContext context, Shape<T> shape, Func<string, string> name, [MaybeNullWhen(false)] out IReadOnlyDictionary<string, T> value)
    {
        value = null;
        if (node is not YamlMap map)
        {
            context.Complain(node, ProblemCodes.WrongType, new("ở đây cần một nhóm khoá", "a group of keys is needed here"), Expectations.Map);
            return false;
        }

        var read = new Dictionary<string, T>(StringComparer.Ordinal);
        bool good = true;
        foreach (YamlEntry entry in map.Entries)
        {
            if (shape(entry.Value, context, out T? one))
                read[name(entry.Key.Value)] = one;
            else
                good = false;
        }

        value = read;
        return good;
    }
}
