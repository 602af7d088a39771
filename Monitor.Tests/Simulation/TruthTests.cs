using Monitor.Rules.Removal;
using Monitor.Worker.Simulation;

namespace Monitor.Tests.Simulation;

public sealed class TruthTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 10, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_spell_of_not_found_takes_nothing_away()
    {
        var truth = new Truth { Behaviour = Behaviour.Flapping, Masks = [new Mask(Noon, Noon.AddHours(4), MaskKind.NotFound, Onlookers.Everyone)] };

        Assert.Equal(Liveness.Gone, truth.Look(Truth.Direct, Noon, 1, true).Liveness);
        Assert.Equal(PersonSight.Gone, truth.LookOfPerson(0, Noon));
        Assert.True(truth.IsServed(Noon));
        Assert.Null(truth.GoneSince(Noon));
        Assert.Equal(Liveness.Live, truth.Look(Truth.Direct, Noon.AddHours(4), 1, true).Liveness);
    }

    [Fact]
    public void A_copy_on_the_cdn_is_partial_unless_media_are_left_out()
    {
        var truth = new Truth { Behaviour = Behaviour.CdnCopy, Masks = [], PageGoneAt = Noon };

        Assert.Equal(Liveness.Partial, truth.Look(Truth.Direct, Noon, 1, true).Liveness);
        Assert.Equal(Liveness.Gone, truth.Look(Truth.Direct, Noon, 1, false).Liveness);
        Assert.True(truth.IsServed(Noon));
        truth.MediaGoneAt = Noon.AddHours(1);
        Assert.Equal(Liveness.Gone, truth.Look(Truth.Direct, Noon.AddHours(1), 1, true).Liveness);
        Assert.Equal(Noon.AddHours(1), truth.GoneSince(Noon.AddHours(2)));
    }

    [Fact]
    public void A_cloak_shows_each_line_something_else_and_a_blocked_person_what_the_uploader_wants()
    {
        var truth = new Truth
        {
            Behaviour = Behaviour.Cloak,
            BlockedPerson = 2,
            Masks = [new Mask(Noon, Noon.AddDays(9), MaskKind.NotFound, Onlookers.Direct), new Mask(Noon, Noon.AddDays(9), MaskKind.Tombstone, Onlookers.BlockedPerson)],
        };

        Assert.Equal(Liveness.Gone, truth.Look(Truth.Direct, Noon, 1, true).Liveness);
        Assert.Equal(Liveness.Live, truth.Look(Truth.Abroad, Noon, 1, true).Liveness);
        Assert.Equal(PersonSight.Live, truth.LookOfPerson(1, Noon));
        Assert.Equal(PersonSight.Gone, truth.LookOfPerson(2, Noon));
    }

    [Fact]
    public void Walls_come_after_so_many_checks_and_a_reupload_is_served_until_it_is_gone_again()
    {
        var truth = new Truth { Behaviour = Behaviour.WallAfterProbes, Masks = [], WallAfter = 3, PageGoneAt = Noon, MediaGoneAt = Noon, BackAt = Noon.AddDays(2), GoneAgainAt = Noon.AddDays(3) };

        Assert.Equal(Liveness.Gone, truth.Look(Truth.Direct, Noon, 3, true).Liveness);
        Assert.Equal(Liveness.Inconclusive, truth.Look(Truth.Direct, Noon, 4, true).Liveness);
        Assert.False(truth.IsServed(Noon.AddDays(1)));
        Assert.True(truth.IsServed(Noon.AddDays(2)));
        Assert.Equal(Noon.AddDays(3), truth.GoneSince(Noon.AddDays(4)));
    }

    [Fact]
    public void A_control_probe_speaks_only_where_it_is_valid()
    {
        var gone = new Truth { Behaviour = Behaviour.SoftRemover, Masks = [], SoftGone = true, PageGoneAt = Noon, MediaGoneAt = Noon };
        var silent = new Truth { Behaviour = Behaviour.SoftRemover, Masks = [], SoftGone = true, ControlValid = false, PageGoneAt = Noon, MediaGoneAt = Noon };

        Assert.True(gone.Look(Truth.Abroad, Noon, 1, true) is { Liveness: Liveness.ProbablyGone, ControlAgrees: true });
        Assert.True(silent.Look(Truth.Abroad, Noon, 1, true) is { Liveness: Liveness.ProbablyGone, ControlAgrees: false });
    }
}
