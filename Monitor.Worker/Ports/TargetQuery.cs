using Monitor.Rules.Removal;

namespace Monitor.Worker.Ports;

/// <summary>Null fields do not filter.</summary>
public sealed record TargetQuery(string? WatchListId = null, RemovalState? State = null, bool? NeedsAttention = null);
