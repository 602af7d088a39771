namespace Monitor.Worker.Simulation;

/// <summary>Share still there over time (Kaplan–Meier): who is still open at the end is censored, not dropped.</summary>
internal sealed class SurvivalCurve
{
    private readonly float[] _times;
    private readonly double[] _left;

    private SurvivalCurve(float[] times, double[] left) => (_times, _left) = (times, left);

    /// <param name="rows">Hours until gone (NaN: not gone) and hours followed.</param>
    public static SurvivalCurve Of(IEnumerable<(float Gone, float Followed)> rows)
    {
        var sorted = rows.Select(row => float.IsNaN(row.Gone) || row.Gone > row.Followed ? (At: row.Followed, Event: false) : (At: row.Gone, Event: true))
            .OrderBy(row => row.At).ToArray();
        var times = new List<float>();
        var left = new List<double>();
        var alive = 1.0;
        for (var i = 0; i < sorted.Length;)
        {
            var at = sorted[i].At;
            var atRisk = sorted.Length - i;
            var gone = 0;
            for (; i < sorted.Length && sorted[i].At == at; i++)
            {
                gone += sorted[i].Event ? 1 : 0;
            }

            if (gone > 0)
            {
                alive *= 1 - ((double)gone / atRisk);
                times.Add(at);
                left.Add(alive);
            }
        }

        return new SurvivalCurve([.. times], [.. left]);
    }

    /// <summary>Share still there after so many hours, 1 … 0.</summary>
    public double At(double hours)
    {
        var index = Array.BinarySearch(_times, (float)hours);
        index = index >= 0 ? index : ~index - 1;
        return index < 0 ? 1 : _left[index];
    }

    public double GoneBy(double hours) => Math.Round(1 - At(hours), 4);
}
