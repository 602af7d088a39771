using System.Text;
using System.Text.Json;

namespace Monitor.Worker.Cli;

/// <summary>Reads JSON lines of any number from a file or stdin; one output line per input line, in order, whatever a line holds.</summary>
public static class JsonLinesInput
{
    private const int MaxLine = 64 * 1024 * 1024;

    public static async Task<int> EachAsync(CliContext context, string path, Action<JsonElement> each, CancellationToken cancellation)
    {
        Stream stream;
        if (path == "-")
        {
            if (context.In is null)
            {
                return context.Usage("Không có đầu vào chuẩn ở đây.", "There is no standard input here.");
            }

            stream = context.In;
        }
        else
        {
            var file = context.PathOf(path);
            if (!File.Exists(file))
            {
                return context.Usage($"Không có tệp '{file}'.", $"There is no file '{file}'.");
            }

            stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read);
        }

        using var reader = new StreamReader(stream, Encoding.UTF8);
        var lines = new BoundedLines(reader, MaxLine);
        while (await lines.ReadAsync(cancellation) is { } read)
        {
            if (read.Cut)
            {
                context.Line(new { id = (string?)null, error = "line too long" });
                continue;
            }

            var line = read.Text;
            if (string.IsNullOrWhiteSpace(line))
            {
                continue;
            }

            JsonDocument document;
            try
            {
                document = JsonDocument.Parse(line);
            }
            catch (JsonException)
            {
                context.Line(new { id = (string?)null, error = "not JSON" });
                continue;
            }

            using (document)
            {
                if (document.RootElement.ValueKind != JsonValueKind.Object)
                {
                    context.Line(new { id = (string?)null, error = "not an object" });
                }
                else
                {
                    each(document.RootElement);
                }
            }
        }

        return ExitCodes.Done;
    }

    public static object? Id(JsonElement element) => element.TryGetProperty("id", out var id)
        ? id.ValueKind switch { JsonValueKind.String => Safe(id), JsonValueKind.Number => id.Clone(), _ => null }
        : null;

    public static string? Text(JsonElement element, string name) => element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? Safe(value) : null;

    /// <summary>The string's text; null for a lone surrogate escape, which is valid JSON but no string of .NET's reader.</summary>
    public static string? Safe(JsonElement value)
    {
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
