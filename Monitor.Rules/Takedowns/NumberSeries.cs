namespace Monitor.Rules.Takedowns;

/// <summary>A gapless counter: the number is taken in the same save as the thing that bears it.</summary>
/// <param name="Id">"targets", "reports", "notices/SKHCN-2026".</param>
/// <param name="Last">Last number given out.</param>
public sealed record NumberSeries(string Id, long Version, long Last) : IVersioned;
