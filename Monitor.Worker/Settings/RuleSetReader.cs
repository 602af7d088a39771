using System.Text;
using Monitor.Rules.RuleSets;
using Monitor.Worker.Settings.Binding;
using Monitor.Worker.Settings.Problems;
using Monitor.Worker.Settings.Schemas;
using Monitor.Worker.Settings.Yaml;

namespace Monitor.Worker.Settings;

/// <summary>One rule set by itself: a file that is not in force yet, or a version that was stored.</summary>
public static class RuleSetReader
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads a file with the pages in "guidance" beside it. Never throws for what it holds.</summary>
    public static RuleSetReading File(string path, DateOnly today, bool lint)
    {
        try
        {
            if (new FileInfo(path).Length > ConfigurationSnapshot.LargestFile)
                return Refuse(path, ProblemCodes.FileTooLarge, new("tệp lớn hơn 1 MB", "the file is larger than 1 MB"));
            string folder = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path))!, "guidance");
            var pages = new Dictionary<string, string>(StringComparer.Ordinal);
            if (Directory.Exists(folder))
            {
                foreach (string page in Directory.EnumerateFiles(folder, "*.md").Take(ConfigurationSnapshot.MostFilesPerFolder))
                {
                    if (new FileInfo(page).Length <= ConfigurationSnapshot.LargestFile)
                        pages[Path.GetFileNameWithoutExtension(page)] = System.IO.File.ReadAllText(page);
                }
            }

            return Read(new RuleSetSource(Path.GetFileName(path), StrictUtf8.GetString(System.IO.File.ReadAllBytes(path)).TrimStart('\uFEFF'), pages), today, lint);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return Refuse(path, ProblemCodes.FileUnreadable, new("không mở được để đọc", "cannot be opened for reading"));
        }
        catch (DecoderFallbackException)
        {
            return Refuse(path, ProblemCodes.NotUtf8, new("tệp không phải văn bản UTF-8", "the file is not UTF-8 text"));
        }
    }

    /// <param name="source">Pages of guidance that no rule names do not count.</param>
    public static RuleSetReading Read(RuleSetSource source, DateOnly today, bool lint)
    {
        var sink = new ProblemSink();
        var file = new SourceFile(source.Path, source.Text, sink);
        PlacedRuleSet? placed = source.Text.Contains('\0', StringComparison.Ordinal) || YamlFileReader.Read(file) is not { } root
            ? null
            : RuleSetFile.Bind(new BindingContext(file, new ReferenceTable(), today), root, source.Guidance);
        if (placed is not null)
            RuleSetChecks.Report([placed], lint);
        return new RuleSetReading(sink.HasErrors || placed is null ? null : placed.Set, placed?.Source ?? source, sink.Sorted()) { Read = placed?.Set };
    }

    /// <summary>Warnings that come from comparing a good set with a version that was stored before it.</summary>
    internal static IReadOnlyList<ConfigurationProblem> Against(RuleSetSource source, RuleSet former, DateOnly today)
    {
        var sink = new ProblemSink();
        var file = new SourceFile(source.Path, source.Text, sink);
        if (YamlFileReader.Read(file) is { } root && RuleSetFile.Bind(new BindingContext(file, new ReferenceTable(), today), root, source.Guidance) is { } placed)
        {
            foreach (RuleDiagnostic warning in RuleSetDiff.Warnings(former, placed.Set))
                RuleSetChecks.Report(placed, warning);
        }

        return sink.Sorted();
    }

    private static RuleSetReading Refuse(string path, string code, BilingualText message) =>
        new(null, new RuleSetSource(path, "", new Dictionary<string, string>(StringComparer.Ordinal)), [new ConfigurationProblem { File = path, Span = SourceSpan.Start, Code = code, Severity = ProblemSeverity.Error, Message = message }]);
}

/// <param name="Set">Null exactly when one of the problems is an error.</param>
public sealed record RuleSetReading(RuleSet? Set, RuleSetSource Source, IReadOnlyList<ConfigurationProblem> Problems)
{
    /// <summary>The set although it has faults, where it could be read at all.</summary>
    public RuleSet? Read { get; init; }
}
