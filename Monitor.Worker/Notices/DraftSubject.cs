using Monitor.Rules.Cases;
using Monitor.Rules.Takedowns;
using Monitor.Rules.WatchLists;

namespace Monitor.Worker.Notices;

/// <summary>One page that a draft names, with the request it is demanded by.</summary>
/// <param name="LiveMedia">Media URLs to name; null: all known.</param>
public sealed record DraftSubject(TakedownRequest Request, Case Case, Target Target, IReadOnlyList<string>? LiveMedia = null);
