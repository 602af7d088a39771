namespace Monitor.Rules.RuleSets.Conditions;

/// <summary>
/// Kleene's three values. What is not known stays unknown through "not": a page without a score must not satisfy "not (score at least 0.9)".
/// </summary>
public enum Truth
{
    NotMet,
    Unknown,
    Met,
}

internal static class Truths
{
    public static Truth Of(bool met) => met ? Truth.Met : Truth.NotMet;

    public static Truth Not(Truth truth) => truth switch
    {
        Truth.Met => Truth.NotMet,
        Truth.NotMet => Truth.Met,
        Truth.Unknown => Truth.Unknown,
    };

    /// <summary>"At least <paramref name="need"/> of them", which is And for all of them and Or for one.</summary>
    public static Truth AtLeast(int need, int met, int unknown) => met >= need ? Truth.Met : met + unknown >= need ? Truth.Unknown : Truth.NotMet;

    /// <param name="complete">False: there may be more than were counted.</param>
    public static Truth Within(CountRange range, int count, bool complete) =>
        count > range.Most ? Truth.NotMet
        : complete ? Of(count >= range.Least)
        : count >= range.Least && range.Most == int.MaxValue ? Truth.Met
        : Truth.Unknown;
}
