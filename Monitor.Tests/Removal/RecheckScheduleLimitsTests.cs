using Monitor.Rules.Removal;
using static Monitor.Tests.Removal.Looks;

namespace Monitor.Tests.Removal;

public sealed class RecheckScheduleLimitsTests
{
    private static readonly RemovalRules Rules = new();

    private static TimeSpan UnderProof(TimeSpan goneFor, string seed) =>
        RecheckSchedule.Next(new RemovalProgress { State = RemovalState.ApparentlyGone, FirstGoneAt = Zero - goneFor }, Rules, null, TimeSpan.FromDays(7), false, Zero, seed) - Zero;

    [Fact]
    public void The_pace_of_a_proof_changes_at_the_instant_its_spans_end()
    {
        for (var i = 0; i < 50; i++)
        {
            var seed = $"T000001/{i:D8}";
            Assert.InRange(UnderProof(Rules.HardSpan - TimeSpan.FromMilliseconds(1), seed), TimeSpan.FromHours(0.6), TimeSpan.FromHours(1.4));
            Assert.InRange(UnderProof(Rules.HardSpan, seed), TimeSpan.FromHours(1.5), TimeSpan.FromHours(3.5));
            Assert.InRange(UnderProof((2 * Rules.SoftSpan) - TimeSpan.FromMilliseconds(1), seed), TimeSpan.FromHours(1.5), TimeSpan.FromHours(3.5));
            Assert.InRange(UnderProof(2 * Rules.SoftSpan, seed), TimeSpan.FromHours(3.6), TimeSpan.FromHours(8.4));
        }
    }

    [Fact]
    public void Even_the_quickest_looks_drift_apart()
    {
        var pauses = Enumerable.Range(0, 50).Select(i => RecheckSchedule.Next(new RemovalProgress(), Rules, null, TimeSpan.Zero, false, Zero, $"T000001/{i:D8}") - Zero).ToList();
        Assert.All(pauses, pause => Assert.InRange(pause, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1.25)));
        Assert.True(pauses.Distinct().Count() > 20);
    }

    [Theory]
    [InlineData(29.99, null)]
    [InlineData(30, 30)]
    [InlineData(89.99, 30)]
    [InlineData(90, 90)]
    [InlineData(364.99, 90)]
    [InlineData(365, 365)]
    [InlineData(729.99, 365)]
    [InlineData(730, 730)]
    [InlineData(1094.99, 730)]
    [InlineData(1095, 1095)]
    public void The_latest_day_of_reappearance_is_the_day_itself_on_its_instant_and_every_year_after_the_first(double days, int? latest) =>
        Assert.Equal(latest is { } day ? Zero.AddDays(day) : null, RecheckSchedule.LatestReappearanceDay(Zero, Zero.AddDays(days)));

    /// <summary>Stored schedules are computed again after an update of the program: the same seed must give the same instant for good.</summary>
    [Theory]
    [InlineData("T000001/00000001", 36_832_160)]
    [InlineData("T000001/00000002", 35_778_528)]
    [InlineData("T123456/00000042", 31_690_179)]
    public void A_seed_gives_the_same_instant_in_every_version(string seed, long milliseconds)
    {
        var next = RecheckSchedule.Next(new RemovalProgress(), Rules, null, TimeSpan.FromHours(10), false, Zero, seed) - Zero;
        Assert.Equal(milliseconds, (long)next.TotalMilliseconds);
    }
}
