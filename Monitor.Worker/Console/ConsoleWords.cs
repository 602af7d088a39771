using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;
using Monitor.Worker.Diagnostics;

namespace Monitor.Worker.Console;

/// <summary>What the pages say, from the resource files Words/vi and Words/en, a file for each room; a test finds keys that one language lacks. The key is "room.word".</summary>
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
        var assembly = typeof(ConsoleWords).Assembly;
        var prefix = $"console/words/{language}/";
        var words = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var resource in assembly.GetManifestResourceNames().Where(name => name.StartsWith(prefix, StringComparison.Ordinal)))
        {
            using var stream = assembly.GetManifestResourceStream(resource)!;
            using var document = JsonDocument.Parse(stream);
            var room = resource[prefix.Length..^".json".Length];
            foreach (var word in document.RootElement.EnumerateObject())
            {
                words.Add($"{room}.{word.Name}", word.Value.GetString()!);
            }
        }

        return words.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
