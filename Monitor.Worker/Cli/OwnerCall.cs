namespace Monitor.Worker.Cli;

/// <param name="User">MONITOR_USER of the caller.</param>
public sealed record OwnerCall(IReadOnlyList<string> Arguments, string WorkingDirectory, string? User, bool IsTerminal);
