using System.Collections.Frozen;

namespace Monitor.Worker.Simulation;

/// <summary>Who is simulated: behaviours with their weights, the noise over all of them, and the pace of the people. Data, no code.</summary>
internal sealed record Population
{
    public required string Name { get; init; }

    /// <summary>Relative weights.</summary>
    public required IReadOnlyList<(Behaviour Behaviour, int Weight)> Shares { get; init; }

    /// <summary>Targets come in evenly over this time.</summary>
    public TimeSpan Arrival { get; init; } = TimeSpan.FromDays(14);

    /// <summary>5xx and time-outs per target and 90 days.</summary>
    public double Outages { get; init; } = 3;

    public HourRange OutageHours { get; init; } = new(0.5, 8);

    /// <summary>"No such name" for a while, per target and 90 days.</summary>
    public double NameGlitches { get; init; } = 0.5;

    public HourRange NameGlitchHours { get; init; } = new(1, 6);

    /// <summary>Maintenance pages that a machine takes for a tombstone, per target and 90 days.</summary>
    public double Maintenance { get; init; } = 1;

    public HourRange MaintenanceHours { get; init; } = new(2, 12);

    /// <summary>How often our own house stands still in 90 days; all targets together.</summary>
    public double Downtimes { get; init; } = 5;

    public HourRange DowntimeHours { get; init; } = new(2, 12);

    /// <summary>What was missed is made good evenly over this time.</summary>
    public TimeSpan CatchUp { get; init; } = TimeSpan.FromHours(2);

    /// <summary>404 spells of <see cref="Behaviour.Flapping"/>.</summary>
    public HourRange FlapDownHours { get; init; } = new(2, 20);

    /// <summary>Time between them, from just longer than what the proof lets pass unwatched.</summary>
    public HourRange FlapUpHours { get; init; } = new(4.05, 140);

    /// <summary>From "a person should look" to the look.</summary>
    public HourRange PersonHours { get; init; } = new(1, 20);

    /// <summary>People are sent where a line of ours sees nothing time and again.</summary>
    public bool LookBehindWalls { get; init; } = true;

    /// <summary>From one person's look to the next where people's looks are the only ones; null: on the next day at work.</summary>
    public HourRange? NextPersonHours { get; init; }

    /// <summary>People look between 8 and 17 o'clock local time, every day of the week.</summary>
    public bool OfficeHours { get; init; } = true;

    /// <summary>Platforms answer: some acknowledge, some refuse, some say "removed", true or not, which brings a look forward.</summary>
    public bool Replies { get; init; } = true;

    public HourRange VerifierHours { get; init; } = new(0.5, 12);

    public HourRange ApproverHours { get; init; } = new(0.5, 8);

    /// <summary>The mix of the house: an assumption in the open, to be corrected by what is measured.</summary>
    public static Population Default { get; } = new()
    {
        Name = "default",
        Shares =
        [
            (Behaviour.RemovesSoon, 300),
            (Behaviour.RemovesLate, 150),
            (Behaviour.NeverRemoves, 60),
            (Behaviour.SoftRemover, 120),
            (Behaviour.CdnCopy, 60),
            (Behaviour.WallAfterProbes, 40),
            (Behaviour.GeoBlock, 40),
            (Behaviour.Cloak, 30),
            (Behaviour.CloakAllSoft, 10),
            (Behaviour.Flapping, 40),
            (Behaviour.SpaShell, 30),
            (Behaviour.Parking, 30),
            (Behaviour.Reupload, 40),
            (Behaviour.WalledPlatform, 30),
            (Behaviour.WalledBlockedViewer, 10),
            (Behaviour.WalledNotFound, 5),
            (Behaviour.BlockedViewer, 5),
        ],
    };

    /// <summary>Per rule, the population that leans on it: quiet but for the one behaviour that only this rule holds out against.</summary>
    public static FrozenDictionary<Weakening, Population> Stress { get; } = new Dictionary<Weakening, Population>
    {
        [Weakening.HardConfirmations] = Quiet(Behaviour.GlimpsesOfNotFound) with { LookBehindWalls = false },
        [Weakening.HardSpan] = Quiet(Behaviour.Flapping),
        [Weakening.SoftConfirmations] = Quiet(Behaviour.GlimpsesOfTombstone) with { LookBehindWalls = false },
        [Weakening.SoftSpan] = Quiet(Behaviour.TombstoneSpells),
        [Weakening.PeopleWithControl] = Quiet(Behaviour.CloakAllSoft),
        [Weakening.PeopleWithoutControl] = Quiet(Behaviour.BlockedViewer, Behaviour.WalledBlockedViewer),
        [Weakening.LargestGap] = Quiet(Behaviour.SpellsFarApart) with { LookBehindWalls = false },
        [Weakening.CountingPause] = Quiet(Behaviour.GlimpsesOfNotFound) with { LookBehindWalls = false },
        [Weakening.BlindAfter] = Quiet(Behaviour.BlindSpells) with { LookBehindWalls = false },
        // Whoever looks next does so within the hour or two: before and after midnight are two days.
        [Weakening.PeopleApart] = Quiet(Behaviour.MidnightSpells) with { NextPersonHours = new(0.5, 2.5) },
        [Weakening.RequiredVantages] = Quiet(Behaviour.Cloak),
        [Weakening.MediaIncluded] = Quiet(Behaviour.CdnCopy),
        [Weakening.InconclusiveNeutral] = Quiet(Behaviour.WallAfterProbes),
        // Spells close enough for a run, and apart enough for a look between them.
        [Weakening.LiveResets] = Quiet(Behaviour.Flapping) with { FlapDownHours = new(8, 20), FlapUpHours = new(8, 24) },
        [Weakening.Walled] = Quiet(Behaviour.WalledNotFound),
    }.ToFrozenDictionary();

    /// <summary>No noise, no downtime of ours, no replies; people look at once and at any hour.</summary>
    public static Population Quiet(params IReadOnlyList<Behaviour> behaviours) => new()
    {
        Name = string.Join('+', behaviours),
        Shares = [.. behaviours.Select(one => (one, 1))],
        Outages = 0,
        NameGlitches = 0,
        Maintenance = 0,
        Downtimes = 0,
        Replies = false,
        OfficeHours = false,
        PersonHours = new(0.1, 3),
    };
}

/// <summary>Hours, both ends included; drawn evenly.</summary>
internal readonly record struct HourRange(double Least, double Most);
