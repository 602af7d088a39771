namespace Monitor.Rules.Hashing;

/// <summary>
/// One line of the sparse 64 × N matrix that two box passes and taking every 64th part amount to along one side:
/// which source positions a sample is made of, and how much each of them counts.
/// </summary>
/// <param name="Start">First source position.</param>
/// <param name="Weights">Counts of each position from there on; they sum to 1 / <see cref="Scale"/>.</param>
/// <param name="Scale">What the weighted sum is multiplied by.</param>
/// <param name="Whole">The weights are whole numbers: sums of bytes are exact.</param>
internal readonly record struct TentWindow(int Start, float[] Weights, float Scale, bool Whole)
{
    /// <summary>Sum of whole weights; the square of the box.</summary>
    public int Total => (int)MathF.Round(1 / Scale);

    /// <summary>The window of each of the 64 samples.</summary>
    /// <param name="length">Source positions, from 1.</param>
    public static TentWindow[] Along(int length)
    {
        // The reference's box: ceil(length / 128) wide, cut at the ends and then averaged over what is left of it.
        int box = (length + (2 * PdqReduction.Side) - 1) / (2 * PdqReduction.Side);
        int right = (box + 2) / 2 - 1;
        int left = box - 1 - right;
        TentWindow[] windows = new TentWindow[PdqReduction.Side];
        for (int i = 0; i < windows.Length; i++)
        {
            int centre = (int)((i + 0.5) * length / PdqReduction.Side);
            windows[i] = At(centre, length, left, right);
        }

        return windows;
    }

    private static TentWindow At(int centre, int length, int left, int right)
    {
        int box = left + right + 1;
        int first = Math.Max(0, centre - left);
        int last = Math.Min(length - 1, centre + right);
        int start = Math.Max(0, first - left);
        int end = Math.Min(length - 1, last + right);
        bool whole = last - first + 1 == box && first >= left && last + right < length;

        double[] weights = new double[end - start + 1];
        for (int position = first; position <= last; position++)
        {
            int from = Math.Max(0, position - left);
            int to = Math.Min(length - 1, position + right);
            double share = whole ? 1 : 1.0 / ((last - first + 1) * (double)(to - from + 1));
            for (int source = from; source <= to; source++)
                weights[source - start] += share;
        }

        return new TentWindow(start, Array.ConvertAll(weights, weight => (float)weight), whole ? 1f / ((float)box * box) : 1f, whole);
    }
}
