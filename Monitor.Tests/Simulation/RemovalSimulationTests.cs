using System.Text.Json;
using Monitor.Rules.Removal;
using Monitor.Worker.Simulation;

namespace Monitor.Tests.Simulation;

public sealed class RemovalSimulationTests
{
    public static TheoryData<string> Rules => [.. Weakenings.Names];

    [Theory]
    [InlineData(1, 90)]
    [InlineData(2, 90)]
    [InlineData(3, 45)]
    public void Nothing_is_confirmed_that_is_still_served_and_every_target_is_accounted_for(int seed, int days)
    {
        var order = new SimulationOrder { Targets = 1500, Days = days, Seed = seed };
        var report = RemovalSimulation.Run(order);
        var all = report.Totals.All;

        Assert.Equal(0, all.FalseConfirmations);
        Assert.Equal(0, all.FalseDurable);
        Assert.True(all.Confirmed > 900, $"{all.Confirmed} confirmed");

        Assert.Equal(order.Targets, report.Totals.States.Sum(state => state.Targets));
        Assert.Equal(order.Targets, report.Behaviours.Sum(row => row.Targets));
        Assert.Equal(Population.Default.Shares.Count, report.Behaviours.Count);
        Assert.Equal(all.Confirmed, report.Behaviours.Sum(row => row.Confirmed));
        Assert.Equal(all.Reminders, report.Behaviours.Sum(row => row.Reminders));
        Assert.Equal(report.Totals.Probes, report.ProbesPerHour.Sum(hour => (long)hour));
        Assert.Equal(report.Totals.ProbesPerHourPeak, report.ProbesPerHour.Max());
        Assert.Equal(all.Confirmed, report.ConfirmDelays.Count);
        Assert.All(report.Behaviours, row => Assert.True(row.Confirmed + row.Missed <= row.RemovedByTruth, row.Behaviour));
        Assert.All(report.Behaviours, row => Assert.InRange(row.ReuploadsFound, 0, row.Reuploads));
        // What is measured is seen after it happened, and the ladder has fewer on every higher rung.
        Assert.All(report.Gone, share => Assert.InRange(share.AsMeasured, 0.2, share.ByTruth + 0.01));
        Assert.Equal(report.Totals.Rungs.OrderByDescending(rung => rung.Targets), report.Totals.Rungs);
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public void Without_this_rule_something_is_confirmed_falsely_and_with_it_nothing_is(string name)
    {
        var rule = Weakenings.Parse(name)!.Value;
        var order = new SimulationOrder { Targets = 1200, Days = 40, Population = Population.Stress[rule] };

        Assert.Equal(0, RemovalSimulation.Run(order).Totals.All.FalseConfirmations);
        var without = RemovalSimulation.Run(order with { Weakening = rule }).Totals.All.FalseConfirmations;
        Assert.True(without > 20, $"{without} false confirmations without {name}");
    }

    [Fact]
    public void Every_rule_has_a_population_that_leans_on_it() =>
        Assert.Equal(Enum.GetValues<Weakening>().Where(one => one != Weakening.None), Population.Stress.Keys.Order());

    [Fact]
    public void The_result_depends_on_the_seed_and_not_on_how_many_run_at_a_time()
    {
        var order = new SimulationOrder { Targets = 700, Days = 30, Seed = 7 };
        var alone = Text(RemovalSimulation.Run(order with { Parallelism = 1 }));

        Assert.Equal(alone, Text(RemovalSimulation.Run(order with { Parallelism = 4 })));
        Assert.NotEqual(alone, Text(RemovalSimulation.Run(order with { Seed = 8 })));
    }

    [Fact]
    public void Hard_removals_are_confirmed_a_day_later_by_machines_alone()
    {
        var report = RemovalSimulation.Run(new SimulationOrder { Targets = 300, Days = 30, Population = Population.Quiet(Behaviour.RemovesSoon) });

        Assert.Equal(300, report.Totals.All.Confirmed);
        // Up to seven and a half hours until the first look, a day, and the pace of the proof.
        Assert.All(report.ConfirmDelays, hours => Assert.InRange(hours, 24, 24 + 7.5 + 1.5));
        Assert.Equal(0, report.Totals.PersonLooks);
        Assert.Equal(0, report.Totals.All.Missed);
    }

    [Fact]
    public void Soft_removals_need_three_days_and_one_or_two_people()
    {
        var report = RemovalSimulation.Run(new SimulationOrder { Targets = 300, Days = 45, Population = Population.Quiet(Behaviour.SoftRemover) });

        Assert.Equal(300, report.Totals.All.Confirmed);
        Assert.All(report.ConfirmDelays, hours => Assert.True(hours >= 72, $"{hours} h"));
        Assert.InRange(report.Totals.PersonLooks, 301, 599);
    }

    [Fact]
    public void Walled_platforms_are_confirmed_by_two_people_and_never_by_a_machine()
    {
        var report = RemovalSimulation.Run(new SimulationOrder { Targets = 200, Days = 45, Population = Population.Quiet(Behaviour.WalledPlatform) });
        var nobody = RemovalSimulation.Run(new SimulationOrder { Targets = 200, Days = 45, Population = Population.Quiet(Behaviour.WalledPlatform) with { PersonHours = new(5000, 5000) } });

        Assert.InRange(report.Totals.All.Confirmed, 80, 200);
        Assert.True(report.Totals.PersonLooks >= 2 * report.Totals.All.Confirmed);
        Assert.Equal(0, nobody.Totals.All.Confirmed);
    }

    [Fact]
    public void A_platform_that_never_removes_is_reminded_every_day_and_climbs_every_rung()
    {
        var order = new SimulationOrder { Targets = 1, Days = 40, Population = Population.Quiet(Behaviour.NeverRemoves) };
        var world = new SimulationWorld(order);
        for (var number = 0; number < 20; number++)
        {
            var outcome = TargetRun.Follow(world, number, new int[order.Days * 24]);

            Assert.Equal((int)(outcome.Followed / 24), outcome.Reminders);
            Assert.Equal((1 << SimulationWorld.Ladder.Count) - 1, outcome.Rungs);
            Assert.Equal(RemovalState.Live, outcome.State);
            Assert.True(float.IsNaN(outcome.MeasuredGone));
        }
    }

    [Fact]
    public void Nothing_is_looked_at_while_our_own_house_stands_still_and_it_is_made_good_afterwards()
    {
        var order = new SimulationOrder { Targets = 400, Days = 60, Population = Population.Default with { Downtimes = 10, DowntimeHours = new(6, 12), Arrival = TimeSpan.FromDays(5) } };
        var world = new SimulationWorld(order);
        var hours = RemovalSimulation.Run(order).ProbesPerHour;

        var still = 0;
        for (var hour = 24 * 7; hour < hours.Count - 3; hour++)
        {
            var from = world.Start.AddHours(hour);
            var resumes = world.Down.Shift(from.AddMinutes(-1), 0);
            if (resumes < from.AddHours(1))
            {
                continue;
            }

            still++;
            Assert.Equal(0, hours[hour]);
            if (resumes < from.AddHours(2))
            {
                Assert.True(hours[hour + 1] + hours[hour + 2] > 0);
            }
        }

        Assert.True(world.Down.Count > 0);
        Assert.InRange(still, world.Down.Count * 4, world.Down.Total.TotalHours);
    }

    [Fact]
    public void What_comes_back_is_found_and_a_removal_nobody_can_record_is_called_missed()
    {
        var back = RemovalSimulation.Run(new SimulationOrder { Targets = 300, Days = 90, Population = Population.Quiet(Behaviour.Reupload) }).Totals.All;
        var order = new SimulationOrder { Targets = 300, Days = 60, Population = Population.Quiet(Behaviour.SpaShell) };
        var shells = RemovalSimulation.Run(order).Totals;
        var nobody = RemovalSimulation.Run(order with { Population = order.Population with { LookBehindWalls = false } }).Totals;

        Assert.InRange(back.Reuploads, 250, 300);
        Assert.InRange(back.ReuploadsFound, back.Reuploads * 9 / 10, back.Reuploads);
        Assert.True(back.ReappearanceDelay.Median > 0);
        // Where machines see nothing people's looks are recorded; without them a removal is missed, never assumed.
        Assert.InRange(shells.All.Confirmed, 100, shells.All.RemovedByTruth);
        Assert.Equal(0, shells.All.Missed);
        Assert.Equal(0, nobody.All.Confirmed);
        Assert.InRange(nobody.All.Missed, 100, nobody.All.RemovedByTruth);
    }

    private static string Text(SimulationReport report) =>
        JsonSerializer.Serialize(new { report.Totals, report.Behaviours, report.Gone, report.ProbesPerHour, report.ConfirmDelays });
}
