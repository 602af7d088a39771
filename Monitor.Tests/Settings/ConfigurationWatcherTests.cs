using Monitor.Worker.Settings;

namespace Monitor.Tests.Settings;

public sealed class ConfigurationWatcherTests
{
    [Fact]
    public void It_does_not_start_on_an_invalid_configuration()
    {
        using var folder = new ConfigFolder();
        folder.Delete("monitor.yaml");

        var invalid = Assert.IsType<ConfigurationStart.Invalid>(ConfigurationWatcher.Start(folder.Path, folder.Clock));
        Assert.NotEmpty(invalid.Problems);
    }

    [Fact]
    public void A_good_change_is_taken_over_as_a_whole()
    {
        using var folder = new ConfigFolder();
        using ConfigurationWatcher watcher = Start(folder);
        var changes = new List<ConfigurationChangedEventArgs>();
        watcher.Changed += (_, change) => changes.Add(change);
        MonitorConfiguration before = watcher.Current;

        Assert.False(watcher.CheckNow());
        folder.Replace("watchlists/sample.yaml", "cadence: 24h", "cadence: 12h");
        watcher.CheckNow();

        ConfigurationChangedEventArgs only = Assert.Single(changes);
        Assert.Same(before, only.Old);
        Assert.Same(watcher.Current, only.New);
        Assert.Equal(TimeSpan.FromHours(12), watcher.Current.WatchLists["sample"].Cadence);
        Assert.NotEqual(before.Fingerprint, watcher.Current.Fingerprint);
    }

    [Fact]
    public void A_bad_change_is_announced_once_and_never_replaces_the_last_good_one()
    {
        using var folder = new ConfigFolder();
        using ConfigurationWatcher watcher = Start(folder);
        var rejections = new List<ConfigurationRejectedEventArgs>();
        watcher.Rejected += (_, rejection) => rejections.Add(rejection);
        MonitorConfiguration before = watcher.Current;
        string good = folder.Read("watchlists/sample.yaml");

        folder.Write("watchlists/sample.yaml", "id: [");
        watcher.CheckNow();
        watcher.CheckNow();
        Assert.Same(before, watcher.Current);
        Assert.Single(rejections);

        folder.Write("watchlists/sample.yaml", good);
        watcher.CheckNow();
        Assert.Same(before, watcher.Current);
        Assert.Single(rejections);

        folder.Write("watchlists/sample.yaml", good.Replace("24h", "6h", StringComparison.Ordinal));
        watcher.CheckNow();
        Assert.Equal(TimeSpan.FromHours(6), watcher.Current.WatchLists["sample"].Cadence);
    }

    [Fact]
    public void The_timer_alone_finds_a_change()
    {
        using var folder = new ConfigFolder();
        using ConfigurationWatcher watcher = Start(folder);
        folder.Replace("watchlists/sample.yaml", "cadence: 24h", "cadence: 12h");

        folder.Clock.Advance(ConfigurationWatcher.PollInterval);

        Assert.Equal(TimeSpan.FromHours(12), watcher.Current.WatchLists["sample"].Cadence);
    }

    [Fact]
    public void A_directory_that_goes_away_is_a_rejected_change()
    {
        using var folder = new ConfigFolder();
        using ConfigurationWatcher watcher = Start(folder);
        int rejected = 0;
        watcher.Rejected += (_, _) => rejected++;
        MonitorConfiguration before = watcher.Current;

        Directory.Move(folder.Path, folder.Path + ".away");
        watcher.CheckNow();
        watcher.CheckNow();
        Directory.Move(folder.Path + ".away", folder.Path);
        watcher.CheckNow();

        Assert.Same(before, watcher.Current);
        Assert.Equal(1, rejected);
    }

    [Fact]
    public async Task File_system_events_hasten_it()
    {
        using var folder = new ConfigFolder();
        var started = Assert.IsType<ConfigurationStart.Started>(ConfigurationWatcher.Start(folder.Path, TimeProvider.System));
        using ConfigurationWatcher watcher = started.Watcher;
        var changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        watcher.Changed += (_, _) => changed.TrySetResult();

        folder.Replace("watchlists/sample.yaml", "cadence: 24h", "cadence: 12h");
        await changed.Task.WaitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(TimeSpan.FromHours(12), watcher.Current.WatchLists["sample"].Cadence);
    }

    [Fact]
    public void After_it_is_disposed_nothing_happens()
    {
        using var folder = new ConfigFolder();
        ConfigurationWatcher watcher = Start(folder);
        MonitorConfiguration before = watcher.Current;
        watcher.Dispose();
        watcher.Dispose();
        folder.Replace("watchlists/sample.yaml", "cadence: 24h", "cadence: 12h");

        Assert.False(watcher.CheckNow());
        Assert.Same(before, watcher.Current);
    }

    private static ConfigurationWatcher Start(ConfigFolder folder) =>
        Assert.IsType<ConfigurationStart.Started>(ConfigurationWatcher.Start(folder.Path, folder.Clock)).Watcher;
}
