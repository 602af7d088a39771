using Monitor.Rules.Removal;

namespace Monitor.Tests.Removal;

/// <summary>
/// The lines of the domain read over a whole list, backwards from its end, without any standing kept in between. Slow and plain on purpose:
/// it shares no code with the proof it judges.
/// </summary>
internal static class NaiveProof
{
    /// <summary>Whether the last of the events may rightly complete a confirmation.</summary>
    public static bool Holds(RemovalRules rules, List<ProofFact> events)
    {
        var now = events[^1].At;
        var reset = events.FindLastIndex(Resets);
        var resetAt = events.Where(Resets).Select(one => one.At).DefaultIfEmpty(DateTimeOffset.MinValue).Max();
        var people = events.Skip(reset + 1).Where(one => one.Person is not null && Gone(one) && one.At > resetAt).ToList();
        if (rules.Walled || rules.RequiredVantages.All(vantage => Silent(rules, events, vantage)))
        {
            return TwoPeople(rules, people, now);
        }

        var words = people.Where(one => now - one.At <= rules.LargestGap).Select(one => one.Person!.ToUpperInvariant()).Distinct(StringComparer.Ordinal).Count();
        var (hardOnly, hardWatched, watched) = (true, TimeSpan.Zero, TimeSpan.Zero);
        foreach (var vantage in rules.RequiredVantages)
        {
            var run = Run(rules, [.. events.Skip(reset + 1).Where(fact => fact.Vantage == vantage && Gone(fact) && fact.At > resetAt)]);
            if (run.Count == 0 || now - run[^1].At > rules.BlindAfter)
            {
                return false;
            }

            var hard = run.AsEnumerable().Reverse().TakeWhile(fact => fact.Liveness == Liveness.Gone).Reverse().ToList();
            hardWatched = Longer(hardWatched, Watched(rules, hard));
            watched = Longer(watched, Watched(rules, run));
            if (Counted(rules, hard) >= rules.HardConfirmations && hard[^1].At - hard[0].At >= rules.HardSpan)
            {
                continue;
            }

            hardOnly = false;
            // A look that another line contradicted began the run anew: any end of it may be the run.
            var soft = Enumerable.Range(0, run.Count).Any(from =>
            {
                var part = run[from..];
                var needed = part.TrueForAll(fact => fact.Liveness == Liveness.Gone || fact.ControlAgrees) ? rules.PeopleWithControl : rules.PeopleWithoutControl;
                return Counted(rules, part) >= rules.SoftConfirmations && part[^1].At - part[0].At >= rules.SoftSpan && words >= needed;
            });
            if (!soft)
            {
                return false;
            }
        }

        return hardOnly ? hardWatched >= rules.HardSpan : watched >= rules.SoftSpan;
    }

    /// <summary>Whether the last event may rightly end the clean period of what was confirmed at that time.</summary>
    public static bool Clean(RemovalRules rules, List<ProofFact> events, DateTimeOffset confirmedAt)
    {
        var now = events[^1].At;
        if (now - confirmedAt < rules.DurableAfter || !Gone(events[^1]))
        {
            return false;
        }

        var reset = events.FindLastIndex(Resets);
        if (rules.Walled || rules.RequiredVantages.All(vantage => Silent(rules, events, vantage)))
        {
            return TwoPeople(rules, [.. events.Skip(reset + 1).Where(one => one.Person is not null && Gone(one) && one.At - confirmedAt >= rules.DurableAfter)], now);
        }

        // From every required line: looks that count, all the way back, with no hole and nothing contrary in between.
        return events[^1].Person is null && rules.RequiredVantages.All(vantage =>
        {
            var run = Run(rules, [.. events.Skip(reset + 1).Where(fact => fact.Vantage == vantage && Gone(fact))]);
            return run.Count > 0 && now - run[^1].At <= rules.LargestGap && now - run[0].At >= rules.DurableAfter - rules.LargestGap;
        });
    }

    /// <summary>Two different people on two days, far enough apart, and from the newest look back no pause that breaks the series.</summary>
    private static bool TwoPeople(RemovalRules rules, List<ProofFact> people, DateTimeOffset now)
    {
        var series = new List<ProofFact>();
        foreach (var one in people.Where(one => one.Captured).OrderByDescending(one => one.At))
        {
            if ((series.Count > 0 ? series[^1].At : now) - one.At > rules.LargestGap)
            {
                break;
            }

            series.Add(one);
        }

        return series.Exists(one => series.Exists(other =>
            !string.Equals(one.Person, other.Person, StringComparison.OrdinalIgnoreCase)
            && DateOnly.FromDateTime(one.At.UtcDateTime.AddHours(7)) != DateOnly.FromDateTime(other.At.UtcDateTime.AddHours(7))
            && (one.At - other.At).Duration() >= rules.PeopleApart));
    }

    /// <summary>Since this line last saw anything it was kept out, as often as it takes to ask people; errors on the way do not count.</summary>
    private static bool Silent(RemovalRules rules, List<ProofFact> events, string vantage)
    {
        var silent = events.Where(one => one.Vantage == vantage).Reverse().TakeWhile(one => one.Liveness == Liveness.Inconclusive).ToList();
        return silent.Count(one => one.Reason != LivenessReason.Timeout) >= rules.InconclusiveBeforePerson && silent.Max(one => one.At) - silent[^1].At >= rules.PeopleApart;
    }

    /// <summary>The unbroken end of one line's looks, oldest first.</summary>
    private static List<ProofFact> Run(RemovalRules rules, List<ProofFact> facts)
    {
        var from = facts.Count - 1;
        while (from > 0 && facts[from].At >= facts[from - 1].At && facts[from].At - facts[from - 1].At <= rules.LargestGap)
        {
            from--;
        }

        return [.. facts.Skip(Math.Max(0, from))];
    }

    /// <summary>Looks, each a pause after the one counted before.</summary>
    private static int Counted(RemovalRules rules, List<ProofFact> looks)
    {
        var counted = 0;
        DateTimeOffset? last = null;
        foreach (var look in looks)
        {
            if (last is null || (look.At - last >= rules.CountingPause && look.At > last))
            {
                counted++;
                last = look.At;
            }
        }

        return counted;
    }

    private static TimeSpan Watched(RemovalRules rules, List<ProofFact> looks) => looks.Zip(looks.Skip(1))
        .Select(pair => pair.Second.At - pair.First.At)
        .Where(stretch => stretch <= rules.BlindAfter)
        .Aggregate(TimeSpan.Zero, (sum, stretch) => sum + stretch);

    private static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;

    private static bool Gone(ProofFact fact) => fact.Liveness is Liveness.Gone or Liveness.ProbablyGone;

    private static bool Resets(ProofFact one) => one.Liveness is Liveness.Live or Liveness.Partial or Liveness.Restricted;
}
