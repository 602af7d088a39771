using System.Text.Json;
using Monitor.Rules.Removal;

namespace Monitor.Worker.Extracting;

/// <summary>JSON-LD (schema.org): flat facts of the outermost items, and the media of all. Anything malformed is ignored.</summary>
internal static class StructuredData
{
    private const int MaxLength = 256 * 1024;
    private const int MaxNodes = 5000;

    private static readonly JsonDocumentOptions Options = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip, MaxDepth = 32 };

    public static void Read(string json, Action<string, string> fact, Action<string, MediaKind> media)
    {
        if (json.Length > MaxLength)
            return;

        try
        {
            using JsonDocument document = JsonDocument.Parse(json, Options);
            int nodes = 0;
            Facts(document.RootElement, fact, 0);
            Media(document.RootElement, media, ref nodes);
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException or ArgumentException)
        {
            // Malformed JSON, or a string with half a surrogate pair: pages are full of it.
        }
    }

    private static void Facts(JsonElement element, Action<string, string> fact, int level)
    {
        if (element.ValueKind == JsonValueKind.Array && level < 3)
        {
            foreach (JsonElement item in element.EnumerateArray())
                Facts(item, fact, level + 1);
        }

        if (element.ValueKind != JsonValueKind.Object)
            return;

        foreach (JsonProperty property in element.EnumerateObject())
        {
            if (property.NameEquals("@graph") && level < 3)
                Facts(property.Value, fact, level + 1);
            else if (Scalar(property.Value) is { } value)
                fact("ld:" + property.Name, value);
        }
    }

    private static string? Scalar(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.GetRawText(),
        JsonValueKind.Array when value.GetArrayLength() > 0 && value[0].ValueKind == JsonValueKind.String => value[0].GetString(),
        _ => null,
    };

    private static void Media(JsonElement element, Action<string, MediaKind> media, ref int nodes)
    {
        if (++nodes > MaxNodes)
            return;

        if (element.ValueKind == JsonValueKind.Array)
        {
            foreach (JsonElement item in element.EnumerateArray())
                Media(item, media, ref nodes);
        }

        if (element.ValueKind != JsonValueKind.Object)
            return;

        MediaKind content = MediaKind.Other;
        if (element.TryGetProperty("@type", out JsonElement type) && Scalar(type) is { } name)
        {
            content = name switch
            {
                "ImageObject" or "Photograph" => MediaKind.Image,
                "AudioObject" => MediaKind.Audio,
                "VideoObject" or "Clip" => MediaKind.Video,
                _ => MediaKind.Other,
            };
        }

        foreach (JsonProperty property in element.EnumerateObject())
        {
            if (property.NameEquals("image") || property.NameEquals("thumbnailUrl") || property.NameEquals("thumbnail"))
                Pictures(property.Value, media);
            else if (property.NameEquals("contentUrl") && property.Value.ValueKind == JsonValueKind.String)
                media(property.Value.GetString()!, content);
            else if (content == MediaKind.Image && property.NameEquals("url") && property.Value.ValueKind == JsonValueKind.String)
                media(property.Value.GetString()!, MediaKind.Image);

            Media(property.Value, media, ref nodes);
        }
    }

    private static void Pictures(JsonElement value, Action<string, MediaKind> media)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.String:
                media(value.GetString()!, MediaKind.Image);
                break;
            case JsonValueKind.Array:
                foreach (JsonElement item in value.EnumerateArray())
                {
                    if (item.ValueKind == JsonValueKind.String)
                        media(item.GetString()!, MediaKind.Image);
                }

                break;
            case JsonValueKind.Object when value.TryGetProperty("url", out JsonElement url) && url.ValueKind == JsonValueKind.String:
                media(url.GetString()!, MediaKind.Image);
                break;
        }
    }
}
