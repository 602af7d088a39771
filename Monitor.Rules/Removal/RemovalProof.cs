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
        if (fact.Liveness == Liveness.Inconclusive)
        {
            return Advance(progress.State, progress with { InconclusiveStreak = progress.InconclusiveStreak + 1 }, RemovalTrigger.SeenNothing, fact.At, rules);
        }

        var gone = fact.Liveness is Liveness.Gone or Liveness.ProbablyGone;
        if (gone && fact.At <= progress.LastResetAt)
        {
            // It came in late: something seen since then says otherwise.
            return new ProofStep(progress, [], progress.State == RemovalState.ApparentlyGone ? Missing(progress, rules, fact.At) : []);
        }

        progress = progress with { Sightings = Sight(progress.Sightings, fact) };
        if (gone)
        {
            return Withheld(progress.Sightings, rules)
                ? Advance(progress.State, Reset(progress, fact), RemovalTrigger.SeenRestricted, fact.At, rules)
                : Advance(progress.State, Count(progress, fact, rules), RemovalTrigger.SeenGone, fact.At, rules);
        }

        // What was confirmed and is served again anywhere has reappeared and stays so; before that, a contradiction between lines means "withheld by place".
        var trigger = fact.Liveness switch
        {
            Liveness.Restricted => RemovalTrigger.SeenRestricted,
            _ when progress.State is not (RemovalState.ConfirmedRemoved or RemovalState.DurablyRemoved or RemovalState.Reappeared) && Withheld(progress.Sightings, rules) => RemovalTrigger.SeenRestricted,
            Liveness.Partial => RemovalTrigger.SeenPartial,
            _ => RemovalTrigger.SeenLive,
        };
        return Advance(progress.State, Reset(progress, fact), trigger, fact.At, rules);
    }

    /// <summary>
    /// A named person stands by the soft signs of the present run. The same person counts once. On a platform that walls visitors off the
    /// person's own look is the observation: it counts from any state in which removal is not confirmed yet, and of two looks of one
    /// person the later counts. The very same <see cref="RemovalProgress"/> comes back when the confirmation adds nothing.
    /// </summary>
    public static ProofStep Confirm(RemovalProgress progress, NamedConfirmation confirmation, RemovalRules rules)
    {
        var earlier = progress.People.FirstOrDefault(person => string.Equals(person.Person, confirmation.Person, StringComparison.OrdinalIgnoreCase));
        var adds = rules.Walled
            ? progress.State is not (RemovalState.ConfirmedRemoved or RemovalState.DurablyRemoved)
                && !(confirmation.At <= progress.LastResetAt)
                && (earlier is null || Day(earlier, rules) < Day(confirmation, rules))
            : progress.State == RemovalState.ApparentlyGone && earlier is null;
        if (!adds)
        {
            return new ProofStep(progress, [], Missing(progress, rules, confirmation.At));
        }

        var next = progress with
        {
            People = [.. progress.People.Where(person => person != earlier), confirmation],
            FirstGoneAt = progress.FirstGoneAt ?? confirmation.At,
        };
        return Advance(progress.State, next, rules.Walled ? RemovalTrigger.SeenGone : null, confirmation.At, rules);
    }

    /// <summary>What is still missing for confirmation; empty when nothing is.</summary>
    /// <param name="at">Now. A run whose last look lies further back than the largest gap is broken, though nobody has looked since. Null: not asked.</param>
    public static IReadOnlyList<ProofGap> Missing(RemovalProgress progress, RemovalRules rules, DateTimeOffset? at = null)
    {
        if (rules.Walled)
        {
            var people = HumanLooks(progress.People, rules, at);
            return people >= rules.PeopleWithoutControl ? [] : [new ProofGap(ProofGapKind.People, rules.PeopleWithoutControl - people, TimeSpan.Zero, null)];
        }

        var gaps = new List<ProofGap>();
        var soft = false;
        var controlsValid = true;
        foreach (var vantage in Required(progress, rules))
        {
            var run = progress.Runs.FirstOrDefault(run => run.Vantage == vantage);
            if (run is null || at - run.Last > rules.LargestGap)
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

        if (soft)
        {
            var needed = controlsValid ? rules.PeopleWithControl : rules.PeopleWithoutControl;
            if (progress.People.Count < needed)
            {
                gaps.Add(new ProofGap(ProofGapKind.People, needed - progress.People.Count, TimeSpan.Zero, null));
            }
        }

        return gaps;
    }

    /// <summary>Days on which people looked, a person counted once, without a gap that breaks the series.</summary>
    private static int HumanLooks(IReadOnlyList<NamedConfirmation> people, RemovalRules rules, DateTimeOffset? at)
    {
        var days = new HashSet<DateOnly>();
        var newer = at;
        foreach (var person in people.OrderByDescending(person => person.At))
        {
            if (newer - person.At > rules.LargestGap)
            {
                break;
            }

            days.Add(Day(person, rules));
            newer = person.At;
        }

        return days.Count;
    }

    private static DateOnly Day(NamedConfirmation confirmation, RemovalRules rules) => DateOnly.FromDateTime(confirmation.At.ToOffset(rules.LocalOffset).DateTime);

    private static IEnumerable<string> Required(RemovalProgress progress, RemovalRules rules) =>
        rules.RequiredVantages.Count > 0 ? rules.RequiredVantages : progress.Runs.Select(run => run.Vantage);

    private static IReadOnlyList<VantageSighting> Sight(IReadOnlyList<VantageSighting> sightings, ProofFact fact)
    {
        var others = sightings.Where(other => other.Vantage != fact.Vantage);
        if (fact.Liveness == Liveness.Restricted)
        {
            return [.. others];
        }

        var gone = fact.Liveness is Liveness.Gone or Liveness.ProbablyGone;
        var before = sightings.FirstOrDefault(one => one.Vantage == fact.Vantage);
        if (before is not null && fact.At < before.At)
        {
            // Came in late: the later look says where this line stands.
            return sightings;
        }

        var since = before is not null && before.Gone == gone ? before.Since : fact.At;
        return [.. others.Append(new VantageSighting(fact.Vantage, gone, since, fact.At)).OrderBy(one => one.Vantage, StringComparer.Ordinal)];
    }

    /// <summary>One line has it gone, and another saw it no earlier than that first happened. Sightings too far apart say nothing about each other.</summary>
    private static bool Withheld(IReadOnlyList<VantageSighting> sightings, RemovalRules rules) =>
        sightings.Any(gone => gone.Gone && sightings.Any(there => !there.Gone && there.At >= gone.Since && (there.At - gone.At).Duration() <= rules.LargestGap));

    private static TimeSpan Left(TimeSpan wanted, TimeSpan had) => had >= wanted ? TimeSpan.Zero : wanted - had;

    private static bool HardDone(VantageRun run, RemovalRules rules) =>
        run.Hard >= rules.HardConfirmations && run.HardSince is { } since && run.Last - since >= rules.HardSpan;

    private static RemovalProgress Count(RemovalProgress progress, ProofFact fact, RemovalRules rules)
    {
        var hard = fact.Liveness == Liveness.Gone;
        // A vantage nobody asks for may look as seldom as it likes without breaking what the required ones saw.
        var required = Required(progress, rules).Contains(fact.Vantage);
        var run = progress.Runs.FirstOrDefault(run => run.Vantage == fact.Vantage);
        var broken = run is null || fact.At - run.Last > rules.LargestGap || fact.At < run.Last;
        // The same instant from the same vantage is the same look told twice.
        var again = run is not null && fact.At == run.Last;
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
                Hard = hard ? run.Hard + (again ? 0 : 1) : 0,
                HardSince = hard ? run.HardSince ?? fact.At : null,
                Counting = run.Counting + (again ? 0 : 1),
                Last = fact.At,
                ControlsValid = run.ControlsValid && (hard || fact.ControlAgrees),
            };
        var runBroke = required && run is not null && broken;
        return progress with
        {
            InconclusiveStreak = 0,
            FirstGoneAt = progress.FirstGoneAt ?? fact.At,
            // A gap in a clean period starts it anew: nobody looked meanwhile. So does the first look of a line after people confirmed.
            CleanSince = required && broken && progress.State == RemovalState.ConfirmedRemoved && !(fact.At < progress.CleanSince) ? fact.At : progress.CleanSince,
            // People vouched for the run that just broke.
            People = runBroke && !rules.Walled && progress.State == RemovalState.ApparentlyGone ? [] : progress.People,
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
        LastLiveAt = fact.Liveness is Liveness.Live or Liveness.Partial ? Later(progress.LastLiveAt, fact.At) : progress.LastLiveAt,
        LastResetAt = fact.Liveness is Liveness.Gone or Liveness.ProbablyGone ? progress.LastResetAt : Later(progress.LastResetAt, fact.At),
        Reappearances = progress.Reappearances + (CameBack(progress, fact) ? 1 : 0),
    };

    private static DateTimeOffset Later(DateTimeOffset? known, DateTimeOffset at) => known > at ? known.Value : at;

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
        var missing = Missing(progress, rules, at);
        // Only a sign or a person completes a proof: an inconclusive look never does, not even when the rules were eased meanwhile.
        if (state == RemovalState.ApparentlyGone && missing.Count == 0 && trigger is null or RemovalTrigger.SeenGone)
        {
            state = Move(state, RemovalTrigger.ProofComplete, effects);
            progress = progress with { State = state, ConfirmedAt = at, CleanSince = at };
        }
        else if (state == RemovalState.ConfirmedRemoved && progress.CleanSince is { } since && at - since >= rules.DurableAfter && trigger == RemovalTrigger.SeenGone
            && Required(progress, rules).All(vantage => progress.Runs.Any(run => run.Vantage == vantage && at - run.Last <= rules.LargestGap)))
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
