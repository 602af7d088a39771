namespace Monitor.Worker.Fetching.Vantages;

/// <summary>One way out as the pipeline uses it.</summary>
/// <param name="Fetcher">Knows its own hosts, delays, pauses and robots: politeness is kept per vantage and host.</param>
/// <param name="Control">What "not there" looks like from here.</param>
/// <param name="ResolvesHere">True when "no such name" was learnt by this machine, not told by a proxy.</param>
public sealed record VantagePoint(string Id, IFetcher Fetcher, ControlProbe Control, bool ResolvesHere);
