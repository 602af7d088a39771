using Monitor.Rules.Removal;

namespace Monitor.Tests.Removal;

/// <summary>
/// The lines of the domain read over a whole list, backwards from its end, without any standing kept in between. Slow and plain on purpose:
/// it shares no code with the proof it judges.
/// </summary>
internal static class NaiveProof
{
    /// <summary>Whether the last of the events may rightly complete a confirmation.</summary>
    public static bool Holds(RemovalRules rules, List<object> events)
    {
        var now = At(events[^1]);
        var reset = events.FindLastIndex(Resets);
        var resetAt = events.Where(Resets).Select(At).DefaultIfEmpty(DateTimeOffset.MinValue).Max();
        var people = events.Skip(reset + 1).OfType<NamedConfirmation>().ToList();
        if (rules.Walled)
        {
            return people.Exists(one => people.Exists(other =>
                !string.Equals(one.Person, other.Person, StringComparison.OrdinalIgnoreCase)
                && DateOnly.FromDateTime(one.At.UtcDateTime.AddHours(7)) != DateOnly.FromDateTime(other.At.UtcDateTime.AddHours(7))
                && (one.At - other.At).Duration() <= rules.LargestGap));
        }

        var distinct = people.Select(one => one.Person.ToUpperInvariant()).Distinct(StringComparer.Ordinal).Count();
        var hardOnly = true;
        foreach (var vantage in rules.RequiredVantages)
        {
            var run = Run(rules, [.. events.Skip(reset + 1).OfType<ProofFact>().Where(fact => fact.Vantage == vantage && Counts(fact) && fact.At > resetAt)]);
            if (run.Count == 0 || now - run[0].At > rules.LargestGap)
            {
                return false;
            }

            var hard = run.TakeWhile(fact => fact.Liveness == Liveness.Gone).ToList();
            if (Instants(hard) >= rules.HardConfirmations && hard[0].At - hard[^1].At >= rules.HardSpan)
            {
                continue;
            }

            hardOnly = false;
            var soft = Enumerable.Range(1, run.Count).Any(length =>
            {
                var part = run.Take(length).ToList();
                var needed = part.TrueForAll(fact => fact.Liveness == Liveness.Gone || fact.ControlAgrees) ? rules.PeopleWithControl : rules.PeopleWithoutControl;
                return Instants(part) >= rules.SoftConfirmations && part[0].At - part[^1].At >= rules.SoftSpan && distinct >= needed;
            });
            if (!soft)
            {
                return false;
            }
        }

        return hardOnly || distinct > 0 || rules.PeopleWithControl == 0;
    }

    /// <summary>Whether the last event may rightly end the clean period of what was confirmed at that time.</summary>
    public static bool Clean(RemovalRules rules, List<object> events, DateTimeOffset confirmedAt)
    {
        var now = At(events[^1]);
        if (now - confirmedAt < rules.DurableAfter || events[^1] is not ProofFact last || !Counts(last))
        {
            return false;
        }

        // From every required line: looks that count, all the way back, with no hole and nothing contrary in between.
        var reset = events.FindLastIndex(Resets);
        return rules.RequiredVantages.All(vantage =>
        {
            var run = Run(rules, [.. events.Skip(reset + 1).OfType<ProofFact>().Where(fact => fact.Vantage == vantage && Counts(fact))]);
            return run.Count > 0 && now - run[0].At <= rules.LargestGap && now - run[^1].At >= rules.DurableAfter - rules.LargestGap;
        });
    }

    /// <summary>The unbroken end of one line's looks, newest first.</summary>
    private static List<ProofFact> Run(RemovalRules rules, List<ProofFact> facts)
    {
        var run = new List<ProofFact>();
        for (var i = facts.Count - 1; i >= 0; i--)
        {
            if (run.Count > 0 && (run[^1].At - facts[i].At > rules.LargestGap || facts[i].At > run[^1].At))
            {
                break;
            }

            run.Add(facts[i]);
        }

        return run;
    }

    private static int Instants(List<ProofFact> facts) => facts.Select(fact => fact.At).Distinct().Count();

    private static bool Counts(ProofFact fact) => fact.Liveness is Liveness.Gone or Liveness.ProbablyGone;

    private static bool Resets(object one) => one is ProofFact { Liveness: Liveness.Live or Liveness.Partial or Liveness.Restricted };

    private static DateTimeOffset At(object one) => one is ProofFact fact ? fact.At : ((NamedConfirmation)one).At;
}
