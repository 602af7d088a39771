using Monitor.Rules.Removal;

namespace Monitor.Tests.Removal;

/// <summary>Observations as the proof takes them, by hours after a fixed instant, and the fold over them.</summary>
internal static class Looks
{
    public static readonly DateTimeOffset Zero = new(2026, 3, 1, 1, 0, 0, TimeSpan.Zero);

    /// <summary>Whole milliseconds, as everything that is stored.</summary>
    public static DateTimeOffset At(double hours) => Zero.AddMilliseconds(Math.Round(hours * 3_600_000));

    public static ProofFact Hard(double hours, string vantage = "direct") => Fact(hours, Liveness.Gone, vantage);

    /// <summary>Soft, and a valid control probe looks the same.</summary>
    public static ProofFact Soft(double hours, string vantage = "direct") => Fact(hours, Liveness.ProbablyGone, vantage) with { ControlAgrees = true };

    /// <summary>Soft without a valid control probe.</summary>
    public static ProofFact Bare(double hours, string vantage = "direct") => Fact(hours, Liveness.ProbablyGone, vantage);

    public static ProofFact Live(double hours, string vantage = "direct") => Fact(hours, Liveness.Live, vantage);

    /// <summary>A wall.</summary>
    public static ProofFact Nothing(double hours, string vantage = "direct") => Fact(hours, Liveness.Inconclusive, vantage);

    /// <summary>A time-out.</summary>
    public static ProofFact Down(double hours, string vantage = "direct") => Nothing(hours, vantage) with { Reason = LivenessReason.Timeout };

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
            Liveness.Inconclusive => LivenessReason.BotWall,
        },
    };

    /// <summary>A named person saw it gone.</summary>
    public static ProofFact Person(string id, double hours) => ProofFact.SeenGoneBy(id, At(hours), captured: true);

    /// <summary>The same, with nothing to show for it.</summary>
    public static ProofFact Word(string id, double hours) => ProofFact.SeenGoneBy(id, At(hours), captured: false);

    /// <param name="events">Facts in the order in which they arrive.</param>
    public static IReadOnlyList<ProofStep> Play(RemovalRules rules, IEnumerable<ProofFact> events)
    {
        var steps = new List<ProofStep>();
        var progress = new RemovalProgress();
        foreach (var one in events)
        {
            var step = RemovalProof.Observe(progress, one, rules);
            steps.Add(step);
            progress = step.Progress;
        }

        return steps;
    }

    public static RemovalProgress After(RemovalRules rules, params ProofFact[] events) => RemovalProof.Replay(events, rules);

    public static RemovalProgress After(params ProofFact[] events) => After(new RemovalRules(), events);

    /// <summary>Hard looks every four hours over a day, the last at hour 24.</summary>
    public static ProofFact[] Removed { get; } = [Live(-1), .. Watch(0, 24)];

    /// <summary>Looks from hour to hour, both included: what makes a stretch watched.</summary>
    public static IEnumerable<ProofFact> Watch(double from, double to, double every = 4, Func<double, ProofFact>? look = null)
    {
        look ??= hour => Hard(hour);
        for (var hour = from; hour < to - 0.001; hour += every)
        {
            yield return look(hour);
        }

        yield return look(to);
    }

    /// <summary>Looks every <paramref name="every"/> hours after <paramref name="from"/> up to and with <paramref name="to"/>.</summary>
    public static IEnumerable<ProofFact> Clean(double from, double to, double every = 24)
    {
        for (var hour = from + every; hour < to; hour += every)
        {
            yield return Hard(hour);
        }

        yield return Hard(to);
    }
}
