using Monitor.Rules.Removal;

namespace Monitor.Tests.Removal;

/// <summary>Observations as the proof takes them, by hours after a fixed instant, and the fold over them.</summary>
internal static class Looks
{
    public static readonly DateTimeOffset Zero = new(2026, 3, 1, 1, 0, 0, TimeSpan.Zero);

    public static DateTimeOffset At(double hours) => Zero.AddHours(hours);

    public static ProofFact Hard(double hours, string vantage = "direct") => Fact(hours, Liveness.Gone, vantage);

    /// <summary>Soft, and a valid control probe looks the same.</summary>
    public static ProofFact Soft(double hours, string vantage = "direct") => Fact(hours, Liveness.ProbablyGone, vantage) with { ControlAgrees = true };

    /// <summary>Soft without a valid control probe.</summary>
    public static ProofFact Bare(double hours, string vantage = "direct") => Fact(hours, Liveness.ProbablyGone, vantage);

    public static ProofFact Live(double hours, string vantage = "direct") => Fact(hours, Liveness.Live, vantage);

    public static ProofFact Nothing(double hours, string vantage = "direct") => Fact(hours, Liveness.Inconclusive, vantage);

    public static ProofFact Fact(double hours, Liveness liveness, string vantage = "direct") => new()
    {
        At = At(hours),
        Vantage = vantage,
        Liveness = liveness,
        Reason = liveness switch
        {
            Liveness.Live => LivenessReason.Alive,
            Liveness.Partial => LivenessReason.MediaOnly,
            Liveness.Restricted => LivenessReason.GeoBlocked,
            Liveness.Gone => LivenessReason.Gone410,
            Liveness.ProbablyGone => LivenessReason.Tombstone,
            Liveness.Inconclusive => LivenessReason.Timeout,
        },
    };

    public static NamedConfirmation Person(string id, double hours) => new(id, At(hours), "looked at it");

    /// <param name="events">Facts and named confirmations in the order in which they arrive.</param>
    public static IReadOnlyList<ProofStep> Play(RemovalRules rules, IEnumerable<object> events)
    {
        var steps = new List<ProofStep>();
        var progress = new RemovalProgress();
        foreach (var one in events)
        {
            var step = one switch
            {
                ProofFact fact => RemovalProof.Observe(progress, fact, rules),
                NamedConfirmation person => RemovalProof.Confirm(progress, person, rules),
                _ => throw new ArgumentException("neither a look nor a person", nameof(events)),
            };
            steps.Add(step);
            progress = step.Progress;
        }

        return steps;
    }

    public static RemovalProgress After(RemovalRules rules, params object[] events) => Play(rules, events) is { Count: > 0 } steps ? steps[^1].Progress : new RemovalProgress();

    public static RemovalProgress After(params object[] events) => After(new RemovalRules(), events);

    /// <summary>Three hard looks over a day, the last at hour 24.</summary>
    public static object[] Removed { get; } = [Live(-1), Hard(0), Hard(12), Hard(24)];

    /// <summary>Looks every <paramref name="every"/> hours after <paramref name="from"/> up to and with <paramref name="to"/>.</summary>
    public static IEnumerable<object> Clean(double from, double to, double every = 24)
    {
        for (var hour = from + every; hour < to; hour += every)
        {
            yield return Hard(hour);
        }

        yield return Hard(to);
    }
}
