using System.Globalization;
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
                context.Line(new { id = (string?)null, error = "empty line" });
                continue;
            }

            JsonDocument document;
            try
            {
                document = JsonDocument.Parse(WholeSurrogates(line));
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
        ? id.ValueKind switch { JsonValueKind.String => id.GetString(), JsonValueKind.Number => id.Clone(), _ => null }
        : null;

    public static string? Text(JsonElement element, string name) => element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    /// <summary>
    /// An escaped surrogate without its other half is valid JSON but no string of .NET's reader: it becomes U+FFFD, one unit for one unit,
    /// so that everything else of the line is read and positions stay what they were.
    /// </summary>
    internal static string WholeSurrogates(string line)
    {
        if (!line.Contains("\\ud", StringComparison.OrdinalIgnoreCase))
        {
            return line;
        }

        var whole = new StringBuilder(line);
        for (var i = 0; i < line.Length - 1; i++)
        {
            if (line[i] != '\\')
            {
                continue;
            }

            if (Unit(line, i) is not { } unit)
            {
                // Some other escape, perhaps of a backslash: its second character begins nothing.
                i++;
                continue;
            }

            if (char.IsHighSurrogate(unit) && Unit(line, i + 6) is { } next && char.IsLowSurrogate(next))
            {
                i += 11;
                continue;
            }

            if (char.IsSurrogate(unit))
            {
                whole[i + 2] = whole[i + 3] = whole[i + 4] = 'f';
                whole[i + 5] = 'd';
            }

            i += 5;
        }

        return whole.ToString();
    }

    /// <summary>The UTF-16 unit that a "\uXXXX" at this place stands for.</summary>
    private static char? Unit(string line, int at) =>
        at + 5 < line.Length && line[at] == '\\' && line[at + 1] == 'u' && ushort.TryParse(line.AsSpan(at + 2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var unit) ? (char)unit : null;
}
