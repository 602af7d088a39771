namespace Monitor.Rules.Assessing;

/// <summary>How urgently a person must look; it orders the triage queue and nothing else.</summary>
public enum Severity
{
    None,
    Low,
    Medium,
    High,

    /// <summary>Known material (a bank hit) or a child said to be in danger.</summary>
    Critical,
}
