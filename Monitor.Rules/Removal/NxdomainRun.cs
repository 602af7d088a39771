namespace Monitor.Rules.Removal;

/// <summary>
/// Consecutive observations on which every configured resolver said that the host's name does not exist. Only when they span
/// <see cref="LeastSpan"/> does another one count towards removal, and then as a soft sign: names lapse, are blocked, and come back.
/// A fold over stored observations, so that it can be computed again.
/// </summary>
public sealed record NxdomainRun
{
    /// <summary>Time between the first and the latest of them before one counts.</summary>
    public static TimeSpan LeastSpan { get; } = TimeSpan.FromHours(72);

    public required int Checks { get; init; }

    public required DateTimeOffset Since { get; init; }

    public required DateTimeOffset Last { get; init; }

    public TimeSpan Span => Last - Since;

    public bool Counts => Span >= LeastSpan;

    /// <summary>
    /// <list type="bullet">
    /// <item>Everybody agrees: the run grows, or starts anew after a gap of more than <paramref name="largestGap"/>.</item>
    /// <item>Somebody knows the name, or the host was reached: the run ends.</item>
    /// <item>Resolvers fell silent, or the look failed before it came to the name: neither.</item>
    /// </list>
    /// </summary>
    /// <param name="evidence">Null when the look did not end at a missing name.</param>
    /// <param name="reached">The host answered in whatever way: its name exists.</param>
    public static NxdomainRun? After(NxdomainRun? run, DateTimeOffset at, DnsEvidence? evidence, bool reached, TimeSpan largestGap)
    {
        if (reached || evidence is { Answer: DnsAnswer.Exists })
        {
            return null;
        }

        if (evidence is not { Answer: DnsAnswer.NoSuchName, ResolversAsked: > 0 } || evidence.ResolversAgreeing < evidence.ResolversAsked)
        {
            return run;
        }

        if (run is null || at < run.Last || at - run.Last > largestGap)
        {
            return new NxdomainRun { Checks = 1, Since = at, Last = at };
        }

        // The same instant is the same look told twice.
        return at == run.Last ? run : run with { Checks = run.Checks + 1, Last = at };
    }

    /// <summary>The run at the end of the observations.</summary>
    /// <param name="observations">In the order in which they were made, from any vantage: those reached from anywhere have a name.</param>
    public static NxdomainRun? Of(IEnumerable<Observation> observations, TimeSpan largestGap)
    {
        NxdomainRun? run = null;
        foreach (var observation in observations)
        {
            run = After(run, observation.At, observation.Dns, Reached(observation), largestGap);
        }

        return run;
    }

    /// <summary>It answered, or refused to: its name led somewhere. "Unreachable" is what a proxy says of a name too, so it says neither.</summary>
    private static bool Reached(Observation observation) =>
        observation.Status is not null || observation.Outcome is "connection-refused" or "connection-reset" or "connection-closedearly" || observation.Outcome.StartsWith("tls-", StringComparison.Ordinal);

    /// <summary>The run with the look it ends at, as facts for the classifier.</summary>
    public DnsFacts Facts(DnsEvidence evidence) => new()
    {
        ResponseCode = "nxdomain",
        ResolversAgreeing = evidence.ResolversAgreeing,
        ResolversAsked = evidence.ResolversAsked,
        IncludesAbroad = evidence.IncludesAbroad,
        Checks = Checks,
        SpanHours = Span.TotalHours,
    };
}
