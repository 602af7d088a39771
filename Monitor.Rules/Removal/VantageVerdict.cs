namespace Monitor.Rules.Removal;

/// <summary>
/// What the looks of one round say together: the same target, at about the same time, from several vantages. The proof is fed with the
/// result, in its order, so that neither the order of the vantages nor which of them was asked first matters.
/// <list type="bullet">
/// <item>Served on one line: what is gone, partly gone or withheld on another is withheld by place.</item>
/// <item>Served nowhere, but withheld on one line: what is gone on another is withheld by place.</item>
/// <item>Gone everywhere but for media on one line: partly gone.</item>
/// <item>Gone everywhere it could be seen: each counts for its own vantage.</item>
/// <item>Inconclusive stays so: a proxy that is down says nothing, and breaks nothing.</item>
/// </list>
/// </summary>
public static class VantageVerdict
{
    /// <param name="looks">One fact per vantage.</param>
    /// <returns>As many facts, in the order in which they are fed: inconclusive, then there, then withheld or gone; by vantage name within.</returns>
    public static IReadOnlyList<ProofFact> Together(IReadOnlyCollection<ProofFact> looks)
    {
        var strongest = looks.Where(look => look.Liveness != Liveness.Inconclusive).Select(look => Presence(look.Liveness)).DefaultIfEmpty(0).Max();
        return [.. looks.Select(look => Read(look, strongest)).OrderBy(look => Place(look.Liveness)).ThenBy(look => look.Vantage, StringComparer.Ordinal)];
    }

    private static ProofFact Read(ProofFact look, int strongest)
    {
        var own = Presence(look.Liveness);
        if (look.Liveness == Liveness.Inconclusive || own == strongest)
        {
            return look;
        }

        return strongest == Presence(Liveness.Partial)
            ? look with { Liveness = Liveness.Partial, Reason = LivenessReason.MediaOnly, ControlAgrees = false }
            : look with { Liveness = Liveness.Restricted, Reason = LivenessReason.GeoBlocked, ControlAgrees = false };
    }

    /// <summary>How sure it is that the item still exists.</summary>
    private static int Presence(Liveness liveness) => liveness switch
    {
        Liveness.Inconclusive => 0,
        Liveness.Gone or Liveness.ProbablyGone => 1,
        Liveness.Partial => 2,
        Liveness.Restricted => 3,
        Liveness.Live => 4,
    };

    private static int Place(Liveness liveness) => liveness switch
    {
        Liveness.Inconclusive => 0,
        Liveness.Live => 1,
        Liveness.Partial => 2,
        Liveness.Restricted => 3,
        Liveness.Gone or Liveness.ProbablyGone => 4,
    };
}
