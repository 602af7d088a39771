namespace Monitor.Worker.Settings.Problems;

public enum ProblemSeverity
{
    /// <summary>The configuration can be used; somebody should look.</summary>
    Warning,

    /// <summary>The configuration is not taken into use.</summary>
    Error,
}
