using Transition = Monitor.Rules.Takedowns.Transition<Monitor.Rules.Removal.RemovalState, Monitor.Rules.Removal.RemovalEffect>;

namespace Monitor.Rules.Removal;

/// <summary>
/// Folds observations, the machine's and people's, into <see cref="RemovalProgress"/>. Pure and deterministic: the same facts give the
/// same standing, so every verdict can be computed again from the stored observations (<see cref="Replay"/>).
/// </summary>
public static class RemovalProof
{
    /// <summary>Takes one look into account. The very same <see cref="RemovalProgress"/> comes back when a person's look adds nothing.</summary>
    public static ProofStep Observe(RemovalProgress progress, ProofFact fact, RemovalRules rules)
    {
        if (fact.Liveness == Liveness.Inconclusive)
        {
            return fact.IsHuman
                ? Unchanged(progress, fact, rules)
                : Advance(progress.State, progress with { Silences = Silent(progress.Silences, fact) }, RemovalTrigger.SeenNothing, fact, rules);
        }

        if (fact.IsGone && fact.At <= progress.LastResetAt)
        {
            // It came in late: something seen since then says otherwise. But its line has spoken.
            return Unchanged(fact.IsHuman ? progress : progress with { Silences = Spoken(progress.Silences, fact) }, fact, rules);
        }

        if (fact.IsHuman && fact.IsGone)
        {
            return Vouched(progress, fact, rules);
        }

        progress = progress with { Sightings = Sight(progress.Sightings, fact), Silences = Spoken(progress.Silences, fact) };
        if (fact.IsGone)
        {
            return Withheld(progress.Sightings, rules)
                ? Advance(progress.State, Reset(progress, fact), RemovalTrigger.SeenRestricted, fact, rules)
                : Advance(progress.State, Count(progress, fact, rules), RemovalTrigger.SeenGone, fact, rules);
        }

        // What was confirmed and is served again anywhere has reappeared and stays so; before that, a contradiction between lines means "withheld by place".
        var trigger = fact.Liveness switch
        {
            Liveness.Restricted => RemovalTrigger.SeenRestricted,
            _ when progress.SetAside => RemovalTrigger.SeenBack,
            // Whoever opened it saw it there: that is no matter of place, whatever a line of ours was told.
            Liveness.Live when fact.IsHuman => RemovalTrigger.SeenLive,
            _ when !progress.IsProven && progress.State != RemovalState.Reappeared && Withheld(progress.Sightings, rules) => RemovalTrigger.SeenRestricted,
            Liveness.Partial => RemovalTrigger.SeenPartial,
            _ => RemovalTrigger.SeenLive,
        };
        return Advance(progress.State, Reset(progress, fact), trigger, fact, rules);
    }

    /// <summary>The standing that these rules give to all that was seen, in the order in which it was recorded.</summary>
    public static RemovalProgress Replay(IEnumerable<ProofFact> facts, RemovalRules rules)
    {
        var progress = new RemovalProgress();
        foreach (var fact in facts)
        {
            progress = Observe(progress, fact, rules).Progress;
        }

        return progress;
    }

    /// <summary>
    /// People's looks are the only ones that can say anything: the platform walls visitors off, or every line that must agree has been kept
    /// out <see cref="RemovalRules.InconclusiveBeforePerson"/> times since it last saw anything, over at least <see cref="RemovalRules.PeopleApart"/> (a wall
    /// that came later, a shell nobody renders). Three looks within a minute are no wall that lasts.
    /// </summary>
    public static bool PeopleDecide(RemovalProgress progress, RemovalRules rules) =>
        rules.Walled || (rules.RequiredVantages.Count > 0
            && rules.RequiredVantages.All(vantage => progress.Silences.Any(silence => silence.Vantage == vantage && silence.ForEyes >= rules.InconclusiveBeforePerson && silence.Last - silence.Since >= rules.PeopleApart)));

    /// <summary>A person should look again: the clean period of a removal that only people can see is over, or a day on which reappearance is looked for has come.</summary>
    public static bool PersonDue(RemovalProgress progress, RemovalRules rules, DateTimeOffset at)
    {
        if (!PeopleDecide(progress, rules))
        {
            return false;
        }

        return progress switch
        {
            { State: RemovalState.ConfirmedRemoved, CleanSince: { } since } => at - since >= rules.DurableAfter,
            { State: RemovalState.DurablyRemoved, DurableAt: { } durable } => RecheckSchedule.LatestReappearanceDay(durable, at) is { } day && !progress.People.Any(person => person.At >= day),
            _ => false,
        };
    }

    /// <summary>What is still missing for confirmation; empty when nothing is.</summary>
    /// <param name="at">Now: whether the latest looks still say how things stand, and people's words still count. Null: not asked.</param>
    public static IReadOnlyList<ProofGap> Missing(RemovalProgress progress, RemovalRules rules, DateTimeOffset? at = null)
    {
        if (PeopleDecide(progress, rules))
        {
            var people = HumanLooks(progress.People, rules, at, DateTimeOffset.MinValue);
            return people >= rules.PeopleWithoutControl ? [] : [new ProofGap(ProofGapKind.People, rules.PeopleWithoutControl - people, TimeSpan.Zero, null)];
        }

        var gaps = new List<ProofGap>();
        var soft = false;
        var controlsValid = true;
        var (watched, hardWatched) = (TimeSpan.Zero, TimeSpan.Zero);
        foreach (var vantage in Required(progress, rules))
        {
            var run = progress.Runs.FirstOrDefault(run => run.Vantage == vantage);
            if (run is null || at - run.Last > rules.LargestGap)
            {
                gaps.Add(new ProofGap(ProofGapKind.Vantage, rules.HardConfirmations, rules.HardSpan, vantage));
                continue;
            }

            if (at - run.Last > rules.BlindAfter)
            {
                gaps.Add(new ProofGap(ProofGapKind.Look, 1, TimeSpan.Zero, vantage));
            }

            watched = watched > run.Watched ? watched : run.Watched;
            hardWatched = hardWatched > run.HardWatched ? hardWatched : run.HardWatched;
            if (HardDone(run, rules))
            {
                continue;
            }

            // A run that has only hard signs so far waits for the hard proof; one with a soft sign in it needs the longer one.
            if (OnlyHard(run))
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

        // Only where the lines are done: until then their own spans say how long it takes.
        var unwatched = soft ? Left(rules.SoftSpan, watched) : Left(rules.HardSpan, hardWatched);
        if (gaps.Count == 0 && unwatched > TimeSpan.Zero)
        {
            gaps.Add(new ProofGap(ProofGapKind.Watch, 0, unwatched, null));
        }

        if (soft)
        {
            var needed = controlsValid ? rules.PeopleWithControl : rules.PeopleWithoutControl;
            var people = progress.People.Count(person => !(at - person.At > rules.LargestGap));
            if (people < needed)
            {
                gaps.Add(new ProofGap(ProofGapKind.People, needed - people, TimeSpan.Zero, null));
            }
        }

        return gaps;
    }

    /// <summary>A named person saw it gone. Of two looks of one person the later counts, and the same person counts once.</summary>
    private static ProofStep Vouched(RemovalProgress progress, ProofFact fact, RemovalRules rules)
    {
        var earlier = progress.People.FirstOrDefault(person => string.Equals(person.Person, fact.Person, StringComparison.OrdinalIgnoreCase));
        var decide = PeopleDecide(progress, rules);
        var adds = (decide || progress.State == RemovalState.ApparentlyGone) && (earlier is null || earlier.At < fact.At);
        if (!adds)
        {
            return Unchanged(progress, fact, rules);
        }

        var next = progress with
        {
            People = [.. progress.People.Where(person => person != earlier), new NamedConfirmation(fact.Person!, fact.At, fact.Captured)],
            FirstGoneAt = progress.FirstGoneAt ?? fact.At,
        };
        return Advance(progress.State, next, decide ? RemovalTrigger.SeenGone : null, fact, rules);
    }

    private static ProofStep Unchanged(RemovalProgress progress, ProofFact fact, RemovalRules rules) =>
        new(progress, [], progress.State == RemovalState.ApparentlyGone ? Missing(progress, rules, fact.At) : []);

    /// <summary>
    /// Looks of people on days of their own and far enough apart, a person counted once, without a gap that breaks the series. From the
    /// newest back, each time the next that fits: no other choice gives more.
    /// </summary>
    private static int HumanLooks(IReadOnlyList<NamedConfirmation> people, RemovalRules rules, DateTimeOffset? at, DateTimeOffset from)
    {
        var looks = 0;
        DateTimeOffset? taken = null;
        var newer = at;
        foreach (var person in people.Where(person => person.Captured && person.At >= from).OrderByDescending(person => person.At))
        {
            if (newer - person.At > rules.LargestGap)
            {
                break;
            }

            newer = person.At;
            if (taken is null || (taken - person.At >= rules.PeopleApart && Day(taken.Value, rules) != Day(person.At, rules)))
            {
                taken = person.At;
                looks++;
            }
        }

        return looks;
    }

    private static DateOnly Day(DateTimeOffset at, RemovalRules rules) => DateOnly.FromDateTime(at.ToOffset(rules.LocalOffset).DateTime);

    private static IEnumerable<string> Required(RemovalProgress progress, RemovalRules rules) =>
        rules.RequiredVantages.Count > 0 ? rules.RequiredVantages : progress.Runs.Select(run => run.Vantage);

    private static IReadOnlyList<VantageSilence> Spoken(IReadOnlyList<VantageSilence> silences, ProofFact fact) =>
        [.. silences.Where(silence => silence.Vantage != fact.Vantage)];

    private static IReadOnlyList<VantageSilence> Silent(IReadOnlyList<VantageSilence> silences, ProofFact fact)
    {
        var before = silences.FirstOrDefault(silence => silence.Vantage == fact.Vantage);
        var eyes = fact.NeedsEyes ? 1 : 0;
        var after = before is null ? new VantageSilence(fact.Vantage, 1, eyes, fact.At, fact.At) : before with { Looks = before.Looks + 1, ForEyes = before.ForEyes + eyes, Last = Later(before.Last, fact.At) };
        return [.. silences.Where(silence => silence != before).Append(after).OrderBy(silence => silence.Vantage, StringComparer.Ordinal)];
    }

    private static IReadOnlyList<VantageSighting> Sight(IReadOnlyList<VantageSighting> sightings, ProofFact fact)
    {
        var others = sightings.Where(other => other.Vantage != fact.Vantage);
        if (fact.Liveness == Liveness.Restricted)
        {
            return [.. others];
        }

        var before = sightings.FirstOrDefault(one => one.Vantage == fact.Vantage);
        if (before is not null && fact.At < before.At)
        {
            // Came in late: the later look says where this line stands.
            return sightings;
        }

        var since = before is not null && before.Gone == fact.IsGone ? before.Since : fact.At;
        return [.. others.Append(new VantageSighting(fact.Vantage, fact.IsGone, since, fact.At)).OrderBy(one => one.Vantage, StringComparer.Ordinal)];
    }

    /// <summary>One line has it gone, and another saw it no earlier than that first happened. Sightings too far apart say nothing about each other.</summary>
    private static bool Withheld(IReadOnlyList<VantageSighting> sightings, RemovalRules rules) =>
        sightings.Any(gone => gone.Gone && sightings.Any(there => !there.Gone && there.At >= gone.Since && (there.At - gone.At).Duration() <= rules.LargestGap));

    private static TimeSpan Left(TimeSpan wanted, TimeSpan had) => had >= wanted ? TimeSpan.Zero : wanted - had;

    private static bool HardDone(VantageRun run, RemovalRules rules) =>
        run.Hard >= rules.HardConfirmations && run.HardSince is { } since && run.Last - since >= rules.HardSpan;

    private static bool OnlyHard(VantageRun run) => run.HardSince == run.Since;

    private static RemovalProgress Count(RemovalProgress progress, ProofFact fact, RemovalRules rules)
    {
        // A vantage nobody asks for may look as seldom as it likes without breaking what the required ones saw.
        var required = Required(progress, rules).Contains(fact.Vantage);
        var run = progress.Runs.FirstOrDefault(run => run.Vantage == fact.Vantage);
        var broken = run is null || fact.At - run.Last > rules.LargestGap || fact.At < run.Last;
        var counted = broken ? First(fact) : Next(run!, fact, rules);
        var runBroke = required && run is not null && broken;
        return progress with
        {
            FirstGoneAt = progress.FirstGoneAt ?? fact.At,
            // A gap in a clean period starts it anew: nobody looked meanwhile. So does the first look of a line after people confirmed.
            CleanSince = required && broken && !rules.Walled && progress.State == RemovalState.ConfirmedRemoved && !(fact.At < progress.CleanSince) ? fact.At : progress.CleanSince,
            // People vouched for the run that just broke.
            People = runBroke && !rules.Walled && progress.State == RemovalState.ApparentlyGone ? [] : progress.People,
            Runs = [.. progress.Runs.Where(other => other.Vantage != fact.Vantage).Append(counted).OrderBy(other => other.Vantage, StringComparer.Ordinal)],
        };
    }

    private static VantageRun First(ProofFact fact)
    {
        var hard = fact.Liveness == Liveness.Gone;
        return new VantageRun
        {
            Vantage = fact.Vantage,
            Hard = hard ? 1 : 0,
            HardSince = hard ? fact.At : null,
            Counting = 1,
            Since = fact.At,
            Last = fact.At,
            LastCounted = fact.At,
            ControlsValid = hard || fact.ControlAgrees,
        };
    }

    private static VantageRun Next(VantageRun run, ProofFact fact, RemovalRules rules)
    {
        var hard = fact.Liveness == Liveness.Gone;
        // The same instant is the same look told twice, whatever the pause.
        var counts = fact.At > run.Last && fact.At - (run.LastCounted ?? run.Last) >= rules.CountingPause;
        var watched = fact.At - run.Last is var stretch && stretch <= rules.BlindAfter ? stretch : TimeSpan.Zero;
        // The first hard look after a soft one begins the hard run, however close they are: it must stand somewhere.
        var begins = hard && run.HardSince is null;
        return run with
        {
            Hard = !hard ? 0 : begins ? 1 : run.Hard + (counts ? 1 : 0),
            HardSince = hard ? run.HardSince ?? fact.At : null,
            HardWatched = !hard || begins ? TimeSpan.Zero : run.HardWatched + watched,
            Counting = run.Counting + (counts ? 1 : 0),
            Watched = run.Watched + watched,
            Last = fact.At,
            LastCounted = counts || begins ? fact.At : run.LastCounted,
            ControlsValid = run.ControlsValid && (hard || fact.ControlAgrees),
        };
    }

    private static RemovalProgress Reset(RemovalProgress progress, ProofFact fact)
    {
        var there = fact.Liveness is Liveness.Live or Liveness.Partial;
        var proven = progress.IsProven;
        return progress with
        {
            FirstGoneAt = null,
            ConfirmedAt = null,
            ConfirmedFrom = [],
            CleanSince = null,
            DurableAt = null,
            Runs = [],
            People = [],
            LastLiveAt = there ? Later(progress.LastLiveAt, fact.At) : progress.LastLiveAt,
            LastResetAt = fact.IsGone ? progress.LastResetAt : Later(progress.LastResetAt, fact.At),
            SetAside = !there && (progress.SetAside || proven),
            Reappearances = progress.Reappearances + (there && (proven || progress.SetAside) ? 1 : 0),
        };
    }

    private static DateTimeOffset Later(DateTimeOffset? known, DateTimeOffset at) => known > at ? known.Value : at;

    private static ProofStep Advance(RemovalState from, RemovalProgress progress, RemovalTrigger? trigger, ProofFact fact, RemovalRules rules)
    {
        var at = fact.At;
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
            progress = progress with { State = state, ConfirmedAt = at, CleanSince = at, SetAside = false, ConfirmedFrom = RestsOn(progress, rules) };
        }
        else if (state == RemovalState.ConfirmedRemoved && trigger == RemovalTrigger.SeenGone && IsClean(progress, fact, rules))
        {
            state = Move(state, RemovalTrigger.CleanPeriodComplete, effects);
            progress = progress with { State = state, DurableAt = at };
        }

        return new ProofStep(progress, effects, state == RemovalState.ApparentlyGone ? missing : []);
    }

    private static IReadOnlyList<string> RestsOn(RemovalProgress progress, RemovalRules rules) =>
        PeopleDecide(progress, rules) ? [ProofFact.Human] : [.. Required(progress, rules).Order(StringComparer.Ordinal)];

    /// <summary>Where people decide, as many as confirmed it look again after the clean period; machines look all through it.</summary>
    private static bool IsClean(RemovalProgress progress, ProofFact fact, RemovalRules rules)
    {
        if (progress.CleanSince is not { } since || fact.At - since < rules.DurableAfter)
        {
            return false;
        }

        return PeopleDecide(progress, rules)
            ? fact.IsHuman && HumanLooks(progress.People, rules, fact.At, since + rules.DurableAfter) >= rules.PeopleWithoutControl
            : !fact.IsHuman && Required(progress, rules).All(vantage => progress.Runs.Any(run => run.Vantage == vantage && fact.At - run.Last <= rules.LargestGap));
    }

    private static RemovalState Move(RemovalState state, RemovalTrigger trigger, List<RemovalEffect> effects)
    {
        switch (RemovalTable.Instance.Apply(state, trigger))
        {
            case Transition.Moved moved:
                effects.AddRange(moved.Effects);
                return moved.Next;
            case Transition.NoChange:
                return state;
            case Transition.Illegal illegal:
                throw new InvalidOperationException(illegal.Reason);
            default:
                throw new InvalidOperationException("unknown transition");
        }
    }
}

/// <param name="Effects">What the step asks the house to do, in order.</param>
/// <param name="Missing">What confirmation still waits for; only while apparently gone.</param>
public sealed record ProofStep(RemovalProgress Progress, IReadOnlyList<RemovalEffect> Effects, IReadOnlyList<ProofGap> Missing)
{
    /// <summary>Nothing but named people is missing.</summary>
    public bool WaitsForPeople => Missing.Count > 0 && Missing.All(gap => gap.Kind == ProofGapKind.People);
}

/// <param name="Count">Observations or people still needed.</param>
/// <param name="Span">Time still needed.</param>
public sealed record ProofGap(ProofGapKind Kind, int Count, TimeSpan Span, string? Vantage);

public enum ProofGapKind
{
    /// <summary>More looks, or more time between the first and the last, from one vantage.</summary>
    Observations,

    /// <summary>A vantage that must agree has not looked, or not for too long.</summary>
    Vantage,

    /// <summary>The latest look of a vantage is too old to say how things stand now.</summary>
    Look,

    /// <summary>Too much of the span was not watched.</summary>
    Watch,
    People,
}
