namespace Monitor.Worker.Ports;

/// <summary>A page of rows: <paramref name="After"/> is the id to continue after.</summary>
public sealed record Paging(string? After = null, int Count = 100);
