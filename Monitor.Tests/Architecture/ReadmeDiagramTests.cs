using Monitor.Rules.Evidence;
using Monitor.Rules.Removal;
using Monitor.Rules.Takedowns;

namespace Monitor.Tests.Architecture;

/// <summary>
/// The diagrams in README.md are drawn from the tables that decide. Run with MONITOR_WRITE_README=1 to write them anew after a table has changed.
/// </summary>
public sealed class ReadmeDiagramTests
{
    private static readonly string Readme = SourceTree.Of("README.md");

    [Theory]
    [InlineData("dispatch")]
    [InlineData("demand")]
    [InlineData("removal")]
    [InlineData("evidence")]
    public void The_readme_shows_the_table_as_it_is(string diagram)
    {
        var text = File.ReadAllText(Readme);
        var (start, end) = Section(text, diagram);
        var wanted = "\n```mermaid\n" + Drawn(diagram) + "```\n";
        if (Environment.GetEnvironmentVariable("MONITOR_WRITE_README") == "1")
        {
            text = string.Concat(text.AsSpan(0, start), wanted, text.AsSpan(end));
            File.WriteAllText(Readme, text);
            (start, end) = Section(text, diagram);
        }

        Assert.Equal(wanted, text[start..end]);
    }

    private static string Drawn(string diagram) => diagram switch
    {
        "dispatch" => DispatchTable.Instance.ToMermaid(),
        "demand" => DemandTable.Instance.ToMermaid(),
        "removal" => RemovalTable.Instance.ToMermaid(),
        "evidence" => EvidenceRequestTable.Instance.ToMermaid(),
        _ => throw new ArgumentOutOfRangeException(nameof(diagram), diagram, "no such table"),
    };

    /// <summary>What stands between the two marks, which stand in the text once each.</summary>
    private static (int Start, int End) Section(string text, string diagram)
    {
        var (open, close) = ($"<!-- diagram:{diagram} -->", $"<!-- /diagram:{diagram} -->");
        Assert.Equal(2, text.Split(open).Length);
        Assert.Equal(2, text.Split(close).Length);
        var start = text.IndexOf(open, StringComparison.Ordinal) + open.Length;
        var end = text.IndexOf(close, StringComparison.Ordinal);
        Assert.True(start <= end, $"the marks of {diagram} stand the wrong way round");
        return (start, end);
    }
}
