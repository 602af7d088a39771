using System.Text.Json;
using Monitor.Rules.Hashing;
using Monitor.Rules.Matching;
using Monitor.Rules.Removal;
using Monitor.Rules.RuleSets;

namespace Monitor.Worker.Cli;

/// <summary>
/// A page as one JSON object for `rules match`: text, and where known title, url, links, media, hashes, scores. What is absent is not known; what is
/// no value of its kind counts as absent.
/// </summary>
public static class RuleInput
{
    /// <returns>Null when the object says nothing that rules could be held against.</returns>
    public static RuleSubject? Read(JsonElement element)
    {
        var text = JsonLinesInput.Text(element, "text");
        var title = JsonLinesInput.Text(element, "title");
        var url = JsonLinesInput.Text(element, "url");
        var links = List(element, "links", Link);
        var media = List(element, "media", Media);
        var hashes = List(element, "hashes", Hash);
        var scores = new Dictionary<string, double>(StringComparer.Ordinal);
        if (element.TryGetProperty("scores", out var given) && given.ValueKind == JsonValueKind.Object)
        {
            foreach (var score in given.EnumerateObject())
            {
                if (score.Value.ValueKind == JsonValueKind.Number && score.Value.TryGetDouble(out var value))
                {
                    scores[score.Name] = value;
                }
            }
        }

        if (text is null && title is null && url is null && links is null && media is null && hashes is null && scores.Count == 0)
        {
            return null;
        }

        return new RuleSubject
        {
            // Places are counted in the text as it was given: a title is a fact of the page and no part of it.
            Text = text ?? title,
            Url = url,
            Page = title is null && links is null && media is null ? null : new PageOutline { Title = title ?? "", Blocks = text is null ? [] : [new OutlineBlock(BlockRole.Main, true, text)], Links = links ?? [], Media = media ?? [] },
            Matches = hashes,
            Scores = scores,
        };
    }

    private static List<T>? List<T>(JsonElement element, string name, Func<JsonElement, T?> read)
        where T : class => element.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array ? [.. list.EnumerateArray().Select(read).OfType<T>()] : null;

    private static OutlineLink? Link(JsonElement element) => Url(element) is { } url ? new OutlineLink(url, Field(element, "text") ?? "", Field(element, "rel") ?? "", Word(element, "part", BlockRole.Main)) : null;

    private static OutlineMedia? Media(JsonElement element) => Url(element) is { } url ? new OutlineMedia(url, Word(element, "kind", MediaKind.Image), Field(element, "source") ?? "img", Word(element, "part", BlockRole.Main)) : null;

    private static Match? Hash(JsonElement element) => element.ValueKind == JsonValueKind.Object && Field(element, "bank") is { } bank
        ? new Match
        {
            Bank = bank,
            BankVersion = Field(element, "version") ?? "",
            Entry = Field(element, "entry") ?? "",
            Kind = HashKind.Sha256,
            Distance = element.TryGetProperty("distance", out var distance) && distance.ValueKind == JsonValueKind.Number && distance.TryGetInt32(out var bits) ? bits : 0,
            Opinion = Word(element, "opinion", Opinion.Positive),
        }
        : null;

    private static string? Url(JsonElement element) => element.ValueKind == JsonValueKind.String ? element.GetString() : Field(element, "url");

    private static string? Field(JsonElement element, string name) => element.ValueKind == JsonValueKind.Object ? JsonLinesInput.Text(element, name) : null;

    private static T Word<T>(JsonElement element, string name, T otherwise)
        where T : struct, Enum => Enum.TryParse<T>(Field(element, name), ignoreCase: true, out var value) && Enum.IsDefined(value) ? value : otherwise;
}
