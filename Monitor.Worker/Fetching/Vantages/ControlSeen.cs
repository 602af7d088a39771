using Monitor.Rules.Removal;

namespace Monitor.Worker.Fetching.Vantages;

/// <summary>What a made-up sibling address on the same host answered.</summary>
public sealed record ControlSeen(int? Status, PageSketch? Sketch, IReadOnlyList<string> Media);
