namespace Monitor.Worker.Settings.Problems;

/// <summary>A stretch of one line.</summary>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1, in UTF-16 units.</param>
/// <param name="Length">In UTF-16 units, at least 1; never reaches past the line.</param>
public readonly record struct SourceSpan(int Line, int Column, int Length)
{
    /// <summary>The very beginning: for problems of a whole file.</summary>
    public static SourceSpan Start { get; } = new(1, 1, 1);
}
