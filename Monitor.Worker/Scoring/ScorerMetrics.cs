namespace Monitor.Worker.Scoring;

/// <summary>How well scores order texts, and whether a score of 0.8 means eight in ten. Of texts whose whole family was held out.</summary>
public sealed record ScorerMetrics
{
    public const double Threshold = 0.5;

    private const int Bins = 10;

    public required int Texts { get; init; }

    public required int Relevant { get; init; }

    /// <summary>Of those scored at 0.5 or more, the relevant ones.</summary>
    public required double Precision { get; init; }

    /// <summary>Of the relevant ones, those scored at 0.5 or more.</summary>
    public required double Recall { get; init; }

    public required double F1 { get; init; }

    /// <summary>Area under the ROC curve: how often a relevant text ranks before another one, ties counted half.</summary>
    public required double Auc { get; init; }

    /// <summary>Mean precision at each relevant text, best score first.</summary>
    public required double AveragePrecision { get; init; }

    /// <summary>Mean squared difference between score and truth.</summary>
    public required double Brier { get; init; }

    /// <summary>The same for whoever always says the share of relevant texts: a scorer must be below it.</summary>
    public required double BrierOfBaseRate { get; init; }

    public required double LogLoss { get; init; }

    /// <summary>Expected calibration error over ten bins of equal width: mean distance between score and share, weighted by texts.</summary>
    public required double Ece { get; init; }

    public required IReadOnlyList<ReliabilityBin> Reliability { get; init; }

    /// <summary>Worst first.</summary>
    public required IReadOnlyList<FamilyResult> Families { get; init; }

    /// <param name="scored">Probability, truth and family of each text; at least one.</param>
    public static ScorerMetrics Of(IReadOnlyList<(double Probability, bool Relevant, string Family)> scored)
    {
        int n = scored.Count, relevant = 0, chosen = 0, right = 0;
        double brier = 0, loss = 0;
        foreach (var (p, truth, _) in scored)
        {
            relevant += truth ? 1 : 0;
            chosen += p >= Threshold ? 1 : 0;
            right += p >= Threshold && truth ? 1 : 0;
            brier += (p - (truth ? 1 : 0)) * (p - (truth ? 1 : 0));
            loss -= Math.Log(Math.Max(truth ? p : 1 - p, 1e-15));
        }

        double precision = chosen == 0 ? 0 : (double)right / chosen, recall = relevant == 0 ? 0 : (double)right / relevant;
        var rate = (double)relevant / n;
        var bins = Binned(scored);
        var (auc, average) = Ranked(scored, relevant);
        return new ScorerMetrics
        {
            Texts = n,
            Relevant = relevant,
            Precision = precision,
            Recall = recall,
            F1 = precision + recall == 0 ? 0 : 2 * precision * recall / (precision + recall),
            Auc = auc,
            AveragePrecision = average,
            Brier = brier / n,
            BrierOfBaseRate = rate * (1 - rate),
            LogLoss = loss / n,
            Ece = bins.Sum(bin => bin.Texts * Math.Abs(bin.MeanScore - bin.ShareRelevant)) / n,
            Reliability = bins,
            Families = [.. scored.GroupBy(one => one.Family, StringComparer.Ordinal)
                .Select(family => new FamilyResult(family.Key, family.Count(), family.Count(one => one.Relevant), family.Average(one => one.Probability), (double)family.Count(one => one.Probability >= Threshold == one.Relevant) / family.Count()))
                .OrderBy(family => family.ShareRight).ThenBy(family => family.Family, StringComparer.Ordinal)],
        };
    }

    private static List<ReliabilityBin> Binned(IReadOnlyList<(double Probability, bool Relevant, string Family)> scored) =>
        [.. scored.GroupBy(one => Math.Min(Bins - 1, (int)(one.Probability * Bins)))
            .OrderBy(bin => bin.Key)
            .Select(bin => new ReliabilityBin((double)bin.Key / Bins, (bin.Key + 1.0) / Bins, bin.Count(), bin.Average(one => one.Probability), (double)bin.Count(one => one.Relevant) / bin.Count()))];

    private static (double Auc, double AveragePrecision) Ranked(IReadOnlyList<(double Probability, bool Relevant, string Family)> scored, int relevant)
    {
        double pairs = 0, average = 0;
        int before = 0, relevantBefore = 0;
        // Equal scores stand on one rank: neither order among them counts.
        foreach (var tie in scored.GroupBy(one => one.Probability).OrderByDescending(tie => tie.Key))
        {
            int hits = tie.Count(one => one.Relevant), misses = tie.Count() - hits;
            pairs += misses * (relevantBefore + (hits / 2.0));
            before += hits + misses;
            relevantBefore += hits;
            average += hits * ((double)relevantBefore / before);
        }

        var others = scored.Count - relevant;
        return (relevant == 0 || others == 0 ? 0 : pairs / ((double)relevant * others), relevant == 0 ? 0 : average / relevant);
    }
}

/// <param name="MeanScore">Of the texts scored from <paramref name="From"/> to below <paramref name="To"/>.</param>
public sealed record ReliabilityBin(double From, double To, int Texts, double MeanScore, double ShareRelevant);

/// <param name="ShareRight">On the right side of 0.5.</param>
public sealed record FamilyResult(string Family, int Texts, int Relevant, double MeanScore, double ShareRight);
