using System.Text.RegularExpressions;
using Monitor.Tests.Architecture;
using Monitor.Worker.Console;
using Monitor.Worker.Diagnostics;

namespace Monitor.Tests.Console;

public sealed partial class WordsTests
{
    private static readonly IReadOnlyDictionary<string, string> Vietnamese = ConsoleWords.Of(Language.Vietnamese);
    private static readonly IReadOnlyDictionary<string, string> English = ConsoleWords.Of(Language.English);

    [Fact]
    public void Both_languages_have_the_same_words_with_the_same_places()
    {
        Assert.Equal(Vietnamese.Keys.Order(StringComparer.Ordinal), English.Keys.Order(StringComparer.Ordinal));
        foreach (var (key, text) in Vietnamese)
        {
            Assert.False(string.IsNullOrWhiteSpace(text), key);
            Assert.False(string.IsNullOrWhiteSpace(English[key]), key);
            Assert.Equal((key, Places(text)), (key, Places(English[key])));
        }
    }

    /// <summary>Keys that are written out in a page or its model; those that are put together are tried by the pages' own tests.</summary>
    [Fact]
    public void Every_word_a_page_asks_for_is_there_and_none_lies_about()
    {
        var texts = Directory.EnumerateFiles(SourceTree.Of("Monitor.Worker", "Console"), "*.cs*", SearchOption.AllDirectories).Select(File.ReadAllText).ToList();
        var asked = texts.SelectMany(text => Key().Matches(text).Select(match => match.Groups["key"].Value)).ToHashSet(StringComparer.Ordinal);
        Assert.True(asked.Count > 50);
        var rooms = Vietnamese.Keys.Select(key => key[..key.IndexOf('.', StringComparison.Ordinal)]).ToHashSet(StringComparer.Ordinal);
        string[] missing = [.. asked.Where(key => rooms.Contains(key[..key.IndexOf('.', StringComparison.Ordinal)]) && !key.EndsWith('.') && !Vietnamese.ContainsKey(key) && !Vietnamese.ContainsKey(key + "-help"))];
        Assert.Empty(missing);
        // A key that is put together begins with a written part that ends in a dot or a hyphen.
        var begun = texts.SelectMany(text => Begun().Matches(text).Select(match => match.Groups["key"].Value)).ToHashSet(StringComparer.Ordinal);
        string[] idle = [.. Vietnamese.Keys.Where(key => !asked.Contains(key) && !begun.Any(part => key.StartsWith(part, StringComparison.Ordinal)) && !(key.EndsWith("-help", StringComparison.Ordinal) && asked.Contains(key[..^5])))];
        Assert.Empty(idle);
    }

    private static string Places(string text) => string.Join(' ', Place().Matches(text).Select(match => match.Value).Distinct().Order(StringComparer.Ordinal));

    [GeneratedRegex("\"(?<key>[a-z][a-z-]*\\.[a-z0-9-]+)\"", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Key();

    [GeneratedRegex("\"(?<key>[a-z][a-z-]*\\.(?:[a-z0-9-]+-)?)\"|\\$\"(?<key>[a-z][a-z-]*\\.(?:[a-z0-9-]+-)?)\\{", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Begun();

    [GeneratedRegex("\\{[0-9]\\}", RegexOptions.CultureInvariant, 5000)]
    private static partial Regex Place();
}
