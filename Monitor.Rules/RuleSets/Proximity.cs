using Monitor.Rules.RuleSets.Conditions;
using Monitor.Rules.RuleSets.Terms;

namespace Monitor.Rules.RuleSets;

/// <summary>Which places stand near each other. The same place under two names is one place: it is not near itself.</summary>
internal static class Proximity
{
    /// <returns>For places of the first list that have a neighbour, the nearest one on either side; n log n, not every pair.</returns>
    public static List<(TermPlace First, TermPlace Second)> Pairs(List<TermPlace> first, List<TermPlace> second, Condition.Near near, TermScan scan, int most)
    {
        var pairs = new List<(TermPlace, TermPlace)>();
        if (first.Count == 0 || second.Count == 0)
            return pairs;

        List<TermPlace> starts = [.. second.OrderBy(place => place.Start).ThenBy(place => place.Length)];

        // Of the places that begin earlier, the one that ends last is the nearest.
        var furthest = new int[starts.Count];
        for (int i = 1; i < starts.Count; i++)
            furthest[i] = starts[i].End > starts[furthest[i - 1]].End ? i : furthest[i - 1];

        foreach (TermPlace place in first.OrderBy(place => place.Start).ThenBy(place => place.Length))
        {
            if (pairs.Count >= most)
                break;

            int after = FirstAtOrAfter(starts, place.Start);
            int next = after;
            while (next < starts.Count && (Same(starts[next], place) || (near.Ordered && starts[next].Start <= place.Start)))
                next++;
            if (next < starts.Count && Gap(place, starts[next], near.Unit, scan) <= near.Within)
                pairs.Add((place, starts[next]));
            else if (!near.Ordered && after > 0 && Gap(starts[furthest[after - 1]], place, near.Unit, scan) <= near.Within)
                pairs.Add((place, starts[furthest[after - 1]]));
        }

        return pairs;
    }

    private static bool Same(TermPlace one, TermPlace other) => one.Start == other.Start && one.Length == other.Length;

    private static int FirstAtOrAfter(List<TermPlace> starts, int start)
    {
        (int low, int high) = (0, starts.Count);
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (starts[middle].Start < start)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }

    /// <summary>What lies between the end of the earlier and the beginning of the later; 0 when they overlap.</summary>
    private static int Gap(TermPlace earlier, TermPlace later, ProximityUnit unit, TermScan scan)
    {
        if (later.Start <= earlier.End)
            return 0;
        return unit == ProximityUnit.Characters ? later.Start - earlier.End : scan.WordsBefore(later.Start) - scan.WordsBefore(earlier.End);
    }
}
