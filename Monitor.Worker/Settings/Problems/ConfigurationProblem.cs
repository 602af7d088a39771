namespace Monitor.Worker.Settings.Problems;

/// <summary>One thing wrong with the configuration, and where.</summary>
public sealed record ConfigurationProblem
{
    /// <summary>Relative to the configuration directory, with '/'; "." for the directory itself.</summary>
    public required string File { get; init; }

    public required SourceSpan Span { get; init; }

    /// <summary>One of <see cref="ProblemCodes"/>; stable, people may look it up or filter by it.</summary>
    public required string Code { get; init; }

    public required ProblemSeverity Severity { get; init; }

    public required BilingualText Message { get; init; }

    /// <summary>What would be right: "one of: smtp", "a duration such as 24h, 15m, 7d"; null when the message says it all.</summary>
    public BilingualText? Expected { get; init; }

    /// <summary>The word that was probably meant, or null.</summary>
    public string? Suggestion { get; init; }

    /// <summary>The line the span lies on, or null when the file has no text to show or the line holds a secret.</summary>
    public string? SourceLine { get; init; }

    public int Line => Span.Line;

    public int Column => Span.Column;
}
