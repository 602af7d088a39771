using Monitor.Rules.Takedowns;

namespace Monitor.Rules.Removal;

/// <summary>
/// Folds observations and named confirmations into <see cref="RemovalProgress"/>. Pure and deterministic: the same facts give the same
/// standing, so every verdict can be computed again from the stored observations.
/// </summary>
public static class RemovalProof
{
    public static ProofStep Observe(RemovalProgress progress, ProofFact fact, RemovalRules rules)
    {
        var trigger = Trigger(fact);
        var next = trigger switch
        {
            RemovalTrigger.SeenNothing => progress with { InconclusiveStreak = progress.InconclusiveStreak + 1 },
            RemovalTrigger.SeenGone => Count(progress, fact, rules),
            _ => Reset(progress, fact),
        };
        return Advance(progress.State, next, trigger, fact.At, rules);
    }

    /// <summary>A named person stands by the soft signs of the present run. The same person counts once.</summary>
    public static ProofStep Confirm(RemovalProgress progress, NamedConfirmation confirmation, RemovalRules rules)
    {
        if (progress.State != RemovalState.ApparentlyGone || progress.People.Any(person => person.Person == confirmation.Person))
        {
            return new ProofStep(progress, [], Missing(progress, rules));
        }

        return Advance(progress.State, progress with { People = [.. progress.People, confirmation] }, null, confirmation.At, rules);
    }

    /// <summary>What is still missing for confirmation; empty when nothing is.</summary>
    public static IReadOnlyList<ProofGap> Missing(RemovalProgress progress, RemovalRules rules)
    {
        var gaps = new List<ProofGap>();
        var soft = false;
        var controlsValid = true;
        foreach (var vantage in rules.RequiredVantages)
        {
            var run = progress.Runs.FirstOrDefault(run => run.Vantage == vantage);
            if (run is null)
            {
                gaps.Add(new ProofGap(ProofGapKind.Vantage, rules.HardConfirmations, rules.HardSpan, vantage));
                continue;
            }

            if (HardDone(run, rules))
            {
                continue;
            }

            // A run that has only hard signs so far waits for the hard proof; one with a soft sign in it needs the longer one.
            if (run.Hard == run.Counting)
            {
                gaps.Add(new ProofGap(ProofGapKind.Observations, Math.Max(0, rules.HardConfirmations - run.Hard), Left(rules.HardSpan, run.Last - run.HardSince!.Value), vantage));
                continue;
            }

            soft = true;
            controlsValid &= run.ControlsValid;
            if (run.Counting < rules.SoftConfirmations || run.Last - run.Since < rules.SoftSpan)
            {
                gaps.Add(new ProofGap(ProofGapKind.Observations, Math.Max(0, rules.SoftConfirmations - run.Counting), Left(rules.SoftSpan, run.Last - run.Since), vantage));
            }
        }

        if (soft || rules.Walled)
        {
            var needed = soft && controlsValid && !rules.Walled ? rules.PeopleWithControl : rules.PeopleWithoutControl;
            if (progress.People.Count < needed)
            {
                gaps.Add(new ProofGap(ProofGapKind.People, needed - progress.People.Count, TimeSpan.Zero, null));
            }
        }

        return gaps;
    }

    private static TimeSpan Left(TimeSpan wanted, TimeSpan had) => had >= wanted ? TimeSpan.Zero : wanted - had;

    private static bool HardDone(VantageRun run, RemovalRules rules) =>
        run.Hard >= rules.HardConfirmations && run.HardSince is { } since && run.Last - since >= rules.HardSpan;

    private static RemovalTrigger Trigger(ProofFact fact) => fact.Liveness switch
    {
        Liveness.Live => RemovalTrigger.SeenLive,
        Liveness.Partial => RemovalTrigger.SeenPartial,
        Liveness.Restricted => RemovalTrigger.SeenRestricted,
        Liveness.Gone or Liveness.ProbablyGone => RemovalTrigger.SeenGone,
        Liveness.Inconclusive => RemovalTrigger.SeenNothing,
    };

    private static RemovalProgress Count(RemovalProgress progress, ProofFact fact, RemovalRules rules)
    {
        var hard = fact.Liveness == Liveness.Gone;
        var run = progress.Runs.FirstOrDefault(run => run.Vantage == fact.Vantage);
        var broken = run is null || fact.At - run.Last > rules.LargestGap || fact.At < run.Last;
        var counted = broken
            ? new VantageRun
            {
                Vantage = fact.Vantage,
                Hard = hard ? 1 : 0,
                HardSince = hard ? fact.At : null,
                Counting = 1,
                Since = fact.At,
                Last = fact.At,
                ControlsValid = hard || fact.ControlAgrees,
            }
            : run! with
            {
                Hard = hard ? run.Hard + 1 : 0,
                HardSince = hard ? run.HardSince ?? fact.At : null,
                Counting = run.Counting + 1,
                Last = fact.At,
                ControlsValid = run.ControlsValid && (hard || fact.ControlAgrees),
            };
        var runBroke = run is not null && broken;
        return progress with
        {
            InconclusiveStreak = 0,
            FirstGoneAt = progress.FirstGoneAt ?? fact.At,
            // A gap in a clean period starts it anew: nobody looked meanwhile.
            CleanSince = runBroke && progress.State == RemovalState.ConfirmedRemoved ? fact.At : progress.CleanSince,
            // People vouched for the run that just broke.
            People = runBroke && progress.State == RemovalState.ApparentlyGone ? [] : progress.People,
            Runs = [.. progress.Runs.Where(other => other.Vantage != fact.Vantage).Append(counted).OrderBy(other => other.Vantage, StringComparer.Ordinal)],
        };
    }

    private static RemovalProgress Reset(RemovalProgress progress, ProofFact fact) => progress with
    {
        InconclusiveStreak = 0,
        FirstGoneAt = null,
        ConfirmedAt = null,
        CleanSince = null,
        DurableAt = null,
        Runs = [],
        People = [],
        LastLiveAt = fact.Liveness is Liveness.Live or Liveness.Partial ? fact.At : progress.LastLiveAt,
        Reappearances = progress.Reappearances + (CameBack(progress, fact) ? 1 : 0),
    };

    private static bool CameBack(RemovalProgress progress, ProofFact fact) =>
        progress.State is RemovalState.ConfirmedRemoved or RemovalState.DurablyRemoved
        && fact.Liveness is Liveness.Live or Liveness.Partial;

    private static ProofStep Advance(RemovalState from, RemovalProgress progress, RemovalTrigger? trigger, DateTimeOffset at, RemovalRules rules)
    {
        var effects = new List<RemovalEffect>();
        var state = from;
        if (trigger is { } seen)
        {
            state = Move(state, seen, effects);
        }

        progress = progress with { State = state };
        var missing = Missing(progress, rules);
        if (state == RemovalState.ApparentlyGone && missing.Count == 0)
        {
            state = Move(state, RemovalTrigger.ProofComplete, effects);
            progress = progress with { State = state, ConfirmedAt = at, CleanSince = at };
        }
        else if (state == RemovalState.ConfirmedRemoved && progress.CleanSince is { } since && at - since >= rules.DurableAfter && trigger == RemovalTrigger.SeenGone)
        {
            state = Move(state, RemovalTrigger.CleanPeriodComplete, effects);
            progress = progress with { State = state, DurableAt = at };
        }

        return new ProofStep(progress, effects, state == RemovalState.ApparentlyGone ? missing : []);
    }

    private static RemovalState Move(RemovalState state, RemovalTrigger trigger, List<RemovalEffect> effects)
    {
        switch (RemovalTable.Instance.Apply(state, trigger))
        {
            case Transition<RemovalState, RemovalEffect>.Moved moved:
                effects.AddRange(moved.Effects);
                return moved.Next;
            case Transition<RemovalState, RemovalEffect>.NoChange:
                return state;
            case Transition<RemovalState, RemovalEffect>.Illegal illegal:
                throw new InvalidOperationException(illegal.Reason);
            default:
                throw new InvalidOperationException("unknown transition");
        }
    }
}

/// <param name="Effects">What the step asks the house to do, in order.</param>
/// <param name="Missing">What confirmation still waits for; only while apparently gone.</param>
public sealed record ProofStep(RemovalProgress Progress, IReadOnlyList<RemovalEffect> Effects, IReadOnlyList<ProofGap> Missing);

/// <param name="Count">Observations or people still needed.</param>
/// <param name="Span">Time still needed.</param>
public sealed record ProofGap(ProofGapKind Kind, int Count, TimeSpan Span, string? Vantage);

public enum ProofGapKind
{
    Observations,
    Vantage,
    People,
}
