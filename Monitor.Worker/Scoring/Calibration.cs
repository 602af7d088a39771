namespace Monitor.Worker.Scoring;

/// <summary>
/// Platt's sigmoid: raw score → probability 1 / (1 + exp(−(slope·score + offset))). Fitted on scores of texts whose whole family was held out,
/// with Platt's smoothed targets, by Newton's method as in Lin, Lin and Weng, "A note on Platt's probabilistic outputs" (2007).
/// </summary>
public sealed record Calibration(double Slope, double Offset)
{
    private const int Steps = 100;
    private const double Small = 1e-12;

    public double Probability(double score) => Sigmoid((Slope * score) + Offset);

    /// <exception cref="ArgumentException">The lists differ in length, or one of the labels is missing.</exception>
    public static Calibration Fit(IReadOnlyList<double> scores, IReadOnlyList<bool> relevant)
    {
        var positives = relevant.Count(one => one);
        var negatives = relevant.Count - positives;
        if (scores.Count != relevant.Count || positives == 0 || negatives == 0)
        {
            throw new ArgumentException("scores of both labels are needed", nameof(scores));
        }

        // Nobody is ever certain: targets stay off 0 and 1 by as much as the counts allow.
        var (high, low) = ((positives + 1.0) / (positives + 2.0), 1.0 / (negatives + 2.0));
        double slope = 0, offset = Math.Log((positives + 1.0) / (negatives + 1.0));
        var loss = Loss(slope, offset);
        for (var step = 0; step < Steps; step++)
        {
            double h11 = Small, h22 = Small, h21 = 0, g1 = 0, g2 = 0;
            for (var i = 0; i < scores.Count; i++)
            {
                var p = Sigmoid((slope * scores[i]) + offset);
                var (d1, d2) = (p - (relevant[i] ? high : low), p * (1 - p));
                h11 += scores[i] * scores[i] * d2;
                h22 += d2;
                h21 += scores[i] * d2;
                g1 += scores[i] * d1;
                g2 += d1;
            }

            if (Math.Abs(g1) < 1e-7 && Math.Abs(g2) < 1e-7)
            {
                break;
            }

            var determinant = (h11 * h22) - (h21 * h21);
            var (ds, d0) = (-((h22 * g1) - (h21 * g2)) / determinant, -((h11 * g2) - (h21 * g1)) / determinant);
            var length = 1.0;
            var better = false;
            for (; length > 1e-10 && !better; length /= 2)
            {
                var tried = Loss(slope + (length * ds), offset + (length * d0));
                if (tried < loss)
                {
                    (slope, offset, loss, better) = (slope + (length * ds), offset + (length * d0), tried, true);
                }
            }

            if (!better)
            {
                break;
            }
        }

        return new Calibration(slope, offset);

        double Loss(double a, double b)
        {
            var sum = 0.0;
            for (var i = 0; i < scores.Count; i++)
            {
                var z = (a * scores[i]) + b;
                // log(1 + exp(z)) − target·z, written so that nothing overflows.
                sum += Math.Max(z, 0) + Math.Log(1 + Math.Exp(-Math.Abs(z))) - ((relevant[i] ? high : low) * z);
            }

            return sum;
        }
    }

    private static double Sigmoid(double z) => z >= 0 ? 1 / (1 + Math.Exp(-z)) : Math.Exp(z) / (1 + Math.Exp(z));
}
