using Monitor.Rules.Removal;

namespace Monitor.Worker.Simulation;

/// <summary>A rule of the proof that a run may go without, to show that it is needed.</summary>
internal enum Weakening
{
    None,
    HardConfirmations,
    HardSpan,
    SoftConfirmations,
    SoftSpan,
    PeopleWithControl,
    PeopleWithoutControl,
    LargestGap,
    CountingPause,
    BlindAfter,
    PeopleApart,
    RequiredVantages,
    MediaIncluded,
    InconclusiveNeutral,
    LiveResets,
    Walled,
}

/// <summary>The real proof, but for one rule: numbers are eased where the rule is data, facts are bent where it is code.</summary>
internal static class Weakenings
{
    /// <summary>"hard-confirmations" …, without <see cref="Weakening.None"/>.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Enum.GetValues<Weakening>().Where(one => one != Weakening.None).Select(Name)];

    public static string Name(this Weakening weakening) => Kebab.Of(weakening.ToString());

    /// <returns>Null when there is no such rule.</returns>
    public static Weakening? Parse(string name) => Enum.GetValues<Weakening>().Where(one => one != Weakening.None && one.Name() == name).Select(one => (Weakening?)one).FirstOrDefault();

    public static RemovalRules Ease(this Weakening weakening, RemovalRules rules) => weakening switch
    {
        Weakening.HardConfirmations => rules with { HardConfirmations = 1 },
        Weakening.HardSpan => rules with { HardSpan = TimeSpan.Zero },
        Weakening.SoftConfirmations => rules with { SoftConfirmations = 1 },
        Weakening.SoftSpan => rules with { SoftSpan = TimeSpan.Zero },
        Weakening.PeopleWithControl => rules with { PeopleWithControl = 0 },
        Weakening.PeopleWithoutControl => rules with { PeopleWithoutControl = 1 },
        Weakening.LargestGap => rules with { LargestGap = TimeSpan.FromDays(3650) },
        Weakening.CountingPause => rules with { CountingPause = TimeSpan.Zero },
        Weakening.BlindAfter => rules with { BlindAfter = rules.LargestGap },
        Weakening.PeopleApart => rules with { PeopleApart = TimeSpan.Zero },
        Weakening.RequiredVantages => rules with { RequiredVantages = [Truth.Direct] },
        Weakening.Walled => rules with { Walled = false },
        Weakening.None or Weakening.MediaIncluded or Weakening.InconclusiveNeutral or Weakening.LiveResets => rules,
    };

    /// <returns>Null: the fact is swallowed.</returns>
    public static ProofFact? Bend(this Weakening weakening, ProofFact fact) => weakening switch
    {
        Weakening.InconclusiveNeutral when fact.Liveness == Liveness.Inconclusive => fact with { Liveness = Liveness.Gone },
        Weakening.LiveResets when fact.Liveness == Liveness.Live => null,
        _ => fact,
    };
}
