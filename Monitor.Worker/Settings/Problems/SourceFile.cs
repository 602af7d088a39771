namespace Monitor.Worker.Settings.Problems;

/// <summary>The decoded text of one configuration file, which problems point into.</summary>
internal sealed class SourceFile
{
    private const int LongestShownLine = 400;
    private readonly ProblemSink _sink;
    private readonly string[] _lines;

    public SourceFile(string path, string text, ProblemSink sink)
    {
        Path = path;
        Text = text;
        _sink = sink;
        _lines = text.Split('\n');
    }

    /// <summary>Relative to the configuration directory, with '/'.</summary>
    public string Path { get; }

    public string Text { get; }

    /// <summary>Reports a problem at <paramref name="span"/>, with the line it lies on.</summary>
    /// <param name="secret">True: the line holds something that must not be repeated anywhere.</param>
    public void Report(
        SourceSpan span,
        string code,
        BilingualText message,
        BilingualText? expected = null,
        string? suggestion = null,
        ProblemSeverity severity = ProblemSeverity.Error,
        bool secret = false)
    {
        // "At the end of the file" is shown at the end of its last line.
        if (span.Line > _lines.Length)
            span = new SourceSpan(_lines.Length, Math.Max(1, _lines[^1].Length), 1);
        string? line = secret ? null : Line(span.Line);
        int room = (line?.Length ?? int.MaxValue) - span.Column + 1;
        _sink.Add(new ConfigurationProblem
        {
            File = Path,
            Span = span with { Length = Math.Max(1, Math.Min(span.Length, room)) },
            Code = code,
            Severity = severity,
            Message = message,
            Expected = expected,
            Suggestion = suggestion,
            SourceLine = line is { Length: > LongestShownLine } ? null : line,
        });
    }

    public string? Line(int number) => number >= 1 && number <= _lines.Length ? _lines[number - 1].TrimEnd('\r') : null;
}
