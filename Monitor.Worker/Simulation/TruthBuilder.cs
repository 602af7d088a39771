using Monitor.Worker.Demo;

namespace Monitor.Worker.Simulation;

/// <summary>Draws the hidden truth of one target.</summary>
internal static class TruthBuilder
{
    /// <summary>Numbers of the people who may be sent to look.</summary>
    public const int People = 5;

    private static readonly DateTimeOffset Always = DateTimeOffset.MinValue;
    private static readonly DateTimeOffset Never = DateTimeOffset.MaxValue;

    /// <param name="created">First seen.</param>
    /// <param name="sent">When the demand goes out.</param>
    public static Truth Draw(Population population, Dice dice, DateTimeOffset created, DateTimeOffset sent, DateTimeOffset end)
    {
        var behaviour = Pick(population, dice);
        var masks = new List<Mask>();
        Truth truth;
        switch (behaviour)
        {
            case Behaviour.RemovesSoon:
                truth = Gone(new Truth { Behaviour = behaviour, Masks = masks }, sent + dice.Waiting(10, 48));
                break;
            case Behaviour.RemovesLate:
                truth = Gone(new Truth { Behaviour = behaviour, Masks = masks }, sent + dice.Hours(48, 24 * 45));
                break;
            case Behaviour.NeverRemoves:
                truth = new Truth { Behaviour = behaviour, Masks = masks };
                break;
            case Behaviour.SoftRemover:
                truth = Gone(new Truth { Behaviour = behaviour, Masks = masks, SoftGone = true, ControlValid = dice.Chance(0.85) }, sent + dice.Waiting(30, 24 * 20));
                break;
            case Behaviour.CdnCopy:
                // The copy goes only when it is asked for: the run sets the hour.
                truth = new Truth { Behaviour = behaviour, Masks = masks, PageGoneAt = sent + dice.Waiting(12, 72) };
                break;
            case Behaviour.WallAfterProbes:
                truth = new Truth { Behaviour = behaviour, Masks = masks, WallAfter = dice.Between(5, 60) };
                if (dice.Chance(0.5))
                {
                    Gone(truth, sent + dice.Waiting(24 * 5, 24 * 40));
                }

                break;
            case Behaviour.GeoBlock:
            case Behaviour.Cloak:
                truth = new Truth { Behaviour = behaviour, Masks = masks };
                if (dice.Chance(0.4))
                {
                    Gone(truth, sent + dice.Hours(24, 24 * 40));
                }

                masks.Add(new Mask(sent + dice.Waiting(12, 72), truth.PageGoneAt,
                    behaviour == Behaviour.GeoBlock ? MaskKind.GeoBlock : dice.Coin() ? MaskKind.NotFound : MaskKind.Tombstone, Onlookers.Direct));
                break;
            case Behaviour.CloakAllSoft:
                truth = new Truth { Behaviour = behaviour, Masks = masks, SoftGone = true };
                masks.Add(new Mask(sent + dice.Waiting(12, 72), Never, MaskKind.Tombstone, Onlookers.Machines));
                if (dice.Chance(0.3))
                {
                    Gone(truth, sent + dice.Hours(24, 24 * 40));
                }

                break;
            case Behaviour.Flapping:
                truth = new Truth { Behaviour = behaviour, Masks = masks };
                if (dice.Chance(0.7))
                {
                    Gone(truth, sent + dice.Hours(24 * 5, 24 * 40));
                }

                for (var at = sent + dice.Hours(1, 48); at < end && at < truth.PageGoneAt;)
                {
                    var until = at + dice.Hours(population.FlapDownHours);
                    masks.Add(new Mask(at, until, MaskKind.NotFound, Onlookers.Everyone));
                    at = until + dice.Hours(population.FlapUpHours);
                }

                break;
            case Behaviour.SpaShell:
                truth = new Truth { Behaviour = behaviour, Masks = masks };
                masks.Add(new Mask(Always, Never, MaskKind.Shell, Onlookers.Machines));
                if (dice.Chance(0.6))
                {
                    Gone(truth, sent + dice.Waiting(48, 24 * 30));
                }

                break;
            case Behaviour.Parking:
                truth = Gone(new Truth { Behaviour = behaviour, Masks = masks, ParkedWhenGone = true }, sent + dice.Hours(6, 24 * 40));
                masks.Add(new Mask(truth.PageGoneAt, truth.PageGoneAt + dice.Hours(1, 96), MaskKind.NoSuchName, Onlookers.Everyone));
                break;
            case Behaviour.Reupload:
                // When it comes back is set by the confirmation.
                truth = Gone(new Truth { Behaviour = behaviour, Masks = masks }, sent + dice.Waiting(10, 48));
                break;
            case Behaviour.WalledPlatform:
            case Behaviour.WalledBlockedViewer:
                truth = new Truth { Behaviour = behaviour, Masks = masks, Walled = true, BlockedPerson = behaviour == Behaviour.WalledPlatform ? -1 : dice.Between(0, People - 1) };
                if (dice.Chance(0.6))
                {
                    Gone(truth, sent + dice.Waiting(48, 24 * 30));
                }

                masks.Add(new Mask(Always, Never, MaskKind.Tombstone, Onlookers.BlockedPerson));
                masks.Add(new Mask(Always, Never, MaskKind.Wall, Onlookers.Machines));
                break;
            case Behaviour.WalledNotFound:
                truth = new Truth { Behaviour = behaviour, Masks = masks, Walled = true };
                if (dice.Chance(0.5))
                {
                    Gone(truth, sent + dice.Waiting(48, 24 * 30));
                }

                masks.Add(new Mask(sent + dice.Waiting(12, 72), Never, MaskKind.NotFound, Onlookers.Machines));
                break;
            case Behaviour.BlockedViewer:
                truth = new Truth { Behaviour = behaviour, Masks = masks, SoftGone = true, ControlValid = false, BlockedPerson = dice.Between(0, People - 1) };
                if (dice.Chance(0.3))
                {
                    Gone(truth, sent + dice.Hours(24, 24 * 30));
                }

                masks.Add(new Mask(sent + dice.Waiting(12, 72), Never, MaskKind.Tombstone, Onlookers.Machines | Onlookers.BlockedPerson));
                break;
            case Behaviour.GlimpsesOfNotFound:
                // Each spell is shorter than the pause after which a look counts again.
                truth = Spells(behaviour, masks, dice, sent + dice.Hours(30, 60), MaskKind.NotFound, [(0, 5.5), (27, 32.5)], cloaked: true);
                break;
            case Behaviour.GlimpsesOfTombstone:
                truth = Spells(behaviour, masks, dice, sent + dice.Hours(30, 48), MaskKind.Tombstone, [(0, 5.5), (38, 43.5), (76, 81.5)], cloaked: true);
                break;
            case Behaviour.BlindSpells:
                truth = Spells(behaviour, masks, dice, sent + dice.Hours(30, 60), MaskKind.NotFound, [(0, 5), (12, 17), (25, 30)], cloaked: false);
                break;
            case Behaviour.SpellsFarApart:
                truth = Spells(behaviour, masks, dice, sent + dice.Hours(30, 60), MaskKind.NotFound, [(0, 16), (120, 136)], cloaked: false);
                break;
            case Behaviour.MidnightSpells:
                truth = new Truth { Behaviour = behaviour, Masks = masks, Walled = true };
                // Midnight in Việt Nam is 17:00 UTC.
                for (var midnight = new DateTimeOffset(sent.UtcDateTime.Date, TimeSpan.Zero).AddHours(17); midnight < end; midnight = midnight.AddDays(1))
                {
                    masks.Add(new Mask(midnight.AddHours(-1.5), midnight.AddHours(1.5), MaskKind.Tombstone, Onlookers.People));
                }

                masks.Add(new Mask(Always, Never, MaskKind.Wall, Onlookers.Machines));
                break;
            case Behaviour.TombstoneSpells:
                truth = new Truth { Behaviour = behaviour, Masks = masks };
                for (var at = sent + dice.Hours(1, 48); at < end;)
                {
                    var until = at + dice.Hours(36, 60);
                    masks.Add(new Mask(at, until, MaskKind.Tombstone, Onlookers.Everyone));
                    at = until + dice.Hours(72, 140);
                }

                break;
            default:
                throw new InvalidOperationException($"unknown behaviour {behaviour}");
        }

        var days = (end - created).TotalDays;
        Noise(masks, dice, population.Outages * days / 90, population.OutageHours, MaskKind.ServerError, created, end);
        Noise(masks, dice, population.NameGlitches * days / 90, population.NameGlitchHours, MaskKind.NoSuchName, created, end);
        Noise(masks, dice, population.Maintenance * days / 90, population.MaintenanceHours, MaskKind.Maintenance, created, end);
        return truth;
    }

    private static Behaviour Pick(Population population, Dice dice)
    {
        var total = 0;
        foreach (var (_, weight) in population.Shares)
        {
            total += weight;
        }

        var drawn = dice.Between(0, total - 1);
        foreach (var (behaviour, weight) in population.Shares)
        {
            if ((drawn -= weight) < 0)
            {
                return behaviour;
            }
        }

        throw new InvalidOperationException("a population without weights");
    }

    private static Truth Gone(Truth truth, DateTimeOffset at)
    {
        truth.PageGoneAt = at;
        truth.MediaGoneAt = at;
        return truth;
    }

    /// <summary>Spells for everybody, and a wall for our lines from the first to the end of the last; never taken down.</summary>
    /// <param name="cloaked">Our own line is shown the spell all the time, and only the other one is walled off.</param>
    private static Truth Spells(Behaviour behaviour, List<Mask> masks, Dice dice, DateTimeOffset from, MaskKind kind, IReadOnlyList<(double From, double To)> spells, bool cloaked)
    {
        if (cloaked)
        {
            masks.Add(new Mask(from, Never, kind, Onlookers.Direct));
        }

        foreach (var (start, stop) in spells)
        {
            masks.Add(new Mask(from.AddHours(start), from.AddHours(stop), kind, Onlookers.Everyone));
        }

        masks.Add(new Mask(from.AddHours(-dice.Between(0, 5)), from.AddHours(spells[^1].To), MaskKind.Wall, Onlookers.Machines));
        return new Truth { Behaviour = behaviour, Masks = masks };
    }

    /// <param name="expected">How many on average.</param>
    private static void Noise(List<Mask> masks, Dice dice, double expected, HourRange hours, MaskKind kind, DateTimeOffset from, DateTimeOffset end)
    {
        if (expected <= 0)
        {
            return;
        }

        var mean = (end - from).TotalHours / expected;
        for (var at = from + dice.Waiting(mean, 24 * 365); at < end; at += dice.Waiting(mean, 24 * 365))
        {
            var until = at + dice.Hours(hours);
            masks.Add(new Mask(at, until, kind, Onlookers.Everyone));
            at = until;
        }
    }
}
