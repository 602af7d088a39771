using Microsoft.Extensions.Time.Testing;
using Monitor.Tests.Cli;
using Monitor.Worker;
using Monitor.Worker.Operations;
using Monitor.Worker.Settings;

namespace Monitor.Tests.Process;

/// <summary>A running house takes a good configuration over by itself; a bad one never replaces the last good one.</summary>
public sealed class HotReloadTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_good_change_is_in_force_and_a_bad_one_is_told_and_is_not()
    {
        await using var home = new CliHome();
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        var opening = await House.OpenAsync(new HouseOptions { ConfigDirectory = home.Folder.Path, DataDirectory = home.DataDirectory, Time = clock }, Token);
        await using var house = Assert.IsType<HouseOpening.Opened>(opening).House;
        var rejected = new List<ConfigurationRejectedEventArgs>();
        house.Configuration.Rejected += (_, one) => rejected.Add(one);
        Assert.IsType<OperationResult<Actor>.Refused>(Actor.Resolve("moi.ngo", house.Desk.Configuration, house.Desk.Today));

        // Somebody new is hired and a page more is watched: both count without a restart.
        home.Folder.Replace("agencies.yaml", "people:\n", "people:\n  - id: moi.ngo\n    name: Ngô Thị Mới\n    title: Chuyên viên\n    agency: ict\n    roles: [intake]\n");
        home.Folder.Replace("watchlists/sample.yaml", "urls:\n", "urls:\n  - https://lantern-forum.example/t/99\n");
        // Asked at once: the directory's events arrive on a thread of their own and may move the poll.
        house.Configuration.CheckNow();
        var hired = Assert.IsType<OperationResult<Actor>.Done>(Actor.Resolve("moi.ngo", house.Desk.Configuration, house.Desk.Today)).Value;
        Assert.Equal(3, await house.Sweeps.SyncWatchListsAsync(Token));
        Assert.Empty(rejected);

        // A slip of the pen: it is told, and the house goes on with what it had.
        var good = house.Desk.Configuration;
        home.Folder.Replace("agencies.yaml", "roles: [intake]\n", "roles: [intak]\n");
        house.Configuration.CheckNow();
        Assert.Same(good, house.Desk.Configuration);
        Assert.Contains(Assert.Single(rejected).Problems, problem => problem.File == "agencies.yaml");
        Assert.IsType<OperationResult<IntakeReceipt>.Done>(await house.Intake.AddAsync(hired, new IntakeItem { Url = CliHome.Page }, Token));

        home.Folder.Replace("agencies.yaml", "roles: [intak]\n", "roles: [approver]\n");
        house.Configuration.CheckNow();
        var changed = Assert.IsType<OperationResult<Actor>.Done>(Actor.Resolve("moi.ngo", house.Desk.Configuration, house.Desk.Today)).Value;
        Assert.IsType<OperationResult<IntakeReceipt>.Refused>(await house.Intake.AddAsync(changed, new IntakeItem { Url = CliHome.Page }, Token));
    }
}
