using System.Text.RegularExpressions;

namespace Monitor.Tests.Architecture;

/// <summary>Inside the Worker: thin edges call operations, operations speak to ports, and only the composition names adapters.</summary>
public sealed class WorkerLayersTests
{
    private static readonly IReadOnlyList<SourceText> Sources =
        [.. SourceTree.Files("Monitor.Worker").Select(file => file with { Path = file.Path["Monitor.Worker/".Length..], Text = WithoutComments(file.Text) })];

    [Theory]
    [InlineData("Operations", "Cli", "Jobs", "LiteStore", "Demo", "Pipeline", "Channels", "Evidence")]
    [InlineData("Pipeline", "Cli", "Jobs", "LiteStore", "Demo", "Channels", "Evidence", "Rendering")]
    [InlineData("Rendering", "Cli", "Jobs", "LiteStore", "Demo", "Operations", "Pipeline", "Channels", "Evidence", "Fetching", "Extracting", "Notices", "Storage")]
    [InlineData("Ports", "Cli", "Jobs", "LiteStore", "Demo", "Operations", "Pipeline", "Channels", "Evidence", "Fetching", "Extracting", "Notices", "Settings", "Rendering")]
    [InlineData("LiteStore", "Cli", "Jobs", "Demo", "Operations", "Pipeline", "Fetching", "Channels")]
    [InlineData("Evidence", "Cli", "Jobs", "Demo", "Operations", "Pipeline", "Fetching", "Channels")]
    [InlineData("Fetching", "Cli", "Jobs", "Demo", "Operations", "Pipeline", "LiteStore", "Channels", "Evidence")]
    [InlineData("Warc", "Cli", "Jobs", "Demo", "Operations", "Pipeline", "LiteStore", "Channels", "Evidence", "Settings")]
    [InlineData("Extracting", "Cli", "Jobs", "Demo", "Operations", "Pipeline", "LiteStore", "Channels", "Evidence", "Fetching")]
    [InlineData("Channels", "Cli", "Jobs", "Demo", "Operations", "Pipeline", "LiteStore", "Evidence", "Fetching")]
    [InlineData("Contacts", "Cli", "Jobs", "Demo", "Operations", "Pipeline", "LiteStore", "Channels", "Evidence", "Extracting", "Notices", "Rendering", "Storage")]
    [InlineData("Notices", "Cli", "Jobs", "Demo", "Pipeline", "LiteStore", "Evidence", "Fetching")]
    [InlineData("Settings", "Cli", "Jobs", "Demo", "Operations", "Pipeline", "LiteStore", "Channels", "Evidence")]
    [InlineData("Banks", "Cli", "Jobs", "LiteStore", "Demo", "Operations", "Pipeline", "Channels", "Evidence", "Fetching", "Settings")]
    [InlineData("Jobs", "Cli", "Demo", "LiteStore", "Evidence")]
    [InlineData("Scoring", "Cli", "Jobs", "LiteStore", "Operations", "Pipeline", "Channels", "Evidence", "Fetching", "Settings", "Ports")]
    [InlineData("Console", "LiteStore", "Jobs", "Demo", "Channels", "Evidence", "Cli", "Accounts", "Fetching", "Rendering")]
    [InlineData("Accounts", "Cli", "Jobs", "Demo", "LiteStore", "Operations", "Pipeline", "Channels", "Evidence", "Fetching", "Settings")]
    [InlineData("Mailbox", "Cli", "Jobs", "Demo", "LiteStore", "Operations", "Pipeline", "Evidence", "Fetching", "Console")]
    public void A_room_knows_nothing_of(string room, params string[] others)
    {
        var files = Sources.Where(file => file.Path.StartsWith(room + "/", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(files);
        var found = files
            .SelectMany(file => others.Where(other => Names(file.Text, other)).Select(other => $"{file.Path} → {other}"))
            .Except(Exceptions, StringComparer.Ordinal);
        Assert.Empty(found);
    }

    /// <summary>Each with its reason; a new one is a decision, not a habit.</summary>
    private static readonly string[] Exceptions =
    [
        // The vault keeps its keys in the same kind of file as the store does, through the same write gate.
        "Evidence/SealedVault.cs → LiteStore",
    ];

    [Fact]
    public void Every_exception_is_still_needed() => Assert.All(Exceptions, one =>
    {
        var parts = one.Split(" → ");
        Assert.True(Names(Sources.Single(file => file.Path == parts[0]).Text, parts[1]), $"{one} is no longer true: take it out of the list");
    });

    /// <summary>Composition builds them, their own rooms know them, backup and bench work on the files themselves.</summary>
    [Theory]
    [InlineData("LiteMonitorStore", "LiteStore/")]
    [InlineData("SafeFetcher", "Fetching/")]
    [InlineData("SealedVault", "Evidence/", "LiteStore/StoreBench.cs", "LiteStore/DataBackup.cs")]
    [InlineData("SmtpChannel", "Channels/")]
    [InlineData("ChromiumRenderer", "Rendering/")]
    [InlineData("ImapMailbox", "Mailbox/")]
    public void An_adapter_is_named_where_it_lives_and_where_the_house_is_put_together(string adapter, params string[] places)
    {
        string[] allowed = [.. places, "Composition.cs", "Cli/Verbs/BackupVerbs.cs", "Cli/Verbs/BenchVerb.cs", "Bench/"];
        var naming = Sources.Where(file => Regex.IsMatch(file.Text, $@"\b{adapter}\b", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(5))).Select(file => file.Path).ToList();
        Assert.Contains("Composition.cs", naming);
        Assert.Empty(naming.Where(path => !allowed.Any(place => path.StartsWith(place, StringComparison.Ordinal))).ToList());
    }

    /// <summary>By using directive, or by a name that begins with the room (namespaces beside one's own need no directive).</summary>
    private static bool Names(string text, string room) => Regex.IsMatch(
        text,
        $@"^using (static |\w+ = )?Monitor\.Worker\.{room}\b|(?<![\w.""/])(Monitor\.Worker\.|Worker\.){room}\.[A-Z]|(?<=[\s(<,]){room}\.[A-Z]\w+[.(>]",
        RegexOptions.Multiline | RegexOptions.CultureInvariant,
        TimeSpan.FromSeconds(5));

    private static string WithoutComments(string text) => Regex.Replace(text, @"^\s*//.*$", "", RegexOptions.Multiline | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(5));
}
