using Monitor.Rules.Removal;

namespace Monitor.Worker.Fetching.Vantages;

/// <summary>Shows a control's answer to a browser.</summary>
/// <returns>Null when it could not be shown.</returns>
public delegate Task<PageOutline?> ControlShowing(FetchOutcome.Fetched control, CancellationToken cancellation);
