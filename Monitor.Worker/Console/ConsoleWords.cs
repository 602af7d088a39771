using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;
using Monitor.Worker.Diagnostics;

namespace Monitor.Worker.Console;

/// <summary>What the pages say, from the resource files Words/vi.json and Words/en.json; a test finds keys that one of them lacks.</summary>
public static class ConsoleWords
{
    private static readonly FrozenDictionary<string, string> Vietnamese = Read("vi");
    private static readonly FrozenDictionary<string, string> English = Read("en");

    public static IReadOnlyDictionary<string, string> Of(Language language) => language == Language.English ? English : Vietnamese;

    /// <exception cref="KeyNotFoundException">A page uses a word that is in no file: a bug.</exception>
    public static string Say(Language language, string key, params object?[] arguments)
    {
        var text = Of(language).TryGetValue(key, out var found) ? found : throw new KeyNotFoundException($"no word for '{key}'");
        return arguments.Length == 0 ? text : string.Format(CultureInfo.InvariantCulture, text, arguments);
    }

    private static FrozenDictionary<string, string> Read(string language)
    {
        using var stream = typeof(ConsoleWords).Assembly.GetManifestResourceStream($"console/words.{language}.json")!;
        using var document = JsonDocument.Parse(stream);
        var words = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var room in document.RootElement.EnumerateObject())
        {
            foreach (var word in room.Value.EnumerateObject())
            {
                words.Add($"{room.Name}.{word.Name}", word.Value.GetString()!);
            }
        }

        return words.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
