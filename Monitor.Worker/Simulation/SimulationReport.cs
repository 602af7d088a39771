using Monitor.Rules.Removal;

namespace Monitor.Worker.Simulation;

/// <summary>What a run showed, ready for tables, lines and curves.</summary>
internal sealed class SimulationReport
{
    /// <summary>A day, two, a week, four weeks: as removal statistics are commonly told.</summary>
    private static readonly int[] GoneHours = [24, 48, 168, 672];

    private SimulationReport()
    {
    }

    public required SimulationOrder Order { get; init; }

    public required SimulationTotals Totals { get; init; }

    public required IReadOnlyList<BehaviourRow> Behaviours { get; init; }

    public required IReadOnlyList<GoneShare> Gone { get; init; }

    /// <summary>Looks of all lines, a number per hour of the run.</summary>
    public required IReadOnlyList<int> ProbesPerHour { get; init; }

    public required SurvivalCurve ByTruth { get; init; }

    public required SurvivalCurve AsMeasured { get; init; }

    /// <summary>Hours from taken down to confirmed, every first confirmation that was true.</summary>
    public required IReadOnlyList<float> ConfirmDelays { get; init; }

    public static SimulationReport Of(SimulationOrder order, SimulationWorld world, TargetOutcome[] outcomes, int[] hours)
    {
        var truth = SurvivalCurve.Of(outcomes.Select(one => (one.TruthGone, one.Followed)));
        var measured = SurvivalCurve.Of(outcomes.Select(one => (one.MeasuredGone, one.Followed)));
        var sorted = hours.Order().ToArray();
        var rows = outcomes.GroupBy(one => one.Behaviour).OrderBy(group => group.Key).Select(group => Row(Kebab.Of(group.Key.ToString()), [.. group])).ToList();
        return new SimulationReport
        {
            Order = order,
            Totals = new SimulationTotals
            {
                Population = order.Population.Name,
                Weakened = order.Weakening == Weakening.None ? null : order.Weakening.Name(),
                Targets = outcomes.Length,
                Days = order.Days,
                Seed = order.Seed,
                Probes = hours.Sum(hour => (long)hour),
                ProbesPerHourPeak = sorted.Length == 0 ? 0 : sorted[^1],
                ProbesPerHourMedian = At(sorted, 0.5),
                ProbesPerHourP99 = At(sorted, 0.99),
                Downtimes = world.Down.Count,
                DowntimeHours = Math.Round(world.Down.Total.TotalHours, 1),
                PersonLooks = outcomes.Sum(one => one.PersonLooks),
                UnusedLooks = outcomes.Sum(one => one.UnusedLooks),
                Notices = outcomes.Sum(one => one.Notices),
                RepliesRemoved = outcomes.Sum(one => one.ReplySaysRemoved),
                Rungs = [.. SimulationWorld.Ladder.Select((step, index) => new RungRow(Kebab.Of(step.Action.ToString()), step.After.TotalHours, outcomes.Count(one => (one.Rungs & (1 << index)) != 0)))],
                States = [.. Enum.GetValues<RemovalState>().Select(state => new StateRow(Kebab.Of(state.ToString()), outcomes.Count(one => one.State == state)))],
                All = Row("all", outcomes),
            },
            Behaviours = rows,
            Gone = [.. GoneHours.Where(hour => hour <= order.Days * 24).Select(hour => new GoneShare(hour, truth.GoneBy(hour), measured.GoneBy(hour)))],
            ProbesPerHour = hours,
            ByTruth = truth,
            AsMeasured = measured,
            ConfirmDelays = [.. outcomes.Select(one => one.ConfirmDelay).Where(delay => !float.IsNaN(delay))],
        };
    }

    private static int At(int[] sorted, double share) => sorted.Length == 0 ? 0 : sorted[Math.Max(0, (int)Math.Ceiling(share * sorted.Length) - 1)];

    private static BehaviourRow Row(string name, TargetOutcome[] outcomes) => new()
    {
        Behaviour = name,
        Targets = outcomes.Length,
        RemovedByTruth = outcomes.Count(one => !float.IsNaN(one.TruthGone)),
        Confirmed = outcomes.Count(one => one.Confirmations > 0),
        FalseConfirmations = outcomes.Sum(one => one.FalseConfirmations),
        Durable = outcomes.Count(one => one.Durable > 0),
        FalseDurable = outcomes.Sum(one => one.FalseDurable),
        Missed = outcomes.Count(one => one.Missed),
        FirstGoneToConfirmed = Quantiles.Of(outcomes.Select(one => one.ConfirmDelay)),
        Reminders = outcomes.Sum(one => one.Reminders),
        Escalations = outcomes.Sum(one => System.Numerics.BitOperations.PopCount(one.Rungs)),
        PersonLooks = outcomes.Sum(one => one.PersonLooks),
        Reuploads = outcomes.Sum(one => one.Reuploads),
        ReuploadsFound = outcomes.Sum(one => one.ReuploadsFound),
        ReappearanceDelay = Quantiles.Of(outcomes.Select(one => one.ReappearanceDelay)),
        ProbesPerTarget = outcomes.Length == 0 ? 0 : Math.Round(outcomes.Average(one => one.Probes), 1),
    };
}

internal sealed record SimulationTotals
{
    public required string Population { get; init; }

    /// <summary>The rule that this run went without, or null.</summary>
    public required string? Weakened { get; init; }

    public required int Targets { get; init; }

    public required int Days { get; init; }

    public required int Seed { get; init; }

    /// <summary>Looks of all lines together; media and control requests come on top.</summary>
    public required long Probes { get; init; }

    public required int ProbesPerHourPeak { get; init; }

    public required int ProbesPerHourMedian { get; init; }

    public required int ProbesPerHourP99 { get; init; }

    public required int Downtimes { get; init; }

    public required double DowntimeHours { get; init; }

    public required int PersonLooks { get; init; }

    public required int UnusedLooks { get; init; }

    public required int Notices { get; init; }

    public required int RepliesRemoved { get; init; }

    public required IReadOnlyList<RungRow> Rungs { get; init; }

    public required IReadOnlyList<StateRow> States { get; init; }

    public required BehaviourRow All { get; init; }
}

/// <summary>Counts of targets unless the name says otherwise; quantiles in hours.</summary>
internal sealed record BehaviourRow
{
    public required string Behaviour { get; init; }

    public required int Targets { get; init; }

    public required int RemovedByTruth { get; init; }

    public required int Confirmed { get; init; }

    public required int FalseConfirmations { get; init; }

    public required int Durable { get; init; }

    public required int FalseDurable { get; init; }

    /// <summary>Gone for a week and more at the end, and not confirmed.</summary>
    public required int Missed { get; init; }

    public required Quantiles FirstGoneToConfirmed { get; init; }

    public required int Reminders { get; init; }

    public required int Escalations { get; init; }

    public required int PersonLooks { get; init; }

    public required int Reuploads { get; init; }

    public required int ReuploadsFound { get; init; }

    public required Quantiles ReappearanceDelay { get; init; }

    public required double ProbesPerTarget { get; init; }
}

/// <param name="AfterHours">Since delivery.</param>
/// <param name="Targets">For which it was climbed at least once.</param>
internal sealed record RungRow(string Rung, double AfterHours, int Targets);

internal sealed record StateRow(string State, int Targets);

/// <param name="Hours">Since the demand went out.</param>
internal sealed record GoneShare(int Hours, double ByTruth, double AsMeasured);
