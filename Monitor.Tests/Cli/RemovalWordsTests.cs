using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Monitor.Rules.Removal;
using Monitor.Tests.Removal;
using Monitor.Worker.Cli;
using Monitor.Worker.Diagnostics;

namespace Monitor.Tests.Cli;

/// <summary>Whoever reads Vietnamese reads no English in an account of why a page was judged as it was.</summary>
public sealed partial class RemovalWordsTests
{
    private static CliContext Context(bool english) => new() { Out = TextWriter.Null, Err = TextWriter.Null, WorkingDirectory = ".", Arguments = [], Language = english ? Language.English : Language.Vietnamese };

    [Theory]
    [InlineData("invented")]
    [InlineData("edges")]
    public void Every_signal_of_every_collection_has_words(string collection)
    {
        var vietnamese = Context(english: false);
        var bare = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var line in InventedCollectionTests.Lines(collection))
        {
            using var document = JsonDocument.Parse(line);
            var (page, baseline, control) = ClassifyInput.Read(document.RootElement);
            var verdict = LivenessClassifier.Classify(page, baseline, control);
            Assert.NotEqual(verdict.Reason.Name(), vietnamese.Word(verdict.Reason));
            foreach (var signal in verdict.Signals)
            {
                var said = vietnamese.Word(signal);
                // Numbers and names of headers are carried over; words of English are not.
                if (!RemovalWords.Named.Contains(signal.Name) || said.Contains('?', StringComparison.Ordinal) || (signal.Name != "challenge-header" && English().IsMatch(said)))
                {
                    bare.Add($"{signal.Name}: {said}");
                }
            }
        }

        Assert.True(bare.Count == 0, string.Join('\n', bare));
    }

    [Fact]
    public void Every_state_reason_and_sight_has_words_and_English_keeps_the_codes()
    {
        foreach (var reason in Enum.GetValues<LivenessReason>())
        {
            Assert.NotEqual(reason.Name(), Context(english: false).Word(reason));
            Assert.Equal(reason.Name(), Context(english: true).Word(reason));
        }

        Assert.Equal("status: 404", Context(english: true).Word(new Signal("status", 90, "404")));
        Assert.Equal("giống 93% một địa chỉ bịa trên cùng máy chủ", Context(english: false).Word(new Signal("control", 40, string.Create(CultureInfo.InvariantCulture, $"{93}% like a made-up address on this host"))));
        Assert.Equal("3/4 máy phân giải cùng báo không có tên, 12 lần trong 80.5 giờ", Context(english: false).Word(new Signal("name-gone", 60, "3 of 4 resolvers agree, 12 checks over 80.5 h, abroad too")));
        Assert.Equal("a-signal-of-tomorrow: as it is", Context(english: false).Word(new Signal("a-signal-of-tomorrow", 0, "as it is")));
    }

    [GeneratedRegex(@"\b(the|page|is|of|item|notice|content|Missing|Removed|Home|OtherPath|Timeout)\b", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex English();
}
