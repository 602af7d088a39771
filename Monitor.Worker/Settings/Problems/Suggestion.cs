namespace Monitor.Worker.Settings.Problems;

/// <summary>"Did you mean": the closest of a few known words.</summary>
internal static class Suggestion
{
    // A word this long is no slip of a key; comparing it would only cost time.
    private const int LongestWord = 64;

    /// <returns>The candidate within a third of the word's length in edits (at least one), or null. The first of equals wins.</returns>
    public static string? For(string word, IEnumerable<string> candidates)
    {
        string folded = Fold(word);
        if (folded.Length is 0 or > LongestWord)
            return null;
        string? best = null;
        int bestDistance = Math.Max(1, folded.Length / 3) + 1;
        foreach (string candidate in candidates)
        {
            if (candidate.Length > LongestWord || Math.Abs(candidate.Length - folded.Length) >= bestDistance)
                continue;
            int distance = Distance(folded, Fold(candidate));
            if (distance < bestDistance)
                (best, bestDistance) = (candidate, distance);
        }

        return best;
    }

    /// <summary>Optimal string alignment distance: insertions, deletions, replacements, swaps of neighbours.</summary>
    internal static int Distance(string a, string b)
    {
        int[] before = new int[b.Length + 1];
        int[] previous = new int[b.Length + 1];
        int[] current = new int[b.Length + 1];
        for (int j = 0; j <= b.Length; j++)
            previous[j] = j;
        for (int i = 1; i <= a.Length; i++)
        {
            current[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int cost = a[i - 1] == b[j - 1] ? 0 : 1;
                int best = Math.Min(Math.Min(previous[j] + 1, current[j - 1] + 1), previous[j - 1] + cost);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                    best = Math.Min(best, before[j - 2] + 1);
                current[j] = best;
            }

            (before, previous, current) = (previous, current, before);
        }

        return previous[b.Length];
    }

    // Underscores and camel case are the usual slips in a kebab-case file.
    private static string Fold(string word) => word.Trim().Replace('_', '-').ToLowerInvariant();
}
