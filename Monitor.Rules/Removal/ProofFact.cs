namespace Monitor.Rules.Removal;

/// <summary>One observation of a target as the proof needs it: page and every media URL taken together.</summary>
public sealed record ProofFact
{
    /// <summary>The "vantage" of people's own looks.</summary>
    public const string Human = "human";

    public required DateTimeOffset At { get; init; }

    public required string Vantage { get; init; }

    public required Liveness Liveness { get; init; }

    public required LivenessReason Reason { get; init; }

    /// <summary>A valid control probe looked the same (soft kinds only).</summary>
    public bool ControlAgrees { get; init; }

    /// <summary>Who looked, when it was a person; null for the machine's own looks.</summary>
    public string? Person { get; init; }

    /// <summary>What the person saw is sealed with the look.</summary>
    public bool Captured { get; init; }

    public bool IsHuman => Person is not null;

    /// <summary>
    /// Something keeps the machine out, or leaves it in doubt, where a person can tell: a wall, a shell, another picture under a known
    /// address. Not an error on the way: whoever looks then sees the same error, and a site that is down has removed nothing. Nor a rate limit, which
    /// our own looks may have met.
    /// </summary>
    public bool NeedsEyes => Liveness == Liveness.Inconclusive && Reason is LivenessReason.BotWall or LivenessReason.Captcha or LivenessReason.LoginWall or LivenessReason.AgeGate
        or LivenessReason.Private or LivenessReason.Forbidden or LivenessReason.JavaScriptShell or LivenessReason.OperatorPage
        or LivenessReason.MediaChanged or LivenessReason.Unreadable;

    public bool IsGone => Liveness is Liveness.Gone or Liveness.ProbablyGone;

    /// <summary>A named person looked and saw it gone: a soft sign, whatever they saw.</summary>
    /// <param name="captured">A capture of it is sealed: where people's looks are the only ones, no other counts.</param>
    public static ProofFact SeenGoneBy(string person, DateTimeOffset at, bool captured) =>
        new() { At = at, Vantage = Human, Liveness = Liveness.ProbablyGone, Reason = LivenessReason.HumanSawGone, Person = person, Captured = captured };

    /// <summary>A named person looked and saw it there.</summary>
    public static ProofFact SeenLiveBy(string person, DateTimeOffset at) =>
        new() { At = at, Vantage = Human, Liveness = Liveness.Live, Reason = LivenessReason.HumanSawLive, Person = person };
}
