namespace Monitor.Worker.Diagnostics;

/// <summary>Languages people are spoken to in. Vietnamese is the default.</summary>
public enum Language
{
    Vietnamese,
    English,
}
