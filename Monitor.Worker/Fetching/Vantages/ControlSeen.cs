using Monitor.Rules.Removal;

namespace Monitor.Worker.Fetching.Vantages;

/// <summary>What a made-up sibling address on the same host answered.</summary>
/// <param name="Sketch">Of the page as it came, or as a browser showed it: as the target was.</param>
public sealed record ControlSeen(int? Status, PageSketch? Sketch, IReadOnlyList<string> Media);
